/* Periods: the way people write times in a scope, "2019-08", "2019-W33", "last30d".
 *
 * Owns that little syntax and nothing else. A period is a stretch of seconds from its first to
 * just before its end; what is written coarsely covers all of it (2020-02 ends with February). */
#ifndef CORE_QUERY_PERIOD_H
#define CORE_QUERY_PERIOD_H

#include "core/base/civil.h"

typedef struct {
  CivilTime from, to; /* from <= t < to */
} Period;

#define PERIOD_OPEN_FROM G_MININT64
#define PERIOD_OPEN_TO   G_MAXINT64

/* One time: 2019, 2019-08, 2019-08-14, 2019-W33, 2019-08-14T10, 2019-08-14T10:30,
 * 2019-08-14T10:30:05 (a space in place of the T). FALSE, *ret untouched, when it is none. */
gboolean period_parse(const char *s, Period *ret);
/* The same, or a range `A..B`, `A..`, `..B` of any granularity, both ends included, or `last30d`,
 * `last4w`, `last3m`, `last1y`: that long up to and with the day of `last`. NULL when understood,
 * else a sentence that says what is wrong; free with g_free. */
char *period_parse_range(const char *s, CivilTime last, Period *ret);
/* `2019-W07` into `buf` of CIVIL_BUF bytes, for any day of the week. */
const char *period_format_week(CivilDay day, char *buf);

#endif
