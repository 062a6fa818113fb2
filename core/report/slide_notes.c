/* What a slide says: the notes for the speaker. Which rows each finding looked at, how it was
 * worked out, what it does not say, and what the columns of the table mean. */
#include "core/report/slide_model.h"

#include "core/answers/build.h"
#include "core/base/text.h"
#include "core/report/content.h"

#include <stdarg.h>
#include <string.h>

static void note(SlideModel *m, SlideNoteKind kind, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void note(SlideModel *m, SlideNoteKind kind, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  char *text = g_strdup_vprintf(format, args);
  va_end(args);
  SlideNote n = {kind, text_safe(text, -1)};
  g_array_append_val(m->notes, n);
  g_free(text);
}

/* "Rows looked at: 647,496 of 900,223 (71.9 %). Left out: ..." */
static void note_rows(SlideModel *m, const Answer *a, guint64 all)
{
  GString *s = g_string_new("Rows looked at: ");
  if (a->left_out->len == 0)
    g_string_append_printf(s, "all %s.", COUNT_TEXT(a->kept, "row", "rows"));
  else
    g_string_append_printf(s, "%s of %s (%s). Left out: ", N_TEXT(a->kept),
                           COUNT_TEXT(all, "row", "rows"),
                           SHARE_TEXT(all ? (double)a->kept / (double)all : 0));
  for (guint i = 0; i < a->left_out->len; i++) {
    char *text = words_left_out(g_ptr_array_index(a->left_out, i));
    g_string_append_printf(s, "%s%s", text, i + 1 < a->left_out->len ? "; " : ".");
    g_free(text);
  }
  note(m, SLIDE_NOTE_TEXT, "%s", s->str);
  g_string_free(s, TRUE);
}

static void note_caveats(SlideModel *m, const Answer *a)
{
  for (guint i = 0; i < a->notes->len; i++)
    note(m, SLIDE_NOTE_TEXT, "%s", (const char *)g_ptr_array_index(a->notes, i));
}

static gboolean is_told(const SlideModel *m, const Answer *a)
{
  for (guint i = 0; i < m->findings->len; i++)
    if (g_array_index(m->findings, SlideFinding, i).answer == a)
      return TRUE;
  return FALSE;
}

/* --- the table -------------------------------------------------------------------------------- */

static const struct {
  guint question;
  const char *table, *column, *head;
} defined[] = {
    {1, "lessons", "hits", "Most read lesson"},
    {1, "lessons", "cohorts_in_top", "A leading one in cohorts"},
    {6, "modules", "hits", "Graduates return to"},
    {6, "modules", "share_of_graduates", "Of them"},
    {7, "least_used", "reach", "Least opened in class"},
};

/* The definition of a column, which is the same in the table of every program. */
static const char *definition_of(const Answer *a, const char *table, const char *column)
{
  for (guint i = 0; a && i < a->tables->len; i++) {
    const Table *t = ((const AnswerTable *)g_ptr_array_index(a->tables, i))->table;
    int c = strcmp(t->name, table) == 0 ? slide_column(t, column) : -1;
    if (c >= 0)
      return table_column(t, (guint)c)->definition;
  }
  return NULL;
}

/* Answers that the table alone tells of bring their rows and caveats here. */
static void note_table(SlideModel *m, const Report *r, guint64 all)
{
  guint last = 0;
  if (m->columns->len == 0)
    return;
  note(m, SLIDE_NOTE_HEADING, "The table: one row a program, those with most hits on lessons");
  for (guint i = 0; i < G_N_ELEMENTS(defined); i++) {
    const Answer *a = slide_answer(r, defined[i].question);
    const char *text = definition_of(a, defined[i].table, defined[i].column);
    if (text)
      note(m, SLIDE_NOTE_TEXT, "%s: %s", defined[i].head, text);
  }
  for (guint i = 0; i < G_N_ELEMENTS(defined); i++) {
    const Answer *a = slide_answer(r, defined[i].question);
    if (!a || a->number == last || is_told(m, a))
      continue;
    last = a->number;
    note(m, SLIDE_NOTE_HEADING, "%s (question %u)", a->title, a->number);
    note_rows(m, a, all);
    note_caveats(m, a);
  }
}

/* --- all of it -------------------------------------------------------------------------------- */

static void note_finding(SlideModel *m, const SlideFinding *f, guint64 all)
{
  const Answer *a = f->answer;
  note(m, SLIDE_NOTE_HEADING, "%s (question %u)", a->title, a->number);
  note(m, SLIDE_NOTE_TEXT, "%s %s", a->brief->figure, f->longer);
  note_rows(m, a, all);
  note_caveats(m, a);
}

static void note_log(SlideModel *m, const Report *r)
{
  note(m, SLIDE_NOTE_HEADING, "The log");
  note(m, SLIDE_NOTE_TEXT, "%s", m->source);
  if (r->load && r->load->rejected)
    note(m, SLIDE_NOTE_TEXT, "%s could not be read: `cohortscope check` says which and why.",
         COUNT_TEXT(r->load->rejected, "row", "rows"));
  note(m, SLIDE_NOTE_TEXT,
       "A lesson is a page that at least %u people who are not staff asked for, %u times in all or "
       "more. Students are users while in class; after that they are graduates. Times are those of "
       "the log's own clock.",
       r->lesson_users, r->lesson_hits);
  for (guint i = 0; i < r->files->len; i++) {
    const ReportFile *file = g_ptr_array_index(r->files, i);
    char *base = g_path_get_basename(file->name);
    if (file->sha256)
      note(m, SLIDE_NOTE_TEXT, "%s: SHA-256 %s", base, file->sha256);
    g_free(base);
  }
  note(m, SLIDE_NOTE_TEXT,
       "Counted by cohortscope %s. `cohortscope report` has all findings, tables and definitions.",
       r->version);
}

void slide_add_notes(SlideModel *m, const Report *r)
{
  guint64 all = r->study->ds->log->n_rows;
  for (guint i = 0; i < m->findings->len; i++)
    note_finding(m, &g_array_index(m->findings, SlideFinding, i), all);
  note_table(m, r, all);
  note_log(m, r);
}
