/* Writers: every format of one small table, texts that must not get through, long streams. */
#include <glib.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/base/marked.h"
#include "core/report/jsonout.h"
#include "core/report/write.h"

/* A row with everything, one with awkward texts, one with nothing. */
static Table *sample_table(void)
{
  Table *t = table_new("sample", "Sample");
  table_add_column(t, "user", "user", CELL_TEXT, 0, "user id");
  table_set_role(t, 0, COLUMN_USER);
  table_add_column(t, "path", "page", CELL_TEXT, 0, "path");
  table_add_column(t, "hits", "hits", CELL_INT, 0, "rows");
  table_add_column(t, "share", "share", CELL_SHARE, 1, "share of rows");
  table_add_column(t, "lift", "lift", CELL_REAL, 2, "times the expected");
  table_add_column(t, "first", "first", CELL_TIME, 0, "first row");
  table_add_column(t, "day", "day", CELL_DATE, 0, "a day");
  table_add_column(t, "staff", "staff", CELL_BOOL, 0, "is staff");
  table_add_row(t);
  table_set_text(t, 0, "341");
  table_set_text(t, 1, "java-ii/arrays");
  table_set_int(t, 2, 1234567);
  table_set_real(t, 3, 0.0425);
  table_set_real(t, 4, 0.1);
  table_set_int(t, 5, civil_day_start(civil_day_from_date(2019, 3, 3)) + 36005);
  table_set_int(t, 6, civil_day_from_date(2019, 2, 28));
  table_set_int(t, 7, 1);
  table_add_row(t);
  table_set_text(t, 0, "8");
  table_set_text(t, 1, "=cmd|\"a\", \x1b[31mred\xff\nend\\");
  table_set_int(t, 2, -5);
  table_set_real(t, 4, NAN);
  table_set_int(t, 7, 0);
  table_add_row(t);
  return t;
}

static char *written(WriteFormat format, gboolean spreadsheet, Pseudonyms *p)
{
  GString *out = g_string_new(NULL);
  Table *t = sample_table();
  WriteOptions o = {.format = format, .spreadsheet = spreadsheet, .pseudonyms = p};
  Sink *s = sink_string(out);
  write_table(t, &o, s);
  assert_true(sink_close(s, NULL));
  table_free(t);
  return g_string_free(out, FALSE);
}

static void test_csv(void **state)
{
  (void)state;
  char *text = written(WRITE_CSV, FALSE, NULL);
  assert_string_equal(text, "user,path,hits,share,lift,first,day,staff\n"
                            "341,java-ii/arrays,1234567,0.0425,0.1,2019-03-03T10:00:05,2019-02-28,"
                            "true\n"
                            "8,\"=cmd|\"\"a\"\", ?[31mred??end\\\",-5,,,,,false\n"
                            ",,,,,,,\n");
  g_free(text);
  text = written(WRITE_CSV, TRUE, NULL);
  assert_non_null(strstr(text, "\n8,\"'=cmd|\"\"a\"\", ?[31mred??end\\\",-5,"));
  g_free(text);
}

static void test_one_empty_field(void **state)
{
  (void)state;
  GString *out = g_string_new(NULL);
  TableColumn column = {.name = (char *)"path", .title = (char *)"path", .type = CELL_TEXT};
  WriteOptions o = {.format = WRITE_CSV};
  Sink *s = sink_string(out);
  Writer *w = writer_begin(&column, 1, &o, s);
  Cell cell = cell_missing();
  writer_row(w, &cell);
  writer_end(w);
  sink_close(s, NULL);
  assert_string_equal(out->str, "path\n\"\"\n");
  g_string_free(out, TRUE);
}

static JsonNode *parsed(const char *text)
{
  GError *error = NULL;
  JsonNode *node = json_from_string(text, &error);
  if (error)
    fail_msg("%s in: %s", error->message, text);
  return node;
}

static void check_first_object(JsonObject *o)
{
  assert_int_equal(json_object_get_size(o), 8);
  assert_string_equal(json_object_get_string_member(o, "user"), "341");
  assert_int_equal(json_object_get_int_member(o, "hits"), 1234567);
  assert_true(json_node_get_value_type(json_object_get_member(o, "hits")) == G_TYPE_INT64);
  assert_true(json_object_get_double_member(o, "share") == 0.0425);
  assert_string_equal(json_object_get_string_member(o, "first"), "2019-03-03T10:00:05");
  assert_string_equal(json_object_get_string_member(o, "day"), "2019-02-28");
  assert_true(json_object_get_boolean_member(o, "staff"));
}

static void test_json(void **state)
{
  (void)state;
  char *text = written(WRITE_JSON, FALSE, NULL);
  JsonNode *node = parsed(text);
  JsonArray *rows = json_node_get_array(node);
  assert_int_equal(json_array_get_length(rows), 3);
  check_first_object(json_array_get_object_element(rows, 0));
  JsonObject *second = json_array_get_object_element(rows, 1);
  assert_string_equal(json_object_get_string_member(second, "path"), "=cmd|\"a\", ?[31mred??end\\");
  assert_true(json_object_get_null_member(second, "lift"));
  assert_true(json_object_get_null_member(json_array_get_object_element(rows, 2), "user"));
  json_node_unref(node);
  g_free(text);
}

static void test_jsonl(void **state)
{
  (void)state;
  char *text = written(WRITE_JSONL, FALSE, NULL);
  char **lines = g_strsplit(text, "\n", -1);
  assert_int_equal(g_strv_length(lines), 4);
  assert_string_equal(lines[3], "");
  JsonNode *node = parsed(lines[0]);
  check_first_object(json_node_get_object(node));
  json_node_unref(node);
  g_strfreev(lines);
  g_free(text);
}

static void test_table(void **state)
{
  (void)state;
  char *text = written(WRITE_TABLE, FALSE, NULL);
  char **lines = g_strsplit(text, "\n", -1);
  assert_int_equal(g_strv_length(lines), 6);
  assert_string_equal(lines[0], "user  page                           hits  share  lift  first     "
                                "           day         staff");
  assert_string_equal(lines[1], "----  ------------------------  ---------  -----  ----  "
                                "-------------------  ----------  -----");
  assert_string_equal(lines[2], "341   java-ii/arrays            1,234,567  4.2 %  0.10  "
                                "2019-03-03 10:00:05  2019-02-28  yes");
  assert_string_equal(lines[3], "8     =cmd|\"a\", ?[31mred??end\\         -5                      "
                                "                          no");
  assert_string_equal(lines[4], "");
  g_strfreev(lines);
  g_free(text);
}

static void test_markdown(void **state)
{
  (void)state;
  char *text = written(WRITE_MD, FALSE, NULL);
  char **lines = g_strsplit(text, "\n", -1);
  assert_string_equal(lines[0], "| user | page | hits | share | lift | first | day | staff |");
  assert_string_equal(lines[1], "|---|---|---:|---:|---:|---|---|---|");
  assert_non_null(strstr(lines[2], "| 341 | java-ii/arrays | 1,234,567 |"));
  assert_non_null(strstr(lines[3], "=cmd\\|"));
  assert_null(strchr(text, '\x1b'));
  g_strfreev(lines);
  g_free(text);
}

static void test_wide_characters(void **state)
{
  (void)state;
  assert_int_equal(write_width("abc"), 3);
  assert_int_equal(write_width("h\xc3\xa9"), 2);
  assert_int_equal(write_width("\xe6\x97\xa5\xe6\x9c\xac"), 4); /* two wide characters */
  assert_int_equal(write_width("e\xcc\x81"), 1);                /* a combining accent */
}

static void test_long_text_is_cut_in_a_table_only(void **state)
{
  (void)state;
  char *path = g_strnfill(500, 'x');
  const WriteFormat formats[] = {WRITE_TABLE, WRITE_CSV};
  for (guint i = 0; i < 2; i++) {
    GString *out = g_string_new(NULL);
    Table *t = table_new("t", "t");
    table_add_column(t, "path", "path", CELL_TEXT, 0, "path");
    table_add_row(t);
    table_set_text(t, 0, path);
    WriteOptions o = {.format = formats[i]};
    Sink *s = sink_string(out);
    write_table(t, &o, s);
    sink_close(s, NULL);
    assert_true((strstr(out->str, path) != NULL) == (formats[i] == WRITE_CSV));
    assert_true((strstr(out->str, "xx..\n") != NULL) == (formats[i] == WRITE_TABLE));
    table_free(t);
    g_string_free(out, TRUE);
  }
  g_free(path);
}

/* Far more rows than are measured: memory stays small, and the order and number are kept. */
static void test_stream(void **state)
{
  (void)state;
  const guint n = 20000;
  TableColumn columns[] = {{.name = (char *)"n", .title = (char *)"n", .type = CELL_INT},
                           {.name = (char *)"t", .title = (char *)"t", .type = CELL_TEXT}};
  WriteOptions o = {.format = WRITE_TABLE};
  GString *out = g_string_new(NULL);
  Sink *s = sink_string(out);
  Writer *w = writer_begin(columns, 2, &o, s);
  for (guint i = 0; i < n; i++) {
    const Cell cells[] = {cell_int(i), cell_borrowed(i == n - 1 ? "a longer text" : "a")};
    assert_true(writer_row(w, cells));
  }
  writer_end(w);
  sink_close(s, NULL);
  char **lines = g_strsplit(out->str, "\n", -1);
  assert_int_equal(g_strv_length(lines), n + 3);
  assert_string_equal(lines[2], "    0  a");
  assert_string_equal(lines[n], "19,998  a");
  assert_string_equal(lines[n + 1], "19,999  a longer text");
  g_strfreev(lines);
  g_string_free(out, TRUE);
}

static void test_headings(void **state)
{
  (void)state;
  static const WriteFormat formats[] = {WRITE_TABLE, WRITE_CSV};
  static const char *const texts[] = {"n  t\n-  --\n1  a\n\nsecond ?\n2  bb\n", "n,t\n1,a\n2,bb\n"};
  TableColumn columns[] = {{.name = (char *)"n", .title = (char *)"n", .type = CELL_INT},
                           {.name = (char *)"t", .title = (char *)"t", .type = CELL_TEXT}};
  for (guint i = 0; i < 2; i++) {
    WriteOptions o = {.format = formats[i]};
    GString *out = g_string_new(NULL);
    Sink *s = sink_string(out);
    Writer *w = writer_begin(columns, 2, &o, s);
    const Cell first[] = {cell_int(1), cell_borrowed("a")};
    const Cell second[] = {cell_int(2), cell_borrowed("bb")};
    writer_row(w, first);
    writer_heading(w, "second \x1b");
    writer_row(w, second);
    writer_end(w);
    sink_close(s, NULL);
    assert_string_equal(out->str, texts[i]);
    g_string_free(out, TRUE);
  }
}

static void test_no_rows(void **state)
{
  (void)state;
  static const struct {
    WriteFormat format;
    const char *text;
  } cases[] = {{WRITE_TABLE, "a\n-\n"},
               {WRITE_CSV, "a\n"},
               {WRITE_JSON, "[]\n"},
               {WRITE_JSONL, ""},
               {WRITE_MD, "| a |\n|---|\n"}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    GString *out = g_string_new(NULL);
    Table *t = table_new("t", "t");
    table_add_column(t, "a", "a", CELL_TEXT, 0, "a");
    WriteOptions o = {.format = cases[i].format};
    Sink *s = sink_string(out);
    write_table(t, &o, s);
    sink_close(s, NULL);
    assert_string_equal(out->str, cases[i].text);
    table_free(t);
    g_string_free(out, TRUE);
  }
}

static void test_pseudonyms(void **state)
{
  (void)state;
  guint8 key[PSEUDONYM_KEY_BYTES] = {1, 2, 3};
  Pseudonyms *p = pseudonyms_new(key);
  char *text = written(WRITE_CSV, FALSE, p);
  char *name = g_strdup(pseudonym_of(p, COLUMN_USER, "341"));
  assert_true(g_regex_match_simple("^u-[0-9a-f]{12}$", name, 0, 0));
  assert_true(g_regex_match_simple("^a-[0-9a-f]{12}$",
                                   pseudonym_of(p, COLUMN_ADDRESS, "198.51.100.1"), 0, 0));
  assert_null(strstr(text, "341,"));
  assert_non_null(strstr(text, name));
  assert_string_not_equal(name + 2, pseudonym_of(p, COLUMN_ADDRESS, "341") + 2);
  assert_string_equal(pseudonym_of(p, COLUMN_PLAIN, "341"), "341");
  pseudonyms_free(p);
  p = pseudonyms_new(key);
  assert_string_equal(pseudonym_of(p, COLUMN_USER, "341"), name);
  pseudonyms_free(p);
  key[0] = 2;
  p = pseudonyms_new(key);
  assert_string_not_equal(pseudonym_of(p, COLUMN_USER, "341"), name);
  pseudonyms_free(p);
  /* echo -n 'user' NUL '341', keyed with 01 02 03 and 29 zero bytes, by another program */
  assert_string_equal(name, "u-8d958250ac49");
  g_free(name);
  g_free(text);
}

/* Words with names in them, and names of persons, which have no pseudonym. */
static void test_named_cells(void **state)
{
  (void)state;
  guint8 key[PSEUDONYM_KEY_BYTES] = {1, 2, 3};
  Pseudonyms *p = pseudonyms_new(key);
  char *expected =
      g_strdup_printf("who,name\n\"with %s, at %s\",\n", pseudonym_of(p, COLUMN_USER, "341"),
                      pseudonym_of(p, COLUMN_ADDRESS, "198.51.100.7"));
  for (guint i = 0; i < 2; i++) {
    GString *out = g_string_new(NULL);
    Table *t = table_new("t", "t");
    table_add_column(t, "who", "who", CELL_TEXT, 0, "Who.");
    table_set_role(t, 0, COLUMN_MARKED);
    table_add_column(t, "name", "name", CELL_TEXT, 0, "Name.");
    table_set_role(t, 1, COLUMN_PERSON);
    table_add_row(t);
    table_take_text(
        t, 0, g_strdup_printf("with " MARKED_USER ", at " MARKED_ADDRESS, "341", "198.51.100.7"));
    table_set_text(t, 1, "Ada");
    WriteOptions o = {.format = WRITE_CSV, .pseudonyms = i ? p : NULL};
    Sink *s = sink_string(out);
    write_table(t, &o, s);
    sink_close(s, NULL);
    assert_string_equal(out->str, i ? expected : "who,name\n\"with 341, at 198.51.100.7\",Ada\n");
    table_free(t);
    g_string_free(out, TRUE);
  }
  g_free(expected);
  pseudonyms_free(p);
}

static void test_reals(void **state)
{
  (void)state;
  static const struct {
    double v;
    const char *text;
  } cases[] = {{0.1, "0.1"},    {1.0 / 3, "0.3333333333333333"},
               {0, "0"},        {-0.0, "0"},
               {1e21, "1e+21"}, {NAN, "null"},
               {12, "12"},      {INFINITY, "null"}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    GString *out = g_string_new(NULL);
    json_append_real(out, cases[i].v);
    assert_string_equal(out->str, cases[i].text);
    g_string_free(out, TRUE);
  }
}

static void test_json_document(void **state)
{
  (void)state;
  GString *out = g_string_new(NULL);
  Sink *s = sink_string(out);
  JsonOut *j = json_out_new(s);
  json_out_object(j, NULL);
  json_out_text(j, "a\"b", "x");
  json_out_array(j, "empty");
  json_out_close(j);
  json_out_one_line(j, TRUE);
  json_out_array(j, "list");
  json_out_int(j, NULL, -1);
  json_out_real(j, NULL, 0.5);
  json_out_bool(j, NULL, TRUE);
  json_out_text(j, NULL, NULL);
  json_out_time(j, NULL, 0);
  json_out_object(j, NULL);
  json_out_time(j, "none", CIVIL_NONE);
  json_out_close(j);
  json_out_close(j);
  json_out_close(j);
  json_out_free(j);
  sink_close(s, NULL);
  assert_string_equal(out->str, "{\n  \"a\\\"b\": \"x\",\n  \"empty\": [],\n  \"list\": "
                                "[-1,0.5,true,null,\"1970-01-01T00:00:00\",{\"none\":null}]\n}\n");
  json_node_unref(parsed(out->str));
  g_string_free(out, TRUE);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_csv),
      cmocka_unit_test(test_one_empty_field),
      cmocka_unit_test(test_json),
      cmocka_unit_test(test_jsonl),
      cmocka_unit_test(test_table),
      cmocka_unit_test(test_markdown),
      cmocka_unit_test(test_wide_characters),
      cmocka_unit_test(test_long_text_is_cut_in_a_table_only),
      cmocka_unit_test(test_stream),
      cmocka_unit_test(test_headings),
      cmocka_unit_test(test_no_rows),
      cmocka_unit_test(test_pseudonyms),
      cmocka_unit_test(test_named_cells),
      cmocka_unit_test(test_reals),
      cmocka_unit_test(test_json_document),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
