/* Civil time: the log's own wall clock.
 *
 * Owns the arithmetic between calendar fields and a count of seconds. No time zone, no daylight
 * saving and no leap second is ever applied: a log is compared with itself only. The conversion
 * follows the proleptic Gregorian calendar (algorithm: H. Hinnant, "chrono-compatible low-level
 * date algorithms", 2013). */
#ifndef CORE_BASE_CIVIL_H
#define CORE_BASE_CIVIL_H

#include <glib.h>

/* Seconds since 1970-01-01T00:00:00 on the log's clock. Valid: years 1900 to 9999. */
typedef gint64 CivilTime;
/* Days since 1970-01-01 on the log's clock. */
typedef gint32 CivilDay;

#define CIVIL_NONE     G_MININT64 /* a missing time */
#define CIVIL_DAY_NONE G_MININT32 /* a missing date */
#define CIVIL_DAY      ((gint64)86400)

typedef struct {
  int year, month, day;     /* month 1..12, day 1..31 */
  int hour, minute, second; /* 0..23, 0..59, 0..59 */
} CivilFields;

/* Days since 1970-01-01 of a date that exists; the fields are not checked. */
CivilDay civil_day_from_date(int year, int month, int day);
/* Fields of a time. */
CivilFields civil_fields(CivilTime t);
/* Day that holds `t` (floor, so that times before 1970 work too). */
CivilDay civil_day_of(CivilTime t);
/* First second of `day`. */
CivilTime civil_day_start(CivilDay day);
/* 0 = Monday .. 6 = Sunday (ISO 8601 order). */
int civil_weekday(CivilDay day);
/* Hour 0..23. */
int civil_hour(CivilTime t);
/* Monday of the ISO week that holds `day`. */
CivilDay civil_week_start(CivilDay day);
/* ISO 8601 week number 1..53; the ISO year goes to *ret_year when not NULL. */
int civil_iso_week(CivilDay day, int *ret_year);
/* Months since 1970-01 (may be negative), and the first day of such a month. */
int civil_month_of(CivilDay day);
CivilDay civil_month_start(int month_index);
/* Number of days of a month; 0 for a month that does not exist. */
int civil_days_in_month(int year, int month);

/* Parses `YYYY-MM-DD` (also `/` between the parts) of exactly `len` bytes. FALSE, with *ret
 * untouched, when malformed, when the date does not exist, or outside the years 1900..9999. */
gboolean civil_parse_date(const char *s, gsize len, CivilDay *ret);
/* Parses `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fraction` (the fraction is dropped) to seconds of the
 * day. Same contract. */
gboolean civil_parse_clock(const char *s, gsize len, gint32 *ret);
/* Parses a date and a clock joined by a space or `T`, or a date alone (midnight). A trailing `Z`
 * or offset such as `+00:00` is accepted and ignored: the log's wall clock is kept as written. */
gboolean civil_parse_time(const char *s, gsize len, CivilTime *ret);

#define CIVIL_BUF 32
/* Write into `buf` of CIVIL_BUF bytes and return it. `sep` is 'T' in machine output, ' ' for
 * people. CIVIL_NONE and CIVIL_DAY_NONE give the empty string. */
const char *civil_format(CivilTime t, char sep, char *buf);
const char *civil_format_day(CivilDay day, char *buf);
/* `2019-02` */
const char *civil_format_month(int month_index, char *buf);
/* Three letters, `Mon`..`Sun`. */
const char *civil_weekday_name(int weekday);

#endif
