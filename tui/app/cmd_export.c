/* Commands that write files: lists, flags, cases. */
#include "config.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/table.h"
#include "core/base/text.h"
#include "core/casebook/case_report.h"
#include "core/report/flag_list.h"
#include "core/report/write.h"
#include "tui/app/cases.h"
#include "tui/app/command.h"
#include "tui/app/inputs.h"
#include "tui/app/pseudonym_key.h"

/* --- what is asked -----------------------------------------------------------------------------
 */

typedef struct {
  char *file;
  const char *suffix; /* within file, without the dot; "" without one */
  Pseudonyms *pseudonyms;
} ExportAsk;

/* `FILE [--pseudonyms]`, with the option on either side. */
static gboolean read_ask(App *app, const char *text, ExportAsk *ask, GError **error)
{
  static const char *const options[] = {"--pseudonyms", "--anonymize"};
  gboolean secret = app->want_pseudonyms;
  char *file = g_strstrip(g_strdup(text));
  for (guint i = 0; i < G_N_ELEMENTS(options); i++) {
    gsize n = strlen(options[i]);
    char *at = g_str_has_prefix(file, options[i]) ? file : NULL;
    if (g_str_has_suffix(file, options[i]))
      at = file + strlen(file) - n;
    if (!at)
      continue;
    secret = TRUE;
    memset(at, ' ', n);
    g_strstrip(file);
  }
  if (!*file) {
    g_free(file);
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "name a file to write to");
    return FALSE;
  }
  if (secret && !app->pseudonyms)
    app->pseudonyms = pseudonym_key_open(app->log, error);
  if (secret && !app->pseudonyms) {
    g_free(file);
    return FALSE;
  }
  const char *dot = strrchr(file, '.');
  *ask = (ExportAsk){
      .file = file, .suffix = dot ? dot + 1 : "", .pseudonyms = secret ? app->pseudonyms : NULL};
  return TRUE;
}

static void tell(State *s, const ExportAsk *ask, guint n, const char *what)
{
  g_autofree char *count = text_grouped(n), *safe = text_safe(ask->file, -1);
  state_message(s, "wrote %s %s%s to %s%s", count, what, n == 1 ? "" : "s", safe,
                ask->pseudonyms ? ", with pseudonyms" : "");
}

/* --- lists -------------------------------------------------------------------------------------
 */

static CellType cell_type(ColumnType type)
{
  switch (type) {
  case COLUMN_IS_COUNT:
    return CELL_INT;
  case COLUMN_IS_REAL:
    return CELL_REAL;
  case COLUMN_IS_SHARE:
    return CELL_SHARE;
  case COLUMN_IS_DATE:
    return CELL_DATE;
  default:
    return CELL_TEXT;
  }
}

/* The list of a pane as a table: every row listed, every column that applies and was measured. */
static Table *pane_table(const State *s, const Pane *p)
{
  Table *t = table_new(pane_name(p->id), pane_title(p->id));
  ColumnId columns[N_COLUMNS];
  guint n = 0;
  ColumnRole role = p->dim == DIM_USER ? COLUMN_USER
                    : p->dim == DIM_IP ? COLUMN_ADDRESS
                                       : COLUMN_PLAIN;
  table_add_column(t, "id", "id", CELL_TEXT, 0, "Id as in the log.");
  table_set_role(t, 0, role);
  for (int c = 0; c < N_COLUMNS; c++) {
    const ColumnInfo *info = column_info((ColumnId)c);
    gboolean measured = info->measure == N_MEASURES || c == COLUMN_HITS || c == COLUMN_SHARE ||
                        (p->ranking->measures & MEASURE_BIT(info->measure));
    if (info->type == COLUMN_IS_SPARK || !column_applies((ColumnId)c, p->id) || !measured)
      continue;
    columns[n++] = (ColumnId)c;
    table_add_column(t, info->name, info->name, cell_type(info->type),
                     info->type == COLUMN_IS_TEXT ? 0 : 2, info->definition);
    if (c == COLUMN_LABEL)
      table_set_role(t, n, role);
  }
  for (guint place = 0; place < p->n_visible; place++) {
    table_add_row(t);
    table_take_text(t, 0, dimension_id(s->ds, p->dim, pane_row(p, place)->key));
    for (guint i = 0; i < n; i++) {
      double v = pane_value(p, s->ds, place, columns[i]);
      ColumnType type = column_info(columns[i])->type;
      if (type == COLUMN_IS_TEXT)
        table_take_text(t, i + 1, pane_cell(p, s->ds, place, columns[i]));
      else if (v != v)
        continue;
      else if (type == COLUMN_IS_COUNT || type == COLUMN_IS_DATE)
        table_set_int(t, i + 1, (gint64)v);
      else
        table_set_real(t, i + 1, v);
    }
  }
  return t;
}

static guint write_pane(const State *s, const Pane *p, const WriteOptions *o, Sink *sink)
{
  Table *t = pane_table(s, p);
  guint n = t->n_rows;
  write_table(t, o, sink);
  table_free(t);
  return n;
}

static const char *status_of(gpointer data, const Flag *f)
{
  const Judgement *j = queue_find(&((const State *)data)->queue, f->id);
  return status_name(j ? j->status : STATUS_OPEN);
}

static guint write_queue(State *s, const WriteOptions *o, Sink *sink)
{
  GPtrArray *list = g_ptr_array_new();
  for (guint i = 0; i < s->queue.n_visible; i++)
    g_ptr_array_add(list, (gpointer)queue_at(&s->queue, i)->flag);
  FlagListing listing = {
      .set = s->flags, .ds = s->ds, .list = list, .n = list->len, .status = status_of, .data = s};
  guint n = list->len;
  flag_list_write(&listing, o, sink);
  g_ptr_array_unref(list);
  return n;
}

gboolean cmd_export(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  Pane *p = state_pane(s);
  ExportAsk ask;
  WriteFormat format;
  if (!read_ask(app, argc > 1 ? argv[1] : "", &ask, error))
    return FALSE;
  gboolean ok = FALSE;
  if (s->view != VIEW_FLAGS && !p) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "only lists are written: press 1 to 5, or 7 for flags");
  } else if (!write_format_parse(ask.suffix, &format)) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "name a file that ends in .csv, .json, .jsonl or .md");
  } else if (p ? !p->ranking : !s->flags) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "there is nothing to write yet");
  } else {
    WriteOptions options = {.format = format, .pseudonyms = ask.pseudonyms};
    Sink *sink = sink_file(ask.file, error);
    guint n = 0;
    if (sink)
      n = p ? write_pane(s, p, &options, sink) : write_queue(s, &options, sink);
    ok = sink && sink_close(sink, error);
    if (ok)
      tell(s, &ask, n, p ? "row" : "flag");
  }
  g_free(ask.file);
  return ok;
}

/* --- cases -------------------------------------------------------------------------------------
 */

gboolean case_export(App *app, const char *words, GError **error)
{
  State *s = app->state;
  const Case *c = casebook_current_case(s->casebook);
  ExportAsk ask;
  ReportFormat format;
  if (!c) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "no case is open; `case` lists them, `case N` opens one");
    return FALSE;
  }
  if (!read_ask(app, words, &ask, error))
    return FALSE;
  if (!report_format_parse(ask.suffix, &format) || format == REPORT_JSON) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "name a file that ends in .md or .html");
    g_free(ask.file);
    return FALSE;
  }
  GPtrArray *files = inputs_digest(app->plan);
  CaseReport report = {.book = s->casebook,
                       .c = c,
                       .ds = s->ds,
                       .flags = s->flags,
                       .name = app->plan->name,
                       .version = VERSION,
                       .files = files,
                       .pseudonyms = ask.pseudonyms,
                       .by = cases_stamp(app)};
  Sink *sink = sink_file(ask.file, error);
  if (sink)
    case_report_write(&report, format, sink);
  gboolean ok = sink && sink_close(sink, error);
  if (ok)
    tell(s, &ask, c->members->len, "item");
  g_ptr_array_unref(files);
  g_free(ask.file);
  return ok;
}
