/* A log that was followed answers as one that was loaded at once: the sample, written in pieces of
 * any length, with late rows, read in between. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "core/answers/answers.h"
#include "core/base/assets.h"
#include "core/ingest/source.h"
#include "core/log/fingerprint.h"
#include "tests/ingest/following.h"

/* The text of the sample, header first. */
static GString *sample_text(void)
{
  GString *text = g_string_new(NULL);
  Origin o = {.name = (char *)"sample", .bytes = assets_get("sample/logs.csv.gz"), .fd = -1};
  assert_non_null(o.bytes);
  Source *s = source_open(&o, NULL, NULL, NULL);
  assert_non_null(s);
  char *buf = g_malloc(65536);
  gssize n;
  while ((n = source_read(s, buf, 65536, NULL)) > 0)
    g_string_append_len(text, buf, n);
  g_free(buf);
  source_free(s);
  g_bytes_unref(o.bytes);
  return text;
}

static void swap_lines(GPtrArray *lines, guint a, guint b)
{
  gpointer line = lines->pdata[a];
  lines->pdata[a] = lines->pdata[b];
  lines->pdata[b] = line;
}

/* Some rows come late. */
static char *shuffle(const char *text, GRand *rand)
{
  g_auto(GStrv) all = g_strsplit(text, "\n", -1);
  GPtrArray *lines = g_ptr_array_new();
  for (guint i = 0; all[i]; i++)
    g_ptr_array_add(lines, all[i]);
  for (int i = 0; i < 300; i++) {
    guint a = (guint)g_rand_int_range(rand, 1, (gint32)lines->len - 1);
    swap_lines(lines, a, MIN(a + (guint)g_rand_int_range(rand, 1, 5000), lines->len - 2));
  }
  g_ptr_array_add(lines, NULL);
  char *out = g_strjoinv("\n", (char **)lines->pdata);
  g_ptr_array_unref(lines);
  return out;
}

static void put_answer(GString *out, const Answer *a)
{
  g_string_append_printf(out, "%u %s %" G_GUINT64_FORMAT "\n", a->number, a->scope, a->kept);
  for (guint i = 0; i < a->findings->len; i++)
    g_string_append_printf(out, "%s\n", ((const Finding *)a->findings->pdata[i])->text);
  for (guint i = 0; i < a->tables->len; i++) {
    const Table *t = ((const AnswerTable *)a->tables->pdata[i])->table;
    for (guint row = 0; row < t->n_rows; row++) {
      for (guint c = 0; c < table_n_columns(t); c++) {
        g_autofree char *cell = table_cell_text(t, row, c);
        g_string_append_printf(out, "%s|", cell);
      }
      g_string_append_c(out, '\n');
    }
  }
}

/* Flags and answers of a log, as text. */
static char *everything(AccessLog *log)
{
  GString *out = g_string_new(NULL);
  GError *e = NULL;
  CatalogOptions catalog;
  catalog_options_init(&catalog);
  Dataset *ds = dataset_new(log, catalog_new(log, &catalog, NULL));
  Study *study = study_new(ds, NULL, &e);
  assert_null(e);
  RuleSettings rules;
  rule_settings_init(&rules);
  FlagSet *flags = flag_set_new(study, &rules);
  for (guint i = 0; i < flags->flags->len; i++) {
    const Flag *f = flags->flags->pdata[i];
    g_string_append_printf(out, "%s %.6f %s %u\n", f->id, f->score, f->text, f->n_rows);
  }
  assert_true(flags->flags->len > 20);
  AnswerOptions options;
  answer_options_init(&options);
  for (guint q = 1; q <= N_QUESTIONS; q++) {
    Answer *a = answer_new(q, study, flags, &options, &e);
    assert_null(e);
    put_answer(out, a);
    answer_free(a);
  }
  flag_set_free(flags);
  study_free(study);
  dataset_free(ds);
  return g_string_free(out, FALSE);
}

static LoadRequest request(const char **logs, const char *cohorts)
{
  LoadRequest req;
  load_request_init(&req);
  req.logs = logs;
  req.cohorts = cohorts;
  req.growing = TRUE;
  return req;
}

static void test_same(void **state)
{
  (void)state;
  GRand *rand = g_rand_new_with_seed(7);
  GString *sample = sample_text();
  g_autofree char *text = shuffle(sample->str, rand);
  gsize len = strlen(text), at = len * 2 / 3;
  GBytes *table = assets_get("sample/cohorts.csv");
  char *cohorts =
      helper_file("cohorts.csv", g_bytes_get_data(table, NULL), (gssize)g_bytes_get_size(table));
  char *path = helper_file("logs.csv", text, (gssize)at);
  const char *logs[] = {path, NULL};
  LoadRequest req = request(logs, cohorts);
  Following w = following_load(&req, path);
  while (at < len) {
    gsize n = MIN((gsize)g_rand_int_range(rand, 1, 200000), len - at);
    g_autofree char *piece = g_strndup(text + at, n);
    file_append(path, piece);
    following_look(&w);
    at += n;
  }
  Following once = following_load(&req, path);
  assert_int_equal(w.l.log->n_rows, once.l.log->n_rows);
  g_autofree char *rows = loaded_rows(&w.l), *rows_at_once = loaded_rows(&once.l);
  assert_string_equal(rows, rows_at_once);
  g_autofree char *report = loaded_report(&w.l), *report_at_once = loaded_report(&once.l);
  assert_string_equal(report, report_at_once);
  g_autofree char *told = everything(w.l.log), *told_at_once = everything(once.l.log);
  assert_true(log_fingerprint(w.l.log) == log_fingerprint(once.l.log));
  assert_true(strcmp(told, told_at_once) == 0);
  follow_free(once.follow);
  loaded_clear(&once.l);
  g_string_free(once.told, TRUE);
  g_free(once.path);
  following_clear(&w);
  helper_remove(cohorts);
  g_free(path);
  g_bytes_unref(table);
  g_string_free(sample, TRUE);
  g_rand_free(rand);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_same)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
