/* Fixtures: small datasets written down as text, for the tests of core/query. */
#ifndef TESTS_QUERY_FIXTURE_H
#define TESTS_QUERY_FIXTURE_H

#include "core/query/dataset.h"

/* `log`: lines of `date time path user cohort ip`, single spaces, empty fields for what is missing;
 * a seventh field, up to the end of the line, is the user agent. `cohorts`: lines of
 * `id,name,start,end,program`, empty fields for what is missing. Any malformed line fails the
 * test. Every path with one reader and one hit is a lesson, unless a rule says otherwise. */
Dataset *fixture_new(const char *log, const char *cohorts);
#endif
