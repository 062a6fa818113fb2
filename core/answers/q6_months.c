/* Question 6: what graduates read by months since their class. A month here is 30 days, the first
 * begins on the day after the last day of the class. */
#include <math.h>

#include "core/answers/q6.h"
#include "core/query/rank.h"

#define MONTH_DAYS 30

typedef struct {
  guint from, to; /* months, both included; to 0: no end */
} Stretch;

static const Stretch stretches[] = {{1, 1},   {2, 2},   {3, 3},   {4, 6},   {7, 9},
                                    {10, 12}, {13, 18}, {19, 24}, {25, 36}, {37, 0}};
#define N_STRETCHES G_N_ELEMENTS(stretches)

typedef struct {
  Selection *sel;
  guint32 graduates;     /* with a hit */
  guint32 covered;       /* graduates of whom the log has the whole stretch */
  guint32 active_months; /* months of these with a hit, each counted by itself */
} Months;

static guint month_of(gint64 days_after)
{
  return (guint)((days_after - 1) / MONTH_DAYS) + 1;
}

static guint stretch_of(guint month)
{
  guint i = 0;
  while (i + 1 < N_STRETCHES && stretches[i].to < month)
    i++;
  return i;
}

/* Share of the covered with a hit in a month, on average over the months of the stretch. */
static double active_share(const Stretch *s, const Months *m)
{
  return m->covered && s->to
             ? (double)m->active_months / ((double)m->covered * (s->to - s->from + 1))
             : NAN;
}

/* TRUE when every day of the stretch lies within the log. */
static gboolean is_covered(const AccessLog *log, const Stretch *s, const Cohort *c)
{
  gint64 first = (gint64)c->end + 1 + (gint64)(s->from - 1) * MONTH_DAYS;
  gint64 last = (gint64)c->end + (gint64)s->to * MONTH_DAYS;
  return s->to != 0 && first >= log->first_day &&
         last < (gint64)log->first_day + (gint64)log->n_days;
}

/* What is known of one user: bits by stretch, and by month up to the last that has an end. */
typedef struct {
  guint32 seen, covered;
  guint64 active;
} User;

static void count_covered(const GraduatePart *p, Months m[N_STRETCHES], User *users)
{
  const AccessLog *log = p->ds->log;
  for (guint i = 0; i < p->graduates->list->len; i++) {
    const Graduate *g = &g_array_index(p->graduates->list, Graduate, i);
    if (!graduate_counts(p, g))
      continue;
    const Cohort *c = cohort_table_get(log->cohorts, g->cohort);
    for (guint s = 0; s < N_STRETCHES; s++) {
      if ((users[g->user].covered >> s & 1) || !is_covered(log, &stretches[s], c))
        continue;
      users[g->user].covered |= 1U << s;
      m[s].covered++;
    }
  }
}

static void count_rows(const GraduatePart *p, Months m[N_STRETCHES], User *users)
{
  const AccessLog *log = p->ds->log;
  for (guint32 i = 0; i < p->sel->n; i++) {
    guint32 row = selection_row(p->sel, i);
    const Cohort *c = cohort_table_get(log->cohorts, log->cohort[row]);
    guint month = month_of((gint64)civil_day_of(log->time[row]) - c->end), s = stretch_of(month);
    User *u = &users[log->user[row]];
    m[s].sel->own[m[s].sel->n++] = row;
    m[s].graduates += !(u->seen >> s & 1);
    u->seen |= 1U << s;
    if (is_covered(log, &stretches[s], c)) {
      guint64 bit = G_GUINT64_CONSTANT(1) << (month - 1);
      m[s].active_months += !(u->active & bit);
      u->active |= bit;
    }
  }
}

/* --- table --------------------------------------------------------------------------------------
 */

enum {
  COL_MONTHS,
  COL_FROM,
  COL_TO,
  COL_HITS,
  COL_GRADUATES,
  COL_COVERED,
  COL_ACTIVE,
  COL_SHARE,
  COL_MODULE,
  COL_MODULE_SHARE,
  COL_LESSON,
  COL_LESSON_SHARE
};

static const AnswerColumn columns[] = {
    {"months", "months", CELL_TEXT, 0,
     "Months of 30 days since the end of the class; month 1 begins on the day after it.",
     COLUMN_PLAIN},
    {"from_month", "from", CELL_INT, 0, "First of these months.", COLUMN_PLAIN},
    {"to_month", "to", CELL_INT, 0, "Last of these months; missing: there is no end.",
     COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits of graduates on lessons in these months.", COLUMN_PLAIN},
    {"graduates", "grads", CELL_INT, 0, "Graduates with such a hit.", COLUMN_PLAIN},
    {"covered", "covered", CELL_INT, 0,
     "Graduates of cohorts for which all of these months lie within the log.", COLUMN_PLAIN},
    {"active_a_month", "active", CELL_REAL, 1,
     "Of the covered, graduates with a hit on a lesson in a month, mean over these months.",
     COLUMN_PLAIN},
    {"share_active_a_month", "share", CELL_SHARE, 1, "The same as a share of the covered.",
     COLUMN_PLAIN},
    {"module", "top module", CELL_TEXT, 0, "Module with most of these hits.", COLUMN_PLAIN},
    {"module_share", "share", CELL_SHARE, 1, "Its share of these hits.", COLUMN_PLAIN},
    {"lesson", "top lesson", CELL_TEXT, 0, "Lesson with most of these hits.", COLUMN_PLAIN},
    {"lesson_share", "share", CELL_SHARE, 1, "Its share of these hits.", COLUMN_PLAIN},
    {NULL}};

static char *stretch_text(const Stretch *s)
{
  if (s->to == 0)
    return g_strdup_printf("%u and later", s->from);
  return s->from == s->to ? g_strdup_printf("%u", s->from)
                          : g_strdup_printf("%u to %u", s->from, s->to);
}

static void set_top(const GraduatePart *p, AnswerTable *t, guint column, Dimension by,
                    const Selection *sel)
{
  RankRequest req = {.by = by};
  Ranking *r = rank(p->ds, sel, &req);
  if (r->n) {
    table_set_text(t->table, column, q6_key_text(p, by, r->rows[0].key));
    table_set_real(t->table, column + 1, (double)r->rows[0].hits / sel->n);
  }
  ranking_free(r);
}

static void add_row(const GraduatePart *p, AnswerTable *t, const Stretch *s, const Months *m)
{
  answer_row(t, answer_link("lessons", p->scope));
  table_take_text(t->table, COL_MONTHS, stretch_text(s));
  table_set_int(t->table, COL_FROM, s->from);
  if (s->to)
    table_set_int(t->table, COL_TO, s->to);
  table_set_int(t->table, COL_HITS, m->sel->n);
  table_set_int(t->table, COL_GRADUATES, m->graduates);
  if (s->to) {
    table_set_int(t->table, COL_COVERED, m->covered);
    table_set_real(t->table, COL_ACTIVE, active_share(s, m) * m->covered);
    table_set_real(t->table, COL_SHARE, active_share(s, m));
  }
  set_top(p, t, COL_MODULE, DIM_MODULE, m->sel);
  set_top(p, t, COL_LESSON, DIM_LESSON, m->sel);
}

/* How reading falls off, by the stretches that enough graduates are covered in. */
static void find_fall(const GraduatePart *p, const Months m[N_STRETCHES])
{
  enum { ENOUGH = 10 };
  GString *list = g_string_new(NULL);
  guint n = 0;
  for (guint s = 0; s < N_STRETCHES; s++) {
    if (m[s].covered < ENOUGH)
      continue;
    char *text = stretch_text(&stretches[s]);
    g_string_append_printf(list, "%s%s %s: %s of %s", n++ ? "; " : "",
                           stretches[s].to == stretches[s].from ? "month" : "months", text,
                           SHARE_TEXT(active_share(&stretches[s], &m[s])), N_TEXT(m[s].covered));
    g_free(text);
  }
  if (n)
    answer_finding(p->a, answer_link("lessons", p->scope),
                   "%s: share of the graduates who open lessons in a month, by months (of 30 days) "
                   "since the end of their class and of those whose months the log covers: %s.",
                   program_text(p->ds, p->program), list->str);
  g_string_free(list, TRUE);
}

void q6_add_months(const GraduatePart *p)
{
  Months m[N_STRETCHES] = {{0}};
  gsize n_users = strpool_count(p->ds->log->users);
  User *users = g_new0(User, n_users + 1);
  for (guint s = 0; s < N_STRETCHES; s++) {
    m[s].sel = g_new0(Selection, 1);
    m[s].sel->rows = m[s].sel->own = g_new(guint32, (gsize)p->sel->n + 1);
  }
  count_covered(p, m, users);
  count_rows(p, m, users);
  find_fall(p, m);
  AnswerTable *t = answer_table(p->a, p->ds, p->program, "months",
                                "By months since the end of the class", columns);
  for (guint s = 0; s < N_STRETCHES; s++)
    if (m[s].sel->n || m[s].covered)
      add_row(p, t, &stretches[s], &m[s]);
  for (guint s = 0; s < N_STRETCHES; s++)
    selection_free(m[s].sel);
  g_free(users);
}
