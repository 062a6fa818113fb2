/* Case reports: the flags, each with its reasons, its evidence and what was decided. */
#include "core/casebook/case_private.h"

#include <math.h>
#include <string.h>

#include "core/base/text.h"
#include "core/query/rows.h"

#define ROWS_SHOWN 25 /* before the reader asks for more */

/* --- the score ---------------------------------------------------------------------------------
 */

static void put_score(CasePaper *p, const Flag *f)
{
  guint doubts = 0;
  for (guint i = 0; i < N_DOUBTS; i++)
    doubts += f->doubts >> i & 1;
  Doc *d = &p->doc;
  doc_open(d, DOC_PARAGRAPH, NULL);
  doc_printf(d, "Score %.0f of 100", f->score);
  if (f->raw_score < 99.9)
    doc_printf(d, ": %.1f times the threshold gives %.0f", -log2(1 - f->raw_score / 100),
               f->raw_score);
  else
    doc_printf(d, ": far over the threshold gives 100");
  if (doubts)
    doc_printf(d, ", times 0.6 for %s that applies",
               doubts == 1 ? "the innocent explanation" : "each innocent explanation");
  double joined = flag_set_combined(p->report->flags, f);
  if (joined > f->score + 0.5)
    doc_printf(d, "; %.0f together with the other rules that fired on this episode", joined);
  doc_printf(d, ". 50 is where the rule is just met.");
  doc_close(d);
}

/* Decimals that a column of such a number needs. */
static guint decimals_of(double v, guint so_far)
{
  return isfinite(v) && fabs(v - round(v)) > 0.005 ? 2 : so_far;
}

static void put_terms(CasePaper *p, const Flag *f)
{
  Table *t = table_new("", "");
  guint decimals = 0;
  for (guint i = 0; i < f->n_terms; i++)
    decimals = decimals_of(f->terms[i].value, decimals);
  table_add_column(t, "term", "what was measured", CELL_TEXT, 0, "");
  table_add_column(t, "value", "value", CELL_REAL, decimals, "");
  for (guint i = 0; i < f->n_terms; i++) {
    table_add_row(t);
    table_set_text(t, 0, f->terms[i].name);
    if (isfinite(f->terms[i].value))
      table_set_real(t, 1, f->terms[i].value);
  }
  if (t->n_rows)
    doc_table(&p->doc, &(TableBlock){.table = t});
  table_free(t);
}

static void put_baselines(CasePaper *p, const Flag *f)
{
  static const char *const whose[N_BASELINES] = {"this user at other times",
                                                 "the cohort in the same weeks", "the program"};
  Table *t = table_new("", "");
  guint decimals = 0;
  for (guint k = 0; k < N_BASELINES; k++)
    decimals = decimals_of(f->baselines[k].value, decimals);
  table_add_column(t, "whose", "what is usual for", CELL_TEXT, 0, "");
  table_add_column(t, "value", "value", CELL_REAL, decimals, "");
  table_add_column(t, "n", "rests on", CELL_INT, 0, "");
  table_add_column(t, "what", "of what", CELL_TEXT, 0, "");
  for (guint k = 0; k < N_BASELINES; k++) {
    const FlagBaseline *b = &f->baselines[k];
    if (isnan(b->value))
      continue;
    table_add_row(t);
    table_set_text(t, 0, whose[k]);
    table_set_real(t, 1, b->value);
    table_set_int(t, 2, b->n);
    table_set_text(t, 3, b->what);
  }
  if (t->n_rows)
    doc_table(&p->doc, &(TableBlock){.table = t});
  else
    doc_block(&p->doc, DOC_PARAGRAPH, "There was nothing to compare it with.");
  table_free(t);
}

/* --- doubts, decisions -------------------------------------------------------------------------
 */

static void put_doubts(CasePaper *p, const Flag *f)
{
  Doc *d = &p->doc;
  if (!f->doubts) {
    doc_block(d, DOC_PARAGRAPH,
              "None of the innocent explanations that this rule knows applies; others may.");
    return;
  }
  doc_block(d, DOC_LABEL, "What speaks against it");
  doc_open(d, DOC_LIST, NULL);
  for (guint i = 0; i < N_DOUBTS; i++)
    if (f->doubts >> i & 1)
      doc_block(d, DOC_ITEM, "%s", doubt_text((FlagDoubt)(1u << i)));
  doc_close(d);
}

/* Every status that the flag was given, the newest last. */
static void put_reviews(CasePaper *p, const Judgement *j)
{
  const GPtrArray *reviews = casebook_records(p->report->book, RECORD_REVIEW);
  static const char *const titles[] = {"status", "when", "by", "reason", "rule", "thresholds"};
  Table *t = case_table(titles, G_N_ELEMENTS(titles));
  char buf[CIVIL_BUF];
  for (guint i = 0; i < reviews->len; i++) {
    const Review *r = g_ptr_array_index(reviews, i);
    if (strcmp(r->flag, j->flag->id) != 0 && r != j->review)
      continue;
    table_add_row(t);
    table_set_text(t, 0, status_name(r->status));
    table_set_text(t, 1, civil_format(r->by.time, ' ', buf));
    table_take_text(t, 2, case_author(p, r->by.author));
    table_take_text(t, 3, case_words(p, r->reason));
    table_take_text(t, 4, g_strdup_printf("%s, version %u", r->rule, r->rule_version));
    table_set_text(t, 5, r->parameters);
  }
  if (t->n_rows) {
    doc_block(&p->doc, DOC_LABEL, "What was decided");
    doc_table(&p->doc, &(TableBlock){.table = t});
  } else {
    doc_block(&p->doc, DOC_PARAGRAPH, "Nothing was decided yet: it is open.");
  }
  table_free(t);
  if (j->exception) {
    char *conditions = exception_print(j->exception), *words = case_words(p, conditions);
    char *reason = case_words(p, j->exception->reason);
    doc_block(&p->doc, DOC_PARAGRAPH, "Exception %u covers it: %s%s%s.", j->exception->number,
              words, *reason ? ", because " : "", reason);
    g_free(conditions);
    g_free(words);
    g_free(reason);
  }
}

static void put_related(CasePaper *p, const Flag *f)
{
  Doc *d = &p->doc;
  gboolean any = FALSE;
  char buf[CIVIL_BUF];
  for (guint i = 0; i < f->related->len; i++) {
    const Flag *other = flag_set_find(p->report->flags, g_ptr_array_index(f->related, i));
    if (!other)
      continue;
    if (!any) {
      doc_block(d, DOC_LABEL, "Flags that are probably the same story");
      doc_open(d, DOC_LIST, NULL);
    }
    any = TRUE;
    char *who = case_subject(p, other);
    doc_block(d, DOC_ITEM, "%s %.0f, %s, %s", rule_get(other->rule)->name, other->score, who,
              civil_format(other->from, ' ', buf));
    g_free(who);
  }
  if (any)
    doc_close(d);
}

/* --- evidence ----------------------------------------------------------------------------------
 */

enum { EVIDENCE_TIME, EVIDENCE_GAP, EVIDENCE_USER, EVIDENCE_IP, EVIDENCE_PATH, EVIDENCE_LESSON };

static Table *evidence_table(const CasePaper *p, const guint32 *rows, guint32 n)
{
  const Dataset *ds = p->report->ds;
  Table *t = table_new("", "");
  CivilTime last = CIVIL_NONE;
  table_add_column(t, "time", "time", CELL_TIME, 0, "");
  table_add_column(t, "gap", "seconds since", CELL_INT, 0, "");
  table_add_column(t, "user", "user", CELL_TEXT, 0, "");
  table_add_column(t, "ip", "address", CELL_TEXT, 0, "");
  table_add_column(t, "path", "path", CELL_TEXT, 0, "");
  table_add_column(t, "lesson", "page", CELL_TEXT, 0, "");
  table_set_role(t, EVIDENCE_USER, COLUMN_USER);
  table_set_role(t, EVIDENCE_IP, COLUMN_ADDRESS);
  for (guint32 i = 0; i < n; i++) {
    RowView v;
    rows_view(ds, rows[i], &v);
    table_add_row(t);
    table_set_int(t, EVIDENCE_TIME, v.time);
    if (last != CIVIL_NONE)
      table_set_int(t, EVIDENCE_GAP, v.time - last);
    last = v.time;
    table_set_text(t, EVIDENCE_USER, v.user);
    table_set_text(t, EVIDENCE_IP, v.ip);
    table_set_text(t, EVIDENCE_PATH, v.path);
    table_set_text(t, EVIDENCE_LESSON, v.lesson);
  }
  return t;
}

static void put_evidence(CasePaper *p, const Flag *f)
{
  Doc *d = &p->doc;
  char *events = text_grouped((gint64)f->events);
  doc_block(d, DOC_LABEL, "The rows that are the evidence: %s", events);
  g_free(events);
  if (f->n_rows == 0) {
    doc_block(d, DOC_PARAGRAPH, "It rests on rows that are missing, or on numbers of many rows.");
    return;
  }
  Table *t = evidence_table(p, f->rows, f->n_rows);
  doc_table(d, &(TableBlock){.table = t,
                             .shown = ROWS_SHOWN,
                             .most = CASE_ROWS_MAX,
                             .more = "the log has all of them"});
  table_free(t);
}

/* --- one chapter -------------------------------------------------------------------------------
 */

static void put_facts(CasePaper *p, const Flag *f)
{
  Doc *d = &p->doc;
  const Rule *rule = rule_get(f->rule);
  char from[CIVIL_BUF], to[CIVIL_BUF];
  char *values = rule_settings_print_rule(&p->report->flags->settings, f->rule);
  char *id = flag_out_id(f, p->report->ds, p->report->pseudonyms);
  doc_open(d, DOC_FACTS, NULL);
  doc_term(d, "Rule", "%s, version %u: %s", rule->name, rule->version, rule->question);
  doc_term(d, "Thresholds", "%s", values);
  if (f->from != CIVIL_NONE)
    doc_term(d, "Time", "%s to %s", civil_format(f->from, ' ', from), civil_format(f->to, ' ', to));
  if (f->cohort != COHORT_NONE)
    doc_term(d, "Cohort", "%s", cohort_table_get(p->report->ds->log->cohorts, f->cohort)->name);
  doc_term(d, "Number", "%s", id);
  doc_close(d);
  g_free(values);
  g_free(id);
}

static void put_notes(CasePaper *p, const Flag *f)
{
  Entity *e = entity_new(ENTITY_FLAG, f->id);
  GPtrArray *notes = g_ptr_array_new();
  casebook_notes_on(p->report->book, e, notes);
  char buf[CIVIL_BUF];
  for (guint i = 0; i < notes->len; i++) {
    const Note *n = g_ptr_array_index(notes, i);
    char *words = case_words(p, n->text), *author = case_author(p, n->by.author);
    doc_block(&p->doc, DOC_PARAGRAPH, "Note %u, %s, %s: %s", n->number,
              civil_format(n->by.time, ' ', buf), author, words);
    g_free(words);
    g_free(author);
  }
  g_ptr_array_unref(notes);
  entity_free(e);
}

static void put_flag(CasePaper *p, const Judgement *j, guint number)
{
  const Flag *f = j->flag;
  Doc *d = &p->doc;
  char *who = case_subject(p, f), *text = flag_out_text(f, p->report->pseudonyms);
  char *title = g_strdup_printf("Flag %u: %s, %s", number, rule_get(f->rule)->name, who);
  char *anchor = g_strdup_printf("flag%u", number);
  doc_open(d, DOC_SECTION, anchor);
  doc_heading(d, 2, NULL, title);
  doc_block(d, DOC_LEAD, "%s", text);
  put_facts(p, f);
  put_score(p, f);
  put_terms(p, f);
  put_baselines(p, f);
  put_doubts(p, f);
  put_reviews(p, j);
  put_notes(p, f);
  put_related(p, f);
  put_evidence(p, f);
  doc_close(d);
  g_free(who);
  g_free(text);
  g_free(title);
  g_free(anchor);
}

void case_put_flags(CasePaper *p)
{
  for (guint i = 0; i < p->flags->len; i++)
    put_flag(p, g_ptr_array_index(p->flags, i), i + 1);
}
