/* Tasks: the list of them and the thread that runs them. */
#include "tui/model/task.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

/* Scopes whose rows are kept while there is work: most frames have two. */
#define KEPT_MAX 3

typedef struct {
  char *scope;
  Selection *sel;
  guint64 used;
} Kept;

typedef enum { TASK_WAITING, TASK_RUNNING, TASK_DONE } TaskState;

typedef struct {
  Task *task;
  TaskState state;
  gboolean asked; /* by the frame in hand */
} Entry;

struct Work {
  GThread *thread;
  int fds[2];
  GMutex lock;
  GCond changed; /* something to do, something done, or the end */
  gboolean quit;
  gint stop;            /* atomic: the running task is wanted no more */
  Entry *parts[N_WORK]; /* NULL: nothing */
  Entry *running;       /* perhaps no longer in `parts` */
  gboolean in_frame;    /* more may be asked of the same scopes */
  gboolean open;        /* what was asked for may start */
  const Dataset *ds;
  gint64 deadline; /* of the frame, or -1 */
  gboolean unseen; /* something was done after the last frame */
  /* rows of scopes; of the thread, or of the caller without one */
  Kept kept[KEPT_MAX];
  guint64 clock;
};

void task_free(Task *t)
{
  if (!t)
    return;
  g_free(t->stamp);
  if (t->scope)
    scope_free(t->scope);
  if (t->order && t->order_free)
    t->order_free(t->order);
  if (t->result && t->result_free)
    t->result_free(t->result);
  g_clear_error(&t->error);
  g_free(t);
}

static void entry_clear(Entry **e)
{
  if (!*e)
    return;
  task_free((*e)->task);
  g_clear_pointer(e, g_free);
}

/* --- rows of scopes --------------------------------------------------------------------------- */

static void kept_clear(Work *w)
{
  for (guint i = 0; i < KEPT_MAX; i++) {
    g_clear_pointer(&w->kept[i].scope, g_free);
    g_clear_pointer(&w->kept[i].sel, selection_free);
  }
}

/* The rows of a scope; they belong to `w`. NULL with an error, or without one when stopped. */
static const Selection *kept_rows(Work *w, const Dataset *ds, const Scope *scope, const gint *stop,
                                  GError **error)
{
  g_autofree char *text = scope_print(scope);
  Kept *oldest = &w->kept[0];
  for (guint i = 0; i < KEPT_MAX; i++) {
    Kept *k = &w->kept[i];
    if (k->scope && strcmp(k->scope, text) == 0) {
      k->used = ++w->clock;
      return k->sel;
    }
    if (!k->scope || (oldest->scope && k->used < oldest->used))
      oldest = k;
  }
  Selection *sel = scope_select_until(scope, ds, stop, error);
  if (!sel)
    return NULL;
  g_free(oldest->scope);
  selection_free(oldest->sel);
  *oldest = (Kept){g_steal_pointer(&text), sel, ++w->clock};
  return sel;
}

static void task_run(Work *w, Task *t, const Dataset *ds, const gint *stop)
{
  const Selection *sel = kept_rows(w, ds, t->scope, stop, &t->error);
  if (sel)
    t->result = t->run(t, ds, sel, stop);
}

/* --- the thread ------------------------------------------------------------------------------- */

static Entry *next_waiting(Work *w)
{
  for (guint i = 0; i < N_WORK && w->open; i++)
    if (w->parts[i] && w->parts[i]->state == TASK_WAITING)
      return w->parts[i];
  return NULL;
}

static void wake(Work *w)
{
  ssize_t n = write(w->fds[1], "x", 1); /* a full pipe wakes as well */
  (void)n;
}

static gpointer run(gpointer data)
{
  Work *w = data;
  g_mutex_lock(&w->lock);
  while (!w->quit) {
    Entry *e = next_waiting(w);
    if (!e) {
      if (!w->in_frame)
        kept_clear(w);
      g_cond_wait(&w->changed, &w->lock);
      continue;
    }
    e->state = TASK_RUNNING;
    w->running = e;
    const Dataset *ds = w->ds;
    g_atomic_int_set(&w->stop, 0);
    g_mutex_unlock(&w->lock);
    task_run(w, e->task, ds, &w->stop);
    g_mutex_lock(&w->lock);
    WorkPart part = e->task->part;
    e->state = TASK_DONE;
    w->running = NULL;
    if (g_atomic_int_get(&w->stop)) {
      /* its place may have been given to another task */
      if (w->parts[part] == e)
        w->parts[part] = NULL;
      entry_clear(&e);
    } else {
      w->unseen = TRUE;
      wake(w);
    }
    g_cond_broadcast(&w->changed);
  }
  kept_clear(w);
  g_mutex_unlock(&w->lock);
  return NULL;
}

Work *work_new(void)
{
  Work *w = g_new0(Work, 1);
  w->fds[0] = w->fds[1] = -1;
  g_mutex_init(&w->lock);
  g_cond_init(&w->changed);
  return w;
}

void work_start_thread(Work *w)
{
  if (w->thread || !g_unix_open_pipe(w->fds, FD_CLOEXEC, NULL))
    return;
  g_unix_set_fd_nonblocking(w->fds[0], TRUE, NULL);
  g_unix_set_fd_nonblocking(w->fds[1], TRUE, NULL);
  w->thread = g_thread_try_new("work", run, w, NULL); /* without one, tasks run when asked for */
}

void work_free(Work *w)
{
  if (!w)
    return;
  work_halt(w);
  g_mutex_lock(&w->lock);
  w->quit = TRUE;
  g_cond_broadcast(&w->changed);
  g_mutex_unlock(&w->lock);
  if (w->thread)
    g_thread_join(w->thread);
  if (w->fds[0] >= 0) {
    close(w->fds[0]);
    close(w->fds[1]);
  }
  g_mutex_clear(&w->lock);
  g_cond_clear(&w->changed);
  g_free(w);
}

int work_fd(const Work *w)
{
  return w->thread ? w->fds[0] : -1;
}

gboolean work_poll(Work *w)
{
  char buf[64];
  if (!w->thread)
    return FALSE;
  while (read(w->fds[0], buf, sizeof buf) == (ssize_t)sizeof buf)
    ;
  g_mutex_lock(&w->lock);
  gboolean unseen = w->unseen;
  w->unseen = FALSE;
  g_mutex_unlock(&w->lock);
  return unseen;
}

/* --- a frame ---------------------------------------------------------------------------------- */

/* Drops an entry. One that runs is told to stop and freed by the thread. Call with the lock. */
static void give_up(Work *w, WorkPart part)
{
  Entry *e = w->parts[part];
  if (e && e->state == TASK_RUNNING) {
    g_atomic_int_set(&w->stop, 1);
    w->parts[part] = NULL;
  } else {
    entry_clear(&w->parts[part]);
  }
}

static void stop_running(Work *w)
{
  if (!w->running)
    return;
  WorkPart part = w->running->task->part;
  g_atomic_int_set(&w->stop, 1);
  if (w->parts[part] == w->running)
    w->parts[part] = NULL;
}

void work_halt(Work *w)
{
  g_mutex_lock(&w->lock);
  for (int part = 0; part < N_WORK; part++)
    give_up(w, (WorkPart)part);
  while (w->running) {
    g_atomic_int_set(&w->stop, 1);
    g_cond_wait(&w->changed, &w->lock);
  }
  kept_clear(w);
  w->open = FALSE;
  w->unseen = FALSE;
  g_mutex_unlock(&w->lock);
}

void work_begin(Work *w, const Dataset *ds, gint64 budget_us)
{
  g_mutex_lock(&w->lock);
  w->ds = ds;
  w->in_frame = TRUE;
  w->deadline = budget_us < 0 ? -1 : g_get_monotonic_time() + budget_us;
  for (int part = 0; part < N_WORK; part++)
    if (w->parts[part])
      w->parts[part]->asked = FALSE;
  g_mutex_unlock(&w->lock);
}

/* The entry of a stamp, which may have been asked for as another part. */
static Entry *find_stamp(Work *w, const char *stamp)
{
  for (int part = 0; part < N_WORK; part++)
    if (w->parts[part] && strcmp(w->parts[part]->task->stamp, stamp) == 0)
      return w->parts[part];
  return NULL;
}

void work_ask(Work *w, Task *t)
{
  WorkPart part = t->part;
  if (!w->thread)
    task_run(w, t, w->ds, NULL);
  g_mutex_lock(&w->lock);
  Entry *e = find_stamp(w, t->stamp);
  if (e && w->thread) {
    task_free(t);
    if (e->task->part != part) {
      w->parts[e->task->part] = NULL;
      give_up(w, part);
      e->task->part = part;
      w->parts[part] = e;
    }
  } else {
    /* the list with the cursor is new: what runs was for the old one */
    if (part == WORK_FOCUS)
      stop_running(w);
    give_up(w, part);
    e = w->parts[part] = g_new0(Entry, 1);
    e->task = t;
    e->state = w->thread ? TASK_WAITING : TASK_DONE;
  }
  e->asked = TRUE;
  g_mutex_unlock(&w->lock);
}

static gboolean still_open(const Work *w, WorkPart part)
{
  for (int i = 0; i < N_WORK; i++)
    if ((part == N_WORK || i == (int)part) && w->parts[i] && w->parts[i]->asked &&
        w->parts[i]->state != TASK_DONE)
      return TRUE;
  return FALSE;
}

void work_wait(Work *w, WorkPart part)
{
  if (!w->thread)
    return;
  g_mutex_lock(&w->lock);
  w->open = TRUE;
  g_cond_broadcast(&w->changed);
  gboolean time_left = TRUE;
  while (time_left && still_open(w, part)) {
    if (w->deadline < 0)
      g_cond_wait(&w->changed, &w->lock);
    else
      time_left = g_cond_wait_until(&w->changed, &w->lock, w->deadline);
  }
  g_mutex_unlock(&w->lock);
}

Task *work_take(Work *w, WorkPart part, const char *stamp)
{
  Task *t = NULL;
  g_mutex_lock(&w->lock);
  Entry *e = w->parts[part];
  if (e && e->state == TASK_DONE && strcmp(e->task->stamp, stamp) == 0) {
    t = g_steal_pointer(&e->task);
    entry_clear(&w->parts[part]);
  }
  g_mutex_unlock(&w->lock);
  return t;
}

void work_end(Work *w)
{
  g_mutex_lock(&w->lock);
  w->unseen = FALSE;
  for (int part = 0; part < N_WORK; part++) {
    if (w->parts[part] && !w->parts[part]->asked)
      give_up(w, (WorkPart)part);
    w->unseen = w->unseen || (w->parts[part] && w->parts[part]->state == TASK_DONE);
  }
  w->open = w->thread != NULL;
  w->in_frame = FALSE;
  if (!w->thread)
    kept_clear(w);
  g_cond_broadcast(&w->changed);
  g_mutex_unlock(&w->lock);
}
