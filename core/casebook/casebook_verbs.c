/* Case book: the changes that people make. */
#include "core/casebook/casebook_private.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/log/ip.h"

/* A text of a person, trimmed and made safe; NULL with an error when it is too long. */
static char *clean(const char *text, const char *what, GError **error)
{
  if (strlen(text ? text : "") > CASEBOOK_TEXT_MAX) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_LIMIT, "a %s has at most %d bytes; make two of it",
                what, CASEBOOK_TEXT_MAX);
    return NULL;
  }
  char *trimmed = g_strstrip(g_strdup(text ? text : "")), *safe = text_safe(trimmed, -1);
  g_free(trimmed);
  return safe;
}

static char *clean_words(const char *text, const char *what, GError **error)
{
  char *words = clean(text, what, error);
  if (!words || *words)
    return words;
  g_free(words);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "the %s is empty; type some words", what);
  return NULL;
}

static char *number_key(guint number)
{
  return g_strdup_printf("%u", number);
}

static void unknown(GError **error, const char *what, guint number)
{
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "there is no %s %u", what, number);
}

/* Makes a change of one record: `record` (of the caller) under `key`, or its removal. */
static gboolean put(Casebook *b, Change *c, RecordType t, const char *key, gconstpointer record,
                    GError **error)
{
  change_set(b, c, t, key, record ? record_write(t, record) : NULL);
  return casebook_end(b, c, error);
}

static gboolean put_number(Casebook *b, Change *c, RecordType t, guint number, gconstpointer record,
                           GError **error)
{
  char *key = number_key(number);
  gboolean ok = put(b, c, t, key, record, error);
  g_free(key);
  return ok;
}

static By stamp_by(Stamp by, char **ret_author)
{
  *ret_author = text_safe(by.author ? by.author : "", -1);
  return (By){.author = *ret_author, .time = by.time};
}

/* --- notes -------------------------------------------------------------------------------------
 */

guint casebook_add_note(Casebook *b, const Entity *on, const char *text, Stamp by, GError **error)
{
  char *words = clean_words(text, "note", error), *author = NULL;
  if (!words || !casebook_begin(b, error)) {
    g_free(words);
    return 0;
  }
  Note n = {.number = casebook_next_number(b, RECORD_NOTE),
            .on = (Entity *)on,
            .text = words,
            .by = stamp_by(by, &author),
            .edited = CIVIL_NONE};
  Change *c = change_new(b, g_strdup_printf("note %u", n.number));
  gboolean ok = put_number(b, c, RECORD_NOTE, n.number, &n, error);
  g_free(words);
  g_free(author);
  return ok ? n.number : 0;
}

gboolean casebook_edit_note(Casebook *b, guint number, const char *text, Stamp by, GError **error)
{
  char *words = clean(text, "note", error);
  if (!words || !casebook_begin(b, error)) {
    g_free(words);
    return FALSE;
  }
  gboolean ok = FALSE;
  const Note *old = casebook_note(b, number);
  if (!old) {
    casebook_abandon(b);
    unknown(error, "note", number);
  } else {
    Note n = *old;
    n.text = words;
    n.edited = by.time;
    Change *c = change_new(b, g_strdup_printf(*words ? "note %u" : "note %u, deleted", number));
    ok = put_number(b, c, RECORD_NOTE, number, *words ? &n : NULL, error);
  }
  g_free(words);
  return ok;
}

/* --- flags -------------------------------------------------------------------------------------
 */

guint casebook_add_review(Casebook *b, const Review *r, Stamp by, GError **error)
{
  char *reason = clean(r->reason, "reason", error), *author = NULL;
  if (!reason || !casebook_begin(b, error)) {
    g_free(reason);
    return 0;
  }
  Review n = *r;
  n.head.json = NULL;
  n.number = casebook_next_number(b, RECORD_REVIEW);
  n.reason = reason;
  n.by = stamp_by(by, &author);
  Change *c = change_new(b, g_strdup_printf("status %s", status_name(n.status)));
  gboolean ok = put_number(b, c, RECORD_REVIEW, n.number, &n, error);
  g_free(reason);
  g_free(author);
  return ok ? n.number : 0;
}

guint casebook_add_exception(Casebook *b, const FlagException *x, Stamp by, GError **error)
{
  IpBlock block;
  if (!x->block && !x->user && !x->rule) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "an exception needs an address (ip=), a user (user=) or a rule (rule=)");
    return 0;
  }
  if (x->block && !ip_block_parse(x->block, &block)) {
    char *safe = text_safe(x->block, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "\"%s\" is no address or block; write 198.51.100.7 or 198.51.100.0/24", safe);
    g_free(safe);
    return 0;
  }
  char *reason = clean(x->reason, "reason", error), *author = NULL;
  if (!reason || !casebook_begin(b, error)) {
    g_free(reason);
    return 0;
  }
  FlagException n = *x;
  n.head.json = NULL;
  n.number = casebook_next_number(b, RECORD_EXCEPTION);
  n.reason = reason;
  n.by = stamp_by(by, &author);
  n.block = x->block ? text_safe(x->block, -1) : NULL;
  n.user = x->user ? text_safe(x->user, -1) : NULL;
  n.rule = x->rule ? text_safe(x->rule, -1) : NULL;
  Change *c = change_new(b, g_strdup_printf("exception %u", n.number));
  gboolean ok = put_number(b, c, RECORD_EXCEPTION, n.number, &n, error);
  g_free(n.block);
  g_free(n.user);
  g_free(n.rule);
  g_free(reason);
  g_free(author);
  return ok ? n.number : 0;
}

gboolean casebook_remove_exception(Casebook *b, guint number, GError **error)
{
  if (!casebook_begin(b, error))
    return FALSE;
  char *key = number_key(number);
  gboolean ok = FALSE;
  if (casebook_find(b, RECORD_EXCEPTION, key)) {
    Change *c = change_new(b, g_strdup_printf("exception %u, removed", number));
    ok = put(b, c, RECORD_EXCEPTION, key, NULL, error);
  } else {
    casebook_abandon(b);
    unknown(error, "exception", number);
  }
  g_free(key);
  return ok;
}

/* --- watchlist and marks -----------------------------------------------------------------------
 */

gboolean casebook_set_watch(Casebook *b, const Entity *on, gboolean watch, Stamp by, GError **error)
{
  if (!casebook_begin(b, error))
    return FALSE;
  if (casebook_is_watched(b, on) == !!watch) {
    casebook_abandon(b);
    return TRUE;
  }
  char *author = NULL, *key = entity_key(on), *label = entity_label(on);
  Watch w = {.on = (Entity *)on, .by = stamp_by(by, &author)};
  Change *c = change_new(b, g_strdup_printf("watch %s", label));
  gboolean ok = put(b, c, RECORD_WATCH, key, watch ? &w : NULL, error);
  g_free(author);
  g_free(key);
  g_free(label);
  return ok;
}

gboolean casebook_set_marks(Casebook *b, const GPtrArray *on, gboolean mark, GError **error)
{
  if (!casebook_begin(b, error))
    return FALSE;
  Change *c = change_new(b, g_strdup(on->len == 1 ? "mark" : "marks"));
  GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < on->len; i++) {
    Entity *e = g_ptr_array_index(on, i);
    Mark m = {.on = e};
    char *key = entity_key(e);
    if (casebook_is_marked(b, e) != !!mark && !g_hash_table_contains(seen, key))
      change_set(b, c, RECORD_MARK, key, mark ? record_write(RECORD_MARK, &m) : NULL);
    g_hash_table_add(seen, key);
  }
  g_hash_table_unref(seen);
  if (c->edits->len > 0)
    return casebook_end(b, c, error);
  casebook_abandon(b);
  change_free(c);
  return TRUE;
}

/* --- cases -------------------------------------------------------------------------------------
 */

guint casebook_new_case(Casebook *b, const char *title, Stamp by, GError **error)
{
  char *words = clean_words(title, "title", error), *author = NULL;
  if (!words || !casebook_begin(b, error)) {
    g_free(words);
    return 0;
  }
  GPtrArray *members = g_ptr_array_new();
  Case n = {.number = casebook_next_number(b, RECORD_CASE),
            .title = words,
            .by = stamp_by(by, &author),
            .members = members};
  Change *c = change_new(b, g_strdup_printf("case %u", n.number));
  c->after_case = n.number;
  gboolean ok = put_number(b, c, RECORD_CASE, n.number, &n, error);
  g_ptr_array_unref(members);
  g_free(words);
  g_free(author);
  return ok ? n.number : 0;
}

/* The case of that number in the book as it is now, or NULL with an error and without the lock. */
static const Case *begin_case(Casebook *b, guint number, GError **error)
{
  if (!casebook_begin(b, error))
    return NULL;
  const Case *old = casebook_case(b, number);
  if (old)
    return old;
  casebook_abandon(b);
  unknown(error, "case", number);
  return NULL;
}

gboolean casebook_choose_case(Casebook *b, guint number, GError **error)
{
  if (number ? !begin_case(b, number, error) : !casebook_begin(b, error))
    return FALSE;
  if (b->current_case == number) {
    casebook_abandon(b);
    return TRUE;
  }
  Change *c = change_new(b, number ? g_strdup_printf("open case %u", number) : g_strdup("no case"));
  c->after_case = number;
  return casebook_end(b, c, error);
}

gboolean casebook_add_to_case(Casebook *b, guint number, const Entity *on, Stamp by, GError **error)
{
  const Case *old = begin_case(b, number, error);
  if (!old)
    return FALSE;
  if (case_find(old, on) >= 0) {
    casebook_abandon(b);
    return TRUE;
  }
  char *author = NULL, *label = entity_label(on);
  By who = stamp_by(by, &author);
  CaseMember m = {.on = (Entity *)on, .by = who};
  Case n = *old;
  n.members = g_ptr_array_copy(old->members, NULL, NULL);
  g_ptr_array_set_free_func(n.members, NULL); /* the members are the book's */
  g_ptr_array_add(n.members, &m);
  Change *c = change_new(b, g_strdup_printf("%s in case %u", label, number));
  gboolean ok = put_number(b, c, RECORD_CASE, number, &n, error);
  g_ptr_array_unref(n.members);
  g_free(author);
  g_free(label);
  return ok;
}

gboolean casebook_remove_from_case(Casebook *b, guint number, const Entity *on, GError **error)
{
  const Case *old = begin_case(b, number, error);
  if (!old)
    return FALSE;
  int place = case_find(old, on);
  if (place < 0) {
    casebook_abandon(b);
    return TRUE;
  }
  char *label = entity_label(on);
  Case n = *old;
  n.members = g_ptr_array_copy(old->members, NULL, NULL);
  g_ptr_array_set_free_func(n.members, NULL);
  g_ptr_array_remove_index(n.members, (guint)place);
  Change *c = change_new(b, g_strdup_printf("%s out of case %u", label, number));
  gboolean ok = put_number(b, c, RECORD_CASE, number, &n, error);
  g_ptr_array_unref(n.members);
  g_free(label);
  return ok;
}

gboolean casebook_rename_case(Casebook *b, guint number, const char *title, GError **error)
{
  char *words = clean_words(title, "title", error);
  const Case *old = words ? begin_case(b, number, error) : NULL;
  gboolean ok = FALSE;
  if (old) {
    Case n = *old;
    n.title = words;
    ok = put_number(b, change_new(b, g_strdup_printf("title of case %u", number)), RECORD_CASE,
                    number, &n, error);
  }
  g_free(words);
  return ok;
}

gboolean casebook_close_case(Casebook *b, guint number, gboolean closed, GError **error)
{
  const Case *old = begin_case(b, number, error);
  if (!old)
    return FALSE;
  if (old->closed == !!closed) {
    casebook_abandon(b);
    return TRUE;
  }
  Case n = *old;
  n.closed = !!closed;
  Change *c =
      change_new(b, g_strdup_printf(closed ? "case %u, closed" : "case %u, open again", number));
  if (closed && b->current_case == number)
    c->after_case = 0;
  return put_number(b, c, RECORD_CASE, number, &n, error);
}
