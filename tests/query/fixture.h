/* Fixtures: small datasets written down as text, for the tests of core/query. */
#ifndef TESTS_QUERY_FIXTURE_H
#define TESTS_QUERY_FIXTURE_H

#include "core/query/dataset.h"

/* `log`: lines of `date time path user cohort ip`, single spaces, empty fields for what is missing;
 * a seventh field, up to the end of the line, is the user agent. `cohorts`: lines of
 * `id,name,start,end,program`, empty fields for what is missing. Any malformed line fails the
 * test. Every path with one reader and one hit is a lesson, unless a rule says otherwise. */
Dataset *fixture_new(const char *log, const char *cohorts);
/* Cohorts 1 Alpha, 2 Beta, 10 Gamma, 4 Staff and 5 Later (undated) in programs 1, 2 and 3. */
extern const char fixture_cohorts[];
/* A log of `n` rows from late 2018 to late 2020, drawn by a seeded generator: rows of those
 * cohorts, of an unknown one and of none, pages of most kinds. Free with g_free. */
char *fixture_random_log(guint32 seed, guint n, guint users, guint ips);

#endif
