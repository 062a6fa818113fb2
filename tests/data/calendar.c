/* Dates of the sample school. See calendar.h. */
#include "tests/data/calendar.h"

#define EPOCH_JULIAN 719163 /* GLib's number of 1970-01-01 */

int calendar_day(const char *date)
{
  int year = (int)g_ascii_strtoll(date, NULL, 10);
  int month = (int)g_ascii_strtoll(date + 5, NULL, 10);
  int day = (int)g_ascii_strtoll(date + 8, NULL, 10);
  GDate d;

  g_date_clear(&d, 1);
  g_date_set_dmy(&d, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  return (int)g_date_get_julian(&d) - EPOCH_JULIAN;
}

void calendar_format(int day, char *buf)
{
  GDate d;
  guint year;
  guint month;
  guint mday;

  g_date_clear(&d, 1);
  g_date_set_julian(&d, (guint32)(day + EPOCH_JULIAN));
  year = g_date_get_year(&d) % 10000;
  month = (guint)g_date_get_month(&d) % 100;
  mday = g_date_get_day(&d) % 100;
  buf[0] = (char)('0' + year / 1000);
  buf[1] = (char)('0' + year / 100 % 10);
  buf[2] = (char)('0' + year / 10 % 10);
  buf[3] = (char)('0' + year % 10);
  buf[4] = '-';
  buf[5] = (char)('0' + month / 10);
  buf[6] = (char)('0' + month % 10);
  buf[7] = '-';
  buf[8] = (char)('0' + mday / 10);
  buf[9] = (char)('0' + mday % 10);
  buf[10] = '\0';
}

int calendar_weekday(int day)
{
  return (day + 3) % 7;
}

gboolean calendar_is_holiday(int day)
{
  /* month, first day, last day */
  static const guint8 spans[][3] = {{1, 1, 2}, {7, 4, 4}, {9, 5, 5}, {11, 24, 25}, {12, 24, 31}};
  GDate d;

  g_date_clear(&d, 1);
  g_date_set_julian(&d, (guint32)(day + EPOCH_JULIAN));
  for (guint i = 0; i < G_N_ELEMENTS(spans); i++) {
    if ((int)g_date_get_month(&d) == spans[i][0] && g_date_get_day(&d) >= spans[i][1] &&
        g_date_get_day(&d) <= spans[i][2])
      return TRUE;
  }
  return FALSE;
}
