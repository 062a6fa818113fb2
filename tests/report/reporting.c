/* Reporting: answers and reports of a bed; JSON by its contract, HTML by its tags, Markdown by its
 * tables. */
#include "tests/report/reporting.h"

#include "core/base/text.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

static void free_answer(gpointer p)
{
  answer_free(p);
}

static void free_file(gpointer p)
{
  ReportFile *f = p;
  g_free(f->name);
  g_free(f->sha256);
  g_free(f);
}

static void add_file(GPtrArray *files, const char *name, const char *sha256)
{
  ReportFile *f = g_new0(ReportFile, 1);
  f->name = g_strdup(name);
  f->sha256 = g_strdup(sha256);
  g_ptr_array_add(files, f);
}

Reporting *reporting_new(const Bed *bed)
{
  Reporting *r = g_new0(Reporting, 1);
  rule_settings_init(&r->rules);
  r->flags = flag_set_new(bed->study, &r->rules);
  r->answers = g_ptr_array_new_with_free_func(free_answer);
  for (guint n = 1; n <= N_QUESTIONS; n++) {
    GError *error = NULL;
    if (!answer_exists(n))
      continue;
    Answer *a = answer_new(n, bed->study, r->flags, NULL, &error);
    if (!a)
      fail_msg("question %u: %s", n, error->message);
    g_ptr_array_add(r->answers, a);
  }
  r->files = g_ptr_array_new_with_free_func(free_file);
  add_file(r->files, "a <b> \"log\" & more.txt", "00ff");
  add_file(r->files, "-", NULL);
  r->report = (Report){.name = "log & more",
                       .version = "0",
                       .study = bed->study,
                       .files = r->files,
                       .answers = r->answers,
                       .rules = &r->rules,
                       .table_rows = REPORT_TABLE_ROWS,
                       .lesson_users = 5,
                       .lesson_hits = 10,
                       .probable = TRUE};
  return r;
}

void reporting_free(Reporting *r)
{
  flag_set_free(r->flags);
  g_ptr_array_unref(r->files);
  g_ptr_array_unref(r->answers);
  g_free(r);
}

char *reporting_text(const Reporting *r, ReportFormat f)
{
  GString *out = g_string_new(NULL);
  Sink *sink = sink_string(out);
  report_write(&r->report, f, sink);
  assert_true(sink_close(sink, NULL));
  return g_string_free(out, FALSE);
}

void check_safe(const char *text)
{
  assert_true(g_utf8_validate(text, -1, NULL));
  for (const char *p = text; *p; p++)
    if (((guchar)*p < 0x20 && *p != '\n') || *p == 0x7f)
      fail_msg("control character %02x in: %.80s", (guint)(guchar)*p, p > text + 40 ? p - 40 : p);
}

/* --- JSON ------------------------------------------------------------------------------------- */

/* These members, in this order; others may stand between them. */
static void check_members(JsonObject *o, const char *const *names)
{
  GList *members = json_object_get_members(o), *at = members;
  for (; *names; names++) {
    if (!json_object_has_member(o, *names))
      fail_msg("no member %s", *names);
    while (at && strcmp(at->data, *names) != 0)
      at = at->next;
    if (!at)
      fail_msg("member %s is not in its place", *names);
  }
  g_list_free(members);
}

static gint64 integer(JsonObject *o, const char *name)
{
  JsonNode *node = json_object_get_member(o, name);
  assert_non_null(node);
  assert_true(json_node_get_value_type(node) == G_TYPE_INT64);
  return json_node_get_int(node);
}

/* What the table holds is what is written. */
static void check_value(JsonNode *node, const TableColumn *column, const Cell *cell)
{
  if (cell->missing || (column->type != CELL_TEXT && json_node_is_null(node))) {
    assert_true(json_node_is_null(node));
    return;
  }
  switch (column->type) {
  case CELL_INT:
    assert_int_equal(json_node_get_int(node), cell->v.i);
    break;
  case CELL_REAL:
  case CELL_SHARE:
    assert_true(fabs(json_node_get_double(node) - cell->v.d) <= 1e-9 * fabs(cell->v.d));
    break;
  case CELL_TEXT:
    if (column->role == COLUMN_PLAIN) {
      char *safe = text_safe(cell->v.s, -1);
      assert_string_equal(json_node_get_string(node), safe);
      g_free(safe);
    }
    break;
  case CELL_TIME:
  case CELL_DATE:
  case CELL_BOOL:
    break;
  }
}

static void check_cell(const char *type, JsonNode *cell)
{
  static const struct {
    const char *type;
    GType value, also;
  } types[] = {{"text", G_TYPE_STRING, G_TYPE_STRING},     {"integer", G_TYPE_INT64, G_TYPE_INT64},
               {"number", G_TYPE_DOUBLE, G_TYPE_INT64},    {"share", G_TYPE_DOUBLE, G_TYPE_INT64},
               {"time", G_TYPE_STRING, G_TYPE_STRING},     {"date", G_TYPE_STRING, G_TYPE_STRING},
               {"boolean", G_TYPE_BOOLEAN, G_TYPE_BOOLEAN}};
  guint i = 0;
  while (i < G_N_ELEMENTS(types) && strcmp(types[i].type, type) != 0)
    i++;
  assert_true(i < G_N_ELEMENTS(types));
  if (json_node_is_null(cell))
    return;
  GType value = json_node_get_value_type(cell);
  assert_true(value == types[i].value || value == types[i].also);
  if (strcmp(type, "time") == 0)
    assert_true(g_regex_match_simple("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$",
                                     json_node_get_string(cell), 0, 0));
  if (strcmp(type, "date") == 0)
    assert_true(
        g_regex_match_simple("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_node_get_string(cell), 0, 0));
}

static void check_json_table(JsonObject *table, const AnswerTable *t)
{
  static const char *const names[] = {"name", "program", "columns", "rows", NULL};
  static const char *const column_names[] = {"name", "type", "definition", NULL};
  check_members(table, names);
  JsonArray *columns = json_object_get_array_member(table, "columns");
  JsonArray *rows = json_object_get_array_member(table, "rows");
  guint n = json_array_get_length(columns);
  assert_string_equal(json_object_get_string_member(table, "name"), t->table->name);
  assert_int_equal(json_array_get_length(rows), t->table->n_rows);
  assert_int_equal(n, table_n_columns(t->table));
  for (guint c = 0; c < n; c++) {
    JsonObject *column = json_array_get_object_element(columns, c);
    check_members(column, column_names);
    assert_string_equal(json_object_get_string_member(column, "name"),
                        table_column(t->table, c)->name);
    if (!*json_object_get_string_member(column, "definition"))
      fail_msg("no definition of %s in %s", table_column(t->table, c)->name, t->table->name);
    for (guint row = 0; row < json_array_get_length(rows); row++) {
      JsonArray *cells = json_array_get_array_element(rows, row);
      assert_int_equal(json_array_get_length(cells), n);
      JsonNode *cell = json_array_get_element(cells, c);
      check_cell(json_object_get_string_member(column, "type"), cell);
      check_value(cell, table_column(t->table, c), table_cell(t->table, row, c));
    }
  }
}

static void check_question(JsonObject *q, const Answer *a, gint64 all)
{
  static const char *const names[] = {"number",   "title",    "scope",  "kept",
                                      "left_out", "findings", "tables", NULL};
  check_members(q, names);
  assert_int_equal(integer(q, "number"), a->number);
  assert_string_equal(json_object_get_string_member(q, "title"), a->title);
  assert_string_equal(json_object_get_string_member(q, "scope"), a->scope);
  assert_int_equal(integer(q, "kept"), a->kept);
  JsonArray *left_out = json_object_get_array_member(q, "left_out");
  gint64 sum = integer(q, "kept");
  for (guint i = 0; i < json_array_get_length(left_out); i++) {
    JsonObject *o = json_array_get_object_element(left_out, i);
    assert_true(*json_object_get_string_member(o, "what") != '\0');
    sum += integer(o, "hits");
  }
  assert_int_equal(sum, all);
  JsonArray *findings = json_object_get_array_member(q, "findings");
  assert_true(json_array_get_length(findings) > 0);
  assert_int_equal(json_array_get_length(findings), a->findings->len);
  for (guint i = 0; i < a->findings->len; i++)
    assert_string_equal(json_array_get_string_element(findings, i),
                        ((Finding *)g_ptr_array_index(a->findings, i))->text);
  JsonArray *tables = json_object_get_array_member(q, "tables");
  assert_int_equal(json_array_get_length(tables), a->tables->len);
  for (guint i = 0; i < a->tables->len; i++)
    check_json_table(json_array_get_object_element(tables, i), g_ptr_array_index(a->tables, i));
}

/* What was read, field by field. */
static void check_source(JsonObject *source, const Reporting *r)
{
  const Dataset *ds = r->report.study->ds;
  const AccessLog *log = ds->log;
  JsonArray *files = json_object_get_array_member(source, "files"),
            *sums = json_object_get_array_member(source, "sha256");
  assert_int_equal(integer(source, "rows"), log->n_rows);
  if (r->report.load)
    assert_int_equal(integer(source, "rejected"), r->report.load->rejected);
  else
    assert_true(json_object_get_null_member(source, "rejected"));
  assert_int_equal(integer(source, "users"), strpool_count(log->users));
  assert_true(integer(source, "ips") <= ip_table_count(log->ips));
  assert_true(integer(source, "paths") <= strpool_count(log->paths));
  assert_true(integer(source, "cohorts") < log->cohorts->cohorts->len);
  assert_int_equal(json_array_get_length(files), r->files->len);
  assert_int_equal(json_array_get_length(sums), r->files->len);
  for (guint i = 0; i < r->files->len; i++) {
    const ReportFile *f = g_ptr_array_index(r->files, i);
    assert_string_equal(json_array_get_string_element(files, i), f->name);
    if (f->sha256)
      assert_string_equal(json_array_get_string_element(sums, i), f->sha256);
    else
      assert_true(json_array_get_null_element(sums, i));
  }
  if (log->n_rows == 0) {
    assert_true(json_object_get_null_member(source, "first"));
    assert_true(json_object_get_null_member(source, "last"));
    return;
  }
  char buf[CIVIL_BUF];
  assert_string_equal(json_object_get_string_member(source, "first"),
                      civil_format(log->time[0], 'T', buf));
  assert_string_equal(json_object_get_string_member(source, "last"),
                      civil_format(log->time[log->n_rows - 1], 'T', buf));
}

void check_json(const char *text, const Reporting *r)
{
  static const char *const source_names[] = {"files", "sha256",  "rows",  "rejected",
                                             "first", "last",    "users", "ips",
                                             "paths", "cohorts", NULL};
  static const char *const phase_names[] = {"before",  "class", "after", "staff",
                                            "undated", "none",  NULL};
  static const char *const root_names[] = {"source", "phases", "questions", NULL};
  GError *error = NULL;
  JsonNode *node = json_from_string(text, &error);
  if (error)
    fail_msg("%s", error->message);
  JsonObject *root = json_node_get_object(node);
  JsonObject *source = json_object_get_object_member(root, "source");
  JsonObject *phases = json_object_get_object_member(root, "phases");
  check_members(root, root_names);
  check_members(source, source_names);
  check_source(source, r);
  check_members(phases, phase_names);
  gint64 all = integer(source, "rows"), sum = 0;
  assert_int_equal(all, r->report.study->ds->log->n_rows);
  for (guint i = 0; phase_names[i]; i++)
    sum += integer(phases, phase_names[i]);
  assert_int_equal(sum, all);
  JsonArray *questions = json_object_get_array_member(root, "questions");
  assert_int_equal(json_array_get_length(questions), r->answers->len);
  for (guint i = 0; i < r->answers->len; i++)
    check_question(json_array_get_object_element(questions, i), g_ptr_array_index(r->answers, i),
                   all);
  json_node_unref(node);
}

/* --- HTML ------------------------------------------------------------------------------------- */

typedef struct {
  GHashTable *ids, *targets; /* of anchors, and what links and labels lead to */
  guint open, charts, descriptions;
} Page;

static void check_attribute(Page *page, const char *element, const char *name, const char *value)
{
  if (g_str_has_prefix(name, "on") || strcmp(name, "src") == 0 || strcmp(name, "style") == 0)
    fail_msg("<%s %s=\"%s\">", element, name, value);
  if (strcmp(name, "id") == 0 && !g_hash_table_add(page->ids, g_strdup(value)))
    fail_msg("id %s is there twice", value);
  if (strcmp(name, "for") == 0)
    g_hash_table_add(page->targets, g_strdup(value));
  if (strcmp(name, "href") == 0) {
    assert_int_equal(value[0], '#');
    g_hash_table_add(page->targets, g_strdup(value + 1));
  }
  if (strcmp(name, "aria-labelledby") == 0) {
    char **parts = g_strsplit(value, " ", -1);
    for (guint i = 0; parts[i]; i++)
      g_hash_table_add(page->targets, g_strdup(parts[i]));
    g_strfreev(parts);
  }
}

static void start_element(GMarkupParseContext *context, const char *element, const char **names,
                          const char **values, gpointer data, GError **error)
{
  static const char *const banned[] = {"script", "link",  "iframe", "object", "embed", "img",
                                       "image",  "audio", "video",  "form",   "base",  NULL};
  Page *page = data;
  (void)context;
  (void)error;
  page->open++;
  if (g_strv_contains(banned, element))
    fail_msg("<%s> has no place in a report", element);
  for (guint i = 0; names[i]; i++)
    check_attribute(page, element, names[i], values[i]);
  if (strcmp(element, "th") == 0)
    assert_true(g_strv_contains(names, "scope"));
  page->charts += strcmp(element, "svg") == 0;
  page->descriptions += strcmp(element, "desc") == 0;
}

static void end_element(GMarkupParseContext *context, const char *element, gpointer data,
                        GError **error)
{
  Page *page = data;
  (void)context;
  (void)element;
  (void)error;
  page->open--;
}

void check_html(const char *text)
{
  static const GMarkupParser parser = {start_element, end_element, NULL, NULL, NULL};
  Page page = {.ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
               .targets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
  GError *error = NULL;
  GHashTableIter iter;
  gpointer target;
  check_safe(text);
  assert_true(g_str_has_prefix(text, "<!DOCTYPE html>\n"));
  const char *root = strstr(text, "<html");
  GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, &page, NULL);
  if (!g_markup_parse_context_parse(context, root, -1, &error) ||
      !g_markup_parse_context_end_parse(context, &error))
    fail_msg("%s", error->message);
  g_markup_parse_context_free(context);
  assert_int_equal(page.open, 0);
  assert_int_equal(page.charts, page.descriptions);
  g_hash_table_iter_init(&iter, page.targets);
  while (g_hash_table_iter_next(&iter, &target, NULL))
    if (!g_hash_table_contains(page.ids, target))
      fail_msg("nothing has the id %s", (const char *)target);
  /* the only address that an element has is the name of the SVG language; a lesson may be called
   * after HTTP, though */
  for (const char *p = strstr(text, "=\"http"); p; p = strstr(p + 1, "=\"http"))
    assert_true(g_str_has_prefix(p, "=\"http://www.w3.org/2000/svg\""));
  assert_null(strstr(text, "@import"));
  assert_null(strstr(text, "url("));
  g_hash_table_unref(page.ids);
  g_hash_table_unref(page.targets);
}

/* --- Markdown --------------------------------------------------------------------------------- */

/* Bars that divide cells: those without a backslash in front. */
static guint count_bars(const char *line)
{
  guint n = 0;
  for (const char *p = line; *p; p++) {
    if (*p == '\\' && p[1])
      p++;
    else
      n += *p == '|';
  }
  return n;
}

void check_md(const char *text)
{
  check_safe(text);
  char **lines = g_strsplit(text, "\n", -1);
  guint bars = 0, place = 0; /* of the table that is being read */
  for (guint i = 0; lines[i]; i++) {
    if (lines[i][0] != '|') {
      assert_true(place != 1); /* a head without its line below */
      bars = place = 0;
      continue;
    }
    if (place == 0)
      bars = count_bars(lines[i]);
    if (count_bars(lines[i]) != bars)
      fail_msg("not %u bars: %s", bars, lines[i]);
    if (place == 1)
      assert_true(g_regex_match_simple("^\\|(---:?\\|)+$", lines[i], 0, 0));
    place++;
  }
  g_strfreev(lines);
}
