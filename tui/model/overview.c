/* Overview: what was read, and what it adds up to. */
#include "tui/model/overview.h"

#include "core/answers/answers.h"
#include "core/query/series.h"

static const struct {
  const char *term, *label;
} switch_table[] = {
    {"-kind=home", "home page"},       {"-kind=toc", "table of contents"},
    {"-kind=search", "search index"},  {"-kind=asset", "assets (images, styles)"},
    {"-kind=probe", "probes"},         {"-kind=stray", "strays (typing errors)"},
    {"-phase=staff", "staff cohorts"}, {"-cohort=none", "rows without a cohort"},
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

void overview_clear(Overview *o)
{
  g_clear_pointer(&o->switches, g_array_unref);
  g_clear_pointer(&o->months, g_free);
  g_clear_pointer(&o->stamp, g_free);
}

/* How many rows of the whole log a term leaves out: what its positive form keeps. */
static guint64 rows_left_out(const Dataset *ds, const char *term)
{
  Scope *scope = scope_parse(term[0] == '-' ? term + 1 : term, NULL);
  Selection *sel = scope ? scope_select(scope, ds, NULL) : NULL;
  guint64 n = sel ? sel->n : 0;
  selection_free(sel);
  scope_free(scope);
  return n;
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

gboolean overview_refresh(Overview *o, const Dataset *ds, const Study *study, guint64 generation,
                          const Chips *chips, gboolean keep_staff, GError **error)
{
  g_autofree char *scope_text = chips_print(chips);
  g_autofree char *stamp = g_strdup_printf("%" G_GUINT64_FORMAT "|%d|%d|%s", generation,
                                           study != NULL, keep_staff, scope_text);
  if (g_strcmp0(stamp, o->stamp) == 0)
    return TRUE;
  Scope *scope = chips_scope(chips);
  Selection *sel = scope_select(scope, ds, error);
  scope_free(scope);
  if (!sel)
    return FALSE;
  overview_clear(o);
  o->scope_hits = sel->n;
  series_punch_card(ds, sel, o->punch);
  SeriesRequest req = {.bucket = BUCKET_MONTH, .measure = MEASURE_HITS};
  Series *series = series_new(ds, sel, &req, NULL);
  o->n_months = 0;
  if (series && series->n_lines) {
    o->n_months = series->n_buckets;
    o->first_month = civil_month_of(civil_day_of(series->starts[0]));
    o->months = g_memdup2(series->lines[0].values, sizeof(guint32) * series->n_buckets);
  }
  if (series)
    series_free(series);
  selection_free(sel);
  for (int p = 0; p < N_PHASES; p++)
    o->phase_hits[p] = 0;
  for (guint32 row = 0; row < ds->log->n_rows; row++)
    o->phase_hits[access_log_phase(ds->log, row)]++;
  o->switches = g_array_new(FALSE, TRUE, sizeof(Switch));
  g_array_set_clear_func(o->switches, switch_clear);
  for (guint i = 0; i < G_N_ELEMENTS(switch_table); i++) {
    Switch w = {g_strdup(switch_table[i].term), switch_table[i].label,
                rows_left_out(ds, switch_table[i].term), in_force(chips, switch_table[i].term)};
    g_array_append_val(o->switches, w);
  }
  char *site = site_term(ds, study);
  if (site) {
    Switch w = {site, "addresses of the school", rows_left_out(ds, site), in_force(chips, site)};
    g_array_append_val(o->switches, w);
  }
  if (study) {
    Switch w = {NULL, "now staff, in answer 6", answer_likely_staff_hits(study), !keep_staff};
    g_array_append_val(o->switches, w);
  }
  o->stamp = g_steal_pointer(&stamp);
  return TRUE;
}
