/* Keys of rows: the one place where a row becomes a group. Every scan runs through it, a block at
 * a time, so each dimension is one tight loop and no row pays for choosing among dimensions. */
#include "core/query/tables.h"

typedef struct {
  const Dataset *ds;
  const guint32 *rows; /* NULL: begin + i */
  guint32 begin, n;
  guint32 *ret;
} KeyBlock;

/* Runs `expr`, an expression of `row`, over the block; one loop for lists, one for runs. */
#define EACH_ROW(b, expr)                                                                          \
  do {                                                                                             \
    if ((b)->rows) {                                                                               \
      for (guint32 i_ = 0; i_ < (b)->n; i_++) {                                                    \
        guint32 row = (b)->rows[i_];                                                               \
        (b)->ret[i_] = (expr);                                                                     \
      }                                                                                            \
    } else {                                                                                       \
      for (guint32 i_ = 0; i_ < (b)->n; i_++) {                                                    \
        guint32 row = (b)->begin + i_;                                                             \
        (b)->ret[i_] = (expr);                                                                     \
      }                                                                                            \
    }                                                                                              \
  } while (0)

static void keys_program(const KeyBlock *b)
{
  const guint16 *cohort = b->ds->log->cohort;
  const guint8 *program = b->ds->tables->program;
  EACH_ROW(b, program[cohort[row]]);
}

static void keys_cohort(const KeyBlock *b)
{
  const guint16 *cohort = b->ds->log->cohort;
  EACH_ROW(b, cohort[row]);
}

static void keys_lesson(const KeyBlock *b)
{
  const guint32 *path = b->ds->log->path, *entry = b->ds->catalog->entry_of_path;
  EACH_ROW(b, entry[path[row]]);
}

static void keys_module(const KeyBlock *b)
{
  const guint32 *path = b->ds->log->path, *module = b->ds->tables->module;
  EACH_ROW(b, module[path[row]]);
}

static void keys_path(const KeyBlock *b)
{
  const guint32 *path = b->ds->log->path;
  EACH_ROW(b, path[row]);
}

static void keys_user(const KeyBlock *b)
{
  const guint32 *user = b->ds->log->user;
  EACH_ROW(b, user[row]);
}

static void keys_ip(const KeyBlock *b)
{
  const guint32 *ip = b->ds->log->ip;
  EACH_ROW(b, ip[row]);
}

static void keys_kind(const KeyBlock *b)
{
  const guint32 *path = b->ds->log->path;
  const guint8 *kind = b->ds->tables->kind;
  EACH_ROW(b, kind[path[row]]);
}

static void keys_phase(const KeyBlock *b)
{
  const guint16 *cohort = b->ds->log->cohort;
  const PhaseRows *phase = b->ds->tables->phase;
  EACH_ROW(b, tables_phase(&phase[cohort[row]], row));
}

/* Rows of a run are in time order: their days are filled from the day index, not computed. */
static void fill_run_of_days(const KeyBlock *b)
{
  const guint32 *start = b->ds->log->day_start;
  const DatasetTables *t = b->ds->tables;
  guint32 day = tables_day(t, b->ds->log->time[b->begin]);
  guint32 end = b->begin + b->n;
  for (guint32 row = b->begin; row < end; day++)
    for (guint32 stop = MIN(start[day + 1], end); row < stop; row++)
      b->ret[row - b->begin] = day;
}

/* Logs of less than 136 years, that is nearly all, get by with 32-bit seconds. */
static gboolean is_short(const Dataset *ds)
{
  return ds->log->n_days <= G_MAXUINT32 / 86400;
}

/* Rows of a list mostly ascend, and neighbours share their stretch (day or hour): as long as they
 * do the time itself is not read. `start` has the first row of each stretch of `seconds`. */
static void fill_list(const KeyBlock *b, const guint32 *start, guint32 seconds)
{
  CivilTime base = b->ds->tables->first_time;
  const CivilTime *time = b->ds->log->time;
  guint32 key = 0, begin = 0, len = 0;
  for (guint32 i = 0; i < b->n; i++) {
    guint32 row = b->rows[i];
    if (row - begin >= len) { /* rows before it too: the difference wraps */
      key = (guint32)((guint64)(time[row] - base) / seconds);
      begin = start[key];
      len = start[key + 1] - begin;
    }
    b->ret[i] = key;
  }
}

static void keys_day(const KeyBlock *b)
{
  if (b->rows)
    fill_list(b, b->ds->log->day_start, 86400);
  else
    fill_run_of_days(b);
}

static void keys_weekday(const KeyBlock *b)
{
  const guint8 *weekday = b->ds->tables->weekday;
  keys_day(b);
  for (guint32 i = 0; i < b->n; i++)
    b->ret[i] = weekday[b->ret[i]];
}

static void keys_week(const KeyBlock *b)
{
  const guint32 *week = b->ds->tables->week;
  keys_day(b);
  for (guint32 i = 0; i < b->n; i++)
    b->ret[i] = week[b->ret[i]];
}

static void keys_month(const KeyBlock *b)
{
  const guint32 *month = b->ds->tables->month;
  keys_day(b);
  for (guint32 i = 0; i < b->n; i++)
    b->ret[i] = month[b->ret[i]];
}

static void keys_hour(const KeyBlock *b)
{
  CivilTime base = b->ds->tables->first_time;
  const CivilTime *time = b->ds->log->time;
  const guint32 *start = b->ds->tables->hour_start;
  if (b->rows && start) {
    fill_list(b, start, 3600);
    for (guint32 i = 0; i < b->n; i++)
      b->ret[i] %= 24;
  } else if (is_short(b->ds))
    EACH_ROW(b, (guint32)(time[row] - base) / 3600 % 24);
  else
    EACH_ROW(b, (guint32)((guint64)(time[row] - base) / 3600 % 24));
}

static guint32 course_week(gint32 day, gint32 start)
{
  return day < start ? 0 : 1 + (guint32)(day - start) / 7;
}

static void keys_course_week(const KeyBlock *b)
{
  const guint16 *cohort = b->ds->log->cohort;
  const gint32 *start = b->ds->tables->start;
  keys_day(b);
  for (guint32 i = 0; i < b->n; i++) {
    guint32 row = b->rows ? b->rows[i] : b->begin + i;
    b->ret[i] = course_week((gint32)b->ret[i], start[cohort[row]]);
  }
}

static void keys_agent(const KeyBlock *b)
{
  const guint32 *agent = b->ds->log->agent;
  if (agent)
    EACH_ROW(b, agent[row]);
  else
    for (guint32 i = 0; i < b->n; i++)
      b->ret[i] = 0;
}

static void (*const keys_of[N_DIMENSIONS])(const KeyBlock *b) = {
    [DIM_PROGRAM] = keys_program, [DIM_COHORT] = keys_cohort,
    [DIM_LESSON] = keys_lesson,   [DIM_MODULE] = keys_module,
    [DIM_PATH] = keys_path,       [DIM_USER] = keys_user,
    [DIM_IP] = keys_ip,           [DIM_KIND] = keys_kind,
    [DIM_PHASE] = keys_phase,     [DIM_WEEKDAY] = keys_weekday,
    [DIM_HOUR] = keys_hour,       [DIM_DAY] = keys_day,
    [DIM_WEEK] = keys_week,       [DIM_MONTH] = keys_month,
    [DIM_AGENT] = keys_agent,     [DIM_COURSE_WEEK] = keys_course_week,
};

void dimension_keys(const Dataset *ds, Dimension d, const guint32 *rows, guint32 begin, guint32 n,
                    guint32 *ret_keys)
{
  if (n == 0)
    return;
  keys_of[d](&(KeyBlock){ds, rows, begin, n, ret_keys});
}

guint32 dimension_key(const Dataset *ds, Dimension d, guint32 row)
{
  guint32 key;
  dimension_keys(ds, d, NULL, row, 1, &key);
  return key;
}
