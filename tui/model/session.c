/* Session: the state as text. */
#include "tui/model/session.h"

#include <string.h>

#include "core/base/error.h"
#include "tui/model/column.h"
#include "tui/model/timestep.h"

#define GROUP_STATE    "state"
#define SESSION_FORMAT 1
#define CHIPS_MAX      200

/* Names in a log may be no UTF-8, which a key file cannot hold: such a value is kept as base64
 * under a key of its own. */
static void set_text(GKeyFile *k, const char *group, const char *key, const char *value)
{
  if (!value)
    return;
  if (g_utf8_validate(value, -1, NULL)) {
    g_key_file_set_string(k, group, key, value);
    return;
  }
  g_autofree char *name = g_strconcat(key, "-bytes", NULL);
  g_autofree char *coded = g_base64_encode((const guchar *)value, strlen(value));
  g_key_file_set_string(k, group, name, coded);
}

static char *get_text(GKeyFile *k, const char *group, const char *key)
{
  char *value = g_key_file_get_string(k, group, key, NULL);
  if (value)
    return value;
  g_autofree char *name = g_strconcat(key, "-bytes", NULL);
  g_autofree char *coded = g_key_file_get_string(k, group, name, NULL);
  gsize len = 0;
  g_autofree guchar *bytes = coded && *coded ? g_base64_decode(coded, &len) : NULL;
  return bytes ? g_strndup((const char *)bytes, len) : NULL;
}

static void print_chips(GKeyFile *k, const State *s)
{
  for (guint i = 0; i < chips_count(s->chips); i++) {
    const Chip *chip = chips_get(s->chips, i);
    g_autofree char *group = g_strdup_printf("filter %u", i + 1);
    g_autofree char *term = scope_term_print(chip->term);
    set_text(k, group, "term", term);
    g_key_file_set_boolean(k, group, "off", chip->term->off);
    if (chip->pane != PANE_TYPED)
      g_key_file_set_string(k, group, "pane", pane_name((PaneId)chip->pane));
  }
}

static void print_pane(GKeyFile *k, const Pane *p)
{
  const char *group = pane_name(p->id);
  GString *sort = g_string_new(NULL);
  for (guint i = 0; p->sorted && i < p->n_sort; i++)
    g_string_append_printf(sort, "%s%s%s", i ? " " : "", p->sort[i].ascending ? "+" : "-",
                           column_info(p->sort[i].column)->name);
  g_key_file_set_string(k, group, "sort", sort->str);
  g_string_free(sort, TRUE);
  set_text(k, group, "cursor", p->cursor_id);
  g_key_file_set_integer(k, group, "top", (int)p->top);
  g_key_file_set_string(k, group, "column", column_info(p->column)->name);
  g_key_file_set_boolean(k, group, "all-kinds", p->all_kinds);
  GString *columns = g_string_new(NULL);
  for (int c = 0; c < N_COLUMNS; c++)
    if ((p->shown | p->hidden) & (1u << c))
      g_string_append_printf(columns, "%s%s%s", columns->len ? " " : "",
                             p->shown & (1u << c) ? "+" : "-", column_info((ColumnId)c)->name);
  g_key_file_set_string(k, group, "columns", columns->str);
  g_string_free(columns, TRUE);
  GString *widths = g_string_new(NULL), *order = g_string_new(NULL);
  for (int c = 0; c < N_COLUMNS; c++)
    if (p->extra[c])
      g_string_append_printf(widths, "%s%s:%d", widths->len ? " " : "",
                             column_info((ColumnId)c)->name, p->extra[c]);
  for (guint i = 0; i < p->n_order; i++)
    g_string_append_printf(order, "%s%s", i ? " " : "", column_info((ColumnId)p->order[i])->name);
  g_key_file_set_string(k, group, "widths", widths->str);
  g_key_file_set_string(k, group, "order", order->str);
  g_string_free(widths, TRUE);
  g_string_free(order, TRUE);
  g_autofree char *styles = pane_styles_print(p), *bases = pane_bases_print(p);
  g_key_file_set_string(k, group, "styles", styles);
  g_key_file_set_string(k, group, "bases", bases);
  g_key_file_set_boolean(k, group, "log-scale", p->log_scale);
  if (p->pins->len)
    g_key_file_set_string_list(k, group, "pins", (const char *const *)p->pins->pdata, p->pins->len);
}

/* What is compared, "" for a side without an id. */
static void print_versus(GKeyFile *k, const Versus *v)
{
  if (!v->id[0] || !v->id[1])
    return;
  g_key_file_set_string(k, "compare", "what", dimension_info(v->dim)->name);
  g_key_file_set_string(k, "compare", "first", v->id[0]);
  g_key_file_set_string(k, "compare", "second", v->id[1]);
}

static void restore_versus(Versus *v, GKeyFile *k)
{
  g_autofree char *what = g_key_file_get_string(k, "compare", "what", NULL);
  g_autofree char *a = g_key_file_get_string(k, "compare", "first", NULL);
  g_autofree char *b = g_key_file_get_string(k, "compare", "second", NULL);
  Dimension dim;
  if (what && a && b && dimension_parse(what, &dim) && compare_possible(dim))
    versus_set(v, dim, a, b);
}

/* Views whose step in time is not the usual one. */
static void print_steps(GKeyFile *k, const State *s)
{
  for (int v = 0; v < N_VIEWS; v++) {
    g_autofree char *key = g_strdup_printf("step-%d", v);
    if (s->bucket[v] != timestep_default((ViewId)v))
      g_key_file_set_string(k, GROUP_STATE, key, bucket_name(s->bucket[v]));
  }
}

static void restore_steps(State *s, GKeyFile *k)
{
  for (int v = 0; v < N_VIEWS; v++) {
    g_autofree char *key = g_strdup_printf("step-%d", v);
    g_autofree char *name = g_key_file_get_string(k, GROUP_STATE, key, NULL);
    Bucket b;
    if (name && bucket_parse(name, &b) && b != BUCKET_HOUR)
      s->bucket[v] = b;
  }
}

char *session_print(const State *s)
{
  GKeyFile *k = g_key_file_new();
  g_key_file_set_integer(k, GROUP_STATE, "format", SESSION_FORMAT);
  g_key_file_set_integer(k, GROUP_STATE, "view", s->view);
  g_key_file_set_boolean(k, GROUP_STATE, "maximised", s->maximised);
  g_key_file_set_boolean(k, GROUP_STATE, "detail-closed", s->detail_closed);
  g_key_file_set_boolean(k, GROUP_STATE, "raw-paths", s->raw_paths);
  set_text(k, GROUP_STATE, "search", s->search);
  set_text(k, GROUP_STATE, "timeline", s->timeline.subject);
  g_key_file_set_boolean(k, GROUP_STATE, "timeline-of-address", s->timeline.by_ip);
  g_key_file_set_integer(k, GROUP_STATE, "timeline-cursor", (int)s->timeline.cursor);
  g_autofree char *queue = queue_filter_print(&s->queue.filter);
  set_text(k, GROUP_STATE, "flags", queue);
  print_chips(k, s);
  print_steps(k, s);
  print_versus(k, &s->versus);
  for (int i = 0; i < N_PANES; i++)
    print_pane(k, &s->panes[i]);
  char *text = g_key_file_to_data(k, NULL, NULL);
  g_key_file_free(k);
  return text;
}

/* --- back ----------------------------------------------------------------------------------------
 */

static gboolean resolves(const State *s, const ScopeTerm *term)
{
  Scope *scope = scope_new();
  g_ptr_array_add(scope->terms, scope_term_copy(term));
  gboolean ok = scope_check(scope, s->ds, NULL);
  scope_free(scope);
  return ok;
}

static void restore_chips(State *s, GKeyFile *k)
{
  chips_clear(s->chips);
  for (guint i = 0; i < CHIPS_MAX; i++) {
    g_autofree char *group = g_strdup_printf("filter %u", i + 1);
    if (!g_key_file_has_group(k, group))
      return;
    g_autofree char *text = get_text(k, group, "term");
    ScopeTerm *term = text ? scope_term_parse(text, NULL) : NULL;
    if (!term)
      continue;
    if (!resolves(s, term)) {
      scope_term_free(term);
      continue;
    }
    term->off = g_key_file_get_boolean(k, group, "off", NULL);
    g_autofree char *pane = g_key_file_get_string(k, group, "pane", NULL);
    PaneId id;
    if (pane && pane_parse(pane, &id))
      chips_drill(s->chips, id, term);
    else
      chips_add(s->chips, term, FALSE);
  }
}

static void restore_sort(Pane *p, const char *text)
{
  g_auto(GStrv) words = g_strsplit(text ? text : "", " ", -1);
  guint n = 0;
  for (guint i = 0; words[i] && n < G_N_ELEMENTS(p->sort); i++) {
    ColumnId column;
    if (*words[i] && column_parse(words[i] + 1, &column) && column_applies(column, p->id))
      p->sort[n++] = (PaneSort){column, words[i][0] == '+'};
  }
  if (n) {
    p->n_sort = n;
    p->sorted = TRUE;
  }
}

static void restore_columns(Pane *p, const char *text)
{
  g_auto(GStrv) words = g_strsplit(text ? text : "", " ", -1);
  p->shown = p->hidden = 0;
  for (guint i = 0; words[i]; i++) {
    ColumnId column;
    if (!*words[i] || !column_parse(words[i] + 1, &column) || !column_applies(column, p->id))
      continue;
    if (words[i][0] == '+')
      p->shown |= 1u << column;
    else
      p->hidden |= 1u << column;
  }
}

static void restore_widths(Pane *p, const char *text)
{
  g_auto(GStrv) words = g_strsplit(text ? text : "", " ", -1);
  memset(p->extra, 0, sizeof p->extra);
  for (guint i = 0; words[i]; i++) {
    char *colon = strchr(words[i], ':');
    ColumnId column;
    if (!colon)
      continue;
    *colon = '\0';
    if (column_parse(words[i], &column))
      p->extra[column] =
          (gint8)CLAMP(g_ascii_strtoll(colon + 1, NULL, 10), -COLUMN_MOST_WIDTH, COLUMN_MOST_WIDTH);
  }
}

/* All columns, each once; else the order is as they come. */
static void restore_order(Pane *p, const char *text)
{
  g_auto(GStrv) words = g_strsplit(text ? text : "", " ", -1);
  guint32 seen = 0;
  p->n_order = 0;
  for (guint i = 0; i < N_COLUMNS && words[i]; i++) {
    ColumnId column;
    if (column_parse(words[i], &column) && !(seen & (1u << column))) {
      seen |= 1u << column;
      p->order[p->n_order++] = (guint8)column;
    }
  }
  if (p->n_order != N_COLUMNS)
    p->n_order = 0;
}

static void restore_pane(Pane *p, GKeyFile *k)
{
  const char *group = pane_name(p->id);
  g_autofree char *sort = g_key_file_get_string(k, group, "sort", NULL);
  g_autofree char *columns = g_key_file_get_string(k, group, "columns", NULL);
  g_autofree char *column = g_key_file_get_string(k, group, "column", NULL);
  restore_sort(p, sort);
  restore_columns(p, columns);
  ColumnId id;
  if (column && column_parse(column, &id) && column_applies(id, p->id))
    p->column = id;
  g_free(p->cursor_id);
  p->cursor_id = get_text(k, group, "cursor");
  p->all_kinds = g_key_file_get_boolean(k, group, "all-kinds", NULL);
  p->top = (guint)MAX(g_key_file_get_integer(k, group, "top", NULL), 0);
  g_autofree char *widths = g_key_file_get_string(k, group, "widths", NULL);
  g_autofree char *order = g_key_file_get_string(k, group, "order", NULL);
  restore_widths(p, widths);
  restore_order(p, order);
  g_autofree char *styles = g_key_file_get_string(k, group, "styles", NULL);
  g_autofree char *bases = g_key_file_get_string(k, group, "bases", NULL);
  pane_styles_restore(p, styles, bases);
  p->log_scale = g_key_file_get_boolean(k, group, "log-scale", NULL);
  g_auto(GStrv) pins = g_key_file_get_string_list(k, group, "pins", NULL, NULL);
  g_ptr_array_set_size(p->pins, 0);
  for (guint i = 0; pins && pins[i] && i < PANE_PINS_MAX; i++)
    g_ptr_array_add(p->pins, g_strdup(pins[i]));
  g_clear_pointer(&p->sort_stamp, g_free);
}

int session_restore(State *s, const char *text, gsize len, GError **error)
{
  GKeyFile *k = g_key_file_new();
  if (!g_key_file_load_from_data(k, text, len, G_KEY_FILE_NONE, NULL) ||
      !g_key_file_has_group(k, GROUP_STATE)) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_INPUT, "the saved session cannot be read");
    g_key_file_free(k);
    return -1;
  }
  if (g_key_file_get_integer(k, GROUP_STATE, "format", NULL) > SESSION_FORMAT) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_INPUT,
                        "the session was saved by a newer version of this program");
    g_key_file_free(k);
    return -1;
  }
  restore_chips(s, k);
  restore_steps(s, k);
  restore_versus(&s->versus, k);
  for (int i = 0; i < N_PANES; i++)
    restore_pane(&s->panes[i], k);
  int view = g_key_file_get_integer(k, GROUP_STATE, "view", NULL);
  s->view = view >= 0 && view < N_VIEWS ? (ViewId)view : VIEW_PROGRAMS;
  s->maximised = g_key_file_get_boolean(k, GROUP_STATE, "maximised", NULL);
  s->detail_closed = g_key_file_get_boolean(k, GROUP_STATE, "detail-closed", NULL);
  g_free(s->search);
  s->search = get_text(k, GROUP_STATE, "search");
  g_autofree char *queue = g_key_file_get_string(k, GROUP_STATE, "flags", NULL);
  if (queue) {
    queue_filter_clear(&s->queue.filter);
    queue_filter_change(&s->queue.filter, queue, NULL);
  }
  g_autofree char *subject = get_text(k, GROUP_STATE, "timeline");
  if (subject) {
    timeline_set_subject(
        &s->timeline, g_key_file_get_boolean(k, GROUP_STATE, "timeline-of-address", NULL), subject);
    s->timeline.cursor =
        (guint)MAX(g_key_file_get_integer(k, GROUP_STATE, "timeline-cursor", NULL), 0);
  }
  g_key_file_free(k);
  return (int)chips_count(s->chips);
}
