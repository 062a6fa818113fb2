/* Comparisons: totals, what is shared, hits over time. */
#include "core/query/compare.h"
#include "core/query/compare_parts.h"

#include <math.h>
#include <string.h>

#include "core/base/error.h"

#define COURSE_WEEKS_MAX 520 /* ten years after the start a class is history */

gboolean compare_possible(Dimension dim)
{
  return dim == DIM_PROGRAM || dim == DIM_COHORT || dim == DIM_LESSON || dim == DIM_USER ||
         dim == DIM_IP;
}

double compare_jaccard(const CompareSet *s)
{
  guint64 either = (guint64)s->n[0] + s->n[1] - s->both;
  return either ? (double)s->both / (double)either : NAN;
}

/* --- what is shared --------------------------------------------------------------------------- */

/* Distinct values below `n_values`; G_MAXUINT32 is none. */
typedef guint32 (*ValueOfRow)(const Dataset *ds, guint32 row);

static guint32 user_of(const Dataset *ds, guint32 row)
{
  return ds->log->user[row];
}

static guint32 ip_of(const Dataset *ds, guint32 row)
{
  return ds->log->ip[row] == IP_NONE ? G_MAXUINT32 : ds->log->ip[row];
}

static guint32 lesson_of(const Dataset *ds, guint32 row)
{
  guint32 entry = ds->catalog->entry_of_path[ds->log->path[row]];
  return ds->catalog->kind_of_entry[entry] == KIND_LESSON ? entry : G_MAXUINT32;
}

static guint32 day_of(const Dataset *ds, guint32 row)
{
  return (guint32)(civil_day_of(ds->log->time[row]) - ds->log->first_day);
}

static CompareSet count_set(const Dataset *ds, Selection *const sel[2], guint32 n_values,
                            ValueOfRow value)
{
  CompareSet set = {{0, 0}, 0};
  guint8 *seen = g_new0(guint8, (gsize)n_values + 1);
  for (guint s = 0; s < 2; s++)
    for (guint32 i = 0; i < sel[s]->n; i++) {
      guint32 v = value(ds, selection_row(sel[s], i));
      if (v == G_MAXUINT32 || (seen[v] & (1 << s)))
        continue;
      seen[v] |= (guint8)(1 << s);
      set.n[s]++;
      set.both += seen[v] == 3;
    }
  g_free(seen);
  return set;
}

/* The minute of the next row that is in another one; G_MAXINT64 at the end. */
static CivilTime next_minute(const Dataset *ds, const Selection *sel, guint32 *i, CivilTime last)
{
  for (; *i < sel->n; (*i)++) {
    CivilTime minute = ds->log->time[selection_row(sel, *i)] / 60;
    if (minute != last)
      return minute;
  }
  return G_MAXINT64;
}

/* Rows stand in time order: both lists are walked at once. */
static CompareSet count_minutes(const Dataset *ds, Selection *const sel[2])
{
  CompareSet set = {{0, 0}, 0};
  guint32 at[2] = {0, 0};
  CivilTime now[2];
  for (guint s = 0; s < 2; s++)
    now[s] = next_minute(ds, sel[s], &at[s], G_MININT64);
  while (now[0] != G_MAXINT64 || now[1] != G_MAXINT64) {
    CivilTime first = MIN(now[0], now[1]);
    set.both += now[0] == now[1];
    for (guint s = 0; s < 2; s++)
      if (now[s] == first) {
        set.n[s]++;
        now[s] = next_minute(ds, sel[s], &at[s], first);
      }
  }
  return set;
}

static double hours_alike(const Dataset *ds, Selection *const sel[2])
{
  guint32 hits[2][24] = {{0}};
  if (sel[0]->n == 0 || sel[1]->n == 0)
    return NAN;
  for (guint s = 0; s < 2; s++)
    for (guint32 i = 0; i < sel[s]->n; i++)
      hits[s][civil_hour(ds->log->time[selection_row(sel[s], i)])]++;
  double alike = 0;
  for (int h = 0; h < 24; h++)
    alike += MIN((double)hits[0][h] / sel[0]->n, (double)hits[1][h] / sel[1]->n);
  return alike;
}

/* --- over time -------------------------------------------------------------------------------- */

static void count_weeks(Comparison *c, const Dataset *ds, Selection *const sel[2])
{
  CivilTime first = G_MAXINT64, last = G_MININT64;
  for (guint s = 0; s < 2; s++)
    if (sel[s]->n) {
      first = MIN(first, c->side[s].total.first);
      last = MAX(last, c->side[s].total.last);
    }
  if (first > last)
    return;
  c->first_monday = civil_week_start(civil_day_of(first));
  c->n_weeks = (guint)(civil_week_start(civil_day_of(last)) - c->first_monday) / 7 + 1;
  for (guint s = 0; s < 2; s++) {
    c->side[s].weeks = g_new0(guint32, c->n_weeks);
    for (guint32 i = 0; i < sel[s]->n; i++) {
      CivilDay day = civil_day_of(ds->log->time[selection_row(sel[s], i)]);
      c->side[s].weeks[(day - c->first_monday) / 7]++;
    }
  }
}

/* Each side on the weeks of its own class. */
static void count_course(Comparison *c, const Dataset *ds, Selection *const sel[2])
{
  const Cohort *cohort[2];
  int last = 0;
  if (c->dim != DIM_COHORT)
    return;
  for (guint s = 0; s < 2; s++) {
    cohort[s] = cohort_table_get(ds->log->cohorts, (guint16)c->side[s].key);
    if (cohort[s]->start == CIVIL_DAY_NONE || cohort[s]->staff)
      return;
    if (sel[s]->n)
      last = MAX(last, cohort_course_week(cohort[s], civil_day_of(c->side[s].total.last)));
  }
  c->n_course = (guint)CLAMP(last, 1, COURSE_WEEKS_MAX);
  for (guint s = 0; s < 2; s++) {
    c->side[s].course = g_new0(guint32, c->n_course);
    for (guint32 i = 0; i < sel[s]->n; i++) {
      CivilDay day = civil_day_of(ds->log->time[selection_row(sel[s], i)]);
      int week = cohort_course_week(cohort[s], day);
      if (week < 1)
        c->side[s].before_course++;
      else if ((guint)week <= c->n_course)
        c->side[s].course[week - 1]++;
    }
  }
}

/* --- all of it -------------------------------------------------------------------------------- */

static Selection *select_side(const Dataset *ds, const Scope *scope, Dimension dim, guint32 key,
                              GError **error)
{
  Scope *own = scope_copy(scope);
  g_ptr_array_add(own->terms, scope_term_for_key(ds, dim, key, FALSE));
  Selection *sel = scope_select(own, ds, error);
  scope_free(own);
  return sel;
}

static Comparison *compare(const Dataset *ds, Dimension dim, const guint32 keys[2],
                           Selection *const sel[2], guint gap)
{
  Comparison *c = g_new0(Comparison, 1);
  c->dim = dim;
  c->by = dim == DIM_LESSON ? DIM_COHORT : DIM_LESSON;
  c->meetings = g_array_new(FALSE, TRUE, sizeof(CompareMeeting));
  for (guint s = 0; s < 2; s++) {
    c->side[s].key = keys[s];
    c->side[s].session_hits = c->side[s].pause = NAN;
    rank_totals(ds, sel[s],
                MEASURE_BIT(MEASURE_USERS) | MEASURE_BIT(MEASURE_IPS) |
                    MEASURE_BIT(MEASURE_LESSONS) | MEASURE_BIT(MEASURE_DAYS),
                NULL, &c->side[s].total);
  }
  c->users = count_set(ds, sel, strpool_count(ds->log->users), user_of);
  c->ips = count_set(ds, sel, ip_table_count(ds->log->ips), ip_of);
  c->lessons = count_set(ds, sel, ds->catalog->n_entries, lesson_of);
  c->days = count_set(ds, sel, ds->log->n_days, day_of);
  c->minutes = count_minutes(ds, sel);
  c->hours_alike = hours_alike(ds, sel);
  count_weeks(c, ds, sel);
  count_course(c, ds, sel);
  if (dim == DIM_USER)
    compare_fill_meetings(c, ds, sel, gap);
  compare_fill_rows(c, ds, sel);
  return c;
}

Comparison *comparison_new(const Dataset *ds, const Scope *scope, Dimension dim,
                           const guint32 keys[2], guint session_gap, GError **error)
{
  if (!compare_possible(dim) || keys[0] == keys[1]) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        keys[0] == keys[1] ? "both sides are the same"
                                           : "programs, cohorts, lessons, users and addresses can "
                                             "be compared");
    return NULL;
  }
  Selection *sel[2] = {NULL, NULL};
  Comparison *c = NULL;
  sel[0] = select_side(ds, scope, dim, keys[0], error);
  if (sel[0])
    sel[1] = select_side(ds, scope, dim, keys[1], error);
  if (sel[1])
    c = compare(ds, dim, keys, sel, session_gap);
  selection_free(sel[0]);
  selection_free(sel[1]);
  return c;
}

void comparison_free(Comparison *c)
{
  if (!c)
    return;
  for (guint s = 0; s < 2; s++) {
    g_free(c->side[s].weeks);
    g_free(c->side[s].course);
  }
  g_array_unref(c->meetings);
  g_free(c->rows);
  g_free(c->shared);
  g_free(c);
}
