/* Reports of the sample and of a hostile log: the contract of the JSON form, well-formed HTML,
 * even tables in Markdown, nothing that runs, nothing that names anybody when it should not. */
#include <glib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/base/text.h"
#include "tests/report/log_beds.h"
#include "tests/report/reporting.h"

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

static void check_all(const Reporting *r)
{
  char *text = reporting_text(r, REPORT_JSON);
  check_json(text, r);
  g_free(text);
  text = reporting_text(r, REPORT_HTML);
  check_html(text);
  g_free(text);
  text = reporting_text(r, REPORT_MD);
  check_md(text);
  g_free(text);
}

static void test_sample(void **state)
{
  Reporting *r = reporting_new(*state);
  check_all(r);
  reporting_free(r);
}

/* The same answers give the same bytes. */
static void test_same_again(void **state)
{
  Reporting *a = reporting_new(*state), *b = reporting_new(*state);
  for (guint f = 0; f < N_REPORT_FORMATS; f++) {
    char *first = reporting_text(a, (ReportFormat)f), *second = reporting_text(b, (ReportFormat)f);
    assert_string_equal(first, second);
    g_free(first);
    g_free(second);
  }
  reporting_free(a);
  reporting_free(b);
}

static guint count(const char *text, const char *part)
{
  guint n = 0;
  for (const char *p = strstr(text, part); p; p = strstr(p + 1, part))
    n++;
  return n;
}

/* Every table stands in the forms for people, also one without rows. */
static void test_nothing_is_lost(void **state)
{
  Reporting *r = reporting_new(*state);
  char *html = reporting_text(r, REPORT_HTML);
  for (guint i = 0; i < r->answers->len; i++) {
    const Answer *a = g_ptr_array_index(r->answers, i);
    for (guint t = 0; t < a->tables->len; t++) {
      const AnswerTable *table = g_ptr_array_index(a->tables, t);
      GString *title = g_string_new(NULL);
      text_append_html(title, table->table->title, -1);
      if (!strstr(html, title->str))
        fail_msg("no table %s", title->str);
      g_string_free(title, TRUE);
    }
  }
  assert_int_equal(count(html, "<section"), r->answers->len + 4);
  g_free(html);
  reporting_free(r);
}

/* Tables for people are cut where asked for, and say so; JSON has every row. */
static void test_rows_of_tables(void **state)
{
  Reporting *r = reporting_new(*state);
  guint cut = 0;
  r->report.table_rows = 3;
  for (guint i = 0; i < r->answers->len; i++) {
    const Answer *a = g_ptr_array_index(r->answers, i);
    for (guint t = 0; t < a->tables->len; t++)
      cut += ((const AnswerTable *)g_ptr_array_index(a->tables, t))->table->n_rows > 3;
  }
  assert_true(cut > 0);
  char *md = reporting_text(r, REPORT_MD), *html = reporting_text(r, REPORT_HTML);
  char *json = reporting_text(r, REPORT_JSON);
  assert_int_equal(count(md, "\nThe first 3 of "), cut);
  assert_int_equal(count(html, "<p class=\"aside\">The first 3 of "), cut);
  assert_int_equal(count(html, "type=\"checkbox\""), 0);
  check_json(json, r);
  r->report.table_rows = 0;
  char *all = reporting_text(r, REPORT_MD);
  assert_int_equal(count(all, "\nThe first "), 0);
  assert_true(strlen(all) > strlen(md));
  g_free(md);
  g_free(html);
  g_free(json);
  g_free(all);
  reporting_free(r);
}

/* In brief: one sentence of every answer at least, that of its first finding. */
static void test_brief(void **state)
{
  Reporting *r = reporting_new(*state);
  char *md = reporting_text(r, REPORT_MD);
  const char *begin = strstr(md, "\n## In brief\n"), *end = strstr(md, "\n## The log\n");
  assert_true(begin && end && begin < end);
  char *brief = g_strndup(begin, (gsize)(end - begin));
  assert_true(count(brief, "\n- ") >= r->answers->len);
  for (guint i = 0; i < r->answers->len; i++) {
    const Answer *a = g_ptr_array_index(r->answers, i);
    char *label = g_strdup_printf("\n**%u. ", a->number);
    assert_non_null(strstr(brief, label));
    g_free(label);
  }
  g_free(brief);
  g_free(md);
  reporting_free(r);
}

/* --- a hostile log ---------------------------------------------------------------------------- */

static void test_hostile_log(void **state)
{
  (void)state;
  Bed *bed = nasty_bed();
  Reporting *r = reporting_new(bed);
  check_all(r);
  char *html = reporting_text(r, REPORT_HTML), *md = reporting_text(r, REPORT_MD);
  static const char *const bad[] = {"<script", "<i>", "<em>", "<b>", "</table></svg>", "\x1b"};
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
    assert_null(strstr(html, bad[i]));
    for (const char *p = strstr(md, bad[i]); p; p = strstr(p + 1, bad[i]))
      assert_true(p > md && p[-1] == '\\');
  }
  /* it does speak of them */
  assert_non_null(strstr(html, "&lt;i&gt;u"));
  g_free(html);
  g_free(md);
  reporting_free(r);
  bed_free(bed);
}

static void test_empty_log(void **state)
{
  (void)state;
  Bed *bed = bed_new(log_builder_new());
  Reporting *r = reporting_new(bed);
  check_all(r);
  reporting_free(r);
  bed_free(bed);
}

/* --- pseudonyms ------------------------------------------------------------------------------- */

static void test_pseudonyms(void **state)
{
  Bed *bed = renamed_bed(*state);
  Reporting *r = reporting_new(bed);
  guint8 key[PSEUDONYM_KEY_BYTES] = {7};
  Pseudonyms *p = pseudonyms_new(key);
  for (guint f = 0; f < N_REPORT_FORMATS; f++) {
    char *plain = reporting_text(r, (ReportFormat)f);
    assert_non_null(strstr(plain, "zqx"));
    assert_non_null(strstr(plain, "100.64."));
    r->report.pseudonyms = p;
    char *text = reporting_text(r, (ReportFormat)f);
    r->report.pseudonyms = NULL;
    static const char *const names[] = {"zqx", "100.64."};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
      const char *leak = strstr(text, names[i]);
      if (leak)
        fail_msg("%s: ...%.200s", report_format_name((ReportFormat)f),
                 leak - text > 120 ? leak - 120 : text);
    }
    assert_true(g_regex_match_simple("u-[0-9a-f]{12}", text, 0, 0));
    g_free(plain);
    g_free(text);
  }
  pseudonyms_free(p);
  reporting_free(r);
  bed_free(bed);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_sample),          cmocka_unit_test(test_same_again),
      cmocka_unit_test(test_nothing_is_lost), cmocka_unit_test(test_rows_of_tables),
      cmocka_unit_test(test_brief),           cmocka_unit_test(test_hostile_log),
      cmocka_unit_test(test_empty_log),       cmocka_unit_test(test_pseudonyms),
  };
  return cmocka_run_group_tests(tests, setup_sample, teardown);
}
