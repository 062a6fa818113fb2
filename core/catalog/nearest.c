/* Nearest lesson of a stray: edit distance under a budget. */
#include "core/catalog/nearest.h"

#include <string.h>

#define PATTERN_MAX 64      /* bits of a word */
#define EDITS_MAX   5       /* further apart, two names are no typing error of each other */
#define BUDGET      4000000 /* names looked at, over all calls: some 20 ms */

/* How often a name holds each byte (modulo 32), counted to four: one bit per time. An edit changes
 * two bits at most. */
typedef struct {
  guint64 bits[2];
} Letters;

typedef struct {
  guint32 place; /* in `names` */
  guint32 len;
  Letters letters;
} Name;

struct NearestIndex {
  const char *const *names;
  const guint32 *weights;
  Name *by_length; /* shortest first */
  guint32 n;
  guint32 *start;       /* per length 0..PATTERN_MAX * 2: first place in by_length */
  GHashTable *place_of; /* name -> place + 1 */
  GHashTable *tails;    /* "b/c" and "c" of "a/b/c" -> place + 1 of the heaviest name */
  GHashTable *ends;     /* "a\nc" of "a/b/c" -> the same; keys owned */
  gint64 budget;
};

#define LENGTHS (2 * PATTERN_MAX)

static Letters letters_of(const char *s, gsize len)
{
  Letters l = {{0, 0}};
  for (gsize i = 0; i < len; i++) {
    guint64 once = G_GUINT64_CONSTANT(1) << ((guchar)s[i] & 31), twice = once << 32;
    if (!(l.bits[0] & once))
      l.bits[0] |= once;
    else if (!(l.bits[0] & twice))
      l.bits[0] |= twice;
    else if (!(l.bits[1] & once))
      l.bits[1] |= once;
    else
      l.bits[1] |= twice;
  }
  return l;
}

static guint count_bits(guint64 v)
{
  v -= (v >> 1) & 0x5555555555555555;
  v = (v & 0x3333333333333333) + ((v >> 2) & 0x3333333333333333);
  v = (v + (v >> 4)) & 0x0f0f0f0f0f0f0f0f;
  return (guint)((v * 0x0101010101010101) >> 56);
}

/* Fewer edits than this cannot lead from one to the other. */
static guint least_edits(const Letters *a, const Letters *b)
{
  return (count_bits(a->bits[0] ^ b->bits[0]) + count_bits(a->bits[1] ^ b->bits[1]) + 1) / 2;
}

static int compare_length(gconstpointer a, gconstpointer b)
{
  const Name *x = a, *y = b;
  return x->len != y->len ? (x->len < y->len ? -1 : 1) : x->place < y->place ? -1 : 1;
}

static gboolean heavier(const NearestIndex *x, guint32 a, guint32 b)
{
  return x->weights[a] != x->weights[b] ? x->weights[a] > x->weights[b]
                                        : strcmp(x->names[a], x->names[b]) < 0;
}

static void remember(const NearestIndex *x, GHashTable *table, char *key, guint32 place)
{
  guint32 old = GPOINTER_TO_UINT(g_hash_table_lookup(table, key));
  if (old == 0 || heavier(x, place, old - 1))
    g_hash_table_replace(table, key, GUINT_TO_POINTER(place + 1));
  else if (table == x->ends)
    g_free(key);
}

/* First and last segment, joined; NULL for a name of one segment. Free with g_free. */
static char *ends_of(const char *name)
{
  const char *first = strchr(name, '/'), *last = strrchr(name, '/');
  if (!first)
    return NULL;
  GString *key = g_string_new_len(name, first - name);
  g_string_append_c(key, '\n');
  g_string_append(key, last + 1);
  return g_string_free(key, FALSE);
}

/* Every way to leave out leading segments, or those in the middle, leads back to the name. */
static void add_parts(NearestIndex *x, guint32 place)
{
  for (const char *s = strchr(x->names[place], '/'); s; s = strchr(s, '/'))
    remember(x, x->tails, (char *)++s, place);
  char *ends = ends_of(x->names[place]);
  if (ends)
    remember(x, x->ends, ends, place);
}

NearestIndex *nearest_index_new(const char *const *names, const guint32 *weights, guint32 n)
{
  NearestIndex *x = g_new0(NearestIndex, 1);
  x->names = names;
  x->weights = weights;
  x->budget = BUDGET;
  x->by_length = g_new0(Name, (gsize)n + 1);
  x->start = g_new0(guint32, LENGTHS + 2);
  x->place_of = g_hash_table_new(g_str_hash, g_str_equal);
  x->tails = g_hash_table_new(g_str_hash, g_str_equal);
  x->ends = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint32 i = 0; i < n; i++) {
    gsize len = strlen(names[i]);
    g_hash_table_insert(x->place_of, (gpointer)names[i], GUINT_TO_POINTER(i + 1));
    if (len > LENGTHS)
      continue;
    add_parts(x, i);
    x->by_length[x->n++] = (Name){i, (guint32)len, letters_of(names[i], len)};
  }
  qsort(x->by_length, x->n, sizeof(Name), compare_length);
  for (guint32 i = 0, len = 0; len <= LENGTHS + 1; len++) {
    while (i < x->n && x->by_length[i].len < len)
      i++;
    x->start[len] = i;
  }
  return x;
}

void nearest_index_free(NearestIndex *x)
{
  if (!x)
    return;
  g_free(x->by_length);
  g_free(x->start);
  g_hash_table_unref(x->place_of);
  g_hash_table_unref(x->tails);
  g_hash_table_unref(x->ends);
  g_free(x);
}

/* A stray prepared for many comparisons. */
typedef struct {
  gsize len;
  Letters letters;
  guint64 where[256]; /* per byte: the places where the stray has it */
} Pattern;

static void pattern_init(Pattern *p, const char *s, gsize len)
{
  memset(p, 0, sizeof *p);
  p->len = len;
  p->letters = letters_of(s, len);
  for (gsize i = 0; i < len; i++)
    p->where[(guchar)s[i]] |= G_GUINT64_CONSTANT(1) << i;
}

/* Edits between the pattern (1 to 64 bytes) and `s`. */
static guint edits(const Pattern *p, const char *s, gsize len)
{
  guint64 plus = ~G_GUINT64_CONSTANT(0), minus = 0;
  guint64 last = G_GUINT64_CONSTANT(1) << (p->len - 1);
  guint score = (guint)p->len;
  for (gsize i = 0; i < len; i++) {
    guint64 eq = p->where[(guchar)s[i]];
    guint64 diagonal = (((eq & plus) + plus) ^ plus) | eq | minus;
    guint64 up = minus | ~(diagonal | plus), down = plus & diagonal;
    if (up & last)
      score++;
    else if (down & last)
      score--;
    up = (up << 1) | 1;
    down <<= 1;
    plus = down | ~(diagonal | up);
    minus = up & diagonal;
  }
  return score;
}

/* Best name of one length. */
static void search_length(NearestIndex *x, const Pattern *p, gsize len, guint *best_edits,
                          guint32 *best)
{
  for (guint32 i = x->start[len]; i < x->start[len + 1] && x->budget > 0; i++) {
    const Name *name = &x->by_length[i];
    x->budget--;
    if (least_edits(&name->letters, &p->letters) > *best_edits)
      continue;
    x->budget -= (gint64)(len / 4);
    guint d = edits(p, x->names[name->place], len);
    if (d < *best_edits ||
        (d == *best_edits && (*best == NEAREST_NONE || heavier(x, name->place, *best)))) {
      *best_edits = d;
      *best = name->place;
    }
  }
}

/* Fewest edits, at most EDITS_MAX and 1 + length / 4; the lengths nearest the stray's own come
 * first. */
static guint32 by_edits(NearestIndex *x, const char *stray, gsize len, guint *ret_edits)
{
  Pattern p;
  guint32 best = NEAREST_NONE;
  *ret_edits = MIN(EDITS_MAX, 1 + (guint)(len / 4));
  pattern_init(&p, stray, len);
  for (gsize delta = 0; delta <= *ret_edits; delta++) {
    if (len >= delta)
      search_length(x, &p, len - delta, ret_edits, &best);
    if (delta > 0 && len + delta <= LENGTHS)
      search_length(x, &p, len + delta, ret_edits, &best);
  }
  return best;
}

static guint32 by_beginning(const NearestIndex *x, const char *stray)
{
  guint32 best = NEAREST_NONE;
  char *s = g_strndup(stray, 4 * LENGTHS);
  for (char *slash = strrchr(s, '/'); slash && best == NEAREST_NONE; slash = strrchr(s, '/')) {
    *slash = '\0';
    best = GPOINTER_TO_UINT(g_hash_table_lookup(x->place_of, s)) - 1; /* 0 - 1 is none */
  }
  g_free(s);
  return best;
}

static guint32 by_parts(const NearestIndex *x, const char *stray)
{
  guint32 found = GPOINTER_TO_UINT(g_hash_table_lookup(x->tails, stray));
  char *ends = found ? NULL : ends_of(stray);
  if (ends)
    found = GPOINTER_TO_UINT(g_hash_table_lookup(x->ends, ends));
  g_free(ends);
  return found - 1; /* 0 - 1 is none */
}

guint32 nearest_find(NearestIndex *x, const char *stray)
{
  gsize len = strlen(stray);
  guint n_edits = G_MAXUINT;
  guint32 near = NEAREST_NONE, part;
  if (len > 0 && len <= PATTERN_MAX)
    near = by_edits(x, stray, len, &n_edits);
  if (near != NEAREST_NONE && n_edits <= 2)
    return near;
  part = by_parts(x, stray);
  if (part != NEAREST_NONE)
    return part;
  return near != NEAREST_NONE ? near : by_beginning(x, stray);
}
