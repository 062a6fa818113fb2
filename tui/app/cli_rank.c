/* `rank`: rows of a scope grouped by one dimension. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/cli_commands.h"
#include "tui/app/cli_parse.h"

#define DEFAULT_MEASURES "hits,users,share"
#define ALL_MEASURES     (MEASURE_BIT(N_MEASURES) - 1)

typedef struct {
  RankRequest request;
  GArray *measures; /* of Measure: the columns, in order */
  Scope *baseline;  /* or NULL: every row */
} RankAsk;

static void ask_clear(RankAsk *ask)
{
  if (ask->measures)
    g_array_free(ask->measures, TRUE);
  if (ask->baseline)
    scope_free(ask->baseline);
}

/* One word of --sort: a measure, `key` or the name of the dimension, with a sign in front. */
static gboolean read_sort_word(const char *word, RankRequest *req, GError **error)
{
  RankSort sort = {.measure = MEASURE_HITS};
  const char *name = *word == '-' || *word == '+' ? word + 1 : word;
  if (strcmp(name, "key") == 0 || strcmp(name, dimension_info(req->by)->name) == 0) {
    sort.by_key = TRUE;
    sort.ascending = *word != '-';
  } else if (measure_parse(name, &sort.measure)) {
    sort.ascending = *word == '+';
    req->measures |= MEASURE_BIT(sort.measure);
  } else {
    char *shown = text_escaped(name, -1, 60);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "--sort: \"%s\" is no measure; name a measure (`cohortscope rank --help` lists "
                "them) or key",
                shown);
    g_free(shown);
    return FALSE;
  }
  if (req->n_sort == G_N_ELEMENTS(req->sort)) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "--sort: at most %u measures can be sorted by",
                (guint)G_N_ELEMENTS(req->sort));
    return FALSE;
  }
  req->sort[req->n_sort++] = sort;
  return TRUE;
}

static gboolean read_ask(const Options *o, RankAsk *ask, GError **error)
{
  const char *sort = option_text(o, OPT_SORT), *baseline = option_text(o, OPT_BASELINE);
  ask->measures = g_array_new(FALSE, FALSE, sizeof(Measure));
  if (!cli_parse_dimension(o, OPT_BY, &ask->request.by, error) ||
      !cli_parse_measures(o, DEFAULT_MEASURES, ALL_MEASURES, "a ranking", ask->measures, error))
    return FALSE;
  for (guint i = 0; i < ask->measures->len; i++)
    ask->request.measures |= MEASURE_BIT(g_array_index(ask->measures, Measure, i));
  char **words = g_strsplit(sort ? sort : "", ",", -1);
  gboolean ok = TRUE;
  for (guint i = 0; ok && words[i]; i++)
    ok = read_sort_word(g_strstrip(words[i]), &ask->request, error);
  g_strfreev(words);
  if (ok && baseline)
    ok = (ask->baseline = scope_parse(baseline, error)) != NULL;
  return ok;
}

static Table *ranking_table(const CliRun *run, const RankAsk *ask, const Ranking *r, guint32 n)
{
  const char *name = dimension_info(r->by)->name;
  Table *t = table_new(name, dimension_info(r->by)->title);
  GPtrArray *owned = g_ptr_array_new_with_free_func(g_free);
  guint n_keys = cli_add_key_columns(t, r->by, TRUE);
  for (guint i = 0; i < ask->measures->len; i++)
    cli_add_measure_column(t, g_array_index(ask->measures, Measure, i));
  for (guint32 row = 0; row < n; row++) {
    Cell keys[2];
    table_add_row(t);
    cli_key_cells(run, r->by, r->rows[row].key, TRUE, keys, owned);
    for (guint c = 0; c < n_keys; c++)
      table_set_text(t, c, keys[c].missing ? NULL : keys[c].v.s);
    for (guint i = 0; i < ask->measures->len; i++) {
      Cell cell = cli_measure_cell(&r->rows[row], g_array_index(ask->measures, Measure, i));
      const TableColumn *column = table_column(t, n_keys + i);
      if (cell.missing)
        continue;
      if (column->type == CELL_REAL || column->type == CELL_SHARE)
        table_set_real(t, n_keys + i, cell.v.d);
      else
        table_set_int(t, n_keys + i, cell.v.i);
    }
    g_ptr_array_set_size(owned, 0);
  }
  g_ptr_array_free(owned, TRUE);
  return t;
}

static void write_ranking(CliRun *run, const RankAsk *ask, const Ranking *r)
{
  guint32 limit = (guint32)option_number(run->options, OPT_LIMIT);
  guint32 n = limit > 0 ? MIN(limit, r->n) : r->n;
  Table *t = ranking_table(run, ask, r, n);
  write_table(t, &run->write, run->sink);
  table_free(t);
  char *listed = NULL;
  if (n < r->n) {
    char *first = text_grouped(n), *all = text_grouped(r->n);
    listed = g_strdup_printf("first %s of %s listed", first, all);
    g_free(first);
    g_free(all);
  }
  cli_account(run, listed);
  g_free(listed);
}

int cli_rank(const Options *o)
{
  CliRun run = {.options = o};
  RankAsk ask = {.measures = NULL};
  Selection *baseline = NULL;
  GError *error = NULL;
  if (read_ask(o, &ask, &error) && cli_begin(&run, o, &error)) {
    Scope *every = scope_new();
    baseline = scope_select(ask.baseline ? ask.baseline : every, run.ds, &error);
    scope_free(every);
    if (baseline) {
      ask.request.baseline = baseline;
      Ranking *r = rank(run.ds, run.sel, &ask.request);
      write_ranking(&run, &ask, r);
      ranking_free(r);
      selection_free(baseline);
    }
  }
  ask_clear(&ask);
  return cli_end(&run, error);
}

void cli_rank_help(GString *out)
{
  cli_help_dimensions(out);
  cli_help_measures(out, ALL_MEASURES);
}
