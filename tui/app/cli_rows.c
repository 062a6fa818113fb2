/* `rows`: the rows of a scope, one after another. */
#include "core/base/text.h"
#include "tui/app/cli_commands.h"
#include "tui/app/cli_fields.h"

typedef enum { ORDER_TIME, ORDER_USER } RowOrder; /* as in the words of --order */

/* Row numbers of the selection ordered by user and, within a user, by time: a counting sort over
 * the users in their order for people. Free with g_free. */
static guint32 *rows_by_user(const CliRun *run)
{
  const AccessLog *log = run->ds->log;
  const guint32 *rank_of = dataset_user_order(run->ds);
  guint32 n_users = strpool_count(log->users);
  guint32 *place = g_new0(guint32, (gsize)n_users + 1);
  guint32 *out = g_new0(guint32, MAX(run->sel->n, 1));
  for (guint32 i = 0; i < run->sel->n; i++)
    place[rank_of[log->user[selection_row(run->sel, i)]] + 1]++;
  for (guint32 u = 0; u < n_users; u++)
    place[u + 1] += place[u];
  for (guint32 i = 0; i < run->sel->n; i++) {
    guint32 row = selection_row(run->sel, i);
    out[place[rank_of[log->user[row]]]++] = row;
  }
  g_free(place);
  return out;
}

static void write_rows(CliRun *run, const RowFields *fields)
{
  guint32 limit = (guint32)option_number(run->options, OPT_LIMIT);
  guint32 n = limit > 0 ? MIN(limit, run->sel->n) : run->sel->n;
  guint32 *order = option_number(run->options, OPT_ORDER) == ORDER_USER ? rows_by_user(run) : NULL;
  Table *t = cli_fields_columns(fields);
  Cell *cells = g_new0(Cell, fields->list->len + 1);
  Writer *w = writer_begin(cli_columns(t), fields->list->len, &run->write, run->sink);
  gboolean ok = TRUE;
  for (guint32 i = 0; ok && i < n; i++) {
    cli_fields_fill(fields, order ? order[i] : selection_row(run->sel, i), cells);
    ok = writer_row(w, cells);
  }
  writer_end(w);
  g_free(cells);
  g_free(order);
  table_free(t);
  char *listed = NULL;
  if (n < run->sel->n) {
    char *first = text_grouped(n);
    listed = g_strdup_printf("first %s listed", first);
    g_free(first);
  }
  cli_account(run, listed);
  g_free(listed);
}

int cli_rows(const Options *o)
{
  CliRun run = {.options = o};
  RowFields fields = {.list = NULL};
  GError *error = NULL;
  if (cli_fields_parse(o, NULL, &fields, &error) && cli_begin(&run, o, &error)) {
    cli_fields_bind(&fields, run.ds);
    write_rows(&run, &fields);
  }
  cli_fields_clear(&fields);
  return cli_end(&run, error);
}

void cli_rows_help(GString *out)
{
  cli_fields_help(out);
}
