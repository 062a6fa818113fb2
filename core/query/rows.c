/* Rows: putting them in order and spelling them out. */
#include "core/query/rows.h"
#include "core/query/tables.h"

struct RowIter {
  const Dataset *ds;
  const Selection *sel;
  guint32 *order; /* row numbers by user, or NULL: as in the selection */
  guint32 next;
};

/* Rows sorted by user by counting: the rows of a selection come in time order and stay so. */
static guint32 *sort_by_user(const Dataset *ds, const Selection *sel)
{
  const guint32 *user = ds->log->user, *rank_of = dataset_user_order(ds);
  gsize n_users = ds->tables->n_users;
  guint32 *place = g_new0(guint32, n_users + 1), *order = g_new(guint32, MAX(sel->n, 1));
  for (guint32 i = 0; i < sel->n; i++)
    place[rank_of[user[selection_row(sel, i)]] + 1]++;
  for (gsize u = 0; u < n_users; u++)
    place[u + 1] += place[u];
  for (guint32 i = 0; i < sel->n; i++) {
    guint32 row = selection_row(sel, i);
    order[place[rank_of[user[row]]]++] = row;
  }
  g_free(place);
  return order;
}

RowIter *rows_open(const Dataset *ds, const Selection *sel, RowOrder order)
{
  RowIter *it = g_new0(RowIter, 1);
  it->ds = ds;
  it->sel = sel;
  if (order == ROWS_BY_USER)
    it->order = sort_by_user(ds, sel);
  return it;
}

void rows_close(RowIter *it)
{
  if (!it)
    return;
  g_free(it->order);
  g_free(it);
}

guint32 rows_count(const RowIter *it)
{
  return it->sel->n;
}

guint32 rows_number(const RowIter *it, guint32 place)
{
  return it->order ? it->order[place] : selection_row(it->sel, place);
}

gboolean rows_next(RowIter *it, RowView *ret)
{
  if (it->next >= it->sel->n)
    return FALSE;
  rows_view(it->ds, rows_number(it, it->next++), ret);
  return TRUE;
}

void rows_view(const Dataset *ds, guint32 row, RowView *ret)
{
  const AccessLog *log = ds->log;
  const DatasetTables *t = ds->tables;
  guint16 cohort = log->cohort[row];
  guint32 path = log->path[row], entry = ds->catalog->entry_of_path[path];
  guint8 program = t->program[cohort];
  char unused[CIVIL_BUF]; /* these texts are all stored, none is written */
  *ret = (RowView){
      .row = row,
      .time = log->time[row],
      .path = dimension_text(ds, DIM_PATH, path, unused),
      .lesson = dimension_text(ds, DIM_LESSON, entry, unused),
      .kind = kind_name((Kind)t->kind[path]),
      .module = dimension_text(ds, DIM_MODULE, t->module[path], unused),
      .user = dimension_text(ds, DIM_USER, log->user[row], unused),
      .cohort = dimension_text(ds, DIM_COHORT, cohort, unused),
      .cohort_name = dimension_name(ds, DIM_COHORT, cohort),
      .program = dimension_text(ds, DIM_PROGRAM, program, unused),
      .program_name = dimension_name(ds, DIM_PROGRAM, program),
      .phase = phase_name((Phase)tables_phase(&t->phase[cohort], row)),
      .ip = dimension_text(ds, DIM_IP, log->ip[row], unused),
      .agent = dimension_text(ds, DIM_AGENT, log->agent ? log->agent[row] : 0, unused),
  };
}

/* --- columns ---------------------------------------------------------------------------------- */

typedef struct {
  RowColumnInfo info;
  gsize offset; /* of the text in RowView */
} RowColumnRow;

static const RowColumnRow columns[N_ROW_COLUMNS] = {
    [ROW_TIME] = {{"time", "time", "Time of the hit on the log's own clock."}, 0},
    [ROW_PATH] = {{"path", "path", "Path as it stands in the log."},
                  G_STRUCT_OFFSET(RowView, path)},
    [ROW_LESSON] = {{"lesson", "lesson", "Canonical name of the page, of every kind."},
                    G_STRUCT_OFFSET(RowView, lesson)},
    [ROW_KIND] = {{"kind", "kind",
                   "What the path is: lesson, home, toc, search, asset, probe, stray or missing."},
                  G_STRUCT_OFFSET(RowView, kind)},
    [ROW_MODULE] = {{"module", "module", "First part of the canonical name of the page."},
                    G_STRUCT_OFFSET(RowView, module)},
    [ROW_USER] = {{"user", "user", "User id as it stands in the log."},
                  G_STRUCT_OFFSET(RowView, user)},
    [ROW_COHORT] = {{"cohort", "cohort id", "Id of the cohort that the row carries."},
                    G_STRUCT_OFFSET(RowView, cohort)},
    [ROW_COHORT_NAME] = {{"cohort_name", "cohort", "Name of the cohort that the row carries."},
                         G_STRUCT_OFFSET(RowView, cohort_name)},
    [ROW_PROGRAM] = {{"program", "program", "Id of the program of that cohort."},
                     G_STRUCT_OFFSET(RowView, program)},
    [ROW_PHASE] = {{"phase", "phase",
                    "Where the day lies by that cohort's dates: before, class, after; or staff, "
                    "undated, none."},
                   G_STRUCT_OFFSET(RowView, phase)},
    [ROW_IP] = {{"ip", "IP", "Address the request came from."}, G_STRUCT_OFFSET(RowView, ip)},
    [ROW_AGENT] = {{"agent", "agent", "User agent as it stands in the log."},
                   G_STRUCT_OFFSET(RowView, agent)},
};

const RowColumnInfo *row_column_info(RowColumn c)
{
  return &columns[c].info;
}

const char *row_column_text(const RowView *v, RowColumn c, char *buf)
{
  if (c == ROW_TIME)
    return civil_format(v->time, 'T', buf);
  return G_STRUCT_MEMBER(const char *, v, columns[c].offset);
}
