/* `flags`: what the rules found, most urgent first. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/casebook/casebook.h"
#include "core/log/fingerprint.h"
#include "core/report/flag_list.h"
#include "tui/app/cli_commands.h"
#include "tui/app/cli_parse.h"
#include "tui/app/open.h"

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

/* --- what was decided ---------------------------------------------------------------------------
 */

/* The case book of this log, or NULL: nothing was written down. */
static Casebook *peek_casebook(const CliRun *run)
{
  char *data_set = log_fingerprint_text(log_fingerprint(run->opened.log));
  char *name = g_build_filename(data_set, CASEBOOK_FILE, NULL), *file = open_state_name(name);
  Casebook *book = casebook_peek(file);
  g_free(data_set);
  g_free(name);
  g_free(file);
  return book;
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

/* What was decided in the explorer, when a case book is kept for this log. */
static const char *status_of(gpointer data, const Flag *f)
{
  const Casebook *book = data;
  const Review *r = book ? casebook_review(book, f->id) : NULL;
  return status_name(r ? r->status : STATUS_OPEN);
}

static void write_flags(CliRun *run, const GPtrArray *list, guint n)
{
  Casebook *book = peek_casebook(run);
  FlagListing listing = {
      .set = run->flags, .ds = run->ds, .list = list, .n = n, .status = status_of, .data = book};
  flag_list_write(&listing, &run->write, run->sink);
  casebook_free(book);
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
