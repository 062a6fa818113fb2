/* Filters: the terms of a scope, one after the other, cut into tables of bytes. */
#include "core/query/filter.h"
#include "core/query/tables.h"

#include <string.h>

/* A table of `n` bytes in which everything passes, made when the first term needs it. */
static guint8 *need_table(guint8 **table, gsize n)
{
  if (!*table) {
    *table = g_malloc(MAX(n, 1));
    memset(*table, 1, n);
  }
  return *table;
}

/* Turns the marks of a negated term around. */
static void settle_marks(guint8 *match, gsize n, gboolean negated)
{
  for (gsize i = 0; i < n && negated; i++)
    match[i] = !match[i];
}

/* Keeps in `table` the ids whose key is marked in `match`. */
static void keep_bytes(guint8 *table, gsize n, const guint8 *key_of, const guint8 *match)
{
  for (gsize i = 0; i < n; i++)
    table[i] &= match[key_of[i]];
}

static void keep_words(guint8 *table, gsize n, const guint32 *key_of, const guint8 *match)
{
  for (gsize i = 0; i < n; i++)
    table[i] &= match[key_of[i]];
}

static void keep_same(guint8 *table, gsize n, const guint8 *match)
{
  for (gsize i = 0; i < n; i++)
    table[i] &= match[i];
}

/* Puts the keys that a term names into force. */
static void apply_keys(Filter *f, const Dataset *ds, const ScopeTerm *t, const guint8 *match)
{
  const DatasetTables *x = ds->tables;
  switch (t->field) {
  case FIELD_PROGRAM:
    keep_bytes(need_table(&f->cohort_ok, x->n_cohorts), x->n_cohorts, x->program, match);
    break;
  case FIELD_COHORT:
    keep_same(need_table(&f->cohort_ok, x->n_cohorts), x->n_cohorts, match);
    break;
  case FIELD_LESSON:
    keep_words(need_table(&f->path_ok, x->n_paths), x->n_paths, ds->catalog->entry_of_path, match);
    break;
  case FIELD_MODULE:
    keep_words(need_table(&f->path_ok, x->n_paths), x->n_paths, x->module, match);
    break;
  case FIELD_KIND:
    keep_bytes(need_table(&f->path_ok, x->n_paths), x->n_paths, x->kind, match);
    break;
  case FIELD_PATH:
    keep_same(need_table(&f->path_ok, x->n_paths), x->n_paths, match);
    break;
  case FIELD_USER:
    keep_same(need_table(&f->user_ok, x->n_users), x->n_users, match);
    break;
  case FIELD_IP:
    keep_same(need_table(&f->ip_ok, x->n_ips), x->n_ips, match);
    break;
  case FIELD_AGENT:
    keep_same(need_table(&f->agent_ok, MAX(x->n_agents, 1)), MAX(x->n_agents, 1), match);
    break;
  case FIELD_PHASE:
    keep_same(need_table(&f->phase_ok, N_PHASES), N_PHASES, match);
    break;
  case FIELD_COURSE_WEEK:
    keep_same(need_table(&f->course_week_ok, x->n_course_weeks), x->n_course_weeks, match);
    break;
  default:
    break;
  }
}

static gboolean apply_named(Filter *f, const Dataset *ds, const ScopeTerm *t, GError **error)
{
  Dimension d = (Dimension)scope_field_info(t->field)->dimension;
  guint32 n = dimension_count(ds, d);
  guint8 *match = g_malloc0(MAX(n, 1));
  gboolean ok = term_match_keys(t, ds, match, error);
  settle_marks(match, n, t->negated);
  if (ok)
    apply_keys(f, ds, t, match);
  g_free(match);
  return ok;
}

static gboolean apply_tracks(Filter *f, const Dataset *ds, const ScopeTerm *t, GError **error)
{
  const DatasetTables *x = ds->tables;
  guint n_tracks = ds->log->cohorts->tracks->len;
  guint8 *match = g_malloc0(n_tracks + 1);
  gboolean ok = term_match_tracks(t, ds, match, error);
  settle_marks(match, n_tracks + 1, t->negated);
  if (ok) {
    need_table(&f->cohort_ok, x->n_cohorts);
    for (guint32 c = 0; c < x->n_cohorts; c++)
      f->cohort_ok[c] &= match[MIN(x->track[c], n_tracks)];
  }
  g_free(match);
  return ok;
}

/* `yes` and `no` into match[1] and match[0]. */
static gboolean match_switch(const ScopeTerm *t, guint8 match[2], GError **error)
{
  for (guint i = 0; i < t->values->len; i++) {
    const char *value = t->values->pdata[i];
    gboolean yes = g_ascii_strcasecmp(value, "yes") == 0;
    if (!yes && g_ascii_strcasecmp(value, "no") != 0) {
      const char *name = scope_field_name(t->field);
      scope_set_error(error, "%s: there is no \"%s\"; write %s=yes or %s=no", name, value, name,
                      name);
      return FALSE;
    }
    match[yes] = 1;
  }
  return TRUE;
}

static gboolean apply_switch(Filter *f, const Dataset *ds, const ScopeTerm *t, GError **error)
{
  const DatasetTables *x = ds->tables;
  guint8 match[2] = {0, 0};
  if (!match_switch(t, match, error))
    return FALSE;
  settle_marks(match, 2, t->negated);
  if (t->field == FIELD_STAFF)
    keep_bytes(need_table(&f->cohort_ok, x->n_cohorts), x->n_cohorts, x->staff, match);
  else
    keep_same(need_table(&f->flagged_ok, 2), 2, match);
  return TRUE;
}

static gboolean apply_time(Filter *f, const Dataset *ds, const ScopeTerm *t, GError **error)
{
  GArray *ranges = ranges_of_term(t, ds, error);
  if (!ranges)
    return FALSE;
  GArray *both = ranges_intersect(f->ranges, ranges);
  g_array_unref(ranges);
  g_array_unref(f->ranges);
  f->ranges = both;
  return TRUE;
}

static gboolean apply_term(Filter *f, const Dataset *ds, const ScopeTerm *t, GError **error)
{
  switch (t->field) {
  case FIELD_TIME:
  case FIELD_WEEKDAY:
  case FIELD_HOUR:
    return apply_time(f, ds, t, error);
  case FIELD_TRACK:
    return apply_tracks(f, ds, t, error);
  case FIELD_STAFF:
  case FIELD_FLAGGED:
    return apply_switch(f, ds, t, error);
  default:
    return apply_named(f, ds, t, error);
  }
}

Filter *filter_new(const Scope *s, const Dataset *ds, GError **error)
{
  Filter *f = g_new0(Filter, 1);
  f->ranges = ranges_new();
  ranges_add(f->ranges, 0, ds->log->n_rows);
  for (guint i = 0; i < s->terms->len; i++) {
    const ScopeTerm *t = s->terms->pdata[i];
    if (!t->off && !apply_term(f, ds, t, error)) {
      filter_free(f);
      return NULL;
    }
  }
  return f;
}

void filter_free(Filter *f)
{
  if (!f)
    return;
  g_free(f->cohort_ok);
  g_free(f->path_ok);
  g_free(f->user_ok);
  g_free(f->ip_ok);
  g_free(f->agent_ok);
  g_free(f->phase_ok);
  g_free(f->course_week_ok);
  g_free(f->flagged_ok);
  g_array_unref(f->ranges);
  g_free(f);
}

gboolean scope_check(const Scope *s, const Dataset *ds, GError **error)
{
  Filter *f = filter_new(s, ds, error);
  gboolean ok = f != NULL;
  filter_free(f);
  return ok;
}
