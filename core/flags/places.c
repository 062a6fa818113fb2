/* Places: site addresses by day, then carriers among the rest, then blocks. */
#include "core/flags/places.h"

#include "core/stats/robust.h"

#include <stdlib.h>

#define SITE_SHARE        0.25 /* of a day's active users */
#define SITE_USERS        10
#define SITE_REGULAR_DAYS 20

#define CARRIER_USERS      10
#define CARRIER_IPS        2  /* addresses a user */
#define CARRIER_HITS       5  /* median of the (user, address) pairs */
#define CARRIER_KEPT_HITS  20 /* half of the hits come from pairs of at most so many */
#define CARRIER_PREFIX_MIN 16
#define CARRIER_PREFIX_MAX 24

#define PRIVATE_PREFIX_4 24
#define PRIVATE_PREFIX_6 48
#define STRANGERS_USERS  4
#define STRANGERS_IPS    1.5 /* addresses of the block that one user uses, on average */
#define PREFIX_SINGLE    255

/* One user at one address. */
typedef struct {
  guint32 ip, user, hits;
} Pair;

typedef struct {
  const AccessLog *log;
  Places *p;
  GArray *pairs;       /* of Pair, by address */
  guint32 *pair_start; /* n_ips + 1 */
  guint32 *day_users;  /* active users of each day */
  guint64 *stamp;      /* by user: where it was last counted */
  guint64 now;         /* the stamp of what is being counted */
} Builder;

/* TRUE the first time that `user` comes up since the stamp moved on. */
static gboolean is_fresh(Builder *b, guint32 user)
{
  gboolean fresh = b->stamp[user] != b->now;
  b->stamp[user] = b->now;
  return fresh;
}

static void count_day_users(Builder *b)
{
  const AccessLog *log = b->log;
  b->day_users = g_new0(guint32, (gsize)log->n_days + 1);
  for (guint32 d = 0; d < log->n_days; d++) {
    b->now++;
    for (guint32 row = log->day_start[d]; row < log->day_start[d + 1]; row++)
      b->day_users[d] += is_fresh(b, log->user[row]);
  }
}

/* --- sites ------------------------------------------------------------------------------------ */

static void settle_site_day(const Builder *b, SiteAddress *s, CivilDay day, guint32 users)
{
  guint32 active = b->day_users[day - b->log->first_day];
  if (users < SITE_USERS || users < SITE_SHARE * active)
    return;
  if (s->days++ == 0)
    s->first = day;
  s->last = day;
}

/* Days on which `ip` passes for a site address. */
static SiteAddress site_days(Builder *b, guint32 ip)
{
  const AccessLog *log = b->log;
  SiteAddress s = {.ip = ip, .hits = log->ip_start[ip + 1] - log->ip_start[ip]};
  CivilDay today = CIVIL_DAY_NONE;
  guint32 users = 0;
  for (guint32 i = log->ip_start[ip]; i < log->ip_start[ip + 1]; i++) {
    guint32 row = log->rows_by_ip[i];
    CivilDay day = civil_day_of(log->time[row]);
    if (day != today) {
      if (users)
        settle_site_day(b, &s, today, users);
      today = day;
      users = 0;
      b->now++;
    }
    users += is_fresh(b, log->user[row]);
  }
  if (users)
    settle_site_day(b, &s, today, users);
  return s;
}

static int compare_sites(gconstpointer a, gconstpointer b)
{
  const SiteAddress *x = a, *y = b;
  if (x->hits != y->hits)
    return x->hits > y->hits ? -1 : 1;
  return x->ip < y->ip ? -1 : x->ip > y->ip;
}

static void find_sites(Builder *b)
{
  GArray *sites = g_array_new(FALSE, FALSE, sizeof(SiteAddress));
  for (guint32 ip = 1; ip < b->p->n_ips; ip++) {
    if (b->p->users_of_ip[ip] < SITE_USERS)
      continue;
    SiteAddress s = site_days(b, ip);
    if (s.days == 0)
      continue;
    s.users = b->p->users_of_ip[ip];
    s.kind = s.days >= SITE_REGULAR_DAYS ? PLACE_SITE_REGULAR : PLACE_SITE_OCCASIONAL;
    b->p->kind_of_ip[ip] = (guint8)s.kind;
    g_array_append_val(sites, s);
  }
  g_array_sort(sites, compare_sites);
  b->p->n_sites = sites->len;
  b->p->sites = (SiteAddress *)(void *)g_array_free(sites, FALSE);
}

/* --- pairs of user and address ---------------------------------------------------------------- */

static void count_pairs(Builder *b)
{
  const AccessLog *log = b->log;
  guint32 *hits = g_new0(guint32, (gsize)strpool_count(log->users) + 1);
  b->pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
  b->pair_start = g_new0(guint32, (gsize)b->p->n_ips + 1);
  for (guint32 ip = 0; ip < b->p->n_ips; ip++) {
    guint32 first = b->pair_start[ip] = b->pairs->len;
    for (guint32 i = log->ip_start[ip]; i < log->ip_start[ip + 1]; i++) {
      guint32 user = log->user[log->rows_by_ip[i]];
      if (hits[user]++ == 0) {
        Pair fresh = {.ip = ip, .user = user};
        g_array_append_val(b->pairs, fresh);
      }
    }
    for (guint32 i = first; i < b->pairs->len; i++) {
      Pair *pair = &g_array_index(b->pairs, Pair, i);
      pair->hits = hits[pair->user];
      hits[pair->user] = 0;
    }
    b->p->users_of_ip[ip] = b->pairs->len - first;
  }
  b->pair_start[b->p->n_ips] = b->pairs->len;
  g_free(hits);
}

/* --- carriers --------------------------------------------------------------------------------- */

typedef struct {
  guint32 number; /* the IPv4 address as a number */
  guint32 ip;
} Numbered;

static int compare_numbered(gconstpointer a, gconstpointer b)
{
  const Numbered *x = a, *y = b;
  return x->number < y->number ? -1 : x->number > y->number;
}

/* IPv4 addresses that are no site, by number. */
static GArray *number_ips(const Builder *b)
{
  GArray *list = g_array_new(FALSE, FALSE, sizeof(Numbered));
  for (guint32 ip = 1; ip < b->p->n_ips; ip++) {
    if (b->p->kind_of_ip[ip] != PLACE_PRIVATE || ip_table_family(b->log->ips, ip) != IP_V4)
      continue;
    const guint8 *x = ip_table_bytes(b->log->ips, ip);
    Numbered n = {.ip = ip,
                  .number = (guint32)x[0] << 24 | (guint32)x[1] << 16 | (guint32)x[2] << 8 | x[3]};
    g_array_append_val(list, n);
  }
  g_array_sort(list, compare_numbered);
  return list;
}

/* Hits up to which the pairs make up half of all hits; `sorted` ascending. */
static double weighted_median(const double *sorted, guint n, guint64 total)
{
  double sum = 0;
  for (guint i = 0; i < n; i++) {
    sum += sorted[i];
    if (sum * 2 >= (double)total)
      return sorted[i];
  }
  return 0;
}

/* Whether the n addresses behave like a mobile network; then *ret is filled. */
static gboolean is_carrier(Builder *b, const Numbered *ips, guint n, guint prefix,
                           CarrierBlock *ret)
{
  if (n < CARRIER_USERS * CARRIER_IPS)
    return FALSE;
  CarrierBlock c = {.ips = n};
  GArray *hits = g_array_new(FALSE, FALSE, sizeof(double));
  guint64 total = 0;
  b->now++;
  for (guint i = 0; i < n; i++)
    for (guint32 j = b->pair_start[ips[i].ip]; j < b->pair_start[ips[i].ip + 1]; j++) {
      const Pair *pair = &g_array_index(b->pairs, Pair, j);
      double x = pair->hits;
      c.users += is_fresh(b, pair->user);
      total += pair->hits;
      g_array_append_val(hits, x);
    }
  double *values = (double *)(void *)hits->data;
  c.median_hits = robust_median(values, hits->len); /* sorts */
  c.hits = (guint32)total;
  gboolean yes = c.users >= CARRIER_USERS && c.ips >= CARRIER_IPS * c.users &&
                 c.median_hits <= CARRIER_HITS &&
                 weighted_median(values, hits->len, total) <= CARRIER_KEPT_HITS;
  g_array_unref(hits);
  if (yes && ip_table_block(b->log->ips, ips[0].ip, prefix, prefix, &c.block))
    *ret = c;
  return yes;
}

static int compare_carriers(gconstpointer a, gconstpointer b)
{
  const CarrierBlock *x = a, *y = b;
  if (x->hits != y->hits)
    return x->hits > y->hits ? -1 : 1;
  for (guint i = 0; i < G_N_ELEMENTS(x->block.bytes); i++)
    if (x->block.bytes[i] != y->block.bytes[i])
      return x->block.bytes[i] < y->block.bytes[i] ? -1 : 1;
  return 0;
}

/* Blocks of one prefix length among the addresses that are in no carrier yet. */
static void find_carriers_of(Builder *b, const GArray *list, guint prefix, GArray *carriers)
{
  const Numbered *ips = (const Numbered *)(const void *)list->data;
  for (guint i = 0, end; i < list->len; i = end) {
    for (end = i;
         end < list->len && ips[end].number >> (32 - prefix) == ips[i].number >> (32 - prefix);)
      end++;
    CarrierBlock c;
    if (b->p->kind_of_ip[ips[i].ip] == PLACE_CARRIER ||
        !is_carrier(b, ips + i, end - i, prefix, &c))
      continue;
    for (guint j = i; j < end; j++)
      b->p->kind_of_ip[ips[j].ip] = PLACE_CARRIER;
    g_array_append_val(carriers, c);
  }
}

static void find_carriers(Builder *b)
{
  GArray *list = number_ips(b), *carriers = g_array_new(FALSE, FALSE, sizeof(CarrierBlock));
  for (guint prefix = CARRIER_PREFIX_MIN; prefix <= CARRIER_PREFIX_MAX; prefix++)
    find_carriers_of(b, list, prefix, carriers);
  g_array_sort(carriers, compare_carriers);
  b->p->n_carriers = carriers->len;
  b->p->carriers = (CarrierBlock *)(void *)g_array_free(carriers, FALSE);
  g_array_unref(list);
}

/* --- blocks ----------------------------------------------------------------------------------- */

typedef struct {
  IpBlock block;
  guint32 pairs, users;
} Neighbours;

static guint neighbours_hash(gconstpointer key)
{
  const IpBlock *k = key;
  guint h = k->prefix;
  for (guint i = 0; i < G_N_ELEMENTS(k->bytes); i++)
    h = h * 31 + k->bytes[i];
  return h;
}

static gboolean neighbours_equal(gconstpointer a, gconstpointer b)
{
  const IpBlock *x = a, *y = b;
  if (x->family != y->family || x->prefix != y->prefix)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(x->bytes); i++)
    if (x->bytes[i] != y->bytes[i])
      return FALSE;
  return TRUE;
}

/* The block that an address would be folded into; FALSE when it stands alone in any case. */
static gboolean fold_block(const Builder *b, guint32 ip, IpBlock *ret)
{
  if (b->p->kind_of_ip[ip] == PLACE_CARRIER) {
    for (guint i = 0; i < b->p->n_carriers; i++)
      if (ip_block_contains(&b->p->carriers[i].block, b->log->ips, ip)) {
        *ret = b->p->carriers[i].block;
        return TRUE;
      }
  }
  return b->p->kind_of_ip[ip] == PLACE_PRIVATE &&
         ip_table_block(b->log->ips, ip, PRIVATE_PREFIX_4, PRIVATE_PREFIX_6, ret);
}

/* Members of each /24 and /48. */
typedef struct {
  IpBlock key;
  GArray *ips; /* of guint32 */
} Group;

static void group_free(gpointer data)
{
  Group *g = data;
  g_array_unref(g->ips);
  g_free(g);
}

static gboolean are_strangers(Builder *b, const Group *g)
{
  guint32 users = 0, pairs = 0;
  b->now++;
  for (guint i = 0; i < g->ips->len; i++) {
    guint32 ip = g_array_index(g->ips, guint32, i);
    for (guint32 j = b->pair_start[ip]; j < b->pair_start[ip + 1]; j++, pairs++)
      users += is_fresh(b, g_array_index(b->pairs, Pair, j).user);
  }
  return users >= STRANGERS_USERS && pairs < STRANGERS_IPS * users;
}

static void add_block(Places *p, guint32 ip, guint8 prefix)
{
  p->ip_of_block[p->n_blocks] = ip;
  p->prefix_of_block[p->n_blocks] = prefix;
  p->block_of_ip[ip] = p->n_blocks++;
}

static void number_group(Builder *b, const Group *g)
{
  guint32 first = g_array_index(g->ips, guint32, 0);
  gboolean alone =
      b->p->kind_of_ip[first] == PLACE_PRIVATE && g->key.family == IP_V4 && are_strangers(b, g);
  for (guint i = 0; i < g->ips->len; i++) {
    guint32 ip = g_array_index(g->ips, guint32, i);
    if (alone || i == 0)
      add_block(b->p, ip, alone ? PREFIX_SINGLE : g->key.prefix);
    else
      b->p->block_of_ip[ip] = b->p->block_of_ip[first];
  }
}

static void number_blocks(Builder *b)
{
  Places *p = b->p;
  GHashTable *by_block = g_hash_table_new(neighbours_hash, neighbours_equal);
  GPtrArray *groups = g_ptr_array_new_with_free_func(group_free);
  add_block(p, 0, PREFIX_SINGLE);
  for (guint32 ip = 1; ip < p->n_ips; ip++) {
    IpBlock block;
    if (!fold_block(b, ip, &block)) {
      add_block(p, ip, PREFIX_SINGLE);
      continue;
    }
    Group *g = g_hash_table_lookup(by_block, &block);
    if (!g) {
      g = g_new0(Group, 1);
      g->key = block;
      g->ips = g_array_new(FALSE, FALSE, sizeof(guint32));
      g_hash_table_insert(by_block, &g->key, g);
      g_ptr_array_add(groups, g);
    }
    g_array_append_val(g->ips, ip);
  }
  for (guint i = 0; i < groups->len; i++)
    number_group(b, g_ptr_array_index(groups, i));
  g_hash_table_unref(by_block);
  g_ptr_array_unref(groups);
}

/* --- all of it -------------------------------------------------------------------------------- */

Places *places_new(const Dataset *ds)
{
  Places *p = g_new0(Places, 1);
  Builder b = {.log = ds->log, .p = p};
  gsize n = p->n_ips = ip_table_count(ds->log->ips);
  p->kind_of_ip = g_new0(guint8, n + 1); /* PLACE_PRIVATE */
  p->block_of_ip = g_new0(guint32, n + 1);
  p->ip_of_block = g_new0(guint32, n + 1);
  p->prefix_of_block = g_new0(guint8, n + 1);
  p->users_of_ip = g_new0(guint32, n + 1);
  b.stamp = g_new0(guint64, (gsize)strpool_count(ds->log->users) + 1);
  count_day_users(&b);
  count_pairs(&b);
  find_sites(&b);
  find_carriers(&b);
  number_blocks(&b);
  g_array_unref(b.pairs);
  g_free(b.pair_start);
  g_free(b.day_users);
  g_free(b.stamp);
  return p;
}

void places_free(Places *p)
{
  if (!p)
    return;
  g_free(p->sites);
  g_free(p->carriers);
  g_free(p->kind_of_ip);
  g_free(p->block_of_ip);
  g_free(p->ip_of_block);
  g_free(p->prefix_of_block);
  g_free(p->users_of_ip);
  g_free(p);
}

char *places_block_text(const Places *p, const Dataset *ds, guint32 block)
{
  guint32 ip = p->ip_of_block[block];
  guint prefix = p->prefix_of_block[block];
  IpBlock b;
  if (prefix != PREFIX_SINGLE && ip_table_block(ds->log->ips, ip, prefix, prefix, &b))
    return ip_block_text(&b);
  return g_strdup(ip_table_text(ds->log->ips, ip));
}
