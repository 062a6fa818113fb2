/* App: the state together with what changes it. */
#include "tui/app/app.h"

#include <malloc.h>
#include <string.h>

#include "tui/app/cases.h"
#include "tui/app/command.h"
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
  app->command_log = g_ptr_array_new_with_free_func(g_free);
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
  g_ptr_array_unref(app->command_log);
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
    s->flags = news.flags;
    s->ds->flagged_user = news.flags->flagged_user;
    s->ds->flagged_ip = news.flags->flagged_ip;
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

/* Runs what the menu stands on, or, in the palette, what was typed when it is a whole command. */
static void accept_menu(App *app)
{
  State *s = app->state;
  Menu *m = g_steal_pointer(&s->menu);
  MenuItem *item = menu_current(m);
  if (m->kind == MENU_FACET) {
    GString *line = g_string_new(NULL);
    ScopeTerm *term = NULL;
    for (guint i = 0; i < m->items->len; i++) {
      MenuItem *value = g_ptr_array_index(m->items, i);
      if (!value->checked)
        continue;
      if (!term) {
        g_autofree char *start = g_strdup_printf("%s%s=x", m->negated ? "-" : "", m->field);
        term = scope_term_parse(start, NULL);
        g_ptr_array_set_size(term->values, 0);
      }
      g_ptr_array_add(term->values, g_strdup(value->value));
    }
    /* the ticks replace what was ticked before */
    for (guint i = chips_count(s->chips); i-- > chips_depth(s->chips);) {
      const ScopeTerm *old = chips_get(s->chips, i)->term;
      if (g_strcmp0(scope_field_name(old->field), m->field) == 0 && !old->regex)
        chips_remove(s->chips, i);
    }
    if (term) {
      g_autofree char *text = scope_term_print(term);
      g_string_printf(line, "scope add %s", text);
      scope_term_free(term);
      app_run(app, line->str);
    }
    g_string_free(line, TRUE);
  } else if (m->kind == MENU_PALETTE && m->filter->len) {
    g_autofree char *first = g_strdup(m->filter->str);
    char *space = strchr(first, ' ');
    if (space)
      *space = '\0';
    if (command_known(first))
      app_run(app, m->filter->str);
    else if (item && item->command)
      app_run(app, item->command);
    else
      app_run(app, m->filter->str);
  } else if (item && item->command) {
    app_run(app, item->command);
  }
  menu_free(m);
}

/* Keys that change the filter under the cursor of the filter menu. */
static gboolean filters_key(App *app, Key key)
{
  const MenuItem *item = menu_current(app->state->menu);
  const char *verb = key == ' ' ? "off" : key == '!' ? "negate" : key == 'd' ? "drop" : NULL;
  if (!verb || !item)
    return FALSE;
  g_autofree char *line = g_strdup_printf("scope %s %s", verb, item->left);
  app_run(app, line);
  if (chips_count(app->state->chips))
    app_run(app, "filters");
  else
    g_clear_pointer(&app->state->menu, menu_free);
  return TRUE;
}

/* The key that stands before a choice makes it. */
static gboolean hot_key(App *app, Key key)
{
  Menu *m = app->state->menu;
  for (guint i = 0; i < m->visible->len; i++) {
    const MenuItem *item = g_ptr_array_index(m->items, g_array_index(m->visible, guint, i));
    if (!item->command || !item->left || key_parse(item->left) != key)
      continue;
    m->cursor = i;
    accept_menu(app);
    return TRUE;
  }
  return FALSE;
}

static void menu_key(App *app, Key key)
{
  State *s = app->state;
  Menu *m = s->menu;
  int page = 10;
  if (key == K_ESC || key == key_ctrl('c') || key == K_F1) {
    if (m->filter->len) {
      g_string_truncate(m->filter, 0);
      menu_update(m);
    } else {
      g_clear_pointer(&s->menu, menu_free);
    }
  } else if (key == K_ENTER) {
    accept_menu(app);
  } else if (key == K_UP || key == key_ctrl('p')) {
    menu_move(m, -1);
  } else if (key == K_DOWN || key == key_ctrl('n')) {
    menu_move(m, 1);
  } else if (key == K_PGUP || key == key_ctrl('b')) {
    menu_move(m, -page);
  } else if (key == K_PGDN || key == key_ctrl('f')) {
    menu_move(m, page);
  } else if (key == K_HOME) {
    menu_first(m);
  } else if (key == K_END) {
    menu_last(m);
  } else if (m->typing && key == K_BACKSPACE) {
    if (m->filter->len == 0)
      g_clear_pointer(&s->menu, menu_free);
    else
      menu_type(m, 0);
  } else if (m->typing && key_is_text(key)) {
    menu_type(m, (gunichar)key);
  } else if (m->kind == MENU_FILTERS && filters_key(app, key)) {
    return;
  } else if (m->kind == MENU_CHOICE && !m->typing && hot_key(app, key)) {
    return;
  } else if (m->kind == MENU_FACET && key == ' ') {
    MenuItem *item = menu_current(m);
    if (item)
      item->checked = !item->checked;
    menu_move(m, 1);
  } else if (m->kind == MENU_FACET && key == '!') {
    m->negated = !m->negated;
  } else if (key == '/') {
    m->typing = TRUE;
  } else if (key == 'j' || key == 'k') {
    menu_move(m, key == 'j' ? 1 : -1);
  } else if (key == 'g') {
    menu_first(m);
  } else if (key == 'G') {
    menu_last(m);
  } else if (key == 'q' || key == K_BACKSPACE) {
    g_clear_pointer(&s->menu, menu_free);
  }
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
