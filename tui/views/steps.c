/* Steps: hits over time of the timeline's subject as columns. */
#include "tui/views/steps.h"

#include "core/base/text.h"
#include "tui/model/timestep.h"

/* Number of the step of a row, counted from anywhere; FALSE when it is in none. */
static gboolean step_of(const State *s, Bucket bucket, guint32 row, gint64 *ret)
{
  const AccessLog *log = s->ds->log;
  CivilDay day = civil_day_of(log->time[row]);
  int week;
  switch (bucket) {
  case BUCKET_MONTH:
    *ret = civil_month_of(day);
    return TRUE;
  case BUCKET_COURSE_WEEK:
    week = cohort_course_week(cohort_table_get(log->cohorts, log->cohort[row]), day);
    *ret = week;
    return week > 0;
  default:
    *ret = civil_week_start(day) / 7;
    return TRUE;
  }
}

static char *step_name(Bucket bucket, gint64 step)
{
  char buf[CIVIL_BUF];
  if (bucket == BUCKET_MONTH)
    return g_strdup(civil_format_month((int)step, buf));
  if (bucket == BUCKET_COURSE_WEEK)
    return g_strdup_printf("week %d", (int)step);
  /* a Monday is 3 mod 7: days count from a Thursday */
  return g_strdup(civil_format_day(civil_week_start((CivilDay)(step * 7 + 6)), buf));
}

void steps_refresh(State *s, Bucket bucket)
{
  Timeline *t = &s->timeline;
  gint64 first = G_MAXINT64, last = G_MININT64, step = 0;
  if (!t->valid || (t->steps && t->step_bucket == bucket))
    return;
  const Sessions *all = t->sessions;
  for (guint32 i = 0; i < all->n_rows; i++)
    if (step_of(s, bucket, all->rows[i], &step)) {
      first = MIN(first, step);
      last = MAX(last, step);
    }
  g_clear_pointer(&t->steps, g_array_unref);
  t->steps = g_array_new(FALSE, TRUE, sizeof(guint32));
  t->step_bucket = bucket;
  t->first_step = first;
  if (first > last)
    return;
  g_array_set_size(t->steps, (guint)(last - first + 1));
  for (guint32 i = 0; i < all->n_rows; i++)
    if (step_of(s, bucket, all->rows[i], &step))
      g_array_index(t->steps, guint32, step - first)++;
}

void steps_draw(const State *s, Canvas *c, Rect r)
{
  const GArray *hits = s->timeline.steps;
  const Bucket bucket = s->timeline.step_bucket;
  const gint64 first = s->timeline.first_step;
  gint64 here = -1;
  guint32 row = 0, max = 0;
  if (rect_is_empty(r) || !hits || s->timeline.sessions->n_rows == 0)
    return;
  guint n = hits->len, room = (guint)r.w;
  if (n == 0) {
    canvas_text_fit(c, r.x, r.y, r.w, "no hits in a week of a course", ROLE_DIM, FIT_LEFT);
    return;
  }
  gboolean on_step = timeline_cursor_row(&s->timeline, &row) && step_of(s, bucket, row, &here);
  here = on_step ? here - first : -1;
  int wide = CLAMP((int)(room / n), 1, 6), height = r.h - 1;
  guint fit = room / (guint)wide, from = 0;
  if (n > fit)
    from = MIN(here > fit / 2 ? (guint)here - fit / 2 : 0, n - fit);
  for (guint i = 0; i < n; i++)
    max = MAX(max, g_array_index(hits, guint32, i));
  for (guint i = from; i < n && i - from < fit; i++) {
    int x = r.x + (int)(i - from) * wide;
    canvas_column(c, x, r.y + 1, wide - (wide > 2), height, g_array_index(hits, guint32, i), max,
                  ROLE_SPARK);
    if ((gint64)i == here)
      canvas_ground(c, rect_make(x, r.y + 1, wide, height), ROLE_CURSOR_DIM);
  }
  g_autofree char *from_name = step_name(bucket, first + from);
  g_autofree char *to_name = step_name(bucket, first + (gint64)MIN(n, from + fit) - 1);
  g_autofree char *most = text_grouped(max);
  g_autofree char *text =
      g_strdup_printf("most %s a %s, from %s", most, timestep_title(bucket), from_name);
  g_autofree char *longer = g_strdup_printf("%s to %s", text, to_name);
  canvas_text_fit(c, r.x, r.y, r.w, canvas_text_width(longer) <= r.w ? longer : text, ROLE_AXIS,
                  FIT_LEFT);
}
