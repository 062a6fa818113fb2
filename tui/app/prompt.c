/* Prompt: one line being typed, that completes a command. */
#include "tui/app/prompt.h"

#include <string.h>

#include "core/base/error.h"
#include "tui/app/cases.h"
#include "tui/app/command.h"
#include "tui/app/complete.h"

#define RECALL_MAX 100
#define TEXT_MAX   2000

typedef struct {
  const char *command, *label;
  gboolean live;
  gboolean keeps_words; /* further words of `ask` belong to the command */
  /* What the prompt starts with, from these words; NULL: nothing. Free with g_free. */
  char *(*proposal)(App *app, const char *words);
  /* A label of its own, in place of `label`; NULL with an error: nothing to ask for here. */
  char *(*label_of)(App *app, const char *words, GError **error);
} PromptInfo;

static const PromptInfo prompts[] = {
    {"search", "/", TRUE, FALSE, NULL, NULL},
    {"filter", "& only names with: ", TRUE, FALSE, NULL, NULL},
    {"time", "time (2019-08..2020-02, 2020-W06, last30d): ", FALSE, FALSE, NULL, NULL},
    {"scope add", "filter (phase=class, -kind=asset, lesson~^sql): ", FALSE, FALSE, NULL, NULL},
    {"filters save", "save these filters as: ", FALSE, FALSE, NULL, NULL},
    {"log save", "write the commands to: ", FALSE, FALSE, NULL, NULL},
    {"session save", "write the session to: ", FALSE, FALSE, NULL, NULL},
    {"session load", "go on from the session in: ", FALSE, FALSE, NULL, NULL},
    {"export", "write to: ", FALSE, TRUE, export_proposal, NULL},
    {"slide", "write a slide to (.pptx): ", FALSE, FALSE, slide_proposal, NULL},
    {"set", "value: ", FALSE, FALSE, setting_proposal, NULL},
    {"queue", "flags (status=any rule=burst score=50 words): ", FALSE, FALSE, NULL, NULL},
    {"status", "reason: ", FALSE, TRUE, NULL, NULL},
    {"exception", "except: ", FALSE, FALSE, exception_proposal, NULL},
    {"rule", "thresholds: ", FALSE, TRUE, rule_proposal, NULL},
    {"note", "note: ", FALSE, FALSE, NULL, note_label},
    {"note-edit", "note (empty deletes): ", FALSE, TRUE, note_proposal, NULL},
    {"case new", "title of the new case: ", FALSE, FALSE, NULL, NULL},
    {"case start", "title of a new case for this: ", FALSE, FALSE, NULL, NULL},
    {"case rename", "title: ", FALSE, FALSE, case_title_proposal, NULL},
    {"case export", "write to (.md .html): ", FALSE, FALSE, NULL, NULL},
};

static const PromptInfo *find_prompt(const char *command, const char **ret_words)
{
  for (guint i = 0; i < G_N_ELEMENTS(prompts); i++) {
    gsize n = strlen(prompts[i].command);
    if (strncmp(prompts[i].command, command, n) != 0 || (command[n] && command[n] != ' '))
      continue;
    *ret_words = command[n] ? command + n + 1 : "";
    return &prompts[i];
  }
  return NULL;
}

gboolean prompt_open(App *app, const char *command, GError **error)
{
  Prompt *p = &app->state->prompt;
  const char *words = NULL;
  const PromptInfo *info = find_prompt(command, &words);
  if (!info) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "nothing to ask for \"%s\"", command);
    return FALSE;
  }
  char *label = info->label_of ? info->label_of(app, words, error) : g_strdup(info->label);
  if (!label)
    return FALSE;
  g_autofree char *proposal = info->proposal ? info->proposal(app, words) : NULL;
  p->active = TRUE;
  g_free(p->label);
  p->label = label;
  g_free(p->command);
  p->command = g_strdup(info->keeps_words ? command : info->command);
  p->live = info->live;
  p->recall = -1;
  g_string_assign(p->text, proposal ? proposal : "");
  p->caret = (guint)p->text->len;
  Pane *pane = state_pane(app->state);
  g_clear_pointer(&p->before, g_free);
  if (pane) {
    p->before =
        g_strdup(p->live && strcmp(command, "filter") == 0 ? pane->filter : app->state->search);
    p->before_cursor = pane->cursor;
  }
  return TRUE;
}

static void run_line(App *app, const char *text)
{
  g_autofree char *line = g_strconcat(app->state->prompt.command, " ", text, NULL);
  app_run(app, line);
}

static GPtrArray *recalled(App *app)
{
  Prompt *p = &app->state->prompt;
  GPtrArray *list = g_hash_table_lookup(app->recall, p->command);
  if (!list) {
    list = g_ptr_array_new_with_free_func(g_free);
    g_hash_table_insert(app->recall, g_strdup(p->command), list);
  }
  return list;
}

/* A live prompt shows what Enter would do. */
static void preview(App *app)
{
  State *s = app->state;
  Prompt *p = &s->prompt;
  Pane *pane = state_pane(s);
  if (!p->live || !pane || !s->ds)
    return;
  state_clear_message(s);
  if (strcmp(p->command, "search") == 0) {
    if (!pane->ranking)
      return;
    g_free(s->search);
    s->search = g_strdup(p->text->str);
    gint64 at = p->text->len ? pane_search(pane, s->ds, p->text->str, p->before_cursor, FALSE, TRUE)
                             : (gint64)p->before_cursor;
    if (at >= 0)
      pane_move_to(pane, s->ds, at);
    else
      state_message(s, "no match");
  } else {
    g_free(pane->filter);
    pane->filter = p->text->len ? g_strdup(p->text->str) : NULL;
  }
}

void prompt_close(App *app, gboolean accept)
{
  State *s = app->state;
  Prompt *p = &s->prompt;
  Pane *pane = state_pane(s);
  p->active = FALSE;
  state_clear_message(s);
  if (accept) {
    GPtrArray *list = recalled(app);
    if (p->text->len &&
        (list->len == 0 || strcmp(g_ptr_array_index(list, list->len - 1), p->text->str) != 0))
      g_ptr_array_add(list, g_strdup(p->text->str));
    if (list->len > RECALL_MAX)
      g_ptr_array_remove_index(list, 0);
    g_autofree char *text = g_strdup(p->text->str);
    run_line(app, text);
    return;
  }
  if (!p->live || !pane || !s->ds)
    return;
  if (strcmp(p->command, "search") == 0) {
    g_free(s->search);
    s->search = g_strdup(p->before);
    pane_move_to(pane, s->ds, p->before_cursor);
  } else {
    g_free(pane->filter);
    pane->filter = g_strdup(p->before);
  }
}

static void recall(App *app, int step)
{
  Prompt *p = &app->state->prompt;
  GPtrArray *list = recalled(app);
  int at = CLAMP(p->recall + step, -1, (int)list->len - 1);
  p->recall = at;
  g_string_assign(p->text, at < 0 ? "" : g_ptr_array_index(list, list->len - 1 - (guint)at));
  p->caret = (guint)p->text->len;
}

static void erase(Prompt *p, gboolean word)
{
  guint from = p->caret;
  do {
    const char *before = g_utf8_find_prev_char(p->text->str, p->text->str + from);
    from = before ? (guint)(before - p->text->str) : 0;
  } while (word && from > 0 && p->text->str[from - 1] != ' ');
  g_string_erase(p->text, from, (gssize)(p->caret - from));
  p->caret = from;
}

/* Tab: the line that Enter would run, completed. */
static void complete_prompt(App *app)
{
  Prompt *p = &app->state->prompt;
  if (p->caret != p->text->len)
    return;
  g_autofree char *line = g_strconcat(p->command, " ", p->text->str, NULL);
  g_autofree char *next = complete_line(app, line);
  gsize head = strlen(p->command) + 1;
  if (!next || strlen(next) < head)
    return;
  g_string_assign(p->text, next + head);
  p->caret = (guint)p->text->len;
}

void prompt_key(App *app, Key key)
{
  Prompt *p = &app->state->prompt;
  state_clear_message(app->state);
  if (key_is_text(key)) {
    char buf[8];
    int n = g_unichar_to_utf8((gunichar)key, buf);
    if (p->text->len + (gsize)n <= TEXT_MAX) {
      g_string_insert_len(p->text, (gssize)p->caret, buf, n);
      p->caret += (guint)n;
    }
  } else if (key == K_ENTER) {
    prompt_close(app, TRUE);
    return;
  } else if (key == K_ESC || key == key_ctrl('c') || (key == K_BACKSPACE && p->text->len == 0)) {
    prompt_close(app, FALSE);
    return;
  } else if (key == K_BACKSPACE || key == key_ctrl('w')) {
    if (p->caret > 0)
      erase(p, key != K_BACKSPACE);
  } else if (key == K_DELETE || key == key_ctrl('d')) {
    if (p->caret < p->text->len) {
      const char *at = p->text->str + p->caret;
      g_string_erase(p->text, p->caret, g_utf8_next_char(at) - at);
    }
  } else if (key == K_LEFT || key == key_ctrl('b')) {
    const char *before = g_utf8_find_prev_char(p->text->str, p->text->str + p->caret);
    p->caret = before ? (guint)(before - p->text->str) : 0;
  } else if (key == K_RIGHT || key == key_ctrl('f')) {
    if (p->caret < p->text->len)
      p->caret = (guint)(g_utf8_next_char(p->text->str + p->caret) - p->text->str);
  } else if (key == K_HOME || key == key_ctrl('a')) {
    p->caret = 0;
  } else if (key == K_END || key == key_ctrl('e')) {
    p->caret = (guint)p->text->len;
  } else if (key == key_ctrl('u')) {
    g_string_erase(p->text, 0, (gssize)p->caret);
    p->caret = 0;
  } else if (key == K_TAB && !p->live) {
    complete_prompt(app);
    return;
  } else if (key == K_UP || key == K_DOWN) {
    recall(app, key == K_UP ? 1 : -1);
  } else {
    return;
  }
  preview(app);
}
