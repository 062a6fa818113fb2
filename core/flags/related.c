/* Related flags: those that are probably one story.
 *
 * Two flags belong together when they share a user, or an identity (ids that a linked-ids flag
 * holds for one person); when both came from one private block that few people use, be it at
 * different times (two accounts that copy lessons from one flat); and when they overlap in time at
 * one address of any kind. Reasons of place join only short security flags: everybody was at the
 * school's address at some time. */
#include "core/flags/flags_private.h"

#include <stdlib.h>

#define HOUSEHOLD_USERS 6 /* an address with more users is no household */
#define SHORT_SPAN      (2 * 86400)
#define LIST_MAX        200 /* of the flags that share something only the best are paired */
#define RELATED_MAX     20

typedef struct {
  const Study *study;
  GPtrArray *flags;
  GArray **partners; /* by flag, of guint: places in flags */
  guint32 *parent;   /* by user: union-find over identities */
} Relation;

static guint32 identity(Relation *r, guint32 user)
{
  while (r->parent[user] != user)
    user = r->parent[user] = r->parent[r->parent[user]];
  return user;
}

static void join_identities(Relation *r)
{
  guint32 n = strpool_count(r->study->ds->log->users);
  r->parent = g_new(guint32, (gsize)n + 1);
  for (guint32 u = 0; u < n; u++)
    r->parent[u] = u;
  for (guint i = 0; i < r->flags->len; i++) {
    const Flag *f = g_ptr_array_index(r->flags, i);
    for (guint32 u = 1; f->rule == RULE_LINKED_IDS && u < f->n_users; u++)
      r->parent[identity(r, f->users[u])] = identity(r, f->users[0]);
  }
}

static void pair(Relation *r, guint a, guint b)
{
  if (a == b)
    return;
  g_array_append_val(r->partners[a], b);
  g_array_append_val(r->partners[b], a);
}

/* --- lists of flags by something they share --------------------------------------------------- */

static void free_list(gpointer list)
{
  g_array_unref(list);
}

static GHashTable *lists_new(void)
{
  return g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, free_list);
}

/* Flags come in the order of their places; one that is there already is not added again. */
static void lists_add(GHashTable *lists, guint32 key, guint flag)
{
  GArray *list = g_hash_table_lookup(lists, GUINT_TO_POINTER(key));
  if (!list) {
    list = g_array_new(FALSE, FALSE, sizeof(guint));
    g_hash_table_insert(lists, GUINT_TO_POINTER(key), list);
  }
  if (list->len == 0 || g_array_index(list, guint, list->len - 1) != flag)
    g_array_append_val(list, flag);
}

static void pair_lists(Relation *r, GHashTable *lists)
{
  GHashTableIter it;
  gpointer value;
  g_hash_table_iter_init(&it, lists);
  while (g_hash_table_iter_next(&it, NULL, &value)) {
    const GArray *list = value;
    guint n = MIN(list->len, LIST_MAX);
    for (guint i = 0; i < n; i++)
      for (guint j = i + 1; j < n; j++)
        pair(r, g_array_index(list, guint, i), g_array_index(list, guint, j));
  }
}

static void relate_people(Relation *r)
{
  GHashTable *lists = lists_new();
  for (guint i = 0; i < r->flags->len; i++) {
    const Flag *f = g_ptr_array_index(r->flags, i);
    for (guint32 u = 0; u < f->n_users; u++)
      lists_add(lists, identity(r, f->users[u]), i);
  }
  pair_lists(r, lists);
  g_hash_table_unref(lists);
}

/* TRUE for flags that a place can join. */
static gboolean is_short(const Flag *f)
{
  return f->from != CIVIL_NONE && f->to - f->from <= SHORT_SPAN &&
         rule_get(f->rule)->audience == AUDIENCE_SECURITY;
}

static void relate_households(Relation *r)
{
  const Places *p = r->study->places;
  GHashTable *lists = lists_new();
  for (guint i = 0; i < r->flags->len; i++) {
    const Flag *f = g_ptr_array_index(r->flags, i);
    for (guint32 k = 0; k < f->n_ips && is_short(f); k++)
      if (p->kind_of_ip[f->ips[k]] == PLACE_PRIVATE && p->users_of_ip[f->ips[k]] <= HOUSEHOLD_USERS)
        lists_add(lists, p->block_of_ip[f->ips[k]], i);
  }
  pair_lists(r, lists);
  g_hash_table_unref(lists);
}

/* --- at one address at one time --------------------------------------------------------------- */

typedef struct {
  guint32 ip;
  guint flag;
  CivilTime from, to;
} Visit;

static int compare_visits(gconstpointer a, gconstpointer b)
{
  const Visit *x = a, *y = b;
  if (x->ip != y->ip)
    return x->ip < y->ip ? -1 : 1;
  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  return x->flag < y->flag ? -1 : x->flag > y->flag;
}

static void relate_visits(Relation *r)
{
  GArray *visits = g_array_new(FALSE, FALSE, sizeof(Visit));
  for (guint i = 0; i < r->flags->len; i++) {
    const Flag *f = g_ptr_array_index(r->flags, i);
    for (guint32 k = 0; k < f->n_ips && is_short(f); k++) {
      Visit v = {.ip = f->ips[k], .flag = i, .from = f->from, .to = f->to};
      g_array_append_val(visits, v);
    }
  }
  g_array_sort(visits, compare_visits);
  for (guint i = 0; i < visits->len; i++) {
    const Visit *a = &g_array_index(visits, Visit, i);
    for (guint j = i + 1; j < visits->len && j - i <= LIST_MAX; j++) {
      const Visit *b = &g_array_index(visits, Visit, j);
      if (b->ip != a->ip || b->from > a->to)
        break;
      pair(r, a->flag, b->flag);
    }
  }
  g_array_unref(visits);
}

/* --- all of it -------------------------------------------------------------------------------- */

static int compare_guint(gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;
  return x < y ? -1 : x > y;
}

/* The best of the partners, each once. */
static void settle(Relation *r, guint i)
{
  Flag *f = g_ptr_array_index(r->flags, i);
  GArray *partners = r->partners[i];
  g_array_sort(partners, compare_guint);
  g_ptr_array_set_size(f->related, 0);
  for (guint k = 0; k < partners->len && f->related->len < RELATED_MAX; k++) {
    guint p = g_array_index(partners, guint, k);
    if (k == 0 || g_array_index(partners, guint, k - 1) != p)
      g_ptr_array_add(f->related, g_strdup(((Flag *)g_ptr_array_index(r->flags, p))->id));
  }
  g_array_unref(partners);
}

void flags_relate(GPtrArray *flags, const Study *s)
{
  Relation r = {.study = s, .flags = flags, .partners = g_new(GArray *, (gsize)flags->len + 1)};
  for (guint i = 0; i < flags->len; i++)
    r.partners[i] = g_array_new(FALSE, FALSE, sizeof(guint));
  join_identities(&r);
  relate_people(&r);
  relate_households(&r);
  relate_visits(&r);
  for (guint i = 0; i < flags->len; i++)
    settle(&r, i);
  g_free(r.partners);
  g_free(r.parent);
}
