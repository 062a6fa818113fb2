/* Loading from databases: columns by their names, rows as records. */
#include "core/ingest/load_database.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/ingest/rows.h"
#include "core/ingest/sniff.h"

#define ROWS_PER_TICK 1024
#define USUAL_COHORTS "cohorts"

/* A database and what is still to be opened of it. */
typedef struct {
  Database *db;
  DbAddress *address;
  gboolean log; /* its log is among the inputs */
} Opened;

void load_database_free(void *opened)
{
  Opened *o = opened;
  database_free(o->db);
  db_address_free(o->address);
  g_free(o);
}

static Opened *open_address(Loader *l, const char *text, GError **error)
{
  DbAddress *address = db_address_parse(text, error);
  if (address == NULL)
    return NULL;
  DbLogin login = {l->req->database_password, l->req->database_files, l->req->database_patience};
  Database *db = database_open(address, &login, load_tick, l, error);
  if (db == NULL) {
    db_address_free(address);
    return NULL;
  }
  Opened *o = g_new0(Opened, 1);
  o->db = db;
  o->address = address;
  g_ptr_array_add(l->databases, o);
  return o;
}

/* --- columns --------------------------------------------------------------------------------- */

/* Names some columns of which the needed ones are not known. */
static void set_unknown(const Layout *l, const char *name, gboolean cohorts,
                        const ColumnName *names, guint n, GError **error)
{
  if (!cohorts) {
    layout_set_incomplete(error, l, name, names, n);
    return;
  }
  g_autofree char *list = column_names_text(names, n);
  g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
              "%s is no cohort table: of its columns (%s) too few are known; it needs id or name, "
              "and one of start_date, end_date, program_id",
              name, list);
}

static gboolean recognise(Loader *l, const Input *input, const ColumnName *names, guint n,
                          Layout *layout, GError **error)
{
  const char *name = input->origin->name;
  layout_init(layout);
  layout->form = input->cohorts ? FORM_COHORTS : FORM_UNKNOWN;
  layout_from_names(layout, names, n);
  if (!layout_apply(layout, l->columns, names, n, name, error))
    return FALSE;
  gboolean settled = layout_settle(layout);
  if (settled && !input->cohorts && layout->form == FORM_COHORTS) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "%s is a cohort table; name the table of the log behind the address: ?logs=TABLE",
                name);
    return FALSE;
  }
  if (!settled)
    set_unknown(layout, name, input->cohorts, names, n, error);
  return settled;
}

static Input *add_table(Loader *l, const Opened *o, const char *table, gboolean cohorts)
{
  Origin *origin = g_new0(Origin, 1);
  char *name = db_address_name(o->address), *safe = text_safe(table, -1);
  origin->name = g_strdup_printf("%s: %s", name, safe);
  origin->fd = -1;
  g_free(name);
  g_free(safe);
  Input *input = load_add_input(l, origin, cohorts, FALSE);
  input->database = o->db;
  input->table = g_strdup(table);
  loader_file(l, input)->container = g_strdup("database");
  return input;
}

/* Takes over `columns`. */
static gboolean open_table(Loader *l, Input *input, GPtrArray *columns, GError **error)
{
  guint n = MIN(columns->len, COLUMNS_MAX);
  ColumnName *names = g_new(ColumnName, n + 1);
  for (guint i = 0; i < n; i++)
    names[i] = (ColumnName){columns->pdata[i], strlen(columns->pdata[i])};
  Layout layout;
  gboolean ok = recognise(l, input, names, n, &layout, error);
  if (ok) {
    input->sniffed.layout = layout;
    input->sniffed.layout.header = FALSE; /* no line that would have to be counted */
    input->sniffed.has_rows = TRUE;
    input->sniffed.columns = layout_describe(&layout, names, n);
    input->sniffed.ignored = layout_ignored(&layout, names, n);
    input->use = TRUE;
    loader_file(l, input)->form = layout.form;
    input->table_columns = g_ptr_array_ref(columns);
  }
  g_ptr_array_unref(columns);
  g_free(names);
  return ok;
}

/* --- opening --------------------------------------------------------------------------------- */

/* The usual cohort table is read when it is there and can be; one that was asked for must be. */
static gboolean open_cohorts(Loader *l, const Opened *o, gboolean needed, GError **error)
{
  gboolean refused, ok = FALSE;
  GError *e = NULL;
  const char *table = o->address->cohorts != NULL ? o->address->cohorts : USUAL_COHORTS;
  GPtrArray *columns = database_columns(o->db, table, &refused, &e);
  if (columns != NULL) {
    ok = open_table(l, add_table(l, o, table, TRUE), columns, &e);
    refused = g_error_matches(e, CORE_ERROR, CORE_ERROR_INPUT);
  }
  if (!ok && refused && !needed) {
    load_report_warn(l->report, "%s", e->message);
    g_clear_error(&e);
  }
  if (e == NULL)
    return TRUE;
  g_propagate_error(error, e);
  return FALSE;
}

gboolean load_open_database(Loader *l, const char *address, gboolean cohorts, GError **error)
{
  gboolean refused;
  Opened *o = open_address(l, address, error);
  if (o == NULL)
    return FALSE;
  if (cohorts)
    return open_cohorts(l, o, TRUE, error);
  o->log = TRUE;
  GPtrArray *columns = database_columns(o->db, o->address->logs, &refused, error);
  return columns != NULL && open_table(l, add_table(l, o, o->address->logs, FALSE), columns, error);
}

/* Whether some input says already what the cohorts of this database are. */
static gboolean has_cohorts(const Loader *l, const Opened *o)
{
  if (l->req->cohorts != NULL || l->req->memory_cohorts != NULL)
    return TRUE;
  for (guint i = 0; i < l->inputs->len; i++) {
    const Input *input = l->inputs->pdata[i];
    InputForm form = input->sniffed.layout.form;
    if (input->use && ((form == FORM_COHORTS && input->database == NULL) ||
                       (form == FORM_WIDE && input->database == o->db)))
      return TRUE;
  }
  return FALSE;
}

/* Several logs of one database have one cohort table. */
static gboolean is_repeated(const Loader *l, guint place)
{
  const Opened *o = l->databases->pdata[place];
  gboolean repeated = FALSE;
  char *name = db_address_name(o->address);
  for (guint i = 0; i < place && !repeated; i++) {
    const Opened *earlier = l->databases->pdata[i];
    char *other = db_address_name(earlier->address);
    repeated = earlier->log && strcmp(name, other) == 0 &&
               g_strcmp0(o->address->cohorts, earlier->address->cohorts) == 0;
    g_free(other);
  }
  g_free(name);
  return repeated;
}

gboolean load_open_database_cohorts(Loader *l, GError **error)
{
  for (guint i = 0; i < l->databases->len; i++) {
    const Opened *o = l->databases->pdata[i];
    gboolean named = o->address->cohorts != NULL;
    gboolean wanted = named ? o->address->cohorts[0] != '\0' : !has_cohorts(l, o);
    if (o->log && wanted && !is_repeated(l, i) && !open_cohorts(l, o, named, error))
      return FALSE;
  }
  return TRUE;
}

/* --- rows ------------------------------------------------------------------------------------ */

typedef struct {
  Role role[COLUMNS_MAX]; /* of each value */
  guint n;
  const char *const *value;
  const unsigned long *len;
} TableRow;

/* Only columns that are used are asked for. */
static GPtrArray *choose_columns(const Input *input, TableRow *row)
{
  const Layout *layout = &input->sniffed.layout;
  GPtrArray *columns = g_ptr_array_new();
  for (guint i = 0; i < layout->n_columns; i++) {
    guint8 role = layout->role[i];
    if (role == ROLE_IGNORED || role == ROLE_UPDATED ||
        (role >= ROLE_FIRST_FACT && layout->form == FORM_CSV))
      continue;
    row->role[row->n++] = (Role)role;
    g_ptr_array_add(columns, input->table_columns->pdata[i]);
  }
  return columns;
}

/* A value without the blanks around it, with which some columns are filled up. */
static Field trimmed(const char *s, gsize len)
{
  while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '\t'))
    len--;
  while (len > 0 && (s[0] == ' ' || s[0] == '\t')) {
    s++;
    len--;
  }
  return (Field){s, len};
}

/* The record of a row; REJECT_NONE, or what is wrong with the row as a whole. */
static RejectReason take_row(const TableRow *row, Record *record)
{
  RejectReason reason = REJECT_NONE;
  for (Role r = 0; r < N_ROLES; r++)
    record->field[r] = (Field){"", 0};
  for (guint i = 0; i < row->n; i++) {
    if (row->value[i] == NULL)
      continue;
    record->field[row->role[i]] = trimmed(row->value[i], row->len[i]);
    if (row->len[i] > FIELD_BYTES_MAX)
      reason = REJECT_TOO_LONG;
    else if (G_UNLIKELY(memchr(row->value[i], '\0', row->len[i]) != NULL))
      reason = REJECT_NUL;
  }
  return reason;
}

static void reject_row(const TableRow *row, Batch *out, RejectReason reason)
{
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < row->n; i++) {
    g_string_append(text, i > 0 ? "," : "");
    if (row->value[i] != NULL)
      g_string_append_len(text, row->value[i], (gssize)MIN(row->len[i], 100));
  }
  batch_reject(out, reason, text->str, text->len);
  g_string_free(text, TRUE);
}

static void add_row(const TableRow *row, Rows *rows, Batch *out)
{
  Record record;
  CivilTime time = 0;
  out->lines++;
  RejectReason reason = take_row(row, &record);
  if (reason == REJECT_NONE)
    reason = rows_check(rows, &record, &time);
  if (reason == REJECT_NONE)
    reason = rows_add(rows, &record, time);
  if (reason != REJECT_NONE)
    reject_row(row, out, reason);
}

gboolean load_read_table(Loader *l, const Input *input, Batch *out, guint64 *ret_bytes,
                         GError **error)
{
  TableRow row = {.n = 0};
  GError *e = NULL;
  GPtrArray *columns = choose_columns(input, &row);
  Rows *rows = rows_new(&input->sniffed.layout);
  rows_start(rows, out);
  l->place = ret_bytes;
  if (database_select(input->database, input->table, columns, &e)) {
    while (database_next(input->database, &row.value, &row.len, &e)) {
      add_row(&row, rows, out);
      for (guint i = 0; i < row.n; i++)
        *ret_bytes += row.len[i];
      if (out->lines % ROWS_PER_TICK == 0 && !load_tick(l))
        break;
    }
  }
  l->place = NULL;
  if (e == NULL && out->lines == 0)
    loader_file(l, input)->note = g_strdup("the table is empty");
  rows_free(rows);
  g_ptr_array_unref(columns);
  if (e == NULL)
    return TRUE;
  g_propagate_error(error, e);
  return FALSE;
}
