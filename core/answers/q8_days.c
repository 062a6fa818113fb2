/* Question 8: days outside their band, days without rows, rows that stand there twice. */
#include "core/answers/q8.h"

#include <math.h>
#include <string.h>

#include "core/flags/dayvolume.h"

#define DUPLICATE_DAYS 50 /* that the table lists */

/* --- days outside the band ---------------------------------------------------------------------
 */

enum {
  DAY_DATE,
  DAY_WEEKDAY,
  DAY_COHORT,
  DAY_WHO,
  DAY_HITS,
  DAY_SIDE,
  DAY_MIDDLE,
  DAY_EDGE,
  DAY_USERS,
  DAY_TOP_USER,
  DAY_TOP_SHARE,
  DAY_SITE,
};

static const AnswerColumn day_columns[] = {
    {"date", "day", CELL_DATE, 0, "The day.", COLUMN_PLAIN},
    {"weekday", "weekday", CELL_TEXT, 0, "Its weekday.", COLUMN_PLAIN},
    {"cohort", "id", CELL_TEXT, 0, "Id of the cohort; blank for the whole site.", COLUMN_PLAIN},
    {"whose", "whose", CELL_TEXT, 0, "The whole site, or the cohort while its class ran.",
     COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits of that day.", COLUMN_PLAIN},
    {"side", "side", CELL_TEXT, 0, "above or below the band.", COLUMN_PLAIN},
    {"middle", "usual", CELL_REAL, 0,
     "Exponentially weighted mean of the days of that sort (busy or quiet weekdays) before it, "
     "span "
     "30.",
     COLUMN_PLAIN},
    {"edge", "edge", CELL_REAL, 0, "End of the band: 3.5 deviations from that mean.", COLUMN_PLAIN},
    {"users", "users", CELL_INT, 0, "Distinct users of that day.", COLUMN_PLAIN},
    {"top_user", "top user", CELL_TEXT, 0, "The user with most of its hits.", COLUMN_USER},
    {"top_share", "share", CELL_SHARE, 0, "Share of the hits that this user made.", COLUMN_PLAIN},
    {"site_too", "site too", CELL_BOOL, 0,
     "Yes when the whole site was outside its band that day, in the same direction.", COLUMN_PLAIN},
    {NULL}};

static AnswerLink *day_link(const Dataset *ds, const DayOutlier *d)
{
  CivilDay day = ds->log->first_day + (CivilDay)d->day;
  if (d->cohort == COHORT_NONE)
    return answer_link_days("users", day, day, NULL);
  char scope[CIVIL_BUF + 8];
  g_snprintf(scope, sizeof scope, "time=%s", DAY_TEXT(day));
  return answer_link_key("users", ds, DIM_COHORT, d->cohort, scope);
}

static void day_row(AnswerTable *at, const Dataset *ds, const DayOutlier *d)
{
  Table *t = at->table;
  CivilDay day = ds->log->first_day + (CivilDay)d->day;
  answer_row(at, day_link(ds, d));
  table_set_int(t, DAY_DATE, day);
  table_set_text(t, DAY_WEEKDAY, civil_weekday_name(civil_weekday(day)));
  table_set_text(t, DAY_COHORT, cohort_id_text(ds, d->cohort));
  table_set_text(t, DAY_WHO,
                 d->cohort == COHORT_NONE ? "the whole site" : cohort_text(ds, d->cohort));
  table_set_int(t, DAY_HITS, d->hits);
  table_set_text(t, DAY_SIDE, d->above ? "above" : "below");
  table_set_real(t, DAY_MIDDLE, d->mid);
  table_set_real(t, DAY_EDGE, d->edge);
  table_set_int(t, DAY_USERS, d->users);
  if (d->hits > 0) {
    table_set_text(t, DAY_TOP_USER, user_text(ds, d->top_user));
    table_set_real(t, DAY_TOP_SHARE, d->top_hits / (double)d->hits);
  }
  table_set_int(t, DAY_SITE, d->site_too);
}

/* How far outside, in deviations. */
static double deviations(const DayOutlier *d)
{
  return d->sd > 0 ? fabs(d->hits - d->mid) / d->sd : G_MAXDOUBLE;
}

static void say_days(Answer *a, const Dataset *ds, const DayVolume *v)
{
  guint site = 0, above = 0;
  const DayOutlier *most = NULL;
  for (guint i = 0; i < v->n; i++) {
    const DayOutlier *d = &v->days[i];
    site += d->cohort == COHORT_NONE;
    above += d->cohort == COHORT_NONE && d->above;
    if (d->cohort == COHORT_NONE && (!most || deviations(d) > deviations(most)))
      most = d;
  }
  char *furthest =
      most ? g_strdup_printf(" Furthest from it was %s: %s by %s, where about %s were usual.",
                             DAY_TEXT(ds->log->first_day + (CivilDay)most->day),
                             COUNT_TEXT(most->hits, "hit", "hits"),
                             COUNT_TEXT(most->users, "user", "users"), REAL_TEXT(most->mid, 0))
           : g_strdup("");
  answer_finding(a, most ? day_link(ds, most) : NULL,
                 "The whole site was outside its usual volume on %s (%s above, %s below), single "
                 "classes %s.%s",
                 COUNT_TEXT(site, "day", "days"), N_TEXT(above), N_TEXT(site - above),
                 COUNT_TEXT(v->n - site, "time", "times"), furthest);
  g_free(furthest);
}

/* --- gaps --------------------------------------------------------------------------------------
 */

enum { GAP_FROM, GAP_TO, GAP_DAYS, GAP_EXPECTED, GAP_BEFORE, GAP_AFTER };

static const AnswerColumn gap_columns[] = {
    {"from", "from", CELL_DATE, 0, "First day without a row.", COLUMN_PLAIN},
    {"to", "to", CELL_DATE, 0, "Last day without a row.", COLUMN_PLAIN},
    {"days", "days", CELL_INT, 0, "Days in a row without a single row.", COLUMN_PLAIN},
    {"expected", "expected", CELL_REAL, 0, "Hits that the days before let expect.", COLUMN_PLAIN},
    {"last_before", "last before", CELL_TIME, 0, "Time of the last row before it.", COLUMN_PLAIN},
    {"first_after", "first after", CELL_TIME, 0, "Time of the first row after it.", COLUMN_PLAIN},
    {NULL}};

static void gaps(Answer *a, const Dataset *ds, const DayVolume *v)
{
  if (v->n_gaps == 0) {
    answer_note(a, "The log has no gap: no day without a row on which rows were to be expected.");
    return;
  }
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "log_gaps",
                                "Days without a row, where rows were to be expected", gap_columns);
  const LogGap *most = &v->gaps[0];
  for (guint i = 0; i < v->n_gaps; i++) {
    const LogGap *g = &v->gaps[i];
    answer_row(t, answer_link_days("overview", g->from - 1, g->to + 1, NULL));
    table_set_int(t->table, GAP_FROM, g->from);
    table_set_int(t->table, GAP_TO, g->to);
    table_set_int(t->table, GAP_DAYS, g->to - g->from + 1);
    table_set_real(t->table, GAP_EXPECTED, g->expected);
    table_set_int(t->table, GAP_BEFORE, g->before);
    table_set_int(t->table, GAP_AFTER, g->after);
    most = g->expected > most->expected ? g : most;
  }
  answer_finding(a, NULL,
                 "The log has %s without a single row on days that were to have some; the largest "
                 "is %s to %s, where about %s hits were to be expected.",
                 COUNT_TEXT(v->n_gaps, "gap", "gaps"), DAY_TEXT(most->from), DAY_TEXT(most->to),
                 REAL_TEXT(most->expected, 0));
}

/* --- duplicate rows ----------------------------------------------------------------------------
 */

typedef struct {
  CivilDay day;
  guint32 copies, users;
} DuplicateDay;

static gboolean is_same_row(const AccessLog *log, guint32 x, guint32 y)
{
  return log->time[x] == log->time[y] && log->user[x] == log->user[y] &&
         log->path[x] == log->path[y] && log->cohort[x] == log->cohort[y] &&
         log->ip[x] == log->ip[y] && (!log->agent || log->agent[x] == log->agent[y]);
}

static int compare_days(gconstpointer a, gconstpointer b)
{
  const DuplicateDay *x = a, *y = b;
  return x->copies != y->copies ? (x->copies > y->copies ? -1 : 1) : x->day < y->day ? -1 : 1;
}

/* Whether the row repeats an earlier one of the same second. */
static gboolean is_copy(const AccessLog *log, guint32 row)
{
  for (guint32 k = row; k-- > 0 && log->time[k] == log->time[row];)
    if (is_same_row(log, k, row))
      return TRUE;
  return FALSE;
}

static GArray *count_duplicates(const AccessLog *log, guint64 *ret_copies)
{
  GArray *days = g_array_new(FALSE, TRUE, sizeof(DuplicateDay));
  guint32 *seen = g_new0(guint32, (gsize)strpool_count(log->users) + 1);
  *ret_copies = 0;
  for (guint32 row = 1; row < log->n_rows; row++) {
    CivilDay day = civil_day_of(log->time[row]);
    if (log->time[row] != log->time[row - 1] || !is_copy(log, row))
      continue;
    if (days->len == 0 || g_array_index(days, DuplicateDay, days->len - 1).day != day) {
      DuplicateDay d = {.day = day};
      g_array_append_val(days, d);
    }
    DuplicateDay *d = &g_array_index(days, DuplicateDay, days->len - 1);
    d->copies++;
    d->users += seen[log->user[row]] != days->len;
    seen[log->user[row]] = days->len;
    (*ret_copies)++;
  }
  g_free(seen);
  g_array_sort(days, compare_days);
  return days;
}

enum { COPY_DAY, COPY_ROWS, COPY_USERS };

static const AnswerColumn copy_columns[] = {
    {"date", "day", CELL_DATE, 0, "The day.", COLUMN_PLAIN},
    {"copies", "copies", CELL_INT, 0,
     "Rows that repeat another row of the same second in every field.", COLUMN_PLAIN},
    {"users", "users", CELL_INT, 0, "Distinct users of these rows.", COLUMN_PLAIN},
    {NULL}};

static void duplicates(Answer *a, const Dataset *ds)
{
  guint64 copies;
  GArray *days = count_duplicates(ds->log, &copies);
  if (copies == 0) {
    answer_note(a, "No row stands in the log twice.");
  } else {
    const DuplicateDay *most = &g_array_index(days, DuplicateDay, 0);
    answer_finding(a, answer_link_days("users", most->day, most->day, NULL),
                   "%s (%s of all) repeat another row of the same second in every field; most of "
                   "them, %s, on %s.",
                   COUNT_TEXT(copies, "row", "rows"), SHARE_TEXT((double)copies / ds->log->n_rows),
                   N_TEXT(most->copies), DAY_TEXT(most->day));
    AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "duplicate_rows",
                                  "Days with most rows that stand there twice", copy_columns);
    for (guint i = 0; i < MIN(days->len, DUPLICATE_DAYS); i++) {
      const DuplicateDay *d = &g_array_index(days, DuplicateDay, i);
      answer_row(t, answer_link_days("users", d->day, d->day, NULL));
      table_set_int(t->table, COPY_DAY, d->day);
      table_set_int(t->table, COPY_ROWS, d->copies);
      table_set_int(t->table, COPY_USERS, d->users);
    }
  }
  g_array_unref(days);
}

void q8_days(Answer *a, const Study *study)
{
  const Dataset *ds = study->ds;
  DayVolume *v = day_volume_new(study, NULL);
  say_days(a, ds, v);
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "days_outside_the_band",
                                "Days far outside the usual volume", day_columns);
  for (guint i = 0; i < v->n; i++)
    day_row(t, ds, &v->days[i]);
  gaps(a, ds, v);
  duplicates(a, ds);
  day_volume_free(v);
}
