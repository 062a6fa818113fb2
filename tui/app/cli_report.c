/* `report`: the answers to the questions, for people or programs.
 *
 * Answers are worked out side by side, and so are the digests of the files; the fourth question
 * waits for the rules, which run at the same time. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/report/report.h"
#include "tui/app/cli.h"
#include "tui/app/cli_commands.h"
#include "tui/app/inputs.h"

#define FLAGS_QUESTION 4 /* the one that needs the rules */

typedef struct {
  gboolean wanted[N_QUESTIONS + 1]; /* by number */
  ReportFormat format;
  guint table_rows;
} ReportAsk;

/* One question on its way. */
typedef struct {
  guint number;
  const struct ReportRun *run;
  const FlagSet *flags; /* or NULL */
  Answer *answer;
  GError *error;
  gint64 microseconds;
} QuestionJob;

typedef struct ReportRun {
  CliRun *cli;
  RuleSettings rules;
  AnswerOptions options;
  QuestionJob jobs[N_QUESTIONS + 1];
  GPtrArray *files;   /* of ReportFile* */
  GPtrArray *answers; /* of Answer*, borrowed from the jobs */
} ReportRun;

/* --- what is asked ---------------------------------------------------------------------------- */

static gboolean take_question(ReportAsk *ask, const char *word, GError **error)
{
  guint64 n;
  if (g_ascii_string_to_unsigned(word, 10, 1, N_QUESTIONS, &n, NULL)) {
    ask->wanted[n] = TRUE;
    return TRUE;
  }
  char *shown = text_escaped(word, -1, 60);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
              "--question: \"%s\" is no question; numbers from 1 to %d are "
              "(`cohortscope report --help` lists them)",
              shown, N_QUESTIONS);
  g_free(shown);
  return FALSE;
}

static gboolean read_ask(const Options *o, ReportAsk *ask, GError **error)
{
  const char *questions = option_text(o, OPT_QUESTION);
  *ask = (ReportAsk){.table_rows = REPORT_TABLE_ROWS};
  report_format_parse(option_info(OPT_FORMAT)->words[option_number(o, OPT_FORMAT)], &ask->format);
  if (option_given(o, OPT_LIMIT))
    ask->table_rows = (guint)option_number(o, OPT_LIMIT);
  for (guint i = 1; !questions && i <= N_QUESTIONS; i++)
    ask->wanted[i] = answer_exists(i);
  char **words = g_strsplit(questions ? questions : "", ",", -1);
  gboolean ok = TRUE;
  for (guint i = 0; ok && words[i]; i++)
    ok = take_question(ask, g_strstrip(words[i]), error);
  g_strfreev(words);
  return ok;
}

/* --- timing ----------------------------------------------------------------------------------- */

static void tell_time(const CliRun *run, const char *what, gint64 microseconds)
{
  if (option_flag(run->options, OPT_TIMING))
    fprintf(stderr, "cohortscope: %-24s %7.1f ms\n", what, (double)microseconds / 1000);
}

/* The questions that take longest come first: then no thread is left with a long one at the end. */
static const guint order_of_work[] = {5, 2, 1, 7, 6, 3, 8};
G_STATIC_ASSERT(G_N_ELEMENTS(order_of_work) == N_QUESTIONS - 1);

/* --- answers ---------------------------------------------------------------------------------- */

static void run_job(gpointer data, gpointer unused)
{
  (void)unused;
  QuestionJob *job = data;
  const ReportRun *r = job->run;
  gint64 start = g_get_monotonic_time();
  job->answer = answer_new(job->number, r->cli->study, job->flags, &r->options, &job->error);
  job->microseconds = g_get_monotonic_time() - start;
}

/* All questions that are wanted; those that need no flags run beside the rules. */
static gboolean run_jobs(ReportRun *r, const ReportAsk *ask, GError **error)
{
  GThreadPool *pool =
      g_thread_pool_new(run_job, NULL, (gint)MIN(g_get_num_processors(), 8), FALSE, NULL);
  for (guint i = 1; i <= N_QUESTIONS; i++)
    r->jobs[i] = (QuestionJob){.number = i, .run = r};
  for (guint i = 0; i < G_N_ELEMENTS(order_of_work); i++)
    if (ask->wanted[order_of_work[i]])
      g_thread_pool_push(pool, &r->jobs[order_of_work[i]], NULL);
  if (ask->wanted[FLAGS_QUESTION]) {
    gint64 start = g_get_monotonic_time();
    r->cli->flags = flag_set_new(r->cli->study, &r->rules);
    tell_time(r->cli, "rules", g_get_monotonic_time() - start);
    r->jobs[FLAGS_QUESTION].flags = r->cli->flags;
    run_job(&r->jobs[FLAGS_QUESTION], NULL);
  }
  g_thread_pool_free(pool, FALSE, TRUE);
  for (guint i = 1; i <= N_QUESTIONS; i++) {
    QuestionJob *job = &r->jobs[i];
    if (job->error) {
      g_propagate_error(error, g_steal_pointer(&job->error));
      return FALSE;
    }
    if (!job->answer)
      continue;
    char *what = g_strdup_printf("question %u", i);
    tell_time(r->cli, what, job->microseconds);
    g_free(what);
    g_ptr_array_add(r->answers, job->answer);
  }
  return TRUE;
}

static void write_report(ReportRun *r, const ReportAsk *ask)
{
  CliRun *run = r->cli;
  const OpenPlan *plan = run->opened.plan;
  Report report = {
      .name = plan->name,
      .version = VERSION,
      .study = run->study,
      .load = run->opened.report,
      .files = r->files,
      .answers = r->answers,
      .rules = ask->wanted[FLAGS_QUESTION] ? &r->rules : NULL,
      .pseudonyms = run->write.pseudonyms,
      .table_rows = ask->table_rows,
      .lesson_users = plan->catalog.min_users,
      .lesson_hits = plan->catalog.min_hits,
      .sample = plan->sample,
      .partial = opened_log_partial(&run->opened),
      .raw_paths = plan->catalog.raw_paths,
      .probable = !option_flag(run->options, OPT_NO_PROBABLE),
      .likely_staff = r->options.keep_likely_staff,
  };
  report_write(&report, ask->format, run->sink);
}

/* Everything behind loading. */
static gboolean make_report(ReportRun *r, const ReportAsk *ask, GError **error)
{
  CliRun *run = r->cli;
  GThread *digests = g_thread_new("digests", inputs_digest, run->opened.plan);
  gint64 start = g_get_monotonic_time();
  gboolean ok = cli_begin_study(run, error);
  if (ok) {
    gint64 learned = g_get_monotonic_time();
    tell_time(run, "people, lessons, places", learned - start);
    ok = run_jobs(r, ask, error);
    tell_time(run, "all answers", g_get_monotonic_time() - learned);
  }
  start = g_get_monotonic_time();
  r->files = g_thread_join(digests);
  tell_time(run, "waiting for digests", g_get_monotonic_time() - start);
  if (!ok)
    return FALSE;
  start = g_get_monotonic_time();
  write_report(r, ask);
  tell_time(run, "writing", g_get_monotonic_time() - start);
  return TRUE;
}

static void report_run_clear(ReportRun *r)
{
  for (guint i = 1; i <= N_QUESTIONS; i++) {
    answer_free(r->jobs[i].answer);
    g_clear_error(&r->jobs[i].error);
  }
  if (r->files)
    g_ptr_array_unref(r->files);
  g_ptr_array_unref(r->answers);
}

int cli_report(const Options *o)
{
  CliRun run = {.options = o};
  ReportRun r = {.cli = &run, .answers = g_ptr_array_new()};
  ReportAsk ask;
  GError *error = NULL;
  gint64 start = g_get_monotonic_time();
  answer_options_init(&r.options);
  r.options.roster = option_text(o, OPT_ROSTER);
  r.options.keep_likely_staff = option_flag(o, OPT_KEEP_LIKELY_STAFF);
  if (read_ask(o, &ask, &error) && cli_rule_settings(&run, &r.rules, &error) &&
      cli_begin(&run, o, &error)) {
    tell_time(&run, "reading", g_get_monotonic_time() - start);
    make_report(&r, &ask, &error);
    tell_time(&run, "all of it", g_get_monotonic_time() - start);
  }
  report_run_clear(&r);
  return cli_end(&run, error);
}

void cli_report_help(GString *out)
{
  option_help_paragraph(out, "Questions:");
  for (guint i = 1; i <= N_QUESTIONS; i++) {
    char *number = g_strdup_printf("%u", i);
    option_help_entry(out, number, answer_title(i));
    g_free(number);
  }
}
