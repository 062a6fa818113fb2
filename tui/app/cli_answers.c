/* Answers on the command line: the questions side by side. */
#include "config.h"

#include "tui/app/cli_answers.h"

#include <stdio.h>

#include "tui/app/inputs.h"

#define FLAGS_QUESTION 4 /* the one that needs the rules */

void cli_tell_time(const CliRun *run, const char *what, gint64 microseconds)
{
  if (option_flag(run->options, OPT_TIMING))
    fprintf(stderr, "cohortscope: %-24s %7.1f ms\n", what, (double)microseconds / 1000);
}

void cli_answers_init(CliAnswers *c, CliRun *run, const Options *o)
{
  *c = (CliAnswers){.cli = run, .answers = g_ptr_array_new()};
  answer_options_init(&c->options);
  c->options.roster = option_text(o, OPT_ROSTER);
  c->options.keep_likely_staff = option_flag(o, OPT_KEEP_LIKELY_STAFF);
}

void cli_answers_want_all(CliAnswers *c)
{
  for (guint i = 1; i <= N_QUESTIONS; i++)
    c->wanted[i] = answer_exists(i);
}

/* The questions that take longest come first: then no thread is left with a long one at the end. */
static const guint order_of_work[] = {5, 2, 1, 7, 6, 3, 8};
G_STATIC_ASSERT(G_N_ELEMENTS(order_of_work) == N_QUESTIONS - 1);

static void run_job(gpointer data, gpointer unused)
{
  (void)unused;
  AnswerJob *job = data;
  const CliAnswers *c = job->of;
  gint64 start = g_get_monotonic_time();
  job->answer = answer_new(job->number, c->cli->study, job->flags, &c->options, &job->error);
  job->microseconds = g_get_monotonic_time() - start;
}

/* All questions that are wanted; those that need no flags run beside the rules. */
static gboolean run_jobs(CliAnswers *c, GError **error)
{
  GThreadPool *pool =
      g_thread_pool_new(run_job, NULL, (gint)MIN(g_get_num_processors(), 8), FALSE, NULL);
  for (guint i = 1; i <= N_QUESTIONS; i++)
    c->jobs[i] = (AnswerJob){.number = i, .of = c};
  for (guint i = 0; i < G_N_ELEMENTS(order_of_work); i++)
    if (c->wanted[order_of_work[i]])
      g_thread_pool_push(pool, &c->jobs[order_of_work[i]], NULL);
  if (c->wanted[FLAGS_QUESTION]) {
    gint64 start = g_get_monotonic_time();
    c->cli->flags = flag_set_new(c->cli->study, &c->rules);
    cli_tell_time(c->cli, "rules", g_get_monotonic_time() - start);
    c->jobs[FLAGS_QUESTION].flags = c->cli->flags;
    run_job(&c->jobs[FLAGS_QUESTION], NULL);
  }
  g_thread_pool_free(pool, FALSE, TRUE);
  for (guint i = 1; i <= N_QUESTIONS; i++) {
    AnswerJob *job = &c->jobs[i];
    if (job->error) {
      g_propagate_error(error, g_steal_pointer(&job->error));
      return FALSE;
    }
    if (!job->answer)
      continue;
    char *what = g_strdup_printf("question %u", i);
    cli_tell_time(c->cli, what, job->microseconds);
    g_free(what);
    g_ptr_array_add(c->answers, job->answer);
  }
  return TRUE;
}

gboolean cli_answers_make(CliAnswers *c, GError **error)
{
  CliRun *run = c->cli;
  GThread *digests = g_thread_new("digests", inputs_digest, run->opened.plan);
  gint64 start = g_get_monotonic_time();
  gboolean ok = cli_begin_study(run, error);
  if (ok) {
    gint64 learned = g_get_monotonic_time();
    cli_tell_time(run, "people, lessons, places", learned - start);
    ok = run_jobs(c, error);
    cli_tell_time(run, "all answers", g_get_monotonic_time() - learned);
  }
  start = g_get_monotonic_time();
  c->files = g_thread_join(digests);
  cli_tell_time(run, "waiting for digests", g_get_monotonic_time() - start);
  return ok;
}

Report cli_answers_report(const CliAnswers *c)
{
  const CliRun *run = c->cli;
  const OpenPlan *plan = run->opened.plan;
  return (Report){
      .name = plan->name,
      .version = VERSION,
      .study = run->study,
      .load = run->opened.report,
      .files = c->files,
      .answers = c->answers,
      .rules = c->wanted[FLAGS_QUESTION] ? &c->rules : NULL,
      .pseudonyms = run->write.pseudonyms,
      .table_rows = REPORT_TABLE_ROWS,
      .lesson_users = plan->catalog.min_users,
      .lesson_hits = plan->catalog.min_hits,
      .sample = plan->sample,
      .partial = opened_log_partial(&run->opened),
      .raw_paths = plan->catalog.raw_paths,
      .probable = !option_flag(run->options, OPT_NO_PROBABLE),
      .likely_staff = c->options.keep_likely_staff,
  };
}

void cli_answers_clear(CliAnswers *c)
{
  for (guint i = 1; i <= N_QUESTIONS; i++) {
    answer_free(c->jobs[i].answer);
    g_clear_error(&c->jobs[i].error);
  }
  if (c->files)
    g_ptr_array_unref(c->files);
  g_ptr_array_unref(c->answers);
}
