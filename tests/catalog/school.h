/* A small school to test on: logs written row by row. */
#ifndef TESTS_CATALOG_SCHOOL_H
#define TESTS_CATALOG_SCHOOL_H

#include <glib.h>
#include <string.h>

#include "core/base/assets.h"
#include "core/log/log.h"

static inline LogBuilder *school_new(void)
{
  return log_builder_new();
}

static inline CivilDay school_day(const char *date)
{
  CivilDay day = CIVIL_DAY_NONE;
  (void)civil_parse_date(date, strlen(date), &day);
  return day;
}

/* A cohort of the table; `program` is an id of programs.conf, dates may be NULL. */
static inline void school_cohort(LogBuilder *b, const char *id, const char *name, const char *start,
                                 const char *end, const char *program)
{
  CohortTable *t = log_builder_cohorts(b);
  guint16 i = cohort_table_intern(t, id);
  guint8 p = cohort_table_program(t, program);
  Cohort *c = &g_array_index(t->cohorts, Cohort, i);
  g_free(c->name);
  c->name = g_strdup(name);
  c->start = start ? school_day(start) : CIVIL_DAY_NONE;
  c->end = end ? school_day(end) : CIVIL_DAY_NONE;
  c->program = p;
  c->in_table = TRUE;
}

/* `n` hits, one a minute, from 09:00 of that date on. "" is no cohort, no path. */
static inline void school_hits(LogBuilder *b, const char *user, const char *cohort,
                               const char *date, const char *path, guint n)
{
  gboolean full = FALSE;
  LogRow row = {.time = civil_day_start(school_day(date)) + 9 * 3600,
                .path = log_builder_path(b, path, strlen(path)),
                .user = log_builder_user(b, user, strlen(user)),
                .ip = log_builder_ip(b, "192.0.2.1", 9),
                .cohort = log_builder_cohort(b, *cohort ? cohort : "", &full)};
  for (guint i = 0; i < n; i++, row.time += 60)
    (void)log_builder_add(b, &row);
}

/* Programs and staff as the compiled-in settings have them. */
static inline AccessLog *school_finish(LogBuilder *b)
{
  GPtrArray *programs = assets_lines("programs.conf", NULL, NULL);
  GPtrArray *staff = assets_lines("staff.conf", NULL, NULL);
  (void)cohort_table_configure(log_builder_cohorts(b), programs, staff, NULL);
  g_ptr_array_unref(programs);
  g_ptr_array_unref(staff);
  return log_builder_finish(b);
}

static inline GPtrArray *school_conf(const char *text)
{
  return assets_parse(text, strlen(text), "test.conf");
}

#endif
