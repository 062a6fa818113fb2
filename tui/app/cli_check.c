/* `check`: what was read, what was rejected and why. */
#include <stdio.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/report/jsonout.h"
#include "core/report/facts.h"
#include "tui/app/cli.h"
#include "tui/app/cli_commands.h"

#define EXAMPLES 3 /* of a reason, for people */

/* --- for programs ---------------------------------------------------------------------------- */

static void json_files(JsonOut *j, const LoadReport *report)
{
  json_out_array(j, "files");
  for (guint i = 0; i < report->files->len; i++) {
    const InputFile *f = g_ptr_array_index(report->files, i);
    json_out_object(j, NULL);
    json_out_text(j, "name", f->name);
    json_out_text(j, "form", form_name(f->form));
    json_out_text(j, "container", f->container);
    json_out_text(j, "columns", f->columns);
    json_out_one_line(j, TRUE);
    json_out_array(j, "ignored");
    for (guint k = 0; f->ignored && k < f->ignored->len; k++)
      json_out_text(j, NULL, g_ptr_array_index(f->ignored, k));
    json_out_close(j);
    json_out_one_line(j, FALSE);
    json_out_int(j, "bytes", (gint64)f->bytes);
    json_out_int(j, "lines", (gint64)f->lines);
    json_out_int(j, "rows", (gint64)f->rows);
    json_out_int(j, "rejected", (gint64)f->rejected);
    json_out_int(j, "blank", (gint64)f->blank);
    json_out_bool(j, "partial", f->partial);
    json_out_text(j, "note", f->note);
    json_out_close(j);
  }
  json_out_close(j);
}

static void json_rejects(JsonOut *j, const LoadReport *report, gboolean excerpts)
{
  json_out_array(j, "rejects");
  for (int reason = 0; reason < N_REJECT_REASONS; reason++) {
    if (report->rejected_by[reason] == 0)
      continue;
    json_out_object(j, NULL);
    json_out_text(j, "reason", reject_name((RejectReason)reason));
    json_out_int(j, "count", (gint64)report->rejected_by[reason]);
    json_out_text(j, "explanation", reject_explanation((RejectReason)reason));
    json_out_array(j, "examples");
    json_out_one_line(j, TRUE);
    for (guint i = 0; i < report->rejects->len; i++) {
      const Reject *r = g_ptr_array_index(report->rejects, i);
      if (r->reason != (RejectReason)reason)
        continue;
      const InputFile *f = g_ptr_array_index(report->files, r->file);
      json_out_object(j, NULL);
      json_out_text(j, "file", f->name);
      json_out_int(j, "line", (gint64)r->line);
      json_out_text(j, "excerpt", excerpts ? r->excerpt : NULL);
      json_out_close(j);
    }
    json_out_one_line(j, FALSE);
    json_out_close(j);
    json_out_close(j);
  }
  json_out_close(j);
}

static void json_facts(JsonOut *j, const LogFacts *f)
{
  json_out_time(j, "first", f->first);
  json_out_time(j, "last", f->last);
  for (guint i = 0; i < N_COUNTS; i++)
    json_out_int(j, fact_counts[i].name, (gint64)f->counts[i]);
  json_out_object(j, "phases");
  for (int p = 0; p < N_PHASES; p++)
    json_out_int(j, phase_name((Phase)p), (gint64)f->phases[p]);
  json_out_close(j);
  json_out_object(j, "kinds");
  for (int k = 0; k < N_KINDS; k++)
    json_out_int(j, kind_name((Kind)k), (gint64)f->kinds[k]);
  json_out_close(j);
}

static void write_json(CliRun *run, const LogFacts *facts)
{
  const LoadReport *report = run->opened.report;
  JsonOut *j = json_out_new(run->sink);
  json_out_object(j, NULL);
  json_out_int(j, "rows", (gint64)report->rows);
  json_out_int(j, "rejected", (gint64)report->rejected);
  json_out_bool(j, "partial", opened_log_partial(&run->opened));
  json_out_bool(j, "sample", run->opened.plan->sample);
  if (facts)
    json_facts(j, facts);
  json_files(j, report);
  json_rejects(j, report, run->write.pseudonyms == NULL);
  json_out_array(j, "warnings");
  for (guint i = 0; i < report->warnings->len; i++)
    json_out_text(j, NULL, g_ptr_array_index(report->warnings, i));
  json_out_close(j);
  json_out_close(j);
  json_out_free(j);
}

/* --- for people ------------------------------------------------------------------------------ */

static void put(CliRun *run, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void put(CliRun *run, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  char *text = g_strdup_vprintf(format, args);
  va_end(args);
  sink_puts(run->sink, text);
  g_free(text);
}

static void put_count(CliRun *run, guint64 n, const char *what)
{
  char *text = text_grouped((gint64)n);
  put(run, "  %12s  %s\n", text, what);
  g_free(text);
}

static void put_safe(CliRun *run, const char *label, const char *text)
{
  char *safe = text_safe(text, -1);
  put(run, "  %-12s  %s\n", label, safe);
  g_free(safe);
}

static void put_file(CliRun *run, const InputFile *f)
{
  if (f->form == FORM_UNKNOWN && f->lines == 0)
    return; /* nothing is known of it: the error says why */
  char *name = text_safe(f->name, -1);
  char *rows = text_grouped((gint64)f->rows), *rejected = text_grouped((gint64)f->rejected);
  char *lines = text_grouped((gint64)f->lines), *blank = text_grouped((gint64)f->blank);
  char *bytes = text_grouped((gint64)f->bytes);
  put(run, "%s\n", name);
  put(run, "  %-12s  %s%s%s%s\n", "form", form_name(f->form), f->container ? ", " : "",
      f->container ? f->container : "", f->partial ? "; PARTIAL" : "");
  if (f->columns)
    put_safe(run, "recognised", f->columns);
  if (f->ignored && f->ignored->len > 0) {
    GString *list = g_string_new(NULL);
    for (guint i = 0; i < f->ignored->len; i++)
      g_string_append_printf(list, "%s%s", i ? ", " : "",
                             (const char *)g_ptr_array_index(f->ignored, i));
    put_safe(run, "not used", list->str);
    g_string_free(list, TRUE);
  }
  put(run, "  %-12s  %s bytes, %s lines: %s rows, %s rejected, %s blank\n", "read", bytes, lines,
      rows, rejected, blank);
  if (f->note)
    put_safe(run, "note", f->note);
  g_free(name);
  g_free(rows);
  g_free(rejected);
  g_free(lines);
  g_free(blank);
  g_free(bytes);
}

static void put_phases(CliRun *run, const LogFacts *f)
{
  guint64 sum = 0;
  put(run, "\nPhases of the rows, each by its own cohort\n");
  for (int p = 0; p < N_PHASES; p++) {
    put_count(run, f->phases[p], phase_name((Phase)p));
    sum += f->phases[p];
  }
  put_count(run, sum,
            sum == f->rows ? "together: every row has one phase"
                           : "together: this is NOT the number of rows");
}

static void put_facts(CliRun *run, const LogFacts *f)
{
  char first[CIVIL_BUF], last[CIVIL_BUF];
  put(run, "\nThe log\n");
  put_count(run, f->rows, "rows");
  for (guint i = 0; i < N_COUNTS; i++)
    put_count(run, f->counts[i], fact_counts[i].title);
  put(run, "  first row %s, last row %s (the log's own clock)\n",
      civil_format(f->first, ' ', first), civil_format(f->last, ' ', last));
  put_phases(run, f);
  put(run, "\nKinds of page\n");
  for (int k = 0; k < N_KINDS; k++)
    put_count(run, f->kinds[k], kind_name((Kind)k));
}

static void put_examples(CliRun *run, RejectReason reason)
{
  const LoadReport *report = run->opened.report;
  guint64 shown = 0;
  for (guint i = 0; i < report->rejects->len && shown < EXAMPLES; i++) {
    const Reject *r = g_ptr_array_index(report->rejects, i);
    if (r->reason != reason)
      continue;
    const InputFile *f = g_ptr_array_index(report->files, r->file);
    char *name = text_safe(f->name, -1);
    put(run, "                %s:%" G_GUINT64_FORMAT "%s%s\n", name, r->line,
        run->write.pseudonyms ? "" : ": ", run->write.pseudonyms ? "" : r->excerpt);
    g_free(name);
    shown++;
  }
  if (shown < report->rejected_by[reason]) {
    char *rest = text_grouped((gint64)(report->rejected_by[reason] - shown));
    put(run, "                and %s more\n", rest);
    g_free(rest);
  }
}

static void put_rejects(CliRun *run)
{
  const LoadReport *report = run->opened.report;
  gboolean any = FALSE;
  put(run, "\nRejects\n");
  for (int r = 0; r < N_REJECT_REASONS; r++) {
    if (report->rejected_by[r] == 0)
      continue;
    any = TRUE;
    char *line = g_strdup_printf("%s: %s", reject_name((RejectReason)r),
                                 reject_explanation((RejectReason)r));
    put_count(run, report->rejected_by[r], line);
    put_examples(run, (RejectReason)r);
    g_free(line);
  }
  if (!any)
    put_count(run, 0, "every line was understood");
}

static void write_for_people(CliRun *run, const LogFacts *facts)
{
  const LoadReport *report = run->opened.report;
  for (guint i = 0; i < report->files->len; i++)
    put_file(run, g_ptr_array_index(report->files, i));
  if (facts)
    put_facts(run, facts);
  if (facts || report->rejected > 0)
    put_rejects(run);
  if (report->warnings->len > 0)
    put(run, "\nWarnings\n");
  for (guint i = 0; i < report->warnings->len; i++) {
    char *safe = text_safe(g_ptr_array_index(report->warnings, i), -1);
    put(run, "  %s\n", safe);
    g_free(safe);
  }
  if (report->cancelled)
    put(run, "\nPartial: reading was stopped.\n");
}

/* --- together -------------------------------------------------------------------------------- */

/* The report is written even when there is no log: it says how far reading got. */
static void write_report(CliRun *run)
{
  LogFacts facts;
  gboolean known = run->opened.dataset != NULL;
  if (known)
    log_facts_gather(run->opened.dataset, &facts);
  if (run->write.format == WRITE_JSON)
    write_json(run, known ? &facts : NULL);
  else
    write_for_people(run, known ? &facts : NULL);
}

int cli_check(const Options *o)
{
  CliRun run;
  GError *error = NULL, *problem = NULL;
  if (!cli_begin_output(&run, o, &error))
    return cli_end(&run, error);
  if (open_log(o, &run.opened, &problem))
    cli_begin_pseudonyms(&run, &error);
  if (!error && run.opened.report && run.opened.report->files->len > 0)
    write_report(&run);
  if (!error && !problem)
    load_check_rejects(run.opened.report, run.opened.plan->max_rejects, &problem);
  if (!error && run.opened.plan && run.opened.plan->sample && !option_flag(o, OPT_QUIET))
    cli_complain("no log is named: this is the sample that comes with the program");
  int code = cli_end(&run, error);
  /* What was wrong with the input is told below the report on it. */
  if (problem && code == EXIT_OK) {
    code = cli_exit_code(problem);
    cli_complain(problem->message);
  }
  g_clear_error(&problem);
  return code;
}
