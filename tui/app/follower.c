/* Follower: the thread that looks. */
#include "tui/app/follower.h"

#include "core/base/text.h"
#include "tui/model/waker.h"

#define LOOK_EVERY G_USEC_PER_SEC
#define REST_TIMES 4 /* a look that took long is followed by a rest of so many times as long */

struct Follower {
  const OpenPlan *plan;
  Follow *follow;
  AccessLog *log;
  GThread *thread;
  Waker waker;
  GMutex work; /* held during a look */
  GMutex lock; /* of all below */
  GCond changed;
  gboolean stop, hurry, any;
  guint64 looks; /* that found nothing more to read */
  FollowerNews news;
};

static void news_clear(FollowerNews *n)
{
  follow_news_free(n->news);
  dataset_free(n->dataset);
  g_free(n->complaint);
  *n = (FollowerNews){.news = NULL};
}

/* Adds what a look has found to what nobody has taken yet. */
static void publish(Follower *f, FollowNews *news, Dataset *ds, char *complaint, gboolean ended)
{
  g_mutex_lock(&f->lock);
  if (f->news.news)
    follow_news_add(f->news.news, news);
  else
    f->news.news = news;
  if (ds) {
    dataset_free(f->news.dataset);
    f->news.dataset = ds;
  }
  if (complaint) {
    g_free(f->news.complaint);
    f->news.complaint = complaint;
  }
  f->news.ended = ended;
  f->any = TRUE;
  g_mutex_unlock(&f->lock);
  waker_ring(&f->waker);
}

/* One look. TRUE when there is more to read. */
static gboolean look(Follower *f, gboolean *ret_ended)
{
  FollowNews *news = follow_look(f->follow, f->log);
  if (!news)
    return FALSE;
  gboolean waiting = news->waiting;
  Dataset *ds = NULL;
  char *complaint = NULL;
  if (news->log) {
    GError *error = NULL;
    access_log_unref(f->log);
    f->log = access_log_ref(news->log);
    ds = open_dataset(f->plan, f->log, &error);
    if (!ds) {
      complaint = text_safe(error->message, -1);
      g_error_free(error);
    }
  }
  *ret_ended = !follow_possible(f->follow, NULL);
  publish(f, news, ds, complaint, *ret_ended);
  return waiting;
}

static gpointer run(gpointer data)
{
  Follower *f = data;
  gboolean ended = FALSE;
  g_mutex_lock(&f->lock);
  while (!f->stop && !ended) {
    f->hurry = FALSE;
    g_mutex_unlock(&f->lock);
    gint64 start = g_get_monotonic_time();
    g_mutex_lock(&f->work);
    gboolean waiting = look(f, &ended);
    g_mutex_unlock(&f->work);
    gint64 now = g_get_monotonic_time();
    gint64 next = now + MAX(LOOK_EVERY, REST_TIMES * (now - start));
    g_mutex_lock(&f->lock);
    f->looks += !waiting;
    g_cond_broadcast(&f->changed);
    while (!waiting && !f->stop && !f->hurry && !ended &&
           g_cond_wait_until(&f->changed, &f->lock, next))
      ;
  }
  f->looks = G_MAXUINT64 / 2; /* nobody need wait for more */
  g_cond_broadcast(&f->changed);
  g_mutex_unlock(&f->lock);
  return NULL;
}

Follower *follower_start(const OpenPlan *plan, Follow *follow, AccessLog *log)
{
  Follower *f = g_new0(Follower, 1);
  f->plan = plan;
  f->follow = follow;
  f->log = access_log_ref(log);
  g_mutex_init(&f->work);
  g_mutex_init(&f->lock);
  g_cond_init(&f->changed);
  waker_open(&f->waker);
  f->thread = g_thread_new("follow", run, f);
  return f;
}

int follower_fd(const Follower *f)
{
  return waker_fd(&f->waker);
}

gboolean follower_take(Follower *f, FollowerNews *ret)
{
  waker_quiet(&f->waker);
  g_mutex_lock(&f->lock);
  gboolean any = f->any;
  if (any)
    *ret = f->news;
  if (any)
    f->news = (FollowerNews){.ended = f->news.ended};
  f->any = FALSE;
  g_mutex_unlock(&f->lock);
  return any;
}

void follower_hold(Follower *f)
{
  g_mutex_lock(&f->work);
}

void follower_release(Follower *f)
{
  g_mutex_unlock(&f->work);
}

void follower_settle(Follower *f)
{
  g_mutex_lock(&f->lock);
  /* the look under way may have begun before the caller's last change */
  guint64 until = f->looks + 2;
  while (f->looks < until) {
    f->hurry = TRUE;
    g_cond_broadcast(&f->changed);
    g_cond_wait(&f->changed, &f->lock);
  }
  g_mutex_unlock(&f->lock);
}

void follower_free(Follower *f)
{
  if (!f)
    return;
  g_mutex_lock(&f->lock);
  f->stop = TRUE;
  g_cond_broadcast(&f->changed);
  g_mutex_unlock(&f->lock);
  g_thread_join(f->thread);
  news_clear(&f->news);
  access_log_unref(f->log);
  waker_close(&f->waker);
  g_mutex_clear(&f->work);
  g_mutex_clear(&f->lock);
  g_cond_clear(&f->changed);
  g_free(f);
}
