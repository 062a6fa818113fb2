/* Case book: opening and asking. */
#include "core/casebook/casebook_private.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/casebook/jsonread.h"
#include "core/log/fingerprint.h"
#include "core/report/pseudonym.h"

#define LOCK_FILE    "casebook.lock"
#define SIBLINGS_MAX 1000 /* folders beside that are looked into */

/* --- the data ----------------------------------------------------------------------------------
 */

void casebook_data_fill(CasebookData *d, const AccessLog *log, const char *source)
{
  d->fingerprint = log_fingerprint_text(log_fingerprint(log));
  d->beginning = pseudonym_data_set(log);
  d->source = text_safe(source ? source : "", -1);
  d->rows = log->n_rows;
  d->first = log->n_rows ? log->time[0] : CIVIL_NONE;
  d->last = log->n_rows ? log->time[log->n_rows - 1] : CIVIL_NONE;
}

void casebook_data_clear(CasebookData *d)
{
  g_free(d->fingerprint);
  g_free(d->beginning);
  g_free(d->source);
  *d = (CasebookData){.fingerprint = NULL};
}

/* --- a shorter log's book ----------------------------------------------------------------------
 */

/* Rows that the log of the book at `path` had, when it begins like `d` and was shorter; else 0. */
static guint64 earlier_rows(const char *path, const CasebookData *d)
{
  char *text = NULL;
  gsize len = 0;
  guint64 rows = 0;
  if (store_load(path, &text, &len, NULL) != STORE_READ)
    return 0;
  JsonObject *root = jsonread_root(text, len, NULL);
  JsonObject *data = root ? jsonread_object(root, "data") : NULL;
  const char *beginning = data ? jsonread_text(data, "beginning") : NULL;
  if (beginning && strcmp(beginning, d->beginning) == 0)
    rows = (guint64)jsonread_int(data, "rows", 0, 0, G_MAXINT64);
  if (root)
    json_object_unref(root);
  g_free(text);
  return rows < d->rows ? rows : 0;
}

/* The book of the longest of the shorter logs with the same beginning, in a folder beside; NULL
 * when there is none. */
static char *find_earlier(const char *folder, const CasebookData *d)
{
  char *parent = g_path_get_dirname(folder), *best = NULL;
  guint64 best_rows = 0;
  GDir *dir = g_dir_open(parent, 0, NULL);
  const char *name;
  for (guint i = 0; dir && i < SIBLINGS_MAX && (name = g_dir_read_name(dir)); i++) {
    char *path = g_build_filename(parent, name, CASEBOOK_FILE, NULL);
    guint64 rows = earlier_rows(path, d);
    if (rows > best_rows) {
      best_rows = rows;
      g_free(best);
      best = g_strdup(path);
    }
    g_free(path);
  }
  if (dir)
    g_dir_close(dir);
  g_free(parent);
  return best;
}

/* Copies it: the other program that still shows the shorter log keeps its own. */
static void take_over(Casebook *b, const CasebookData *d)
{
  char *earlier = find_earlier(b->folder, d), *text = NULL;
  gsize len = 0;
  if (earlier && store_load(earlier, &text, &len, NULL) == STORE_READ &&
      store_save(b->path, text, len, NULL))
    b->notice = g_strdup("notes and cases were taken over from an earlier, shorter state of this "
                         "log");
  g_free(text);
  g_free(earlier);
}

/* --- opening -----------------------------------------------------------------------------------
 */

Casebook *casebook_new(void)
{
  Casebook *b = g_new0(Casebook, 1);
  for (guint t = 0; t < N_RECORD_TYPES; t++) {
    section_init(&b->sections[t]);
    b->next_number[t] = 1;
  }
  b->root = json_object_new();
  b->undo = g_ptr_array_new_with_free_func(change_free);
  b->redo = g_ptr_array_new_with_free_func(change_free);
  b->data.first = b->data.last = CIVIL_NONE;
  b->version = 1;
  b->lock = -1;
  return b;
}

Casebook *casebook_open(const char *folder, const CasebookData *data, char **ret_notice,
                        GError **error)
{
  if (!store_make_folder(folder, error))
    return NULL;
  Casebook *b = casebook_new();
  b->folder = g_strdup(folder);
  b->path = g_build_filename(folder, CASEBOOK_FILE, NULL);
  b->lock_path = g_build_filename(folder, LOCK_FILE, NULL);
  b->data = (CasebookData){.fingerprint = g_strdup(data->fingerprint),
                           .beginning = g_strdup(data->beginning),
                           .source = g_strdup(data->source),
                           .rows = data->rows,
                           .first = data->first,
                           .last = data->last};
  /* under the lock, so that of two programs that begin together one takes over and one reads */
  b->lock = store_lock(b->lock_path, 3000, error);
  gboolean ok = b->lock >= 0;
  if (ok && !store_stamp(b->path).exists && data->beginning)
    take_over(b, data);
  ok = ok && casebook_read(b, error);
  casebook_abandon(b);
  if (!ok) {
    casebook_free(b);
    return NULL;
  }
  if (ret_notice)
    *ret_notice = casebook_take_notice(b);
  return b;
}

void casebook_free(Casebook *b)
{
  if (!b)
    return;
  casebook_abandon(b);
  for (guint t = 0; t < N_RECORD_TYPES; t++)
    section_clear(&b->sections[t], (RecordType)t);
  json_object_unref(b->root);
  g_ptr_array_unref(b->undo);
  g_ptr_array_unref(b->redo);
  casebook_data_clear(&b->data);
  g_free(b->folder);
  g_free(b->path);
  g_free(b->lock_path);
  g_free(b->notice);
  g_free(b);
}

guint64 casebook_version(const Casebook *b)
{
  return b->version;
}

gboolean casebook_poll(Casebook *b)
{
  if (!b->path)
    return FALSE;
  StoreStamp now = store_stamp(b->path);
  guint64 before = b->version;
  /* no lock: files are renamed into place, so what is there is whole */
  if (!store_stamp_equal(&now, &b->stamp))
    casebook_read(b, NULL);
  return b->version != before;
}

char *casebook_take_notice(Casebook *b)
{
  return g_steal_pointer(&b->notice);
}

/* --- asking ------------------------------------------------------------------------------------
 */

const GPtrArray *casebook_records(const Casebook *b, RecordType t)
{
  return b->sections[t].list;
}

gconstpointer casebook_find(const Casebook *b, RecordType t, const char *key)
{
  return g_hash_table_lookup(b->sections[t].by_key, key);
}

static gconstpointer find_number(const Casebook *b, RecordType t, guint number)
{
  char key[16];
  g_snprintf(key, sizeof key, "%u", number);
  return casebook_find(b, t, key);
}

const Note *casebook_note(const Casebook *b, guint number)
{
  return find_number(b, RECORD_NOTE, number);
}

const Case *casebook_case(const Casebook *b, guint number)
{
  return find_number(b, RECORD_CASE, number);
}

const Case *casebook_current_case(const Casebook *b)
{
  return b->current_case ? casebook_case(b, b->current_case) : NULL;
}

guint casebook_notes_on(const Casebook *b, const Entity *on, GPtrArray *ret)
{
  const GPtrArray *notes = b->sections[RECORD_NOTE].list;
  guint n = 0;
  for (guint i = 0; i < notes->len; i++) {
    Note *note = g_ptr_array_index(notes, i);
    if (!entity_equal(note->on, on))
      continue;
    n++;
    if (ret)
      g_ptr_array_add(ret, note);
  }
  return n;
}

static gboolean has_entity(const Casebook *b, RecordType t, const Entity *on)
{
  if (b->sections[t].list->len == 0)
    return FALSE;
  char *key = entity_key(on);
  gboolean found = g_hash_table_contains(b->sections[t].by_key, key);
  g_free(key);
  return found;
}

gboolean casebook_is_marked(const Casebook *b, const Entity *on)
{
  return has_entity(b, RECORD_MARK, on);
}

gboolean casebook_is_watched(const Casebook *b, const Entity *on)
{
  return has_entity(b, RECORD_WATCH, on);
}

const Review *casebook_review(const Casebook *b, const char *flag)
{
  const GPtrArray *reviews = b->sections[RECORD_REVIEW].list;
  for (guint i = reviews->len; i-- > 0;) {
    const Review *r = g_ptr_array_index(reviews, i);
    if (strcmp(r->flag, flag) == 0)
      return r;
  }
  return NULL;
}

int case_find(const Case *c, const Entity *on)
{
  for (guint i = 0; i < c->members->len; i++) {
    const CaseMember *m = g_ptr_array_index(c->members, i);
    if (entity_equal(m->on, on))
      return (int)i;
  }
  return -1;
}
