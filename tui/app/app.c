/* App: the state together with what changes it. */
#include "tui/app/app.h"

#include <malloc.h>
#include <poll.h>
#include <string.h>

#include "tui/app/cases.h"
#include "tui/app/command.h"
#include "tui/app/complete.h"
#include "tui/app/following.h"
#include "tui/app/menu_keys.h"
#include "tui/app/prompt.h"
#include "tui/views/overlay.h"
#include "tui/views/view.h"

#define WAIT_MS 1000 /* between two looks, should a call be lost */

App *app_new(OpenPlan *plan, GError **error)
{
  g_autofree char *user_keys = open_config_path("keys.conf");
  Keymap *keymap = keymap_new(user_keys, command_known, error);
  if (!keymap)
    return NULL;
  App *app = g_new0(App, 1);
  app->state = state_new();
  app->plan = plan;
  rule_settings_init(&app->rules);
  app->file_rules = app->rules;
  app->keymap = keymap;
  app->recall =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  app->log_book = logbook_new();
  app->recent = g_ptr_array_new_with_free_func(g_free);
  app->state->source = g_strdup(plan->name);
  app->state->is_sample = plan->sample;
  app->state->raw_paths = plan->catalog.raw_paths;
  return app;
}

gboolean app_read_rules(App *app, const char *file, GError **error)
{
  RuleSettings settings;
  GPtrArray *lines = open_settings("rules.conf", file, "--rules", "rule.parameter = number", error);
  if (!lines)
    return FALSE;
  rule_settings_init(&settings);
  gboolean ok = rule_settings_apply(&settings, lines, error);
  g_ptr_array_unref(lines);
  if (ok)
    app->rules = app->file_rules = settings;
  return ok;
}

void app_free(App *app)
{
  if (!app)
    return;
  loader_free(app->loader);
  following_clear(app);
  analysis_free(app->analysis);
  analysis_news_clear(&app->again);
  follow_free(app->follow);
  state_free(app->state);
  if (app->log)
    access_log_unref(app->log);
  keymap_free(app->keymap);
  g_hash_table_unref(app->recall);
  logbook_free(app->log_book);
  g_ptr_array_unref(app->recent);
  completion_clear(&app->completion);
  g_free(app->export_folder);
  pseudonyms_free(app->pseudonyms);
  open_plan_free(app->plan);
  g_free(app);
}

/* --- data ---------------------------------------------------------------------------------------
 */

void app_start_loading(App *app)
{
  app->loader = loader_start(app->plan, app->log != NULL);
  app->state->loading.active = TRUE;
}

static void start_analysis(App *app)
{
  State *s = app->state;
  analysis_free(app->analysis);
  analysis_news_clear(&app->again);
  app->analysis_options.today = s->today_given ? s->today : CIVIL_DAY_NONE;
  app->analysis_options.rules = &app->rules;
  app->analysis_options.keep_likely_staff = s->keep_likely_staff;
  app->analysis = analysis_start(s->ds, &app->analysis_options);
  app->learned_at = g_get_monotonic_time();
  app->following.unlearned = 0;
}

/* Once the log is whole; the analysis of an older dataset is waited for first. */
static void learn_first(App *app)
{
  start_analysis(app);
  app->relearning = FALSE;
  app->state->learning = TRUE;
}

void app_learn(App *app)
{
  if (!app->state->study) {
    learn_first(app);
    return;
  }
  start_analysis(app);
  app->relearning = TRUE;
}

/* Nothing may read a dataset that is about to go. */
static void set_dataset(App *app, Dataset *ds)
{
  g_clear_pointer(&app->analysis, analysis_free);
  app->state->learning = app->relearning = FALSE;
  app->following.unlearned = 0;
  state_set_dataset(app->state, ds);
}

static void take_quiet(State *s, Quiet *quiet)
{
  s->quiet = quiet_index_new(quiet, strpool_count(s->ds->log->users));
  for (int i = 0; i < N_PANES; i++) {
    s->panes[i].quiet = s->quiet;
    g_clear_pointer(&s->panes[i].sort_stamp, g_free);
  }
}

/* Shows what was learned from `of`, which may have grown since. */
static void take_learned(State *s, AnalysisNews *news, Dataset *of)
{
  if (news->study) {
    s->study = g_steal_pointer(&news->study);
    if (of != s->ds && !s->learned_ds)
      s->learned_ds = dataset_ref(of);
  }
  if (news->crossing)
    s->crossing = g_steal_pointer(&news->crossing);
  if (news->quiet)
    take_quiet(s, g_steal_pointer(&news->quiet));
  if (news->has_likely_staff)
    s->likely_staff_hits = (gint64)news->likely_staff_hits;
  for (guint i = 0; i < N_QUESTIONS; i++)
    if (news->answers[i])
      s->answers[i] = g_steal_pointer(&news->answers[i]);
  if (news->flags) {
    work_halt(s->work); /* it looks at who is flagged */
    s->flags = g_steal_pointer(&news->flags);
    if (of != s->ds)
      flag_set_move(s->flags, of, s->ds);
    s->ds->flagged_user = s->flags->flagged_user;
    s->ds->flagged_ip = s->flags->flagged_ip;
    for (guint i = 0; i < chips_count(s->chips); i++)
      if (chips_get(s->chips, i)->term->field == FIELD_FLAGGED)
        state_flags_changed(s);
  }
  s->learned++;
  if (news->complaint) {
    g_free(s->complaint);
    s->complaint = g_steal_pointer(&news->complaint);
  }
}

/* Keeps what was learned anew until all of it is there. */
static void gather(AnalysisNews *all, AnalysisNews *news)
{
  AnalysisNews old = *all;
  *all = *news;
  all->study = news->study ? news->study : old.study;
  all->crossing = news->crossing ? news->crossing : old.crossing;
  all->quiet = news->quiet ? news->quiet : old.quiet;
  if (!news->has_likely_staff) {
    all->has_likely_staff = old.has_likely_staff;
    all->likely_staff_hits = old.likely_staff_hits;
  }
  all->flags = news->flags ? news->flags : old.flags;
  for (guint i = 0; i < N_QUESTIONS; i++)
    all->answers[i] = news->answers[i] ? news->answers[i] : old.answers[i];
  all->complaint = news->complaint ? news->complaint : old.complaint;
  if (all->complaint != old.complaint)
    g_free(old.complaint);
}

/* The analysis needed several times what it leaves behind: that goes back to the system. */
static void finish_analysis(App *app)
{
  State *s = app->state;
  if (app->relearning) {
    if (app->again.study)
      state_forget(s);
    take_learned(s, &app->again, analysis_dataset(app->analysis));
  }
  s->learning = app->relearning = FALSE;
  gint64 now = g_get_monotonic_time();
  app->learning_time = now - app->learned_at;
  app->learned_at = now;
  g_clear_pointer(&app->analysis, analysis_free);
  malloc_trim(0);
}

gboolean app_poll_analysis(App *app)
{
  if (!app->analysis)
    return FALSE;
  AnalysisNews news;
  analysis_take(app->analysis, &news);
  gboolean shown = !app->relearning || news.done;
  if (app->relearning)
    gather(&app->again, &news);
  else
    take_learned(app->state, &news, analysis_dataset(app->analysis));
  if (news.done)
    finish_analysis(app);
  return shown;
}

gboolean app_poll_loader(App *app, GError **error)
{
  State *s = app->state;
  if (!app->loader)
    return FALSE;
  LoaderNews news;
  loader_take(app->loader, &news);
  s->loading.rows = news.rows;
  s->loading.bytes = news.bytes;
  s->loading.total_bytes = news.total_bytes;
  s->loading.rows_per_second = news.rows_per_second;
  if (news.dataset) {
    set_dataset(app, news.dataset);
    if (app->log)
      access_log_unref(app->log);
    app->log = news.log;
  }
  if (news.report) {
    if (s->report)
      load_report_free(s->report);
    s->report = news.report;
    s->partial = s->report->cancelled;
  }
  if (news.follow) {
    follow_free(app->follow);
    app->follow = news.follow;
  }
  if (news.done) {
    s->loading.active = FALSE;
    loader_free(app->loader);
    app->loader = NULL;
    if (s->ds && !news.error) {
      cases_open(app);
      learn_first(app);
      following_loaded(app);
    }
  }
  if (news.error && app->log) { /* reading again failed: what was there stays */
    state_error(s, news.error);
    g_error_free(news.error);
  } else if (news.error) {
    g_propagate_error(error, news.error);
  }
  return TRUE;
}

gboolean app_wait_loader(App *app, GError **error)
{
  GError *local = NULL;
  while (app->loader && !local) {
    struct pollfd fd = {.fd = loader_fd(app->loader), .events = POLLIN};
    poll(&fd, 1, WAIT_MS);
    app_poll_loader(app, &local);
  }
  if (local)
    g_propagate_error(error, local);
  return local == NULL;
}

void app_wait_analysis(App *app)
{
  while (app->analysis) {
    struct pollfd fd = {.fd = analysis_fd(app->analysis), .events = POLLIN};
    poll(&fd, 1, WAIT_MS);
    app_poll_analysis(app);
  }
}

static gboolean rebuild(App *app, GError **error)
{
  State *s = app->state;
  gboolean before = app->plan->catalog.raw_paths;
  app->plan->catalog.raw_paths = s->raw_paths;
  Dataset *ds = open_dataset(app->plan, app->log, error);
  if (!ds) {
    app->plan->catalog.raw_paths = before;
    return FALSE;
  }
  set_dataset(app, ds);
  learn_first(app);
  return TRUE;
}

gboolean app_rebuild(App *app, GError **error)
{
  Follower *follower = app->following.follower;
  if (!app->log)
    return TRUE;
  if (!follower)
    return rebuild(app, error);
  /* the settings of the catalog are read by the follower, too */
  follower_hold(follower);
  following_poll(app);
  gboolean ok = rebuild(app, error);
  follower_release(follower);
  return ok;
}

/* --- keys ---------------------------------------------------------------------------------------
 */

gboolean app_run(App *app, const char *line)
{
  g_autoptr(GError) error = NULL;
  if (command_run(app, line, &error))
    return TRUE;
  state_error(app->state, error);
  return FALSE;
}

void app_key(App *app, Key key)
{
  State *s = app->state;
  if (s->prompt.active) {
    prompt_key(app, key);
    return;
  }
  state_clear_message(s);
  if (s->menu) {
    menu_key(app, key);
    return;
  }
  if (s->crumb >= 0) {
    crumbs_key(app, key);
    return;
  }
  const char *command = keymap_find(app->keymap, s->view, key);
  if (command) {
    app_run(app, command);
  } else {
    g_autofree char *name = key_label(key);
    state_message(s, "%s does nothing here; ? lists the keys", name);
  }
}

void app_paste(App *app, Key key)
{
  State *s = app->state;
  if (s->prompt.active)
    prompt_key(app, key);
  else if (s->menu && s->menu->typing)
    menu_type(s->menu, (gunichar)key);
  else
    state_message(s, "what is pasted is no command; / searches, : asks for a command");
}
