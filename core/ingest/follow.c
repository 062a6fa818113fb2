/* Following: which logs can be followed, and one look at all of them. */
#include "core/ingest/follow_private.h"

#include <stdarg.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"

#define WARNINGS_MAX 200 /* of a report: a log that is rotated every minute must not fill it */
#define TURNS_MAX    8   /* changes of one file told in one look: read on, end, anew, read on */

/* --- setting up ----------------------------------------------------------------------------------
 */

static void followed_free(void *p)
{
  Followed *w = p;
  tail_free(w->tail);
  if (w->sniffed_once)
    sniffed_clear(&w->sniffed);
  g_free(w->name);
  g_free(w->why_not);
  g_free(w->trouble);
  g_free(w);
}

Follow *follow_new(const LoadRequest *req, GPtrArray *columns)
{
  Follow *f = g_new0(Follow, 1);
  f->logs = g_ptr_array_new_with_free_func(followed_free);
  f->columns = g_ptr_array_ref(columns);
  f->form = g_strdup(req->form);
  f->programs_conf = req->programs_conf;
  f->staff_conf = req->staff_conf;
  return f;
}

void follow_free(Follow *f)
{
  if (f == NULL)
    return;
  g_ptr_array_unref(f->logs);
  g_ptr_array_unref(f->columns);
  cohort_facts_free(f->facts);
  g_free(f->form);
  g_free(f);
}

void follow_take_facts(Follow *f, CohortFacts *facts)
{
  cohort_facts_free(f->facts);
  f->facts = facts;
}

/* Why an input cannot be followed, and what to do; NULL when it can. */
static char *reason_against(const Input *input, const InputFile *file, const char *name)
{
  const Origin *o = input->origin;
  if (input->table != NULL)
    return g_strdup("a database cannot be followed: open it again for new rows");
  if (o->bytes != NULL)
    return g_strdup("the sample does not grow: name your own log to follow it");
  if (file->container != NULL)
    return g_strdup_printf("%s is packed (%s): unpack it to follow it", name, file->container);
  if (o->path == NULL)
    return g_strdup("standard input cannot be followed: write it to a file first");
  if (input->source != NULL && !source_is_seekable(input->source))
    return g_strdup_printf("%s is a pipe or device: only files can be followed", name);
  return NULL;
}

static gssize read_source(gconstpointer data, void *buf, gsize len, guint64 offset, GError **error)
{
  return source_pread(data, buf, len, offset, error);
}

static void copy_sniffed(Followed *w, const Sniffed *from)
{
  w->sniffed = *from;
  w->sniffed.columns = g_strdup(from->columns);
  w->sniffed.ignored = from->ignored != NULL ? g_ptr_array_ref(from->ignored) : NULL;
  w->sniffed.layout.query_user = g_strdup(from->layout.query_user);
  w->sniffed_once = w->known = TRUE;
}

void follow_add(Follow *f, const Input *input, InputFile *file, guint64 end)
{
  if (file->form == FORM_COHORTS || input->cohorts)
    return;
  Followed *w = g_new0(Followed, 1);
  char *base = g_path_get_basename(file->name);
  w->file = input->file;
  w->name = text_safe(base, -1);
  g_free(base);
  g_ptr_array_add(f->logs, w);
  w->why_not = reason_against(input, file, w->name);
  if (w->why_not != NULL)
    return;
  w->tail = tail_new(input->origin->path);
  if (input->source == NULL || end == 0) /* empty: what it will hold is to be seen */
    return;
  char last = '\n';
  source_pread(input->source, &last, 1, end - 1, NULL);
  if (last != '\n' && end == input->sniffed.start) { /* half a header is none */
    file->lines = file->header = file->blank = file->bytes = 0;
    return;
  }
  copy_sniffed(w, &input->sniffed);
  w->lines = file->lines;
  w->midline = last != '\n';
  if (!tail_set_place(w->tail, end, read_source, input->source, NULL))
    w->midline = TRUE;
}

/* --- asking --------------------------------------------------------------------------------------
 */

static guint count_possible(const Follow *f)
{
  guint n = 0;
  for (guint i = 0; i < f->logs->len; i++)
    n += ((const Followed *)f->logs->pdata[i])->why_not == NULL;
  return n;
}

gboolean follow_possible(const Follow *f, GError **error)
{
  if (count_possible(f) > 0)
    return TRUE;
  const Followed *first = f->logs->len > 0 ? f->logs->pdata[0] : NULL;
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                      first != NULL ? first->why_not : "there is no log to follow");
  return FALSE;
}

char *follow_names(const Follow *f)
{
  guint n = count_possible(f);
  if (n != f->logs->len)
    return g_strdup_printf("%u of %u logs", n, f->logs->len);
  if (n == 1)
    return g_strdup(((const Followed *)f->logs->pdata[0])->name);
  return g_strdup_printf("%u logs", n);
}

gboolean follow_needs_reload(const Follow *f)
{
  for (guint i = 0; i < f->logs->len; i++) {
    const Followed *w = f->logs->pdata[i];
    if (w->why_not == NULL && w->midline)
      return TRUE;
  }
  return FALSE;
}

void follow_rest(Follow *f)
{
  for (guint i = 0; i < f->logs->len; i++) {
    const Followed *w = f->logs->pdata[i];
    if (w->tail != NULL)
      tail_rest(w->tail);
  }
}

/* --- one look ------------------------------------------------------------------------------------
 */

void follow_tell(Look *look, gboolean trouble, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  g_ptr_array_add(look->news->events, g_strdup_vprintf(format, args));
  va_end(args);
  look->news->trouble |= trouble;
}

void follow_tell_error(Look *look, Followed *w, GError *error)
{
  if (g_strcmp0(error->message, w->trouble) != 0) {
    follow_tell(look, TRUE, "%s", error->message);
    g_free(w->trouble);
    w->trouble = g_strdup(error->message);
  }
  g_error_free(error);
}

/* The name belongs to another text, which begins at its first byte. */
static void begin_anew(Look *look, Followed *w)
{
  follow_tell(look, FALSE, "%s begins anew: the rows read before stay", w->name);
  w->known = FALSE;
  w->lines = 0;
}

/* One change of a file. FALSE when there is nothing more for now. */
static gboolean take_change(Look *look, Followed *w)
{
  GError *e = NULL;
  TailChange change = tail_look(w->tail, &e);
  if (w->gone && !tail_is_gone(w->tail) && change != TAIL_FAILED) {
    w->gone = FALSE;
    follow_tell(look, FALSE, "%s is back", w->name);
  } else if (w->trouble != NULL && change == TAIL_QUIET) {
    g_clear_pointer(&w->trouble, g_free);
    follow_tell(look, FALSE, "%s can be read again", w->name);
  }
  switch (change) {
  case TAIL_MORE:
  case TAIL_END:
    follow_read(look, w, change == TAIL_END);
    return w->why_not == NULL && w->trouble == NULL && !look->news->waiting;
  case TAIL_ANEW:
    begin_anew(look, w);
    return TRUE;
  case TAIL_GONE:
    w->gone = TRUE;
    follow_tell(look, FALSE, "%s is gone: waiting for it to come back", w->name);
    return FALSE;
  case TAIL_FAILED:
    follow_tell_error(look, w, e);
    return FALSE;
  default:
    return FALSE;
  }
}

/* What the rows say about cohorts that are new. */
static gboolean settle_cohorts(Look *look, GError **error)
{
  const Follow *f = look->follow;
  CohortTable *table = log_builder_cohorts(look->builder);
  cohort_facts_apply(f->facts, table);
  return cohort_table_configure(table, f->programs_conf, f->staff_conf, error);
}

static void part_free(void *p)
{
  FollowPart *part = p;
  batch_free(part->batch);
  g_free(part);
}

FollowNews *follow_look(Follow *f, const AccessLog *log)
{
  Look look = {.follow = f, .log = log, .news = g_new0(FollowNews, 1)};
  FollowNews *n = look.news;
  GError *e = NULL;
  n->events = g_ptr_array_new_with_free_func(g_free);
  n->parts = g_ptr_array_new_with_free_func(part_free);
  for (guint i = 0; i < f->logs->len; i++) {
    Followed *w = f->logs->pdata[i];
    for (int turn = 0; turn < TURNS_MAX && w->why_not == NULL; turn++)
      if (!take_change(&look, w))
        break;
  }
  if (n->rows > 0 && settle_cohorts(&look, &e))
    n->log = access_log_join(log, g_steal_pointer(&look.builder));
  if (e != NULL)
    follow_tell(&look, TRUE, "%s", e->message);
  g_clear_error(&e);
  log_builder_free(look.builder);
  if (n->parts->len > 0 || n->events->len > 0)
    return n;
  follow_news_free(n);
  return NULL;
}

void follow_news_free(FollowNews *n)
{
  if (n == NULL)
    return;
  access_log_unref(n->log);
  g_ptr_array_unref(n->events);
  g_ptr_array_unref(n->parts);
  g_free(n);
}

/* --- adding up -----------------------------------------------------------------------------------
 */

void follow_news_add(FollowNews *n, FollowNews *later)
{
  if (later->log != NULL) {
    access_log_unref(n->log);
    n->log = g_steal_pointer(&later->log);
  }
  n->rows += later->rows;
  n->rejected += later->rejected;
  n->trouble |= later->trouble;
  n->waiting = later->waiting;
  g_ptr_array_extend_and_steal(n->events, g_steal_pointer(&later->events));
  g_ptr_array_extend_and_steal(n->parts, g_steal_pointer(&later->parts));
  g_free(later);
}

void follow_report(const FollowNews *n, LoadReport *r)
{
  for (guint i = 0; i < n->events->len && r->warnings->len < WARNINGS_MAX; i++)
    load_report_warn(r, "%s", (const char *)n->events->pdata[i]);
  for (guint i = 0; i < n->parts->len; i++) {
    FollowPart *part = n->parts->pdata[i];
    Batch *b = part->batch;
    InputFile *file = r->files->pdata[part->file];
    file->bytes += part->bytes;
    file->lines += part->lines;
    file->header += part->header;
    file->rows += b->rows;
    file->rejected += b->rejected;
    file->blank += b->blank;
    file->continued += b->continued;
    r->rows += b->rows;
    r->rejected += b->rejected;
    load_report_take_batch(r, part->file, b);
  }
}
