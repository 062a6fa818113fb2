/* `timeline`: the sessions of one user or one address, with their rows. */
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/query/session.h"
#include "core/report/jsonout.h"
#include "tui/app/cli_commands.h"
#include "tui/app/cli_fields.h"
#include "tui/app/cli_parse.h"

#define FIELDS_OF_TABLE   "time,lesson,kind,ip"
#define FIELDS_OF_ADDRESS "time,user,lesson,kind"

typedef struct {
  Dimension of; /* DIM_USER or DIM_IP */
  const char *id;
  RowFields fields;
  Sessions *sessions;
  guint n;   /* sessions to write */
  char *who; /* the id, or its pseudonym; safe */
} Timeline;

static gboolean read_ask(const Options *o, Timeline *t, GError **error)
{
  gboolean user = option_given(o, OPT_USER), ip = option_given(o, OPT_IP);
  WriteFormat format = (WriteFormat)option_number(o, OPT_FORMAT);
  if (user == ip) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                user ? "--user and --ip exclude each other; leave one out"
                     : "whose timeline? name a user with --user ID, or an address with --ip "
                       "ADDRESS");
    return FALSE;
  }
  t->of = user ? DIM_USER : DIM_IP;
  t->id = option_text(o, user ? OPT_USER : OPT_IP);
  const char *usual = user ? FIELDS_OF_TABLE : FIELDS_OF_ADDRESS;
  return cli_fields_parse(o, write_format_for_people(format) ? usual : NULL, &t->fields, error);
}

/* Narrows the scope to the user or address. */
static gboolean narrow(CliRun *run, Timeline *t, GError **error)
{
  guint32 key;
  if (!dimension_find(run->ds, t->of, t->id, &key)) {
    const char *name = dimension_info(t->of)->name;
    char *shown = text_escaped(t->id, -1, 60);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "--%s: the log has no %s \"%s\"; `cohortscope rank --by %s` lists them", name, name,
                shown, name);
    g_free(shown);
    return FALSE;
  }
  g_ptr_array_add(run->scope->terms, scope_term_for_key(run->ds, t->of, key, FALSE));
  selection_free(run->sel);
  run->sel = scope_select(run->scope, run->ds, error);
  t->who = cli_key_title(run, t->of, key);
  return run->sel != NULL;
}

/* `3 d 4 h`, `12 m 28 s`, `45 s`: the two largest units. */
static char *length_text(gint64 seconds)
{
  if (seconds >= 86400)
    return g_strdup_printf("%d d %d h", (int)(seconds / 86400), (int)(seconds / 3600 % 24));
  if (seconds >= 3600)
    return g_strdup_printf("%d h %d m", (int)(seconds / 3600), (int)(seconds / 60 % 60));
  if (seconds >= 60)
    return g_strdup_printf("%d m %d s", (int)(seconds / 60), (int)(seconds % 60));
  return g_strdup_printf("%d s", (int)seconds);
}

static const char *plural(guint64 n)
{
  return n == 1 ? "" : "s";
}

/* --- json ------------------------------------------------------------------------------------ */

static void write_session_json(JsonOut *j, const CliRun *run, const Timeline *t, guint place,
                               const Table *columns, Cell *cells)
{
  const Session *s = &t->sessions->sessions[place];
  json_out_object(j, NULL);
  json_out_int(j, "session", place + 1);
  json_out_text(j, dimension_info(t->of)->name, t->who);
  json_out_time(j, "from", s->from);
  json_out_time(j, "to", s->to);
  json_out_int(j, "seconds", s->to - s->from);
  json_out_int(j, "hits", s->n);
  json_out_int(j, "lessons", s->lessons);
  json_out_int(j, "ips", s->ips);
  if (s->gap_before < 0)
    json_out_null(j, "gap");
  else
    json_out_int(j, "gap", s->gap_before);
  json_out_array(j, "rows");
  json_out_one_line(j, TRUE);
  for (guint32 i = 0; i < s->n && sink_ok(run->sink); i++) {
    cli_fields_fill(&t->fields, t->sessions->rows[s->first_place + i], cells);
    json_out_object(j, NULL);
    for (guint c = 0; c < t->fields.list->len; c++)
      write_json_cell(j, table_column(columns, c), &cells[c], &run->write);
    json_out_close(j);
  }
  json_out_one_line(j, run->write.format == WRITE_JSONL);
  json_out_close(j);
  json_out_close(j);
}

static void write_json(CliRun *run, const Timeline *t)
{
  gboolean lines = run->write.format == WRITE_JSONL;
  Table *columns = cli_fields_columns(&t->fields);
  Cell *cells = g_new0(Cell, t->fields.list->len + 1);
  JsonOut *j = lines ? NULL : json_out_new(run->sink);
  if (j)
    json_out_array(j, NULL);
  for (guint i = 0; i < t->n && sink_ok(run->sink); i++) {
    JsonOut *line = lines ? json_out_new(run->sink) : j;
    json_out_one_line(line, lines);
    write_session_json(line, run, t, i, columns, cells);
    if (lines)
      json_out_free(line);
  }
  if (j) {
    json_out_close(j);
    json_out_free(j);
  }
  g_free(cells);
  table_free(columns);
}

/* --- rows ------------------------------------------------------------------------------------ */

static char *session_heading(const Session *s, guint number)
{
  char from[CIVIL_BUF], to[CIVIL_BUF];
  char *length = length_text(s->to - s->from), *hits = text_grouped(s->n);
  GString *out = g_string_new(NULL);
  civil_format(s->from, ' ', from);
  civil_format(s->to, ' ', to);
  gboolean same_day = civil_day_of(s->from) == civil_day_of(s->to);
  g_string_append_printf(out, "session %u  %s to %s (%s)  %s hit%s, %u lesson%s, %u address%s",
                         number, from, same_day ? to + 11 : to, length, hits, plural(s->n),
                         s->lessons, plural(s->lessons), s->ips, s->ips == 1 ? "" : "es");
  if (s->gap_before >= 0) {
    char *gap = length_text(s->gap_before);
    g_string_append_printf(out, "  after %s", gap);
    g_free(gap);
  }
  g_free(length);
  g_free(hits);
  return g_string_free(out, FALSE);
}

/* Session, seconds since the row before, and the fields. For people a session has a heading in
 * place of its number in every row. */
static void write_rows(CliRun *run, const Timeline *t)
{
  gboolean headed = run->write.format == WRITE_TABLE;
  Table *fields = cli_fields_columns(&t->fields), *columns = table_new("timeline", "timeline");
  guint first = headed ? 1 : 2;
  if (!headed)
    table_add_column(columns, "session", "session", CELL_INT, 0, "Number of the session, from 1.");
  table_add_column(columns, "gap", "gap s", CELL_INT, 0, "Seconds since the row before.");
  for (guint c = 0; c < t->fields.list->len; c++) {
    const TableColumn *from = table_column(fields, c);
    table_add_column(columns, from->name, from->title, from->type, 0, from->definition);
    table_set_role(columns, first + c, (ColumnRole)from->role);
  }
  Cell *cells = g_new0(Cell, table_n_columns(columns));
  Writer *w = writer_begin(cli_columns(columns), table_n_columns(columns), &run->write, run->sink);
  CivilTime before = CIVIL_NONE;
  for (guint i = 0; i < t->n; i++) {
    const Session *s = &t->sessions->sessions[i];
    if (headed) {
      char *heading = session_heading(s, i + 1);
      writer_heading(w, heading);
      g_free(heading);
    }
    for (guint32 k = 0; k < s->n; k++) {
      guint32 row = t->sessions->rows[s->first_place + k];
      CivilTime now = run->ds->log->time[row];
      cells[0] = cell_int(i + 1);
      cells[first - 1] = before == CIVIL_NONE ? cell_missing() : cell_int(now - before);
      cli_fields_fill(&t->fields, row, cells + first);
      before = now;
      if (!writer_row(w, cells))
        break;
    }
  }
  writer_end(w);
  g_free(cells);
  table_free(columns);
  table_free(fields);
}

static void write_summary(CliRun *run, const Timeline *t)
{
  char *hits = text_grouped(t->sessions->n_rows), *sessions = text_grouped(t->sessions->n);
  char *line =
      g_strdup_printf("%s %s: %s hit%s in %s session%s\n\n", dimension_info(t->of)->name, t->who,
                      hits, plural(t->sessions->n_rows), sessions, plural(t->sessions->n));
  sink_puts(run->sink, line);
  g_free(line);
  g_free(hits);
  g_free(sessions);
}

static void write_timeline(CliRun *run, Timeline *t)
{
  guint limit = (guint)option_number(run->options, OPT_LIMIT);
  char *listed = NULL;
  t->n = limit > 0 ? MIN(limit, t->sessions->n) : t->sessions->n;
  if (run->write.format == WRITE_TABLE)
    write_summary(run, t);
  if (run->write.format == WRITE_JSON || run->write.format == WRITE_JSONL)
    write_json(run, t);
  else
    write_rows(run, t);
  if (t->n < t->sessions->n)
    listed = g_strdup_printf("first %u of %u sessions listed", t->n, t->sessions->n);
  cli_account(run, listed);
  g_free(listed);
}

int cli_timeline(const Options *o)
{
  CliRun run = {.options = o};
  Timeline t = {.of = DIM_USER};
  GError *error = NULL;
  if (read_ask(o, &t, &error) && cli_begin(&run, o, &error) && narrow(&run, &t, &error)) {
    cli_fields_bind(&t.fields, run.ds);
    t.sessions = sessions_new(run.ds, run.sel, run.ds->session_gap);
    write_timeline(&run, &t);
    sessions_free(t.sessions);
  }
  cli_fields_clear(&t.fields);
  g_free(t.who);
  return cli_end(&run, error);
}
