/* Command line runs: output, scope, accounting, errors and exit codes. */
#include "tui/app/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/pseudonym_key.h"

int cli_exit_code(const GError *error)
{
  static const struct {
    CoreErrorCode code;
    ExitCode exit;
  } table[] = {
      {CORE_ERROR_USAGE, EXIT_USAGE},           {CORE_ERROR_INPUT, EXIT_INPUT},
      {CORE_ERROR_REJECTS, EXIT_REJECTS},       {CORE_ERROR_OUTPUT, EXIT_INPUT},
      {CORE_ERROR_CANCELLED, EXIT_INTERRUPTED}, {CORE_ERROR_LIMIT, EXIT_INPUT},
  };
  if (!error)
    return EXIT_OK;
  for (guint i = 0; i < G_N_ELEMENTS(table); i++)
    if (g_error_matches(error, CORE_ERROR, (gint)table[i].code))
      return (int)table[i].exit;
  return EXIT_INPUT;
}

void cli_complain(const char *message)
{
  char *safe = text_safe(message, -1);
  fprintf(stderr, "cohortscope: %s\n", safe);
  g_free(safe);
}

gboolean cli_begin_output(CliRun *run, const Options *o, GError **error)
{
  const char *path = option_text(o, OPT_OUTPUT);
  *run = (CliRun){.options = o};
  gint64 format = option_number(o, OPT_FORMAT); /* html is none of these: reports alone have it */
  run->write.format = format < N_WRITE_FORMATS ? (WriteFormat)format : WRITE_MD;
  run->write.spreadsheet = option_flag(o, OPT_SPREADSHEET);
  run->people = write_format_for_people(run->write.format);
  run->sink = path && strcmp(path, "-") != 0 ? sink_file(path, error)
                                             : sink_fd(STDOUT_FILENO, "standard output");
  return run->sink != NULL;
}

gboolean cli_begin_pseudonyms(CliRun *run, GError **error)
{
  if (option_flag(run->options, OPT_PSEUDONYMS))
    run->write.pseudonyms = pseudonym_key_open(run->opened.log, error);
  return run->write.pseudonyms || !option_flag(run->options, OPT_PSEUDONYMS);
}

static gboolean speaks_of_flags(const Scope *scope)
{
  for (guint i = 0; i < scope->terms->len; i++)
    if (((const ScopeTerm *)g_ptr_array_index(scope->terms, i))->field == FIELD_FLAGGED)
      return TRUE;
  return FALSE;
}

/* A note of a file that no warning repeats. */
static gboolean note_is_new(const LoadReport *report, const char *note)
{
  for (guint i = 0; i < report->warnings->len; i++)
    if (strstr(g_ptr_array_index(report->warnings, i), note))
      return FALSE;
  return TRUE;
}

/* Notes on what was opened, on standard error unless --quiet: the sample, partial, rejects,
 * warnings. */
static void note_input(const CliRun *run)
{
  const LoadReport *report = run->opened.report;
  if (option_flag(run->options, OPT_QUIET) || !report)
    return;
  if (run->opened.plan->sample)
    cli_complain("no log is named: this is the sample that comes with the program");
  if (report->cancelled) {
    char *rows = text_grouped((gint64)report->rows);
    fprintf(stderr, "cohortscope: partial: reading was stopped; %s rows were read\n", rows);
    g_free(rows);
  }
  if (report->rejected > 0) {
    char *rejected = text_grouped((gint64)report->rejected);
    fprintf(stderr, "cohortscope: %s row%s could not be read; `cohortscope check` says why\n",
            rejected, report->rejected == 1 ? "" : "s");
    g_free(rejected);
  }
  for (guint i = 0; i < report->warnings->len; i++)
    cli_complain(g_ptr_array_index(report->warnings, i));
  for (guint i = 0; i < report->files->len; i++) {
    const InputFile *file = g_ptr_array_index(report->files, i);
    if (!file->note || !note_is_new(report, file->note))
      continue;
    char *note = g_strdup_printf("%s: %s", file->name, file->note);
    cli_complain(note);
    g_free(note);
  }
}

gboolean cli_begin(CliRun *run, const Options *o, GError **error)
{
  const char *scope = option_text(o, OPT_SCOPE);
  *run = (CliRun){.options = o};
  Scope *parsed = scope ? scope_parse(scope, error) : scope_new();
  if (!parsed)
    return FALSE;
  gboolean ok = cli_begin_output(run, o, error);
  run->scope = parsed;
  if (!ok || !open_log(o, &run->opened, error) ||
      !load_check_rejects(run->opened.report, run->opened.plan->max_rejects, error) ||
      !cli_begin_pseudonyms(run, error))
    return FALSE;
  note_input(run);
  run->ds = run->opened.dataset;
  if (speaks_of_flags(run->scope) && !cli_begin_flags(run, error))
    return FALSE;
  run->sel = scope_select(run->scope, run->ds, error);
  return run->sel != NULL;
}

/* --- which rows counted ---------------------------------------------------------------------- */

/* A term for the accounting; users and addresses in it become pseudonyms with all the others. */
static char *term_text(const CliRun *run, const ScopeTerm *term)
{
  ColumnRole role = term->field == FIELD_USER ? COLUMN_USER
                    : term->field == FIELD_IP ? COLUMN_ADDRESS
                                              : COLUMN_PLAIN;
  if (!run->write.pseudonyms || role == COLUMN_PLAIN)
    return scope_term_print(term);
  if (term->regex)
    return g_strdup_printf("%s~...", scope_field_name(term->field));
  ScopeTerm *masked = scope_term_copy(term);
  for (guint i = 0; i < masked->values->len; i++) {
    char **value = (char **)&g_ptr_array_index(masked->values, i);
    char *pseudonym = g_strdup(pseudonym_of(run->write.pseudonyms, role, *value));
    g_free(*value);
    *value = pseudonym;
  }
  char *text = scope_term_print(masked);
  scope_term_free(masked);
  return text;
}

/* What each term leaves out of what the terms before it kept. */
static void append_terms(GString *out, const CliRun *run)
{
  Scope *so_far = scope_new();
  guint64 kept = run->ds->log->n_rows;
  for (guint i = 0; i < run->scope->terms->len; i++) {
    const ScopeTerm *term = g_ptr_array_index(run->scope->terms, i);
    g_ptr_array_add(so_far->terms, scope_term_copy(term));
    Selection *sel = scope_select(so_far, run->ds, NULL);
    if (!sel)
      break;
    char *text = term_text(run, term), *left_out = text_grouped((gint64)(kept - sel->n));
    g_string_append_printf(out, "; %s left out %s", text, left_out);
    kept = sel->n;
    selection_free(sel);
    g_free(text);
    g_free(left_out);
  }
  scope_free(so_far);
}

/* "647,496 of 900,223 hits in scope; phase=class left out 252,727" */
static char *accounting(const CliRun *run)
{
  char *all = text_grouped((gint64)run->ds->log->n_rows);
  char *kept = text_grouped((gint64)run->sel->n);
  GString *out = g_string_new(NULL);
  if (scope_is_empty(run->scope))
    g_string_append_printf(out, "all %s hits", all);
  else
    g_string_append_printf(out, "%s of %s hits in scope", kept, all);
  append_terms(out, run);
  if (opened_log_partial(&run->opened))
    g_string_append(out, "; partial");
  g_free(all);
  g_free(kept);
  char *safe = text_safe(out->str, (gssize)out->len);
  g_string_free(out, TRUE);
  return safe;
}

void cli_account(CliRun *run, const char *listed)
{
  char *text = accounting(run);
  GString *line = g_string_new(text);
  if (listed)
    g_string_append_printf(line, "; %s", listed);
  if (run->write.format == WRITE_TABLE) {
    sink_puts(run->sink, "\n");
    sink_puts(run->sink, line->str);
    sink_puts(run->sink, "\n");
  } else if (!option_flag(run->options, OPT_QUIET)) {
    fprintf(stderr, "%s\n", line->str);
  }
  g_string_free(line, TRUE);
  g_free(text);
}

int cli_end(CliRun *run, GError *error)
{
  if (error) {
    sink_abandon(run->sink);
  } else if (run->sink && !sink_close(run->sink, &error)) {
    /* A reader that has seen enough, such as `head`, is no fault. */
    if (g_error_matches(error, CORE_ERROR, CORE_ERROR_CANCELLED))
      g_clear_error(&error);
  }
  int code = cli_exit_code(error);
  if (error)
    cli_complain(error->message);
  g_clear_error(&error);
  if (code == EXIT_OK && opened_log_partial(&run->opened))
    code = run->opened.report->cancelled ? EXIT_INTERRUPTED : EXIT_INPUT;
  if (run->sel)
    selection_free(run->sel);
  if (run->scope)
    scope_free(run->scope);
  flag_set_free(run->flags);
  study_free(run->study);
  pseudonyms_free(run->write.pseudonyms);
  opened_log_clear(&run->opened);
  *run = (CliRun){.options = NULL};
  return code;
}
