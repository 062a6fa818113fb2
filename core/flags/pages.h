/* Pages: what each user read, in time order and day by day; counted once for all rules.
 *
 * A page is a hit that loads nothing by itself and leads to something to read: every kind but
 * asset, home, toc, search and a missing path. Strays and probes are pages. Which page it is, is
 * the catalog entry (canonical name). */
#ifndef CORE_FLAGS_PAGES_H
#define CORE_FLAGS_PAGES_H

#include "core/query/dataset.h"

/* One user on one day with any hit. */
typedef struct {
  guint32 day;        /* days since the first day of the log */
  guint32 hits;       /* all kinds */
  guint32 requests;   /* hits that are not assets: assets load with their page */
  guint32 pages;      /* page hits */
  guint32 distinct;   /* distinct pages */
  guint32 in_minute;  /* most distinct pages within 60 seconds */
  guint32 first_page; /* place of the day's first page in the page arrays */
  guint32 first_row;  /* place of the day's first hit in log->rows_by_user */
} UserDay;

typedef struct {
  guint32 n_users, n_pages, n_days;
  /* page hits of user u: places start[u] .. start[u + 1] of these arrays, in time order */
  guint32 *start;
  guint32 *row;
  guint32 *entry; /* catalog entry */
  CivilTime *time;
  /* days of user u: days[day_start[u] .. day_start[u + 1]) */
  guint32 *day_start;
  UserDay *days;
} Pages;

Pages *pages_new(const Dataset *ds);
void pages_free(Pages *p);
gboolean pages_is_page(Kind kind);
/* First place of the user's pages at or after `t`; start[user + 1] when there is none. */
guint32 pages_at(const Pages *p, guint32 user, CivilTime t);
/* First place in `days` of the user at or after the day (since the first day of the log). */
guint32 pages_day_at(const Pages *p, guint32 user, guint32 day);

/* Counts distinct pages in a window that slides: pages come in at one end and leave at the other.
 * One window can be used again for another user once it is empty. */
typedef struct {
  guint32 *count; /* by entry */
  guint32 distinct;
} PageWindow;
PageWindow *page_window_new(const Dataset *ds);
void page_window_free(PageWindow *w);
static inline void page_window_push(PageWindow *w, guint32 entry)
{
  w->distinct += w->count[entry]++ == 0;
}
static inline void page_window_pop(PageWindow *w, guint32 entry)
{
  w->distinct -= --w->count[entry] == 0;
}

#endif
