/* Test bed: building and loading. */
#include "tests/flags/bed.h"

#include "core/base/assets.h"
#include "core/ingest/load.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

CivilTime bed_time(const char *text)
{
  CivilTime t = CIVIL_NONE;
  assert_true(civil_parse_time(text, strlen(text), &t));
  return t;
}

static CivilDay day_of(const char *date)
{
  return date ? civil_day_of(bed_time(date)) : CIVIL_DAY_NONE;
}

void bed_cohort(LogBuilder *b, const char *id, const char *name, const char *start, const char *end,
                const char *program)
{
  CohortTable *t = log_builder_cohorts(b);
  guint16 i = cohort_table_intern(t, id);
  guint8 p = cohort_table_program(t, program);
  Cohort *c = &g_array_index(t->cohorts, Cohort, i);
  g_free(c->name);
  c->name = g_strdup(name);
  c->start = day_of(start);
  c->end = day_of(end);
  c->program = p;
  c->in_table = TRUE;
}

void bed_hit_agent(LogBuilder *b, CivilTime t, const char *user, const char *cohort,
                   const char *path, const char *ip, const char *agent)
{
  gboolean full = FALSE;
  LogRow row = {.time = t,
                .path = log_builder_path(b, path, strlen(path)),
                .user = log_builder_user(b, user, strlen(user)),
                .ip = log_builder_ip(b, ip, strlen(ip)),
                .agent = *agent ? log_builder_agent(b, agent, strlen(agent)) : 0,
                .cohort = log_builder_cohort(b, cohort, &full)};
  assert_true(log_builder_add(b, &row));
}

void bed_hit(LogBuilder *b, CivilTime t, const char *user, const char *cohort, const char *path,
             const char *ip)
{
  bed_hit_agent(b, t, user, cohort, path, ip, "");
}

void bed_pages(LogBuilder *b, CivilTime t, const char *user, const char *cohort, const char *prefix,
               guint n, guint gap, const char *ip)
{
  for (guint i = 0; i < n; i++) {
    /* A letter in front: numbers alone would be cut off as an order. */
    char *path = g_strdup_printf("%s/p%u", prefix, i);
    bed_hit(b, t + (CivilTime)i * gap, user, cohort, path, ip);
    g_free(path);
  }
}

static Bed *bed_of(AccessLog *log, const CatalogOptions *o)
{
  GError *error = NULL;
  Catalog *catalog = catalog_new(log, o, &error);
  assert_non_null(catalog);
  Bed *bed = g_new0(Bed, 1);
  bed->ds = dataset_new(log, catalog);
  access_log_unref(log);
  bed->study = study_new(bed->ds, NULL, &error);
  assert_non_null(bed->study);
  return bed;
}

void bed_relearn(Bed *bed, const StudyOptions *o)
{
  GError *error = NULL;
  study_free(bed->study);
  bed->study = study_new(bed->ds, o, &error);
  if (!bed->study)
    fail_msg("%s", error->message);
}

Bed *bed_new(LogBuilder *b)
{
  GPtrArray *programs = assets_lines("programs.conf", NULL, NULL);
  GPtrArray *staff = assets_lines("staff.conf", NULL, NULL);
  assert_true(cohort_table_configure(log_builder_cohorts(b), programs, staff, NULL));
  g_ptr_array_unref(programs);
  g_ptr_array_unref(staff);
  CatalogOptions o;
  catalog_options_init(&o);
  o.min_users = o.min_hits = 1;
  return bed_of(log_builder_finish(b), &o);
}

static Bed *load_files(const char *log_file, const char *cohorts_file)
{
  const char *logs[] = {log_file, NULL};
  GPtrArray *programs = assets_lines("programs.conf", NULL, NULL);
  GPtrArray *staff = assets_lines("staff.conf", NULL, NULL);
  LoadRequest req;
  load_request_init(&req);
  req.logs = logs;
  req.cohorts = cohorts_file;
  req.programs_conf = programs;
  req.staff_conf = staff;
  LoadReport *report = NULL;
  GError *error = NULL;
  AccessLog *log = load(&req, &report, &error);
  if (!log)
    fail_msg("%s", error->message);
  load_report_free(report);
  g_ptr_array_unref(programs);
  g_ptr_array_unref(staff);
  CatalogOptions o;
  catalog_options_init(&o);
  return bed_of(log, &o);
}

Bed *bed_files(char *log_file, char *cohorts_file)
{
  Bed *bed = load_files(log_file, cohorts_file);
  g_free(log_file);
  g_free(cohorts_file);
  return bed;
}

char *bed_sample_file(const char *name)
{
  const char *folder = g_getenv("SRCDIR");
  return g_build_filename(folder ? folder : SRCDIR, "assets", "sample", name, NULL);
}

char *bed_full_file(const char *name)
{
  const char *folder = g_getenv("COHORTSCOPE_FULL_LOG");
  return g_build_filename(folder ? folder : "/nonexistent", name, NULL);
}

Bed *bed_sample(void)
{
  return bed_files(bed_sample_file("logs.csv.gz"), bed_sample_file("cohorts.csv"));
}

Bed *bed_full(void)
{
  char *file = bed_full_file("logs.csv.gz");
  if (!g_file_test(file, G_FILE_TEST_EXISTS)) {
    g_free(file);
    print_message("skipped: full log absent\n");
    return NULL;
  }
  return bed_files(file, bed_full_file("cohorts.csv"));
}

void bed_free(Bed *bed)
{
  if (!bed)
    return;
  study_free(bed->study);
  dataset_free(bed->ds);
  g_free(bed);
}

guint32 bed_user(const Bed *bed, const char *id)
{
  guint32 user = strpool_find(bed->ds->log->users, id, strlen(id));
  assert_int_not_equal(user, STRPOOL_NONE);
  return user;
}

guint32 bed_ip(const Bed *bed, const char *address)
{
  guint32 ip = ip_table_find(bed->ds->log->ips, address, strlen(address));
  assert_int_not_equal(ip, G_MAXUINT32);
  return ip;
}

FlagSet *bed_run(const Bed *bed, RuleId rule, const char *change)
{
  RuleSettings s;
  rule_settings_init(&s);
  if (change)
    assert_true(rule_settings_change(&s, rule, change, NULL));
  for (guint r = 0; r < N_RULES; r++)
    s.on[r] = s.on[r] && r == rule;
  return flag_set_new(bed->study, &s);
}

const Flag *bed_flag_of(const Bed *bed, const FlagSet *set, RuleId rule, const char *user)
{
  guint32 key = bed_user(bed, user);
  const Flag *found = NULL;
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    if (f->rule != rule || f->subject != SUBJECT_USER || f->key != key)
      continue;
    assert_null(found);
    found = f;
  }
  return found;
}

double bed_term(const Flag *f, const char *name)
{
  for (guint i = 0; i < f->n_terms; i++)
    if (strcmp(f->terms[i].name, name) == 0)
      return f->terms[i].value;
  fail_msg("no term %s", name);
  return 0;
}
