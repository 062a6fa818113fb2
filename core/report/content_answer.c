/* Chapters of a report: one answer each. */
#include "core/report/content.h"

#include "core/answers/build.h"

#include <string.h>

#define ROWS_SEEN 15 /* rows of a table that are seen at once */

char *content_finding(const Report *r, const Finding *f)
{
  return r->pseudonyms && f->marked ? pseudonyms_marked(r->pseudonyms, f->marked)
                                    : g_strdup(f->text);
}

char *content_anchor(const Content *c, guint i)
{
  const Answer *a = g_ptr_array_index(c->report->answers, i);
  return g_strdup_printf("q%u", a->number);
}

const char *content_program_name(const Dataset *ds, const AnswerTable *t)
{
  const CohortTable *cohorts = ds->log->cohorts;
  for (guint p = 1; t->program && p < cohorts->programs->len; p++) {
    const Program *program = cohort_table_get_program(cohorts, (guint8)p);
    if (strcmp(program->id, t->program) == 0)
      return program->name;
  }
  return t->program;
}

char *content_table_title(const Dataset *ds, const AnswerTable *t)
{
  if (!t->program)
    return g_strdup(t->table->title);
  return g_strdup_printf("%s: %s", content_program_name(ds, t), t->table->title);
}

guint8 content_program_of(const Content *c, const char *finding)
{
  const CohortTable *cohorts = c->report->study->ds->log->cohorts;
  for (guint p = 1; p < cohorts->programs->len; p++) {
    const char *name = cohort_table_get_program(cohorts, (guint8)p)->name;
    gsize len = strlen(name);
    if (strncmp(finding, name, len) == 0 && finding[len] == ':')
      return (guint8)p;
  }
  return PROGRAM_NONE;
}

void content_put_finding(const Content *c, Doc *d, const char *finding)
{
  guint8 program = content_program_of(c, finding);
  doc_open(d, DOC_ITEM, NULL);
  if (program != PROGRAM_NONE) {
    char *head = g_strndup(finding, strcspn(finding, ":") + 1);
    doc_text(d, DOC_STRONG, head);
    finding += strlen(head);
    g_free(head);
  }
  doc_text(d, DOC_PLAIN, finding);
  doc_close(d);
}

static void put_findings(const Content *c, Doc *d, const Answer *a)
{
  if (a->findings->len == 0) {
    doc_block(d, DOC_PARAGRAPH, "Nothing was found.");
    return;
  }
  doc_open(d, DOC_FINDINGS, NULL);
  for (guint i = 0; i < a->findings->len; i++) {
    char *text = content_finding(c->report, g_ptr_array_index(a->findings, i));
    content_put_finding(c, d, text);
    g_free(text);
  }
  doc_close(d);
}

/* Which rows counted: "647,496 of 900,223 hits (71.9 %). Left out: ...". */
static void put_accounting(const Content *c, Doc *d, const Answer *a)
{
  guint64 all = c->facts.rows;
  doc_open(d, DOC_ASIDE, NULL);
  doc_text(d, DOC_STRONG, "Rows looked at:");
  doc_text(d, DOC_PLAIN, " ");
  if (a->left_out->len == 0)
    doc_printf(d, "all %s.", COUNT_TEXT(a->kept, "hit", "hits"));
  else
    doc_printf(d, "%s of %s (%s). Left out: ", N_TEXT(a->kept), COUNT_TEXT(all, "hit", "hits"),
               SHARE_TEXT(all ? (double)a->kept / (double)all : 0));
  for (guint i = 0; i < a->left_out->len; i++) {
    const LeftOut *l = g_ptr_array_index(a->left_out, i);
    char *text = words_left_out(l);
    doc_printf(d, "%s%s", text, i + 1 < a->left_out->len ? "; " : ".");
    g_free(text);
  }
  if (*a->scope) {
    doc_text(d, DOC_PLAIN, " As a filter: ");
    doc_text(d, DOC_CODE, a->scope);
  }
  doc_close(d);
}

static void free_chart(gpointer p)
{
  chart_free(p);
}

/* A picture comes before the table that it is drawn from, or before all tables. */
static void put_charts(const Content *c, Doc *d, const Answer *a, const AnswerTable *t,
                       gboolean first)
{
  if (!d->format->chart)
    return;
  GPtrArray *charts = g_ptr_array_new_with_free_func(free_chart);
  charts_of_table(a, t, c->report->study->ds, charts);
  for (guint i = 0; i < charts->len; i++) {
    const Chart *chart = g_ptr_array_index(charts, i);
    if (chart->first == first)
      doc_chart(d, chart);
  }
  g_ptr_array_unref(charts);
}

static void put_table(const Content *c, Doc *d, const AnswerTable *t, const Glossary *glossary)
{
  char *title = content_table_title(c->report->study->ds, t);
  if (t->table->n_rows > 0)
    doc_table(d, &(TableBlock){.table = t->table,
                               .title = title,
                               .shown = ROWS_SEEN,
                               .most = c->report->table_rows,
                               .glossary = glossary,
                               .more = "the report in the format json has all of them"});
  else
    doc_block(d, DOC_ASIDE, "%s: no rows.", title);
  g_free(title);
}

static void put_tables(const Content *c, Doc *d, const Answer *a, const Glossary *glossary)
{
  for (guint i = 0; i < a->tables->len; i++)
    put_charts(c, d, a, g_ptr_array_index(a->tables, i), TRUE);
  for (guint i = 0; i < a->tables->len; i++) {
    const AnswerTable *t = g_ptr_array_index(a->tables, i);
    put_charts(c, d, a, t, FALSE);
    put_table(c, d, t, glossary);
  }
}

static void put_notes(Doc *d, const Answer *a)
{
  if (a->notes->len == 0)
    return;
  doc_heading(d, 3, NULL, "How this was worked out");
  doc_open(d, DOC_LIST, NULL);
  for (guint i = 0; i < a->notes->len; i++)
    doc_block(d, DOC_ITEM, "%s", (const char *)g_ptr_array_index(a->notes, i));
  doc_close(d);
}

void content_answer(const Content *c, Doc *d, guint i)
{
  const Answer *a = g_ptr_array_index(c->report->answers, i);
  char *anchor = content_anchor(c, i), *title = g_strdup_printf("%u. %s", a->number, a->title);
  doc_open(d, DOC_SECTION, anchor);
  doc_heading(d, 2, NULL, title);
  put_findings(c, d, a);
  put_accounting(c, d, a);
  put_tables(c, d, a, g_ptr_array_index(c->glossaries, i));
  put_notes(d, a);
  doc_close(d);
  g_free(anchor);
  g_free(title);
}
