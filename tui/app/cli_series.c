/* `series`: a count over time, for all rows or a line per key. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/query/series.h"
#include "tui/app/cli_commands.h"
#include "tui/app/cli_parse.h"

#define COUNTS                                                                                     \
  (MEASURE_BIT(MEASURE_HITS) | MEASURE_BIT(MEASURE_USERS) | MEASURE_BIT(MEASURE_IPS) |             \
   MEASURE_BIT(MEASURE_LESSONS) | MEASURE_BIT(MEASURE_DAYS) | MEASURE_BIT(MEASURE_COHORTS))

typedef struct {
  SeriesRequest request;
  GArray *measures; /* of Measure */
} SeriesAsk;

static gboolean read_ask(const Options *o, SeriesAsk *ask, GError **error)
{
  const char *bucket = option_text(o, OPT_BUCKET);
  ask->measures = g_array_new(FALSE, FALSE, sizeof(Measure));
  ask->request.max_lines = (guint)option_number(o, OPT_LIMIT);
  ask->request.has_by = option_given(o, OPT_BY);
  if (!bucket_parse(bucket, &ask->request.bucket)) {
    const char *names[N_BUCKETS + 1] = {NULL};
    for (guint b = 0; b < N_BUCKETS; b++)
      names[b] = bucket_name((Bucket)b);
    const char *closest = text_closest(bucket, names);
    char *list = g_strjoinv(", ", (char **)(gpointer)names), *shown = text_escaped(bucket, -1, 60);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "--bucket: \"%s\" is not known%s%s; one of %s is", shown,
                closest ? "; did you mean " : "", closest ? closest : "", list);
    g_free(list);
    g_free(shown);
    return FALSE;
  }
  if (ask->request.has_by && !cli_parse_dimension(o, OPT_BY, &ask->request.by, error))
    return FALSE;
  if (ask->request.has_by &&
      strcmp(dimension_info(ask->request.by)->name, bucket_name(ask->request.bucket)) == 0) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "--by %s is the bucket already; leave it out, or choose another bucket", bucket);
    return FALSE;
  }
  return cli_parse_measures(o, "hits", COUNTS, "a series", ask->measures, error);
}

/* One series per measure; they have the same buckets and lines. NULL-terminated. */
static Series **count_all(const CliRun *run, const SeriesAsk *ask, GError **error)
{
  Series **all = g_new0(Series *, ask->measures->len + 1);
  for (guint i = 0; i < ask->measures->len; i++) {
    SeriesRequest request = ask->request;
    request.measure = g_array_index(ask->measures, Measure, i);
    all[i] = series_new(run->ds, run->sel, &request, error);
    if (!all[i])
      break;
  }
  if (all[ask->measures->len - 1])
    return all;
  for (guint i = 0; all[i]; i++)
    series_free(all[i]);
  g_free(all);
  return NULL;
}

static void add_bucket_column(Table *t, Bucket b)
{
  table_add_column(t, bucket_name(b), bucket_name(b), CELL_TEXT, 0,
                   b == BUCKET_COURSE_WEEK
                       ? "Week of the row's cohort; week 1 starts on its first day."
                       : "Step of time, by its start.");
}

static Cell bucket_cell(const Series *s, guint32 bucket, GPtrArray *owned)
{
  g_ptr_array_add(owned, series_label(s, bucket));
  return cell_borrowed(g_ptr_array_index(owned, owned->len - 1));
}

/* A row per bucket and line: bucket, key, measures. */
static void write_long(CliRun *run, const SeriesAsk *ask, Series *const *all)
{
  const Series *s = all[0];
  Table *t = table_new("series", "series");
  GPtrArray *owned = g_ptr_array_new_with_free_func(g_free);
  guint n_keys = 0;
  add_bucket_column(t, s->bucket);
  if (ask->request.has_by)
    n_keys = cli_add_key_columns(t, ask->request.by, FALSE);
  for (guint i = 0; i < ask->measures->len; i++)
    cli_add_measure_column(t, g_array_index(ask->measures, Measure, i));
  Writer *w = writer_begin(cli_columns(t), table_n_columns(t), &run->write, run->sink);
  Cell *cells = g_new0(Cell, table_n_columns(t));
  gboolean ok = TRUE;
  for (guint line = 0; ok && line < s->n_lines; line++) {
    for (guint32 b = 0; ok && b < s->n_buckets; b++) {
      cells[0] = bucket_cell(s, b, owned);
      if (n_keys > 0)
        cli_key_cells(run, ask->request.by, s->lines[line].key, FALSE, cells + 1, owned);
      for (guint i = 0; i < ask->measures->len; i++)
        cells[1 + n_keys + i] = cell_int(all[i]->lines[line].values[b]);
      ok = writer_row(w, cells);
      g_ptr_array_set_size(owned, 0);
    }
  }
  writer_end(w);
  g_free(cells);
  g_ptr_array_free(owned, TRUE);
  table_free(t);
}

/* For people: a row per bucket, a column per line. */
static void write_grid(CliRun *run, const SeriesAsk *ask, const Series *s)
{
  Table *t = table_new("series", "series");
  GPtrArray *owned = g_ptr_array_new_with_free_func(g_free);
  add_bucket_column(t, s->bucket);
  for (guint line = 0; line < s->n_lines; line++) {
    char *title = cli_key_title(run, ask->request.by, s->lines[line].key);
    table_add_column(t, title, title, CELL_INT, 0, "Count of that line.");
    g_free(title);
  }
  for (guint32 b = 0; b < s->n_buckets; b++) {
    table_add_row(t);
    table_set_text(t, 0, bucket_cell(s, b, owned).v.s);
    for (guint line = 0; line < s->n_lines; line++)
      table_set_int(t, 1 + line, s->lines[line].values[b]);
    g_ptr_array_set_size(owned, 0);
  }
  write_table(t, &run->write, run->sink);
  g_ptr_array_free(owned, TRUE);
  table_free(t);
}

int cli_series(const Options *o)
{
  CliRun run = {.options = o};
  SeriesAsk ask = {.measures = NULL};
  GError *error = NULL;
  if (read_ask(o, &ask, &error) && cli_begin(&run, o, &error)) {
    Series **all = count_all(&run, &ask, &error);
    if (all) {
      if (run.people && ask.request.has_by && ask.measures->len == 1)
        write_grid(&run, &ask, all[0]);
      else
        write_long(&run, &ask, all);
      cli_account(&run, NULL);
      for (guint i = 0; i < ask.measures->len; i++)
        series_free(all[i]);
      g_free(all);
    }
  }
  if (ask.measures)
    g_array_free(ask.measures, TRUE);
  return cli_end(&run, error);
}

void cli_series_help(GString *out)
{
  cli_help_dimensions(out);
  cli_help_measures(out, COUNTS);
}
