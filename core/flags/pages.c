/* Pages: one pass over the rows in user order. */
#include "core/flags/pages.h"

#define MINUTE 60

gboolean pages_is_page(Kind kind)
{
  static const gboolean is_page[N_KINDS] = {
      [KIND_LESSON] = TRUE, [KIND_STRAY] = TRUE, [KIND_PROBE] = TRUE};
  return is_page[kind];
}

PageWindow *page_window_new(const Dataset *ds)
{
  PageWindow *w = g_new0(PageWindow, 1);
  w->count = g_new0(guint32, ds->catalog->n_entries + 1);
  return w;
}

void page_window_free(PageWindow *w)
{
  if (!w)
    return;
  g_free(w->count);
  g_free(w);
}

/* Counts rows and pages of each user; pages go into the arrays. */
static void gather(Pages *p, const Dataset *ds, GArray *days)
{
  const AccessLog *log = ds->log;
  const Catalog *c = ds->catalog;
  guint32 n = 0;
  for (guint32 u = 0; u < p->n_users; u++) {
    p->start[u] = n;
    p->day_start[u] = days->len;
    UserDay *d = NULL;
    for (guint32 i = log->user_start[u]; i < log->user_start[u + 1]; i++) {
      guint32 row = log->rows_by_user[i], entry = c->entry_of_path[log->path[row]];
      guint32 day = (guint32)(civil_day_of(log->time[row]) - log->first_day);
      if (!d || d->day != day) {
        UserDay fresh = {.day = day, .first_page = n, .first_row = i};
        g_array_append_val(days, fresh);
        d = &g_array_index(days, UserDay, days->len - 1);
      }
      Kind kind = (Kind)c->kind_of_entry[entry];
      d->hits++;
      d->requests += kind != KIND_ASSET;
      if (!pages_is_page(kind))
        continue;
      d->pages++;
      p->row[n] = row;
      p->entry[n] = entry;
      p->time[n++] = log->time[row];
    }
  }
  p->start[p->n_users] = p->n_pages = n;
  p->day_start[p->n_users] = p->n_days = days->len;
}

/* Distinct pages of the day, and of its busiest minute. */
static void count_distinct(const Pages *p, UserDay *d, PageWindow *whole, PageWindow *minute)
{
  guint32 end = d->first_page + d->pages, tail = d->first_page;
  for (guint32 i = d->first_page; i < end; i++) {
    page_window_push(whole, p->entry[i]);
    page_window_push(minute, p->entry[i]);
    while (p->time[i] - p->time[tail] >= MINUTE)
      page_window_pop(minute, p->entry[tail++]);
    d->in_minute = MAX(d->in_minute, minute->distinct);
  }
  d->distinct = whole->distinct;
  for (guint32 i = d->first_page; i < end; i++)
    page_window_pop(whole, p->entry[i]);
  for (; tail < end; tail++)
    page_window_pop(minute, p->entry[tail]);
}

Pages *pages_new(const Dataset *ds)
{
  const AccessLog *log = ds->log;
  Pages *p = g_new0(Pages, 1);
  p->n_users = strpool_count(log->users);
  p->start = g_new0(guint32, (gsize)p->n_users + 1);
  p->day_start = g_new0(guint32, (gsize)p->n_users + 1);
  p->row = g_new(guint32, (gsize)log->n_rows + 1);
  p->entry = g_new(guint32, (gsize)log->n_rows + 1);
  p->time = g_new(CivilTime, (gsize)log->n_rows + 1);
  GArray *days = g_array_new(FALSE, FALSE, sizeof(UserDay));
  gather(p, ds, days);
  p->days = (UserDay *)(void *)g_array_free(days, FALSE);
  PageWindow *whole = page_window_new(ds), *minute = page_window_new(ds);
  for (guint32 i = 0; i < p->n_days; i++)
    count_distinct(p, &p->days[i], whole, minute);
  page_window_free(whole);
  page_window_free(minute);
  return p;
}

void pages_free(Pages *p)
{
  if (!p)
    return;
  g_free(p->start);
  g_free(p->day_start);
  g_free(p->row);
  g_free(p->entry);
  g_free(p->time);
  g_free(p->days);
  g_free(p);
}

guint32 pages_at(const Pages *p, guint32 user, CivilTime t)
{
  guint32 low = p->start[user], high = p->start[user + 1];
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (p->time[middle] < t)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

guint32 pages_day_at(const Pages *p, guint32 user, guint32 day)
{
  guint32 low = p->day_start[user], high = p->day_start[user + 1];
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (p->days[middle].day < day)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}
