/* Civil time: calendar arithmetic, parsing and printing of the log's wall clock.
 *
 * Parsing runs once or twice for every row of a log: it looks at each byte once, allocates nothing
 * and never calls the C library's time functions, which would bring in a time zone. */
#include "core/base/civil.h"

#define YEAR_MIN 1900
#define YEAR_MAX 9999

static const guint8 month_days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static gboolean year_is_leap(int year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static gint64 floor_div(gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

static gint64 floor_mod(gint64 a, gint64 b)
{
  gint64 rest = a % b;
  return rest < 0 ? rest + b : rest;
}

/* Days since 1970-01-01. The year is counted from March, so that the leap day is its last day and
 * the lengths of the months before it follow one linear formula. It is moved up by whole cycles of
 * 400 years (146,097 days), which keeps all divisions those of unsigned numbers: cheap, and right
 * for years before 0. */
static gint64 days_from_civil(gint64 year, int month, int day)
{
  const gint64 cycles = 6000000;
  guint64 y = (guint64)(year + cycles * 400 - (month <= 2));
  guint32 day_of_year = (153 * (guint32)(month > 2 ? month - 3 : month + 9) + 2) / 5;
  return (gint64)(y * 365 + y / 4 - y / 100 + y / 400) + day_of_year + day - 1 -
         (cycles * 146097 + 719468);
}

/* A day outside 32 bits is no date that could be parsed; it is pinned to the nearest end. */
static CivilDay day_clamp(gint64 day)
{
  return (CivilDay)CLAMP(day, (gint64)G_MININT32 + 1, (gint64)G_MAXINT32);
}

static void civil_from_days(CivilDay day, int *ret_year, int *ret_month, int *ret_day)
{
  gint64 z = (gint64)day + 719468;
  gint64 era = floor_div(z, 146097);
  int day_of_era = (int)(z - era * 146097);
  int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month = (5 * day_of_year + 2) / 153; /* 0 = March */
  *ret_day = day_of_year - (153 * month + 2) / 5 + 1;
  *ret_month = month < 10 ? month + 3 : month - 9;
  *ret_year = (int)(year_of_era + era * 400) + (*ret_month <= 2);
}

CivilDay civil_day_from_date(int year, int month, int day)
{
  return day_clamp(days_from_civil(year, month, day));
}

CivilDay civil_day_of(CivilTime t)
{
  if (t == CIVIL_NONE)
    return CIVIL_DAY_NONE;
  return day_clamp(floor_div(t, CIVIL_DAY));
}

CivilTime civil_day_start(CivilDay day)
{
  return day == CIVIL_DAY_NONE ? CIVIL_NONE : day * CIVIL_DAY;
}

CivilFields civil_fields(CivilTime t)
{
  CivilFields f;
  CivilDay day = civil_day_of(t);
  civil_from_days(day, &f.year, &f.month, &f.day);
  int rest = (int)floor_mod(t, CIVIL_DAY);
  f.hour = rest / 3600;
  f.minute = rest / 60 % 60;
  f.second = rest % 60;
  return f;
}

int civil_weekday(CivilDay day)
{
  return (int)floor_mod((gint64)day + 3, 7); /* 1970-01-01 was a Thursday */
}

int civil_hour(CivilTime t)
{
  return (int)floor_mod(t, CIVIL_DAY) / 3600;
}

CivilDay civil_week_start(CivilDay day)
{
  return day_clamp((gint64)day - civil_weekday(day));
}

int civil_iso_week(CivilDay day, int *ret_year)
{
  /* The Thursday of a week lies in the ISO year of that week. */
  gint64 thursday = (gint64)day - civil_weekday(day) + 3;
  int year, month, mday;
  civil_from_days(day_clamp(thursday), &year, &month, &mday);
  if (ret_year)
    *ret_year = year;
  return (int)((thursday - days_from_civil(year, 1, 1)) / 7) + 1;
}

int civil_month_of(CivilDay day)
{
  int year, month, mday;
  civil_from_days(day, &year, &month, &mday);
  return (year - 1970) * 12 + month - 1;
}

CivilDay civil_month_start(int month_index)
{
  gint64 years = floor_div(month_index, 12);
  return day_clamp(days_from_civil(1970 + years, (int)floor_mod(month_index, 12) + 1, 1));
}

int civil_days_in_month(int year, int month)
{
  if (month < 1 || month > 12)
    return 0;
  return month == 2 && year_is_leap(year) ? 29 : month_days[month - 1];
}

/* --- parsing ------------------------------------------------------------------------------------
 */

static gboolean is_digit(char c)
{
  return c >= '0' && c <= '9';
}

/* Two digits, or a number over 99 when one of them is none. */
static unsigned two_digits(const char *s)
{
  unsigned a = (unsigned char)s[0] - (unsigned)'0', b = (unsigned char)s[1] - (unsigned)'0';
  return a > 9 || b > 9 ? 1000 : a * 10 + b;
}

gboolean civil_parse_date(const char *s, gsize len, CivilDay *ret)
{
  if (len != 10 || (s[4] != '-' && s[4] != '/') || s[7] != s[4])
    return FALSE;
  unsigned century = two_digits(s), year = two_digits(s + 2);
  unsigned month = two_digits(s + 5), day = two_digits(s + 8);
  if (century > 99 || year > 99)
    return FALSE;
  year += century * 100;
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1)
    return FALSE;
  if (day > 28 && day > (unsigned)civil_days_in_month((int)year, (int)month))
    return FALSE;
  *ret = (CivilDay)days_from_civil(year, (int)month, (int)day);
  return TRUE;
}

gboolean civil_parse_clock(const char *s, gsize len, gint32 *ret)
{
  if (len < 5 || s[2] != ':')
    return FALSE;
  unsigned hour = two_digits(s), minute = two_digits(s + 3), second = 0;
  if (hour > 23 || minute > 59)
    return FALSE;
  if (len > 5) {
    if (len < 8 || s[5] != ':')
      return FALSE;
    second = two_digits(s + 6);
    if (second > 59)
      return FALSE;
  }
  if (len > 8) {
    if (len == 9 || s[8] != '.')
      return FALSE;
    for (gsize i = 9; i < len; i++)
      if (!is_digit(s[i]))
        return FALSE;
  }
  *ret = (gint32)(hour * 3600 + minute * 60 + second);
  return TRUE;
}

/* Length of `s` without a time zone at its end: `Z`, `+HH`, `+HHMM` or `+HH:MM`, the last three
 * also with `-` and after a space.  The unchanged length when there is none. */
static gsize without_zone(const char *s, gsize len)
{
  if (len > 0 && s[len - 1] == 'Z')
    return len - 1;
  static const guint8 zone_lengths[] = {6, 5, 3};
  for (gsize i = 0; i < G_N_ELEMENTS(zone_lengths); i++) {
    gsize n = zone_lengths[i];
    if (len <= n)
      continue;
    const char *z = s + len - n;
    if ((z[0] != '+' && z[0] != '-') || two_digits(z + 1) > 23)
      continue;
    if (n == 6 && z[3] != ':')
      continue;
    if (n > 3 && two_digits(z + n - 2) > 59)
      continue;
    return len - n - (z[-1] == ' ');
  }
  return len;
}

gboolean civil_parse_time(const char *s, gsize len, CivilTime *ret)
{
  CivilDay day;
  gint32 clock = 0;
  if (len < 10 || !civil_parse_date(s, 10, &day))
    return FALSE;
  if (len > 10) {
    if (s[10] != ' ' && s[10] != 'T')
      return FALSE;
    const char *c = s + 11;
    gsize n = len - 11;
    /* No clock is a clock with a zone, so most rows never look for one. */
    if (!civil_parse_clock(c, n, &clock)) {
      gsize short_n = without_zone(c, n);
      if (short_n == n || !civil_parse_clock(c, short_n, &clock))
        return FALSE;
    }
  }
  *ret = day * CIVIL_DAY + clock;
  return TRUE;
}

/* --- printing -----------------------------------------------------------------------------------
 */

static char *put_two(char *p, int v)
{
  *p++ = (char)('0' + v / 10);
  *p++ = (char)('0' + v % 10);
  return p;
}

/* `YYYY-MM`; years beyond four digits cannot be parsed but are still printed. */
static char *put_month(char *p, int year, int month)
{
  if (year >= 0 && year <= YEAR_MAX) {
    p = put_two(p, year / 100);
    p = put_two(p, year % 100);
  } else {
    p += g_snprintf(p, 12, "%d", year);
  }
  *p++ = '-';
  return put_two(p, month);
}

const char *civil_format_day(CivilDay day, char *buf)
{
  char *p = buf;
  if (day != CIVIL_DAY_NONE) {
    int year, month, mday;
    civil_from_days(day, &year, &month, &mday);
    p = put_month(p, year, month);
    *p++ = '-';
    p = put_two(p, mday);
  }
  *p = '\0';
  return buf;
}

const char *civil_format(CivilTime t, char sep, char *buf)
{
  char *p = buf;
  if (t != CIVIL_NONE) {
    CivilFields f = civil_fields(t);
    p = put_month(p, f.year, f.month);
    *p++ = '-';
    p = put_two(p, f.day);
    *p++ = sep;
    p = put_two(p, f.hour);
    *p++ = ':';
    p = put_two(p, f.minute);
    *p++ = ':';
    p = put_two(p, f.second);
  }
  *p = '\0';
  return buf;
}

const char *civil_format_month(int month_index, char *buf)
{
  gint64 years = floor_div(month_index, 12);
  char *p = put_month(buf, (int)(1970 + years), (int)floor_mod(month_index, 12) + 1);
  *p = '\0';
  return buf;
}

const char *civil_weekday_name(int weekday)
{
  static const char *const names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  return weekday >= 0 && weekday < 7 ? names[weekday] : "";
}
