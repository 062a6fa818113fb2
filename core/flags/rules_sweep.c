/* Rule sweep: one user who opened most of what a track, or the user's own class, is taught within a
 * day.
 *
 * What a track teaches at a time are its live lessons: those that several of its students read in
 * class in the months before (graduates go on reading what is no longer taught). They are counted
 * while time goes by once over the whole log: a (lesson, student) pair enters with a reading and
 * leaves when its last one has grown too old. */
#include "core/flags/baseline.h"
#include "core/flags/episode.h"
#include "core/flags/rules.h"
#include "core/stats/score.h"

#include <math.h>
#include <stdlib.h>

/* --- candidates: many lessons of one user within the window ------------------------------------
 */

typedef struct {
  guint32 user;
  guint32 first, end; /* places; the best window of the episode */
  guint32 lessons;    /* distinct in it */
  CivilTime from;
} Candidate;

static gboolean is_lesson(const Dataset *ds, guint32 entry)
{
  return ds->catalog->kind_of_entry[entry] == KIND_LESSON;
}

/* Adds the window, or makes it the best of the last candidate when they overlap. */
static void add_candidate(GArray *list, const Pages *p, const Candidate *found)
{
  Candidate *last = list->len ? &g_array_index(list, Candidate, list->len - 1) : NULL;
  if (last && last->user == found->user && p->time[last->end - 1] >= found->from) {
    if (found->lessons > last->lessons)
      *last = *found;
    return;
  }
  g_array_append_val(list, *found);
}

static void find_candidates(const RuleContext *c, GArray *list)
{
  const Dataset *ds = c->study->ds;
  const Pages *p = c->study->pages;
  PageWindow *w = page_window_new(ds);
  gint64 window = (gint64)(rule_value(c, "hours") * 3600);
  double least = rule_value(c, "lessons");
  for (guint32 user = 0; user < p->n_users; user++) {
    guint32 tail = p->start[user];
    for (guint32 i = tail; i < p->start[user + 1]; i++) {
      if (!is_lesson(ds, p->entry[i]))
        continue;
      page_window_push(w, p->entry[i]);
      for (; p->time[i] - p->time[tail] > window; tail++)
        if (is_lesson(ds, p->entry[tail]))
          page_window_pop(w, p->entry[tail]);
      if (w->distinct < least)
        continue;
      Candidate found = {user, tail, i + 1, w->distinct, p->time[tail]};
      add_candidate(list, p, &found);
    }
    for (; tail < p->start[user + 1]; tail++)
      if (is_lesson(ds, p->entry[tail]))
        page_window_pop(w, p->entry[tail]);
  }
  page_window_free(w);
}

static int compare_candidates(gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;
  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  return x->user < y->user ? -1 : x->user > y->user;
}

/* --- live lessons ----------------------------------------------------------------------------- */

#define NO_TRACK 255

typedef struct {
  const Study *study;
  guint32 *pair;    /* by place in the page arrays: its (user, page) pair */
  guint8 *track;    /* by place: whose reading it counts as, NO_TRACK when it does not */
  guint32 *last;    /* by pair: 1 + place of the latest reading, 0 while it is out */
  guint32 *place;   /* by row: its place in the page arrays, G_MAXUINT32 without */
  guint32 *readers; /* by track and entry */
  guint32 *live;    /* by track: entries with enough readers */
  guint n_tracks;
  guint32 needed, head, tail; /* readers; rows tail .. head - 1 are in the window */
} Live;

/* Track of a student; NO_TRACK for anybody else. */
static guint8 track_of(const Live *l, guint32 user)
{
  const Study *s = l->study;
  int track = cohort_table_track(s->ds->log->cohorts, study_program_of(s, user));
  return s->people->staff[user] || track < 0 || track >= (int)l->n_tracks ? NO_TRACK
                                                                          : (guint8)track;
}

/* Pairs and tracks of the pages of one user: lessons count, read while the class was running. */
static void prepare_user(Live *l, guint32 user, guint32 *pair_of, guint32 *stamp, guint32 *n_pairs)
{
  const Study *s = l->study;
  const Pages *p = s->pages;
  const Cohort *c = cohort_table_get(s->ds->log->cohorts, s->cohort_of_user[user]);
  gboolean dated = c->start != CIVIL_DAY_NONE && c->end != CIVIL_DAY_NONE;
  guint8 track = dated ? track_of(l, user) : NO_TRACK;
  CivilTime from = dated ? civil_day_start(c->start) : 0;
  CivilTime to = dated ? civil_day_start(c->end + 1) : 0;
  for (guint32 i = p->start[user]; i < p->start[user + 1]; i++) {
    guint32 e = p->entry[i];
    gboolean counts = is_lesson(s->ds, e) && p->time[i] >= from && p->time[i] < to;
    if (stamp[e] != user + 1) {
      stamp[e] = user + 1;
      pair_of[e] = (*n_pairs)++;
    }
    l->pair[i] = pair_of[e];
    l->track[i] = counts ? track : NO_TRACK;
    l->place[p->row[i]] = i;
  }
}

static void prepare(Live *l)
{
  const Pages *p = l->study->pages;
  gsize n_entries = (gsize)l->study->ds->catalog->n_entries + 1;
  guint32 *pair_of = g_new(guint32, n_entries), *stamp = g_new0(guint32, n_entries), n = 0;
  for (guint32 row = 0; row < l->study->ds->log->n_rows; row++)
    l->place[row] = G_MAXUINT32;
  for (guint32 user = 0; user < p->n_users; user++)
    prepare_user(l, user, pair_of, stamp, &n);
  l->last = g_new0(guint32, (gsize)n + 1);
  g_free(pair_of);
  g_free(stamp);
}

static Live *live_new(const RuleContext *c)
{
  const Study *s = c->study;
  Live *l = g_new0(Live, 1);
  l->study = s;
  l->n_tracks = MIN(s->ds->log->cohorts->tracks->len, NO_TRACK);
  l->needed = (guint32)rule_value(c, "readers");
  l->pair = g_new(guint32, (gsize)s->pages->n_pages + 1);
  l->track = g_new(guint8, (gsize)s->pages->n_pages + 1);
  l->place = g_new(guint32, (gsize)s->ds->log->n_rows + 1);
  l->readers = g_new0(guint32, ((gsize)l->n_tracks + 1) * (s->ds->catalog->n_entries + 1));
  l->live = g_new0(guint32, (gsize)l->n_tracks + 1);
  prepare(l);
  return l;
}

static void live_free(Live *l)
{
  g_free(l->pair);
  g_free(l->track);
  g_free(l->last);
  g_free(l->place);
  g_free(l->readers);
  g_free(l->live);
  g_free(l);
}

static guint32 *readers_of(const Live *l, guint track, guint32 entry)
{
  return &l->readers[(gsize)track * l->study->ds->catalog->n_entries + entry];
}

static void enter(Live *l, guint32 row)
{
  guint32 i = l->place[row];
  if (i == G_MAXUINT32 || l->track[i] == NO_TRACK)
    return;
  guint32 *last = &l->last[l->pair[i]];
  if (*last == 0 && ++*readers_of(l, l->track[i], l->study->pages->entry[i]) == l->needed)
    l->live[l->track[i]]++;
  *last = i + 1;
}

static void leave(Live *l, guint32 row)
{
  guint32 i = l->place[row];
  if (i == G_MAXUINT32 || l->track[i] == NO_TRACK || l->last[l->pair[i]] != i + 1)
    return;
  l->last[l->pair[i]] = 0;
  if ((*readers_of(l, l->track[i], l->study->pages->entry[i]))-- == l->needed)
    l->live[l->track[i]]--;
}

/* Moves the window to the rows from..to, both times only ever later than before. */
static void live_move(Live *l, CivilTime from, CivilTime to)
{
  const AccessLog *log = l->study->ds->log;
  for (; l->head < log->n_rows && log->time[l->head] < to; l->head++)
    enter(l, l->head);
  for (; l->tail < l->head && log->time[l->tail] < from; l->tail++)
    leave(l, l->tail);
}

/* --- flags ------------------------------------------------------------------------------------ */

typedef struct {
  guint track;
  gboolean own; /* of the user's own class, not of the track */
  guint32 read, live;
  double share;
} Sweep;

/* Distinct lessons of the window with enough readers. */
static guint32 count_read(const Live *l, const Candidate *x, const guint32 *readers,
                          PageWindow *seen)
{
  const Pages *p = l->study->pages;
  guint32 n = 0;
  for (guint32 i = x->first; i < x->end; i++) {
    guint32 before = seen->distinct;
    page_window_push(seen, p->entry[i]);
    n += seen->distinct > before && is_lesson(l->study->ds, p->entry[i]) &&
         readers[p->entry[i]] >= l->needed;
  }
  for (guint32 i = x->first; i < x->end; i++)
    page_window_pop(seen, p->entry[i]);
  return n;
}

/* The track of which the window holds the largest share. */
static Sweep best_track(const Live *l, const Candidate *x, PageWindow *seen)
{
  Sweep best = {.share = 0};
  for (guint t = 0; t < l->n_tracks; t++) {
    Sweep s = {.track = t, .live = l->live[t]};
    s.read = count_read(l, x, readers_of(l, t, 0), seen);
    s.share = s.live ? (double)s.read / s.live : 0;
    if (s.share > best.share)
      best = s;
  }
  return best;
}

/* Adds the lessons that one student read in class from..to to the readers of each. */
static void add_reader(const Live *l, guint32 user, CivilTime from, CivilTime to, guint32 *readers,
                       PageWindow *seen)
{
  const Pages *p = l->study->pages;
  guint32 first = pages_at(p, user, from), i;
  for (i = first; i < p->start[user + 1] && p->time[i] < to; i++) {
    if (l->track[i] == NO_TRACK)
      continue;
    guint32 before = seen->distinct;
    page_window_push(seen, p->entry[i]);
    readers[p->entry[i]] += seen->distinct > before;
  }
  while (i-- > first)
    if (l->track[i] != NO_TRACK)
      page_window_pop(seen, p->entry[i]);
}

/* The user's own class, lessons that it read since `from`. */
static Sweep own_class(const Live *l, const Candidate *x, CivilTime from, PageWindow *seen)
{
  const Study *study = l->study;
  guint16 cohort = study->cohort_of_user[x->user];
  Sweep s = {.own = TRUE};
  if (cohort == COHORT_NONE)
    return s;
  guint32 n = study->ds->catalog->n_entries;
  guint32 *readers = g_new0(guint32, (gsize)n + 1);
  for (guint32 i = study->member_start[cohort]; i < study->member_start[cohort + 1]; i++)
    add_reader(l, study->members[i], from, x->from, readers, seen);
  for (guint32 e = 0; e < n; e++)
    s.live += readers[e] >= l->needed;
  s.read = count_read(l, x, readers, seen);
  s.share = s.live ? (double)s.read / s.live : 0;
  g_free(readers);
  return s;
}

/* The larger share of the two. A class is taught no small part of its track: with a share of the
 * track that is far too low there is no need to look at the class. */
static Sweep best_sweep(const RuleContext *c, const Live *l, const Candidate *x, CivilTime from,
                        PageWindow *seen)
{
  Sweep track = best_track(l, x, seen);
  if (track.share < rule_value(c, "share") / 2)
    return track;
  Sweep own = own_class(l, x, from, seen);
  return own.read >= rule_value(c, "lessons") && own.share > track.share ? own : track;
}

static void sweep_flag(const RuleContext *c, FlagSink *sink, const Candidate *x, const Sweep *s)
{
  const Study *study = c->study;
  const Pages *p = study->pages;
  Episode e = {.first = x->first, .end = x->end};
  Flag *f = episode_flag(c, p, x->user, &e);
  double minutes = MAX(1, (double)(f->to - f->from) / 60);
  const char *track = g_ptr_array_index(study->ds->log->cohorts->tracks, s->track);
  f->raw_score = score_of(s->share, rule_value(c, "share"));
  flag_add_term(f, "share", s->share);
  flag_add_term(f, "threshold", rule_value(c, "share"));
  flag_add_term(f, "live lessons read", s->read);
  flag_add_term(f, "live lessons", s->live);
  flag_add_term(f, "lessons", x->lessons);
  flag_add_term(f, "pages", x->end - x->first);
  flag_add_term(f, "duration seconds", (double)(f->to - f->from));
  flag_add_term(f, "pages per minute", (x->end - x->first) / minutes);
  baseline_set_days(f, study, DAY_DISTINCT);
  char *who = episode_user(c, x->user), *when = episode_when(f->from);
  char *lasted = episode_duration(f->to - f->from);
  flag_set_text(f,
                "%s opened %u lessons in %s from %s on: %u of the %u that students of the %s%s "
                "had read in class lately (%.0f %%).",
                who, x->lessons, lasted, when, s->read, s->live, s->own ? "same cohort" : "track ",
                s->own ? "" : track, 100 * s->share);
  g_free(who);
  g_free(when);
  g_free(lasted);
  flag_sink_add(sink, c, f);
}

void rule_sweep(const RuleContext *c, FlagSink *sink)
{
  GArray *list = g_array_new(FALSE, FALSE, sizeof(Candidate));
  find_candidates(c, list);
  if (list->len == 0) {
    g_array_unref(list);
    return;
  }
  g_array_sort(list, compare_candidates);
  Live *live = live_new(c);
  PageWindow *seen = page_window_new(c->study->ds);
  CivilTime days = (CivilTime)rule_value(c, "days") * CIVIL_DAY;
  for (guint i = 0; i < list->len; i++) {
    const Candidate *x = &g_array_index(list, Candidate, i);
    live_move(live, x->from - days, x->from);
    Sweep s = best_sweep(c, live, x, x->from - days, seen);
    if (s.share >= rule_value(c, "share") && s.read >= rule_value(c, "lessons"))
      sweep_flag(c, sink, x, &s);
  }
  page_window_free(seen);
  live_free(live);
  g_array_unref(list);
}
