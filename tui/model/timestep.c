/* Steps in time: how long a step of trends and strips is, by view. */
#include "tui/model/timestep.h"

#include "core/base/error.h"

static const Bucket steps[] = {BUCKET_DAY, BUCKET_WEEK, BUCKET_MONTH, BUCKET_COURSE_WEEK};

Bucket timestep_default(ViewId view)
{
  return view == VIEW_OVERVIEW ? BUCKET_MONTH : view == VIEW_TIMELINE ? BUCKET_DAY : BUCKET_WEEK;
}

const char *timestep_title(Bucket b)
{
  return b == BUCKET_COURSE_WEEK ? "course week" : bucket_name(b);
}

gboolean timestep_set(State *s, ViewId view, const char *word, GError **error)
{
  Bucket now = s->bucket[view], next = BUCKET_HOUR;
  for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
    if (steps[i] == now)
      next = steps[(i + 1) % G_N_ELEMENTS(steps)];
  if (word && (!bucket_parse(word, &next) || next == BUCKET_HOUR)) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "no step in time \"%s\"; there are: day, week, month, course-week", word);
    return FALSE;
  }
  s->bucket[view] = next;
  state_message(s, "hits per %s%s", timestep_title(next),
                next == BUCKET_COURSE_WEEK ? ", from the start of each hit's own class" : "");
  return TRUE;
}

double timestep_mean(const guint32 *hits, guint n, guint i, guint cells)
{
  guint from = (guint)((guint64)i * n / cells), to = (guint)((guint64)(i + 1) * n / cells);
  to = MAX(to, from + 1);
  double sum = 0;
  for (guint k = from; k < to; k++)
    sum += hits[k];
  return sum / (to - from);
}
