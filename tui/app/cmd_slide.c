/* The command that writes the answers as a slide for a presentation. */
#include "config.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/report/slide.h"
#include "tui/app/cases.h"
#include "tui/app/command.h"
#include "tui/app/inputs.h"
#include "tui/app/outfile.h"

/* All answers, in order; NULL with an error while one is missing. */
static GPtrArray *all_answers(const State *s, GError **error)
{
  GPtrArray *answers = g_ptr_array_new();
  for (guint i = 0; i < N_QUESTIONS; i++)
    if (s->answers[i])
      g_ptr_array_add(answers, s->answers[i]);
  if (s->study && answers->len == N_QUESTIONS)
    return answers;
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "a slide needs all answers: %s",
              state_why_not_learned(s));
  g_ptr_array_unref(answers);
  return NULL;
}

static gboolean write_slide(App *app, const char *path, GPtrArray *answers, GError **error)
{
  const State *s = app->state;
  const OpenPlan *plan = app->plan;
  Sink *sink = sink_file(path, error);
  if (!sink)
    return FALSE;
  GPtrArray *files = inputs_digest(app->plan);
  Report report = {
      .name = plan->name,
      .version = VERSION,
      .study = s->study,
      .load = s->report,
      .files = files,
      .answers = answers,
      .rules = &app->rules,
      .lesson_users = plan->catalog.min_users,
      .lesson_hits = plan->catalog.min_hits,
      .sample = s->is_sample,
      .partial = s->partial,
      .raw_paths = s->raw_paths,
      .probable = !app->analysis_options.no_probable,
      .likely_staff = s->keep_likely_staff,
  };
  gboolean ok = slide_write(&report, sink, error);
  if (ok)
    ok = sink_close(sink, error);
  else
    sink_abandon(sink);
  g_ptr_array_unref(files);
  return ok;
}

char *slide_proposal(App *app, const char *words)
{
  (void)app;
  (void)words;
  return g_strdup("slide.pptx");
}

gboolean cmd_slide(App *app, int argc, char **argv, GError **error)
{
  if (argc < 2)
    return command_run(app, "ask slide", error);
  g_autofree char *path = outfile_path(app, argv[1], error),
                  *line = g_strdup_printf("slide %s", argv[1]);
  if (!path)
    return FALSE;
  if (!g_str_has_suffix(path, ".pptx")) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "name a file that ends in .pptx");
    return FALSE;
  }
  GPtrArray *answers = all_answers(app->state, error);
  gboolean ok = answers && outfile_may_write(app, path, line, error) &&
                write_slide(app, path, answers, error);
  if (ok) {
    g_autofree char *safe = text_safe(path, -1);
    state_message(app->state, "wrote a slide about all rows to %s", safe);
  }
  if (answers)
    g_ptr_array_unref(answers);
  return ok;
}
