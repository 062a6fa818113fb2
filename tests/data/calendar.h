/* Dates of the sample school: day numbers, weekdays, holidays.
 *
 * A day is a count from 1970-01-01, by GLib's calendar. The program's own date arithmetic is not
 * used here, because these files are what it is tested with. */
#ifndef TESTS_DATA_CALENDAR_H
#define TESTS_DATA_CALENDAR_H

#include <glib.h>

#define CALENDAR_NEVER G_MAXINT32

/* Day of `YYYY-MM-DD`; the text must be a date that exists. */
int calendar_day(const char *date);
/* `YYYY-MM-DD` into a buffer of 11 bytes. */
void calendar_format(int day, char *buf);
/* 0 = Monday .. 6 = Sunday. */
int calendar_weekday(int day);
/* No class on that weekday: the turn of the year and a few single days. */
gboolean calendar_is_holiday(int day);

#endif
