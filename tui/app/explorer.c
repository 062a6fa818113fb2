/* Explorer: the loop around the terminal. One thread draws; the loader hands in finished blocks. */
#include "config.h"

#include "tui/app/explorer.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/command.h"
#include "tui/app/following.h"
#include "tui/app/saved.h"
#include "tui/app/script.h"
#include "tui/draw/terminal.h"
#include "tui/views/frame.h"

#define FRAME_US      (G_USEC_PER_SEC / 30)
#define ESC_DELAY_MAX 10000 /* milliseconds */
/* How long a frame waits for what is computed for it: it is to be on screen within 16 ms. */
#define WAIT_US 12000
#define LOOK_MS 100 /* between two looks at what comes from a thread that cannot wake the loop */

typedef struct {
  App *app;
  Terminal *terminal;
  Canvas *canvas;
  gboolean dirty;
  gint64 last_frame;
  int exit_code;
  ThemeId theme;
  gboolean mouse;
  gint64 last_interrupt;
  Saved saved;
} Loop;

static int fail(const GError *error, int code)
{
  g_autofree char *safe = text_safe(error->message, -1);
  fprintf(stderr, "cohortscope: %s\n", safe);
  return code;
}

static void present(Loop *l)
{
  State *s = l->app->state;
  terminal_size(l->terminal, &s->width, &s->height);
  if (s->width != l->canvas->width || s->height != l->canvas->height)
    canvas_resize(l->canvas, s->width, s->height);
  if ((ThemeId)s->theme != l->theme) {
    l->theme = (ThemeId)s->theme;
    terminal_set_theme(l->terminal, l->theme);
  }
  l->canvas->glyphs = s->ascii ? &glyphs_ascii : glyphs_for_locale();
  if (s->mouse != l->mouse)
    terminal_set_mouse(l->terminal, l->mouse = s->mouse);
  if (s->redraw_all) {
    s->redraw_all = FALSE;
    terminal_redraw(l->terminal);
  }
  frame_prepare(s);
  frame_draw(s, l->canvas);
  terminal_present(l->terminal, l->canvas);
  l->dirty = FALSE;
  l->last_frame = g_get_monotonic_time();
}

static void take_requests(Loop *l)
{
  State *s = l->app->state;
  if (s->copy) {
    g_autoptr(GError) error = NULL;
    if (!terminal_copy(l->terminal, s->copy, strlen(s->copy), &error))
      state_error(s, error);
    g_clear_pointer(&s->copy, g_free);
  }
  if (s->suspend) {
    s->suspend = FALSE;
    terminal_suspend(l->terminal);
    s->redraw_all = TRUE;
  }
}

/* Ctrl-C cancels; twice within two seconds it offers to quit. */
static void interrupt(Loop *l)
{
  gint64 now = g_get_monotonic_time();
  State *s = l->app->state;
  gboolean again = now - l->last_interrupt < 2 * G_USEC_PER_SEC;
  l->last_interrupt = now;
  state_clear_message(s);
  app_run(l->app, "cancel");
  if (again && !s->menu && !l->app->loader)
    app_run(l->app, "close");
}

static void on_key(Loop *l, Key key)
{
  /* the key before has not been drawn yet, or not with its list: this one acts on what it led to */
  if (l->dirty || frame_focus_late(l->app->state))
    frame_prepare_focus(l->app->state);
  if (key == key_ctrl('c') && !l->app->state->prompt.active)
    interrupt(l);
  else
    app_key(l->app, key);
  take_requests(l);
  l->dirty = TRUE;
}

static void on_paste(Loop *l, Key key)
{
  if (l->dirty)
    frame_prepare_focus(l->app->state);
  app_paste(l->app, key);
  l->dirty = TRUE;
}

/* FALSE when the loop ends. */
static gboolean handle(Loop *l, const TermEvent *event)
{
  switch (event->kind) {
  case TERM_KEY:
    on_key(l, event->key);
    break;
  case TERM_PASTE:
    on_paste(l, event->key);
    break;
  case TERM_MOUSE:
    on_key(l, event->key);
    break;
  case TERM_RESIZE:
    l->app->state->redraw_all = TRUE;
    l->dirty = TRUE;
    break;
  case TERM_SIGNAL:
    if (event->signal == SIGINT) {
      interrupt(l);
      l->dirty = TRUE;
      break;
    }
    l->exit_code = 128 + event->signal;
    return FALSE;
  case TERM_HANGUP:
    l->exit_code = 128 + SIGHUP;
    return FALSE;
  default:
    break;
  }
  return !l->app->state->quit;
}

/* What is worked on behind the screen, as descriptors to wait on. */
enum { EXTRA_WORK, EXTRA_FOLLOW, EXTRA_FRAME, N_EXTRA };

static void list_extra(const App *app, struct pollfd extra[N_EXTRA])
{
  for (int i = 0; i < N_EXTRA; i++)
    extra[i] = (struct pollfd){.fd = -1, .events = POLLIN};
  if (app->loader)
    extra[EXTRA_WORK].fd = loader_fd(app->loader);
  else if (app->analysis)
    extra[EXTRA_WORK].fd = analysis_fd(app->analysis);
  if (app->following.follower)
    extra[EXTRA_FOLLOW].fd = follower_fd(app->following.follower);
  extra[EXTRA_FRAME].fd = work_fd(app->state->work);
}

/* What is said should a signal end the program. */
static void note_for_crash(const Saved *v)
{
  g_autofree char *note =
      v->path ? g_strdup_printf("cohortscope %s was ended by a signal. What was on the screen some "
                                "seconds ago is kept in %s and comes back with the same log.\n",
                                VERSION, v->path)
              : g_strdup_printf("cohortscope %s was ended by a signal.\n", VERSION);
  terminal_set_crash_note(note);
}

static void take_loaded(Loop *l, GError **error)
{
  guint64 before = l->app->state->generation;
  app_poll_loader(l->app, error);
  if (!l->app->loader && !*error) {
    saved_restore(&l->saved, l->app);
    note_for_crash(&l->saved);
  }
  /* progress is shown at most 30 times a second; new rows always, for keys act on them */
  if (g_get_monotonic_time() - l->last_frame > FRAME_US || !l->app->loader ||
      l->app->state->generation != before)
    l->dirty = TRUE;
}

/* Milliseconds until something is to be done without a key; -1: never. Does what is due. */
static int next_due(Loop *l)
{
  int save = saved_due(&l->saved, l->app), learn = following_due(l->app);
  if (save == 0)
    saved_write(&l->saved, l->app);
  if (learn == 0)
    following_work(l->app);
  if (save < 0 || learn < 0)
    return MAX(save, learn);
  return MIN(save, learn);
}

static int loop(Loop *l, GError **error)
{
  gboolean running = TRUE;
  while (running) {
    gint64 since = g_get_monotonic_time() - l->last_frame;
    gboolean busy = terminal_pending(l->terminal);
    if (l->dirty && !busy)
      present(l);
    else if (l->dirty && since > FRAME_US)
      present(l); /* keys held down: show a frame now and then all the same */
    struct pollfd extra[N_EXTRA];
    int due = next_due(l);
    list_extra(l->app, extra);
    gboolean loading = l->app->loader != NULL;
    /* without a pipe nobody wakes the loop when something is there */
    gboolean look = extra[EXTRA_WORK].fd < 0 && (loading || l->app->analysis);
    if (look)
      due = due < 0 ? LOOK_MS : MIN(due, LOOK_MS);
    TermEvent event = terminal_poll(l->terminal, l->dirty ? 0 : due, extra, N_EXTRA);
    running = handle(l, &event);
    if (look || (extra[EXTRA_WORK].revents & POLLIN)) {
      GError *local = NULL;
      if (loading)
        take_loaded(l, &local);
      else
        l->dirty = app_poll_analysis(l->app) || l->dirty;
      if (local) {
        g_propagate_error(error, local);
        return 2;
      }
    }
    if (extra[EXTRA_FRAME].revents & POLLIN)
      l->dirty = work_poll(l->app->state->work) || l->dirty;
    if (extra[EXTRA_FOLLOW].revents & POLLIN)
      l->dirty = following_poll(l->app) || l->dirty;
  }
  return l->exit_code;
}

static int run_script(App *app, const Options *o)
{
  g_autoptr(GError) error = NULL;
  gint64 size = option_number(o, OPT_SIZE);
  int width = option_given(o, OPT_SIZE) ? (int)(size >> 16) : 80;
  int height = option_given(o, OPT_SIZE) ? (int)(size & 0xffff) : 24;
  const Glyphs *glyphs = option_flag(o, OPT_ASCII) ? &glyphs_ascii : glyphs_for_locale();
  app_start_loading(app);
  const char *screen = option_text(o, OPT_SCREEN);
  if (!script_run(app, option_text(o, OPT_SCRIPT), width, height, glyphs, screen, &error))
    return fail(error, error->domain == CORE_ERROR && error->code == CORE_ERROR_USAGE ? 1 : 2);
  return 0;
}

static int run_terminal(App *app, const Options *o)
{
  g_autoptr(GError) error = NULL;
  TerminalOptions options = TERMINAL_OPTIONS_DEFAULT;
  const char *color = option_text(o, OPT_COLOR);
  if (color)
    color_mode_parse(color, &options.color);
  options.theme = (ThemeId)app->state->theme;
  options.mouse = option_flag(o, OPT_MOUSE);
  options.esc_delay_ms = (int)MIN(option_number(o, OPT_ESC_DELAY), ESC_DELAY_MAX);
  Loop l = {.app = app, .dirty = TRUE, .theme = options.theme, .mouse = options.mouse};
  l.terminal = terminal_open(&options, &error);
  if (!l.terminal)
    return fail(error, 2);
  l.canvas = canvas_new(1, 1, option_flag(o, OPT_ASCII) ? &glyphs_ascii : glyphs_for_locale());
  app->state->show_times = TRUE;
  app->state->frame_us = WAIT_US;
  work_start_threads(app->state->work);
  app_start_loading(app);
  l.saved.on = TRUE;
  l.saved.fresh = option_flag(o, OPT_FRESH);
  note_for_crash(&l.saved);
  int code = loop(&l, &error);
  saved_follow(&l.saved, app);
  saved_write(&l.saved, app);
  saved_clear(&l.saved);
  terminal_close(l.terminal);
  canvas_free(l.canvas);
  if (error)
    return fail(error, code);
  return code;
}

/* What the study is learned with beside the log; the arrays are to outlive the app. */
static gboolean read_study_settings(App *app, const Options *o, GPtrArray **ret_homes,
                                    GPtrArray **ret_agents, GError **error)
{
  *ret_homes = open_settings("lesson-homes.conf", NULL, NULL, NULL, error);
  *ret_agents = *ret_homes ? open_settings("agents.conf", NULL, NULL, NULL, error) : NULL;
  app->analysis_options.homes_conf = *ret_homes;
  app->analysis_options.agents_conf = *ret_agents;
  app->analysis_options.mmdb = option_text(o, OPT_MMDB);
  app->analysis_options.roster = option_text(o, OPT_ROSTER);
  app->analysis_options.no_probable = option_flag(o, OPT_NO_PROBABLE);
  app->state->keep_likely_staff = option_flag(o, OPT_KEEP_LIKELY_STAFF);
  return *ret_agents != NULL;
}

int explorer_run(const Options *o)
{
#ifdef M_MMAP_THRESHOLD
  /* Lists of rows are large and short-lived: they go back to the system when they are freed, in
   * place of staying in the heap once one of their size has been freed. */
  mallopt(M_MMAP_THRESHOLD, 64 * 1024);
#endif
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) homes = NULL, agents = NULL;
  OpenPlan *plan = open_plan_new(o, &error);
  if (!plan)
    return fail(error, error->domain == CORE_ERROR && error->code == CORE_ERROR_USAGE ? 1 : 2);
  App *app = app_new(plan, &error);
  if (!app) {
    open_plan_free(plan);
    return fail(error, 1);
  }
  ThemeId theme;
  if (option_text(o, OPT_THEME) && theme_parse(option_text(o, OPT_THEME), &theme))
    app->state->theme = theme;
  gint64 now = option_number(o, OPT_NOW);
  if (option_given(o, OPT_NOW) && now != CIVIL_NONE) {
    app->state->today = civil_day_of(now);
    app->state->today_given = TRUE;
    /* what a script writes down can be repeated; at the terminal notes have the true time */
    if (option_given(o, OPT_SCRIPT))
      app->state->now = now;
  }
  app->plan->growing = app->following.wanted = option_flag(o, OPT_FOLLOW);
  app->want_pseudonyms = option_flag(o, OPT_PSEUDONYMS);
  app->state->ascii = option_flag(o, OPT_ASCII);
  app->state->mouse = option_flag(o, OPT_MOUSE);
  app->state->author = g_strdup(option_text(o, OPT_AUTHOR));
  if (!app_read_rules(app, option_text(o, OPT_RULES), &error) ||
      !read_study_settings(app, o, &homes, &agents, &error)) {
    app_free(app);
    return fail(error, 1);
  }
  int code = option_given(o, OPT_SCRIPT) || option_given(o, OPT_SCREEN) ? run_script(app, o)
                                                                        : run_terminal(app, o);
  app_free(app);
  return code;
}
