/* Lists of flags: a line, a row or an object each. */
#include "core/report/flag_list.h"

#include "core/query/dimension.h"
#include "core/report/flag_out.h"

static const char *status_of(const FlagListing *l, const Flag *f)
{
  return l->status ? l->status(l->data, f) : "open";
}

static void write_json(const FlagListing *l, const WriteOptions *o, Sink *sink)
{
  gboolean lines = o->format == WRITE_JSONL;
  JsonOut *j = NULL;
  if (!lines) {
    j = json_out_new(sink);
    json_out_array(j, NULL);
    json_out_one_line(j, TRUE);
  }
  for (guint i = 0; i < l->n && sink_ok(sink); i++) {
    const Flag *f = g_ptr_array_index(l->list, i);
    if (lines) {
      j = json_out_new(sink);
      json_out_one_line(j, TRUE);
    }
    flag_out_json(j, NULL, l->set, f, l->ds, status_of(l, f), o->pseudonyms);
    if (lines)
      json_out_free(j);
  }
  if (!lines) {
    json_out_close(j);
    json_out_free(j);
  }
}

/* --- tables ----------------------------------------------------------------------------------- */

/* "staff whole-class" */
static char *doubt_names(const Flag *f)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < N_DOUBTS; i++)
    if (f->doubts >> i & 1)
      g_string_append_printf(out, "%s%s", out->len ? " " : "", doubt_name((FlagDoubt)(1u << i)));
  return g_string_free(out, FALSE);
}

static char *names(const guint32 *ids, guint32 n,
                   char *(*name)(guint32, const Dataset *, Pseudonyms *), const Dataset *ds,
                   Pseudonyms *p)
{
  GString *out = g_string_new(NULL);
  for (guint32 i = 0; i < n; i++) {
    char *text = name(ids[i], ds, p);
    g_string_append_printf(out, "%s%s", i ? " " : "", text);
    g_free(text);
  }
  return g_string_free(out, FALSE);
}

enum { ROW_SCORE, ROW_RULE, ROW_WHO, ROW_FROM, ROW_EVENTS, ROW_DOUBTS, ROW_TEXT };

/* For people: one line a flag. */
static Table *people_table(const FlagListing *l, Pseudonyms *p)
{
  Table *t = table_new("flags", "Flags");
  table_add_column(t, "score", "score", CELL_REAL, 0, "0 to 100: 50 where the rule is just met.");
  table_add_column(t, "rule", "rule", CELL_TEXT, 0, "The rule that found it.");
  table_add_column(t, "subject", "who", CELL_TEXT, 0, "Whom or what it is about.");
  table_add_column(t, "from", "from", CELL_TIME, 0, "First row of the evidence.");
  table_add_column(t, "events", "events", CELL_INT, 0, "Rows that are the evidence.");
  table_add_column(t, "doubts", "doubts", CELL_TEXT, 0, "Innocent explanations that apply.");
  table_add_column(t, "text", "what", CELL_TEXT, 0, "What was seen.");
  for (guint i = 0; i < l->n; i++) {
    const Flag *f = g_ptr_array_index(l->list, i);
    char *subject = flag_out_subject(f, l->ds, p);
    table_add_row(t);
    table_set_real(t, ROW_SCORE, f->score);
    table_set_text(t, ROW_RULE, rule_get(f->rule)->name);
    table_take_text(t, ROW_WHO, g_strdup_printf("%s %s", subject_type_name(f->subject), subject));
    if (f->from != CIVIL_NONE)
      table_set_int(t, ROW_FROM, f->from);
    table_set_int(t, ROW_EVENTS, (gint64)f->events);
    table_take_text(t, ROW_DOUBTS, doubt_names(f));
    table_take_text(t, ROW_TEXT, flag_out_text(f, p));
    g_free(subject);
  }
  return t;
}

enum {
  CSV_ID,
  CSV_RULE,
  CSV_VERSION,
  CSV_AUDIENCE,
  CSV_SCORE,
  CSV_TYPE,
  CSV_SUBJECT,
  CSV_FROM,
  CSV_TO,
  CSV_USERS,
  CSV_IPS,
  CSV_COHORT,
  CSV_COHORT_NAME,
  CSV_LESSON,
  CSV_EVENTS,
  CSV_TEXT,
  CSV_DOUBTS,
  CSV_STATUS
};

static void add_csv_columns(Table *t)
{
  static const struct {
    const char *name;
    CellType type;
    const char *definition;
  } columns[] = {
      [CSV_ID] = {"id", CELL_TEXT, "Stable id: rule, subject, start."},
      [CSV_RULE] = {"rule", CELL_TEXT, "The rule that found it."},
      [CSV_VERSION] = {"rule_version", CELL_INT, "Grows when the meaning of the rule changes."},
      [CSV_AUDIENCE] = {"audience", CELL_TEXT, "security, teaching or data."},
      [CSV_SCORE] = {"score", CELL_REAL, "0 to 100: 50 where the rule is just met."},
      [CSV_TYPE] = {"subject_type", CELL_TEXT, "user, ip, cohort, lesson or day."},
      [CSV_SUBJECT] = {"subject", CELL_TEXT, "Id of what it is about."},
      [CSV_FROM] = {"from", CELL_TIME, "First row of the evidence."},
      [CSV_TO] = {"to", CELL_TIME, "Last row of the evidence."},
      [CSV_USERS] = {"users", CELL_TEXT, "The suspects, with spaces in between."},
      [CSV_IPS] = {"ips", CELL_TEXT, "Addresses of the evidence, with spaces in between."},
      [CSV_COHORT] = {"cohort", CELL_TEXT, "Id of the cohort."},
      [CSV_COHORT_NAME] = {"cohort_name", CELL_TEXT, "Name of the cohort."},
      [CSV_LESSON] = {"lesson", CELL_TEXT, "Canonical name of the lesson."},
      [CSV_EVENTS] = {"events", CELL_INT, "Rows that are the evidence."},
      [CSV_TEXT] = {"text", CELL_TEXT, "What was seen."},
      [CSV_DOUBTS] = {"doubts", CELL_TEXT, "Innocent explanations that apply."},
      [CSV_STATUS] = {"status", CELL_TEXT, "open, watch, confirmed or dismissed."},
  };
  for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
    table_add_column(t, columns[i].name, columns[i].name, columns[i].type, 2,
                     columns[i].definition);
}

static void fill_csv(Table *t, const FlagListing *l, const Flag *f, Pseudonyms *p)
{
  const Rule *rule = rule_get(f->rule);
  table_add_row(t);
  table_take_text(t, CSV_ID, flag_out_id(f, l->ds, p));
  table_set_text(t, CSV_RULE, rule->name);
  table_set_int(t, CSV_VERSION, rule->version);
  table_set_text(t, CSV_AUDIENCE, audience_name(rule->audience));
  table_set_real(t, CSV_SCORE, flag_out_score(f));
  table_set_text(t, CSV_TYPE, subject_type_name(f->subject));
  table_take_text(t, CSV_SUBJECT, flag_out_subject(f, l->ds, p));
  if (f->from != CIVIL_NONE)
    table_set_int(t, CSV_FROM, f->from);
  if (f->to != CIVIL_NONE)
    table_set_int(t, CSV_TO, f->to);
  table_take_text(t, CSV_USERS, names(f->users, f->n_users, flag_out_user, l->ds, p));
  table_take_text(t, CSV_IPS, names(f->ips, f->n_ips, flag_out_ip, l->ds, p));
  if (f->cohort != COHORT_NONE) {
    table_take_text(t, CSV_COHORT, dimension_id(l->ds, DIM_COHORT, f->cohort));
    table_set_text(t, CSV_COHORT_NAME, cohort_table_get(l->ds->log->cohorts, f->cohort)->name);
  }
  if (f->lesson != CATALOG_NONE)
    table_take_text(t, CSV_LESSON, dimension_id(l->ds, DIM_LESSON, f->lesson));
  table_set_int(t, CSV_EVENTS, (gint64)f->events);
  table_take_text(t, CSV_TEXT, flag_out_text(f, p));
  table_take_text(t, CSV_DOUBTS, doubt_names(f));
  table_set_text(t, CSV_STATUS, status_of(l, f));
}

static Table *csv_table(const FlagListing *l, Pseudonyms *p)
{
  Table *t = table_new("flags", "Flags");
  add_csv_columns(t);
  for (guint i = 0; i < l->n; i++)
    fill_csv(t, l, g_ptr_array_index(l->list, i), p);
  return t;
}

void flag_list_write(const FlagListing *l, const WriteOptions *o, Sink *sink)
{
  if (o->format == WRITE_JSON || o->format == WRITE_JSONL) {
    write_json(l, o, sink);
    return;
  }
  Table *t = write_format_for_people(o->format) ? people_table(l, o->pseudonyms)
                                                : csv_table(l, o->pseudonyms);
  write_table(t, o, sink);
  table_free(t);
}
