/* Stays: one pass over the rows in user order, then sorted by network. */
#include "core/flags/stays.h"

#include "core/stats/robust.h"

#define PASSING_USERS 2
#define PASSING_HITS  5 /* median of the users of a network: they only came by */

/* Numbers the networks: blocks as they are; of lines those of IPv6 blocks, and each other address
 * alone. */
static void number_nets(Stays *s, const AccessLog *log, const Places *p, StaysUnit unit)
{
  guint32 *line = g_new(guint32, (gsize)p->n_blocks + 1); /* of a block; G_MAXUINT32: none yet */
  for (guint32 b = 0; b < p->n_blocks; b++)
    line[b] = G_MAXUINT32;
  s->net_of_ip = g_new0(guint32, (gsize)p->n_ips + 1);
  for (guint32 ip = 0; ip < p->n_ips; ip++) {
    guint32 b = p->block_of_ip[ip];
    if (unit == STAYS_BLOCKS) {
      s->net_of_ip[ip] = b;
      s->n_nets = MAX(s->n_nets, b + 1);
    } else if (ip_table_family(log->ips, ip) == IP_V6 && line[b] != G_MAXUINT32) {
      s->net_of_ip[ip] = line[b];
    } else {
      s->net_of_ip[ip] = line[b] = s->n_nets++;
    }
  }
  g_free(line);
}

static void sum_up(guint32 *start, guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    start[i + 1] += start[i];
}

static void index_ips(Stays *s, guint32 n_ips)
{
  s->ip_start = g_new0(guint32, (gsize)s->n_nets + 2);
  s->ips = g_new(guint32, (gsize)n_ips + 1);
  for (guint32 ip = 0; ip < n_ips; ip++)
    s->ip_start[s->net_of_ip[ip] + 1]++;
  sum_up(s->ip_start, s->n_nets);
  guint32 *next = g_memdup2(s->ip_start, sizeof *next * ((gsize)s->n_nets + 1));
  for (guint32 ip = 0; ip < n_ips; ip++)
    s->ips[next[s->net_of_ip[ip]]++] = ip;
  g_free(next);
}

/* The stays of each user, in order of first use. */
static GArray *gather(const Stays *s, const AccessLog *log)
{
  GArray *list = g_array_new(FALSE, FALSE, sizeof(NetStay));
  guint32 *place = g_new(guint32, (gsize)s->n_nets + 1);
  guint32 *stamp = g_new0(guint32, (gsize)s->n_nets + 1);
  for (guint32 u = 0; u < s->n_users; u++)
    for (guint32 i = log->user_start[u]; i < log->user_start[u + 1]; i++) {
      guint32 row = log->rows_by_user[i], net = s->net_of_ip[log->ip[row]];
      if (stamp[net] != u + 1) {
        NetStay fresh = {.user = u, .net = net, .first = log->time[row], .last = CIVIL_NONE};
        stamp[net] = u + 1;
        place[net] = list->len;
        g_array_append_val(list, fresh);
      }
      NetStay *stay = &g_array_index(list, NetStay, place[net]);
      stay->hits++;
      stay->days +=
          stay->last == CIVIL_NONE || civil_day_of(stay->last) != civil_day_of(log->time[row]);
      stay->last = log->time[row];
    }
  g_free(place);
  g_free(stamp);
  return list;
}

/* Sorts by network, and then finds the stays of each user: two counting sorts, both stable. */
static void index_stays(Stays *s, const GArray *list)
{
  s->n_stays = list->len;
  s->start = g_new0(guint32, (gsize)s->n_nets + 2);
  s->user_start = g_new0(guint32, (gsize)s->n_users + 2);
  s->stays = g_new0(NetStay, (gsize)list->len + 1);
  s->of_user = g_new(guint32, (gsize)list->len + 1);
  for (guint32 i = 0; i < list->len; i++) {
    s->start[g_array_index(list, NetStay, i).net + 1]++;
    s->user_start[g_array_index(list, NetStay, i).user + 1]++;
  }
  sum_up(s->start, s->n_nets);
  sum_up(s->user_start, s->n_users);
  guint32 *next = g_memdup2(s->start, sizeof *next * ((gsize)s->n_nets + 1));
  for (guint32 i = 0; i < list->len; i++) {
    const NetStay *stay = &g_array_index(list, NetStay, i);
    s->stays[next[stay->net]++] = *stay;
  }
  g_free(next);
  next = g_memdup2(s->user_start, sizeof *next * ((gsize)s->n_users + 1));
  for (guint32 i = 0; i < s->n_stays; i++)
    s->of_user[next[s->stays[i].user]++] = i;
  g_free(next);
}

static gboolean is_passing(const Stays *s, guint32 net)
{
  double hits[STAYS_PUBLIC_USERS];
  guint32 n = stays_users(s, net);
  if (n < PASSING_USERS || n >= STAYS_PUBLIC_USERS)
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    hits[i] = s->stays[s->start[net] + i].hits;
  return robust_median(hits, n) <= PASSING_HITS;
}

Stays *stays_new(const Dataset *ds, const Places *places, StaysUnit unit)
{
  Stays *s = g_new0(Stays, 1);
  s->n_users = strpool_count(ds->log->users);
  number_nets(s, ds->log, places, unit);
  index_ips(s, places->n_ips);
  GArray *list = gather(s, ds->log);
  index_stays(s, list);
  g_array_unref(list);
  s->is_private = g_new0(guint8, (gsize)s->n_nets + 1);
  for (guint32 n = 1; n < s->n_nets; n++)
    s->is_private[n] = stays_kind(s, places, n) == PLACE_PRIVATE &&
                       stays_users(s, n) < STAYS_PUBLIC_USERS && !is_passing(s, n);
  return s;
}

void stays_free(Stays *s)
{
  if (!s)
    return;
  g_free(s->net_of_ip);
  g_free(s->ip_start);
  g_free(s->ips);
  g_free(s->start);
  g_free(s->stays);
  g_free(s->user_start);
  g_free(s->of_user);
  g_free(s->is_private);
  g_free(s);
}
