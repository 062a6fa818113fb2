/* Overview: what was read, and what it adds up to. */
#include "tui/model/overview.h"

#include "tui/model/pane.h"

static const struct {
  const char *term, *label;
  Dimension dim;
  guint32 key;
} switch_table[OVERVIEW_SWITCHES] = {
    {"-kind=home", "home page", DIM_KIND, KIND_HOME},
    {"-kind=toc", "table of contents", DIM_KIND, KIND_TOC},
    {"-kind=search", "search index", DIM_KIND, KIND_SEARCH},
    {"-kind=asset", "assets (images, styles)", DIM_KIND, KIND_ASSET},
    {"-kind=probe", "probes", DIM_KIND, KIND_PROBE},
    {"-kind=stray", "strays (typing errors)", DIM_KIND, KIND_STRAY},
    {"-phase=staff", "staff cohorts", DIM_PHASE, PHASE_STAFF},
    {"-cohort=none", "rows without a cohort", DIM_COHORT, COHORT_NONE},
};

static void switch_clear(gpointer data)
{
  Switch *w = data;
  g_free(w->term);
}

/* The term that leaves out the school's own networks, or NULL without any. */
static char *site_term(const Dataset *ds, const Study *study)
{
  if (!study || study->places->n_sites == 0)
    return NULL;
  GString *term = g_string_new("-ip=");
  for (guint i = 0; i < study->places->n_sites; i++)
    g_string_append_printf(term, "%s%s", i ? "," : "",
                           ip_table_text(ds->log->ips, study->places->sites[i].ip));
  return g_string_free(term, FALSE);
}

/* What depends on the filters. */
static void drop_scope(Overview *o)
{
  g_clear_pointer(&o->switches, g_array_unref);
  g_clear_pointer(&o->series, series_free);
  g_clear_pointer(&o->stamp, g_free);
}

void overview_clear(Overview *o)
{
  drop_scope(o);
  g_clear_pointer(&o->site, g_free);
  g_clear_pointer(&o->whole_stamp, g_free);
}

/* Hits of the whole log from the addresses of the school. */
static guint64 site_hits(const Dataset *ds, const Study *study)
{
  guint64 n = 0;
  for (guint i = 0; study && i < study->places->n_sites; i++) {
    guint32 ip = study->places->sites[i].ip;
    n += ds->log->ip_start[ip + 1] - ds->log->ip_start[ip];
  }
  return n;
}

/* Hits of the whole log by the keys of a dimension; free with g_free. */
static guint64 *hits_by(const Dataset *ds, Dimension dim)
{
  guint64 *hits = g_new0(guint64, (gsize)dimension_count(ds, dim) + 1);
  Selection all = {.n = ds->log->n_rows};
  RankRequest req = {.by = dim};
  Ranking *r = rank(ds, &all, &req);
  for (guint32 i = 0; i < r->n; i++)
    hits[r->rows[i].key] = r->rows[i].hits;
  ranking_free(r);
  return hits;
}

/* What does not depend on the filters: counted once for each log. */
static void count_whole(Overview *o, const Dataset *ds, const Study *study, guint64 generation)
{
  g_autofree char *stamp = g_strdup_printf("%" G_GUINT64_FORMAT "|%d", generation, study != NULL);
  if (g_strcmp0(stamp, o->whole_stamp) == 0)
    return;
  g_autofree guint64 *phase = hits_by(ds, DIM_PHASE);
  const guint64 *kind = ds->catalog->kind_hits;
  for (guint p = 0; p < N_PHASES; p++)
    o->phase_hits[p] = phase[p];
  for (guint i = 0; i < G_N_ELEMENTS(switch_table); i++)
    o->left_out[i] = switch_table[i].dim == DIM_KIND    ? kind[switch_table[i].key]
                     : switch_table[i].dim == DIM_PHASE ? phase[switch_table[i].key]
                                                        : ds->log->cohort_start[COHORT_NONE + 1] -
                                                              ds->log->cohort_start[COHORT_NONE];
  g_free(o->site);
  o->site = site_term(ds, study);
  o->site_hits = site_hits(ds, study);
  g_free(o->whole_stamp);
  o->whole_stamp = g_steal_pointer(&stamp);
}

static gboolean in_force(const Chips *chips, const char *term)
{
  for (guint i = 0; i < chips_count(chips); i++) {
    const ScopeTerm *t = chips_get(chips, i)->term;
    g_autofree char *text = scope_term_print(t);
    if (!t->off && g_strcmp0(text, term) == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean overview_refresh(Overview *o, const Dataset *ds, const Study *study, gint64 staff_hits,
                          guint64 generation, const Chips *chips, gboolean keep_staff,
                          Bucket bucket, GError **error)
{
  g_autofree char *scope_text = chips_print(chips);
  g_autofree char *stamp =
      g_strdup_printf("%" G_GUINT64_FORMAT "|%d|%" G_GINT64_FORMAT "|%d|%d|%s", generation,
                      study != NULL, staff_hits, keep_staff, bucket, scope_text);
  if (g_strcmp0(stamp, o->stamp) == 0)
    return TRUE;
  Scope *scope = chips_scope(chips);
  Selection *sel = scope_select(scope, ds, error);
  scope_free(scope);
  if (!sel)
    return FALSE;
  drop_scope(o);
  series_punch_card(ds, sel, o->punch);
  SeriesRequest req = {.bucket = bucket, .measure = MEASURE_HITS};
  o->series = series_new(ds, sel, &req, NULL);
  o->n_steps = o->series && o->series->n_lines ? o->series->n_buckets : 0;
  if (bucket == BUCKET_COURSE_WEEK)
    o->n_steps = MIN(o->n_steps, pane_class_weeks(ds));
  selection_free(sel);
  count_whole(o, ds, study, generation);
  o->switches = g_array_new(FALSE, TRUE, sizeof(Switch));
  g_array_set_clear_func(o->switches, switch_clear);
  for (guint i = 0; i < G_N_ELEMENTS(switch_table); i++) {
    Switch w = {g_strdup(switch_table[i].term), switch_table[i].label, o->left_out[i],
                in_force(chips, switch_table[i].term)};
    g_array_append_val(o->switches, w);
  }
  if (o->site) {
    Switch w = {g_strdup(o->site), "addresses of the school", o->site_hits,
                in_force(chips, o->site)};
    g_array_append_val(o->switches, w);
  }
  if (staff_hits >= 0) {
    Switch w = {NULL, "now staff, in answer 6", (guint64)staff_hits, !keep_staff};
    g_array_append_val(o->switches, w);
  }
  o->stamp = g_steal_pointer(&stamp);
  return TRUE;
}
