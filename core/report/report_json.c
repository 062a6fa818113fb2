/* Reports in JSON: source, phases, questions, rules. Missing is null; every table has all of its
 * rows. */
#include "core/report/report_json.h"

#include "core/report/content.h"
#include "core/report/facts.h"
#include "core/report/jsonout.h"

static const char *type_name(CellType type)
{
  switch (type) {
  case CELL_INT:
    return "integer";
  case CELL_REAL:
    return "number";
  case CELL_SHARE:
    return "share";
  case CELL_TIME:
    return "time";
  case CELL_DATE:
    return "date";
  case CELL_BOOL:
    return "boolean";
  case CELL_TEXT:
    break;
  }
  return "text";
}

/* --- source ----------------------------------------------------------------------------------- */

static void put_files(JsonOut *j, const Report *r)
{
  json_out_array(j, "files");
  for (guint i = 0; i < r->files->len; i++)
    json_out_text(j, NULL, ((const ReportFile *)g_ptr_array_index(r->files, i))->name);
  json_out_close(j);
  json_out_array(j, "sha256");
  for (guint i = 0; i < r->files->len; i++)
    json_out_text(j, NULL, ((const ReportFile *)g_ptr_array_index(r->files, i))->sha256);
  json_out_close(j);
}

static void put_source(JsonOut *j, const Report *r, const LogFacts *f)
{
  json_out_object(j, "source");
  put_files(j, r);
  json_out_int(j, "rows", (gint64)f->rows);
  if (r->load)
    json_out_int(j, "rejected", (gint64)r->load->rejected);
  else
    json_out_null(j, "rejected");
  json_out_time(j, "first", f->first);
  json_out_time(j, "last", f->last);
  json_out_int(j, "users", (gint64)f->counts[COUNT_USERS]);
  json_out_int(j, "ips", (gint64)f->counts[COUNT_IPS]);
  json_out_int(j, "paths", (gint64)f->counts[COUNT_PATHS]);
  json_out_int(j, "cohorts", (gint64)f->counts[COUNT_COHORTS_WITH_ROWS]);
  json_out_int(j, "cohorts_in_table", (gint64)f->counts[COUNT_COHORTS]);
  json_out_int(j, "lessons", (gint64)f->counts[COUNT_LESSONS]);
  json_out_bool(j, "sample", r->sample);
  json_out_bool(j, "partial", r->partial);
  json_out_array(j, "warnings");
  for (guint i = 0; r->load && i < r->load->warnings->len; i++)
    json_out_text(j, NULL, g_ptr_array_index(r->load->warnings, i));
  json_out_close(j);
  json_out_close(j);
}

static void put_phases(JsonOut *j, const LogFacts *f)
{
  json_out_object(j, "phases");
  for (guint p = 0; p < N_PHASES; p++)
    json_out_int(j, phase_name((Phase)p), (gint64)f->phases[p]);
  json_out_close(j);
}

static void put_kinds(JsonOut *j, const LogFacts *f)
{
  json_out_object(j, "kinds");
  for (guint k = 0; k < N_KINDS; k++)
    json_out_int(j, kind_name((Kind)k), (gint64)f->kinds[k]);
  json_out_close(j);
}

static void put_settings(JsonOut *j, const Report *r)
{
  char buf[CIVIL_BUF];
  gboolean known = r->study->today != CIVIL_DAY_NONE;
  json_out_object(j, "settings");
  json_out_text(j, "version", r->version);
  json_out_bool(j, "raw_paths", r->raw_paths);
  json_out_bool(j, "probable", r->probable);
  json_out_bool(j, "keep_likely_staff", r->likely_staff);
  json_out_bool(j, "pseudonyms", r->pseudonyms != NULL);
  json_out_text(j, "today", known ? civil_format_day(r->study->today, buf) : NULL);
  json_out_close(j);
}

/* --- questions -------------------------------------------------------------------------------- */

static void put_columns(JsonOut *j, const Table *t)
{
  json_out_array(j, "columns");
  json_out_one_line(j, TRUE);
  for (guint c = 0; c < table_n_columns(t); c++) {
    const TableColumn *column = table_column(t, c);
    json_out_object(j, NULL);
    json_out_text(j, "name", column->name);
    json_out_text(j, "type", type_name(column->type));
    json_out_text(j, "definition", column->definition);
    json_out_text(j, "title", column->title);
    json_out_close(j);
  }
  json_out_one_line(j, FALSE);
  json_out_close(j);
}

static void put_table(JsonOut *j, const AnswerTable *t, const WriteOptions *o)
{
  guint n = table_n_columns(t->table);
  json_out_object(j, NULL);
  json_out_text(j, "name", t->table->name);
  json_out_text(j, "title", t->table->title);
  json_out_text(j, "program", t->program);
  put_columns(j, t->table);
  json_out_array(j, "rows");
  json_out_one_line(j, TRUE);
  for (guint row = 0; row < t->table->n_rows; row++) {
    json_out_array(j, NULL);
    for (guint c = 0; c < n; c++)
      write_json_element(j, table_column(t->table, c), table_cell(t->table, row, c), o);
    json_out_close(j);
  }
  json_out_one_line(j, FALSE);
  json_out_close(j);
  json_out_close(j);
}

static void put_answer(JsonOut *j, const Report *r, const Answer *a)
{
  WriteOptions o = {.format = WRITE_JSON, .pseudonyms = r->pseudonyms};
  json_out_object(j, NULL);
  json_out_int(j, "number", a->number);
  json_out_text(j, "title", a->title);
  json_out_text(j, "scope", a->scope);
  json_out_int(j, "kept", (gint64)a->kept);
  json_out_array(j, "left_out");
  for (guint i = 0; i < a->left_out->len; i++) {
    const LeftOut *l = g_ptr_array_index(a->left_out, i);
    json_out_object(j, NULL);
    json_out_text(j, "what", l->what);
    json_out_int(j, "hits", (gint64)l->hits);
    json_out_close(j);
  }
  json_out_close(j);
  json_out_array(j, "findings");
  for (guint i = 0; i < a->findings->len; i++) {
    char *text = content_finding(r, g_ptr_array_index(a->findings, i));
    json_out_text(j, NULL, text);
    g_free(text);
  }
  json_out_close(j);
  json_out_array(j, "tables");
  for (guint i = 0; i < a->tables->len; i++)
    put_table(j, g_ptr_array_index(a->tables, i), &o);
  json_out_close(j);
  json_out_array(j, "notes");
  for (guint i = 0; i < a->notes->len; i++)
    json_out_text(j, NULL, g_ptr_array_index(a->notes, i));
  json_out_close(j);
  json_out_close(j);
}

static void put_rules(JsonOut *j, const RuleSettings *s)
{
  json_out_array(j, "rules");
  for (guint i = 0; i < N_RULES; i++) {
    const Rule *rule = rule_get((RuleId)i);
    json_out_object(j, NULL);
    json_out_text(j, "rule", rule->name);
    json_out_int(j, "version", rule->version);
    json_out_text(j, "audience", audience_name(rule->audience));
    json_out_bool(j, "on", s->on[i] && rule->run);
    json_out_object(j, "parameters");
    for (guint p = 0; p < rule->n_parameters; p++)
      json_out_real(j, rule->parameters[p].name, s->value[i][p]);
    json_out_close(j);
    json_out_close(j);
  }
  json_out_close(j);
}

void report_write_json(const Report *r, Sink *sink)
{
  LogFacts facts;
  JsonOut *j = json_out_new(sink);
  log_facts_gather(r->study->ds, &facts);
  json_out_object(j, NULL);
  put_source(j, r, &facts);
  put_phases(j, &facts);
  put_kinds(j, &facts);
  put_settings(j, r);
  json_out_array(j, "questions");
  for (guint i = 0; i < r->answers->len; i++)
    put_answer(j, r, g_ptr_array_index(r->answers, i));
  json_out_close(j);
  if (r->rules)
    put_rules(j, r->rules);
  json_out_close(j);
  json_out_free(j);
}
