/* Tasks: what a frame needs computed, done behind the screen or at once.
 *
 * A task computes one part of the screen (a list, the totals) from the dataset and the rows of one
 * scope. Before a frame its parts are asked for, in any order; those of low numbers run first, and
 * the list with the cursor runs alone. Without threads they run when asked for; with some, a frame
 * waits for them until its time is up, shows what is there, marks what is not, and the rest comes
 * with a later frame. When the list with the cursor took long, it is shown before the rest. What is
 * not asked for again by the next frame is given up. Tasks of one frame that concern the same scope
 * share its rows. */
#ifndef TUI_MODEL_TASK_H
#define TUI_MODEL_TASK_H

#include "core/query/scope.h"

typedef struct Work Work;

/* Parts of the screen, in the order in which they are computed. The list with the cursor is told by
 * WORK_FOCUS: everything else depends on it. */
typedef enum {
  WORK_FOCUS,
  WORK_TOTALS,
  WORK_PANE,                  /* one for each of the five */
  WORK_SPARK = WORK_PANE + 5, /* its trends: likewise */
  WORK_DETAIL = WORK_SPARK + 5,
  WORK_STRIP,
  N_WORK
} WorkPart;

typedef struct Task Task;
struct Task {
  WorkPart part;
  char *stamp;  /* all that the result depends on */
  Scope *scope; /* whose rows are looked at */
  Scope *base;  /* whose rows they are compared with, or NULL */
  gpointer order;
  GDestroyNotify order_free;
  /* Computes the result, in whichever thread; reads nothing but its arguments. May return NULL when
   * *stop (atomic) is not 0; stop may be NULL. */
  gpointer (*run)(const Task *t, const Dataset *ds, const Selection *sel, const Selection *base,
                  const gint *stop);
  gpointer result;
  GDestroyNotify result_free;
  GError *error; /* the scope does not resolve: there is no result */
};

void task_free(Task *t);

Work *work_new(void);
void work_free(Work *w);
/* From now on tasks run in threads, one for each processor and three at most. */
void work_start_threads(Work *w);
/* Readable when a task is done that the last frame could not wait for; -1 without threads. */
int work_fd(const Work *w);
/* Takes note of what is done: TRUE when a new frame would show more. */
gboolean work_poll(Work *w);
/* Gives everything up and waits until nothing runs: the dataset is about to change. */
void work_halt(Work *w);

/* A frame: from now on tasks are asked for, of this dataset. It waits `budget_us` at most in all;
 * -1: as long as it takes. */
void work_begin(Work *w, const Dataset *ds, gint64 budget_us);
/* Takes over `t`. The same part with the same stamp is asked for only once. */
void work_ask(Work *w, Task *t);
/* Starts what was asked for and waits for one part, or for all with N_WORK. */
void work_wait(Work *w, WorkPart part);
/* The finished task, for the caller to free, or NULL: not there yet. */
Task *work_take(Work *w, WorkPart part, const char *stamp);
/* The frame has all it needs: what was not asked for again is given up. */
void work_end(Work *w);

#endif
