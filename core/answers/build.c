/* Building answers: accounting, findings, tables and links. */
#include "core/answers/build.h"

#include <string.h>

#include "core/base/text.h"

/* --- life --------------------------------------------------------------------------------------
 */

void answer_link_free(AnswerLink *l)
{
  if (!l)
    return;
  g_free(l->scope);
  g_free(l);
}

static void finding_free(gpointer p)
{
  Finding *f = p;
  g_free(f->text);
  g_free(f->marked);
  answer_link_free(f->link);
  g_free(f);
}

static void left_out_free(gpointer p)
{
  LeftOut *l = p;
  g_free(l->what);
  g_free(l);
}

static void link_free(gpointer p)
{
  answer_link_free(p);
}

static void answer_table_free(gpointer p)
{
  AnswerTable *t = p;
  table_free(t->table);
  g_free(t->program);
  g_free(t->program_name);
  g_clear_pointer(&t->links, g_ptr_array_unref);
  g_free(t);
}

static void brief_free(Brief *b)
{
  if (!b)
    return;
  g_free(b->figure);
  g_free(b->text);
  g_free(b->more);
  g_free(b->headline);
  g_free(b);
}

Answer *answer_start(guint number, const Dataset *ds)
{
  Answer *a = g_new0(Answer, 1);
  a->number = number;
  a->title = g_strdup(answer_title(number));
  a->scope = g_strdup("");
  a->kept = ds->log->n_rows;
  a->left_out = g_ptr_array_new_with_free_func(left_out_free);
  a->findings = g_ptr_array_new_with_free_func(finding_free);
  a->tables = g_ptr_array_new_with_free_func(answer_table_free);
  a->notes = g_ptr_array_new_with_free_func(g_free);
  return a;
}

void answer_free(Answer *a)
{
  if (!a)
    return;
  g_free(a->title);
  g_free(a->scope);
  brief_free(a->brief);
  g_ptr_array_unref(a->left_out);
  g_ptr_array_unref(a->findings);
  g_ptr_array_unref(a->tables);
  g_ptr_array_unref(a->notes);
  g_free(a);
}

/* --- accounting --------------------------------------------------------------------------------
 */

__attribute__((format(printf, 1, 0))) static char *safe_vprintf(const char *format, va_list args)
{
  char *raw = g_strdup_vprintf(format, args), *safe = text_safe(raw, -1);
  g_free(raw);
  return safe;
}

void answer_leave_out(Answer *a, guint64 rows, const char *what, ...)
{
  g_return_if_fail(rows <= a->kept);
  if (rows == 0)
    return;
  LeftOut *l = g_new0(LeftOut, 1);
  va_list args;
  va_start(args, what);
  l->what = safe_vprintf(what, args);
  va_end(args);
  l->hits = rows;
  a->kept -= rows;
  g_ptr_array_add(a->left_out, l);
}

static const char *const kind_phrases[N_KINDS] = {
    [KIND_LESSON] = "hits on lessons",
    [KIND_HOME] = "hits on the home page",
    [KIND_TOC] = "hits on the table of contents",
    [KIND_SEARCH] = "hits on the search index",
    [KIND_ASSET] = "hits on assets (images, styles, scripts)",
    [KIND_PROBE] = "hits on probes (addresses that no lesson links to)",
    [KIND_STRAY] = "hits on strays (names with too few readers for a lesson)",
    [KIND_MISSING] = "rows without a path",
};

/* Adds `sign` to n[kind] for every row. */
static void count_kinds(const Dataset *ds, const Selection *sel, gint64 sign, gint64 n[N_KINDS])
{
  const Catalog *c = ds->catalog;
  for (guint32 i = 0; i < sel->n; i++)
    n[c->kind_of_entry[c->entry_of_path[ds->log->path[selection_row(sel, i)]]]] += sign;
}

/* Left out by a term of kinds: each kind by itself. */
static void leave_out_kinds(Answer *a, const Dataset *ds, const Selection *before,
                            const Selection *after)
{
  gint64 n[N_KINDS] = {0};
  count_kinds(ds, before, 1, n);
  count_kinds(ds, after, -1, n);
  for (guint k = 0; k < N_KINDS; k++)
    answer_leave_out(a, (guint64)n[k], "%s", kind_phrases[k]);
}

/* Left out by one term, by which `before` has become `after`. */
static void leave_out_term(Answer *a, const Dataset *ds, const ScopeTerm *term, const char *what,
                           const Selection *before, const Selection *after)
{
  guint64 rows = before->n - after->n;
  gboolean named = what && *what;
  char *label = named ? NULL : scope_term_label(term, ds);
  if (named)
    answer_leave_out(a, rows, "%s", what);
  else if (term->field == FIELD_KIND)
    leave_out_kinds(a, ds, before, after);
  else
    answer_leave_out(a, rows, "rows outside %s", label);
  g_free(label);
}

Selection *answer_use_scope(Answer *a, const Dataset *ds, const char *scope,
                            const char *const *what, GError **error)
{
  Scope *all = scope_parse(scope, error), *part = scope_new();
  Selection *sel = all ? scope_select(part, ds, error) : NULL;
  for (guint i = 0; all && sel && i < all->terms->len; i++) {
    ScopeTerm *term = g_ptr_array_index(all->terms, i);
    Selection *before = sel;
    g_ptr_array_add(part->terms, scope_term_copy(term));
    sel = scope_select(part, ds, error);
    if (sel)
      leave_out_term(a, ds, term, what ? *what : NULL, before, sel);
    selection_free(before);
    what += what && *what;
  }
  if (sel) {
    g_free(a->scope);
    a->scope = scope_print(all);
  }
  scope_free(all);
  scope_free(part);
  return sel;
}

/* --- what it says ------------------------------------------------------------------------------
 */

void answer_finding(Answer *a, AnswerLink *link, const char *format, ...)
{
  Finding *f = g_new0(Finding, 1);
  va_list args;
  va_start(args, format);
  char *raw = g_strdup_vprintf(format, args);
  va_end(args);
  f->text = marked_text(raw, NULL, NULL);
  if (marked_has_names(raw))
    f->marked = raw;
  else
    g_free(raw);
  f->link = link;
  g_ptr_array_add(a->findings, f);
}

void answer_brief(Answer *a, const char *figure, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  brief_free(a->brief);
  a->brief = g_new0(Brief, 1);
  a->brief->figure = text_safe(figure, -1);
  a->brief->text = safe_vprintf(format, args);
  va_end(args);
}

void answer_brief_more(Answer *a, const char *format, ...)
{
  g_return_if_fail(a->brief != NULL);
  va_list args;
  va_start(args, format);
  char *text = safe_vprintf(format, args), *before = a->brief->more;
  va_end(args);
  a->brief->more = before ? g_strdup_printf("%s %s", before, text) : g_strdup(text);
  g_free(before);
  g_free(text);
}

void answer_headline(Answer *a, const char *format, ...)
{
  g_return_if_fail(a->brief != NULL);
  va_list args;
  va_start(args, format);
  g_free(a->brief->headline);
  a->brief->headline = safe_vprintf(format, args);
  va_end(args);
}

void answer_note(Answer *a, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  g_ptr_array_add(a->notes, safe_vprintf(format, args));
  va_end(args);
}

AnswerLink *answer_link(const char *view, const char *scope)
{
  AnswerLink *l = g_new0(AnswerLink, 1);
  l->view = view;
  l->scope = g_strdup(scope ? scope : "");
  return l;
}

static AnswerLink *link_take(const char *view, char *first, const char *more)
{
  AnswerLink *l = g_new0(AnswerLink, 1);
  l->view = view;
  l->scope = more && *more ? g_strconcat(first, " ", more, NULL) : g_strdup(first);
  g_free(first);
  return l;
}

AnswerLink *answer_link_key(const char *view, const Dataset *ds, Dimension d, guint32 key,
                            const char *more)
{
  ScopeTerm *term = scope_term_for_key(ds, d, key, FALSE);
  char *text = scope_term_print(term);
  scope_term_free(term);
  return link_take(view, text, more);
}

AnswerLink *answer_link_users(const Dataset *ds, const guint32 *users, gsize n)
{
  enum { MOST = 200 };
  if (n == 0 || n > MOST)
    return NULL;
  GString *text = g_string_new(NULL);
  for (gsize i = 0; i < n; i++) {
    ScopeTerm *term = scope_term_for_key(ds, DIM_USER, users[i], FALSE);
    char *one = scope_term_print(term);
    const char *value = strchr(one, '=');
    if (i == 0)
      g_string_append(text, one);
    else if (value)
      g_string_append_printf(text, ",%s", value + 1);
    g_free(one);
    scope_term_free(term);
  }
  AnswerLink *l = answer_link("users", text->str);
  g_string_free(text, TRUE);
  return l;
}

AnswerLink *answer_link_days(const char *view, CivilDay from, CivilDay to, const char *more)
{
  return link_take(view,
                   from == to ? g_strdup_printf("time=%s", DAY_TEXT(from))
                              : g_strdup_printf("time=%s..%s", DAY_TEXT(from), DAY_TEXT(to)),
                   more);
}

AnswerTable *answer_table(Answer *a, const Dataset *ds, guint8 program, const char *name,
                          const char *title, const AnswerColumn *columns)
{
  AnswerTable *t = g_new0(AnswerTable, 1);
  t->table = table_new(name, title);
  for (guint i = 0; columns[i].name; i++) {
    table_add_column(t->table, columns[i].name, columns[i].title, columns[i].type,
                     columns[i].decimals, columns[i].definition);
    table_set_role(t->table, i, columns[i].role);
  }
  if (program != PROGRAM_NONE) {
    t->program = g_strdup(cohort_table_get_program(ds->log->cohorts, program)->id);
    t->program_name = g_strdup(program_text(ds, program));
  }
  t->links = g_ptr_array_new_with_free_func(link_free);
  g_ptr_array_add(a->tables, t);
  return t;
}

void answer_row(AnswerTable *t, AnswerLink *link)
{
  table_add_row(t->table);
  g_ptr_array_add(t->links, link);
}
