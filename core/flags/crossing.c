/* Crossing: who reads the other track, counted in one pass over the rows of each student. */
#include "core/flags/crossing.h"

#include <math.h>
#include <string.h>

#define FETCH_AHEAD 24

void cross_options_init(CrossOptions *o)
{
  *o = (CrossOptions){
      .lessons = 3, .days = 90, .reach = 0.8, .runs = 9999, .seed = 1, .p = 0.01, .fall = 0.5};
}

/* --- lessons -----------------------------------------------------------------------------------
 */

int cross_track_of(const Study *study, guint32 user, gboolean probable, CrossWho *ret_who)
{
  const CohortTable *t = study->ds->log->cohorts;
  gboolean several;
  int track = people_only_track(study->people, user, &several);
  CrossWho who = study->people->staff[user] ? CROSS_WHO_STAFF
                 : several                  ? CROSS_WHO_SEVERAL
                 : study->is_probable[user] ? CROSS_WHO_PROBABLE
                 : track < 0                ? CROSS_WHO_UNKNOWN
                                            : CROSS_WHO_STUDENT;
  if (who == CROSS_WHO_PROBABLE && probable) {
    track = cohort_table_track(t, cohort_table_get(t, study->cohort_of_user[user])->program);
    who = track < 0 ? CROSS_WHO_UNKNOWN : CROSS_WHO_STUDENT;
  }
  if (ret_who)
    *ret_who = who;
  return who == CROSS_WHO_STUDENT ? track : -1;
}

/* Known students of each track, and how many of them opened each entry; by entry and track. */
static guint32 *count_readers(const Study *study, guint32 *ret_students)
{
  const Catalog *catalog = study->ds->catalog;
  guint n_tracks = study->homes->n_tracks;
  guint32 *readers = g_new0(guint32, (gsize)catalog->n_entries * n_tracks + 1);
  guint32 *seen = g_new0(guint32, (gsize)catalog->n_entries + 1); /* 1 + the last user */
  for (guint32 u = 0; u < study->people->n_users; u++) {
    int track = cross_track_of(study, u, FALSE, NULL);
    if (track < 0)
      continue;
    ret_students[track]++;
    for (guint32 i = study->pages->start[u]; i < study->pages->start[u + 1]; i++) {
      guint32 entry = study->pages->entry[i];
      if (seen[entry] != u + 1)
        readers[(gsize)entry * n_tracks + (guint)track]++;
      seen[entry] = u + 1;
    }
  }
  g_free(seen);
  return readers;
}

/* The track in which each entry is clearly at home, or -1; free with g_free. */
static int *clear_homes(const Study *study, double reach)
{
  const Homes *h = study->homes;
  guint32 *students = g_new0(guint32, h->n_tracks + 1);
  guint32 *readers = count_readers(study, students);
  int *clear = g_new0(int, (gsize)h->n_entries + 1);
  for (guint32 e = 0; e < h->n_entries; e++) {
    int home = h->entries[e].track;
    double sum = 0, own = 0;
    for (guint t = 0; home >= 0 && t < h->n_tracks; t++) {
      double share = readers[(gsize)e * h->n_tracks + t] / (double)MAX(1, students[t]);
      sum += share;
      own = (int)t == home ? share : own;
    }
    /* what the user has said needs no readers */
    clear[e] = home >= 0 && (h->entries[e].set_by_user || own >= reach * sum) ? home : -1;
  }
  g_free(students);
  g_free(readers);
  return clear;
}

/* Lessons at home in a track, month by month: a difference array of their lives. */
static void count_live(Crossing *c, const Study *study, const int *home, int first_month)
{
  const AccessLog *log = study->ds->log;
  const Catalog *catalog = study->ds->catalog;
  guint32 *first = g_new(guint32, (gsize)catalog->n_entries + 1);
  guint32 *last = g_new0(guint32, (gsize)catalog->n_entries + 1);
  memset(first, 0xff, ((gsize)catalog->n_entries + 1) * sizeof *first);
  for (guint32 row = 0; row < log->n_rows; row++) {
    guint32 entry = catalog->entry_of_path[log->path[row]];
    first[entry] = MIN(first[entry], row);
    last[entry] = row;
  }
  for (guint d = 0; d < c->n_directions; d++) {
    CrossDirection *dir = &c->directions[d];
    for (guint32 e = 0; e < catalog->n_entries; e++) {
      if (home[e] != dir->to || first[e] == G_MAXUINT32)
        continue;
      dir->lessons++;
      int from = civil_month_of(civil_day_of(log->time[first[e]])) - first_month;
      int to = civil_month_of(civil_day_of(log->time[last[e]])) - first_month;
      for (int m = from; m <= to; m++)
        dir->months[m].live++;
    }
  }
  g_free(first);
  g_free(last);
}

/* --- students ----------------------------------------------------------------------------------
 */

/* Working space of one pass. */
typedef struct {
  Crossing *c;
  const Study *study;
  int first_month;
  int *home;                       /* by entry: see clear_homes */
  guint32 *seen_ever, *seen_month; /* by entry: stamps */
  guint32 *in_window;              /* by entry: hits within the days that slide along */
  guint32 stamp;
  GArray *crossers;
} Pass;

/* Counts a user who does not take part. */
static void count_left_out(Crossing *c, CrossWho who, guint32 rows)
{
  c->n_left_out[who] += rows > 0;
  c->left_out_rows[who] += rows;
}

/* Ends a month of a student in a direction. */
static void settle_month(Pass *p, CrossDirection *dir, Crosser *s, int month, guint32 distinct)
{
  if (distinct < p->c->options.lessons)
    return;
  dir->months[month].crossing++;
  s->months++;
}

/* The days in which the student read most of the other track. */
static void find_densest(Pass *p, Crosser *s)
{
  const AccessLog *log = p->study->ds->log;
  const guint32 *entry_of = p->study->ds->catalog->entry_of_path;
  const guint32 *rows = &g_array_index(p->c->rows, guint32, s->first_row);
  CivilTime span = (CivilTime)p->c->options.days * CIVIL_DAY;
  guint32 begin = 0, distinct = 0;
  for (guint32 i = 0; i < s->hits; i++) {
    distinct += p->in_window[entry_of[log->path[rows[i]]]]++ == 0;
    while (log->time[rows[i]] - log->time[rows[begin]] >= span)
      distinct -= --p->in_window[entry_of[log->path[rows[begin++]]]] == 0;
    s->densest = MAX(s->densest, distinct);
  }
  for (; begin < s->hits; begin++)
    p->in_window[entry_of[log->path[rows[begin]]]]--;
}

/* One student in one direction. */
static void read_direction(Pass *p, guint32 user, guint d)
{
  const AccessLog *log = p->study->ds->log;
  const Catalog *catalog = p->study->ds->catalog;
  CrossDirection *dir = &p->c->directions[d];
  Crosser s = {.user = user, .direction = d, .first_row = p->c->rows->len};
  int month = -1;
  guint32 distinct = 0, ever = ++p->stamp, now = ever;
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
    guint32 ahead = log->rows_by_user[MIN(i + FETCH_AHEAD, log->n_rows - 1)];
    __builtin_prefetch(&log->path[ahead]);
    guint32 row = log->rows_by_user[i], entry = catalog->entry_of_path[log->path[row]];
    if (p->home[entry] != dir->to)
      continue;
    int m = civil_month_of(civil_day_of(log->time[row])) - p->first_month;
    if (m != month) {
      if (month >= 0)
        settle_month(p, dir, &s, month, distinct);
      month = m;
      distinct = 0;
      now = ++p->stamp;
    }
    distinct += p->seen_month[entry] != now;
    p->seen_month[entry] = now;
    s.lessons += p->seen_ever[entry] != ever;
    p->seen_ever[entry] = ever;
    dir->months[m].hits++;
    s.first = s.hits++ == 0 ? log->time[row] : s.first;
    s.last = log->time[row];
    g_array_append_val(p->c->rows, row);
  }
  if (month >= 0)
    settle_month(p, dir, &s, month, distinct);
  find_densest(p, &s);
  if (s.densest >= p->c->options.lessons)
    g_array_append_val(p->crossers, s);
  else
    g_array_set_size(p->c->rows, (guint)s.first_row);
}

static void count_active(Pass *p, guint32 user, int track)
{
  const AccessLog *log = p->study->ds->log;
  CivilTime end = CIVIL_NONE; /* of the month counted last: rows of a user are in order of time */
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
    CivilTime t = log->time[log->rows_by_user[i]];
    if (end != CIVIL_NONE && t < end)
      continue;
    int month = civil_month_of(civil_day_of(t));
    end = civil_day_start(civil_month_start(month + 1));
    for (guint d = 0; d < p->c->n_directions; d++)
      if (p->c->directions[d].from == track)
        p->c->directions[d].months[month - p->first_month].active++;
  }
}

static void read_students(Pass *p)
{
  const AccessLog *log = p->study->ds->log;
  for (guint32 u = 0; u < p->study->people->n_users; u++) {
    guint32 rows = log->user_start[u + 1] - log->user_start[u];
    CrossWho who;
    int track = cross_track_of(p->study, u, p->c->options.probable, &who);
    if (track < 0)
      count_left_out(p->c, who, rows);
    if (track < 0 || rows == 0)
      continue;
    count_active(p, u, track);
    for (guint d = 0; d < p->c->n_directions; d++)
      if (p->c->directions[d].from == track) {
        p->c->directions[d].students++;
        read_direction(p, u, d);
      }
  }
}

/* --- the change --------------------------------------------------------------------------------
 */

/* Months without active students, or without lessons to read on the other side, say nothing: the
 * search goes over the others, whose places are put back into those of all months. */
static void find_change(const Crossing *c, CrossDirection *dir)
{
  guint32 *events = g_new0(guint32, dir->n_months);
  double *exposure = g_new0(double, dir->n_months);
  guint *place = g_new0(guint, dir->n_months);
  guint n = 0;
  for (guint m = 0; m < dir->n_months; m++) {
    const CrossMonth *month = &dir->months[m];
    dir->student_months += month->active;
    dir->crossing_months += month->crossing;
    if (month->active == 0 || month->live < c->options.lessons)
      continue;
    events[n] = month->crossing;
    exposure[n] = month->active;
    place[n++] = m;
  }
  ChangeRequest req = {.events = events,
                       .exposure = exposure,
                       .n = n,
                       .direction = CHANGE_FALL,
                       .runs = c->options.runs,
                       .seed = c->options.seed};
  dir->verdict = CROSS_NO_EVENTS;
  if (c->options.runs > 0 && changepoint_find(&req, &dir->change)) {
    dir->change.split = place[dir->change.split];
    dir->change.low = place[dir->change.low];
    dir->change.high = place[dir->change.high];
    dir->verdict = dir->change.p < c->options.p && dir->change.fall >= c->options.fall
                       ? CROSS_FELL
                       : CROSS_NO_CHANGE;
  }
  g_free(events);
  g_free(exposure);
  g_free(place);
}

/* What each crosser read from the month of the change on. */
static void count_after(Pass *p)
{
  const AccessLog *log = p->study->ds->log;
  const Catalog *catalog = p->study->ds->catalog;
  for (guint i = 0; i < p->crossers->len; i++) {
    Crosser *s = &g_array_index(p->crossers, Crosser, i);
    const CrossDirection *dir = &p->c->directions[s->direction];
    if (dir->verdict != CROSS_FELL)
      continue;
    CivilTime from = civil_day_start(civil_month_start(p->first_month + (int)dir->change.split));
    guint32 now = ++p->stamp;
    for (guint32 k = 0; k < s->hits; k++) {
      guint32 row = g_array_index(p->c->rows, guint32, s->first_row + k);
      guint32 entry = catalog->entry_of_path[log->path[row]];
      if (log->time[row] < from)
        continue;
      s->hits_after++;
      s->lessons_after += p->seen_month[entry] != now;
      p->seen_month[entry] = now;
    }
  }
}

/* --- life --------------------------------------------------------------------------------------
 */

/* Directions between tracks that have lessons of their own. */
static void make_directions(Crossing *c, const Study *study, guint n_months, int first_month)
{
  const AccessLog *log = study->ds->log;
  guint n_tracks = log->cohorts->tracks->len;
  guint8 *has = g_new0(guint8, n_tracks + 1);
  for (guint32 e = 0; e < study->homes->n_entries; e++)
    if (study->homes->entries[e].track >= 0)
      has[study->homes->entries[e].track] = 1;
  GArray *list = g_array_new(FALSE, TRUE, sizeof(CrossDirection));
  for (guint a = 0; a < n_tracks; a++)
    for (guint b = 0; b < n_tracks; b++)
      if (a != b && has[a] && has[b]) {
        CrossDirection d = {.from = (int)a, .to = (int)b, .n_months = n_months};
        d.months = g_new0(CrossMonth, n_months);
        for (guint m = 0; m < n_months; m++)
          d.months[m].month = first_month + (int)m;
        g_array_append_val(list, d);
      }
  g_free(has);
  c->n_directions = list->len;
  c->directions = (CrossDirection *)(void *)g_array_free(list, FALSE);
}

static int compare_crossers(gconstpointer a, gconstpointer b)
{
  const Crosser *x = a, *y = b;
  if (x->densest != y->densest)
    return x->densest > y->densest ? -1 : 1;
  if (x->user != y->user)
    return x->user < y->user ? -1 : 1;
  return x->direction < y->direction ? -1 : x->direction > y->direction;
}

static void run(Crossing *c, const Study *study)
{
  const AccessLog *log = study->ds->log;
  CivilDay last = log->first_day + (CivilDay)log->n_days - 1;
  gsize n_entries = (gsize)study->ds->catalog->n_entries + 1;
  Pass p = {.c = c, .study = study, .first_month = civil_month_of(log->first_day)};
  p.seen_ever = g_new0(guint32, n_entries);
  p.seen_month = g_new0(guint32, n_entries);
  p.in_window = g_new0(guint32, n_entries);
  p.home = clear_homes(study, c->options.reach);
  p.crossers = g_array_new(FALSE, FALSE, sizeof(Crosser));
  make_directions(c, study, (guint)(civil_month_of(last) - p.first_month) + 1, p.first_month);
  count_live(c, study, p.home, p.first_month);
  read_students(&p);
  for (guint d = 0; d < c->n_directions; d++)
    find_change(c, &c->directions[d]);
  count_after(&p);
  g_array_sort(p.crossers, compare_crossers);
  c->n = p.crossers->len;
  for (guint i = 0; i < c->n; i++)
    c->directions[g_array_index(p.crossers, Crosser, i).direction].crossers++;
  c->crossers = (Crosser *)(void *)g_array_free(p.crossers, FALSE);
  g_free(p.seen_ever);
  g_free(p.seen_month);
  g_free(p.in_window);
  g_free(p.home);
}

Crossing *crossing_new(const Study *study, const CrossOptions *o)
{
  Crossing *c = g_new0(Crossing, 1);
  if (o)
    c->options = *o;
  else
    cross_options_init(&c->options);
  c->rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  if (study->ds->log->n_days > 0)
    run(c, study);
  return c;
}

void crossing_free(Crossing *c)
{
  if (!c)
    return;
  for (guint d = 0; d < c->n_directions; d++)
    g_free(c->directions[d].months);
  g_free(c->directions);
  g_free(c->crossers);
  g_array_unref(c->rows);
  g_free(c);
}
