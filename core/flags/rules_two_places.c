/* Rule two-places: two lines that take turns on one account within minutes, day after day.
 *
 * One change a day is a person going home. The school is one place, whatever its addresses;
 * carriers are no place at all. A line with IPv4 and IPv6 is one place with two addresses: such a
 * pair is left out when it was together on most days of either. */
#include "core/base/marked.h"
#include "core/flags/baseline.h"
#include "core/flags/episode.h"
#include "core/flags/rules.h"
#include "core/stats/score.h"

#define QUICK_SECONDS 30  /* from a page in one place to the next page in the other */
#define QUICK_SHARE   0.5 /* of the changes: a proxy with two ways out is quicker than people */
#define ONE_LINE      0.5 /* of the days of the busier half of a pair both were used */

#define PAIRS_MAX 10000 /* of one user: whose addresses change so often is in no two places */

#define NOWHERE G_MAXUINT32

/* Two places of one user, the smaller number first; and its changes. */
typedef struct {
  guint32 a, b, user;
  CivilDay day;           /* of the latest change */
  guint32 today;          /* changes on that day */
  guint32 changes, quick; /* in all */
  GArray *days;           /* of CivilDay: with enough changes; NULL: none yet */
} Pair;

typedef struct {
  const RuleContext *c;
  FlagSink *sink;
  guint32 school;       /* the number of the school as a place */
  GHashTable *pairs;    /* of Pair, of one user */
  GPtrArray *found;     /* of Pair*: those with enough days, of all users */
  guint16 *day_changes; /* by user-day */
} Two;

static guint pair_hash(gconstpointer key)
{
  const Pair *p = key;
  return p->a * 31 + p->b;
}

static gboolean pair_equal(gconstpointer x, gconstpointer y)
{
  const Pair *p = x, *q = y;
  return p->a == q->a && p->b == q->b;
}

static void pair_free(gpointer data)
{
  Pair *p = data;
  if (p->days)
    g_array_unref(p->days);
  g_free(p);
}

/* Where a row came from: a line, the school, or nowhere. */
static guint32 place_of(const Two *t, guint32 row)
{
  const Study *s = t->c->study;
  guint32 ip = s->ds->log->ip[row];
  switch ((PlaceKind)s->places->kind_of_ip[ip]) {
  case PLACE_SITE_REGULAR:
  case PLACE_SITE_OCCASIONAL:
    return t->school;
  case PLACE_CARRIER:
    return NOWHERE;
  case PLACE_PRIVATE:
    break;
  }
  return ip == IP_NONE ? NOWHERE : s->lines->net_of_ip[ip];
}

/* --- counting changes ------------------------------------------------------------------------- */

static void count_change(Two *t, guint32 from, guint32 to, CivilDay day, gint64 gap)
{
  Pair key = {.a = MIN(from, to), .b = MAX(from, to)};
  Pair *p = g_hash_table_lookup(t->pairs, &key);
  if (!p && g_hash_table_size(t->pairs) >= PAIRS_MAX)
    return;
  if (!p) {
    p = g_memdup2(&key, sizeof key);
    p->day = CIVIL_DAY_NONE;
    g_hash_table_add(t->pairs, p);
  }
  p->today = p->day == day ? p->today + 1 : 1;
  p->day = day;
  p->changes++;
  p->quick += gap <= QUICK_SECONDS;
  if (p->today != (guint32)rule_value(t->c, "changes"))
    return;
  if (!p->days)
    p->days = g_array_new(FALSE, FALSE, sizeof(CivilDay));
  g_array_append_val(p->days, day);
}

/* Changes of one user-day; those across midnight belong to no day. */
static void walk_day(Two *t, guint32 d)
{
  const Study *s = t->c->study;
  const AccessLog *log = s->ds->log;
  const UserDay *day = &s->pages->days[d];
  gint64 longest = (gint64)(rule_value(t->c, "minutes") * 60);
  guint32 before = NOWHERE;
  CivilTime last = 0;
  for (guint32 i = day->first_row; i < day->first_row + day->hits; i++) {
    guint32 row = log->rows_by_user[i], here = place_of(t, row);
    CivilTime now = log->time[row];
    if (here == NOWHERE)
      continue;
    if (before != NOWHERE && here != before && now - last < longest) {
      count_change(t, before, here, civil_day_of(now), now - last);
      t->day_changes[d] += t->day_changes[d] < G_MAXUINT16;
    }
    before = here;
    last = now;
  }
}

/* --- one pair --------------------------------------------------------------------------------- */

static gboolean is_pair_row(const Two *t, const Pair *p, guint32 row)
{
  guint32 here = place_of(t, row);
  return here == p->a || here == p->b;
}

/* Rows of the pair on its days; the user's days in both places into *ret_both, and in the busier
 * one into *ret_most. */
static GArray *rows_of(const Two *t, const Pair *p, guint32 *ret_both, guint32 *ret_most)
{
  const Study *s = t->c->study;
  const AccessLog *log = s->ds->log;
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  guint32 days[3] = {0, 0, 0}; /* in a, in b, in both */
  guint k = 0;
  for (guint32 d = s->pages->day_start[p->user]; d < s->pages->day_start[p->user + 1]; d++) {
    const UserDay *day = &s->pages->days[d];
    gboolean in[2] = {FALSE, FALSE};
    CivilDay date = log->first_day + (CivilDay)day->day;
    gboolean counts = k < p->days->len && g_array_index(p->days, CivilDay, k) == date;
    for (guint32 i = day->first_row; i < day->first_row + day->hits; i++) {
      guint32 row = log->rows_by_user[i], here = place_of(t, row);
      in[0] |= here == p->a;
      in[1] |= here == p->b;
      if (counts && is_pair_row(t, p, row))
        g_array_append_val(rows, row);
    }
    k += counts;
    days[0] += in[0] != 0;
    days[1] += in[1] != 0;
    days[2] += in[0] && in[1];
  }
  *ret_both = days[2];
  *ret_most = MAX(days[0], days[1]);
  return rows;
}

static IpFamily family_of(const Two *t, guint32 place)
{
  const Study *s = t->c->study;
  if (place == t->school)
    return IP_MISSING;
  return ip_table_family(s->ds->log->ips, s->lines->ips[s->lines->ip_start[place]]);
}

static gboolean is_one_line(const Two *t, const Pair *p, guint32 both, guint32 most)
{
  IpFamily a = family_of(t, p->a), b = family_of(t, p->b);
  return ((a == IP_V4 && b == IP_V6) || (a == IP_V6 && b == IP_V4)) && both >= ONE_LINE * most;
}

static char *place_text(const Two *t, guint32 place)
{
  const Study *s = t->c->study;
  if (place == t->school)
    return g_strdup("the school");
  const char *ip = ip_table_text(s->ds->log->ips, s->lines->ips[s->lines->ip_start[place]]);
  return g_strdup_printf(MARKED_ADDRESS, ip);
}

static void describe(Flag *f, const Two *t, const Pair *p)
{
  char *who = episode_user(t->c, f->key), *a = place_text(t, p->a), *b = place_text(t, p->b);
  char from[CIVIL_BUF], to[CIVIL_BUF];
  flag_set_text(f,
                "%s was in two places in turn, %s and %s: on %u days from %s to %s at least %.0f "
                "changes with less than %.0f minutes between (%u hits).",
                who, a, b, p->days->len,
                civil_format_day(g_array_index(p->days, CivilDay, 0), from),
                civil_format_day(g_array_index(p->days, CivilDay, p->days->len - 1), to),
                rule_value(t->c, "changes"), rule_value(t->c, "minutes"), (guint)f->events);
  g_free(who);
  g_free(a);
  g_free(b);
}

static void pair_flag(const Two *t, const Pair *p)
{
  const RuleContext *c = t->c;
  guint32 both, most;
  GArray *rows = rows_of(t, p, &both, &most);
  if (is_one_line(t, p, both, most)) {
    g_array_unref(rows);
    return;
  }
  Flag *f = flag_new(c->rule, SUBJECT_USER, p->user);
  flag_set_rows(f, (const guint32 *)(const void *)rows->data, rows->len);
  f->from = c->study->ds->log->time[f->rows[0]];
  f->to = c->study->ds->log->time[f->rows[f->n_rows - 1]];
  f->raw_score = score_of(p->days->len, rule_value(c, "days"));
  flag_add_term(f, "days", p->days->len);
  flag_add_term(f, "threshold", rule_value(c, "days"));
  flag_add_term(f, "changes", p->changes);
  flag_add_term(f, "changes within 30 seconds", p->quick);
  flag_add_term(f, "days in both places", both);
  flag_add_term(f, "days in the busier place", most);
  flag_add_term(f, "hits", rows->len);
  baseline_set_values(f, c->study, t->day_changes, "median quick changes of place per active day");
  if (p->quick >= QUICK_SHARE * p->changes)
    f->doubts |= DOUBT_CARRIER;
  describe(f, t, p);
  g_array_unref(rows);
  flag_sink_add(t->sink, c, f);
}

/* --- all of it -------------------------------------------------------------------------------- */

/* Moves the pairs with enough days out of the table. */
static void take_pairs(Two *t, guint32 user)
{
  GHashTableIter it;
  gpointer key;
  g_hash_table_iter_init(&it, t->pairs);
  while (g_hash_table_iter_next(&it, &key, NULL)) {
    Pair *p = key;
    if (p->days && p->days->len >= rule_value(t->c, "days")) {
      p->user = user;
      g_ptr_array_add(t->found, p);
      g_hash_table_iter_steal(&it);
    }
  }
  g_hash_table_remove_all(t->pairs);
}

void rule_two_places(const RuleContext *c, FlagSink *sink)
{
  const Study *s = c->study;
  Two t = {.c = c,
           .sink = sink,
           .school = s->lines->n_nets,
           .pairs = g_hash_table_new_full(pair_hash, pair_equal, pair_free, NULL),
           .found = g_ptr_array_new_with_free_func(pair_free),
           .day_changes = g_new0(guint16, (gsize)s->pages->n_days + 1)};
  for (guint32 user = 0; user < s->pages->n_users; user++) {
    for (guint32 d = s->pages->day_start[user]; d < s->pages->day_start[user + 1]; d++)
      walk_day(&t, d);
    take_pairs(&t, user);
  }
  for (guint i = 0; i < t.found->len; i++) /* now that the changes of everybody are counted */
    pair_flag(&t, g_ptr_array_index(t.found, i));
  g_ptr_array_unref(t.found);
  g_hash_table_unref(t.pairs);
  g_free(t.day_changes);
}
