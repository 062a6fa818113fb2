/* Case book: between its file and memory. */
#include "core/casebook/casebook_private.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/casebook/jsonread.h"

#define FORMAT      1
#define RECORDS_MAX 200000 /* of one kind */

/* --- sections ----------------------------------------------------------------------------------
 */

static void free_node(gpointer node)
{
  json_node_unref(node);
}

void section_init(Section *s)
{
  s->list = g_ptr_array_new();
  s->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  s->strange = g_ptr_array_new_with_free_func(free_node);
}

void section_clear(Section *s, RecordType t)
{
  for (guint i = 0; i < s->list->len; i++)
    record_free(t, g_ptr_array_index(s->list, i));
  g_ptr_array_unref(s->list);
  g_hash_table_unref(s->by_key);
  g_ptr_array_unref(s->strange);
}

void section_insert(Section *s, RecordType t, gpointer record, guint place)
{
  g_ptr_array_insert(s->list, place < s->list->len ? (gint)place : -1, record);
  g_hash_table_insert(s->by_key, record_key(t, record), record);
}

void section_remove(Section *s, RecordType t, gpointer record)
{
  char *key = record_key(t, record);
  g_hash_table_remove(s->by_key, key);
  g_ptr_array_remove(s->list, record);
  record_free(t, record);
  g_free(key);
}

/* --- reading -----------------------------------------------------------------------------------
 */

/* Everything a file holds, before the book takes it over. */
typedef struct {
  Section sections[N_RECORD_TYPES];
  guint next_number[N_RECORD_TYPES];
  guint current_case;
  JsonObject *root;
} Content;

static void read_section(Content *c, RecordType t)
{
  Section *s = &c->sections[t];
  JsonArray *array = jsonread_array(c->root, record_section(t));
  GPtrArray *twins = g_ptr_array_new(); /* of numbers that are taken already */
  guint n = array ? json_array_get_length(array) : 0;
  for (guint i = 0; i < n; i++) {
    JsonNode *node = json_array_get_element(array, i);
    JsonObject *o = JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
    gpointer record = o && i < RECORDS_MAX ? record_read(t, o) : NULL;
    char *key = record ? record_key(t, record) : NULL;
    if (!record)
      g_ptr_array_add(s->strange, json_node_copy(node));
    else if (!g_hash_table_contains(s->by_key, key))
      section_insert(s, t, record, G_MAXUINT);
    else if (record_number(t, record))
      g_ptr_array_add(twins, record);
    else
      record_free(t, record); /* the same mark twice is one mark */
    if (o)                    /* numbers of those that were not understood are taken, too */
      c->next_number[t] =
          MAX(c->next_number[t], (guint)jsonread_int(o, "number", 0, 0, RECORD_NUMBER_MAX) + 1);
    g_free(key);
  }
  for (guint i = 0; i < twins->len; i++) {
    gpointer record = g_ptr_array_index(twins, i);
    record_renumber(t, record, c->next_number[t]++);
    section_insert(s, t, record, G_MAXUINT);
  }
  g_ptr_array_unref(twins);
}

/* The root object of a text, or NULL with a reason. */
static JsonObject *parse(const char *text, gsize len, GError **error)
{
  JsonObject *root = jsonread_root(text, len, error);
  if (!root || json_object_has_member(root, "format"))
    return root;
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_INPUT, "it is no case book");
  json_object_unref(root);
  return NULL;
}

static void take(Casebook *b, Content *c)
{
  for (guint t = 0; t < N_RECORD_TYPES; t++) {
    section_clear(&b->sections[t], (RecordType)t);
    b->sections[t] = c->sections[t];
    b->next_number[t] = MAX(b->next_number[t], c->next_number[t]);
  }
  if (b->root)
    json_object_unref(b->root);
  b->root = c->root;
  b->current_case = c->current_case;
  b->version++;
}

static void read_content(Content *c)
{
  JsonObject *next = jsonread_object(c->root, "next");
  for (guint t = 0; t < N_RECORD_TYPES; t++) {
    section_init(&c->sections[t]);
    c->next_number[t] =
        next ? (guint)jsonread_int(next, record_section((RecordType)t), 1, 1, G_MAXINT32) : 1;
    read_section(c, (RecordType)t);
  }
  c->current_case = (guint)jsonread_int(c->root, "current_case", 0, 0, G_MAXINT32);
}

/* A file that is no case book goes aside; what the book has stays. */
static gboolean put_aside(Casebook *b, const GError *why, GError **error)
{
  char *name = store_move_aside(b->path, error);
  if (!name)
    return FALSE;
  char *safe = text_safe(name, -1), *reason = text_safe(why->message, -1);
  g_free(b->notice);
  b->notice = g_strdup_printf("the file of notes was damaged (%s); it is kept as %s", reason, safe);
  g_free(safe);
  g_free(reason);
  g_free(name);
  b->stamp = store_stamp(b->path);
  return TRUE;
}

gboolean casebook_read(Casebook *b, GError **error)
{
  char *text = NULL;
  gsize len = 0;
  StoreStamp stamp = store_stamp(b->path);
  StoreResult result = store_load(b->path, &text, &len, error);
  if (result == STORE_FAILED)
    return FALSE;
  if (result == STORE_ABSENT) { /* new, or deleted by hand: what the book has stays */
    b->stamp = stamp;
    return TRUE;
  }
  GError *why = NULL;
  Content c = {.root = parse(text, len, &why)};
  g_free(text);
  if (!c.root) {
    gboolean ok = put_aside(b, why, error);
    g_error_free(why);
    return ok;
  }
  if (jsonread_int(c.root, "format", 0, 0, G_MAXINT32) != FORMAT) {
    char *safe = text_safe(b->path, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "the notes were written by another version of this program; use that one, or move "
                "%s away",
                safe);
    g_free(safe);
    json_object_unref(c.root);
    return FALSE;
  }
  read_content(&c);
  take(b, &c);
  b->stamp = stamp;
  return TRUE;
}

/* --- writing -----------------------------------------------------------------------------------
 */

static void write_data(const CasebookData *d, JsonObject *root)
{
  JsonObject *o = json_object_new();
  jsonread_set_text(o, "fingerprint", d->fingerprint);
  jsonread_set_text(o, "beginning", d->beginning);
  jsonread_set_text(o, "source", d->source);
  json_object_set_int_member(o, "rows", (gint64)d->rows);
  jsonread_set_time(o, "first", d->first);
  jsonread_set_time(o, "last", d->last);
  json_object_set_object_member(root, "data", o);
}

static JsonArray *write_section(const Section *s, RecordType t)
{
  JsonArray *array = json_array_new();
  for (guint i = 0; i < s->list->len; i++)
    json_array_add_object_element(array, record_write(t, g_ptr_array_index(s->list, i)));
  for (guint i = 0; i < s->strange->len; i++)
    json_array_add_element(array, json_node_copy(g_ptr_array_index(s->strange, i)));
  return array;
}

static char *print(Casebook *b, gsize *ret_len)
{
  JsonObject *next = json_object_new();
  json_object_set_int_member(b->root, "format", FORMAT);
  write_data(&b->data, b->root);
  for (guint t = 0; t < N_RECORD_TYPES; t++) {
    const char *name = record_section((RecordType)t);
    json_object_set_array_member(b->root, name, write_section(&b->sections[t], (RecordType)t));
    json_object_set_int_member(next, name, b->next_number[t]);
  }
  json_object_set_object_member(b->root, "next", next);
  json_object_set_int_member(b->root, "current_case", b->current_case);
  JsonNode *node = json_node_new(JSON_NODE_OBJECT);
  json_node_set_object(node, b->root);
  JsonGenerator *generator = json_generator_new();
  json_generator_set_pretty(generator, TRUE);
  json_generator_set_root(generator, node);
  char *text = json_generator_to_data(generator, ret_len);
  g_object_unref(generator);
  json_node_unref(node);
  return text;
}

Casebook *casebook_peek(const char *file)
{
  char *text = NULL;
  gsize len = 0;
  if (store_load(file, &text, &len, NULL) != STORE_READ)
    return NULL;
  GError *why = NULL;
  Content c = {.root = parse(text, len, &why)};
  g_free(text);
  g_clear_error(&why);
  if (!c.root)
    return NULL;
  if (jsonread_int(c.root, "format", 0, 0, G_MAXINT32) != FORMAT) {
    json_object_unref(c.root);
    return NULL;
  }
  Casebook *b = casebook_new();
  read_content(&c);
  take(b, &c);
  return b;
}

gboolean casebook_write(Casebook *b, GError **error)
{
  if (!b->path)
    return TRUE;
  gsize len = 0;
  char *text = print(b, &len);
  gboolean ok = len <= STORE_MAX_BYTES;
  if (!ok)
    g_set_error(error, CORE_ERROR, CORE_ERROR_LIMIT,
                "the notes would take more than %u MiB; nothing was changed",
                STORE_MAX_BYTES >> 20);
  ok = ok && store_save(b->path, text, len, error);
  if (ok)
    b->stamp = store_stamp(b->path);
  g_free(text);
  return ok;
}
