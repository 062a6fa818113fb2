/* Review queue: its filters, as text and for people. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/model/queue.h"

#define ANY "any"

void queue_filter_init(QueueFilter *f)
{
  *f = (QueueFilter){.status = STATUS_OPEN, .rule = QUEUE_ANY, .audience = AUDIENCE_SECURITY};
}

void queue_filter_clear(QueueFilter *f)
{
  g_free(f->text);
  entity_free(f->about);
  queue_filter_init(f);
}

static QueueFilter filter_copy(const QueueFilter *f)
{
  QueueFilter c = *f;
  c.text = g_strdup(f->text);
  c.about = f->about ? entity_copy(f->about) : NULL;
  return c;
}

/* --- what flags are about ----------------------------------------------------------------------
 */

static gboolean has_id(const Dataset *ds, Dimension d, guint32 key, const char *id)
{
  g_autofree char *raw = dimension_id(ds, d, key);
  g_autofree char *safe = text_safe(raw ? raw : "none", -1);
  return strcmp(safe, id) == 0;
}

static gboolean has_row(const Flag *f, const Entity *e, const Dataset *ds)
{
  const AccessLog *log = ds->log;
  for (guint32 i = 0; i < f->n_rows; i++)
    if (log->time[f->rows[i]] == e->time && has_id(ds, DIM_USER, log->user[f->rows[i]], e->id) &&
        has_id(ds, DIM_PATH, log->path[f->rows[i]], e->other))
      return TRUE;
  return FALSE;
}

gboolean flag_is_about(const Flag *f, const Entity *e, const Dataset *ds)
{
  const Cohort *cohort = cohort_table_get(ds->log->cohorts, f->cohort);
  gboolean found = FALSE;
  switch (e->type) {
  case ENTITY_USER:
    for (guint32 i = 0; i < f->n_users && !found; i++)
      found = has_id(ds, DIM_USER, f->users[i], e->id);
    return found;
  case ENTITY_IP:
    for (guint32 i = 0; i < f->n_ips && !found; i++)
      found = has_id(ds, DIM_IP, f->ips[i], e->id);
    return found || (f->subject == SUBJECT_IP && has_id(ds, DIM_IP, f->key, e->id));
  case ENTITY_COHORT:
    return has_id(ds, DIM_COHORT, f->cohort, e->id);
  case ENTITY_PROGRAM:
    return has_id(ds, DIM_PROGRAM, cohort->program, e->id);
  case ENTITY_LESSON:
    return f->lesson != CATALOG_NONE && has_id(ds, DIM_LESSON, f->lesson, e->id);
  case ENTITY_ROW:
    return has_row(f, e, ds);
  case ENTITY_FLAG:
    return strcmp(f->id, e->id) == 0;
  default:
    return FALSE;
  }
}

/* --- text to filter ----------------------------------------------------------------------------
 */

static void unknown(const char *what, const char *value, const char *const *known, GError **error)
{
  const char *closest = text_closest(value, known);
  g_autofree char *safe = text_safe(value, -1), *list = g_strjoinv(", ", (char **)known);
  if (closest)
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no %s \"%s\"; did you mean %s?", what, safe,
                closest);
  else
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no %s \"%s\"; there are %s", what, safe,
                list);
}

/* Place of a word in a list; QUEUE_ANY for `any`. */
static gboolean pick(const char *what, const char *value, const char *const *known, int *ret,
                     GError **error)
{
  for (int i = 0; known[i]; i++)
    if (text_same_word(known[i], value)) {
      *ret = strcmp(known[i], ANY) == 0 ? QUEUE_ANY : i;
      return TRUE;
    }
  unknown(what, value, known, error);
  return FALSE;
}

static gboolean set_about(QueueFilter *f, const char *value, GError **error)
{
  const char *colon = strchr(value, ':');
  g_autofree char *type_name = colon ? g_strndup(value, (gsize)(colon - value)) : g_strdup("");
  EntityType type;
  if (!colon || !entity_type_parse(type_name, &type) || type == ENTITY_CELL ||
      type == ENTITY_NOTE) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "about= takes user:ID, ip:ADDRESS, cohort:ID, program:ID, lesson:NAME or "
                        "flag:ID");
    return FALSE;
  }
  entity_free(f->about);
  if (type == ENTITY_ROW) { /* row:2019-02-15T01:52:09:64:java-i/arrays */
    CivilTime time = CIVIL_NONE;
    const char *rest = colon + 1;
    gboolean ok = strlen(rest) > 20 && civil_parse_time(rest, 19, &time);
    const char *user_end = ok ? strchr(rest + 20, ':') : NULL;
    g_autofree char *user =
        user_end ? g_strndup(rest + 20, (gsize)(user_end - rest - 20)) : g_strdup("");
    f->about = entity_row(time, user, user_end ? user_end + 1 : "");
    return TRUE;
  }
  f->about = entity_new(type, colon + 1);
  return TRUE;
}

static const char *const status_words[] = {"open",     "watch", "confirmed", "dismissed",
                                           "excepted", ANY,     NULL};
static const char *const audience_words[] = {"security", "teaching", "data", ANY, NULL};

static gboolean set_field(QueueFilter *f, const char *name, const char *value, GError **error)
{
  static const char *const fields[] = {"status", "rule", "audience", "score", "about", NULL};
  if (strcmp(name, "status") == 0)
    return pick("status", value, status_words, &f->status, error);
  if (strcmp(name, "audience") == 0)
    return pick("audience", value, audience_words, &f->audience, error);
  if (strcmp(name, "rule") == 0) {
    const char *rules[N_RULES + 2] = {NULL};
    for (guint r = 0; r < N_RULES; r++)
      rules[r] = rule_get((RuleId)r)->name;
    rules[N_RULES] = ANY;
    return pick("rule", value, rules, &f->rule, error);
  }
  if (strcmp(name, "score") == 0) {
    guint64 n = 0;
    if (!g_ascii_string_to_unsigned(value, 10, 0, 100, &n, NULL)) {
      g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "score= takes a number, 0 to 100");
      return FALSE;
    }
    f->min_score = (int)n;
    return TRUE;
  }
  if (strcmp(name, "about") == 0)
    return set_about(f, value, error);
  unknown("filter of flags", name, fields, error);
  return FALSE;
}

gboolean queue_filter_change(QueueFilter *f, const char *text, GError **error)
{
  QueueFilter c = filter_copy(f);
  GString *words = g_string_new(NULL);
  const char *at = text;
  gboolean ok = TRUE, first = TRUE, named = FALSE, plain = FALSE;
  char *word;
  for (; ok && (word = text_next_word(&at, &plain)); first = FALSE) {
    char *equals = plain ? NULL : strchr(word, '=');
    if (first && strcmp(word, "reset") == 0) {
      queue_filter_clear(&c);
      named = TRUE;
    } else if (equals && equals > word && equals[1]) {
      *equals = '\0';
      ok = set_field(&c, word, equals + 1, error);
      named = TRUE;
    } else {
      g_string_append_printf(words, "%s%s", words->len ? " " : "", word);
    }
    g_free(word);
  }
  /* words alone, or nothing at all, replace the words */
  if (words->len || !named) {
    g_free(c.text);
    c.text = words->len ? g_strdup(words->str) : NULL;
  }
  g_string_free(words, TRUE);
  QueueFilter *drop = ok ? f : &c;
  g_free(drop->text);
  entity_free(drop->about);
  if (ok)
    *f = c;
  return ok;
}

/* --- filter to text ----------------------------------------------------------------------------
 */

static void append_quoted(GString *out, const char *s)
{
  g_string_append_c(out, '"');
  for (; *s; s++) {
    if (*s == '"')
      g_string_append_c(out, '"');
    g_string_append_c(out, *s);
  }
  g_string_append_c(out, '"');
}

static void append_about(GString *out, const Entity *e)
{
  char buf[CIVIL_BUF];
  g_string_append(out, " about=");
  g_autofree char *value =
      e->type == ENTITY_ROW
          ? g_strdup_printf("row:%s:%s:%s", civil_format(e->time, 'T', buf), e->id, e->other)
          : g_strdup_printf("%s:%s", entity_type_name(e->type), e->id);
  append_quoted(out, value);
}

char *queue_filter_print(const QueueFilter *f)
{
  GString *out = g_string_new(NULL);
  g_string_append_printf(out, "status=%s", f->status < 0 ? ANY : status_words[f->status]);
  g_string_append_printf(out, " audience=%s", f->audience < 0 ? ANY : audience_words[f->audience]);
  if (f->rule != QUEUE_ANY)
    g_string_append_printf(out, " rule=%s", rule_get((RuleId)f->rule)->name);
  if (f->min_score)
    g_string_append_printf(out, " score=%d", f->min_score);
  if (f->about)
    append_about(out, f->about);
  if (f->text) {
    g_string_append_c(out, ' ');
    append_quoted(out, f->text);
  }
  return g_string_free(out, FALSE);
}

char *queue_filter_label(const QueueFilter *f)
{
  GString *out = g_string_new(f->status < 0 ? "any status" : status_words[f->status]);
  if (f->audience >= 0)
    g_string_append_printf(out, ", %s", audience_words[f->audience]);
  if (f->rule != QUEUE_ANY)
    g_string_append_printf(out, ", %s", rule_get((RuleId)f->rule)->name);
  if (f->min_score)
    g_string_append_printf(out, ", score >= %d", f->min_score);
  if (f->about) {
    g_autofree char *label = entity_label(f->about);
    g_string_append_printf(out, ", about %s", label);
  }
  if (f->text) {
    g_autofree char *safe = text_safe(f->text, -1);
    g_string_append_printf(out, ", \"%s\"", safe);
  }
  return g_string_free(out, FALSE);
}

void queue_set_about(Queue *q, Entity *about)
{
  if (about) {
    if (!q->filter.about) {
      g_free(q->before);
      q->before = queue_filter_print(&q->filter);
    }
    queue_filter_clear(&q->filter);
    q->filter.status = q->filter.audience = QUEUE_ANY;
    q->filter.about = about;
  } else if (q->filter.about) {
    queue_filter_clear(&q->filter);
    if (q->before)
      queue_filter_change(&q->filter, q->before, NULL);
    g_clear_pointer(&q->before, g_free);
  }
}
