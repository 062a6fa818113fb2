/* Rules about what an account does all of a sudden: dormant-return, probe. */
#include "core/base/text.h"
#include "core/flags/baseline.h"
#include "core/flags/episode.h"
#include "core/flags/rules.h"
#include "core/stats/robust.h"
#include "core/stats/score.h"

#include <math.h>

/* --- dormant-return --------------------------------------------------------------------------- */

#define RETURNS_MIN 20  /* returns of others that a fence can rest on */
#define CLASS_SHARE 0.5 /* of the pages were read in class */

/* A return: what a user read in the days after so many days without a hit. */
typedef struct {
  guint32 user;
  guint32 first, end; /* places in the page arrays */
  gint64 days;        /* without a hit */
} Return;

static void find_returns(const RuleContext *c, GArray *list)
{
  const Pages *p = c->study->pages;
  const AccessLog *log = c->study->ds->log;
  CivilTime window = (CivilTime)(rule_value(c, "window") * (double)CIVIL_DAY);
  for (guint32 user = 0; user < p->n_users; user++)
    for (guint32 d = p->day_start[user]; d + 1 < p->day_start[user + 1]; d++) {
      const UserDay *last = &p->days[d], *next = &p->days[d + 1];
      if (next->day - last->day < rule_value(c, "days"))
        continue;
      CivilTime back = log->time[log->rows_by_user[next->first_row]];
      Return r = {.user = user,
                  .first = pages_at(p, user, back),
                  .end = pages_at(p, user, back + window),
                  .days = next->day - last->day};
      g_array_append_val(list, r);
    }
}

/* Upper fence of the pages of all returns; 0 when they are too few to say. */
static double returns_fence(const RuleContext *c, const GArray *list, RobustSummary *ret)
{
  double *values = g_new(double, list->len + 1), high;
  for (guint i = 0; i < list->len; i++) {
    const Return *r = &g_array_index(list, Return, i);
    values[i] = r->end - r->first;
  }
  *ret = robust_summarise(values, list->len);
  robust_fences(ret, rule_value(c, "fence"), NULL, &high);
  g_free(values);
  return ret->n >= RETURNS_MIN ? high : 0;
}

/* Somebody who comes back for another class. */
static gboolean is_in_class(const Study *s, const Return *r)
{
  guint32 n = 0;
  for (guint32 i = r->first; i < r->end; i++)
    n += access_log_phase(s->ds->log, s->pages->row[i]) == PHASE_CLASS;
  return n >= CLASS_SHARE * (r->end - r->first);
}

/* Pages read on lines that the user never used before. */
static guint32 on_new_lines(const Study *s, const Return *r)
{
  const Stays *l = s->lines;
  CivilTime back = s->pages->time[r->first];
  guint32 n = 0;
  GHashTable *known = g_hash_table_new(g_direct_hash, g_direct_equal);
  for (guint32 i = l->user_start[r->user]; i < l->user_start[r->user + 1]; i++) {
    const NetStay *stay = &l->stays[l->of_user[i]];
    if (civil_day_of(stay->first) < civil_day_of(back))
      g_hash_table_add(known, GUINT_TO_POINTER(stay->net));
  }
  for (guint32 i = r->first; i < r->end; i++) {
    guint32 line = l->net_of_ip[s->ds->log->ip[s->pages->row[i]]];
    n += !g_hash_table_contains(known, GUINT_TO_POINTER(line));
  }
  g_hash_table_unref(known);
  return n;
}

/* How many of the pages came from new addresses, in words. */
static char *where_from(guint32 pages, guint32 fresh)
{
  if (fresh == 0)
    return g_strdup("all from addresses that it had used before");
  if (fresh == pages)
    return g_strdup("all from addresses new to the account");
  return g_strdup_printf("%u of them from addresses new to the account", fresh);
}

static void return_flag(const RuleContext *c, FlagSink *sink, const Return *r, double h,
                        const RobustSummary *all)
{
  const Pages *p = c->study->pages;
  Episode e = {.first = r->first, .end = r->end};
  guint32 pages = r->end - r->first, fresh = on_new_lines(c->study, r);
  Flag *f = episode_flag(c, p, r->user, &e);
  f->raw_score = score_of(pages, h);
  flag_add_term(f, "pages", pages);
  flag_add_term(f, "threshold", h);
  flag_add_term(f, "days without a hit", (double)r->days);
  flag_add_term(f, "pages from new addresses", fresh);
  flag_add_term(f, "window days", rule_value(c, "window"));
  flag_add_term(f, "duration seconds", (double)(f->to - f->from));
  baseline_set_days(f, c->study, DAY_PAGES);
  flag_set_baseline(f, BASELINE_PROGRAM, all->median, (guint32)all->n,
                    "median pages of everybody's returns after so long");
  char *who = episode_user(c, r->user), *when = episode_when(f->from),
       *lasted = episode_duration(f->to - f->from), *from = where_from(pages, fresh);
  flag_set_text(f,
                "%s came back on %s after %d days without a hit and read %u pages in %s, %s; the "
                "median of %u such returns is %.0f pages.",
                who, when, (int)r->days, pages, lasted, from, (guint)all->n, all->median);
  g_free(who);
  g_free(when);
  g_free(lasted);
  g_free(from);
  flag_sink_add(sink, c, f);
}

void rule_dormant_return(const RuleContext *c, FlagSink *sink)
{
  GArray *list = g_array_new(FALSE, FALSE, sizeof(Return));
  RobustSummary all;
  find_returns(c, list);
  double h = MAX(rule_value(c, "pages"), returns_fence(c, list, &all));
  for (guint i = 0; i < list->len; i++) {
    const Return *r = &g_array_index(list, Return, i);
    if (r->end - r->first >= h && !is_in_class(c->study, r))
      return_flag(c, sink, r, h, &all);
  }
  g_array_unref(list);
}

/* --- probe ------------------------------------------------------------------------------------ */

#define PROBE_GAP CIVIL_DAY /* between two attempts that are one story */

typedef struct {
  const RuleContext *c;
  FlagSink *sink;
  guint32 *hits; /* by user: probes in all */
} Probes;

static gboolean is_probe(const Study *s, guint32 i)
{
  return s->ds->catalog->kind_of_entry[s->pages->entry[i]] == KIND_PROBE;
}

/* Probes of the other students of the user's cohort, or program, per head. */
static double probes_a_head(const Probes *x, guint32 user, BaselineKind k, guint32 *ret_n)
{
  const Study *s = x->c->study;
  guint64 hits = 0;
  guint32 n = 0;
  for (guint32 u = 0; u < s->pages->n_users; u++) {
    if (u == user || s->cohort_of_user[u] == COHORT_NONE)
      continue;
    if (k == BASELINE_COHORT ? s->cohort_of_user[u] != s->cohort_of_user[user]
                             : study_program_of(s, u) != study_program_of(s, user))
      continue;
    hits += x->hits[u];
    n++;
  }
  *ret_n = n;
  return n ? (double)hits / n : NAN;
}

static void set_probe_baselines(const Probes *x, Flag *f, guint32 hits)
{
  const Study *s = x->c->study;
  guint32 n;
  flag_set_baseline(f, BASELINE_OWN, x->hits[f->key] - hits,
                    s->pages->day_start[f->key + 1] - s->pages->day_start[f->key],
                    "other attempts of the account, on all its active days");
  if (s->cohort_of_user[f->key] == COHORT_NONE)
    return;
  double mean = probes_a_head(x, f->key, BASELINE_COHORT, &n);
  flag_set_baseline(f, BASELINE_COHORT, mean, n, "attempts per other student, on all days");
  mean = probes_a_head(x, f->key, BASELINE_PROGRAM, &n);
  flag_set_baseline(f, BASELINE_PROGRAM, mean, n, "attempts per other student, on all days");
}

/* The first of the paths, as logged, cut to a readable length. */
static char *example(const Study *s, const GArray *rows)
{
  const AccessLog *log = s->ds->log;
  gsize len;
  const char *path = strpool_get(log->paths, log->path[g_array_index(rows, guint32, 0)], &len);
  return text_escaped(path, (gssize)len, 60);
}

static void probe_flag(const Probes *x, guint32 user, const GArray *rows, guint32 distinct)
{
  Flag *f = flag_new(x->c->rule, SUBJECT_USER, user);
  flag_set_rows(f, (const guint32 *)(const void *)rows->data, rows->len);
  f->raw_score = score_of((double)rows->len + distinct, rule_value(x->c, "hits"));
  flag_add_term(f, "hits", rows->len);
  flag_add_term(f, "distinct paths", distinct);
  flag_add_term(f, "threshold", rule_value(x->c, "hits"));
  set_probe_baselines(x, f, rows->len);
  const AccessLog *log = x->c->study->ds->log;
  char *who = episode_user(x->c, user), *path = example(x->c->study, rows);
  char *when = episode_when(log->time[f->rows[0]]);
  flag_set_text(f,
                rows->len == 1 ? "%s asked for a path that no lesson has, on %s: %s."
                               : "%s asked from %s on for paths that no lesson has, such as %s: %u "
                                 "hits, %u distinct paths.",
                who, when, path, rows->len, distinct);
  g_free(who);
  g_free(when);
  g_free(path);
  flag_sink_add(x->sink, x->c, f);
}

static void probe_user(const Probes *x, guint32 user, GArray *rows, GHashTable *paths)
{
  const Pages *p = x->c->study->pages;
  const AccessLog *log = x->c->study->ds->log;
  CivilTime last = CIVIL_NONE;
  g_array_set_size(rows, 0);
  g_hash_table_remove_all(paths);
  for (guint32 i = p->start[user]; i < p->start[user + 1]; i++) {
    if (!is_probe(x->c->study, i))
      continue;
    if (rows->len && p->time[i] - last > PROBE_GAP) {
      probe_flag(x, user, rows, g_hash_table_size(paths));
      g_array_set_size(rows, 0);
      g_hash_table_remove_all(paths);
    }
    g_array_append_val(rows, p->row[i]);
    g_hash_table_add(paths, GUINT_TO_POINTER(log->path[p->row[i]]));
    last = p->time[i];
  }
  if (rows->len)
    probe_flag(x, user, rows, g_hash_table_size(paths));
}

void rule_probe(const RuleContext *c, FlagSink *sink)
{
  const Pages *p = c->study->pages;
  Probes x = {.c = c, .sink = sink, .hits = g_new0(guint32, (gsize)p->n_users + 1)};
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  GHashTable *paths = g_hash_table_new(g_direct_hash, g_direct_equal);
  for (guint32 user = 0; user < p->n_users; user++)
    for (guint32 i = p->start[user]; i < p->start[user + 1]; i++)
      x.hits[user] += is_probe(c->study, i);
  for (guint32 user = 0; user < p->n_users; user++)
    if (x.hits[user])
      probe_user(&x, user, rows, paths);
  g_array_unref(rows);
  g_hash_table_unref(paths);
  g_free(x.hits);
}
