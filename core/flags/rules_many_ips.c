/* Rule many-ips: one account from many private networks, within a day or in all.
 *
 * Only private networks count (core/flags/stays.h): a telephone that moves through the addresses of
 * its carrier has one owner. Two things are a doubt about the private ones, too: when it moved
 * through others of that sort beside them, and when the address changes between one page and the
 * next within seconds, as it does behind a proxy with many ways out. In all, only networks count
 * that the account came back to: people travel. */
#include "core/flags/baseline.h"
#include "core/flags/episode.h"
#include "core/flags/rules.h"
#include "core/stats/robust.h"
#include "core/stats/score.h"

#define ROAMING_SHARE 0.5 /* networks of a carrier or by the way, against private ones */
#define QUICK_SECONDS 30  /* from a page in one network to the next page in another one */
#define QUICK_SHARE   0.5 /* of the changes of network */

typedef struct {
  const RuleContext *c;
  FlagSink *sink;
  guint32 *count;       /* by block: rows in the window */
  guint16 *day_blocks;  /* by user-day: private blocks */
  guint32 *user_blocks; /* by user: private blocks over the whole log, used on several days */
} Many;

/* Rows of a user within the window: places first .. end - 1 of rows_by_user. */
typedef struct {
  guint32 first, end;
  guint32 blocks;
} Window;

static guint32 block_at(const Many *m, guint32 i)
{
  const AccessLog *log = m->c->study->ds->log;
  return m->c->study->places->block_of_ip[log->ip[log->rows_by_user[i]]];
}

static gboolean is_private(const Many *m, guint32 block)
{
  return m->c->study->blocks->is_private[block];
}

static CivilTime time_at(const Many *m, guint32 i)
{
  const AccessLog *log = m->c->study->ds->log;
  return log->time[log->rows_by_user[i]];
}

/* Private blocks of every user-day, and of every user. */
static void count_blocks(Many *m)
{
  const Study *s = m->c->study;
  const Pages *p = s->pages;
  double kept = rule_value(m->c, "kept");
  guint32 *stamp = g_new0(guint32, (gsize)s->places->n_blocks + 1);
  for (guint32 d = 0; d < p->n_days; d++)
    for (guint32 i = p->days[d].first_row; i < p->days[d].first_row + p->days[d].hits; i++) {
      guint32 b = block_at(m, i);
      if (!is_private(m, b) || stamp[b] == d + 1)
        continue;
      stamp[b] = d + 1;
      m->day_blocks[d] += m->day_blocks[d] < G_MAXUINT16;
    }
  g_free(stamp);
  for (guint32 i = 0; i < s->blocks->n_stays; i++) {
    const NetStay *stay = &s->blocks->stays[i];
    m->user_blocks[stay->user] += s->blocks->is_private[stay->net] && stay->days >= kept;
  }
}

/* What the rows of a window say. */
typedef struct {
  GArray *rows;           /* of guint32: those in private blocks that count */
  guint32 roaming;        /* distinct blocks of other kinds, the school's left out */
  guint32 changes, quick; /* from one block to another; of these within QUICK_SECONDS */
} Finding;

static void finding_clear(Finding *x)
{
  g_array_unref(x->rows);
}

static void take_row(const Many *m, Finding *x, guint32 i, GHashTable *roaming)
{
  const Study *s = m->c->study;
  guint32 row = s->ds->log->rows_by_user[i], b = block_at(m, i);
  PlaceKind kind = (PlaceKind)s->places->kind_of_ip[s->ds->log->ip[row]];
  if (is_private(m, b))
    g_array_append_val(x->rows, row);
  else if (b != 0 && kind != PLACE_SITE_REGULAR && kind != PLACE_SITE_OCCASIONAL)
    g_hash_table_add(roaming, GUINT_TO_POINTER(b));
}

static Finding look_at(const Many *m, const Window *w)
{
  Finding x = {.rows = g_array_new(FALSE, FALSE, sizeof(guint32))};
  GHashTable *roaming = g_hash_table_new(g_direct_hash, g_direct_equal);
  for (guint32 i = w->first; i < w->end; i++) {
    take_row(m, &x, i, roaming);
    if (i == w->first || block_at(m, i) == block_at(m, i - 1))
      continue;
    x.changes++;
    x.quick += time_at(m, i) - time_at(m, i - 1) <= QUICK_SECONDS;
  }
  x.roaming = g_hash_table_size(roaming);
  g_hash_table_unref(roaming);
  return x;
}

static gboolean is_carried(const Finding *x, guint32 blocks)
{
  return x->roaming >= ROAMING_SHARE * blocks || x->quick >= QUICK_SHARE * x->changes;
}

/* The parts that both kinds of flag share. */
static Flag *many_flag(const Many *m, guint32 user, const Window *w, const Finding *x, double h)
{
  Flag *f = flag_new(m->c->rule, SUBJECT_USER, user);
  flag_set_rows(f, (const guint32 *)(const void *)x->rows->data, x->rows->len);
  f->raw_score = score_of(w->blocks, h);
  flag_add_term(f, "networks", w->blocks);
  flag_add_term(f, "threshold", h);
  flag_add_term(f, "hits", x->rows->len);
  flag_add_term(f, "changes of network", x->changes);
  flag_add_term(f, "changes within 30 seconds", x->quick);
  flag_add_term(f, "networks of carriers or by the way", x->roaming);
  if (is_carried(x, w->blocks))
    f->doubts |= DOUBT_CARRIER;
  return f;
}

/* --- within a day ----------------------------------------------------------------------------- */

static void day_flag(const Many *m, guint32 user, const Window *w)
{
  const RuleContext *c = m->c;
  Finding x = look_at(m, w);
  Flag *f = many_flag(m, user, w, &x, rule_value(c, "blocks"));
  f->from = time_at(m, w->first);
  f->to = time_at(m, w->end - 1);
  flag_add_term(f, "window hours", rule_value(c, "hours"));
  flag_add_term(f, "duration seconds", (double)(f->to - f->from));
  baseline_set_values(f, c->study, m->day_blocks, "median private networks per active day");
  char *who = episode_user(c, user), *when = episode_when(f->from),
       *lasted = episode_duration(f->to - f->from);
  flag_set_text(f,
                "%s came from %u private networks within %s from %s on, in %u hits with %u changes "
                "of network.",
                who, w->blocks, lasted, when, x.rows->len, x.changes);
  g_free(who);
  g_free(when);
  g_free(lasted);
  finding_clear(&x);
  flag_sink_add(m->sink, c, f);
}

/* The windows of one user with enough blocks; of those that overlap the one with most blocks, and
 * of these the first, as long as it lasts. */
static void find_windows(Many *m, guint32 user, GArray *found)
{
  const AccessLog *log = m->c->study->ds->log;
  gint64 seconds = (gint64)(rule_value(m->c, "hours") * 3600);
  guint32 tail = log->user_start[user], end = log->user_start[user + 1], blocks = 0;
  g_array_set_size(found, 0);
  for (guint32 i = tail; i < end; i++) {
    guint32 b = block_at(m, i);
    blocks += is_private(m, b) && m->count[b]++ == 0;
    for (; time_at(m, i) - time_at(m, tail) > seconds; tail++) {
      guint32 old = block_at(m, tail);
      blocks -= is_private(m, old) && --m->count[old] == 0;
    }
    if (blocks < rule_value(m->c, "blocks"))
      continue;
    Window w = {.first = tail, .end = i + 1, .blocks = blocks};
    Window *last = found->len ? &g_array_index(found, Window, found->len - 1) : NULL;
    if (!last || tail >= last->end)
      g_array_append_val(found, w);
    else if (blocks > last->blocks || (blocks == last->blocks && tail == last->first))
      *last = w;
  }
  for (; tail < end; tail++)
    if (is_private(m, block_at(m, tail)))
      m->count[block_at(m, tail)] = 0;
}

/* --- in all ----------------------------------------------------------------------------------- */

/* Upper fence of the private blocks of the other students of the cohort. */
static double cohort_fence(const Many *m, guint32 user, double *ret_median, guint32 *ret_n)
{
  const Study *s = m->c->study;
  guint16 cohort = s->cohort_of_user[user];
  guint32 n = 0;
  double *values = g_new(double, s->member_start[cohort + 1] - s->member_start[cohort] + 1);
  for (guint32 i = s->member_start[cohort]; cohort && i < s->member_start[cohort + 1]; i++)
    if (s->members[i] != user)
      values[n++] = m->user_blocks[s->members[i]];
  RobustSummary sum = robust_summarise(values, n);
  double high;
  robust_fences(&sum, rule_value(m->c, "fence"), NULL, &high);
  *ret_median = sum.median;
  *ret_n = n;
  g_free(values);
  return high;
}

/* Private blocks of the user's that do not count become those of no interest: the evidence is the
 * use of the kept ones. */
static void keep_rows(const Many *m, guint32 user, Finding *x)
{
  const Study *s = m->c->study;
  GHashTable *kept = g_hash_table_new(g_direct_hash, g_direct_equal);
  for (guint32 i = s->blocks->user_start[user]; i < s->blocks->user_start[user + 1]; i++) {
    const NetStay *stay = &s->blocks->stays[s->blocks->of_user[i]];
    if (stay->days >= rule_value(m->c, "kept"))
      g_hash_table_add(kept, GUINT_TO_POINTER(stay->net));
  }
  guint n = 0;
  for (guint i = 0; i < x->rows->len; i++) {
    guint32 row = g_array_index(x->rows, guint32, i);
    guint32 b = s->places->block_of_ip[s->ds->log->ip[row]];
    if (g_hash_table_contains(kept, GUINT_TO_POINTER(b)))
      g_array_index(x->rows, guint32, n++) = row;
  }
  g_array_set_size(x->rows, n);
  g_hash_table_unref(kept);
}

static void total_flag(const Many *m, guint32 user)
{
  const RuleContext *c = m->c;
  const AccessLog *log = c->study->ds->log;
  guint32 n;
  double median, fence = cohort_fence(m, user, &median, &n);
  Window w = {.first = log->user_start[user],
              .end = log->user_start[user + 1],
              .blocks = m->user_blocks[user]};
  if (n == 0 || w.blocks <= fence)
    return;
  Finding x = look_at(m, &w);
  keep_rows(m, user, &x);
  Flag *f = many_flag(m, user, &w, &x, MAX(rule_value(c, "total"), fence));
  flag_set_baseline(f, BASELINE_COHORT, median, n, "median such networks of the other students");
  char *who = episode_user(c, user);
  flag_set_text(f,
                "%s keeps coming back to %u private networks (each on %.0f days or more, %u hits); "
                "the median of the %u others of the cohort is %.0f.",
                who, w.blocks, rule_value(c, "kept"), x.rows->len, n, median);
  g_free(who);
  finding_clear(&x);
  flag_sink_add(m->sink, c, f);
}

/* --- all of it -------------------------------------------------------------------------------- */

void rule_many_ips(const RuleContext *c, FlagSink *sink)
{
  const Study *s = c->study;
  guint32 n_users = s->pages->n_users;
  Many m = {.c = c,
            .sink = sink,
            .count = g_new0(guint32, (gsize)s->places->n_blocks + 1),
            .day_blocks = g_new0(guint16, (gsize)s->pages->n_days + 1),
            .user_blocks = g_new0(guint32, (gsize)n_users + 1)};
  GArray *found = g_array_new(FALSE, FALSE, sizeof(Window));
  count_blocks(&m);
  for (guint32 user = 0; user < n_users; user++) {
    if (s->blocks->user_start[user + 1] - s->blocks->user_start[user] < rule_value(c, "blocks"))
      continue;
    find_windows(&m, user, found);
    for (guint i = 0; i < found->len; i++)
      day_flag(&m, user, &g_array_index(found, Window, i));
  }
  for (guint32 user = 0; user < n_users; user++)
    if (m.user_blocks[user] >= rule_value(c, "total"))
      total_flag(&m, user);
  g_array_unref(found);
  g_free(m.count);
  g_free(m.day_blocks);
  g_free(m.user_blocks);
}
