/* Commands about flags: the queue, statuses, exceptions. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/cases.h"
#include "tui/app/command.h"
#include "tui/model/evidence.h"
#include "tui/model/why.h"

/* --- the queue ---------------------------------------------------------------------------------
 */

static void go_to_flags(State *s)
{
  if (s->view != VIEW_FLAGS)
    state_goto(s, VIEW_FLAGS);
}

/* A line of the menu of filters: what it sets, and how many flags it would list. */
static void add_filter(Menu *m, const char *key, const char *label, guint n, const char *change)
{
  g_autofree char *command = g_strdup_printf("queue %s", change);
  g_autofree char *count = text_grouped(n);
  menu_add(m, key, label, count, command);
}

static void add_status_filters(Menu *m, const State *s)
{
  const Queue *q = &s->queue;
  guint all = 0;
  menu_add(m, NULL, "Status", NULL, NULL);
  for (int k = 0; k < N_STATUSES; k++) {
    g_autofree char *change = g_strdup_printf("status=%s", status_name((FlagStatus)k));
    add_filter(m, NULL, status_name((FlagStatus)k), q->counts[k], change);
    all += q->counts[k];
  }
  add_filter(m, NULL, "excepted", q->n_excepted, "status=excepted");
  add_filter(m, NULL, "any status", all, "status=any");
}

static void add_audience_filters(Menu *m, const guint *counts)
{
  guint all = 0;
  menu_add(m, NULL, "For whom", NULL, NULL);
  for (int a = 0; a < N_AUDIENCES; a++) {
    g_autofree char *change = g_strdup_printf("audience=%s rule=any", audience_name((Audience)a));
    add_filter(m, NULL, audience_name((Audience)a), counts[a], change);
    all += counts[a];
  }
  add_filter(m, NULL, "everybody", all, "audience=any rule=any");
}

static void choose_filter(App *app)
{
  static const int scores[] = {0, 25, 50, 75, 90};
  State *s = app->state;
  Menu *m = menu_new(MENU_CHOICE, "Which flags");
  guint by_rule[N_RULES] = {0}, by_audience[N_AUDIENCES] = {0};
  for (guint i = 0; s->flags && i < s->flags->flags->len; i++) {
    const Flag *f = g_ptr_array_index(s->flags->flags, i);
    by_rule[f->rule]++;
    by_audience[rule_get(f->rule)->audience]++;
  }
  add_status_filters(m, s);
  add_audience_filters(m, by_audience);
  menu_add(m, NULL, "Score", NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(scores); i++) {
    g_autofree char *label = g_strdup_printf("score of %d and more", scores[i]);
    g_autofree char *command = g_strdup_printf("queue score=%d", scores[i]);
    menu_add(m, NULL, i ? label : "any score", NULL, command);
  }
  menu_add(m, NULL, "Rule", NULL, NULL);
  for (guint r = 0; r < N_RULES; r++) {
    const Rule *rule = rule_get((RuleId)r);
    g_autofree char *change = g_strdup_printf("rule=%s audience=any", rule->name);
    g_autofree char *label = g_strdup_printf("%s: %s", rule->name, rule->question);
    add_filter(m, NULL, label, by_rule[r], change);
  }
  menu_add(m, NULL, "All filters of the list", NULL, NULL);
  menu_add(m, NULL, "as at the start: open, security", NULL, "queue reset");
  m->typing = TRUE;
  state_show_menu(app->state, m);
}

gboolean cmd_queue(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  if (argc < 2) {
    go_to_flags(s);
    choose_filter(app);
    return TRUE;
  }
  if (!queue_filter_change(&s->queue.filter, argv[1], error))
    return FALSE;
  if (!s->queue.filter.about)
    g_clear_pointer(&s->queue.before, g_free);
  s->queue.cursor = 0;
  g_clear_pointer(&s->queue.cursor_id, g_free);
  go_to_flags(s);
  return TRUE;
}

/* What `!` asks about: of a row whose user it is, of a flag whom it is about. */
static Entity *subject_under_cursor(App *app, GError **error)
{
  State *s = app->state;
  if (s->view == VIEW_FLAGS) {
    const Judgement *j = cases_flag(app, error);
    return j ? evidence_subject(j->flag, s->ds) : NULL;
  }
  Entity *e = cases_entity(app, error);
  if (e && e->type == ENTITY_ROW) {
    Entity *user = entity_new(ENTITY_USER, e->id);
    entity_free(e);
    e = user;
  }
  if (e && e->type == ENTITY_CELL) {
    entity_free(e);
    e = NULL;
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "no flags of a cell; Enter lists its users");
  }
  return e;
}

gboolean cmd_flags(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv;
  State *s = app->state;
  if (s->view == VIEW_FLAGS && s->queue.filter.about) {
    queue_set_about(&s->queue, NULL);
    state_message(s, "all flags again");
    return TRUE;
  }
  Entity *about = subject_under_cursor(app, error);
  if (!about)
    return FALSE;
  g_autofree char *label = entity_label(about);
  if (s->view != VIEW_FLAGS)
    state_goto(s, VIEW_FLAGS);
  queue_set_about(&s->queue, about);
  s->queue.cursor = 0;
  g_clear_pointer(&s->queue.cursor_id, g_free);
  state_message(s, "flags that have to do with %s; ! lists all again", label);
  return TRUE;
}

/* From evidence to evidence without going back to the list. */
static gboolean step_flag(App *app, int step, GError **error)
{
  State *s = app->state;
  Queue *q = &s->queue;
  gboolean in_list = s->view == VIEW_FLAGS;
  if (!queue_refresh(q, s->ds, s->flags, s->learned, s->generation, s->casebook,
                     in_list || !s->origin ? s->chips : s->origin->chips, error))
    return FALSE;
  gint64 to = (gint64)q->cursor + step;
  if (to < 0 || to >= (gint64)q->n_visible) {
    state_message(s, step > 0 ? "that was the last flag of the list" : "this is the first flag");
    return TRUE;
  }
  queue_move_to(q, to);
  if (in_list || !s->flag)
    return TRUE;
  const Flag *f = queue_current(q)->flag;
  if (s->origin) /* the list stays what Backspace leads to */
    state_up(s);
  return evidence_open(s, f, error);
}

gboolean cmd_next_flag(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv;
  return step_flag(app, 1, error);
}

gboolean cmd_previous_flag(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv;
  return step_flag(app, -1, error);
}

/* --- status ------------------------------------------------------------------------------------
 */

static void choose_status(App *app, const Judgement *j)
{
  static const struct {
    const char *key, *help;
  } lines[N_STATUSES] = {[STATUS_OPEN] = {"o", "open        not decided"},
                         [STATUS_WATCH] = {"w", "watch       not decided, to be looked at again"},
                         [STATUS_CONFIRMED] = {"c", "confirmed   it was what it looks like"},
                         [STATUS_DISMISSED] = {"d", "dismissed   there is an innocent reason"}};
  g_autofree char *title = why_title(app->state, j);
  g_autofree char *question = g_strdup_printf("Status of %s", title);
  Menu *m = menu_new(MENU_CHOICE, question);
  for (int k = 0; k < N_STATUSES; k++) {
    g_autofree char *command = g_strdup_printf("ask status %s", status_name((FlagStatus)k));
    menu_add(m, lines[k].key, lines[k].help, (int)j->status == k ? "now" : NULL, command);
  }
  state_show_menu(app->state, m);
  menu_move(m, (gint64)j->status);
}

gboolean cmd_status(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  const Judgement *j = cases_flag(app, error);
  if (!j)
    return FALSE;
  if (argc < 2) {
    choose_status(app, j);
    return TRUE;
  }
  g_auto(GStrv) words = g_strsplit(argv[1], " ", 2);
  FlagStatus status;
  if (!status_parse(words[0], &status)) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "status is open, watch, confirmed or dismissed, then the reason");
    return FALSE;
  }
  const Flag *f = j->flag;
  g_autofree char *title = why_title(s, j);
  Review r = review_of_flag(s->flags, f, s->ds, status, words[1] ? words[1] : "");
  gboolean ok = casebook_add_review(s->casebook, &r, cases_stamp(app), error) > 0;
  g_free(r.parameters);
  g_free(r.subject);
  if (ok)
    cases_changed(app, "%s: %s", title, status_name(status));
  return ok;
}

/* --- exceptions --------------------------------------------------------------------------------
 */

/* What the prompt of an exception starts with: `kind` is user, everything, ip or rule. Free with
 * g_free; NULL when the flag has nothing of the kind. */
char *exception_proposal(App *app, const char *kind)
{
  const Judgement *j = cases_flag(app, NULL);
  const Dataset *ds = app->state->ds;
  if (!j)
    return NULL;
  const Flag *f = j->flag;
  FlagException x = {.until = CIVIL_DAY_NONE, .rule = (char *)rule_get(f->rule)->name};
  g_autofree char *user = f->n_users == 1 ? dimension_id(ds, DIM_USER, f->users[0]) : NULL;
  g_autofree char *block = NULL;
  if (strcmp(kind, "user") == 0 || strcmp(kind, "everything") == 0) {
    if (!user)
      return NULL;
    x.user = user;
    if (kind[0] == 'e')
      x.rule = NULL;
  } else if (strcmp(kind, "ip") == 0) {
    guint32 ip = f->subject == SUBJECT_IP ? f->key : f->n_ips ? f->ips[0] : IP_NONE;
    IpBlock b;
    if (!ip_table_block(ds->log->ips, ip, 24, 48, &b))
      return NULL;
    block = ip_block_text(&b);
    x.block = block;
  }
  g_autofree char *conditions = exception_print(&x);
  return g_strdup_printf("%s because ", conditions);
}

static void choose_exception(App *app)
{
  static const struct {
    const char *key, *kind, *help;
  } lines[] = {{"u", "user", "this user, for this rule"},
               {"e", "everything", "this user, for every rule"},
               {"a", "ip", "this network, for this rule"},
               {"r", "rule", "this rule, for everybody"}};
  Menu *m = menu_new(MENU_CHOICE, "No more flags like this one: except");
  for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
    g_autofree char *proposal = exception_proposal(app, lines[i].kind);
    if (!proposal)
      continue;
    g_autofree char *command = g_strdup_printf("ask exception %s", lines[i].kind);
    char *because = strstr(proposal, " because ");
    if (because)
      *because = '\0';
    menu_add(m, lines[i].key, lines[i].help, proposal, command);
  }
  menu_add(m, "l", "list the exceptions there are", NULL, "exceptions");
  state_show_menu(app->state, m);
}

gboolean cmd_exception(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  if (argc < 2) {
    if (!cases_flag(app, error))
      return FALSE;
    choose_exception(app);
    return TRUE;
  }
  FlagException x;
  if (!exception_parse(&x, argv[1], error))
    return FALSE;
  guint n = casebook_add_exception(s->casebook, &x, cases_stamp(app), error);
  exception_clear(&x);
  if (!n)
    return FALSE;
  queue_judge(&s->queue, s->ds, s->flags, s->learned, s->casebook);
  const GPtrArray *all = casebook_records(s->casebook, RECORD_EXCEPTION);
  guint covered = s->queue.exception_flags ? s->queue.exception_flags[all->len - 1] : 0;
  cases_changed(app, "exception %u covers %u more flag%s", n, covered, covered == 1 ? "" : "s");
  return TRUE;
}

gboolean cmd_exceptions(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  State *s = app->state;
  queue_judge(&s->queue, s->ds, s->flags, s->learned, s->casebook);
  const GPtrArray *all = casebook_records(s->casebook, RECORD_EXCEPTION);
  Menu *m = menu_new(MENU_CHOICE, "Exceptions; Enter takes one back");
  for (guint i = 0; i < all->len; i++) {
    const FlagException *x = g_ptr_array_index(all, i);
    char day[CIVIL_BUF];
    g_autofree char *number = g_strdup_printf("%u", x->number);
    g_autofree char *conditions = exception_print(x);
    g_autofree char *reason = text_safe(x->reason, -1), *author = text_safe(x->by.author, -1);
    g_autofree char *label = g_strdup_printf("%s%s%s, %s %.10s", conditions, *reason ? ": " : "",
                                             reason, author, civil_format(x->by.time, ' ', day));
    guint n = s->queue.exception_flags ? s->queue.exception_flags[i] : 0;
    g_autofree char *flags = g_strdup_printf("%u flag%s", n, n == 1 ? "" : "s");
    g_autofree char *command = g_strdup_printf("exception-drop %u", x->number);
    menu_add(m, number, label, flags, command);
  }
  if (all->len == 0)
    menu_add(m, NULL, "there are none; E on a flag makes one", NULL, NULL);
  state_show_menu(app->state, m);
  return TRUE;
}

gboolean cmd_exception_drop(App *app, int argc, char **argv, GError **error)
{
  guint64 n = 0;
  if (argc < 2 || !g_ascii_string_to_unsigned(argv[1], 10, 1, G_MAXUINT32, &n, NULL)) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "exception-drop takes the number of an exception; `exceptions` lists them");
    return FALSE;
  }
  if (!casebook_remove_exception(app->state->casebook, (guint)n, error))
    return FALSE;
  cases_changed(app, "exception %u is taken back; u brings it back", (guint)n);
  return TRUE;
}
