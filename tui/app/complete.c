/* Completion: what Tab makes of a command line: commands, and the arguments that each takes. */
#include "tui/app/complete.h"

#include <string.h>

#include "core/base/text.h"
#include "core/flags/rule.h"
#include "tui/app/command.h"
#include "tui/app/settings.h"
#include "tui/views/view.h"

#define CANDIDATES_MAX 200

/* The word that is being typed, and what may stand in its place. */
typedef struct {
  App *app;
  const char *before; /* the arguments before it */
  const char *word;
  GPtrArray *list;
} Wanted;

static void offer(Wanted *w, const char *text)
{
  gsize n = strlen(w->word);
  if (w->list->len >= CANDIDATES_MAX || !text || g_ascii_strncasecmp(text, w->word, n) != 0)
    return;
  for (guint i = 0; i < w->list->len; i++)
    if (strcmp(g_ptr_array_index(w->list, i), text) == 0)
      return;
  g_ptr_array_add(w->list, g_strdup(text));
}

static void offer_words(Wanted *w, const char *words)
{
  g_auto(GStrv) list = g_strsplit(words, " ", -1);
  for (guint i = 0; list[i]; i++)
    offer(w, list[i]);
}

/* --- arguments ---------------------------------------------------------------------------------
 */

static void offer_views(Wanted *w)
{
  for (int v = 0; v < N_VIEWS; v++)
    offer(w, view_get((ViewId)v)->name);
}

static void offer_columns(Wanted *w)
{
  const Pane *p = state_pane(w->app->state);
  static const char *const signs[] = {"", "+", "-"};
  for (guint s = 0; p && s < G_N_ELEMENTS(signs); s++)
    for (int c = 0; c < N_COLUMNS; c++) {
      g_autofree char *text = g_strconcat(signs[s], column_info((ColumnId)c)->name, NULL);
      if (column_applies((ColumnId)c, p->id) && (s == 0 || *w->word == *signs[s]))
        offer(w, text);
    }
}

static void offer_dimensions(Wanted *w)
{
  for (int d = 0; d < N_DIMENSIONS; d++)
    offer(w, dimension_info((Dimension)d)->name);
}

/* Names, then ids, of everything of a dimension. */
static void offer_keys(Wanted *w, Dimension dim)
{
  const Dataset *ds = w->app->state->ds;
  guint32 n = ds ? dimension_count(ds, dim) : 0;
  for (guint32 key = 0; key < n && w->list->len < CANDIDATES_MAX; key++) {
    g_autofree char *label = dimension_label(ds, dim, key);
    /* typing errors in paths are no lessons that somebody looks for */
    gboolean lesson = dim != DIM_LESSON || ds->catalog->kind_of_entry[key] == KIND_LESSON;
    if (*label != '(' && lesson)
      offer(w, label);
  }
  if (dim == DIM_LESSON)
    return;
  for (guint32 key = 0; key < n && w->list->len < CANDIDATES_MAX && *w->word; key++) {
    g_autofree char *id = dimension_id(ds, dim, key);
    offer(w, id);
  }
}

static void offer_named(Wanted *w, const char *dimension)
{
  Dimension dim;
  if (dimension_parse(dimension, &dim))
    offer_keys(w, dim);
}

/* `goto TYPE` and then its names. */
static void offer_places(Wanted *w)
{
  if (!*w->before) {
    offer_words(w, "user cohort lesson program ip");
    return;
  }
  g_autofree char *type = g_strndup(w->before, strcspn(w->before, " "));
  offer_named(w, type);
}

/* `cohort=`, then `cohort=Maple`: what a filter may be. */
static void offer_terms(Wanted *w)
{
  const char *word = w->word, *sign = *word == '-' ? "-" : "";
  const char *equals = strchr(word, '=');
  if (!equals) {
    for (int f = 0; f < N_FIELDS; f++) {
      g_autofree char *text = g_strconcat(sign, scope_field_name((ScopeField)f), "=", NULL);
      offer(w, text);
    }
    return;
  }
  g_autofree char *name = g_strndup(word + strlen(sign), (gsize)(equals - word) - strlen(sign));
  Dimension dim;
  const Dataset *ds = w->app->state->ds;
  if (!ds || !dimension_parse(name, &dim))
    return;
  guint32 n = dimension_count(ds, dim);
  for (guint32 key = 0; key < n && w->list->len < CANDIDATES_MAX; key++) {
    g_autofree char *label = dimension_label(ds, dim, key);
    if (*label == '(')
      continue;
    ScopeTerm *term = scope_term_new(scope_field_of(dim), label, *sign != 0);
    g_autofree char *text = scope_term_print(term);
    scope_term_free(term);
    offer(w, text);
  }
}

static void offer_scope(Wanted *w)
{
  if (!*w->before)
    offer_words(w, "add set choose path off negate drop move");
  else if (strchr("asc p", *w->before) && *w->before != ' ')
    offer_terms(w);
}

static void offer_settings(Wanted *w)
{
  const char *equals = strchr(w->word, '=');
  for (guint i = 0; setting_at(i); i++) {
    const Setting *x = setting_at(i);
    g_autofree char *name = g_strconcat(x->name, "=", NULL);
    if (!equals)
      offer(w, name);
    for (guint v = 0; equals && x->words && x->words[v]; v++) {
      g_autofree char *text = g_strconcat(name, x->words[v], NULL);
      offer(w, text);
    }
  }
}

static gint by_text(gconstpointer a, gconstpointer b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names in the folder that the word names so far; folders end in `/`. */
static void offer_files(Wanted *w)
{
  const char *slash = strrchr(w->word, '/');
  g_autofree char *head = slash ? g_strndup(w->word, (gsize)(slash - w->word) + 1) : g_strdup("");
  const char *rest = g_str_has_prefix(head, "~/") ? head + 2 : head;
  g_autofree char *folder = rest != head ? g_build_filename(g_get_home_dir(), rest, NULL)
                            : *head      ? g_strdup(head)
                                    : g_strdup(w->app->export_folder ? w->app->export_folder : ".");
  GDir *dir = g_dir_open(folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    gboolean inner = g_file_test(path, G_FILE_TEST_IS_DIR);
    g_autofree char *text = g_strconcat(head, name, inner ? "/" : "", NULL);
    if (*name != '.' && g_utf8_validate(text, -1, NULL))
      offer(w, text);
  }
  if (dir)
    g_dir_close(dir);
  g_ptr_array_sort(w->list, by_text);
}

static void offer_verbs_and_files(Wanted *w, const char *verbs)
{
  if (!*w->before)
    offer_words(w, verbs);
  else
    offer_files(w);
}

static void offer_filters(Wanted *w)
{
  if (!*w->before)
    offer_words(w, "save load delete");
  for (guint i = 0; *w->before && i < w->app->state->stacks->list->len; i++)
    offer(w, ((const Stack *)g_ptr_array_index(w->app->state->stacks->list, i))->name);
}

static void offer_rules(Wanted *w)
{
  for (int r = 0; r < N_RULES && !*w->before; r++)
    offer(w, rule_get((RuleId)r)->name);
}

static void offer_log(Wanted *w)
{
  offer_verbs_and_files(w, "save");
}
static void offer_session(Wanted *w)
{
  offer_verbs_and_files(w, "info save load");
}
static void offer_export(Wanted *w)
{
  if (!*w->before)
    offer_words(w, "pane scope marks");
  offer_files(w);
}
static void offer_case(Wanted *w)
{
  if (!*w->before)
    offer_words(w, "new add close reopen rename export none");
  else if (g_str_has_prefix(w->before, "export"))
    offer_files(w);
}

/* What each command takes: a function, or words. */
static const struct {
  const char *command;
  void (*offer)(Wanted *w);
  const char *words;
} arguments[] = {
    {"view", offer_views, NULL},
    {"pane", offer_views, NULL},
    {"sort", offer_columns, NULL},
    {"sort-add", offer_columns, NULL},
    {"column", offer_columns, NULL},
    {"columns", offer_columns, NULL},
    {"wider", offer_columns, NULL},
    {"narrower", offer_columns, NULL},
    {"column-move", offer_columns, "left right"},
    {"facet", offer_dimensions, NULL},
    {"goto", offer_places, NULL},
    {"user", NULL, NULL},
    {"cohort", NULL, NULL},
    {"lesson", NULL, NULL},
    {"program", NULL, NULL},
    {"ip", NULL, NULL},
    {"scope", offer_scope, NULL},
    {"set", offer_settings, NULL},
    {"filters", offer_filters, NULL},
    {"log", offer_log, NULL},
    {"session", offer_session, NULL},
    {"export", offer_export, NULL},
    {"slide", offer_files, NULL},
    {"case", offer_case, NULL},
    {"rule", offer_rules, NULL},
    {"theme", NULL, "dark light contrast mono"},
    {"keys", NULL, "check"},
    {"sibling", NULL, "next previous"},
    {"zoom", NULL, "in out"},
    {"pan", NULL, "earlier later"},
    {"shift", NULL, "left right"},
    {"mark", NULL, "down clear"},
    {"visit", NULL, "marks watchlist"},
    {"status", NULL, "open watch confirmed dismissed"},
    {"queue", NULL, "reset status= rule= audience= score="},
};

static void offer_arguments(Wanted *w, const char *command)
{
  for (guint i = 0; i < G_N_ELEMENTS(arguments); i++) {
    if (strcmp(arguments[i].command, command) != 0)
      continue;
    if (arguments[i].offer)
      arguments[i].offer(w);
    if (arguments[i].words)
      offer_words(w, arguments[i].words);
    if (!arguments[i].offer && !arguments[i].words)
      offer_named(w, command);
  }
}

/* --- lines -------------------------------------------------------------------------------------
 */

/* What the last word of `line` may become (of char*, as they are best shown) and where that word
 * begins. */
static GPtrArray *candidates(App *app, const char *line, gsize *ret_start)
{
  Wanted w = {.app = app, .list = g_ptr_array_new_with_free_func(g_free)};
  gsize name_len = strcspn(line, " ");
  if (!line[name_len]) {
    *ret_start = 0;
    w.before = "";
    w.word = line;
    for (const Command *c = command_table(); c->name; c++)
      if (strcmp(c->name, "ask") != 0)
        offer(&w, c->name);
    return w.list;
  }
  g_autofree char *name = g_strndup(line, name_len);
  g_strdelimit(name, "!", '\0');
  /* names of people and lessons may hold blanks: for them everything behind the command is one */
  static const char *const whole_names[] = {"user", "cohort", "lesson", "program", NULL};
  gboolean whole = g_strv_contains(whole_names, name);
  const char *args = line + name_len + strspn(line + name_len, " ");
  const char *space = strrchr(args, ' ');
  if ((strcmp(name, "filters") == 0 || strcmp(name, "goto") == 0) && space)
    space = strchr(args, ' ');
  const char *word = whole || !space ? args : space + 1;
  g_autofree char *before = g_strndup(args, (gsize)(word - args));
  w.word = word;
  w.before = g_strstrip(before);
  *ret_start = (gsize)(word - line);
  offer_arguments(&w, name);
  return w.list;
}

void completion_clear(Completion *c)
{
  g_clear_pointer(&c->line, g_free);
  g_clear_pointer(&c->list, g_ptr_array_unref);
}

/* How many bytes all candidates begin with, upper or lower case; whole characters. */
static gsize common_length(const GPtrArray *list)
{
  const char *first = g_ptr_array_index(list, 0);
  gsize n = strlen(first);
  for (guint i = 1; i < list->len; i++) {
    const char *other = g_ptr_array_index(list, i);
    gsize k = 0;
    while (k < n && g_ascii_tolower(other[k]) == g_ascii_tolower(first[k]) && other[k])
      k++;
    n = k;
  }
  while (n > 0 && (first[n] & 0xc0) == 0x80)
    n--;
  return n;
}

static void tell(App *app, const GPtrArray *list)
{
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < list->len && text->len < 300; i++) {
    g_autofree char *safe = text_safe(g_ptr_array_index(list, i), -1);
    g_string_append_printf(text, "%s%s", i ? "  " : "", safe);
  }
  state_message(app->state, "%s", text->str);
  g_string_free(text, TRUE);
}

static char *with_word(const char *line, gsize start, const char *word, gsize n, const char *end)
{
  g_autofree char *head = g_strndup(line, start), *body = g_strndup(word, n);
  return g_strconcat(head, body, end, NULL);
}

char *complete_line(App *app, const char *line)
{
  Completion *c = &app->completion;
  if (c->line && c->list && strcmp(c->line, line) == 0 && c->list->len > 1) {
    c->at = (c->at + 1) % (int)c->list->len;
    const char *word = g_ptr_array_index(c->list, (guint)c->at);
    char *next = with_word(line, c->start, word, strlen(word), "");
    g_free(c->line);
    c->line = g_strdup(next);
    tell(app, c->list);
    return next;
  }
  completion_clear(c);
  c->list = candidates(app, line, &c->start);
  c->at = -1;
  if (c->list->len == 0) {
    state_message(app->state, "nothing begins like that");
    return NULL;
  }
  gsize n = common_length(c->list), typed = strlen(line) - c->start;
  const char *first = g_ptr_array_index(c->list, 0);
  gboolean one = c->list->len == 1;
  const char *end = one && *first && !strchr("=/", first[strlen(first) - 1]) ? " " : "";
  char *next = n >= typed ? with_word(line, c->start, first, n, end) : g_strdup(line);
  c->line = g_strdup(next);
  if (!one)
    tell(app, c->list);
  return next;
}
