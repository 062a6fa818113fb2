/* Log book: every command that changed the state, with its time. */
#include "tui/app/logbook.h"

#include <string.h>

#include "core/base/text.h"
#include "tui/model/pane.h"

#define LINES_MAX 10000
#define COUNT_MAX 1000 /* moves that one line counts */

/* A move outside of the lists: its line, how often. */
typedef struct {
  char *line;
  guint n;
} Pending;

static void clear_pending(gpointer data)
{
  g_free(((Pending *)data)->line);
}

static void line_free(gpointer data)
{
  LogLine *l = data;
  g_ptr_array_unref(l->moves);
  g_free(l->line);
  g_free(l->about);
  g_free(l);
}

Logbook *logbook_new(void)
{
  Logbook *b = g_new0(Logbook, 1);
  b->lines = g_ptr_array_new_with_free_func(line_free);
  b->pending = g_array_new(FALSE, FALSE, sizeof(Pending));
  g_array_set_clear_func(b->pending, clear_pending);
  return b;
}

void logbook_free(Logbook *b)
{
  if (!b)
    return;
  g_ptr_array_unref(b->lines);
  g_array_unref(b->pending);
  g_free(b);
}

/* --- moves -------------------------------------------------------------------------------------
 */

void logbook_move(Logbook *b, const State *s, const char *line)
{
  if (view_is_pane(s->view)) {
    gboolean column = g_str_has_prefix(line, "left") || g_str_has_prefix(line, "right") ||
                      g_str_has_prefix(line, "column ");
    b->row_moved = b->row_moved || !column;
    b->column_moved = b->column_moved || column;
    return;
  }
  Pending *last = b->pending->len ? &g_array_index(b->pending, Pending, b->pending->len - 1) : NULL;
  if (last && last->n < COUNT_MAX && strcmp(last->line, line) == 0 && !strchr(line, ' ')) {
    last->n++;
    return;
  }
  Pending new = {.line = g_strdup(line), .n = 1};
  g_array_append_val(b->pending, new);
}

/* `at ID LINE`, and the column when it was moved. */
static void add_place(GPtrArray *lines, const Logbook *b, State *s, char **ret_about)
{
  const Pane *p = state_pane(s);
  guint32 key = 0;
  if (b->row_moved && s->ds && pane_cursor_key(p, &key)) {
    g_autofree char *id = dimension_id(s->ds, p->dim, key);
    g_autofree char *quoted = g_shell_quote(id ? id : "none");
    gboolean plain = id && *id &&
                     strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-_./:") == strlen(id);
    gboolean scrolls = p->n_visible > (guint)MAX(s->page, 0) && p->cursor >= p->top;
    const char *name = plain ? id : quoted;
    g_ptr_array_add(lines, scrolls ? g_strdup_printf("at %s %u", name, p->cursor - p->top + 1)
                                   : g_strdup_printf("at %s", name));
    g_autofree char *label = dimension_label(s->ds, p->dim, key);
    *ret_about = text_safe(label, -1);
  }
  if (b->column_moved)
    g_ptr_array_add(lines, g_strdup_printf("column %s", column_info(p->column)->name));
}

GPtrArray *logbook_take_moves(Logbook *b, State *s, char **ret_about)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  *ret_about = NULL;
  for (guint i = 0; i < b->pending->len; i++) {
    const Pending *p = &g_array_index(b->pending, Pending, i);
    g_ptr_array_add(lines, p->n > 1 ? g_strdup_printf("%s %u", p->line, p->n) : g_strdup(p->line));
  }
  g_array_set_size(b->pending, 0);
  if (view_is_pane(s->view))
    add_place(lines, b, s, ret_about);
  b->row_moved = b->column_moved = FALSE;
  return lines;
}

/* --- lines -------------------------------------------------------------------------------------
 */

void logbook_add(Logbook *b, const State *s, CivilTime time, const char *line, GPtrArray *moves,
                 char *about)
{
  LogLine *l = g_new0(LogLine, 1);
  *l = (LogLine){.time = time,
                 .moves = moves,
                 .line = g_strdup(line),
                 .about = about,
                 .width = s->width,
                 .height = s->height};
  if (b->lines->len >= LINES_MAX) {
    g_ptr_array_remove_index(b->lines, 0);
    b->dropped++;
  }
  g_ptr_array_add(b->lines, l);
}

char *logbook_text(const LogLine *l)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < l->moves->len; i++)
    g_string_append_printf(out, "%s%s", i ? " ; " : "", (char *)g_ptr_array_index(l->moves, i));
  if (l->line)
    g_string_append_printf(out, "%s%s", out->len ? " ; " : "", l->line);
  return g_string_free(out, FALSE);
}

static void print_line(GString *out, const LogLine *l, CivilTime *time, int *width, int *height)
{
  if (l->time != *time) {
    char text[CIVIL_BUF];
    g_string_append_printf(out, "# %s\n", civil_format(l->time, ' ', text));
    *time = l->time;
  }
  if ((l->width != *width || l->height != *height) && l->width > 0 && l->height > 0) {
    g_string_append_printf(out, "resize %dx%d\n", l->width, l->height);
    *width = l->width;
    *height = l->height;
  }
  for (guint i = 0; i < l->moves->len; i++)
    g_string_append_printf(out, "%s\n", (char *)g_ptr_array_index(l->moves, i));
  if (l->line)
    g_string_append_printf(out, "%s\n", l->line);
}

char *logbook_script(Logbook *b, State *s, CivilTime now, const char *title)
{
  char *about = NULL;
  GPtrArray *moves = logbook_take_moves(b, s, &about);
  logbook_add(b, s, now, NULL, moves, about);
  GString *out = g_string_new(NULL);
  g_string_append_printf(out, "# %s\n", title);
  if (b->dropped)
    g_string_append_printf(out, "# the first %" G_GUINT64_FORMAT " lines were too many to keep\n",
                           b->dropped);
  CivilTime time = CIVIL_NONE;
  int width = 0, height = 0;
  for (guint i = 0; i < b->lines->len; i++)
    print_line(out, g_ptr_array_index(b->lines, i), &time, &width, &height);
  if (moves->len == 0)
    g_ptr_array_remove_index(b->lines, b->lines->len - 1);
  return g_string_free(out, FALSE);
}
