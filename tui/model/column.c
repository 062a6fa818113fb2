/* Columns of the linked panes. */
#include "tui/model/column.h"

#define NOT N_MEASURES

/* clang-format off */
static const ColumnInfo table[N_COLUMNS] = {
  /*                  name        title     type              w  measure           pro coh les usr ip */
  [COLUMN_LABEL]   = {"name",     "",       COLUMN_IS_TEXT,  12, NOT,              {1, 1, 1, 1, 1},
    "What the rows are grouped by."},
  [COLUMN_COHORT]  = {"cohort",   "cohort", COLUMN_IS_TEXT,  12, NOT,              {0, 0, 0, 3, 0},
    "The cohort with most of this user's hits over the whole log; + when the user has several."},
  [COLUMN_PROGRAM] = {"program",  "program", COLUMN_IS_TEXT, 15, NOT,              {0, 9, 0, 0, 0},
    "Program of the cohort, from the cohort table."},
  [COLUMN_KIND]    = {"kind",     "kind",   COLUMN_IS_TEXT,   7, NOT,              {0, 0, 0, 0, 0},
    "Sort of page: lesson, home, toc, search, asset, probe, ... A stray is a typing error or a draft."},
  [COLUMN_HITS]    = {"hits",     "hits",   COLUMN_IS_COUNT,  9, MEASURE_HITS,     {2, 2, 2, 2, 2},
    "Rows of the log in this scope."},
  [COLUMN_USERS]   = {"users",    "users",  COLUMN_IS_COUNT,  6, MEASURE_USERS,    {3, 3, 3, 0, 3},
    "Distinct user ids with at least one hit in this scope."},
  [COLUMN_PER_USER]= {"per-user", "h/user", COLUMN_IS_REAL,   7, MEASURE_PER_USER, {7, 7, 6, 0, 0},
    "Hits divided by users."},
  [COLUMN_LESSONS] = {"lessons",  "lessons", COLUMN_IS_COUNT, 8, MEASURE_LESSONS,  {6, 6, 0, 5, 6},
    "Distinct lessons (pages of kind lesson) opened in this scope."},
  [COLUMN_SHARE]   = {"share",    "share",  COLUMN_IS_SHARE,  6, MEASURE_SHARE,    {4, 5, 4, 9, 5},
    "Hits of this row as a share of all hits of the scope."},
  [COLUMN_LIFT]    = {"lift",     "lift",   COLUMN_IS_REAL,   5, MEASURE_LIFT,     {0, 0, 7, 0, 0},
    "Share here over the share without cohort, user and IP filters. 2.0 = twice as much as elsewhere."},
  [COLUMN_DAYS]    = {"days",     "days",   COLUMN_IS_COUNT,  5, MEASURE_DAYS,     {0, 8, 8, 6, 7},
    "Distinct days with at least one hit in this scope."},
  [COLUMN_IPS]     = {"ips",      "ips",    COLUMN_IS_COUNT,  5, MEASURE_IPS,      {0, 0, 0, 7, 0},
    "Distinct addresses in this scope."},
  [COLUMN_COHORTS] = {"cohorts",  "cohorts", COLUMN_IS_COUNT, 7, MEASURE_COHORTS,  {5, 0, 5, 0, 8},
    "Distinct cohorts in this scope, of the rows that have one."},
  [COLUMN_START]   = {"start",    "start",  COLUMN_IS_DATE,  10, NOT,              {0, 4, 0, 0, 0},
    "First day of the class, from the cohort table."},
  [COLUMN_END]     = {"end",      "end",    COLUMN_IS_DATE,  10, NOT,              {0, 10, 0, 0, 0},
    "Last day of the class (it belongs to the class), from the cohort table."},
  [COLUMN_FIRST]   = {"first",    "first",  COLUMN_IS_DATE,  10, MEASURE_FIRST,    {0, 0, 10, 10, 9},
    "Day of the first hit in this scope."},
  [COLUMN_LAST]    = {"last",     "last",   COLUMN_IS_DATE,  10, MEASURE_LAST,     {8, 11, 9, 4, 4},
    "Day of the last hit in this scope."},
  [COLUMN_QUIET]   = {"quiet",    "quiet",  COLUMN_IS_COUNT,  6, MEASURE_LAST,     {0, 0, 0, 8, 0},
    "Days from the last hit in this scope to the end of the log."},
  [COLUMN_WEEK]    = {"week",     "week",   COLUMN_IS_COUNT,  5, NOT,              {0, 0, 0, 0, 0},
    "Hits of this student in the running course week, so far. In classes that run on the last day of the log."},
  [COLUMN_CLASS_WEEK] = {"class-week", "class", COLUMN_IS_REAL, 6, NOT,          {0, 0, 0, 0, 0},
    "Median of `week` over the students of the class."},
  [COLUMN_EARLIER] = {"earlier",  "earlier", COLUMN_IS_REAL,  7, NOT,              {0, 0, 0, 0, 0},
    "Median of the program's earlier classes in that course week. The median of their medians, in the same days of the week."},
  [COLUMN_SPARK]   = {"trend",    "trend",  COLUMN_IS_SPARK, 12, NOT,              {9, 12, 3, 11, 10},
    "Hits per week (b: day, month, course week) over the time range of the scope, oldest at the left; each row on its own scale; with more weeks than cells a cell is their mean."},
};

/* Left to right on screen; how early a column gives way is its priority, not its place. */
static const ColumnId order[N_COLUMNS] = {
  COLUMN_LABEL, COLUMN_COHORT, COLUMN_KIND, COLUMN_START, COLUMN_END, COLUMN_HITS, COLUMN_USERS,
  COLUMN_PER_USER, COLUMN_LESSONS, COLUMN_SHARE, COLUMN_LIFT, COLUMN_DAYS, COLUMN_IPS,
  COLUMN_COHORTS, COLUMN_FIRST, COLUMN_LAST, COLUMN_QUIET, COLUMN_WEEK,
  COLUMN_CLASS_WEEK, COLUMN_EARLIER, COLUMN_PROGRAM, COLUMN_SPARK,
};
/* clang-format on */

ColumnId column_at(guint i)
{
  return order[i];
}

const ColumnInfo *column_info(ColumnId c)
{
  return &table[c];
}

gboolean column_parse(const char *name, ColumnId *ret)
{
  for (int c = 0; c < N_COLUMNS; c++)
    if (g_ascii_strcasecmp(table[c].name, name) == 0) {
      *ret = (ColumnId)c;
      return TRUE;
    }
  return FALSE;
}

gboolean column_applies(ColumnId c, PaneId pane)
{
  switch (c) {
  case COLUMN_COHORT:
  case COLUMN_WEEK:
  case COLUMN_CLASS_WEEK:
  case COLUMN_EARLIER:
    return pane == PANE_USERS;
  case COLUMN_START:
  case COLUMN_END:
  case COLUMN_PROGRAM:
    return pane == PANE_COHORTS;
  case COLUMN_KIND:
    return pane == PANE_LESSONS;
  case COLUMN_USERS:
  case COLUMN_PER_USER:
    return pane != PANE_USERS;
  case COLUMN_COHORTS:
    return pane != PANE_COHORTS;
  case COLUMN_LESSONS:
    return pane != PANE_LESSONS;
  case COLUMN_IPS:
    return pane != PANE_IPS;
  default:
    return TRUE;
  }
}

guint columns_fit(PaneId pane, int width, int label_width, guint32 shown, guint32 hidden,
                  const ColumnWidth *widths, ColumnId *ret, guint8 *ret_widths)
{
  guint32 chosen = 1u << COLUMN_LABEL;
  guint8 given[N_COLUMNS] = {0};
  int left = width - label_width;
  /* By priority: what the user asked for first, then 1, 2, 3, ... until nothing more fits. */
  for (guint round = 0; round <= N_COLUMNS; round++)
    for (guint i = 1; i < N_COLUMNS; i++) {
      ColumnId c = order[i];
      guint32 bit = 1u << c;
      gboolean asked = (shown & bit) != 0;
      gboolean now = round == 0 ? asked : !asked && table[c].priority[pane] == round;
      if (!now || (hidden & bit) || (chosen & bit) || !column_applies(c, pane))
        continue;
      int w = !widths                        ? table[c].width
              : widths[c].wanted + 1 <= left ? widths[c].wanted
                                             : widths[c].least;
      if (left < w + 1)
        continue;
      left -= w + 1;
      given[c] = (guint8)w;
      chosen |= bit;
    }
  guint n = 0;
  for (guint i = 0; i < N_COLUMNS; i++)
    if (chosen & (1u << order[i])) {
      if (ret_widths)
        ret_widths[n] = given[order[i]];
      ret[n++] = order[i];
    }
  return n;
}
