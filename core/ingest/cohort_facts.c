/* Cohort facts: one entry for each cohort index, compared with every row of a wide log. */
#include "core/ingest/cohort_facts.h"

#include <string.h>

typedef struct {
  Field fact[N_FACTS]; /* into `text` */
  char *text;          /* NULL: nothing is known */
  guint64 line, odd_line;
  FactProblems problems;
  gboolean applied;
} Entry;

struct CohortFacts {
  GArray *entries; /* of Entry, by cohort index */
};

/* When a cohort was last changed is nobody's concern. */
static gboolean fact_counts(guint i)
{
  return i + ROLE_FIRST_FACT != ROLE_UPDATED;
}

static void entry_clear(void *p)
{
  g_free(((Entry *)p)->text);
}

CohortFacts *cohort_facts_new(void)
{
  CohortFacts *f = g_new0(CohortFacts, 1);
  f->entries = g_array_new(FALSE, TRUE, sizeof(Entry));
  g_array_set_clear_func(f->entries, entry_clear);
  return f;
}

void cohort_facts_free(CohortFacts *f)
{
  if (f == NULL)
    return;
  g_array_unref(f->entries);
  g_free(f);
}

static Entry *entry_at(CohortFacts *f, guint16 index)
{
  if (index >= f->entries->len)
    g_array_set_size(f->entries, (guint)index + 1);
  return &g_array_index(f->entries, Entry, index);
}

static gboolean says_nothing(const Field fact[N_FACTS])
{
  for (guint i = 0; i < N_FACTS; i++) {
    if (fact_counts(i) && !field_is_missing(&fact[i]))
      return FALSE;
  }
  return TRUE;
}

static gboolean same_facts(const Field a[N_FACTS], const Field b[N_FACTS])
{
  for (guint i = 0; i < N_FACTS; i++) {
    if (fact_counts(i) &&
        (a[i].len != b[i].len || (a[i].len > 0 && memcmp(a[i].s, b[i].s, a[i].len) != 0)))
      return FALSE;
  }
  return TRUE;
}

static void entry_set(Entry *e, const Field fact[N_FACTS], guint64 line)
{
  gsize total = 0;
  for (guint i = 0; i < N_FACTS; i++)
    total += fact[i].len;
  e->text = g_malloc(total + 1);
  e->line = line;
  char *to = e->text;
  for (guint i = 0; i < N_FACTS; i++) {
    if (fact[i].len > 0)
      memcpy(to, fact[i].s, fact[i].len);
    e->fact[i] = (Field){to, fact[i].len};
    to += fact[i].len;
  }
}

void cohort_facts_see(CohortFacts *f, guint16 index, const Record *r, guint64 line)
{
  const Field *fact = r->field + ROLE_FIRST_FACT;
  Entry *e = entry_at(f, index);
  if (e->text != NULL && (e->odd_line != 0 || same_facts(e->fact, fact)))
    return;
  if (says_nothing(fact))
    return;
  if (e->text == NULL)
    entry_set(e, fact, line);
  else
    e->odd_line = line;
}

void cohort_facts_merge(CohortFacts *f, CohortTable *table, const CohortFacts *piece,
                        const CohortTable *piece_table, guint64 lines)
{
  for (guint i = 0; i < piece->entries->len; i++) {
    const Entry *p = &g_array_index(piece->entries, Entry, i);
    if (p->text == NULL)
      continue;
    guint16 index = cohort_table_intern(table, cohort_table_get(piece_table, (guint16)i)->id);
    if (index == COHORT_NONE)
      continue;
    Entry *e = entry_at(f, index);
    if (e->text == NULL) {
      entry_set(e, p->fact, p->line + lines);
      e->odd_line = p->odd_line != 0 ? p->odd_line + lines : 0;
    } else if (e->odd_line == 0 && !same_facts(e->fact, p->fact)) {
      e->odd_line = p->line + lines;
    } else if (e->odd_line == 0 && p->odd_line != 0) {
      e->odd_line = p->odd_line + lines;
    }
  }
}

/* --- into the table -------------------------------------------------------------------------- */

static const Field *fact_of(const Field fact[N_FACTS], Role r)
{
  return &fact[r - ROLE_FIRST_FACT];
}

/* Databases write a missing date as day zero, too. */
static gboolean date_is_missing(const Field *f)
{
  return field_is_missing(f) || (f->len >= 10 && memcmp(f->s, "0000-00-00", 10) == 0);
}

static gboolean parse_day(const Field *f, CivilDay *ret)
{
  CivilTime t;
  if (date_is_missing(f))
    return TRUE;
  if (!civil_parse_time(f->s, f->len, &t))
    return FALSE;
  *ret = civil_day_of(t);
  return TRUE;
}

static void replace_text(char **to, const Field *f)
{
  if (field_is_missing(f))
    return;
  g_free(*to);
  *to = g_strndup(f->s, f->len);
}

static FactProblems fill_dates(Cohort *c, const Field fact[N_FACTS])
{
  CivilDay start = CIVIL_DAY_NONE, end = CIVIL_DAY_NONE;
  FactProblems problems = 0;
  if (!parse_day(fact_of(fact, ROLE_START), &start) || !parse_day(fact_of(fact, ROLE_END), &end))
    problems |= FACT_BAD_DATE;
  if (start != CIVIL_DAY_NONE && end != CIVIL_DAY_NONE && end < start)
    problems |= FACT_DATE_ORDER;
  if (problems == 0) {
    c->start = start;
    c->end = end;
  }
  return problems;
}

FactProblems cohort_fill(CohortTable *table, guint16 index, const Field fact[N_FACTS])
{
  FactProblems problems = 0;
  guint8 program = PROGRAM_NONE;
  const Field *p = fact_of(fact, ROLE_PROGRAM);
  if (!field_is_missing(p)) {
    Field id = field_id(p);
    char *text = g_strndup(id.s, id.len);
    program = cohort_table_program(table, text);
    if (program == PROGRAM_NONE && text[0] != '\0')
      problems |= FACT_FULL;
    g_free(text);
  }
  Cohort *c = &g_array_index(table->cohorts, Cohort, index);
  c->program = program;
  c->in_table = TRUE;
  replace_text(&c->name, fact_of(fact, ROLE_NAME));
  replace_text(&c->slack, fact_of(fact, ROLE_SLACK));
  const Field *created = fact_of(fact, ROLE_CREATED), *deleted = fact_of(fact, ROLE_DELETED);
  CivilTime t;
  if (!field_is_missing(created) && civil_parse_time(created->s, created->len, &t))
    c->created = t;
  c->deleted = !date_is_missing(deleted);
  return problems | fill_dates(c, fact);
}

void cohort_facts_apply(CohortFacts *f, CohortTable *table)
{
  for (guint i = 1; i < f->entries->len; i++) {
    Entry *e = &g_array_index(f->entries, Entry, i);
    if (e->text == NULL || e->applied)
      continue;
    e->applied = TRUE;
    if (!cohort_table_get(table, (guint16)i)->in_table)
      e->problems = cohort_fill(table, (guint16)i, e->fact);
  }
}

void cohort_facts_report(const CohortFacts *f, const CohortTable *table, FactNotice notice,
                         void *data)
{
  for (guint i = 1; i < f->entries->len; i++) {
    const Entry *e = &g_array_index(f->entries, Entry, i);
    if (e->text != NULL && (e->problems != 0 || e->odd_line != 0))
      notice(data, cohort_table_get(table, (guint16)i), e->problems, e->line, e->odd_line);
  }
}
