/* Rule new-place: much reading from somewhere a known user never was.
 *
 * Somewhere is a country, when an .mmdb file knows the countries. Without one it is a network, a
 * /16 (IPv6: a /32) or the AS of a file that knows only these, in which nobody else ever was; that
 * is weak evidence, as people move and travel, and halves the score. */
#include "core/base/marked.h"
#include "core/flags/baseline.h"
#include "core/flags/episode.h"
#include "core/flags/rules.h"
#include "core/stats/score.h"

#define WEAK         0.5             /* of the score, for a network in place of a country */
#define SETTLED_DAYS 5               /* active days that make a history */
#define ARRIVAL      (7 * CIVIL_DAY) /* the place is new so long after its first use */

#define NETWORK_4 16
#define NETWORK_6 32

typedef struct {
  const RuleContext *c;
  FlagSink *sink;
  gboolean countries;  /* zones are countries */
  guint32 *zone_of_ip; /* 0: not known */
  guint32 n_zones;
  guint32 *zone_users; /* distinct users */
  CivilTime *first;    /* by zone: first use by the current user; valid when stamped */
  guint32 *stamp;      /* by zone: user + 1 */
} NewPlace;

/* --- zones ------------------------------------------------------------------------------------ */

static void zones_from_geo(NewPlace *n, const Geo *geo)
{
  n->n_zones = strpool_count(geo->names);
  for (guint32 ip = 0; ip < geo->n_ips; ip++)
    n->zone_of_ip[ip] = n->countries ? geo->place_of_ip[ip].country : geo->place_of_ip[ip].network;
}

/* Networks by their first two (IPv6: four) bytes. */
static void zones_from_bytes(NewPlace *n, const IpTable *ips)
{
  GHashTable *v4 = g_hash_table_new(g_direct_hash, g_direct_equal);
  GHashTable *v6 = g_hash_table_new(g_direct_hash, g_direct_equal);
  n->n_zones = 1;
  for (guint32 ip = 1; ip < ip_table_count(ips); ip++) {
    const guint8 *b = ip_table_bytes(ips, ip);
    if (!b)
      continue;
    gboolean is_v4 = ip_table_family(ips, ip) == IP_V4;
    guint32 key = (guint32)b[0] << 8 | b[1];
    if (!is_v4)
      key = key << 16 | (guint32)b[2] << 8 | b[3];
    GHashTable *known = is_v4 ? v4 : v6;
    gpointer zone = g_hash_table_lookup(known, GUINT_TO_POINTER(key));
    if (!zone) {
      zone = GUINT_TO_POINTER(n->n_zones++);
      g_hash_table_insert(known, GUINT_TO_POINTER(key), zone);
    }
    n->zone_of_ip[ip] = GPOINTER_TO_UINT(zone);
  }
  g_hash_table_unref(v4);
  g_hash_table_unref(v6);
}

static void number_zones(NewPlace *n)
{
  const Study *s = n->c->study;
  n->zone_of_ip = g_new0(guint32, (gsize)s->places->n_ips + 1);
  n->countries = s->geo && s->geo->n_countries > 0;
  if (n->countries || (s->geo && s->geo->n_networks > 0))
    zones_from_geo(n, s->geo);
  else
    zones_from_bytes(n, s->ds->log->ips);
  n->zone_users = g_new0(guint32, (gsize)n->n_zones + 1);
  n->first = g_new0(CivilTime, (gsize)n->n_zones + 1);
  n->stamp = g_new0(guint32, (gsize)n->n_zones + 1);
}

/* The zone of a line: that of any of its addresses. */
static guint32 zone_of(const NewPlace *n, const NetStay *stay)
{
  const Stays *l = n->c->study->lines;
  return n->zone_of_ip[l->ips[l->ip_start[stay->net]]];
}

/* First use of each zone by one user; TRUE when there is more than one. */
static gboolean visit_zones(NewPlace *n, guint32 user)
{
  const Stays *l = n->c->study->lines;
  guint32 zones = 0;
  for (guint32 i = l->user_start[user]; i < l->user_start[user + 1]; i++) {
    const NetStay *stay = &l->stays[l->of_user[i]];
    guint32 z = zone_of(n, stay);
    if (z != 0 && n->stamp[z] != user + 1) {
      n->stamp[z] = user + 1;
      n->first[z] = stay->first;
      zones++;
    } else if (stay->first < n->first[z]) {
      n->first[z] = stay->first;
    }
  }
  return zones > 1;
}

static void count_users(NewPlace *n)
{
  const Stays *l = n->c->study->lines;
  for (guint32 user = 0; user < l->n_users; user++)
    for (guint32 i = l->user_start[user]; i < l->user_start[user + 1]; i++) {
      guint32 z = zone_of(n, &l->stays[l->of_user[i]]);
      if (n->stamp[z] != user + 1)
        n->zone_users[z]++;
      n->stamp[z] = user + 1;
    }
  for (guint32 z = 0; z < n->n_zones; z++)
    n->stamp[z] = 0;
}

/* --- the flag --------------------------------------------------------------------------------- */

/* Pages of the user from the zone within the window; the best one after the arrival. */
typedef struct {
  guint32 zone;
  guint32 first, end; /* places in the page arrays; others than the zone's may lie between */
  guint32 pages;
} Arrival;

static gboolean is_there(const NewPlace *n, guint32 place, guint32 zone)
{
  const Study *s = n->c->study;
  return n->zone_of_ip[s->ds->log->ip[s->pages->row[place]]] == zone;
}

static Arrival best_arrival(const NewPlace *n, guint32 user, guint32 zone)
{
  const Pages *p = n->c->study->pages;
  CivilTime from = n->first[zone];
  gint64 window = (gint64)(rule_value(n->c, "hours") * 3600);
  Arrival best = {.zone = zone};
  guint32 tail = pages_at(p, user, from), count = 0;
  for (guint32 i = tail; i < p->start[user + 1] && p->time[i] <= from + ARRIVAL; i++) {
    if (!is_there(n, i, zone))
      continue;
    count++;
    for (; p->time[i] - p->time[tail] > window; tail++)
      count -= is_there(n, tail, zone);
    if (count > best.pages)
      best = (Arrival){.zone = zone, .first = tail, .end = i + 1, .pages = count};
  }
  return best;
}

static char *zone_text(const NewPlace *n, guint32 zone, guint32 row)
{
  const Study *s = n->c->study;
  IpBlock block;
  if (s->geo && (n->countries || s->geo->n_networks > 0))
    return g_strdup(geo_name(s->geo, zone));
  if (!ip_table_block(s->ds->log->ips, s->ds->log->ip[row], NETWORK_4, NETWORK_6, &block))
    return g_strdup("");
  char *text = ip_block_text(&block), *marked = g_strdup_printf(MARKED_ADDRESS, text);
  g_free(text);
  return marked;
}

static void describe(Flag *f, const NewPlace *n, const Arrival *a, int days)
{
  char *who = episode_user(n->c, f->key), *when = episode_when(f->from);
  char *lasted = episode_duration(f->to - f->from), *where = zone_text(n, a->zone, f->rows[0]);
  flag_set_text(f,
                n->countries ? "%s read %u pages in %s from %s on, from %s, where the account "
                               "never was in the %d days before."
                             : "%s read %u pages in %s from %s on, from the network %s, where "
                               "nobody else ever was, nor the account in the %d days before; its "
                               "country is not known, so the score is halved.",
                who, a->pages, lasted, when, where, days);
  g_free(who);
  g_free(when);
  g_free(lasted);
  g_free(where);
}

static void arrival_flag(const NewPlace *n, guint32 user, const Arrival *a, CivilTime since)
{
  const RuleContext *c = n->c;
  const Study *s = c->study;
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 i = a->first; i < a->end; i++)
    if (is_there(n, i, a->zone))
      g_array_append_val(rows, s->pages->row[i]);
  Flag *f = flag_new(c->rule, SUBJECT_USER, user);
  flag_set_rows(f, (const guint32 *)(const void *)rows->data, rows->len);
  f->from = s->ds->log->time[f->rows[0]];
  f->to = s->ds->log->time[f->rows[f->n_rows - 1]];
  int days = (int)(civil_day_of(f->from) - civil_day_of(since));
  f->raw_score = score_of(a->pages, rule_value(c, "pages")) * (n->countries ? 1 : WEAK);
  flag_add_term(f, "pages", a->pages);
  flag_add_term(f, "threshold", rule_value(c, "pages"));
  flag_add_term(f, "weight", n->countries ? 1 : WEAK);
  flag_add_term(f, "days of history", days);
  flag_add_term(f, "users ever there", n->zone_users[a->zone]);
  flag_add_term(f, "duration seconds", (double)(f->to - f->from));
  baseline_set_days(f, s, DAY_PAGES);
  describe(f, n, a, days);
  g_array_unref(rows);
  flag_sink_add(n->sink, c, f);
}

/* Whether the user had enough of a history before `t`. */
static gboolean has_history(const NewPlace *n, guint32 user, CivilTime since, CivilTime t)
{
  const Pages *p = n->c->study->pages;
  CivilDay before = civil_day_of(t) - n->c->study->ds->log->first_day;
  guint32 active = pages_day_at(p, user, (guint32)before) - p->day_start[user];
  return (double)(t - since) >= rule_value(n->c, "days") * (double)CIVIL_DAY &&
         active >= SETTLED_DAYS;
}

static void look_at_user(const NewPlace *n, guint32 user)
{
  const Study *s = n->c->study;
  const AccessLog *log = s->ds->log;
  const Stays *l = s->lines;
  CivilTime since = log->time[log->rows_by_user[log->user_start[user]]];
  for (guint32 i = l->user_start[user]; i < l->user_start[user + 1]; i++) {
    const NetStay *stay = &l->stays[l->of_user[i]];
    guint32 z = zone_of(n, stay);
    /* Of the lines of a zone the one used first stands for it. */
    if (z == 0 || stay->first != n->first[z] || n->stamp[z] != user + 1 ||
        (!n->countries && n->zone_users[z] > 1) || !has_history(n, user, since, stay->first))
      continue;
    n->stamp[z] = 0;
    Arrival a = best_arrival(n, user, z);
    if (a.pages >= rule_value(n->c, "pages"))
      arrival_flag(n, user, &a, since);
  }
}

void rule_new_place(const RuleContext *c, FlagSink *sink)
{
  NewPlace n = {.c = c, .sink = sink};
  number_zones(&n);
  count_users(&n);
  for (guint32 user = 0; user < c->study->lines->n_users; user++)
    if (visit_zones(&n, user))
      look_at_user(&n, user);
  g_free(n.zone_of_ip);
  g_free(n.zone_users);
  g_free(n.first);
  g_free(n.stamp);
}
