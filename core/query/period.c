/* Periods: parsing of times of any granularity. */
#include "core/query/period.h"

#include <string.h>

#define YEAR_MIN 1900
#define YEAR_MAX 9999

/* Reads exactly `n` digits at *s and moves on; -1, *s untouched, when there are fewer. */
static int take_digits(const char **s, guint n)
{
  int v = 0;
  for (guint i = 0; i < n; i++) {
    if (!g_ascii_isdigit((*s)[i]))
      return -1;
    v = v * 10 + ((*s)[i] - '0');
  }
  *s += n;
  return v;
}

static gboolean whole_days(CivilDay from, CivilDay to, Period *ret)
{
  ret->from = civil_day_start(from);
  ret->to = civil_day_start(to);
  return TRUE;
}

/* `2019-W33`, with *s behind the W. */
static gboolean parse_week(int year, const char *s, Period *ret)
{
  int week = take_digits(&s, 2);
  if (*s || week < 1)
    return FALSE;
  /* 4 January always lies in week 1. */
  CivilDay monday = civil_week_start(civil_day_from_date(year, 1, 4)) + 7 * (week - 1);
  int iso_year = 0;
  if (civil_iso_week(monday, &iso_year) != week || iso_year != year)
    return FALSE;
  return whole_days(monday, monday + 7, ret);
}

/* The clock behind `T` or a space: hours, then minutes, then seconds, as far as they are written.
 */
static gboolean parse_clock(CivilDay day, const char *s, Period *ret)
{
  static const struct {
    int limit, seconds;
  } parts[] = {{24, 3600}, {60, 60}, {60, 1}};
  gint64 at = civil_day_start(day);
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
    int v = take_digits(&s, 2);
    if (v < 0 || v >= parts[i].limit)
      return FALSE;
    at += (gint64)v * parts[i].seconds;
    if (!*s) {
      ret->from = at;
      ret->to = at + parts[i].seconds;
      return TRUE;
    }
    if (*s++ != ':')
      return FALSE;
  }
  return FALSE;
}

gboolean period_parse(const char *s, Period *ret)
{
  int year = take_digits(&s, 4);
  if (year < YEAR_MIN || year > YEAR_MAX)
    return FALSE;
  if (!*s)
    return whole_days(civil_day_from_date(year, 1, 1), civil_day_from_date(year + 1, 1, 1), ret);
  if (*s++ != '-')
    return FALSE;
  if (*s == 'W' || *s == 'w')
    return parse_week(year, s + 1, ret);
  int month = take_digits(&s, 2);
  if (month < 1 || month > 12)
    return FALSE;
  int index = civil_month_of(civil_day_from_date(year, month, 1));
  if (!*s)
    return whole_days(civil_month_start(index), civil_month_start(index + 1), ret);
  if (*s++ != '-')
    return FALSE;
  int day = take_digits(&s, 2);
  if (day < 1 || day > civil_days_in_month(year, month))
    return FALSE;
  CivilDay date = civil_day_from_date(year, month, day);
  if (!*s)
    return whole_days(date, date + 1, ret);
  if (*s != 'T' && *s != 't' && *s != ' ')
    return FALSE;
  return parse_clock(date, s + 1, ret);
}

/* The day `n` months before `day`; the last day of a month that is too short. */
static CivilDay months_before(CivilDay day, int n)
{
  CivilFields f = civil_fields(civil_day_start(day));
  CivilDay first = civil_month_start(civil_month_of(day) - n);
  CivilFields g = civil_fields(civil_day_start(first));
  return first + MIN(f.day, civil_days_in_month(g.year, g.month)) - 1;
}

/* `30d` and the like, with *s behind "last". */
static gboolean parse_last(const char *s, CivilTime last, Period *ret)
{
  static const struct {
    char unit;
    int days, months;
  } units[] = {{'d', 1, 0}, {'w', 7, 0}, {'m', 0, 1}, {'y', 0, 12}};
  int n = 0, digits = 0;
  for (; g_ascii_isdigit(*s) && digits < 5; digits++)
    n = n * 10 + (*s++ - '0');
  if (n < 1 || !*s || s[1])
    return FALSE;
  CivilDay end = civil_day_of(last) + 1;
  for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
    if (g_ascii_tolower(*s) != units[i].unit)
      continue;
    /* Nobody keeps a log of more than 8,000 years: the first year there is will do. */
    int months = MIN(n * units[i].months, 12 * (YEAR_MAX - YEAR_MIN));
    return whole_days(units[i].days ? end - n * units[i].days : months_before(end - 1, months) + 1,
                      end, ret);
  }
  return FALSE;
}

static char *not_a_time(const char *s)
{
  return g_strdup_printf("\"%s\" is not a time; write 2019, 2019-08, 2019-08-14, 2019-W33, "
                         "2019-08-14T10:30, a range such as 2019-08..2020-02, or last30d",
                         s);
}

char *period_parse_range(const char *s, CivilTime last, Period *ret)
{
  Period a = {PERIOD_OPEN_FROM, 0}, b = {0, PERIOD_OPEN_TO};
  if (g_ascii_strncasecmp(s, "last", 4) == 0)
    return parse_last(s + 4, last, ret) ? NULL : not_a_time(s);
  const char *dots = strstr(s, "..");
  if (!dots)
    return period_parse(s, ret) ? NULL : not_a_time(s);
  if (s[2] == '\0')
    return not_a_time(s); /* ".." alone */
  char *left = g_strndup(s, (gsize)(dots - s));
  const char *right = dots + 2;
  gboolean ok = (!*left || period_parse(left, &a)) && (!*right || period_parse(right, &b));
  char *problem = NULL;
  if (!ok)
    problem = not_a_time(s);
  else if (a.from >= b.to)
    problem = g_strdup_printf("\"%s\" ends before it begins", s);
  else
    *ret = (Period){a.from, b.to};
  g_free(left);
  return problem;
}

const char *period_format_week(CivilDay day, char *buf)
{
  int year = 0, week = civil_iso_week(day, &year);
  g_snprintf(buf, CIVIL_BUF, "%04d-W%02d", year, week);
  return buf;
}
