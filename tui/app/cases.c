/* Cases: the case book of the log at hand, and who writes into it. */
#include "tui/app/cases.h"

#include <stdarg.h>

#include "core/base/error.h"
#include "tui/model/evidence.h"
#include "tui/views/view.h"

void cases_open(App *app)
{
  State *s = app->state;
  if (!app->log || s->partial || s->book_saved)
    return;
  g_autoptr(GError) error = NULL;
  g_autofree char *notice = NULL;
  CasebookData data = {.fingerprint = NULL};
  casebook_data_fill(&data, app->log, s->source);
  g_autofree char *name = g_build_filename(data.fingerprint, CASEBOOK_FILE, NULL);
  g_autofree char *path = open_state_path(name, &error);
  g_autofree char *folder = path ? g_path_get_dirname(path) : NULL;
  Casebook *book = folder ? casebook_open(folder, &data, &notice, &error) : NULL;
  casebook_data_clear(&data);
  if (!book) {
    state_error(s, error);
    return;
  }
  casebook_free(s->casebook);
  s->casebook = book;
  s->book_saved = TRUE;
  g_autofree char *stacks = g_build_filename(folder, "filters", NULL);
  if (notice)
    state_message(s, "%s", notice);
  if (!stacks_open(s->stacks, stacks, &error))
    state_error(s, error);
}

/* The time on the clock of this machine, as people there read it. */
static CivilTime local_time(void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local();
  CivilDay day = civil_day_from_date(g_date_time_get_year(now), g_date_time_get_month(now),
                                     g_date_time_get_day_of_month(now));
  return civil_day_start(day) + g_date_time_get_hour(now) * 3600 +
         g_date_time_get_minute(now) * 60 + g_date_time_get_second(now);
}

Stamp cases_stamp(const App *app)
{
  const State *s = app->state;
  return (Stamp){.author = s->author ? s->author : g_get_user_name(),
                 .time = s->now != CIVIL_NONE ? s->now : local_time()};
}

void cases_changed(App *app, const char *format, ...)
{
  State *s = app->state;
  va_list args;
  va_start(args, format);
  g_autofree char *what = g_strdup_vprintf(format, args);
  va_end(args);
  g_autofree char *notice = casebook_take_notice(s->casebook);
  state_book_changed(s);
  if (notice)
    state_message(s, "%s; %s", what, notice);
  else
    state_message(s, "%s%s", what, s->book_saved ? "" : "; NOT SAVED: it lasts until you leave");
}

/* The highest flag that the row is evidence of. */
static const Judgement *flag_of_row(const State *s, guint32 row)
{
  const Judgement *best = NULL;
  for (guint i = 0; i < s->queue.n_judged; i++) {
    const Judgement *j = &s->queue.judged[i];
    if (evidence_has_row(j->flag, row) && (!best || j->flag->score > best->flag->score))
      best = j;
  }
  return best;
}

const Judgement *cases_flag(App *app, GError **error)
{
  State *s = app->state;
  const Judgement *j = NULL;
  guint32 row = 0;
  queue_judge(&s->queue, s->ds, s->flags, s->learned, s->casebook);
  if (s->view == VIEW_FLAGS)
    j = queue_current(&s->queue);
  else if (s->flag)
    j = queue_find(&s->queue, s->flag);
  else if (s->view == VIEW_TIMELINE && timeline_cursor_row(&s->timeline, &row))
    j = flag_of_row(s, row);
  if (!j)
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        s->flags ? "no flag here; ! lists the flags of what is under the cursor"
                                 : "the flags are not computed yet");
  return j;
}

Entity *cases_entity(App *app, GError **error)
{
  Entity *e = view_entity(app->state);
  if (!e)
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "nothing under the cursor that this could be about");
  return e;
}
