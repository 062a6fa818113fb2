/* Parallel reading: workers read pieces ahead of the caller, who joins them in order. */
#include "core/ingest/parallel.h"

#include "core/base/error.h"

#define WAIT_USEC (50 * G_TIME_SPAN_MILLISECOND)

/* What came of a piece. */
typedef struct {
  Batch *batch; /* NULL: not done yet */
  guint64 start, end;
  GError *error;
} Piece;

typedef struct {
  const ParallelJob *job;
  GMutex lock;
  GCond changed;
  guint64 n_pieces;
  guint64 next;   /* piece that is handed out next */
  guint64 joined; /* pieces the caller is done with */
  Piece *piece;   /* a ring: piece k is at k % window */
  guint window;
  gboolean stop;
  GThread **threads;
} Parallel;

/* A place in the text, for reading on from there. */
typedef struct {
  const Source *source;
  guint64 offset;
} Place;

static gssize read_place(void *data, void *buf, gsize len, GError **error)
{
  Place *p = data;
  gssize n = source_pread(p->source, buf, len, p->offset, error);
  if (n > 0)
    p->offset += (guint64)n;
  return n;
}

static guint64 piece_start(const ParallelJob *job, guint64 k)
{
  return job->start + k * job->chunk;
}

static void read_piece(Parallel *p, Reader *reader, guint64 k, Piece *ret)
{
  const ParallelJob *job = p->job;
  guint64 start = piece_start(job, k), end = piece_start(job, k + 1);
  gboolean stopped;
  ret->batch = batch_new();
  ret->start = start;
  /* Behind the first piece, the line that holds the byte in front belongs to the piece before. */
  Place place = {job->source, k == 0 ? start : start - 1};
  ReaderInput input = {read_place, &place, NULL, job->more};
  if (k == 0)
    reader_run(reader, &input, start, end, ret->batch, NULL, NULL, &ret->end, &stopped,
               &ret->error);
  else
    reader_run_from(reader, &input, start - 1, end, ret->batch, &ret->start, &ret->end,
                    &ret->error);
}

static void *worker_main(void *data)
{
  Parallel *p = data;
  Reader *reader = reader_new(p->job->layout);
  g_mutex_lock(&p->lock);
  for (;;) {
    while (!p->stop && p->next < p->n_pieces && p->next >= p->joined + p->window)
      g_cond_wait(&p->changed, &p->lock);
    if (p->stop || p->next >= p->n_pieces)
      break;
    guint64 k = p->next++;
    g_mutex_unlock(&p->lock);
    Piece piece = {0};
    read_piece(p, reader, k, &piece);
    g_mutex_lock(&p->lock);
    p->piece[k % p->window] = piece;
    g_cond_broadcast(&p->changed);
  }
  g_mutex_unlock(&p->lock);
  reader_free(reader);
  return NULL;
}

static void piece_clear(Piece *piece)
{
  batch_free(piece->batch);
  g_clear_error(&piece->error);
  *piece = (Piece){0};
}

/* Waits for piece k. FALSE when `tick` stopped it. */
static gboolean take_piece(Parallel *p, guint64 k, WaitFunc tick, void *tick_data, Piece *ret)
{
  Piece *slot = &p->piece[k % p->window];
  gboolean go_on = TRUE;
  g_mutex_lock(&p->lock);
  while (go_on && slot->batch == NULL) {
    if (g_cond_wait_until(&p->changed, &p->lock, g_get_monotonic_time() + WAIT_USEC))
      continue;
    g_mutex_unlock(&p->lock);
    go_on = tick(tick_data);
    g_mutex_lock(&p->lock);
  }
  if (go_on) {
    *ret = *slot;
    *slot = (Piece){0};
    p->joined = k + 1;
    g_cond_broadcast(&p->changed);
  }
  g_mutex_unlock(&p->lock);
  return go_on;
}

/* Reads the rows of piece k from `*place` on in this thread, straight into `out`. */
static gboolean read_again(const ParallelJob *job, guint64 k, Batch *out, guint64 *place,
                           GError **error)
{
  guint64 end = piece_start(job, k + 1);
  gboolean stopped;
  if (*place >= end) /* the row before went on beyond the piece */
    return TRUE;
  Place from = {job->source, *place};
  ReaderInput input = {read_place, &from, NULL, job->more};
  Reader *reader = reader_new(job->layout);
  gboolean ok = reader_run(reader, &input, *place, end, out, NULL, NULL, place, &stopped, error);
  reader_free(reader);
  return ok;
}

static gboolean join_piece(const ParallelJob *job, guint64 k, Piece *piece, Batch *out,
                           guint64 *place, GError **error)
{
  if (piece->start == *place && piece->error == NULL && batch_append(out, piece->batch, NULL)) {
    *place = piece->end;
    return TRUE;
  }
  /* A wrong guess; an error, which comes up again at its place; or a dictionary that is full, for
   * which the rows behind its last entry are rejected one by one. */
  return read_again(job, k, out, place, error);
}

static void start_workers(Parallel *p)
{
  const ParallelJob *job = p->job;
  g_mutex_init(&p->lock);
  g_cond_init(&p->changed);
  p->n_pieces = job->size > job->start ? (job->size - job->start - 1) / job->chunk + 1 : 0;
  p->window = 2 * job->threads;
  p->piece = g_new0(Piece, p->window);
  p->threads = g_new0(GThread *, job->threads);
  for (guint i = 0; i < job->threads; i++)
    p->threads[i] = g_thread_new("read", worker_main, p);
}

static void stop_workers(Parallel *p)
{
  g_mutex_lock(&p->lock);
  p->stop = TRUE;
  g_cond_broadcast(&p->changed);
  g_mutex_unlock(&p->lock);
  for (guint i = 0; i < p->job->threads; i++)
    g_thread_join(p->threads[i]);
  for (guint i = 0; i < p->window; i++)
    piece_clear(&p->piece[i]);
  g_free(p->threads);
  g_free(p->piece);
  g_mutex_clear(&p->lock);
  g_cond_clear(&p->changed);
}

gboolean parallel_read(const ParallelJob *job, Batch *out, WaitFunc tick, void *tick_data,
                       guint64 *place, gboolean *ret_stopped, GError **error)
{
  Parallel p = {.job = job};
  gboolean ok = TRUE;
  *place = job->start;
  *ret_stopped = FALSE;
  start_workers(&p);
  for (guint64 k = 0; k < p.n_pieces && ok && !*ret_stopped; k++) {
    Piece piece = {0};
    if (!take_piece(&p, k, tick, tick_data, &piece)) {
      *ret_stopped = TRUE;
      break;
    }
    ok = join_piece(job, k, &piece, out, place, error);
    piece_clear(&piece);
    *ret_stopped = ok && !tick(tick_data);
  }
  stop_workers(&p);
  return ok;
}
