/* Shared reading of options and shared columns of the subcommands. */
#include "tui/app/cli_parse.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"

static char *joined(GPtrArray *names)
{
  g_ptr_array_add(names, NULL);
  return g_strjoinv(", ", (char **)names->pdata);
}

static void fail_word(const char *option, const char *word, GPtrArray *names, GError **error)
{
  char *list = joined(names), *shown = text_escaped(word, -1, 60);
  const char *closest = text_closest(word, (const char *const *)names->pdata);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "--%s: \"%s\" is not known%s%s; one of %s is",
              option, shown, closest ? "; did you mean " : "", closest ? closest : "", list);
  g_free(list);
  g_free(shown);
}

gboolean cli_parse_dimension(const Options *o, OptionId id, Dimension *ret, GError **error)
{
  const char *text = option_text(o, id), *option = option_info(id)->name;
  if (text && dimension_parse(text, ret))
    return TRUE;
  GPtrArray *names = g_ptr_array_new();
  for (int d = 0; d < N_DIMENSIONS; d++)
    g_ptr_array_add(names, (gpointer)dimension_info((Dimension)d)->name);
  if (text) {
    fail_word(option, text, names, error);
  } else {
    char *list = joined(names);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "--%s is needed: one of %s", option, list);
    g_free(list);
  }
  g_ptr_array_free(names, TRUE);
  return FALSE;
}

static GPtrArray *measure_names(guint allowed)
{
  GPtrArray *names = g_ptr_array_new();
  for (int m = 0; m < N_MEASURES; m++)
    if (allowed & MEASURE_BIT(m))
      g_ptr_array_add(names, (gpointer)measure_info((Measure)m)->name);
  return names;
}

static gboolean add_measure(const char *word, guint allowed, const char *what, GArray *ret,
                            GError **error)
{
  Measure m;
  GPtrArray *names = measure_names(allowed);
  gboolean ok = measure_parse(word, &m);
  if (!ok) {
    fail_word("measure", word, names, error);
  } else if (!(allowed & MEASURE_BIT(m))) {
    char *list = joined(names);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "--measure: %s has no %s; it has %s", what,
                measure_info(m)->name, list);
    g_free(list);
    ok = FALSE;
  }
  for (guint i = 0; ok && i < ret->len; i++) {
    if (g_array_index(ret, Measure, i) == m) {
      g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "--measure: %s is named twice", word);
      ok = FALSE;
    }
  }
  if (ok)
    g_array_append_val(ret, m);
  g_ptr_array_free(names, TRUE);
  return ok;
}

gboolean cli_parse_measures(const Options *o, const char *fallback, guint allowed, const char *what,
                            GArray *ret, GError **error)
{
  const char *text = option_text(o, OPT_MEASURE);
  char **words = g_strsplit(text ? text : fallback, ",", -1);
  gboolean ok = TRUE;
  for (guint i = 0; ok && words[i]; i++)
    ok = add_measure(g_strstrip(words[i]), allowed, what, ret, error);
  if (ok && ret->len == 0) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "--measure: no measure is named");
    ok = FALSE;
  }
  g_strfreev(words);
  return ok;
}

/* --- columns of keys ------------------------------------------------------------------------- */

typedef enum { EXTRA_NONE, EXTRA_PROGRAM_NAME, EXTRA_COHORT_NAME, EXTRA_KIND } Extra;

static const struct {
  Extra extra;
  const char *suffix, *title, *definition;
} extras[] = {
    [EXTRA_NONE] = {EXTRA_NONE, NULL, NULL, NULL},
    [EXTRA_PROGRAM_NAME] = {EXTRA_PROGRAM_NAME, "_name", "name", "Name of the program."},
    [EXTRA_COHORT_NAME] = {EXTRA_COHORT_NAME, "_name", "name", "Name of the cohort."},
    [EXTRA_KIND] = {EXTRA_KIND, "kind", "kind",
                    "What the page is: lesson, home, toc, search, asset, probe, stray, missing."},
};

static Extra extra_of(Dimension d, gboolean kind)
{
  switch (d) {
  case DIM_PROGRAM:
    return EXTRA_PROGRAM_NAME;
  case DIM_COHORT:
    return EXTRA_COHORT_NAME;
  case DIM_LESSON:
  case DIM_PATH:
    return kind ? EXTRA_KIND : EXTRA_NONE;
  default:
    return EXTRA_NONE;
  }
}

static ColumnRole role_of(Dimension d)
{
  return d == DIM_USER ? COLUMN_USER : d == DIM_IP ? COLUMN_ADDRESS : COLUMN_PLAIN;
}

guint cli_add_key_columns_as(Table *t, Dimension d, gboolean kind, const char *name)
{
  Extra extra = extra_of(d, kind);
  table_add_column(t, name, name, CELL_TEXT, 0, dimension_info(d)->definition);
  table_set_role(t, table_n_columns(t) - 1, role_of(d));
  if (extra == EXTRA_NONE)
    return 1;
  const char *suffix = extras[extra].suffix;
  char *full = suffix[0] == '_' ? g_strconcat(name, suffix, NULL) : g_strdup(suffix);
  table_add_column(t, full, extras[extra].title, CELL_TEXT, 0, extras[extra].definition);
  g_free(full);
  return 2;
}

guint cli_add_key_columns(Table *t, Dimension d, gboolean kind)
{
  return cli_add_key_columns_as(t, d, kind, dimension_info(d)->name);
}

static Cell owned_text(char *text, GPtrArray *owned)
{
  if (text)
    g_ptr_array_add(owned, text);
  return cell_borrowed(text);
}

static const char *kind_of_key(const Dataset *ds, Dimension d, guint32 key)
{
  guint32 entry = d == DIM_PATH ? ds->catalog->entry_of_path[key] : key;
  return kind_name((Kind)ds->catalog->kind_of_entry[entry]);
}

void cli_key_cells(const CliRun *run, Dimension d, guint32 key, gboolean kind, Cell *cells,
                   GPtrArray *owned)
{
  const Dataset *ds = run->ds;
  char *id = dimension_id(ds, d, key);
  gboolean missing = id == NULL;
  gboolean secret = run->write.pseudonyms && role_of(d) != COLUMN_PLAIN;
  if (missing && run->people && !secret)
    id = dimension_label(ds, d, key);
  cells[0] = owned_text(id, owned);
  switch (extra_of(d, kind)) {
  case EXTRA_NONE:
    break;
  case EXTRA_PROGRAM_NAME:
    cells[1] = cell_borrowed(
        missing ? NULL : cohort_table_get_program(ds->log->cohorts, (guint8)key)->name);
    break;
  case EXTRA_COHORT_NAME:
    cells[1] =
        cell_borrowed(missing ? NULL : cohort_table_get(ds->log->cohorts, (guint16)key)->name);
    break;
  case EXTRA_KIND:
    cells[1] = cell_borrowed(kind_of_key(ds, d, key));
    break;
  }
}

char *cli_key_title(const CliRun *run, Dimension d, guint32 key)
{
  ColumnRole role = role_of(d);
  char *id = dimension_id(run->ds, d, key);
  char *title = run->write.pseudonyms && role != COLUMN_PLAIN && id
                    ? g_strdup(pseudonym_of(run->write.pseudonyms, role, id))
                    : dimension_label(run->ds, d, key);
  g_free(id);
  return title;
}

/* --- columns of measures --------------------------------------------------------------------- */

void cli_add_measure_column(Table *t, Measure m)
{
  const MeasureInfo *info = measure_info(m);
  CellType type = m == MEASURE_SHARE ? CELL_SHARE
                  : info->is_time    ? CELL_TIME
                  : info->is_real    ? CELL_REAL
                                     : CELL_INT;
  guint decimals = m == MEASURE_LIFT ? 2 : 1;
  table_add_column(t, info->name, info->title, type, decimals, info->definition);
}

Cell cli_measure_cell(const RankRow *row, Measure m)
{
  const MeasureInfo *info = measure_info(m);
  double v = rank_value(row, m);
  if (info->is_time) {
    CivilTime t = m == MEASURE_FIRST ? row->first : row->last;
    return t == CIVIL_NONE ? cell_missing() : cell_int(t);
  }
  return info->is_real ? cell_real(v) : cell_int((gint64)v);
}

/* --- help ------------------------------------------------------------------------------------ */

void cli_help_dimensions(GString *out)
{
  g_string_append(out, "\nDimensions (DIM):\n");
  for (int d = 0; d < N_DIMENSIONS; d++)
    option_help_entry(out, dimension_info((Dimension)d)->name,
                      dimension_info((Dimension)d)->definition);
}

void cli_help_measures(GString *out, guint allowed)
{
  g_string_append(out, "\nMeasures:\n");
  for (int m = 0; m < N_MEASURES; m++)
    if (allowed & MEASURE_BIT(m))
      option_help_entry(out, measure_info((Measure)m)->name, measure_info((Measure)m)->definition);
}
