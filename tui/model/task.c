/* Tasks: the list of them and the threads that run them. */
#include "tui/model/task.h"

#include <string.h>

#include "tui/model/waker.h"

/* Threads at most. More would each need tables of their own and hardly find lists to compute. */
#define THREADS_MAX 3
/* A list with the cursor that took longer is shown before the rest is there. */
#define FOCUS_SLOW_US 6000
/* Scopes whose rows are kept while there is work; most frames have two or three. A task looks at
 * two at most. */
#define KEPT_GOAL 4
#define KEPT_MAX  (KEPT_GOAL + 2 * THREADS_MAX)

/* The rows of a scope. Empty when `scope` is NULL. */
typedef struct {
  char *scope;
  Selection *sel; /* NULL: one of the threads is making it */
  guint users;    /* tasks that make it or look at it */
  guint64 used;
} Kept;

typedef enum { TASK_WAITING, TASK_RUNNING, TASK_DONE } TaskState;

typedef struct {
  Task *task;
  TaskState state;
  gboolean asked; /* by the frame in hand */
  gint stop;      /* atomic: it is wanted no more */
} Entry;

struct Work {
  GThread *threads[THREADS_MAX];
  guint n_threads;
  Waker waker;
  GMutex lock;
  GCond changed; /* something to do, something done, or the end */
  gboolean quit;
  Entry *parts[N_WORK]; /* NULL: nothing */
  /* what runs, perhaps no longer in `parts` */
  Entry *running[THREADS_MAX];
  guint n_running;
  gboolean in_frame; /* more may be asked of the same scopes */
  gboolean open;     /* what was asked for may start */
  const Dataset *ds;
  gint64 began, deadline; /* of the frame; the latter -1 without any */
  gboolean unseen;        /* something was done after the last frame */
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
  if (t->base)
    scope_free(t->base);
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

/* All of this section is called with the lock. */

static void kept_empty(Kept *k)
{
  g_clear_pointer(&k->scope, g_free);
  g_clear_pointer(&k->sel, selection_free);
  k->users = 0;
}

/* Only while nothing runs. */
static void kept_clear(Work *w)
{
  for (guint i = 0; i < KEPT_MAX; i++)
    kept_empty(&w->kept[i]);
}

static Kept *kept_find(Work *w, const char *scope)
{
  for (guint i = 0; i < KEPT_MAX; i++)
    if (w->kept[i].scope && strcmp(w->kept[i].scope, scope) == 0)
      return &w->kept[i];
  return NULL;
}

/* Place for one more: an empty one, or, when enough are kept, that which nobody looks at and nobody
 * asked for longest. */
static Kept *kept_place(Work *w)
{
  Kept *oldest = NULL, *empty = NULL;
  guint n = 0;
  for (guint i = 0; i < KEPT_MAX; i++) {
    Kept *k = &w->kept[i];
    if (!k->scope)
      empty = k;
    else if (!k->users && (!oldest || k->used < oldest->used))
      oldest = k;
    n += k->scope != NULL;
  }
  return oldest && n >= KEPT_GOAL ? oldest : empty;
}

/* The rows of a scope, made unless another task has made them or is about to; give them back by
 * lowering `users`. NULL with an error, or without one when stopped. */
static Kept *kept_rows(Work *w, const Dataset *ds, const Scope *scope, const gint *stop,
                       GError **error)
{
  g_autofree char *text = scope_print(scope);
  Kept *k;
  while ((k = kept_find(w, text)) && !k->sel)
    g_cond_wait(&w->changed,
                &w->lock); /* whoever makes it may be stopped, and leave it to others */
  if (!k) {
    k = kept_place(w);
    kept_empty(k);
    k->scope = g_steal_pointer(&text);
    k->users = 1;
    g_mutex_unlock(&w->lock);
    Selection *sel = scope_select_until(scope, ds, stop, error);
    g_mutex_lock(&w->lock);
    k->sel = sel;
    g_cond_broadcast(&w->changed);
    if (!sel) {
      kept_empty(k);
      return NULL;
    }
  } else {
    k->users++;
  }
  k->used = ++w->clock;
  return k;
}

static void task_run(Work *w, Task *t, const Dataset *ds, const gint *stop)
{
  Kept *k = kept_rows(w, ds, t->scope, stop, &t->error);
  if (!k)
    return;
  Kept *base = t->base ? kept_rows(w, ds, t->base, stop, NULL) : NULL;
  g_mutex_unlock(&w->lock);
  t->result = t->run(t, ds, k->sel, base ? base->sel : NULL, stop);
  g_mutex_lock(&w->lock);
  k->users--;
  if (base)
    base->users--;
}

/* --- the threads ------------------------------------------------------------------------------ */

/* The list with the cursor has all processors to itself. */
static Entry *next_waiting(Work *w)
{
  const Entry *focus = w->parts[WORK_FOCUS];
  guint n = focus && focus->state != TASK_DONE ? WORK_FOCUS + 1 : N_WORK;
  for (guint i = 0; i < n && w->open; i++)
    if (w->parts[i] && w->parts[i]->state == TASK_WAITING)
      return w->parts[i];
  return NULL;
}

/* The next frame will ask for nothing more that this one knows of. */
static gboolean nothing_left(const Work *w)
{
  for (guint i = 0; i < N_WORK; i++)
    if (w->parts[i])
      return FALSE;
  return w->n_running == 0;
}

static void entry_run(Work *w, Entry *e)
{
  guint place = 0;
  while (w->running[place])
    place++;
  w->running[place] = e;
  w->n_running++;
  e->state = TASK_RUNNING;
  task_run(w, e->task, w->ds, &e->stop);
  w->running[place] = NULL;
  w->n_running--;
  e->state = TASK_DONE;
  if (g_atomic_int_get(&e->stop)) {
    /* its place may have been given to another task */
    if (w->parts[e->task->part] == e)
      w->parts[e->task->part] = NULL;
    entry_clear(&e);
  } else {
    w->unseen = TRUE;
    waker_ring(&w->waker);
  }
  g_cond_broadcast(&w->changed);
}

static gpointer run(gpointer data)
{
  Work *w = data;
  g_mutex_lock(&w->lock);
  while (!w->quit) {
    Entry *e = next_waiting(w);
    if (e) {
      entry_run(w, e);
      continue;
    }
    if (!w->in_frame && nothing_left(w))
      kept_clear(w);
    g_cond_wait(&w->changed, &w->lock);
  }
  g_mutex_unlock(&w->lock);
  return NULL;
}

Work *work_new(void)
{
  Work *w = g_new0(Work, 1);
  w->waker.fds[0] = w->waker.fds[1] = -1;
  g_mutex_init(&w->lock);
  g_cond_init(&w->changed);
  return w;
}

void work_start_threads(Work *w)
{
  if (w->n_threads)
    return;
  waker_open(&w->waker);
  if (waker_fd(&w->waker) < 0)
    return;
  /* without a single one, tasks run when asked for */
  for (guint i = 0; i < MIN(g_get_num_processors(), THREADS_MAX); i++) {
    w->threads[w->n_threads] = g_thread_try_new("work", run, w, NULL);
    w->n_threads += w->threads[w->n_threads] != NULL;
  }
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
  for (guint i = 0; i < w->n_threads; i++)
    g_thread_join(w->threads[i]);
  kept_clear(w);
  waker_close(&w->waker);
  g_mutex_clear(&w->lock);
  g_cond_clear(&w->changed);
  g_free(w);
}

int work_fd(const Work *w)
{
  return w->n_threads ? waker_fd(&w->waker) : -1;
}

gboolean work_poll(Work *w)
{
  if (!w->n_threads)
    return FALSE;
  waker_quiet(&w->waker);
  g_mutex_lock(&w->lock);
  gboolean unseen = w->unseen;
  w->unseen = FALSE;
  g_mutex_unlock(&w->lock);
  return unseen;
}

/* --- a frame ---------------------------------------------------------------------------------- */

/* Drops an entry. One that runs is told to stop and freed by its thread. Call with the lock. */
static void give_up(Work *w, WorkPart part)
{
  Entry *e = w->parts[part];
  if (e && e->state == TASK_RUNNING) {
    g_atomic_int_set(&e->stop, 1);
    w->parts[part] = NULL;
  } else {
    entry_clear(&w->parts[part]);
  }
}

void work_halt(Work *w)
{
  g_mutex_lock(&w->lock);
  for (int part = 0; part < N_WORK; part++)
    give_up(w, (WorkPart)part);
  while (w->n_running)
    g_cond_wait(&w->changed, &w->lock);
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
  w->began = g_get_monotonic_time();
  w->deadline = budget_us < 0 ? -1 : w->began + budget_us;
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
  g_mutex_lock(&w->lock);
  if (!w->n_threads)
    task_run(w, t, w->ds, NULL);
  Entry *e = find_stamp(w, t->stamp);
  if (e && w->n_threads) {
    task_free(t);
    if (e->task->part != part) {
      w->parts[e->task->part] = NULL;
      give_up(w, part);
      e->task->part = part;
      w->parts[part] = e;
    }
  } else {
    /* the list with the cursor is new: what runs was for the old one */
    for (int other = 0; part == WORK_FOCUS && other < N_WORK; other++)
      if (w->parts[other] && w->parts[other]->state == TASK_RUNNING)
        give_up(w, (WorkPart)other);
    give_up(w, part);
    e = w->parts[part] = g_new0(Entry, 1);
    e->task = t;
    e->state = w->n_threads ? TASK_WAITING : TASK_DONE;
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
  if (!w->n_threads)
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
  gint64 now = g_get_monotonic_time();
  if (part == WORK_FOCUS && w->deadline > now && now - w->began > FOCUS_SLOW_US)
    w->deadline = now; /* what depends on it will take as long */
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
  w->open = w->n_threads > 0;
  w->in_frame = FALSE;
  if (!w->n_threads)
    kept_clear(w);
  g_cond_broadcast(&w->changed);
  g_mutex_unlock(&w->lock);
}
