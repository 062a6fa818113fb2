/* App: the state together with what changes it. */
#include "tui/app/app.h"

#include <malloc.h>
#include <string.h>

#include "tui/app/cases.h"
#include "tui/app/command.h"
#include "tui/app/menu_keys.h"
#include "tui/app/prompt.h"
#include "tui/views/overlay.h"
#include "tui/views/view.h"

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
  analysis_free(app->analysis);
  state_free(app->state);
  if (app->log)
    access_log_unref(app->log);
  keymap_free(app->keymap);
  g_hash_table_unref(app->recall);
  logbook_free(app->log_book);
  g_free(app->export_folder);
  pseudonyms_free(app->pseudonyms);
  open_plan_free(app->plan);
  g_free(app);
}

/* --- data ---------------------------------------------------------------------------------------
 */

void app_start_loading(App *app)
{
  app->loader = loader_start(app->plan);
  app->state->loading.active = TRUE;
}

/* Once the log is whole; the analysis of an older dataset is waited for first. */
static void start_analysis(App *app)
{
  State *s = app->state;
  analysis_free(app->analysis);
  app->analysis_options.today = s->today_given ? s->today : CIVIL_DAY_NONE;
  app->analysis_options.rules = &app->rules;
  app->analysis_options.keep_likely_staff = s->keep_likely_staff;
  app->analysis = analysis_start(s->ds, &app->analysis_options);
  s->learning = TRUE;
}

/* Nothing may read a dataset that is about to go. */
static void set_dataset(App *app, Dataset *ds)
{
  g_clear_pointer(&app->analysis, analysis_free);
  app->state->learning = FALSE;
  state_set_dataset(app->state, ds);
}

gboolean app_poll_analysis(App *app)
{
  State *s = app->state;
  if (!app->analysis)
    return FALSE;
  AnalysisNews news;
  analysis_take(app->analysis, &news);
  if (news.study)
    s->study = news.study;
  if (news.crossing)
    s->crossing = news.crossing;
  if (news.quiet) {
    s->quiet = quiet_index_new(news.quiet, strpool_count(s->ds->log->users));
    for (int i = 0; i < N_PANES; i++) {
      s->panes[i].quiet = s->quiet;
      g_clear_pointer(&s->panes[i].sort_stamp, g_free);
    }
  }
  for (guint i = 0; i < N_QUESTIONS; i++)
    if (news.answers[i])
      s->answers[i] = news.answers[i];
  if (news.flags) {
    work_halt(s->work); /* it looks at who is flagged */
    s->flags = news.flags;
    s->ds->flagged_user = news.flags->flagged_user;
    s->ds->flagged_ip = news.flags->flagged_ip;
    for (guint i = 0; i < chips_count(s->chips); i++)
      if (chips_get(s->chips, i)->term->field == FIELD_FLAGGED)
        state_flags_changed(s);
  }
  s->learned++;
  if (news.complaint) {
    g_free(s->complaint);
    s->complaint = news.complaint;
  }
  if (news.done) {
    s->learning = FALSE;
    g_clear_pointer(&app->analysis, analysis_free);
    /* the analysis needed several times what it leaves behind: give that back to the system */
    malloc_trim(0);
  }
  return TRUE;
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
  if (news.done) {
    s->loading.active = FALSE;
    loader_free(app->loader);
    app->loader = NULL;
    if (s->ds) {
      cases_open(app);
      start_analysis(app);
    }
  }
  if (news.error)
    g_propagate_error(error, news.error);
  return TRUE;
}

gboolean app_rebuild(App *app, GError **error)
{
  State *s = app->state;
  if (!app->log)
    return TRUE;
  gboolean before = app->plan->catalog.raw_paths;
  app->plan->catalog.raw_paths = s->raw_paths;
  Dataset *ds = open_dataset(app->plan, app->log, error);
  if (!ds) {
    app->plan->catalog.raw_paths = before;
    return FALSE;
  }
  set_dataset(app, ds);
  start_analysis(app);
  return TRUE;
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
  const char *command = keymap_find(app->keymap, s->view, key);
  if (command) {
    app_run(app, command);
  } else {
    g_autofree char *name = key_label(key);
    state_message(s, "%s does nothing here; ? lists the keys", name);
  }
}
