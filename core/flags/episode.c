/* Episodes: joining findings, and the words for them. */
#include "core/flags/episode.h"

#include "core/base/marked.h"
#include "core/query/dimension.h"

void episode_add(GArray *episodes, const Pages *p, const Episode *found)
{
  Episode *last = episodes->len ? &g_array_index(episodes, Episode, episodes->len - 1) : NULL;
  if (!last || p->time[found->first] - p->time[last->end - 1] > EPISODE_GAP) {
    g_array_append_val(episodes, *found);
    return;
  }
  last->end = MAX(last->end, found->end);
  if (found->quantity <= last->quantity)
    return;
  last->quantity = found->quantity;
  last->best_first = found->best_first;
  last->best_end = found->best_end;
  for (guint i = 0; i < G_N_ELEMENTS(last->measure); i++)
    last->measure[i] = found->measure[i];
}

guint32 episode_distinct(const Pages *p, PageWindow *w, guint32 first, guint32 end)
{
  for (guint32 i = first; i < end; i++)
    page_window_push(w, p->entry[i]);
  guint32 n = w->distinct;
  for (guint32 i = first; i < end; i++)
    page_window_pop(w, p->entry[i]);
  return n;
}

Flag *episode_flag(const RuleContext *c, const Pages *p, guint32 user, const Episode *e)
{
  Flag *f = flag_new(c->rule, SUBJECT_USER, user);
  flag_set_rows(f, p->row + e->first, e->end - e->first);
  f->from = p->time[e->first];
  f->to = p->time[e->end - 1];
  return f;
}

char *episode_duration(gint64 seconds)
{
  if (seconds == 1)
    return g_strdup("1 second");
  if (seconds < 120)
    return g_strdup_printf("%d seconds", (int)seconds);
  if (seconds < 7200)
    return g_strdup_printf("%d minutes", (int)((seconds + 30) / 60));
  if (seconds < 2 * CIVIL_DAY)
    return g_strdup_printf("%.1f hours", (double)seconds / 3600);
  return g_strdup_printf("%d days", (int)((seconds + CIVIL_DAY / 2) / CIVIL_DAY));
}

char *episode_user(const RuleContext *c, guint32 user)
{
  char *name = dimension_id(c->study->ds, DIM_USER, user);
  char *words = g_strdup_printf("User " MARKED_USER, name);
  g_free(name);
  return words;
}

char *episode_when(CivilTime t)
{
  char day[CIVIL_BUF];
  CivilFields x = civil_fields(t);
  return g_strdup_printf("%s at %02d:%02d", civil_format_day(civil_day_of(t), day), x.hour,
                         x.minute);
}
