/* `flags`: what the rules found, most urgent first. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/report/flag_out.h"
#include "tui/app/cli_commands.h"
#include "tui/app/cli_parse.h"

/* What is asked for. */
typedef struct {
  gboolean rule[N_RULES];
  double min_score;
  double fail_on; /* negative: never */
} FlagsAsk;

/* A rule or an audience; FALSE when the word is neither. */
static gboolean take_word(FlagsAsk *ask, const char *word)
{
  RuleId id;
  if (rule_parse(word, &id)) {
    ask->rule[id] = TRUE;
    return TRUE;
  }
  for (guint a = 0; a < N_AUDIENCES; a++) {
    if (!text_same_word(word, audience_name((Audience)a)))
      continue;
    for (guint r = 0; r < N_RULES; r++)
      ask->rule[r] |= rule_get((RuleId)r)->audience == (Audience)a;
    return TRUE;
  }
  return FALSE;
}

static void set_rule_error(const char *word, GError **error)
{
  const char *names[N_RULES + N_AUDIENCES + 1] = {NULL};
  for (guint r = 0; r < N_RULES; r++)
    names[r] = rule_get((RuleId)r)->name;
  for (guint a = 0; a < N_AUDIENCES; a++)
    names[N_RULES + a] = audience_name((Audience)a);
  const char *closest = text_closest(word, names);
  char *shown = text_escaped(word, -1, 60);
  if (closest)
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "--rule: there is no rule \"%s\"; did you mean \"%s\"?", shown, closest);
  else
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "--rule: there is no rule \"%s\" (`cohortscope flags --help` lists them)", shown);
  g_free(shown);
}

static gboolean read_ask(const Options *o, FlagsAsk *ask, GError **error)
{
  const char *rules = option_text(o, OPT_RULE);
  *ask = (FlagsAsk){.min_score = (double)option_number(o, OPT_MIN_SCORE), .fail_on = -1};
  if (option_given(o, OPT_FAIL_ON))
    ask->fail_on = (double)option_number(o, OPT_FAIL_ON);
  for (guint r = 0; r < N_RULES; r++)
    ask->rule[r] = rules == NULL;
  char **words = g_strsplit(rules ? rules : "", ",", -1);
  gboolean ok = TRUE;
  for (guint i = 0; ok && words[i]; i++) {
    ok = take_word(ask, g_strstrip(words[i]));
    if (!ok)
      set_rule_error(words[i], error);
  }
  g_strfreev(words);
  return ok;
}

/* --- which flags ------------------------------------------------------------------------------ */

/* Whether any row of the evidence is selected; both are ascending. */
static gboolean has_evidence_in(const Selection *sel, const Flag *f)
{
  for (guint32 i = 0; i < f->n_rows; i++) {
    guint32 row = f->rows[i];
    if (!sel->rows) {
      if (row >= sel->begin && row - sel->begin < sel->n)
        return TRUE;
      continue;
    }
    guint32 low = 0, high = sel->n;
    while (low < high) {
      guint32 middle = low + (high - low) / 2;
      if (sel->rows[middle] < row)
        low = middle + 1;
      else
        high = middle;
    }
    if (low < sel->n && sel->rows[low] == row)
      return TRUE;
  }
  return FALSE;
}

/* Of const Flag*; the caller frees the array. */
static GPtrArray *choose(const CliRun *run, const FlagsAsk *ask)
{
  GPtrArray *list = g_ptr_array_new();
  gboolean every = scope_is_empty(run->scope);
  for (guint i = 0; i < run->flags->flags->len; i++) {
    const Flag *f = g_ptr_array_index(run->flags->flags, i);
    if (ask->rule[f->rule] && f->score >= ask->min_score && (every || has_evidence_in(run->sel, f)))
      g_ptr_array_add(list, (gpointer)f);
  }
  return list;
}

/* --- JSON ------------------------------------------------------------------------------------- */

static void write_json(CliRun *run, const GPtrArray *list, guint n)
{
  gboolean lines = run->write.format == WRITE_JSONL;
  JsonOut *j = NULL;
  if (!lines) {
    j = json_out_new(run->sink);
    json_out_array(j, NULL);
    json_out_one_line(j, TRUE);
  }
  for (guint i = 0; i < n && sink_ok(run->sink); i++) {
    const Flag *f = g_ptr_array_index(list, i);
    if (lines) {
      j = json_out_new(run->sink);
      json_out_one_line(j, TRUE);
    }
    flag_out_json(j, NULL, run->flags, f, run->ds, NULL, run->write.pseudonyms);
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
                   char *(*name)(guint32, const Dataset *, Pseudonyms *), const CliRun *run)
{
  GString *out = g_string_new(NULL);
  for (guint32 i = 0; i < n; i++) {
    char *text = name(ids[i], run->ds, run->write.pseudonyms);
    g_string_append_printf(out, "%s%s", i ? " " : "", text);
    g_free(text);
  }
  return g_string_free(out, FALSE);
}

enum { ROW_SCORE, ROW_RULE, ROW_WHO, ROW_FROM, ROW_EVENTS, ROW_DOUBTS, ROW_TEXT };

/* For people: one line a flag. */
static Table *people_table(const CliRun *run, const GPtrArray *list, guint n)
{
  Table *t = table_new("flags", "Flags");
  table_add_column(t, "score", "score", CELL_REAL, 0, "0 to 100: 50 where the rule is just met.");
  table_add_column(t, "rule", "rule", CELL_TEXT, 0, "The rule that found it.");
  table_add_column(t, "subject", "who", CELL_TEXT, 0, "Whom or what it is about.");
  table_add_column(t, "from", "from", CELL_TIME, 0, "First row of the evidence.");
  table_add_column(t, "events", "events", CELL_INT, 0, "Rows that are the evidence.");
  table_add_column(t, "doubts", "doubts", CELL_TEXT, 0, "Innocent explanations that apply.");
  table_add_column(t, "text", "what", CELL_TEXT, 0, "What was seen.");
  for (guint i = 0; i < n; i++) {
    const Flag *f = g_ptr_array_index(list, i);
    char *subject = flag_out_subject(f, run->ds, run->write.pseudonyms);
    table_add_row(t);
    table_set_real(t, ROW_SCORE, f->score);
    table_set_text(t, ROW_RULE, rule_get(f->rule)->name);
    table_take_text(t, ROW_WHO, g_strdup_printf("%s %s", subject_type_name(f->subject), subject));
    if (f->from != CIVIL_NONE)
      table_set_int(t, ROW_FROM, f->from);
    table_set_int(t, ROW_EVENTS, (gint64)f->events);
    table_take_text(t, ROW_DOUBTS, doubt_names(f));
    table_take_text(t, ROW_TEXT, flag_out_text(f, run->write.pseudonyms));
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

static void fill_csv(Table *t, const CliRun *run, const Flag *f)
{
  const Rule *rule = rule_get(f->rule);
  Pseudonyms *p = run->write.pseudonyms;
  table_add_row(t);
  table_take_text(t, CSV_ID, flag_out_id(f, run->ds, p));
  table_set_text(t, CSV_RULE, rule->name);
  table_set_int(t, CSV_VERSION, rule->version);
  table_set_text(t, CSV_AUDIENCE, audience_name(rule->audience));
  table_set_real(t, CSV_SCORE, flag_out_score(f));
  table_set_text(t, CSV_TYPE, subject_type_name(f->subject));
  table_take_text(t, CSV_SUBJECT, flag_out_subject(f, run->ds, p));
  if (f->from != CIVIL_NONE)
    table_set_int(t, CSV_FROM, f->from);
  if (f->to != CIVIL_NONE)
    table_set_int(t, CSV_TO, f->to);
  table_take_text(t, CSV_USERS, names(f->users, f->n_users, flag_out_user, run));
  table_take_text(t, CSV_IPS, names(f->ips, f->n_ips, flag_out_ip, run));
  if (f->cohort != COHORT_NONE) {
    table_take_text(t, CSV_COHORT, dimension_id(run->ds, DIM_COHORT, f->cohort));
    table_set_text(t, CSV_COHORT_NAME, cohort_table_get(run->ds->log->cohorts, f->cohort)->name);
  }
  if (f->lesson != CATALOG_NONE)
    table_take_text(t, CSV_LESSON, dimension_id(run->ds, DIM_LESSON, f->lesson));
  table_set_int(t, CSV_EVENTS, (gint64)f->events);
  table_take_text(t, CSV_TEXT, flag_out_text(f, p));
  table_take_text(t, CSV_DOUBTS, doubt_names(f));
  table_set_text(t, CSV_STATUS, "open");
}

static Table *csv_table(const CliRun *run, const GPtrArray *list, guint n)
{
  Table *t = table_new("flags", "Flags");
  add_csv_columns(t);
  for (guint i = 0; i < n; i++)
    fill_csv(t, run, g_ptr_array_index(list, i));
  return t;
}

/* --- all of it -------------------------------------------------------------------------------- */

/* What the log lacks for the rules: no flags of a rule are no answer then. Under a table always;
 * else, on standard error, when the rule was asked for. */
static void say_lacks(CliRun *run, const FlagsAsk *ask)
{
  gboolean table = run->write.format == WRITE_TABLE;
  gboolean asked = option_given(run->options, OPT_RULE) && !option_flag(run->options, OPT_QUIET);
  for (guint r = 0; r < N_RULES; r++) {
    const char *lacks = ask->rule[r] ? rule_lacks(run->study, (RuleId)r) : NULL;
    if (!lacks || (!table && !asked))
      continue;
    char *line = g_strdup_printf("%s: %s", rule_get((RuleId)r)->name, lacks);
    if (table) {
      sink_puts(run->sink, line);
      sink_puts(run->sink, "\n");
    } else {
      cli_complain(line);
    }
    g_free(line);
  }
}

static void write_flags(CliRun *run, const GPtrArray *list, guint n)
{
  WriteFormat format = run->write.format;
  if (format == WRITE_JSON || format == WRITE_JSONL) {
    write_json(run, list, n);
  } else {
    Table *t = run->people ? people_table(run, list, n) : csv_table(run, list, n);
    write_table(t, &run->write, run->sink);
    table_free(t);
  }
  char *first = text_grouped(n), *chosen = text_grouped(list->len);
  char *all = text_grouped(run->flags->flags->len);
  char *listed = n < list->len ? g_strdup_printf("first %s of %s flags listed, %s found in all",
                                                 first, chosen, all)
                               : g_strdup_printf("%s of %s flags listed", chosen, all);
  cli_account(run, listed);
  g_free(first);
  g_free(chosen);
  g_free(all);
  g_free(listed);
}

int cli_flags(const Options *o)
{
  CliRun run = {.options = o};
  FlagsAsk ask;
  GError *error = NULL;
  gboolean alarm = FALSE;
  if (read_ask(o, &ask, &error) && cli_begin(&run, o, &error) && cli_begin_flags(&run, &error)) {
    GPtrArray *list = choose(&run, &ask);
    guint limit = (guint)option_number(o, OPT_LIMIT);
    write_flags(&run, list, limit ? MIN(limit, list->len) : list->len);
    say_lacks(&run, &ask);
    const Flag *worst = list->len ? g_ptr_array_index(list, 0) : NULL;
    alarm = worst && ask.fail_on >= 0 && worst->score >= ask.fail_on;
    g_ptr_array_unref(list);
  }
  int code = cli_end(&run, error);
  return code == EXIT_OK && alarm ? EXIT_FINDINGS : code;
}

void cli_flags_help(GString *out)
{
  option_help_paragraph(out, "Rules (their thresholds are in rules.conf; --rules changes them):");
  for (guint r = 0; r < N_RULES; r++) {
    const Rule *rule = rule_get((RuleId)r);
    char *text = g_strdup_printf("%s: %s", audience_name(rule->audience), rule->help);
    option_help_entry(out, rule->name, text);
    g_free(text);
  }
}
