/* Catalog: every path to its entry.
 *
 * Works in steps over the distinct paths (thousands), with one pass over the rows for the readers:
 * kind by rule, canonical name, `content/` dropped, aliases, entries, lesson or stray. */
#include "core/catalog/catalog.h"

#include <string.h>

#include "core/catalog/aliases.h"
#include "core/catalog/kinds.h"
#include "core/catalog/nearest.h"
#include "core/catalog/readers.h"

#define NAME_HOME    "/"
#define NAME_MISSING "(missing)"

/* What the public structure does not show. */
typedef struct {
  Catalog pub;
  GHashTable *by_name; /* name -> entry + 1; a lesson first */
  guint32 *path_hits;
} CatalogFull;

typedef struct {
  const AccessLog *log;
  const CatalogOptions *options;
  KindRules *rules;
  Aliases *aliases;
  PathReaders *readers;
  guint32 n_paths;
  guint8 *kind_of_path;  /* by rule; KIND_BY_READERS when no rule claims it */
  StrPool *names;        /* canonical names */
  guint32 *name_of_path; /* into names */
  guint32 *entry_of_path;
  GArray *entries; /* of CatalogEntry; names not yet owned */
} Build;

void catalog_options_init(CatalogOptions *o)
{
  *o = (CatalogOptions){.min_users = 5, .min_hits = 10};
}

/* --- names ----------------------------------------------------------------------------------- */

/* Names are hardly longer than their paths, whose pool is not full; should this one be, what is
 * left shares the first name. */
static guint32 intern(Build *b, const char *name)
{
  guint32 id = strpool_intern(b->names, name, strlen(name));
  return id == STRPOOL_NONE ? 0 : id;
}

static void name_paths(Build *b)
{
  for (guint32 p = 0; p < b->n_paths; p++) {
    gsize len;
    const char *path = strpool_get(b->log->paths, p, &len);
    Kind kind = kind_rules_test(b->rules, path, len);
    char *name = catalog_canonical(path, len);
    if (kind == KIND_BY_READERS && *name == '\0')
      kind = KIND_HOME; /* "//", ".html", "?from=mail" */
    b->kind_of_path[p] = (guint8)kind;
    b->name_of_path[p] = intern(b, kind == KIND_MISSING ? NAME_MISSING
                                   : kind == KIND_HOME  ? NAME_HOME
                                                        : name);
    g_free(name);
  }
}

static gboolean has_readers(const Build *b, guint32 users, guint64 hits)
{
  return users >= b->options->min_users && hits >= b->options->min_hits;
}

/* Hits by people who are not staff, per group of paths. Free with g_free. */
static guint64 *sum_read_hits(const Build *b, const guint32 *group_of_path, guint32 n_groups)
{
  guint64 *sum = g_new0(guint64, (gsize)n_groups + 1);
  for (guint32 p = 0; p < b->n_paths; p++)
    sum[group_of_path[p]] += b->readers->read_hits[p];
  return sum;
}

/* `content/x` is `x` when `x` is a lesson without its help. */
static void drop_content(Build *b)
{
  static const char lead[] = "content/";
  guint32 n_names = strpool_count(b->names);
  guint32 *group = g_new(guint32, (gsize)b->n_paths + 1);
  for (guint32 p = 0; p < b->n_paths; p++)
    group[p] = b->kind_of_path[p] == KIND_BY_READERS ? b->name_of_path[p] : n_names;
  guint32 *users = path_readers_count(b->readers, group, n_names + 1);
  guint64 *hits = sum_read_hits(b, group, n_names + 1);
  for (guint32 p = 0; p < b->n_paths; p++) {
    gsize len;
    const char *name = strpool_get(b->names, b->name_of_path[p], &len);
    if (group[p] == n_names || !g_str_has_prefix(name, lead))
      continue;
    guint32 rest = strpool_find(b->names, name + strlen(lead), len - strlen(lead));
    if (rest != STRPOOL_NONE && rest < n_names && has_readers(b, users[rest], hits[rest]))
      b->name_of_path[p] = rest;
  }
  g_free(group);
  g_free(users);
  g_free(hits);
}

static void apply_aliases(Build *b)
{
  for (guint32 p = 0; p < b->n_paths; p++) {
    if (b->kind_of_path[p] != KIND_BY_READERS)
      continue;
    const char *name = strpool_get(b->names, b->name_of_path[p], NULL);
    const char *other = aliases_resolve(b->aliases, name);
    if (other != name)
      b->name_of_path[p] = intern(b, other);
  }
}

/* --- entries --------------------------------------------------------------------------------- */

/* One entry per kind by rule and name, in the order of their first paths. */
static void make_entries(Build *b)
{
  gsize n_names = strpool_count(b->names);
  guint32 *entry_of = g_new(guint32, n_names * (N_KINDS + 1) + 1);
  memset(entry_of, 0xff, (n_names * (N_KINDS + 1) + 1) * sizeof *entry_of);
  for (guint32 p = 0; p < b->n_paths; p++) {
    guint32 name = b->name_of_path[p];
    guint32 *slot = &entry_of[b->kind_of_path[p] * n_names + name];
    if (*slot == CATALOG_NONE) {
      CatalogEntry e = {.name = g_strdup(strpool_get(b->names, name, NULL)),
                        .kind = (Kind)b->kind_of_path[p],
                        .nearest = CATALOG_NONE};
      *slot = b->entries->len;
      g_array_append_val(b->entries, e);
    }
    b->entry_of_path[p] = *slot;
  }
  g_free(entry_of);
}

static CatalogEntry *entry_at(const Build *b, guint32 i)
{
  return &g_array_index(b->entries, CatalogEntry, i);
}

static void count_entries(Build *b)
{
  guint32 n = b->entries->len;
  guint32 *users = path_readers_count(b->readers, b->entry_of_path, n);
  guint64 *read_hits = sum_read_hits(b, b->entry_of_path, n);
  for (guint32 p = 0; p < b->n_paths; p++) {
    entry_at(b, b->entry_of_path[p])->hits += b->readers->hits[p];
    entry_at(b, b->entry_of_path[p])->n_paths++;
  }
  for (guint32 i = 0; i < n; i++) {
    CatalogEntry *e = entry_at(b, i);
    e->users = users[i];
    if ((guint)e->kind == KIND_BY_READERS)
      e->kind = has_readers(b, users[i], read_hits[i]) ? KIND_LESSON : KIND_STRAY;
  }
  g_free(users);
  g_free(read_hits);
}

static int compare_hits(gconstpointer a, gconstpointer b, gpointer entries)
{
  const CatalogEntry *x = (const CatalogEntry *)entries + *(const guint32 *)a;
  const CatalogEntry *y = (const CatalogEntry *)entries + *(const guint32 *)b;
  if (x->hits != y->hits)
    return x->hits > y->hits ? -1 : 1;
  return strcmp(x->name, y->name);
}

/* Entries of one kind, most hits first. Free with g_array_unref. */
static GArray *entries_of_kind(const Build *b, Kind kind)
{
  GArray *list = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 i = 0; i < b->entries->len; i++)
    if (entry_at(b, i)->kind == kind)
      g_array_append_val(list, i);
  g_array_sort_with_data(list, compare_hits, b->entries->data);
  return list;
}

static void find_nearest(Build *b)
{
  GArray *lessons = entries_of_kind(b, KIND_LESSON), *strays = entries_of_kind(b, KIND_STRAY);
  const char **names = g_new(const char *, lessons->len + 1);
  guint32 *hits = g_new(guint32, lessons->len + 1);
  for (guint32 i = 0; i < lessons->len; i++) {
    const CatalogEntry *e = entry_at(b, g_array_index(lessons, guint32, i));
    names[i] = e->name;
    hits[i] = e->hits;
  }
  NearestIndex *index = nearest_index_new(names, hits, lessons->len);
  for (guint32 i = 0; i < strays->len; i++) {
    CatalogEntry *e = entry_at(b, g_array_index(strays, guint32, i));
    guint32 place = nearest_find(index, e->name);
    if (place != NEAREST_NONE)
      e->nearest = g_array_index(lessons, guint32, place);
  }
  nearest_index_free(index);
  g_free(names);
  g_free(hits);
  g_array_unref(lessons);
  g_array_unref(strays);
}

/* --- raw paths ------------------------------------------------------------------------------- */

/* The path with most hits of each entry. Free with g_free. */
static guint32 *top_paths(const Build *b)
{
  guint32 *top = g_new(guint32, b->entries->len + 1);
  memset(top, 0xff, (b->entries->len + 1) * sizeof *top);
  for (guint32 p = 0; p < b->n_paths; p++) {
    guint32 *t = &top[b->entry_of_path[p]];
    if (*t == CATALOG_NONE || b->readers->hits[p] > b->readers->hits[*t])
      *t = p;
  }
  return top;
}

static void clear_entry(gpointer data)
{
  g_free(((CatalogEntry *)data)->name);
}

static GArray *entries_new(guint32 n)
{
  GArray *a = g_array_sized_new(FALSE, FALSE, sizeof(CatalogEntry), n);
  g_array_set_clear_func(a, clear_entry);
  return a;
}

/* Replaces the merged entries by one per path, of the kind that the merged one has. */
static void split_entries(Build *b)
{
  GArray *merged = b->entries;
  guint32 *top = top_paths(b), *users;
  b->entries = entries_new(b->n_paths);
  for (guint32 p = 0; p < b->n_paths; p++) {
    const CatalogEntry *m = &g_array_index(merged, CatalogEntry, b->entry_of_path[p]);
    gsize len;
    const char *path = strpool_get(b->log->paths, p, &len);
    CatalogEntry e = {.name = len ? g_strndup(path, len) : g_strdup(NAME_MISSING),
                      .kind = m->kind,
                      .n_paths = 1,
                      .hits = b->readers->hits[p],
                      .nearest = m->nearest == CATALOG_NONE ? CATALOG_NONE : top[m->nearest]};
    g_array_append_val(b->entries, e);
  }
  for (guint32 p = 0; p < b->n_paths; p++)
    b->entry_of_path[p] = p;
  users = path_readers_count(b->readers, b->entry_of_path, b->n_paths);
  for (guint32 p = 0; p < b->n_paths; p++)
    entry_at(b, p)->users = users[p];
  g_free(users);
  g_free(top);
  g_array_unref(merged);
}

/* --- the catalog ----------------------------------------------------------------------------- */

/* First segment of an entry's name; the home page and the missing path have none. */
static guint32 module_of(StrPool *modules, const CatalogEntry *e)
{
  if (e->kind == KIND_HOME || e->kind == KIND_MISSING)
    return 0;
  const char *s = e->name + strspn(e->name, "/");
  guint32 id = strpool_intern(modules, s, strcspn(s, "/"));
  return id == STRPOOL_NONE ? 0 : id;
}

static void fill_modules(Catalog *c)
{
  StrPool *modules = strpool_new();
  guint32 *module = g_new(guint32, (gsize)c->n_entries + 1);
  CatalogEntry *entries = (CatalogEntry *)c->entries;
  strpool_intern(modules, "", 0);
  for (guint32 i = 0; i < c->n_entries; i++)
    module[i] = entries[i].module = module_of(modules, &entries[i]);
  c->module_of_entry = module;
  c->n_modules = strpool_count(modules);
  char **names = g_new0(char *, (gsize)c->n_modules + 1);
  for (guint32 i = 0; i < c->n_modules; i++)
    names[i] = g_strdup(strpool_get(modules, i, NULL));
  c->modules = (const char *const *)names;
  strpool_free(modules);
}

static void fill_kinds(Catalog *c)
{
  guint8 *kinds = g_new(guint8, (gsize)c->n_entries + 1);
  for (guint32 i = 0; i < c->n_entries; i++) {
    const CatalogEntry *e = &c->entries[i];
    kinds[i] = (guint8)e->kind;
    c->kind_hits[e->kind] += e->hits;
    c->kind_entries[e->kind] += e->hits > 0; /* every log knows the missing path */
  }
  c->kind_of_entry = kinds;
}

static void fill_names(CatalogFull *f)
{
  f->by_name = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint32 i = 0; i < f->pub.n_entries; i++) {
    const CatalogEntry *e = &f->pub.entries[i];
    guint32 old = GPOINTER_TO_UINT(g_hash_table_lookup(f->by_name, e->name));
    if (old == 0 || e->kind < f->pub.entries[old - 1].kind)
      g_hash_table_replace(f->by_name, e->name, GUINT_TO_POINTER(i + 1));
  }
}

static Catalog *finish(Build *b)
{
  CatalogFull *f = g_new0(CatalogFull, 1);
  Catalog *c = &f->pub;
  c->n_paths = b->n_paths;
  c->entry_of_path = g_steal_pointer(&b->entry_of_path);
  c->n_entries = b->entries->len;
  c->entries = (CatalogEntry *)(void *)g_array_free(g_steal_pointer(&b->entries), FALSE);
  f->path_hits = g_steal_pointer(&b->readers->hits);
  fill_modules(c);
  fill_kinds(c);
  fill_names(f);
  return c;
}

static void build_clear(Build *b)
{
  kind_rules_free(b->rules);
  aliases_free(b->aliases);
  path_readers_free(b->readers);
  g_clear_pointer(&b->names, strpool_free);
  g_clear_pointer(&b->entries, g_array_unref);
  g_free(b->kind_of_path);
  g_free(b->name_of_path);
  g_free(b->entry_of_path);
}

Catalog *catalog_new(const AccessLog *log, const CatalogOptions *o, GError **error)
{
  Build b = {.log = log, .options = o, .n_paths = strpool_count(log->paths)};
  Catalog *c = NULL;
  b.rules = kind_rules_new(o->kinds_conf, error);
  b.aliases = b.rules ? aliases_new(o->aliases_conf, error) : NULL;
  if (b.aliases) {
    b.readers = path_readers_new(log);
    b.names = strpool_new();
    b.kind_of_path = g_new0(guint8, (gsize)b.n_paths + 1);
    b.name_of_path = g_new0(guint32, (gsize)b.n_paths + 1);
    b.entry_of_path = g_new0(guint32, (gsize)b.n_paths + 1);
    b.entries = entries_new(b.n_paths);
    name_paths(&b);
    drop_content(&b);
    apply_aliases(&b);
    make_entries(&b);
    count_entries(&b);
    find_nearest(&b);
    if (o->raw_paths)
      split_entries(&b);
    c = finish(&b);
  }
  build_clear(&b);
  return c;
}

void catalog_free(Catalog *c)
{
  if (!c)
    return;
  CatalogFull *f = (CatalogFull *)c;
  for (guint32 i = 0; i < c->n_entries; i++)
    g_free(c->entries[i].name);
  g_free((gpointer)c->entries);
  g_free((gpointer)c->entry_of_path);
  g_free((gpointer)c->kind_of_entry);
  g_free((gpointer)c->module_of_entry);
  g_strfreev((char **)c->modules);
  g_hash_table_unref(f->by_name);
  g_free(f->path_hits);
  g_free(f);
}

guint32 catalog_find(const Catalog *c, const char *name)
{
  const CatalogFull *f = (const CatalogFull *)c;
  guint32 entry = GPOINTER_TO_UINT(g_hash_table_lookup(f->by_name, name));
  if (entry == 0) {
    char *canonical = catalog_canonical(name, strlen(name));
    entry = GPOINTER_TO_UINT(g_hash_table_lookup(f->by_name, *canonical ? canonical : NAME_HOME));
    g_free(canonical);
  }
  return entry ? entry - 1 : CATALOG_NONE;
}

static int compare_path_hits(gconstpointer a, gconstpointer b, gpointer hits)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  const guint32 *h = hits;
  return h[x] != h[y] ? (h[x] > h[y] ? -1 : 1) : x < y ? -1 : x > y;
}

void catalog_paths_of(const Catalog *c, const AccessLog *log, guint32 entry, GArray *ret)
{
  const CatalogFull *f = (const CatalogFull *)c;
  (void)log;
  GArray *paths = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 p = 0; p < c->n_paths; p++)
    if (c->entry_of_path[p] == entry)
      g_array_append_val(paths, p);
  g_array_sort_with_data(paths, compare_path_hits, f->path_hits);
  g_array_append_vals(ret, paths->data, paths->len);
  g_array_unref(paths);
}
