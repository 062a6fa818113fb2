/* Rule off-hours: reading through the night, unlike the user's own nights and the cohort's.
 *
 * A night is the hours `from` to `to` of one date. Two ways to be found: one long night, or night
 * after night. Who always reads at night is found by neither: a shift worker's nights are like the
 * others of that user. */
#include "core/flags/episode.h"
#include "core/flags/rules.h"
#include "core/stats/robust.h"
#include "core/stats/score.h"

#include <math.h>
#include <stdlib.h>

/* One user in one night with any page. */
typedef struct {
  guint32 user, day;
  guint32 first, end; /* places of its pages; with nights across midnight also pages of the day */
  guint32 pages, distinct;
} Night;

typedef struct {
  const RuleContext *c;
  FlagSink *sink;
  int from, to;
  PageWindow *window;
  GArray *nights; /* of Night, by user, in order of time */
  guint32 *start; /* by user: its first night; n_users + 1 entries */

} Nights;

static gboolean is_night(const Nights *n, CivilTime t)
{
  int hour = civil_hour(t);
  return n->from < n->to ? hour >= n->from && hour < n->to : hour >= n->from || hour < n->to;
}

static void gather_day(Nights *n, guint32 user, const UserDay *d)
{
  const Pages *p = n->c->study->pages;
  Night night = {.user = user, .day = d->day, .first = G_MAXUINT32};
  for (guint32 i = d->first_page; i < d->first_page + d->pages; i++) {
    if (!is_night(n, p->time[i]))
      continue;
    night.first = MIN(night.first, i);
    night.end = i + 1;
    night.pages++;
    page_window_push(n->window, p->entry[i]);
  }
  if (night.pages == 0)
    return;
  night.distinct = n->window->distinct;
  for (guint32 i = night.first; i < night.end; i++)
    if (is_night(n, p->time[i]))
      page_window_pop(n->window, p->entry[i]);
  g_array_append_val(n->nights, night);
}

static void gather(Nights *n)
{
  const Pages *p = n->c->study->pages;
  for (guint32 user = 0; user < p->n_users; user++) {
    n->start[user] = n->nights->len;
    for (guint32 i = p->day_start[user]; i < p->day_start[user + 1]; i++)
      gather_day(n, user, &p->days[i]);
  }
  n->start[p->n_users] = n->nights->len;
}

static const Night *night_at(const Nights *n, guint32 i)
{
  return &g_array_index(n->nights, Night, i);
}

/* --- what is usual ---------------------------------------------------------------------------- */

/* Quantile of the distinct pages of the nights of a cohort, `but` left out (a user whose own nights
 * would hide it). */
static double cohort_quantile(const Nights *n, guint16 cohort, guint32 but, double q,
                              guint32 *ret_n)
{
  const Study *s = n->c->study;
  GArray *values = g_array_new(FALSE, FALSE, sizeof(double));
  for (guint32 i = s->member_start[cohort]; cohort && i < s->member_start[cohort + 1]; i++)
    for (guint32 j = n->start[s->members[i]]; j < n->start[s->members[i] + 1]; j++) {
      double x = night_at(n, j)->distinct;
      if (s->members[i] != but)
        g_array_append_val(values, x);
    }
  *ret_n = values->len;
  double result = robust_quantile((double *)(void *)values->data, values->len, q);
  g_array_unref(values);
  return result;
}

/* Median distinct pages of the user's nights but those first .. end - 1. */
static double own_median(const Nights *n, guint32 user, guint32 first, guint32 end, guint32 *ret_n)
{
  guint32 all = n->start[user + 1] - n->start[user], k = 0;
  double *values = g_new(double, (gsize)all + 1);
  for (guint32 j = n->start[user]; j < n->start[user + 1]; j++)
    if (j < first || j >= end)
      values[k++] = night_at(n, j)->distinct;
  double median = robust_median(values, k);
  *ret_n = k;
  g_free(values);
  return median;
}

/* Night pages and all pages of one user in the days from..to since the first day of the log. */
static void add_share(const Nights *n, guint32 user, guint32 from, guint32 to, double ret[2])
{
  const Pages *p = n->c->study->pages;
  for (guint32 i = pages_day_at(p, user, from); i < p->day_start[user + 1] && p->days[i].day <= to;
       i++)
    ret[1] += p->days[i].pages;
  for (guint32 j = n->start[user]; j < n->start[user + 1]; j++)
    if (night_at(n, j)->day >= from && night_at(n, j)->day <= to)
      ret[0] += night_at(n, j)->pages;
}

/* Share of night pages of the user; of the other members of the cohort. NaN without pages. */
static double night_share(const Nights *n, guint32 user, gboolean others, guint32 from, guint32 to)
{
  const Study *s = n->c->study;
  guint16 cohort = s->cohort_of_user[user];
  double pages[2] = {0, 0};
  if (!others)
    add_share(n, user, from, to, pages);
  for (guint32 i = s->member_start[cohort]; others && cohort && i < s->member_start[cohort + 1];
       i++)
    if (s->members[i] != user)
      add_share(n, s->members[i], from, to, pages);
  return pages[1] > 0 ? pages[0] / pages[1] : NAN;
}

/* --- flags ------------------------------------------------------------------------------------ */

static void set_baselines(Flag *f, const Nights *n, guint32 first, guint32 end)
{
  const Study *s = n->c->study;
  guint32 k;
  double own = own_median(n, f->key, first, end, &k);
  flag_set_baseline(f, BASELINE_OWN, own, k, "median distinct pages of the other nights");
  double cohort = cohort_quantile(n, s->cohort_of_user[f->key], f->key, 0.95, &k);
  flag_set_baseline(f, BASELINE_COHORT, cohort, k,
                    "95th percentile of distinct pages of the nights of others");
  guint8 program = study_program_of(s, f->key);
  GArray *values = g_array_new(FALSE, FALSE, sizeof(double));
  for (guint32 j = 0; program != PROGRAM_NONE && j < n->nights->len; j++) {
    const Night *night = night_at(n, j);
    double x = night->distinct;
    if (night->user != f->key && study_program_of(s, night->user) == program)
      g_array_append_val(values, x);
  }
  flag_set_baseline(f, BASELINE_PROGRAM,
                    robust_quantile((double *)(void *)values->data, values->len, 0.95), values->len,
                    "95th percentile of distinct pages of the nights of others");
  g_array_unref(values);
}

static Flag *night_flag(const Nights *n, guint32 user, guint32 first, guint32 end)
{
  const Pages *p = n->c->study->pages;
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 j = first; j < end; j++)
    for (guint32 i = night_at(n, j)->first; i < night_at(n, j)->end; i++)
      if (is_night(n, p->time[i]))
        g_array_append_val(rows, p->row[i]);
  Flag *f = flag_new(n->c->rule, SUBJECT_USER, user);
  flag_set_rows(f, (const guint32 *)(const void *)rows->data, rows->len);
  f->from = p->time[night_at(n, first)->first];
  f->to = p->time[night_at(n, end - 1)->end - 1];
  g_array_unref(rows);
  return f;
}

/* --- one long night --------------------------------------------------------------------------- */

static gboolean is_long(const Nights *n, guint32 j)
{
  const RuleContext *c = n->c;
  const Night *night = night_at(n, j);
  guint32 k;
  if (night->distinct < rule_value(c, "pages"))
    return FALSE;
  double own = own_median(n, night->user, j, j + 1, &k);
  if (!isnan(own) && night->distinct <= rule_value(c, "own") * own)
    return FALSE;
  double cohort = cohort_quantile(n, c->study->cohort_of_user[night->user], night->user,
                                  rule_value(c, "percentile"), &k);
  return isnan(cohort) || night->distinct > cohort;
}

static void long_flag(const Nights *n, guint32 j)
{
  const Night *night = night_at(n, j);
  Flag *f = night_flag(n, night->user, j, j + 1);
  double minutes = MAX(1, (double)(f->to - f->from) / 60);
  f->raw_score = score_of(night->distinct, rule_value(n->c, "pages"));
  flag_add_term(f, "distinct pages", night->distinct);
  flag_add_term(f, "threshold", rule_value(n->c, "pages"));
  flag_add_term(f, "pages", night->pages);
  flag_add_term(f, "duration seconds", (double)(f->to - f->from));
  flag_add_term(f, "pages per minute", night->pages / minutes);
  set_baselines(f, n, j, j + 1);
  char *who = episode_user(n->c, night->user), *lasted = episode_duration(f->to - f->from);
  char *when = episode_when(f->from);
  flag_set_text(f,
                "%s read %u pages (%u distinct) within %s in the night of %s, between %d:00 and "
                "%d:00.",
                who, night->pages, night->distinct, lasted, when, n->from, n->to);
  g_free(who);
  g_free(lasted);
  g_free(when);
  flag_sink_add(n->sink, n->c, f);
}

/* --- night after night ------------------------------------------------------------------------ */

/* Nights of the user with enough pages: their places. */
static void busy_nights(const Nights *n, guint32 user, GArray *ret)
{
  g_array_set_size(ret, 0);
  for (guint32 j = n->start[user]; j < n->start[user + 1]; j++)
    if (night_at(n, j)->distinct >= rule_value(n->c, "night-pages"))
      g_array_append_val(ret, j);
}

/* Whether the busy nights k .. k + need - 1 lie within the days of the rule. */
static gboolean is_dense(const Nights *n, const GArray *busy, guint k, guint need)
{
  if (k + need > busy->len)
    return FALSE;
  const Night *first = night_at(n, g_array_index(busy, guint32, k));
  const Night *last = night_at(n, g_array_index(busy, guint32, k + need - 1));
  return last->day - first->day < rule_value(n->c, "days");
}

/* The next spell among the busy nights from *k on: dense windows that overlap, joined. FALSE when
 * there is none; *k moves behind it. */
static gboolean next_spell(const Nights *n, const GArray *busy, guint need, guint *k, GArray *spell)
{
  while (*k < busy->len && !is_dense(n, busy, *k, need))
    (*k)++;
  if (*k >= busy->len)
    return FALSE;
  guint first = *k, end = *k + need;
  while (*k < end) {
    if (is_dense(n, busy, *k, need))
      end = *k + need;
    (*k)++;
  }
  g_array_set_size(spell, 0);
  for (guint i = first; i < end; i++)
    g_array_append_val(spell, g_array_index(busy, guint32, i));
  return TRUE;
}

static Flag *spell_rows(const Nights *n, guint32 user, const GArray *spell)
{
  const Pages *p = n->c->study->pages;
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint k = 0; k < spell->len; k++) {
    const Night *night = night_at(n, g_array_index(spell, guint32, k));
    for (guint32 i = night->first; i < night->end; i++)
      if (is_night(n, p->time[i]))
        g_array_append_val(rows, p->row[i]);
  }
  Flag *f = flag_new(n->c->rule, SUBJECT_USER, user);
  flag_set_rows(f, (const guint32 *)(const void *)rows->data, rows->len);
  g_array_unref(rows);
  return f;
}

static void spell_flag(const Nights *n, guint32 user, const GArray *spell, double own,
                       double others)
{
  guint32 first = g_array_index(spell, guint32, 0);
  guint32 last = g_array_index(spell, guint32, spell->len - 1);
  Flag *f = spell_rows(n, user, spell);
  f->raw_score = score_of(spell->len, rule_value(n->c, "nights"));
  flag_add_term(f, "nights", spell->len);
  flag_add_term(f, "threshold", rule_value(n->c, "nights"));
  flag_add_term(f, "days", night_at(n, last)->day - night_at(n, first)->day + 1);
  flag_add_term(f, "pages", f->n_rows);
  flag_add_term(f, "night share", own);
  flag_add_term(f, "night share of the cohort", others);
  set_baselines(f, n, first, last + 1);
  char *who = episode_user(n->c, user);
  char from[CIVIL_BUF], to[CIVIL_BUF];
  const AccessLog *log = n->c->study->ds->log;
  civil_format_day(civil_day_of(log->time[f->rows[0]]), from);
  civil_format_day(civil_day_of(log->time[f->rows[f->n_rows - 1]]), to);
  flag_set_text(f,
                "%s read %u pages in %u nights between %s and %s: %.0f %% of the pages of these "
                "days at night, against %.1f %% in the cohort.",
                who, f->n_rows, spell->len, from, to, 100 * own, 100 * others);
  g_free(who);
  flag_sink_add(n->sink, n->c, f);
}

static void find_spells(const Nights *n, guint32 user, GArray *busy, GArray *spell)
{
  guint need = (guint)rule_value(n->c, "nights"), k = 0;
  double ratio = rule_value(n->c, "ratio");
  busy_nights(n, user, busy);
  while (next_spell(n, busy, need, &k, spell)) {
    guint32 from = night_at(n, g_array_index(spell, guint32, 0))->day;
    guint32 to = night_at(n, g_array_index(spell, guint32, spell->len - 1))->day;
    double own = night_share(n, user, FALSE, from, to);
    double others = night_share(n, user, TRUE, from, to);
    if (isnan(others) || own >= ratio * others)
      spell_flag(n, user, spell, own, others);
  }
}

void rule_off_hours(const RuleContext *c, FlagSink *sink)
{
  const Pages *p = c->study->pages;
  Nights n = {.c = c,
              .sink = sink,
              .from = (int)rule_value(c, "from"),
              .to = (int)rule_value(c, "to"),
              .window = page_window_new(c->study->ds),
              .nights = g_array_new(FALSE, FALSE, sizeof(Night)),
              .start = g_new0(guint32, (gsize)p->n_users + 1)};
  GArray *busy = g_array_new(FALSE, FALSE, sizeof(guint32));
  GArray *spell = g_array_new(FALSE, FALSE, sizeof(guint32));
  gather(&n);
  for (guint32 user = 0; user < p->n_users; user++) {
    for (guint32 j = n.start[user]; j < n.start[user + 1]; j++)
      if (is_long(&n, j))
        long_flag(&n, j);
    find_spells(&n, user, busy, spell);
  }
  g_array_unref(busy);
  g_array_unref(spell);
  g_array_unref(n.nights);
  page_window_free(n.window);
  g_free(n.start);
}
