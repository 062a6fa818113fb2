/* Following: starting, taking over, saying what came, learning anew. */
#include "tui/app/following.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/ingest/follow.h"
#include "tui/app/cases.h"

#define CALM_USEC     (3 * G_USEC_PER_SEC)  /* without new rows, before anything is learned anew */
#define PATIENCE_USEC (30 * G_USEC_PER_SEC) /* but no longer than this when rows never stop */
#define LEARN_TIMES   10 /* between two times of learning: so many times as long as it took */

/* --- what the status line says -------------------------------------------------------------------
 */

static void say(App *app, gboolean trouble, char *text)
{
  State *s = app->state;
  g_free(s->follow);
  s->follow = text;
  s->follow_trouble = trouble;
}

static char *count_text(guint64 n)
{
  g_autofree char *grouped = text_grouped((gint64)n);
  return g_strdup_printf("%s row%s", grouped, n == 1 ? "" : "s");
}

/* "following access.log, +12 rows 14:03:22"; `anew`: a file begins anew. */
static char *summary(const App *app, gboolean anew)
{
  const Following *f = &app->following;
  char now[CIVIL_BUF];
  if (f->rows == 0)
    return g_strdup_printf("following %s", f->names);
  g_autofree char *rows = count_text(f->rows);
  civil_format(cases_stamp(app).time, ' ', now);
  return g_strdup_printf("following %s%s, +%s %s", f->names, anew ? " anew" : "", rows, now + 11);
}

/* --- on and off ----------------------------------------------------------------------------------
 */

static void stop(App *app)
{
  Following *f = &app->following;
  g_clear_pointer(&f->follower, follower_free);
  if (app->follow)
    follow_rest(app->follow);
}

static void start(App *app)
{
  Following *f = &app->following;
  f->rows = 0;
  g_free(f->names);
  f->names = follow_names(app->follow);
  f->follower = follower_start(app->plan, app->follow, app->log);
  say(app, FALSE, summary(app, FALSE));
}

static gboolean set_on(App *app, GError **error)
{
  State *s = app->state;
  if (app->loader) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "not while the log is being read; try again when it is whole");
    return FALSE;
  }
  if (s->partial || !app->follow) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "reading was stopped: only a log that was read to its end can be followed");
    return FALSE;
  }
  if (!follow_possible(app->follow, error))
    return FALSE;
  if (follow_needs_reload(app->follow)) {
    app->plan->growing = TRUE;
    app->following.wanted = TRUE;
    app_start_loading(app);
    state_message(s, "the log ended in the middle of a line: reading it again, then following");
    return TRUE;
  }
  start(app);
  return TRUE;
}

gboolean following_set(App *app, gboolean on, GError **error)
{
  Following *f = &app->following;
  State *s = app->state;
  if (on == (f->follower != NULL)) {
    state_message(s, on ? "following %s already" : "nothing is followed", f->names);
    return TRUE;
  }
  if (on)
    return set_on(app, error);
  following_poll(app);
  stop(app);
  g_autofree char *rows = count_text(f->rows);
  say(app, FALSE, NULL);
  state_message(s, "no longer following %s: %s came", f->names, rows);
  return TRUE;
}

void following_loaded(App *app)
{
  g_autoptr(GError) error = NULL;
  Following *f = &app->following;
  if (!f->wanted)
    return;
  f->wanted = FALSE;
  if (!following_set(app, TRUE, &error))
    state_error(app->state, error);
}

/* --- new rows ------------------------------------------------------------------------------------
 */

static void take_rows(App *app, FollowerNews *n)
{
  Following *f = &app->following;
  gint64 now = g_get_monotonic_time();
  state_grow_dataset(app->state, g_steal_pointer(&n->dataset));
  access_log_unref(app->log);
  app->log = access_log_ref(n->news->log);
  f->grown = TRUE;
  f->last_rows = now;
  if (!f->unlearned)
    f->unlearned = now;
}

/* A thing that happened to a file stays in the status line until rows come. */
static void tell(App *app, const FollowerNews *n)
{
  const GPtrArray *events = n->news->events;
  const char *last = events->len ? events->pdata[events->len - 1] : n->complaint;
  if (n->complaint || (last && (n->news->trouble || n->news->rows == 0)))
    say(app, n->news->trouble || n->complaint, text_safe(last, -1));
  else
    say(app, FALSE, summary(app, last != NULL));
}

gboolean following_poll(App *app)
{
  Following *f = &app->following;
  FollowerNews n;
  if (!f->follower || !follower_take(f->follower, &n))
    return FALSE;
  f->rows += n.news->rows;
  if (app->state->report)
    follow_report(n.news, app->state->report);
  if (n.dataset)
    take_rows(app, &n);
  tell(app, &n);
  if (n.ended)
    stop(app);
  follow_news_free(n.news);
  g_free(n.complaint);
  return TRUE;
}

/* --- learning anew -------------------------------------------------------------------------------
 */

int following_due(const App *app)
{
  const Following *f = &app->following;
  if (!f->unlearned || app->analysis || app->loader)
    return -1;
  gint64 due = MIN(f->last_rows + CALM_USEC, f->unlearned + PATIENCE_USEC);
  due = MAX(due, app->learned_at + LEARN_TIMES * app->learning_time);
  gint64 wait = due - g_get_monotonic_time();
  return wait > 0 ? (int)(wait / G_TIME_SPAN_MILLISECOND) + 1 : 0;
}

void following_work(App *app)
{
  if (following_due(app) == 0)
    app_learn(app);
}

void following_settle(App *app)
{
  Following *f = &app->following;
  if (!f->follower)
    return;
  follower_settle(f->follower);
  following_poll(app);
  if (f->unlearned && !app->analysis)
    app_learn(app);
}

void following_clear(App *app)
{
  stop(app);
  g_clear_pointer(&app->following.names, g_free);
}
