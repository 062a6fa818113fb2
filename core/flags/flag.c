/* One flag: building it up, naming its subject, and what the sink completes. */
#include "core/flags/flags_private.h"

#include "core/base/marked.h"
#include "core/query/dimension.h"
#include "core/stats/score.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const char *baseline_name(BaselineKind k)
{
  static const char *const names[N_BASELINES] = {"own", "cohort", "program"};
  return names[k];
}

Flag *flag_new(RuleId rule, SubjectType subject, guint32 key)
{
  Flag *f = g_new0(Flag, 1);
  f->rule = rule;
  f->subject = subject;
  f->key = key;
  f->from = f->to = CIVIL_NONE;
  f->lesson = subject == SUBJECT_LESSON ? key : CATALOG_NONE;
  f->cohort = subject == SUBJECT_COHORT ? (guint16)key : COHORT_NONE;
  f->related = g_ptr_array_new_with_free_func(g_free);
  for (guint k = 0; k < N_BASELINES; k++)
    flag_set_baseline(f, (BaselineKind)k, NAN, 0, "");
  if (subject == SUBJECT_USER)
    flag_add_user(f, key);
  return f;
}

void flag_free(Flag *f)
{
  if (!f)
    return;
  g_free(f->id);
  g_free(f->users);
  g_free(f->ips);
  g_free(f->rows);
  g_free(f->text);
  g_free(f->marked);
  g_ptr_array_unref(f->related);
  g_free(f);
}

void flag_add_term(Flag *f, const char *name, double value)
{
  if (f->n_terms < FLAG_MAX_TERMS)
    f->terms[f->n_terms++] = (FlagTerm){.name = name, .value = value};
}

void flag_add_user(Flag *f, guint32 user)
{
  f->users = g_renew(guint32, f->users, f->n_users + 1);
  f->users[f->n_users++] = user;
}

void flag_set_baseline(Flag *f, BaselineKind k, double value, guint32 n, const char *what)
{
  f->baselines[k] = (FlagBaseline){.value = value, .n = n, .what = what};
}

static int compare_numbers(const void *a, const void *b)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return x < y ? -1 : x > y;
}

void flag_set_rows(Flag *f, const guint32 *rows, guint32 n)
{
  guint32 *sorted = g_memdup2(rows, sizeof *rows * n);
  if (n)
    qsort(sorted, n, sizeof *sorted, compare_numbers);
  g_free(f->rows);
  f->events = n;
  f->n_rows = MIN(n, FLAG_MAX_ROWS);
  f->rows = f->n_rows < n ? g_memdup2(sorted, sizeof *rows * f->n_rows) : sorted;
  if (f->rows != sorted)
    g_free(sorted);
}

void flag_set_text(Flag *f, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  char *raw = g_strdup_vprintf(format, args);
  va_end(args);
  g_free(f->text);
  g_free(f->marked);
  f->text = marked_text(raw, NULL, NULL);
  f->marked = raw;
}

/* --- the subject ------------------------------------------------------------------------------ */

static const Dimension subject_dimension[N_SUBJECTS] = {[SUBJECT_USER] = DIM_USER,
                                                        [SUBJECT_IP] = DIM_IP,
                                                        [SUBJECT_COHORT] = DIM_COHORT,
                                                        [SUBJECT_LESSON] = DIM_LESSON,
                                                        [SUBJECT_DAY] = DIM_DAY};

char *flag_subject_id(const Flag *f, const Dataset *ds)
{
  char *id = dimension_id(ds, subject_dimension[f->subject], f->key);
  return id ? id : g_strdup("");
}

char *flag_subject_label(const Flag *f, const Dataset *ds)
{
  static const char *const words[N_SUBJECTS] = {"user", "address", "cohort", "lesson", "day"};
  char *name = dimension_label(ds, subject_dimension[f->subject], f->key);
  char *label = g_strdup_printf("%s %s", words[f->subject], name);
  g_free(name);
  return label;
}

/* --- the sink --------------------------------------------------------------------------------- */

/* Distinct addresses of the evidence, a missing one left out. */
static void fill_ips(Flag *f, const AccessLog *log)
{
  guint32 *ips = g_new(guint32, f->n_rows + 1), n = 0;
  for (guint32 i = 0; i < f->n_rows; i++)
    if (log->ip[f->rows[i]] != IP_NONE)
      ips[n++] = log->ip[f->rows[i]];
  if (n)
    qsort(ips, n, sizeof *ips, compare_numbers);
  guint32 kept = 0;
  for (guint32 i = 0; i < n; i++)
    if (kept == 0 || ips[kept - 1] != ips[i])
      ips[kept++] = ips[i];
  f->ips = ips;
  f->n_ips = kept;
}

void flag_sink_add(FlagSink *sink, const RuleContext *c, Flag *f)
{
  const Study *s = c->study;
  const AccessLog *log = s->ds->log;
  if (f->n_rows && f->from == CIVIL_NONE)
    f->from = log->time[f->rows[0]];
  if (f->n_rows && f->to == CIVIL_NONE)
    f->to = log->time[f->rows[f->n_rows - 1]];
  if (!f->ips)
    fill_ips(f, log);
  if (f->cohort == COHORT_NONE && f->subject == SUBJECT_USER)
    f->cohort = s->cohort_of_user[f->key];
  if (!f->text)
    flag_set_text(f, "%s", "");
  f->doubts |= doubts_of(s, f, rule_get(c->rule)->doubts);
  guint n_doubts = 0;
  for (guint i = 0; i < N_DOUBTS; i++)
    n_doubts += f->doubts >> i & 1;
  f->score = score_doubted(f->raw_score, n_doubts);
  g_ptr_array_add(sink->flags, f);
}
