/* The committed sample: made by the generator as it is now, whole, and as its truth file says. */
#include <glib/gstdio.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/data/sample_log.h"

static char *fresh; /* folder of a fresh run */
static SampleLog *sample;

static const char *env_or(const char *name, const char *fallback)
{
  const char *value = g_getenv(name);

  return value ? value : fallback;
}

static char *sample_folder(void)
{
  return g_build_filename(env_or("SRCDIR", SRCDIR), "assets", "sample", NULL);
}

static void generate(const char *folder, const char *seed)
{
  char *program = g_build_filename(env_or("BUILDDIR", "."), "tests", "data", "generate", NULL);
  const char *argv[] = {program,  "--seed", seed,    "--rows", "60k",
                        "--form", "all",    "--out", folder,   NULL};
  GError *error = NULL;
  int status = -1;

  if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                    &status, &error))
    g_error("%s", error->message);
  assert_true(g_spawn_check_wait_status(status, NULL));
  g_free(program);
}

static char *file_in(const char *folder, const char *name, gsize *ret_len)
{
  char *path = g_build_filename(folder, name, NULL);
  char *bytes = sample_read(path, ret_len);

  g_free(path);
  return bytes;
}

static void assert_same_file(const char *a, const char *a_name, const char *b, const char *b_name)
{
  gsize a_len;
  gsize b_len;
  char *a_bytes = file_in(a, a_name, &a_len);
  char *b_bytes = file_in(b, b_name, &b_len);

  assert_int_equal(a_len, b_len);
  assert_memory_equal(a_bytes, b_bytes, a_len);
  g_free(a_bytes);
  g_free(b_bytes);
}

static void remove_folder(char *folder)
{
  static const char *const names[] = {"logs.txt", "logs.csv", "curriculum_logs.csv", "cohorts.csv",
                                      "truth.json"};

  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    char *path = g_build_filename(folder, names[i], NULL);

    g_unlink(path);
    g_free(path);
  }
  g_rmdir(folder);
  g_free(folder);
}

static int set_up(void **state)
{
  char *folder = sample_folder();

  (void)state;
  fresh = g_dir_make_tmp("cohortscope-sample-XXXXXX", NULL);
  if (!fresh)
    return -1;
  generate(fresh, "1");
  sample = sample_load(folder);
  g_free(folder);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  sample_free(sample);
  remove_folder(fresh);
  return 0;
}

static void test_committed_is_what_is_generated(void **state)
{
  char *folder = sample_folder();

  (void)state;
  assert_same_file(folder, "logs.csv.gz", fresh, "logs.csv");
  assert_same_file(folder, "cohorts.csv", fresh, "cohorts.csv");
  assert_same_file(folder, "truth.json", fresh, "truth.json");
  g_free(folder);
}

static void test_seed_decides(void **state)
{
  char *other = g_dir_make_tmp("cohortscope-sample-XXXXXX", NULL);
  gsize a_len;
  gsize b_len;
  char *a;
  char *b;

  (void)state;
  generate(other, "2");
  a = file_in(fresh, "logs.csv", &a_len);
  b = file_in(other, "logs.csv", &b_len);
  assert_true(a_len != b_len || memcmp(a, b, a_len) != 0);
  g_free(a);
  g_free(b);
  assert_same_file(fresh, "cohorts.csv", other, "cohorts.csv");
  remove_folder(other);
}

/* The three forms hold the same rows. */
static void test_forms_agree(void **state)
{
  gsize len;
  char *csv = file_in(fresh, "logs.csv", &len);
  char *raw = file_in(fresh, "logs.txt", &len);
  char *wide = file_in(fresh, "curriculum_logs.csv", &len);
  char **csv_lines = g_strsplit(csv, "\n", -1);
  char **raw_lines = g_strsplit(raw, "\n", -1);
  char **wide_lines = g_strsplit(wide, "\n", -1);

  (void)state;
  assert_int_equal(g_strv_length(csv_lines), g_strv_length(raw_lines) + 1);
  assert_int_equal(g_strv_length(csv_lines), g_strv_length(wide_lines));
  for (guint i = 1; csv_lines[i] && *csv_lines[i]; i++) {
    char **c = sample_fields(csv_lines[i], ',');
    char **r = sample_fields(raw_lines[i - 1], ' ');
    char **w = sample_fields(wide_lines[i], ',');
    const SampleCohort *cohort = sample_cohort(sample, sample_number(c[4]));

    assert_int_equal(g_strv_length(r), 6);
    assert_int_equal(g_strv_length(w), 14);
    for (guint k = 0; k < 6; k++) {
      assert_string_equal(c[k], r[k]);
      if (k != 4)
        assert_string_equal(c[k], w[k]);
    }
    assert_int_equal(sample_number(c[4]), sample_number(w[4]));
    assert_string_equal(w[6], cohort ? cohort->name : "");
    assert_int_equal(sample_number(w[13]), cohort ? cohort->program : 0);
    g_strfreev(c);
    g_strfreev(r);
    g_strfreev(w);
  }
  g_strfreev(csv_lines);
  g_strfreev(raw_lines);
  g_strfreev(wide_lines);
  g_free(csv);
  g_free(raw);
  g_free(wide);
}

static gboolean is_documentation_address(const char *ip)
{
  static const char *const ranges[] = {"192.0.2.", "198.51.100.", "203.0.113.",
                                       "198.18.",  "198.19.",     "2001:db8:"};

  for (guint i = 0; i < G_N_ELEMENTS(ranges); i++) {
    if (g_str_has_prefix(ip, ranges[i]))
      return TRUE;
  }
  return FALSE;
}

static void test_rows_are_sane(void **state)
{
  guint missing = 0;
  guint v6 = 0;

  (void)state;
  assert_in_range(sample->rows->len, 57000, 64000);
  for (guint i = 0; i < sample->rows->len; i++) {
    const SampleRow *r = sample_row(sample, i);

    if (i > 0)
      assert_true(sample_row(sample, i - 1)->when <= r->when);
    assert_true(is_documentation_address(r->ip));
    assert_in_range(r->user, 1, 203);
    assert_true(r->cohort == 0 || sample_cohort(sample, r->cohort) != NULL);
    assert_null(strchr(r->path, ' '));
    missing += *r->path == '\0';
    v6 += strchr(r->ip, ':') != NULL;
  }
  assert_int_equal(missing, 1);
  assert_true(v6 > 1000);
}

/* Twelve classes of three programs have rows, the staff is no class, one class has none. */
static void test_cohorts(void **state)
{
  guint classes = 0;
  guint empty = 0;
  guint staff = 0;
  guint programs = 0;

  (void)state;
  for (guint i = 0; i < sample->cohorts->len; i++) {
    const SampleCohort *c = &g_array_index(sample->cohorts, SampleCohort, i);
    guint hits = 0;

    for (guint k = 0; k < sample->rows->len; k++)
      hits += sample_row(sample, k)->cohort == c->id;
    if (c->start == c->end) {
      staff++;
      assert_string_equal(c->name, "Staff");
      continue;
    }
    assert_int_equal((c->start + 3) % 7, 0); /* a Monday */
    assert_in_range(c->end - c->start, 14 * 7 - 3, 22 * 7 - 3);
    programs |= 1U << c->program;
    if (hits > 0)
      classes++;
    else
      empty++;
  }
  assert_int_equal(classes, 12);
  assert_int_equal(empty, 1);
  assert_int_equal(staff, 1);
  assert_int_equal(programs, 1U << 2 | 1U << 3 | 1U << 4);
}

/* What the rows say of a story about a lesson. */
static guint rows_of_lesson(const SampleLog *log, const SampleStory *s)
{
  const char *lesson = json_object_get_string_member(s->json, "lesson");
  gboolean of_cohort = !json_object_get_null_member(s->json, "cohort");
  guint n = 0;

  for (guint i = 0; i < log->rows->len; i++) {
    const SampleRow *r = sample_row(log, i);

    if (r->lesson && strcmp(r->lesson, lesson) == 0 &&
        (!of_cohort || r->cohort == json_object_get_int_member(s->json, "cohort")))
      n++;
  }
  return n;
}

/* Stories that cannot be recounted from users, days and addresses; they are checked apart. */
static gboolean is_counted_apart(const char *kind)
{
  static const char *const kinds[] = {"log_gap", "duplicates", "day_spike", "cross_access"};

  for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
    if (strcmp(kinds[i], kind) == 0)
      return TRUE;
  }
  return FALSE;
}

static void check_count(const SampleLog *log, const SampleStory *s)
{
  guint rows = (guint)json_object_get_int_member(s->json, "rows");

  if (is_counted_apart(s->kind))
    return;
  if (g_str_has_suffix(s->kind, "_lesson") || strcmp(s->kind, "lesson_outlier") == 0) {
    if (rows != rows_of_lesson(log, s))
      fail_msg("%s %s: %u rows, the log has %u", s->id, s->kind, rows, rows_of_lesson(log, s));
    return;
  }
  if (rows != s->rows->len)
    fail_msg("%s %s: %u rows, the log has %u", s->id, s->kind, rows, s->rows->len);
  assert_int_equal(g_array_index(s->rows, SampleRow, 0).when,
                   sample_time(json_object_get_string_member(s->json, "first")));
  assert_int_equal(g_array_index(s->rows, SampleRow, rows - 1).when,
                   sample_time(json_object_get_string_member(s->json, "last")));
}

static void test_truth_counts(void **state)
{
  (void)state;
  assert_int_equal(sample_each_story(sample, NULL, check_count), 66);
}

static void check_gap(const SampleLog *log, const SampleStory *s)
{
  gint64 gap = sample_time(json_object_get_string_member(s->json, "date")) / SAMPLE_DAY;
  gint64 day = sample_row(log, 0)->when / SAMPLE_DAY;

  for (guint i = 0; i < log->rows->len; i++) {
    gint64 now = sample_row(log, i)->when / SAMPLE_DAY;

    assert_true(now != gap);
    assert_true(now <= day + (day + 1 == gap ? 2 : 1));
    day = now;
  }
}

static void check_duplicates(const SampleLog *log, const SampleStory *s)
{
  guint n = 0;

  for (guint i = 1; i < log->rows->len; i++) {
    const SampleRow *r = sample_row(log, i);

    for (guint k = i; k > 0 && sample_row(log, k - 1)->when == r->when; k--) {
      const SampleRow *b = sample_row(log, k - 1);

      if (b->user == r->user && b->path == r->path && b->ip == r->ip) {
        n++;
        assert_in_range(r->when % SAMPLE_DAY, 10 * 3600, 11 * 3600 - 1);
      }
    }
  }
  assert_int_equal(n, json_object_get_int_member(s->json, "rows"));
}

static void check_spike(const SampleLog *log, const SampleStory *s)
{
  gint64 day = sample_time(json_object_get_string_member(s->json, "date")) / SAMPLE_DAY;
  guint same = 0;
  guint weeks = 0;

  /* Against the same weekday of the four weeks before. */
  for (guint i = 0; i < log->rows->len; i++) {
    gint64 now = sample_row(log, i)->when / SAMPLE_DAY;

    same += now == day;
    weeks += now == day - 7 || now == day - 14 || now == day - 21 || now == day - 28;
  }
  assert_true(same > weeks);
  assert_true(same >= json_object_get_int_member(s->json, "rows"));
}

static void test_odd_days(void **state)
{
  (void)state;
  assert_int_equal(sample_each_story(sample, "log_gap", check_gap), 1);
  assert_int_equal(sample_each_story(sample, "duplicates", check_duplicates), 1);
  assert_int_equal(sample_each_story(sample, "day_spike", check_spike), 1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_committed_is_what_is_generated),
      cmocka_unit_test(test_seed_decides),
      cmocka_unit_test(test_forms_agree),
      cmocka_unit_test(test_rows_are_sane),
      cmocka_unit_test(test_cohorts),
      cmocka_unit_test(test_truth_counts),
      cmocka_unit_test(test_odd_days),
  };

  return cmocka_run_group_tests(tests, set_up, tear_down);
}
