/* Loader: reads the log in a thread of its own. */
#include "tui/app/loader.h"

#include "core/ingest/follow.h"
#include "tui/model/waker.h"

struct Loader {
  OpenPlan *plan;
  gboolean at_once;
  GThread *thread;
  Waker waker;
  gint cancel; /* atomic */
  gint64 started;
  GMutex lock; /* of all below */
  LoaderNews news;
};

static gboolean on_progress(void *data, guint64 rows, guint64 bytes, guint64 total)
{
  Loader *l = data;
  double seconds = (double)(g_get_monotonic_time() - l->started) / G_USEC_PER_SEC;
  g_mutex_lock(&l->lock);
  l->news.rows = rows;
  l->news.bytes = bytes;
  l->news.total_bytes = total;
  l->news.rows_per_second = seconds > 0 ? (double)rows / seconds : 0;
  g_mutex_unlock(&l->lock);
  waker_ring(&l->waker);
  return !g_atomic_int_get(&l->cancel);
}

static void drop_untaken(Loader *l)
{
  if (l->news.dataset)
    dataset_free(l->news.dataset);
  if (l->news.log)
    access_log_unref(l->news.log);
  l->news.dataset = NULL;
  l->news.log = NULL;
}

/* Takes over the caller's reference to `log`. */
static gboolean publish(Loader *l, AccessLog *log, GError **error)
{
  Dataset *ds = open_dataset(l->plan, log, error);
  if (!ds) {
    access_log_unref(log);
    return FALSE;
  }
  g_mutex_lock(&l->lock);
  drop_untaken(l);
  l->news.log = log;
  l->news.dataset = ds;
  g_mutex_unlock(&l->lock);
  waker_ring(&l->waker);
  return TRUE;
}

static void on_snapshot(void *data, AccessLog *log)
{
  publish(data, log, NULL);
}

static gpointer run(gpointer data)
{
  Loader *l = data;
  GError *error = NULL;
  LoadReport *report = NULL;
  LoadRequest request = l->plan->request;
  request.progress = on_progress;
  request.snapshot = l->at_once ? NULL : on_snapshot;
  request.data = l;
  request.growing = l->plan->growing;
  Follow *follow = NULL;
  request.ret_follow = &follow;
  AccessLog *log = load(&request, &report, &error);
  if (log)
    publish(l, log, &error);
  g_mutex_lock(&l->lock);
  l->news.report = report;
  l->news.error = error;
  l->news.follow = follow;
  l->news.done = TRUE;
  g_mutex_unlock(&l->lock);
  waker_ring(&l->waker);
  return NULL;
}

Loader *loader_start(OpenPlan *plan, gboolean at_once)
{
  Loader *l = g_new0(Loader, 1);
  l->plan = plan;
  l->at_once = at_once;
  l->started = g_get_monotonic_time();
  g_mutex_init(&l->lock);
  waker_open(&l->waker);
  l->thread = g_thread_new("load", run, l);
  return l;
}

int loader_fd(const Loader *l)
{
  return waker_fd(&l->waker);
}

void loader_take(Loader *l, LoaderNews *ret)
{
  waker_quiet(&l->waker);
  g_mutex_lock(&l->lock);
  *ret = l->news;
  l->news.log = NULL;
  l->news.dataset = NULL;
  l->news.report = NULL;
  l->news.error = NULL;
  l->news.follow = NULL;
  g_mutex_unlock(&l->lock);
}

void loader_cancel(Loader *l)
{
  g_atomic_int_set(&l->cancel, 1);
}

void loader_free(Loader *l)
{
  if (!l)
    return;
  loader_cancel(l);
  g_thread_join(l->thread);
  drop_untaken(l);
  if (l->news.report)
    load_report_free(l->news.report);
  follow_free(l->news.follow);
  g_clear_error(&l->news.error);
  waker_close(&l->waker);
  g_mutex_clear(&l->lock);
  g_free(l);
}
