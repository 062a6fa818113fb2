/* String pool: an open-addressing hash over one arena of bytes.
 *
 * Interning runs four times for every row of a log. A slot holds 32 bits of the hash beside the
 * id, so that a lookup touches the arena only for the string that is (almost surely) the one
 * looked for. The hash folds eight bytes at a time through a 64 x 64 -> 128 bit product, after the
 * idea of Wang Yi's wyhash; ids do not depend on it. */
#include "core/base/strpool.h"

#include <string.h>

typedef struct {
  guint32 hash;
  guint32 id; /* STRPOOL_NONE: free */
} Slot;

struct StrPool {
  char *arena;      /* strings one after the other, a NUL behind each */
  guint32 *offsets; /* count + 1 entries: where each string starts, and the end */
  Slot *slots;
  gsize arena_cap, offsets_cap;
  gsize mask; /* slots - 1; slots is a power of two */
  guint64 seed;
  guint32 count;
  guint32 max_strings, max_bytes;
};

enum { SLOTS_MIN = 64, ARENA_MIN = 256, OFFSETS_MIN = 32 };

static inline guint64 fold(guint64 a, guint64 b)
{
  __extension__ typedef unsigned __int128 wide;
  wide m = (wide)a * b;
  return (guint64)m ^ (guint64)(m >> 64);
}

static inline guint64 load64(const char *p)
{
  guint64 v;
  memcpy(&v, p, 8);
  return v;
}

static inline guint64 load32(const char *p)
{
  guint32 v;
  memcpy(&v, p, 4);
  return v;
}

#define MIX_A G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) /* 2^64 / golden ratio */
#define MIX_B G_GUINT64_CONSTANT(0xd1342543de82ef95)

/* The last words may overlap bytes already read: cheaper than a loop over single bytes. */
static inline guint32 hash_bytes(const char *s, gsize len, guint64 seed)
{
  guint64 h = seed, a = 0, b = 0;
  gsize rest = len;
  while (rest > 16) {
    h = fold(load64(s) ^ MIX_A, load64(s + 8) ^ h);
    s += 16;
    rest -= 16;
  }
  if (rest >= 8) {
    a = load64(s);
    b = load64(s + rest - 8);
  } else if (rest >= 4) {
    a = load32(s);
    b = load32(s + rest - 4);
  } else if (rest > 0) {
    a = (guint64)(guint8)s[0] << 16 | (guint64)(guint8)s[rest / 2] << 8 | (guint8)s[rest - 1];
  }
  h = fold(a ^ MIX_A, b ^ h);
  h = fold(h ^ len, MIX_B);
  return (guint32)(h ^ h >> 32);
}

static Slot *slots_new(gsize n)
{
  Slot *slots = g_new(Slot, n);
  memset(slots, 0xff, n * sizeof *slots);
  return slots;
}

StrPool *strpool_new(void)
{
  StrPool *pool = g_new0(StrPool, 1);
  pool->arena_cap = ARENA_MIN;
  pool->arena = g_malloc(ARENA_MIN);
  pool->offsets_cap = OFFSETS_MIN;
  pool->offsets = g_new(guint32, OFFSETS_MIN);
  pool->offsets[0] = 0;
  pool->mask = SLOTS_MIN - 1;
  pool->slots = slots_new(SLOTS_MIN);
  /* Differs from run to run where addresses do, which makes it hard to write a log whose strings
   * all fall into one slot. */
  pool->seed = fold((guint64)(gsize)pool ^ MIX_B, MIX_A);
  pool->max_strings = G_MAXUINT32 - 1;
  pool->max_bytes = G_MAXUINT32;
  return pool;
}

void strpool_free(StrPool *pool)
{
  if (!pool)
    return;
  g_free(pool->arena);
  g_free(pool->offsets);
  g_free(pool->slots);
  g_free(pool);
}

StrPool *strpool_copy(const StrPool *pool)
{
  StrPool *copy = g_new(StrPool, 1);
  *copy = *pool;
  copy->arena_cap = MAX((gsize)pool->offsets[pool->count], 1);
  copy->arena = g_malloc(copy->arena_cap);
  memcpy(copy->arena, pool->arena, pool->offsets[pool->count]);
  copy->offsets_cap = (gsize)pool->count + 1;
  copy->offsets = g_memdup2(pool->offsets, copy->offsets_cap * sizeof *pool->offsets);
  copy->slots = g_memdup2(pool->slots, (pool->mask + 1) * sizeof *pool->slots);
  return copy;
}

void strpool_set_limits(StrPool *pool, guint32 max_strings, guint32 max_bytes)
{
  pool->max_strings = MIN(max_strings, G_MAXUINT32 - 1);
  pool->max_bytes = max_bytes;
}

guint32 strpool_count(const StrPool *pool)
{
  return pool->count;
}

static inline guint32 length_of(const StrPool *pool, guint32 id)
{
  return pool->offsets[id + 1] - pool->offsets[id] - 1;
}

/* Place of the string, or of the free slot where it belongs. There is always a free slot. */
static inline gsize find_slot(const StrPool *pool, const char *s, gsize len, guint32 hash)
{
  gsize i = hash & pool->mask;
  for (;; i = (i + 1) & pool->mask) {
    const Slot *slot = &pool->slots[i];
    if (slot->id == STRPOOL_NONE)
      return i;
    if (slot->hash == hash && length_of(pool, slot->id) == len &&
        (len == 0 || memcmp(pool->arena + pool->offsets[slot->id], s, len) == 0))
      return i;
  }
}

static void grow_slots(StrPool *pool)
{
  gsize n = (pool->mask + 1) * 2;
  Slot *old = pool->slots, *slots = slots_new(n);
  for (gsize i = 0; i <= pool->mask; i++) {
    if (old[i].id == STRPOOL_NONE)
      continue;
    gsize to = old[i].hash & (n - 1);
    while (slots[to].id != STRPOOL_NONE)
      to = (to + 1) & (n - 1);
    slots[to] = old[i];
  }
  g_free(old);
  pool->slots = slots;
  pool->mask = n - 1;
}

static void reserve(StrPool *pool, gsize bytes)
{
  gsize need = (gsize)pool->offsets[pool->count] + bytes;
  if (need > pool->arena_cap) {
    pool->arena_cap = MAX(need, MAX((gsize)ARENA_MIN, pool->arena_cap * 2));
    pool->arena = g_realloc(pool->arena, pool->arena_cap);
  }
  if ((gsize)pool->count + 2 > pool->offsets_cap) {
    pool->offsets_cap = MAX((gsize)OFFSETS_MIN, pool->offsets_cap * 2);
    pool->offsets = g_realloc_n(pool->offsets, pool->offsets_cap, sizeof *pool->offsets);
  }
}

static guint32 add_string(StrPool *pool, const char *s, gsize len, guint32 hash, gsize slot)
{
  guint32 end = pool->offsets[pool->count];
  if (pool->count >= pool->max_strings || end >= pool->max_bytes || len >= pool->max_bytes - end)
    return STRPOOL_NONE;
  /* `s` may be a piece of a string of this pool, which moves when the arena grows. */
  gboolean own = (gsize)s >= (gsize)pool->arena && (gsize)s < (gsize)pool->arena + end;
  gsize own_offset = own ? (gsize)s - (gsize)pool->arena : 0;
  reserve(pool, len + 1);
  if (len > 0)
    memmove(pool->arena + end, own ? pool->arena + own_offset : s, len);
  pool->arena[end + len] = '\0';
  guint32 id = pool->count++;
  pool->offsets[id + 1] = end + (guint32)len + 1;
  pool->slots[slot] = (Slot){hash, id};
  if (pool->count > (pool->mask + 1) / 3 * 2) /* at most two thirds full */
    grow_slots(pool);
  return id;
}

guint32 strpool_intern(StrPool *pool, const char *s, gsize len)
{
  guint32 hash = hash_bytes(s, len, pool->seed);
  gsize slot = find_slot(pool, s, len, hash);
  guint32 id = pool->slots[slot].id;
  return id != STRPOOL_NONE ? id : add_string(pool, s, len, hash, slot);
}

guint32 strpool_find(const StrPool *pool, const char *s, gsize len)
{
  return pool->slots[find_slot(pool, s, len, hash_bytes(s, len, pool->seed))].id;
}

const char *strpool_get(const StrPool *pool, guint32 id, gsize *ret_len)
{
  g_return_val_if_fail(id < pool->count, "");
  if (ret_len)
    *ret_len = length_of(pool, id);
  return pool->arena + pool->offsets[id];
}

gboolean strpool_has_room_for(const StrPool *pool, const StrPool *src)
{
  guint64 count = pool->count, bytes = pool->offsets[pool->count];
  if (count + src->count <= pool->max_strings &&
      bytes + src->offsets[src->count] <= pool->max_bytes)
    return TRUE;
  for (guint32 id = 0; id < src->count; id++) {
    guint32 len = length_of(src, id);
    if (strpool_find(pool, src->arena + src->offsets[id], len) == STRPOOL_NONE) {
      count++;
      bytes += (guint64)len + 1;
    }
  }
  return count <= pool->max_strings && bytes <= pool->max_bytes;
}

gsize strpool_bytes(const StrPool *pool)
{
  return sizeof *pool + pool->arena_cap + pool->offsets_cap * sizeof *pool->offsets +
         (pool->mask + 1) * sizeof *pool->slots;
}

void strpool_trim(StrPool *pool)
{
  pool->arena_cap = MAX((gsize)pool->offsets[pool->count], 1);
  pool->arena = g_realloc(pool->arena, pool->arena_cap);
  pool->offsets_cap = (gsize)pool->count + 1;
  pool->offsets = g_realloc_n(pool->offsets, pool->offsets_cap, sizeof *pool->offsets);
}
