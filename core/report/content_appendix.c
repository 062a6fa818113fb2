/* End of a report: the columns of its tables, and how it was made. */
#include "core/report/content.h"

#include "core/answers/build.h"
#include "core/base/text.h"

static void put_glossary(const Content *c, Doc *d)
{
  doc_open(d, DOC_SECTION, "glossary");
  doc_heading(d, 2, NULL, "The columns of the tables");
  for (guint i = 0; i < c->report->answers->len; i++) {
    const Answer *a = g_ptr_array_index(c->report->answers, i);
    const Glossary *g = g_ptr_array_index(c->glossaries, i);
    if (g->entries->len == 0)
      continue;
    char *title = g_strdup_printf("%u. %s", a->number, a->title);
    doc_heading(d, 3, NULL, title);
    g_free(title);
    doc_open(d, DOC_TERMS, NULL);
    for (guint k = 0; k < g->entries->len; k++) {
      const GlossaryEntry *e = g_ptr_array_index(g->entries, k);
      doc_open(d, DOC_TERM, e->anchor);
      doc_text(d, DOC_PLAIN, e->name);
      doc_close(d);
      doc_block(d, DOC_MEANING, "%s", e->definition);
    }
    doc_close(d);
  }
  doc_close(d);
}

/* --- how it was made -------------------------------------------------------------------------- */

static void put_settings(const Content *c, Doc *d)
{
  const Report *r = c->report;
  doc_open(d, DOC_TERMS, NULL);
  doc_term(d, "Program", "cohortscope %s", r->version);
  doc_term(d, "Names of lessons", "%s",
           r->raw_paths ? "paths as they were logged" : "canonical: one name for every lesson");
  doc_term(d, "Users without a cohort", "%s",
           r->probable ? "count as students of the cohort that they probably belong to"
                       : "belong to no cohort");
  doc_term(d, "Graduates who became staff", "%s",
           r->likely_staff ? "count in question 6" : "are left out of question 6");
  if (r->study->today != CIVIL_DAY_NONE)
    doc_term(d, "Today, for classes that are running", "%s", DAY_TEXT(r->study->today));
  doc_term(d, "Names of users and addresses", "%s",
           r->pseudonyms ? "replaced by pseudonyms" : "as in the log");
  doc_close(d);
}

static void put_files(const Content *c, Doc *d)
{
  Table *t = table_new("", "");
  table_add_column(t, "file", "file", CELL_TEXT, 0, "");
  table_add_column(t, "sha256", "SHA-256", CELL_TEXT, 0, "");
  for (guint i = 0; i < c->report->files->len; i++) {
    const ReportFile *file = g_ptr_array_index(c->report->files, i);
    table_add_row(t);
    table_set_text(t, 0, file->name);
    table_set_text(t, 1, file->sha256 ? file->sha256 : "not known: it can be read only once");
  }
  doc_heading(d, 3, NULL, "Files");
  doc_table(d, &(TableBlock){.table = t});
  table_free(t);
}

static void put_rejects(const Content *c, Doc *d)
{
  const LoadReport *load = c->report->load;
  Table *t = table_new("", "");
  table_add_column(t, "reason", "why", CELL_TEXT, 0, "");
  table_add_column(t, "rows", "rows", CELL_INT, 0, "");
  for (guint i = 0; load && i < N_REJECT_REASONS; i++) {
    if (load->rejected_by[i] == 0)
      continue;
    table_add_row(t);
    table_set_text(t, 0, reject_explanation((RejectReason)i));
    table_set_int(t, 1, (gint64)load->rejected_by[i]);
  }
  if (t->n_rows > 0) {
    doc_heading(d, 3, NULL, "Rows that could not be read");
    doc_table(d, &(TableBlock){.table = t});
  }
  table_free(t);
}

static void put_rules(const Content *c, Doc *d)
{
  const RuleSettings *s = c->report->rules;
  Table *t = table_new("", "");
  table_add_column(t, "rule", "rule", CELL_TEXT, 0, "");
  table_add_column(t, "question", "question", CELL_TEXT, 0, "");
  table_add_column(t, "audience", "for", CELL_TEXT, 0, "");
  table_add_column(t, "values", "values in force", CELL_TEXT, 0, "");
  for (guint i = 0; i < N_RULES; i++) {
    const Rule *rule = rule_get((RuleId)i);
    if (!rule->run)
      continue;
    char *values = rule_settings_print_rule(s, (RuleId)i);
    table_add_row(t);
    table_set_text(t, 0, rule->name);
    table_set_text(t, 1, rule->question);
    table_set_text(t, 2, audience_name(rule->audience));
    table_set_text(t, 3, s->on[i] ? values : "off");
    g_free(values);
  }
  doc_heading(d, 3, NULL, "Rules behind the flags");
  doc_table(d, &(TableBlock){.table = t});
  table_free(t);
}

void content_appendix(const Content *c, Doc *d)
{
  put_glossary(c, d);
  doc_open(d, DOC_SECTION, "made");
  doc_heading(d, 2, NULL, "How this report was made");
  put_settings(c, d);
  put_files(c, d);
  put_rejects(c, d);
  if (c->report->rules)
    put_rules(c, d);
  doc_close(d);
  doc_close(d); /* DOC_MAIN */
}
