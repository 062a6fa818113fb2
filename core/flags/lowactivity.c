/* Low activity: baselines of each class, and who falls below them. */
#include "core/flags/lowactivity.h"

#include <math.h>
#include <string.h>

#include "core/flags/lowactivity_private.h"

void low_options_init(LowOptions *o)
{
  *o = (LowOptions){.hits = 10,
                    .share = 0.1,
                    .z = -3,
                    .min_class = 5,
                    .min_days = 5,
                    .first_days = 7,
                    .silent_days = 10,
                    .link_hours = 24};
}

/* --- baselines ---------------------------------------------------------------------------------
 */

static double log_rate(guint32 hits, guint32 class_days)
{
  return log1p(hits / (double)MAX(1, class_days));
}

static LowBaseline measure_class(const SchoolClass *c)
{
  LowBaseline b = {.students = c->n_active, .median = NAN};
  double *values = g_new(double, (gsize)c->n_active + 1);
  guint32 n = 0;
  for (guint32 i = 0; i < c->n_students; i++)
    if (c->students[i].hits > 0)
      values[n++] = c->students[i].hits;
  b.median = robust_median(values, n);
  n = 0;
  for (guint32 i = 0; i < c->n_students; i++)
    if (c->students[i].hits > 0)
      values[n++] = log_rate(c->students[i].hits, c->n_class_days);
  b.log_rate = robust_summarise(values, n);
  g_free(values);
  return b;
}

/* --- who is listed -----------------------------------------------------------------------------
 */

static LowStudent low_student(const Study *study, const SchoolClass *c, const ClassStudent *s,
                              const LowBaseline *b)
{
  LowStudent low = {.in = c,
                    .student = s,
                    .user = s->user,
                    .cohort = c->cohort,
                    .probable = s->probable,
                    .staff = study->people->staff[s->user],
                    .hits = s->hits + s->elsewhere,
                    .outside = s->outside,
                    .linked = G_MAXUINT32};
  low.per_day = low.hits / (double)MAX(1, c->n_class_days);
  low.share = low.hits / b->median;
  low.z = robust_z(&b->log_rate, log_rate(low.hits, c->n_class_days));
  return low;
}

static guint why_listed(const LowStudent *s, const LowBaseline *b, const LowOptions *o)
{
  guint why = s->hits <= o->hits ? LOW_FEW_HITS : 0;
  /* a student of this cohort who was in class elsewhere is measured by the hits alone */
  if (b->students >= o->min_class && s->in->n_class_days >= o->min_days &&
      s->student->elsewhere <= s->student->hits) {
    why |= s->share < o->share ? LOW_SHARE : 0;
    why |= s->z < o->z ? LOW_Z : 0;
  }
  return why;
}

static void judge_class(LowActivity *l, const Study *study, guint i, GArray *listed)
{
  const SchoolClass *c = &l->classes->classes[i];
  if (c->from > c->to)
    return;
  l->baselines[i] = measure_class(c);
  for (guint32 k = 0; k < c->n_students; k++) {
    LowStudent s = low_student(study, c, &c->students[k], &l->baselines[i]);
    s.listed = why_listed(&s, &l->baselines[i], &l->options);
    if (s.hits == 0) {
      low_explain(&s, study, &l->options);
      g_array_append_val(l->never, s);
    } else if (s.listed) {
      g_array_append_val(listed, s);
    }
  }
}

static int compare_low(gconstpointer a, gconstpointer b)
{
  const LowStudent *x = a, *y = b;
  if ((x->in == NULL) != (y->in == NULL))
    return x->in == NULL ? 1 : -1;
  if (x->hits != y->hits)
    return x->hits < y->hits ? -1 : 1;
  return x->user < y->user ? -1 : 1;
}

/* Ids of the school trying things out: also in classes that the log does not cover. */
static void add_test_ids(const LowActivity *l, const Study *study, const guint8 *staff_ip,
                         GArray *listed)
{
  const AccessLog *log = study->ds->log;
  guint8 *done = g_new0(guint8, (gsize)study->people->n_users + 1);
  for (guint i = 0; i < listed->len; i++)
    done[g_array_index(listed, LowStudent, i).user] = 1;
  for (guint32 u = 0; u < study->people->n_users; u++) {
    guint32 hits = log->user_start[u + 1] - log->user_start[u];
    if (done[u] || hits == 0 || hits > l->options.hits || study->cohort_of_user[u] == COHORT_NONE)
      continue;
    LowStudent s = {.user = u,
                    .cohort = study->cohort_of_user[u],
                    .probable = study->is_probable[u],
                    .staff = study->people->staff[u],
                    .outside = hits,
                    .per_day = NAN,
                    .share = NAN,
                    .z = NAN,
                    .listed = LOW_TEST_ID,
                    .linked = G_MAXUINT32};
    if (low_is_test_account(study, u, staff_ip))
      g_array_append_val(listed, s);
  }
  g_free(done);
}

LowActivity *low_activity_new(const Study *study, const LowOptions *o)
{
  LowActivity *l = g_new0(LowActivity, 1);
  if (o)
    l->options = *o;
  else
    low_options_init(&l->options);
  l->classes = classes_new(study, CIVIL_DAY_NONE);
  l->baselines = g_new0(LowBaseline, l->classes->n + 1);
  l->never = g_array_new(FALSE, FALSE, sizeof(LowStudent));
  GArray *listed = g_array_new(FALSE, FALSE, sizeof(LowStudent));
  for (guint i = 0; i < l->classes->n; i++)
    judge_class(l, study, i, listed);
  guint8 *staff_ip = low_staff_addresses(study);
  add_test_ids(l, study, staff_ip, listed);
  g_array_sort(listed, compare_low);
  for (guint i = 0; i < listed->len; i++) {
    LowStudent *s = &g_array_index(listed, LowStudent, i);
    low_explain(s, study, &l->options);
    low_find_known(s, study, &l->options, staff_ip);
  }
  g_free(staff_ip);
  l->n = listed->len;
  l->students = (LowStudent *)(void *)g_array_free(listed, FALSE);
  return l;
}

void low_activity_free(LowActivity *l)
{
  if (!l)
    return;
  classes_free(l->classes);
  g_free(l->baselines);
  g_free(l->students);
  g_array_unref(l->never);
  g_free(l);
}
