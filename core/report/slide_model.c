/* What a slide says: title, findings and source. */
#include "core/report/slide_model.h"

#include "core/answers/build.h"
#include "core/base/text.h"
#include "core/report/facts.h"

#include <string.h>

/* --- life ------------------------------------------------------------------------------------- */

static void clear_finding(gpointer p)
{
  SlideFinding *f = p;
  g_free(f->text);
  g_free(f->longer);
}

static void clear_cell(SlideCell *c)
{
  g_free(c->name);
  g_free(c->number);
}

static void clear_column(gpointer p)
{
  SlideColumn *c = p;
  clear_cell(&c->head);
  for (guint i = 0; i < SLIDE_PROGRAMS; i++)
    clear_cell(&c->cells[i]);
}

static void clear_note(gpointer p)
{
  g_free(((SlideNote *)p)->text);
}

void slide_model_free(SlideModel *m)
{
  g_ptr_array_unref(m->titles);
  g_array_unref(m->findings);
  g_array_unref(m->columns);
  g_array_unref(m->notes);
  g_free(m->source);
  g_free(m->name);
  g_free(m);
}

/* --- looking into answers --------------------------------------------------------------------- */

const Answer *slide_answer(const Report *r, guint number)
{
  for (guint i = 0; i < r->answers->len; i++) {
    const Answer *a = g_ptr_array_index(r->answers, i);
    if (a->number == number)
      return a;
  }
  return NULL;
}

const Table *slide_table(const Answer *a, const char *name, const char *program)
{
  for (guint i = 0; a && i < a->tables->len; i++) {
    const AnswerTable *t = g_ptr_array_index(a->tables, i);
    if (strcmp(t->table->name, name) == 0 && g_strcmp0(t->program, program) == 0)
      return t->table;
  }
  return NULL;
}

int slide_column(const Table *t, const char *name)
{
  for (guint c = 0; t && c < table_n_columns(t); c++)
    if (strcmp(table_column(t, c)->name, name) == 0)
      return (int)c;
  return -1;
}

/* --- the title -------------------------------------------------------------------------------- */

/* Whose headline is the message of the slide: the first two that have one. What lies in the other
 * answers is in the findings. */
static const guint headline_order[] = {4, 5, 3, 8, 1};

static void add_title(SlideModel *m, char *title)
{
  *title = g_ascii_toupper(*title);
  g_ptr_array_add(m->titles, title);
}

static void add_titles(SlideModel *m, const Report *r, const LogFacts *f)
{
  const char *lines[G_N_ELEMENTS(headline_order)] = {NULL};
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS(headline_order); i++) {
    const Answer *a = slide_answer(r, headline_order[i]);
    if (a && a->brief && a->brief->headline)
      lines[n++] = a->brief->headline;
  }
  for (guint i = 1; i < n; i++)
    add_title(m, g_strdup_printf("%s, and %s", lines[0], lines[i]));
  if (n)
    add_title(m, g_strdup(lines[0]));
  add_title(m, f->rows ? g_strdup_printf("What %s of a learning platform tell",
                                         COUNT_TEXT(f->rows, "page request", "page requests"))
                       : g_strdup("The log has no rows"));
}

/* --- findings --------------------------------------------------------------------------------- */

/* What the school asked about most urgently comes first. The table tells of the programs what the
 * last three say of the largest one. */
static const guint finding_order[] = {4, 5, 3, 2, 8, 7, 6, 1};

static gboolean is_nothing(const Brief *b)
{
  return strcmp(b->figure, "0") == 0;
}

/* Findings with a number go before answers that say that there is nothing. */
static void add_findings(SlideModel *m, const Report *r)
{
  for (int nothing = 0; nothing < 2; nothing++)
    for (guint i = 0; i < G_N_ELEMENTS(finding_order) && m->findings->len < SLIDE_FINDINGS; i++) {
      const Answer *a = slide_answer(r, finding_order[i]);
      if (!a || !a->brief || is_nothing(a->brief) != nothing)
        continue;
      SlideFinding f = {.answer = a, .text = g_strconcat(a->brief->text, ".", NULL)};
      f.longer = a->brief->more ? g_strconcat(f.text, " ", a->brief->more, NULL) : g_strdup(f.text);
      g_array_append_val(m->findings, f);
    }
}

/* --- the source ------------------------------------------------------------------------------- */

static char *files_text(const Report *r)
{
  GString *list = g_string_new(NULL);
  for (guint i = 0; i < MIN(r->files->len, 2); i++) {
    const ReportFile *file = g_ptr_array_index(r->files, i);
    char *base = g_path_get_basename(file->name), *safe = text_safe(base, -1);
    g_string_append_printf(list, "%s%s", i ? ", " : "",
                           strcmp(file->name, "-") == 0 ? "standard input" : safe);
    g_free(safe);
    g_free(base);
  }
  if (r->files->len > 2)
    g_string_append_printf(list, " and %u more", r->files->len - 2);
  return g_string_free(list, FALSE);
}

static char *source_text(const Report *r, const LogFacts *f)
{
  char *files = r->sample ? g_strdup("the invented sample") : files_text(r);
  GString *s = g_string_new(NULL);
  g_string_append_printf(s, "Source: %s. %s of %s", files, COUNT_TEXT(f->rows, "row", "rows"),
                         COUNT_TEXT(f->counts[COUNT_USERS], "user id", "user ids"));
  if (f->rows)
    g_string_append_printf(s, ", %s to %s", DAY_TEXT(civil_day_of(f->first)),
                           DAY_TEXT(civil_day_of(f->last)));
  if (r->load)
    g_string_append_printf(s, ", %s not readable", N_TEXT(r->load->rejected));
  g_string_append(s, r->partial ? ". Read only in part." : ".");
  g_string_append(s, " Definitions and caveats: see the notes.");
  g_free(files);
  return g_string_free(s, FALSE);
}

/* --- all of it -------------------------------------------------------------------------------- */

SlideModel *slide_model_new(const Report *r)
{
  SlideModel *m = g_new0(SlideModel, 1);
  LogFacts facts;
  log_facts_gather(r->study->ds, &facts);
  m->titles = g_ptr_array_new_with_free_func(g_free);
  m->findings = g_array_new(FALSE, TRUE, sizeof(SlideFinding));
  m->columns = g_array_new(FALSE, TRUE, sizeof(SlideColumn));
  m->notes = g_array_new(FALSE, TRUE, sizeof(SlideNote));
  g_array_set_clear_func(m->findings, clear_finding);
  g_array_set_clear_func(m->columns, clear_column);
  g_array_set_clear_func(m->notes, clear_note);
  m->name = text_safe(r->name, -1);
  m->version = r->version;
  m->source = source_text(r, &facts);
  add_titles(m, r, &facts);
  add_findings(m, r);
  slide_add_columns(m, r);
  slide_add_notes(m, r);
  return m;
}
