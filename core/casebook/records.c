/* Records: what a case book holds, and how each kind is written to its file. */
#include "core/casebook/records.h"

#include <math.h>
#include <string.h>

#include "core/casebook/jsonread.h"

static const char *const statuses[N_STATUSES] = {"open", "watch", "confirmed", "dismissed"};

const char *status_name(FlagStatus s)
{
  return statuses[s];
}

gboolean status_parse(const char *name, FlagStatus *ret)
{
  for (guint s = 0; s < N_STATUSES; s++)
    if (g_ascii_strcasecmp(statuses[s], name) == 0) {
      *ret = (FlagStatus)s;
      return TRUE;
    }
  return FALSE;
}

/* --- what they share ---------------------------------------------------------------------------
 */

static void by_set(By *to, const char *author, CivilTime time)
{
  g_free(to->author);
  to->author = g_strdup(author ? author : "");
  to->time = time;
}

static void by_write(const By *by, JsonObject *o)
{
  jsonread_set_text(o, "author", by->author);
  jsonread_set_time(o, "time", by->time);
}

static void by_read(By *by, JsonObject *o)
{
  by_set(by, jsonread_text(o, "author"), jsonread_time(o, "time"));
}

static void on_write(const Entity *on, JsonObject *o)
{
  JsonObject *inner = json_object_new();
  entity_write(on, inner);
  json_object_set_object_member(o, "on", inner);
}

static Entity *on_read(JsonObject *o)
{
  JsonObject *inner = jsonread_object(o, "on");
  return inner ? entity_read(inner) : NULL;
}

static guint number_read(JsonObject *o)
{
  return (guint)jsonread_int(o, "number", 0, 1, RECORD_NUMBER_MAX);
}

static char *text_read(JsonObject *o, const char *member)
{
  const char *s = jsonread_text(o, member);
  return g_strdup(s ? s : "");
}

static char *number_key(guint number)
{
  return g_strdup_printf("%u", number);
}

/* --- notes -------------------------------------------------------------------------------------
 */

static void note_write(gconstpointer record, JsonObject *o)
{
  const Note *n = record;
  json_object_set_int_member(o, "number", n->number);
  on_write(n->on, o);
  jsonread_set_text(o, "text", n->text);
  by_write(&n->by, o);
  jsonread_set_time(o, "edited", n->edited);
}

static gboolean note_read(gpointer record, JsonObject *o)
{
  Note *n = record;
  n->number = number_read(o);
  n->on = on_read(o);
  n->text = g_strdup(jsonread_text(o, "text"));
  by_read(&n->by, o);
  n->edited = jsonread_time(o, "edited");
  return n->number && n->on && n->text;
}

static void note_clear(gpointer record)
{
  Note *n = record;
  entity_free(n->on);
  g_free(n->text);
  g_free(n->by.author);
}

static char *note_key(gconstpointer record)
{
  return number_key(((const Note *)record)->number);
}

/* --- reviews -----------------------------------------------------------------------------------
 */

static void review_write(gconstpointer record, JsonObject *o)
{
  const Review *r = record;
  json_object_set_int_member(o, "number", r->number);
  jsonread_set_text(o, "flag", r->flag);
  jsonread_set_text(o, "status", statuses[r->status]);
  jsonread_set_text(o, "reason", r->reason);
  by_write(&r->by, o);
  jsonread_set_text(o, "rule", r->rule);
  json_object_set_int_member(o, "rule_version", r->rule_version);
  jsonread_set_text(o, "parameters", r->parameters);
  if (isfinite(r->score))
    json_object_set_double_member(o, "score", r->score);
  jsonread_set_text(o, "subject", r->subject);
  jsonread_set_time(o, "from", r->from);
  jsonread_set_time(o, "to", r->to);
}

static gboolean review_read(gpointer record, JsonObject *o)
{
  Review *r = record;
  const char *status = jsonread_text(o, "status");
  r->number = number_read(o);
  r->flag = g_strdup(jsonread_text(o, "flag"));
  r->reason = text_read(o, "reason");
  by_read(&r->by, o);
  r->rule = text_read(o, "rule");
  r->rule_version = (guint)jsonread_int(o, "rule_version", 0, 0, RECORD_NUMBER_MAX);
  r->parameters = text_read(o, "parameters");
  r->score = jsonread_real(o, "score", NAN);
  r->subject = text_read(o, "subject");
  r->from = jsonread_time(o, "from");
  r->to = jsonread_time(o, "to");
  return r->number && r->flag && status && status_parse(status, &r->status);
}

static void review_clear(gpointer record)
{
  Review *r = record;
  g_free(r->flag);
  g_free(r->reason);
  g_free(r->by.author);
  g_free(r->rule);
  g_free(r->parameters);
  g_free(r->subject);
}

static char *review_key(gconstpointer record)
{
  return number_key(((const Review *)record)->number);
}

/* --- exceptions --------------------------------------------------------------------------------
 */

static void exception_write(gconstpointer record, JsonObject *o)
{
  const FlagException *x = record;
  json_object_set_int_member(o, "number", x->number);
  jsonread_set_text(o, "ip", x->block);
  jsonread_set_text(o, "user", x->user);
  jsonread_set_text(o, "rule", x->rule);
  jsonread_set_day(o, "until", x->until);
  jsonread_set_text(o, "reason", x->reason);
  by_write(&x->by, o);
}

/* A member that is there and is no text must not widen the exception. */
static gboolean condition_read(JsonObject *o, const char *member, char **ret)
{
  *ret = g_strdup(jsonread_text(o, member));
  return *ret || !json_object_has_member(o, member) || json_object_get_null_member(o, member);
}

static gboolean exception_read(gpointer record, JsonObject *o)
{
  FlagException *x = record;
  char *until = NULL;
  x->number = number_read(o);
  gboolean ok = condition_read(o, "ip", &x->block);
  ok = condition_read(o, "user", &x->user) && ok;
  ok = condition_read(o, "rule", &x->rule) && ok;
  ok = condition_read(o, "until", &until) && ok;
  x->until = jsonread_day(o, "until");
  if (until && x->until == CIVIL_DAY_NONE)
    ok = FALSE;
  g_free(until);
  x->reason = text_read(o, "reason");
  by_read(&x->by, o);
  return ok && x->number && (x->block || x->user || x->rule);
}

static void exception_clear(gpointer record)
{
  FlagException *x = record;
  g_free(x->block);
  g_free(x->user);
  g_free(x->rule);
  g_free(x->reason);
  g_free(x->by.author);
}

static char *exception_key(gconstpointer record)
{
  return number_key(((const FlagException *)record)->number);
}

/* --- watchlist and marks -----------------------------------------------------------------------
 */

static void watch_write(gconstpointer record, JsonObject *o)
{
  const Watch *w = record;
  on_write(w->on, o);
  by_write(&w->by, o);
}

static gboolean watch_read(gpointer record, JsonObject *o)
{
  Watch *w = record;
  w->on = on_read(o);
  by_read(&w->by, o);
  return w->on != NULL;
}

static void watch_clear(gpointer record)
{
  Watch *w = record;
  entity_free(w->on);
  g_free(w->by.author);
}

static char *watch_key(gconstpointer record)
{
  return entity_key(((const Watch *)record)->on);
}

static void mark_write(gconstpointer record, JsonObject *o)
{
  on_write(((const Mark *)record)->on, o);
}

static gboolean mark_read(gpointer record, JsonObject *o)
{
  Mark *m = record;
  m->on = on_read(o);
  return m->on != NULL;
}

static void mark_clear(gpointer record)
{
  entity_free(((Mark *)record)->on);
}

static char *mark_key(gconstpointer record)
{
  return entity_key(((const Mark *)record)->on);
}

/* --- cases -------------------------------------------------------------------------------------
 */

static void member_free(gpointer data)
{
  CaseMember *m = data;
  entity_free(m->on);
  g_free(m->by.author);
  g_free(m);
}

static void case_write(gconstpointer record, JsonObject *o)
{
  const Case *c = record;
  json_object_set_int_member(o, "number", c->number);
  jsonread_set_text(o, "title", c->title);
  jsonread_set_text(o, "status", c->closed ? "closed" : "open");
  by_write(&c->by, o);
  JsonArray *members = json_array_new();
  for (guint i = 0; i < c->members->len; i++) {
    const CaseMember *m = g_ptr_array_index(c->members, i);
    JsonObject *inner = json_object_new();
    on_write(m->on, inner);
    by_write(&m->by, inner);
    json_array_add_object_element(members, inner);
  }
  json_object_set_array_member(o, "members", members);
}

static gboolean case_read(gpointer record, JsonObject *o)
{
  Case *c = record;
  const char *status = jsonread_text(o, "status");
  JsonArray *members = jsonread_array(o, "members");
  c->number = number_read(o);
  c->title = text_read(o, "title");
  c->closed = status && strcmp(status, "closed") == 0;
  by_read(&c->by, o);
  c->members = g_ptr_array_new_with_free_func(member_free);
  for (guint i = 0; members && i < json_array_get_length(members); i++) {
    JsonNode *node = json_array_get_element(members, i);
    JsonObject *inner = JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
    Entity *on = inner ? on_read(inner) : NULL;
    if (!on)
      return FALSE; /* kept as it is rather than without this member */
    CaseMember *m = g_new0(CaseMember, 1);
    m->on = on;
    by_read(&m->by, inner);
    g_ptr_array_add(c->members, m);
  }
  return c->number > 0;
}

static void case_clear(gpointer record)
{
  Case *c = record;
  g_free(c->title);
  g_free(c->by.author);
  if (c->members)
    g_ptr_array_unref(c->members);
}

static char *case_key(gconstpointer record)
{
  return number_key(((const Case *)record)->number);
}

/* --- the table ---------------------------------------------------------------------------------
 */

typedef struct {
  const char *section;
  gsize size;
  void (*write)(gconstpointer, JsonObject *);
  gboolean (*read)(gpointer, JsonObject *); /* fills a record of zeros */
  void (*clear)(gpointer);
  char *(*key)(gconstpointer);
  gboolean numbered; /* its number stands behind the head */
} RecordInfo;

static const RecordInfo table[N_RECORD_TYPES] = {
    [RECORD_NOTE] = {"notes", sizeof(Note), note_write, note_read, note_clear, note_key, TRUE},
    [RECORD_REVIEW] = {"reviews", sizeof(Review), review_write, review_read, review_clear,
                       review_key, TRUE},
    [RECORD_EXCEPTION] = {"exceptions", sizeof(FlagException), exception_write, exception_read,
                          exception_clear, exception_key, TRUE},
    [RECORD_WATCH] = {"watchlist", sizeof(Watch), watch_write, watch_read, watch_clear, watch_key},
    [RECORD_MARK] = {"marks", sizeof(Mark), mark_write, mark_read, mark_clear, mark_key},
    [RECORD_CASE] = {"cases", sizeof(Case), case_write, case_read, case_clear, case_key, TRUE},
};

const char *record_section(RecordType t)
{
  return table[t].section;
}

JsonObject *record_write(RecordType t, gconstpointer record)
{
  const RecordHead *head = record;
  JsonObject *o = json_object_new();
  if (head->json) {
    GList *members = json_object_get_members(head->json);
    for (GList *m = members; m; m = m->next)
      json_object_set_member(o, m->data, json_object_dup_member(head->json, m->data));
    g_list_free(members);
  }
  table[t].write(record, o);
  return o;
}

gpointer record_read(RecordType t, JsonObject *o)
{
  gpointer record = g_malloc0(table[t].size);
  gboolean ok = table[t].read(record, o);
  ((RecordHead *)record)->json = json_object_ref(o);
  if (!ok) {
    record_free(t, record);
    return NULL;
  }
  return record;
}

void record_free(RecordType t, gpointer record)
{
  if (!record)
    return;
  JsonObject *json = ((RecordHead *)record)->json;
  table[t].clear(record);
  if (json)
    json_object_unref(json);
  g_free(record);
}

char *record_key(RecordType t, gconstpointer record)
{
  return table[t].key(record);
}

/* Notes, reviews, exceptions and cases begin in the same way. */
typedef struct {
  RecordHead head;
  guint number;
} NumberedRecord;

guint record_number(RecordType t, gconstpointer record)
{
  return table[t].numbered ? ((const NumberedRecord *)record)->number : 0;
}

void record_renumber(RecordType t, gpointer record, guint number)
{
  if (table[t].numbered)
    ((NumberedRecord *)record)->number = number;
}
