/* Parts of reports: digests, the glossary, charts and their drawing, text of the formats. */
#include <glib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/answers/build.h"
#include "core/report/digest.h"
#include "core/report/sha256.h"
#include "core/report/doc.h"
#include "core/report/svg.h"
#include "tests/report/reporting.h"

/* --- digests ---------------------------------------------------------------------------------- */

/* FIPS 180-2, appendix B. */
#define SHA_ABC       "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define SHA_NONE      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define SHA_MILLION_A "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"

/* The processor's way against GLib's, over every length of two blocks, in pieces. */
static void test_both_ways(void **state)
{
  (void)state;
  guint8 bytes[3 * SHA256_BLOCK];
  if (!sha256_available()) {
    print_message("skipped: no instructions for SHA-256\n");
    return;
  }
  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8)(i * 151 + i / 7);
  for (gsize n = 0; n <= sizeof bytes; n++) {
    char *expected = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, n);
    for (gsize cut = 0; cut <= n; cut += 13) {
      Sha256 s;
      sha256_init(&s);
      sha256_update(&s, bytes, cut / 2);
      sha256_update(&s, bytes + cut / 2, cut - cut / 2);
      sha256_update(&s, bytes + cut, n - cut);
      char *got = sha256_finish(&s);
      assert_string_equal(got, expected);
      g_free(got);
    }
    g_free(expected);
  }
}

static void test_digests(void **state)
{
  (void)state;
  char *folder = g_dir_make_tmp("cohortscope-XXXXXX", NULL);
  char *file = g_build_filename(folder, "file", NULL), *pipe = g_build_filename(folder, "p", NULL);
  char *million = g_strnfill(1000000, 'a');
  static const struct {
    gssize len;
    const char *sha;
  } cases[] = {{0, SHA_NONE}, {1000000, SHA_MILLION_A}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    assert_true(g_file_set_contents(file, million, cases[i].len, NULL));
    char *sha = digest_file(file);
    assert_string_equal(sha, cases[i].sha);
    g_free(sha);
  }
  GBytes *abc = g_bytes_new_static("abc", 3);
  char *sha = digest_bytes(abc);
  assert_string_equal(sha, SHA_ABC);
  assert_int_equal(mkfifo(pipe, 0600), 0);
  assert_null(digest_file(pipe)); /* and does not wait for a writer */
  assert_null(digest_file(folder));
  g_unlink(file);
  assert_null(digest_file(file));
  g_unlink(pipe);
  g_rmdir(folder);
  g_bytes_unref(abc);
  g_free(sha);
  g_free(million);
  g_free(file);
  g_free(pipe);
  g_free(folder);
}

/* --- glossary --------------------------------------------------------------------------------- */

static const char *anchor_of(const Glossary *g, const TableColumn *column)
{
  const GlossaryEntry *e = glossary_find(g, column);
  return e ? e->anchor : "none";
}

static void test_glossary(void **state)
{
  (void)state;
  Table *a = table_new("a", "A"), *b = table_new("b", "B");
  table_add_column(a, "hits", "h", CELL_INT, 0, "Rows.");
  table_add_column(a, "all_users", "u", CELL_INT, 0, "People.");
  table_add_column(b, "hits", "hits", CELL_INT, 0, "Rows.");
  table_add_column(b, "all_users", "u", CELL_INT, 0, "Ids.");
  Glossary *g = glossary_new(7);
  glossary_add(g, a);
  glossary_add(g, b);
  assert_int_equal(g->entries->len, 3);
  assert_string_equal(anchor_of(g, table_column(a, 0)), "c7-1");
  assert_string_equal(anchor_of(g, table_column(b, 0)), "c7-1");
  assert_string_equal(anchor_of(g, table_column(a, 1)), "c7-2");
  assert_string_equal(anchor_of(g, table_column(b, 1)), "c7-3");
  assert_string_equal(glossary_find(g, table_column(a, 1))->name, "all users");
  assert_string_equal(table_column(a, 1)->name, "all_users");
  TableColumn other = {.name = (char *)"hits", .definition = (char *)"Something else."};
  assert_null(glossary_find(g, &other));
  TableBlock block = {.table = a, .glossary = g};
  assert_string_equal(doc_head(&block, 1), "all users");
  block.glossary = NULL;
  assert_string_equal(doc_head(&block, 1), "u");
  glossary_free(g);
  table_free(a);
  table_free(b);
}

/* --- charts ----------------------------------------------------------------------------------- */

static Chart *made_chart(ChartKind kind, guint labels, guint lines)
{
  Chart *c = chart_new(kind, "Title <1>", NULL);
  c->unit = g_strdup("hits");
  for (guint i = 0; i < labels; i++)
    g_ptr_array_add(c->labels, g_strdup_printf("2019-%02u", i % 12 + 1));
  for (guint l = 0; l < lines; l++) {
    double *values = chart_add_line(c, g_strdup_printf("line %u & more", l));
    for (guint i = 0; i < labels; i++)
      values[i] = (i + 1) * (l + 1) * 100;
  }
  return c;
}

static char *drawn(const Chart *c)
{
  GString *out = g_string_new(NULL);
  svg_append_chart(out, c, 1);
  return g_string_free(out, FALSE);
}

static guint count(const char *text, const char *part)
{
  guint n = 0;
  for (const char *p = strstr(text, part); p; p = strstr(p + 1, part))
    n++;
  return n;
}

static void check_svg(const char *svg)
{
  static const GMarkupParser none = {NULL, NULL, NULL, NULL, NULL};
  GError *error = NULL;
  GMarkupParseContext *context = g_markup_parse_context_new(&none, 0, NULL, NULL);
  if (!g_markup_parse_context_parse(context, svg, -1, &error) ||
      !g_markup_parse_context_end_parse(context, &error))
    fail_msg("%s in %s", error->message, svg);
  g_markup_parse_context_free(context);
  assert_null(strstr(svg, "nan"));
  assert_null(strstr(svg, "inf"));
}

static void test_charts_of_every_size(void **state)
{
  (void)state;
  static const guint sizes[] = {1, 2, 12, 40, 500};
  for (guint kind = CHART_BARS; kind <= CHART_HEAT; kind++) {
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
      for (guint lines = 1; lines <= 7; lines += 3) {
        Chart *c = made_chart((ChartKind)kind, sizes[i], lines);
        char *svg = drawn(c);
        check_svg(svg);
        assert_non_null(strstr(svg, "<title id=\"t1\">Title &lt;1&gt;</title>"));
        g_free(svg);
        /* nothing at all, and nothing but gaps */
        for (guint l = 0; l < c->lines->len; l++)
          for (guint k = 0; k < sizes[i]; k++)
            g_array_index(c->lines, ChartLine, l).values[k] = kind % 2 ? NAN : 0;
        svg = drawn(c);
        check_svg(svg);
        g_free(svg);
        chart_free(c);
      }
    }
  }
}

/* The rectangles of bars are as long as their values. */
static void test_bars(void **state)
{
  (void)state;
  Chart *c = made_chart(CHART_BARS, 3, 1);
  char *svg = drawn(c);
  double width[3];
  const char *p = svg;
  for (guint i = 0; i < 3; i++) {
    p = strstr(p, "<rect class=\"f1\"");
    assert_non_null(p);
    p = strstr(p, "width=\"");
    assert_non_null(p);
    width[i] = g_ascii_strtod(p + 7, NULL);
  }
  assert_true(fabs(width[1] - 2 * width[0]) < 0.05);
  assert_true(fabs(width[2] - 3 * width[0]) < 0.05);
  assert_int_equal(count(svg, "<rect"), 3);
  assert_non_null(strstr(svg, ">300<"));
  g_free(svg);
  char *words = svg_describe(c);
  assert_string_equal(words, "Title <1>: the largest value is 300 hits, for 2019-03. The tables "
                             "below have the numbers.");
  g_free(words);
  chart_free(c);
}

/* A missing value is a gap: the line starts anew behind it. */
static void test_gaps(void **state)
{
  (void)state;
  Chart *c = made_chart(CHART_LINES, 6, 1);
  g_array_index(c->lines, ChartLine, 0).values[2] = NAN;
  char *svg = drawn(c);
  const char *line = strstr(svg, "<path class=\"l1\"");
  assert_non_null(line);
  char *path = g_strndup(line, strcspn(line, ">"));
  assert_int_equal(count(path, "M"), 2);
  assert_int_equal(count(path, "L"), 3);
  g_free(path);
  g_free(svg);
  chart_free(c);
}

/* A table in long form becomes lines; a month that one of them lacks is a gap; the mark stands
 * where the verdict says so. */
static void test_cross_access(void **state)
{
  (void)state;
  static const AnswerColumn months[] = {{"from_track", "f", CELL_TEXT, 0, "F.", COLUMN_PLAIN},
                                        {"to_track", "t", CELL_TEXT, 0, "T.", COLUMN_PLAIN},
                                        {"month", "m", CELL_TEXT, 0, "M.", COLUMN_PLAIN},
                                        {"rate", "r", CELL_SHARE, 1, "R.", COLUMN_PLAIN},
                                        {NULL}};
  static const AnswerColumn directions[] = {{"from_track", "f", CELL_TEXT, 0, "F.", COLUMN_PLAIN},
                                            {"to_track", "t", CELL_TEXT, 0, "T.", COLUMN_PLAIN},
                                            {"verdict", "v", CELL_TEXT, 0, "V.", COLUMN_PLAIN},
                                            {"change_month", "c", CELL_TEXT, 0, "C.", COLUMN_PLAIN},
                                            {NULL}};
  static const struct {
    const char *from, *to, *month;
    double rate;
  } rows[] = {{"web", "ds", "2019-01", 0.1}, {"web", "ds", "2019-02", 0.2},
              {"web", "ds", "2019-03", 0},   {"ds", "web", "2019-02", 0.5},
              {"ds", "web", "2019-03", NAN}, {"ds", "web", "2019-04", 0.25}};
  Bed *bed = bed_new(log_builder_new());
  Answer *a = answer_start(5, bed->ds);
  AnswerTable *t = answer_table(a, bed->ds, PROGRAM_NONE, "cross_access", "X", directions);
  for (guint i = 0; i < 2; i++) {
    answer_row(t, NULL);
    table_set_text(t->table, 0, i ? "ds" : "web");
    table_set_text(t->table, 1, i ? "web" : "ds");
    table_set_text(t->table, 2, i ? "fell" : "no-change");
    table_set_text(t->table, 3, "2019-03");
  }
  t = answer_table(a, bed->ds, PROGRAM_NONE, "cross_access_by_month", "Y", months);
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    answer_row(t, NULL);
    table_set_text(t->table, 0, rows[i].from);
    table_set_text(t->table, 1, rows[i].to);
    table_set_text(t->table, 2, rows[i].month);
    table_set_real(t->table, 3, rows[i].rate);
  }
  GPtrArray *charts = g_ptr_array_new();
  charts_of_table(a, t, bed->ds, charts);
  assert_int_equal(charts->len, 1);
  Chart *c = g_ptr_array_index(charts, 0);
  assert_true(c->kind == CHART_LINES && c->share);
  assert_int_equal(c->labels->len, 4);
  assert_int_equal(c->lines->len, 2);
  const ChartLine *line = &g_array_index(c->lines, ChartLine, 1);
  assert_string_equal(line->name, "ds to web");
  assert_true(isnan(line->values[0]) && line->values[1] == 0.5 && isnan(line->values[2]) &&
              line->values[3] == 0.25);
  assert_int_equal(c->marks->len, 1);
  assert_int_equal(g_array_index(c->marks, ChartMark, 0).label, 2);
  assert_string_equal(g_array_index(c->marks, ChartMark, 0).text, "ds to web fell, 2019-03");
  chart_free(c);
  g_ptr_array_free(charts, TRUE);
  answer_free(a);
  bed_free(bed);
}

/* --- formats ---------------------------------------------------------------------------------- */

static char *document(const DocFormat *format, const char *text)
{
  GString *out = g_string_new(NULL);
  Sink *sink = sink_string(out);
  Doc d;
  doc_begin(&d, format, sink, NULL, "t");
  g_string_truncate(d.out, 0);
  doc_open(&d, DOC_LIST, NULL);
  doc_block(&d, DOC_ITEM, "%s", text);
  doc_close(&d);
  doc_open(&d, DOC_PARAGRAPH, NULL);
  doc_text(&d, DOC_CODE, text);
  doc_close(&d);
  doc_end(&d);
  sink_close(sink, NULL);
  return g_string_free(out, FALSE);
}

static void test_texts(void **state)
{
  (void)state;
  static const struct {
    const char *text, *md, *html;
  } cases[] = {
      {"plain", "- plain\n\n`plain`\n", "<ul><li>plain</li>\n</ul>\n<p><code>plain</code></p>\n"},
      {"# a", "- \\# a\n\n`# a`\n", "<ul><li># a</li>\n</ul>\n<p><code># a</code></p>\n"},
      {"a`<", "- a\\`\\<\n\n`` a`< ``\n",
       "<ul><li>a`&lt;</li>\n</ul>\n<p><code>a`&lt;</code></p>\n"},
      {"1,2 a,b a/b", "- 1,2 a,b a/b\n\n`1,2 a,b a/b`\n",
       "<ul><li>1,2 a,<wbr />b a/<wbr />b</li>\n</ul>\n<p><code>1,2 a,b a/b</code></p>\n"},
      {"5.0 %", "- 5.0 %\n\n`5.0 %`\n",
       "<ul><li>5.0&#160;%</li>\n</ul>\n<p><code>5.0 %</code></p>\n"},
      {"on 2019-02-14, 2019-02: x2019-02 2019-0",
       "- on 2019-02-14, 2019-02: x2019-02 2019-0\n\n"
       "`on 2019-02-14, 2019-02: x2019-02 2019-0`\n",
       "<ul><li>on <span class=\"d\">2019-02-14</span>, <span class=\"d\">2019-02</span>: x2019-02 "
       "2019-0</li>\n</ul>\n<p><code>on 2019-02-14, 2019-02: x2019-02 2019-0</code></p>\n"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    char *md = document(&doc_md, cases[i].text), *html = document(&doc_html, cases[i].text);
    assert_string_equal(md, cases[i].md);
    assert_true(g_str_has_prefix(html, cases[i].html));
    g_free(md);
    g_free(html);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_both_ways),    cmocka_unit_test(test_digests),
      cmocka_unit_test(test_glossary),     cmocka_unit_test(test_charts_of_every_size),
      cmocka_unit_test(test_bars),         cmocka_unit_test(test_gaps),
      cmocka_unit_test(test_cross_access), cmocka_unit_test(test_texts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
