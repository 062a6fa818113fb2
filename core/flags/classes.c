/* Classes: one pass over the rows in user order, then the days on which each class met. */
#include "core/flags/classes.h"

#include <math.h>

#define FETCH_AHEAD 24

static gboolean is_class(const Cohort *c)
{
  return c->start != CIVIL_DAY_NONE && cohort_phase(c, c->start) == PHASE_CLASS;
}

/* --- rows --------------------------------------------------------------------------------------
 */

static void add_day(GArray *days, ClassStudent *s, CivilDay day)
{
  if (s->n_days > 0) {
    ClassUserDay *last = &g_array_index(days, ClassUserDay, days->len - 1);
    if (last->day == day) {
      last->hits++;
      return;
    }
  }
  ClassUserDay first = {day, 1};
  g_array_append_val(days, first);
  s->n_days++;
}

/* FALSE when the user has no row until the last day to look at. */
static gboolean read_student(const Study *study, CivilTime end, guint32 user, GArray *days,
                             ClassStudent *s)
{
  const AccessLog *log = study->ds->log;
  guint16 own = study->cohort_of_user[user];
  *s = (ClassStudent){.user = user,
                      .probable = study->is_probable[user],
                      .first = CIVIL_NONE,
                      .last = CIVIL_NONE,
                      .first_day = days->len};
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
    guint32 ahead = log->rows_by_user[MIN(i + FETCH_AHEAD, log->n_rows - 1)];
    __builtin_prefetch(&log->cohort[ahead]);
    __builtin_prefetch(&log->time[ahead]);
    guint32 row = log->rows_by_user[i];
    guint16 cohort = log->cohort[row];
    if (log->time[row] >= end)
      break;
    if (cohort == COHORT_NONE && s->probable)
      cohort = own;
    CivilDay day = civil_day_of(log->time[row]);
    if (cohort == COHORT_NONE ||
        cohort_phase(cohort_table_get(log->cohorts, cohort), day) != PHASE_CLASS) {
      s->outside++;
    } else if (cohort != own) {
      s->elsewhere++;
    } else {
      if (s->hits++ == 0)
        s->first = log->time[row];
      s->last = log->time[row];
      add_day(days, s, day);
    }
  }
  return s->hits + s->elsewhere + s->outside > 0;
}

/* --- classes -----------------------------------------------------------------------------------
 */

static void find_class_days(const Classes *all, SchoolClass *c)
{
  if (c->from > c->to)
    return;
  gsize span = (gsize)(c->to - c->from) + 1;
  guint32 *active = g_new0(guint32, span);
  for (guint32 i = 0; i < c->n_students; i++) {
    const ClassStudent *s = &c->students[i];
    c->n_active += s->hits > 0;
    for (guint32 d = 0; d < s->n_days; d++)
      active[g_array_index(all->days, ClassUserDay, s->first_day + d).day - c->from]++;
  }
  double enough = MAX(1, ceil(CLASS_DAY_SHARE * c->n_active));
  c->class_days = g_new(CivilDay, span);
  for (gsize d = 0; d < span; d++)
    if (active[d] >= enough)
      c->class_days[c->n_class_days++] = c->from + (CivilDay)d;
  g_free(active);
}

static SchoolClass read_class(const Study *study, Classes *all, guint16 cohort)
{
  const AccessLog *log = study->ds->log;
  const Cohort *info = cohort_table_get(log->cohorts, cohort);
  guint32 begin = study->member_start[cohort], end = study->member_start[cohort + 1];
  SchoolClass c = {.cohort = cohort, .start = info->start, .end = info->end};
  c.from = MAX(info->start, log->first_day);
  c.to = MIN(info->end, all->until);
  c.students = g_new(ClassStudent, (gsize)(end - begin) + 1);
  for (guint32 i = begin; i < end; i++)
    if (read_student(study, civil_day_start(all->until + 1), study->members[i], all->days,
                     &c.students[c.n_students]))
      c.n_students++;
  find_class_days(all, &c);
  return c;
}

static int compare_classes(gconstpointer a, gconstpointer b)
{
  const SchoolClass *x = a, *y = b;
  return x->start != y->start ? (x->start < y->start ? -1 : 1) : x->cohort - y->cohort;
}

Classes *classes_new(const Study *study, CivilDay until)
{
  const AccessLog *log = study->ds->log;
  CivilDay last = log->first_day + (CivilDay)log->n_days - 1;
  Classes *all = g_new0(Classes, 1);
  all->days = g_array_new(FALSE, FALSE, sizeof(ClassUserDay));
  all->until = until == CIVIL_DAY_NONE ? last : MIN(until, last);
  GArray *list = g_array_new(FALSE, FALSE, sizeof(SchoolClass));
  for (guint c = COHORT_NONE + 1; log->n_days > 0 && c < log->cohorts->cohorts->len; c++)
    if (study->member_start[c + 1] > study->member_start[c] &&
        is_class(cohort_table_get(log->cohorts, (guint16)c))) {
      SchoolClass one = read_class(study, all, (guint16)c);
      g_array_append_val(list, one);
    }
  g_array_sort(list, compare_classes);
  all->n = list->len;
  all->classes = (SchoolClass *)(void *)g_array_free(list, FALSE);
  return all;
}

void classes_free(Classes *c)
{
  if (!c)
    return;
  for (guint i = 0; i < c->n; i++) {
    g_free(c->classes[i].students);
    g_free(c->classes[i].class_days);
  }
  g_free(c->classes);
  g_array_unref(c->days);
  g_free(c);
}

guint32 class_days_between(const SchoolClass *c, CivilDay from, CivilDay to)
{
  guint32 n = 0;
  for (guint32 i = 0; i < c->n_class_days; i++)
    n += c->class_days[i] >= from && c->class_days[i] <= to;
  return n;
}

guint32 class_student_hits(const Classes *all, const ClassStudent *s, CivilDay from, CivilDay to)
{
  guint32 n = 0;
  for (guint32 i = 0; i < s->n_days; i++) {
    const ClassUserDay *d = &g_array_index(all->days, ClassUserDay, s->first_day + i);
    n += d->day >= from && d->day <= to ? d->hits : 0;
  }
  return n;
}
