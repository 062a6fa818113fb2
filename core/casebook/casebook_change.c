/* Case book: changes as edits of records, undo and redo. */
#include "core/casebook/casebook_private.h"

#include <string.h>

#include "core/base/error.h"

#define LOCK_TIMEOUT 3000 /* milliseconds */
#define UNDO_MAX     500

static void edit_free(gpointer data)
{
  Edit *e = data;
  g_free(e->key);
  if (e->before)
    json_object_unref(e->before);
  if (e->after)
    json_object_unref(e->after);
  g_free(e);
}

void change_free(gpointer data)
{
  Change *c = data;
  g_free(c->what);
  g_ptr_array_unref(c->edits);
  g_free(c);
}

Change *change_new(Casebook *b, char *what)
{
  Change *c = g_new0(Change, 1);
  c->what = what;
  c->edits = g_ptr_array_new_with_free_func(edit_free);
  c->before_case = c->after_case = b->current_case;
  return c;
}

void change_set(Casebook *b, Change *c, RecordType t, const char *key, JsonObject *after)
{
  const Section *s = &b->sections[t];
  gpointer record = g_hash_table_lookup(s->by_key, key);
  Edit *e = g_new0(Edit, 1);
  e->type = t;
  e->key = g_strdup(key);
  e->after = after;
  e->place = G_MAXUINT;
  if (record) {
    e->before = record_write(t, record);
    g_ptr_array_find(s->list, record, &e->place);
  }
  g_ptr_array_add(c->edits, e);
}

guint casebook_next_number(const Casebook *b, RecordType t)
{
  return b->next_number[t];
}

/* The record of an edit becomes `to`. */
static void set_record(Casebook *b, const Edit *e, JsonObject *to)
{
  Section *s = &b->sections[e->type];
  gpointer old = g_hash_table_lookup(s->by_key, e->key);
  guint place = e->place;
  gpointer record = to ? record_read(e->type, to) : NULL;
  if (old) {
    g_ptr_array_find(s->list, old, &place);
    section_remove(s, e->type, old);
  }
  if (!record)
    return;
  section_insert(s, e->type, record, place);
  b->next_number[e->type] = MAX(b->next_number[e->type], record_number(e->type, record) + 1);
}

static void apply(Casebook *b, const Change *c, gboolean forward)
{
  guint n = c->edits->len;
  for (guint i = 0; i < n; i++) {
    const Edit *e = g_ptr_array_index(c->edits, forward ? i : n - 1 - i);
    set_record(b, e, forward ? e->after : e->before);
  }
  b->current_case = forward ? c->after_case : c->before_case;
  b->version++;
}

/* --- with the file -----------------------------------------------------------------------------
 */

gboolean casebook_begin(Casebook *b, GError **error)
{
  if (!b->path)
    return TRUE;
  b->lock = store_lock(b->lock_path, LOCK_TIMEOUT, error);
  if (b->lock < 0)
    return FALSE;
  StoreStamp now = store_stamp(b->path);
  if (store_stamp_equal(&now, &b->stamp) || casebook_read(b, error))
    return TRUE;
  casebook_abandon(b);
  return FALSE;
}

void casebook_abandon(Casebook *b)
{
  store_unlock(b->lock);
  b->lock = -1;
}

/* Applies and saves; FALSE, with everything as it was, when it cannot be saved. */
static gboolean commit(Casebook *b, const Change *c, gboolean forward, GError **error)
{
  apply(b, c, forward);
  gboolean ok = casebook_write(b, error);
  if (!ok)
    apply(b, c, !forward);
  casebook_abandon(b);
  return ok;
}

gboolean casebook_end(Casebook *b, Change *c, GError **error)
{
  if (!commit(b, c, TRUE, error)) {
    change_free(c);
    return FALSE;
  }
  if (b->undo->len >= UNDO_MAX)
    g_ptr_array_remove_index(b->undo, 0);
  g_ptr_array_add(b->undo, c);
  g_ptr_array_set_size(b->redo, 0);
  return TRUE;
}

/* --- undo --------------------------------------------------------------------------------------
 */

static const Change *top(const GPtrArray *stack)
{
  return stack->len ? g_ptr_array_index(stack, stack->len - 1) : NULL;
}

const char *casebook_undo_what(const Casebook *b)
{
  const Change *c = top(b->undo);
  return c ? c->what : NULL;
}

const char *casebook_redo_what(const Casebook *b)
{
  const Change *c = top(b->redo);
  return c ? c->what : NULL;
}

void casebook_forget_redo(Casebook *b)
{
  g_ptr_array_set_size(b->redo, 0);
}

static gboolean same_object(JsonObject *a, JsonObject *b)
{
  if (!a || !b)
    return a == b;
  JsonNode *x = json_node_new(JSON_NODE_OBJECT), *y = json_node_new(JSON_NODE_OBJECT);
  json_node_set_object(x, a);
  json_node_set_object(y, b);
  gboolean same = json_node_equal(x, y);
  json_node_unref(x);
  json_node_unref(y);
  return same;
}

/* Are the records of a change what it left behind, or has another program been there? */
static gboolean still_holds(const Casebook *b, const Change *c, gboolean forward)
{
  for (guint i = 0; i < c->edits->len; i++) {
    const Edit *e = g_ptr_array_index(c->edits, i);
    gpointer record = g_hash_table_lookup(b->sections[e->type].by_key, e->key);
    JsonObject *now = record ? record_write(e->type, record) : NULL;
    gboolean same = same_object(now, forward ? e->before : e->after);
    if (now)
      json_object_unref(now);
    if (!same)
      return FALSE;
  }
  return TRUE;
}

static gboolean step(Casebook *b, GPtrArray *from, GPtrArray *to, gboolean forward, GError **error)
{
  if (from->len == 0) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "nothing to %s", forward ? "redo" : "undo");
    return FALSE;
  }
  if (!casebook_begin(b, error))
    return FALSE;
  Change *c = g_ptr_array_steal_index(from, from->len - 1);
  if (!still_holds(b, c, forward)) {
    casebook_abandon(b);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "%s was changed by another program since; it stays as it is", c->what);
    change_free(c);
    return FALSE;
  }
  gboolean ok = commit(b, c, forward, error);
  g_ptr_array_add(ok ? to : from, c);
  return ok;
}

gboolean casebook_undo(Casebook *b, GError **error)
{
  return step(b, b->undo, b->redo, FALSE, error);
}

gboolean casebook_redo(Casebook *b, GError **error)
{
  return step(b, b->redo, b->undo, TRUE, error);
}
