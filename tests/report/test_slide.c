/* Slides: files that office programs accept, the same every time, texts that fit, and nobody
 * named. */
#include <glib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/report/slide.h"
#include "tests/report/log_beds.h"
#include "tests/report/reporting.h"
#include "tests/report/slide_file.h"

static int setup_sample(void **state)
{
  *state = bed_sample();
  return 0;
}

static int teardown(void **state)
{
  bed_free(*state);
  return 0;
}

/* --- the same file every time ------------------------------------------------------------------
 */

static void test_same_again(void **state)
{
  Reporting *a = reporting_new(*state), *b = reporting_new(*state);
  GString *first = slide_bytes(&a->report);
  g_setenv("TZ", "Asia/Tokyo", TRUE);
  GString *second = slide_bytes(&b->report);
  g_setenv("TZ", "UTC", TRUE);
  assert_true(g_string_equal(first, second));
  g_string_free(first, TRUE);
  g_string_free(second, TRUE);
  reporting_free(a);
  reporting_free(b);
}

/* --- unusual logs ------------------------------------------------------------------------------
 */

static void test_hostile_log(void **state)
{
  (void)state;
  Bed *bed = nasty_bed();
  Reporting *r = reporting_new(bed);
  r->report.name = "log \x1b[31m & <more> \"\xff\"\xef\xbf\xbe";
  SlideFile *f = slide_of(&r->report);
  const char *slide = g_hash_table_lookup(f->parts, SLIDE_PART);
  assert_true(f->cells->len > 0);
  assert_null(strstr(slide, "<b>"));
  assert_null(strstr(slide, "<em>"));
  assert_null(strstr(slide, "<script"));
  assert_non_null(strstr(slide, "a &lt;b&gt; &quot;log&quot; &amp; more.txt"));
  assert_null(strstr(f->notes->str, "</i>"));
  slide_file_free(f);
  reporting_free(r);
  bed_free(bed);
}

static void test_empty_log(void **state)
{
  (void)state;
  Bed *bed = bed_new(log_builder_new());
  Reporting *r = reporting_new(bed);
  SlideFile *f = slide_of(&r->report);
  assert_string_equal(slide_text(f, "Title"), "The log has no rows");
  assert_int_equal(f->cells->len, 0);
  assert_non_null(strstr(slide_text(f, "Source"), "0 rows of 0 user ids"));
  slide_file_free(f);
  reporting_free(r);
  bed_free(bed);
}

/* Without a single number to tell, the slide says so. */
static void test_no_findings(void **state)
{
  Reporting *r = reporting_new(*state);
  GPtrArray *none = g_ptr_array_new();
  r->report.answers = none;
  SlideFile *f = slide_of(&r->report);
  assert_int_equal(slide_n_findings(f), 0);
  assert_string_equal(slide_text(f, "Finding"), "Nothing was found.");
  assert_true(g_str_has_prefix(slide_text(f, "Title"), "What 62,387 page requests "));
  assert_int_equal(f->cells->len, 0);
  slide_file_free(f);
  g_ptr_array_unref(none);
  reporting_free(r);
}

/* Rows of the sample, some of them, with or without their cohorts. */
static Bed *part_of(const Bed *sample, const char *program, gboolean cohorts)
{
  const AccessLog *log = sample->ds->log;
  LogBuilder *b = log_builder_new();
  for (guint c = 1; cohorts && c < log->cohorts->cohorts->len; c++) {
    const Cohort *k = cohort_table_get(log->cohorts, (guint16)c);
    char start[CIVIL_BUF], end[CIVIL_BUF];
    bed_cohort(b, k->id, k->name, civil_format_day(k->start, start), civil_format_day(k->end, end),
               cohort_table_get_program(log->cohorts, k->program)->id);
  }
  for (guint32 row = 0; row < log->n_rows; row++) {
    const Cohort *k = cohort_table_get(log->cohorts, log->cohort[row]);
    const char *of = cohort_table_get_program(log->cohorts, k->program)->id;
    if (program && (log->cohort[row] == COHORT_NONE || strcmp(of, program) != 0))
      continue;
    bed_hit(b, log->time[row], strpool_get(log->users, log->user[row], NULL),
            cohorts && log->cohort[row] != COHORT_NONE ? k->id : "",
            strpool_get(log->paths, log->path[row], NULL),
            log->ip[row] == IP_NONE ? "" : ip_table_text(log->ips, log->ip[row]));
  }
  return bed_new(b);
}

static void test_one_program(void **state)
{
  Bed *bed = part_of(*state, "3", TRUE);
  Reporting *r = reporting_new(bed);
  SlideFile *f = slide_of(&r->report);
  assert_int_equal(f->cells->len, 2 * f->widths->len);
  assert_string_equal(g_ptr_array_index(f->cells, f->widths->len), "Data Science");
  assert_true(slide_n_findings(f) >= 4);
  assert_null(slide_finding(f, "0.0 %", "of active")); /* there is no other track */
  slide_file_free(f);
  reporting_free(r);
  bed_free(bed);
}

static void test_without_cohorts(void **state)
{
  Bed *bed = part_of(*state, NULL, FALSE);
  Reporting *r = reporting_new(bed);
  SlideFile *f = slide_of(&r->report);
  assert_int_equal(f->cells->len, 0);
  assert_true(slide_n_findings(f) >= 2);
  assert_non_null(slide_finding(f, "100.0 %", "of all rows carry no cohort"));
  slide_file_free(f);
  reporting_free(r);
  bed_free(bed);
}

/* --- nobody is named ---------------------------------------------------------------------------
 */

static void test_names_nobody(void **state)
{
  Bed *bed = renamed_bed(*state);
  Reporting *r = reporting_new(bed);
  guint8 key[PSEUDONYM_KEY_BYTES] = {7};
  Pseudonyms *p = pseudonyms_new(key);
  for (int secret = 0; secret < 2; secret++) {
    r->report.pseudonyms = secret ? p : NULL;
    SlideFile *f = slide_of(&r->report);
    for (guint i = 0; i < f->names->len; i++) {
      const char *name = g_ptr_array_index(f->names, i),
                 *text = g_hash_table_lookup(f->parts, name);
      if (strstr(text, "zqx") || strstr(text, "100.64.") ||
          g_regex_match_simple("\\b[ua]-[0-9a-f]{12}", text, 0, 0))
        fail_msg("%s names somebody", name);
    }
    assert_int_equal(slide_n_findings(f), 6);
    slide_file_free(f);
  }
  pseudonyms_free(p);
  reporting_free(r);
  bed_free(bed);
}

/* --- texts of any length -----------------------------------------------------------------------
 */

static void check_layout(const Reporting *r, const char *word, guint times)
{
  GString *long_text = g_string_new(NULL);
  for (guint i = 0; i < times; i++)
    g_string_append_printf(long_text, "%s%s", i ? " " : "", word);
  GPtrArray *answers = g_ptr_array_new();
  Brief briefs[N_QUESTIONS];
  Answer copies[N_QUESTIONS];
  for (guint i = 0; i < N_QUESTIONS; i++) {
    const Answer *a = g_ptr_array_index(r->answers, i);
    briefs[i] = (Brief){.figure = (char *)(i % 2 ? "1,234,567.8 %" : "3"),
                        .text = long_text->str,
                        .more = i % 3 ? long_text->str : NULL,
                        .headline = i == 3 ? long_text->str : NULL};
    copies[i] = *a;
    copies[i].brief = &briefs[i];
    g_ptr_array_add(answers, &copies[i]);
  }
  Report report = r->report;
  report.answers = answers;
  SlideFile *f = slide_of(&report);
  assert_int_equal(slide_n_findings(f), 6);
  slide_file_free(f);
  g_ptr_array_unref(answers);
  g_string_free(long_text, TRUE);
}

static void test_any_length(void **state)
{
  static const char *const words[] = {
      "W", "wide", "i", "Donaudampfschifffahrtsgesellschaftskapitaen", "\xe8\xaa\xb2\xe7\xa8\x8b"};
  static const guint times[] = {1, 3, 10, 25, 60, 400};
  Reporting *r = reporting_new(*state);
  for (guint i = 0; i < G_N_ELEMENTS(words); i++)
    for (guint k = 0; k < G_N_ELEMENTS(times); k++)
      check_layout(r, words[i], times[k]);
  reporting_free(r);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_same_again),   cmocka_unit_test(test_hostile_log),
      cmocka_unit_test(test_empty_log),    cmocka_unit_test(test_no_findings),
      cmocka_unit_test(test_one_program),  cmocka_unit_test(test_without_cohorts),
      cmocka_unit_test(test_names_nobody), cmocka_unit_test(test_any_length),
  };
  return cmocka_run_group_tests(tests, setup_sample, teardown);
}
