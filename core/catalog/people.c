/* People: one pass over the rows in user order. */
#include "core/catalog/people.h"

#define TRACK_BITS 64

guint64 people_track_bit(int track)
{
  return track < 0 ? 0 : G_GUINT64_CONSTANT(1) << MIN(track, TRACK_BITS - 1);
}

int people_only_track(const People *p, guint32 user, gboolean *ret_several)
{
  guint64 mask = p->tracks[user];
  *ret_several = (mask & (mask - 1)) != 0 || (mask >> (TRACK_BITS - 1)) != 0;
  return mask == 0 || *ret_several ? -1 : g_bit_nth_lsf((gulong)mask, -1);
}

/* Hits of one user by cohort. */
typedef struct {
  guint32 hits, last_row;
} Tally;

static void settle_user(People *p, guint32 user, const AccessLog *log, Tally *tally,
                        const guint16 *touched, guint n_touched)
{
  guint16 best = COHORT_NONE;
  for (guint i = 0; i < n_touched; i++) {
    guint16 c = touched[i];
    const Cohort *cohort = cohort_table_get(log->cohorts, c);
    p->n_cohorts[user]++;
    if (cohort->staff) {
      p->staff[user] = 1;
    } else {
      p->tracks[user] |= people_track_bit(cohort_table_track(log->cohorts, cohort->program));
      if (best == COHORT_NONE || tally[c].hits > tally[best].hits ||
          (tally[c].hits == tally[best].hits && tally[c].last_row > tally[best].last_row))
        best = c;
    }
  }
  p->student_cohort[user] = best;
  for (guint i = 0; i < n_touched; i++)
    tally[touched[i]].hits = 0;
}

People *people_new(const AccessLog *log)
{
  People *p = g_new0(People, 1);
  gsize n = p->n_users = strpool_count(log->users);
  p->student_cohort = g_new0(guint16, n + 1);
  p->n_cohorts = g_new0(guint16, n + 1);
  p->staff = g_new0(guint8, n + 1);
  p->tracks = g_new0(guint64, n + 1);
  p->loose_hits = g_new0(guint32, n + 1);
  guint n_cohorts = log->cohorts->cohorts->len;
  Tally *tally = g_new0(Tally, n_cohorts + 1);
  guint16 *touched = g_new(guint16, n_cohorts + 1);
  for (guint32 u = 0; u < n; u++) {
    guint n_touched = 0;
    for (guint32 i = log->user_start[u]; i < log->user_start[u + 1]; i++) {
      guint32 row = log->rows_by_user[i];
      guint16 c = log->cohort[row];
      if (c == COHORT_NONE) {
        p->loose_hits[u]++;
        continue;
      }
      if (tally[c].hits++ == 0)
        touched[n_touched++] = c;
      tally[c].last_row = row;
    }
    settle_user(p, u, log, tally, touched, n_touched);
  }
  g_free(touched);
  g_free(tally);
  return p;
}

void people_free(People *p)
{
  if (!p)
    return;
  g_free(p->student_cohort);
  g_free(p->n_cohorts);
  g_free(p->staff);
  g_free(p->tracks);
  g_free(p->loose_hits);
  g_free(p);
}
