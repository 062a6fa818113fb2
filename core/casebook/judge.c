/* Judging: statuses and exceptions applied to flags. */
#include "core/casebook/judge.h"

#include <string.h>

#include "core/base/text.h"

/* --- statuses ----------------------------------------------------------------------------------
 */

typedef struct {
  GHashTable *by_flag;    /* id -> the last Review */
  GHashTable *by_subject; /* rule and subject -> GPtrArray of Review*, oldest first */
} ReviewIndex;

static char *subject_key(const char *rule, const char *subject)
{
  return g_strconcat(rule, "\n", subject, NULL);
}

static void free_list(gpointer list)
{
  g_ptr_array_unref(list);
}

static ReviewIndex index_reviews(const Casebook *b)
{
  const GPtrArray *reviews = casebook_records(b, RECORD_REVIEW);
  ReviewIndex x = {.by_flag = g_hash_table_new(g_str_hash, g_str_equal),
                   .by_subject = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_list)};
  for (guint i = 0; i < reviews->len; i++) {
    Review *r = g_ptr_array_index(reviews, i);
    g_hash_table_replace(x.by_flag, r->flag, r);
    if (r->from == CIVIL_NONE || r->to == CIVIL_NONE)
      continue;
    char *key = subject_key(r->rule, r->subject);
    GPtrArray *list = g_hash_table_lookup(x.by_subject, key);
    if (!list) {
      list = g_ptr_array_new();
      g_hash_table_insert(x.by_subject, g_strdup(key), list);
    }
    g_ptr_array_add(list, r);
    g_free(key);
  }
  return x;
}

static const Review *find_review(const ReviewIndex *x, const Flag *f, const Dataset *ds)
{
  const Review *own = g_hash_table_lookup(x->by_flag, f->id);
  if (own || g_hash_table_size(x->by_subject) == 0)
    return own;
  char *subject = flag_subject_label(f, ds), *key = subject_key(rule_get(f->rule)->name, subject);
  const GPtrArray *list = g_hash_table_lookup(x->by_subject, key);
  const Review *found = NULL;
  for (guint i = list ? list->len : 0; i-- > 0 && !found;) {
    const Review *r = g_ptr_array_index(list, i);
    if (r->from <= f->to && f->from <= r->to)
      found = r;
  }
  g_free(subject);
  g_free(key);
  return found;
}

Review review_of_flag(const FlagSet *set, const Flag *f, const Dataset *ds, FlagStatus status,
                      const char *reason)
{
  const Rule *rule = rule_get(f->rule);
  return (Review){.flag = f->id,
                  .status = status,
                  .reason = (char *)reason,
                  .rule = (char *)rule->name,
                  .rule_version = rule->version,
                  .parameters = rule_settings_print_rule(&set->settings, f->rule),
                  .score = f->score,
                  .subject = flag_subject_label(f, ds),
                  .from = f->from,
                  .to = f->to};
}

/* --- exceptions --------------------------------------------------------------------------------
 */

static gboolean covers_user(const FlagException *x, const Flag *f, const Dataset *ds)
{
  for (guint32 i = 0; i < f->n_users; i++) {
    gsize len;
    const char *raw = strpool_get(ds->log->users, f->users[i], &len);
    char *name = text_safe(raw, (gssize)len);
    gboolean same = strcmp(name, x->user) == 0;
    g_free(name);
    if (!same)
      return FALSE;
  }
  return f->n_users > 0;
}

static gboolean covers_addresses(const FlagException *x, const Flag *f, const Dataset *ds)
{
  IpBlock block;
  if (!ip_block_parse(x->block, &block))
    return FALSE;
  for (guint32 i = 0; i < f->n_ips; i++)
    if (!ip_block_contains(&block, ds->log->ips, f->ips[i]))
      return FALSE;
  return f->n_ips > 0;
}

gboolean exception_covers(const FlagException *x, const Flag *f, const Dataset *ds)
{
  if (x->rule && !text_same_word(x->rule, rule_get(f->rule)->name))
    return FALSE;
  if (x->until != CIVIL_DAY_NONE && (f->from == CIVIL_NONE || civil_day_of(f->from) > x->until))
    return FALSE;
  return (!x->user || covers_user(x, f, ds)) && (!x->block || covers_addresses(x, f, ds));
}

Judgement *casebook_judge(const Casebook *b, const FlagSet *flags, const Dataset *ds)
{
  guint n = flags->flags->len;
  const GPtrArray *exceptions = casebook_records(b, RECORD_EXCEPTION);
  Judgement *list = g_new0(Judgement, (gsize)n + 1);
  ReviewIndex index = index_reviews(b);
  for (guint i = 0; i < n; i++) {
    Judgement *j = &list[i];
    j->flag = g_ptr_array_index(flags->flags, i);
    j->review = find_review(&index, j->flag, ds);
    j->status = j->review ? j->review->status : STATUS_OPEN;
    for (guint x = 0; x < exceptions->len && !j->exception; x++)
      if (exception_covers(g_ptr_array_index(exceptions, x), j->flag, ds))
        j->exception = g_ptr_array_index(exceptions, x);
  }
  g_hash_table_unref(index.by_flag);
  g_hash_table_unref(index.by_subject);
  return list;
}
