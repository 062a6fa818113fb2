/* Loading: cohort tables first, then the logs, then the log of all. */
#include "core/ingest/load.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/ingest/follow_private.h"
#include "core/ingest/load_database.h"
#include "core/ingest/parallel.h"

#define CHUNK_BYTES ((gsize)4 * 1024 * 1024)
#define THREADS_MAX 8

void load_request_init(LoadRequest *req)
{
  *req = (LoadRequest){.max_rejects = 0.01, .stdin_fd = 0};
}

/* --- one input ------------------------------------------------------------------------------- */

static gssize read_stream(void *data, void *buf, gsize len, GError **error)
{
  return source_read(data, buf, len, error);
}

static gboolean stream_damaged(void *data)
{
  return source_damage(data) != NULL;
}

/* Passes over the header. */
static gboolean skip_bytes(Source *s, gsize n, GError **error)
{
  char buf[4096];
  while (n > 0) {
    gssize got = source_read(s, buf, MIN(n, sizeof buf), error);
    if (got <= 0)
      return got == 0;
    n -= (gsize)got;
  }
  return TRUE;
}

static gboolean read_as_stream(Loader *l, Input *input, Batch *out, guint64 *ret_end,
                               GError **error)
{
  gboolean stopped = FALSE;
  guint64 start = input->sniffed.start;
  ReaderInput in = {read_stream, input->source, stream_damaged,
                    l->req->growing && source_is_seekable(input->source)};
  if (!skip_bytes(input->source, input->sniffed.start, error))
    return FALSE;
  l->current = input->source;
  Reader *reader = reader_new(&input->sniffed.layout);
  gboolean ok =
      reader_run(reader, &in, start, G_MAXUINT64, out, load_tick, l, ret_end, &stopped, error);
  reader_free(reader);
  l->current = NULL;
  return ok;
}

static guint n_threads(const LoadRequest *req)
{
  guint n = req->threads != 0 ? req->threads : g_get_num_processors();
  return CLAMP(n, 1, THREADS_MAX);
}

static gboolean read_in_parallel(Loader *l, const Input *input, Batch *out, guint64 *ret_end,
                                 GError **error)
{
  gboolean stopped = FALSE;
  ParallelJob job = {
      .source = input->source,
      .layout = &input->sniffed.layout,
      .start = input->sniffed.start,
      .size = source_size(input->source),
      .chunk = l->req->chunk_bytes != 0 ? l->req->chunk_bytes : CHUNK_BYTES,
      .threads = n_threads(l->req),
      .more = l->req->growing,
  };
  l->place = ret_end;
  gboolean ok = parallel_read(&job, out, load_tick, l, ret_end, &stopped, error);
  l->place = NULL;
  return ok;
}

/* What became of the file, after its last row. */
static void close_file(Loader *l, const Input *input, Batch *b, guint64 end, GError **error)
{
  InputFile *file = loader_file(l, input);
  file->bytes = end;
  file->header = input->sniffed.layout.header ? 1 : 0;
  file->lines = b->lines;
  file->rows = b->rows;
  file->rejected = b->rejected;
  file->blank = b->blank;
  file->continued = b->continued;
  if (file->form != FORM_COHORTS) {
    l->report->rows += b->rows;
    l->report->rejected += b->rejected;
  }
  load_report_take_batch(l->report, input->file, b);
  if (l->follow != NULL)
    follow_add(l->follow, input, file, end);
  const char *why = input->source != NULL ? source_damage(input->source) : NULL;
  if (*error != NULL && (*error)->domain == CORE_ERROR && (*error)->code == CORE_ERROR_INPUT)
    why = (*error)->message;
  file->partial = l->stopped || why != NULL;
  if (why != NULL) {
    char *line = text_grouped((gint64)b->lines);
    g_free(file->note);
    file->note = g_strdup_printf("%s: rows up to %s %s were read", why,
                                 input->table != NULL ? "number" : "line", line);
    load_report_warn(l->report, "%s: %s", file->name, file->note);
    g_free(line);
  }
  /* What could be read stays; a reader that was stopped is no error either. */
  if (*error != NULL && (l->stopped || (why != NULL && b->rows > 0)))
    g_clear_error(error);
}

static gboolean read_input(Loader *l, Input *input, GError **error)
{
  GError *e = NULL;
  if (input->source == NULL && input->table == NULL) {
    input->source = source_open(input->origin, load_tick, l, error);
    if (input->source == NULL)
      return FALSE;
  }
  Batch *out = batch_new_on(l->builder, l->facts);
  out->lines = input->sniffed.lines;
  out->blank = input->sniffed.blank;
  guint64 end = input->sniffed.start;
  gsize chunk = l->req->chunk_bytes != 0 ? l->req->chunk_bytes : CHUNK_BYTES;
  gboolean parallel = input->source != NULL && source_is_seekable(input->source) &&
                      n_threads(l->req) > 1 && input->sniffed.layout.form != FORM_COHORTS &&
                      source_size(input->source) > chunk;
  if (input->table != NULL)
    load_read_table(l, input, out, &end, &e);
  else if (parallel)
    read_in_parallel(l, input, out, &end, &e);
  else
    read_as_stream(l, input, out, &end, &e);
  close_file(l, input, out, end, &e);
  batch_free(out);
  l->bytes_before += input->source != NULL ? source_size(input->source) : end;
  g_clear_pointer(&input->source, source_free);
  if (e == NULL)
    return TRUE;
  g_propagate_error(error, e);
  return FALSE;
}

static gboolean read_inputs(Loader *l, GError **error)
{
  for (int cohorts = 1; cohorts >= 0; cohorts--) {
    for (guint i = 0; i < l->inputs->len && !l->stopped; i++) {
      Input *input = l->inputs->pdata[i];
      gboolean is_table = loader_file(l, input)->form == FORM_COHORTS;
      if (input->use && is_table == (cohorts == 1) && !read_input(l, input, error))
        return FALSE;
    }
  }
  return TRUE;
}

/* --- afterwards ------------------------------------------------------------------------------ */

/* The file whose rows described the cohorts: of several wide logs, the first. */
static guint wide_file(const Loader *l)
{
  for (guint i = 0; i < l->report->files->len; i++) {
    if (((const InputFile *)l->report->files->pdata[i])->form == FORM_WIDE)
      return i;
  }
  return 0;
}

static void on_fact(void *data, const Cohort *c, FactProblems problems, guint64 line,
                    guint64 odd_line)
{
  Loader *l = data;
  LoadReport *r = l->report;
  guint file = wide_file(l);
  const char *name = ((const InputFile *)r->files->pdata[file])->name;
  if (problems & FACT_BAD_DATE)
    load_report_warn(r,
                     "%s:%" G_GUINT64_FORMAT ": cohort %s (%s) has a start or end date that is "
                     "none; it is kept without dates",
                     name, line, c->id, c->name);
  if (problems & FACT_DATE_ORDER) {
    load_report_warn(r,
                     "%s:%" G_GUINT64_FORMAT ": cohort %s (%s) ends before it starts; it is kept "
                     "without dates",
                     name, line, c->id, c->name);
    Reject *reject = reject_new(REJECT_DATES_ORDER, line, c->id, strlen(c->id));
    reject->file = file;
    if (r->rejected_by[REJECT_DATES_ORDER]++ < REJECT_KEEP)
      g_ptr_array_add(r->rejects, reject);
    else
      reject_free(reject);
  }
  if (problems & FACT_FULL)
    load_report_warn(r,
                     "%s:%" G_GUINT64_FORMAT ": more than %d programs; cohort %s is kept without "
                     "one",
                     name, line, PROGRAM_MAX, c->id);
  if (odd_line != 0)
    load_report_warn(r,
                     "%s: rows disagree about cohort %s (%s), first at line %" G_GUINT64_FORMAT
                     "; line %" G_GUINT64_FORMAT " counts",
                     name, c->id, c->name, odd_line, line);
}

static void warn_cohort_tables(Loader *l)
{
  LoadReport *r = l->report;
  for (guint i = 0; i < r->files->len; i++) {
    const InputFile *f = r->files->pdata[i];
    if (f->form == FORM_COHORTS && f->rejected > 0)
      load_report_warn(r, "%s: %" G_GUINT64_FORMAT " %s of the cohort table could not be used",
                       f->name, f->rejected, f->rejected == 1 ? "line" : "lines");
  }
  for (guint i = 0; i < r->rejects->len; i++) {
    const Reject *reject = r->rejects->pdata[i];
    const InputFile *f = r->files->pdata[reject->file];
    if (f->form != FORM_COHORTS)
      continue;
    if (reject->reason == REJECT_DATES_ORDER)
      load_report_warn(r,
                       "%s:%" G_GUINT64_FORMAT ": cohort %s ends before it starts; it is kept "
                       "without dates",
                       f->name, reject->line, reject->excerpt);
    else if (reject->reason == REJECT_DATE)
      load_report_warn(r,
                       "%s:%" G_GUINT64_FORMAT ": cohort %s has a start or end date that is none; "
                       "it is kept without dates",
                       f->name, reject->line, reject->excerpt);
  }
}

/* Rows of cohorts that no table describes. */
static void warn_unknown_cohorts(Loader *l, const AccessLog *log)
{
  guint64 rows = 0;
  guint unknown = 0, known = 0;
  const Cohort *example = NULL;
  for (guint i = 1; i < log->cohorts->cohorts->len; i++) {
    const Cohort *c = cohort_table_get(log->cohorts, (guint16)i);
    guint32 n = log->cohort_start[i + 1] - log->cohort_start[i];
    known += c->in_table;
    if (c->in_table || n == 0)
      continue;
    unknown++;
    rows += n;
    if (example == NULL)
      example = c;
  }
  if (unknown == 0)
    return;
  char *n = text_grouped((gint64)rows);
  if (known == 0)
    load_report_warn(l->report,
                     "there is no cohort table: the %u cohorts of %s rows have no names, "
                     "dates or programs; name one with --cohorts FILE",
                     unknown, n);
  else
    load_report_warn(l->report,
                     "%s %s of %u %s that the cohort table does not have, such as %s: "
                     "kept, with phase undated",
                     n, rows == 1 ? "row is" : "rows are", unknown,
                     unknown == 1 ? "cohort" : "cohorts", example->id);
  g_free(n);
}

/* No row at all: says why. */
static void set_nothing_read(const Loader *l, GError **error)
{
  const LoadReport *r = l->report;
  const Reject *first = load_report_first_lost(r);
  const InputFile *file = first != NULL       ? r->files->pdata[first->file]
                          : r->files->len > 0 ? r->files->pdata[0]
                                              : NULL;
  char *name = file != NULL ? text_safe(file->name, -1) : NULL;
  if (l->stopped)
    g_set_error(error, CORE_ERROR, CORE_ERROR_CANCELLED, "stopped before the first row was read");
  else if (file == NULL)
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no log was named");
  else if (first != NULL)
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "%s: none of its lines is a row (%s, read as %s); the first that is not is line "
                "%" G_GUINT64_FORMAT " (%s): \"%s\". %s",
                name, file->columns, form_name(file->form), first->line, reject_name(first->reason),
                first->excerpt, reject_explanation(first->reason));
  else if (file->form == FORM_COHORTS)
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "%s is a cohort table; name the log, too, and before it", name);
  else
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT, "%s has no rows: %s", name,
                file->note != NULL ? file->note : "there is nothing in it");
  g_free(name);
}

static AccessLog *finish(Loader *l, GError **error)
{
  if (log_builder_count(l->builder) == 0) {
    set_nothing_read(l, error);
    return NULL;
  }
  if (!load_apply_cohorts(l, error))
    return NULL;
  AccessLog *log = log_builder_finish(g_steal_pointer(&l->builder));
  cohort_facts_report(l->facts, log->cohorts, on_fact, l);
  warn_cohort_tables(l);
  warn_unknown_cohorts(l, log);
  return log;
}

/* --- all ------------------------------------------------------------------------------------- */

static gboolean check_request(const LoadRequest *req, GPtrArray **ret_columns, GError **error)
{
  static const char *const forms[] = {"raw", "csv", "combined", NULL};
  if (req->form != NULL && !g_strv_contains(forms, req->form)) {
    char *safe = text_safe(req->form, -1);
    const char *near = text_closest(req->form, forms);
    g_set_error(
        error, CORE_ERROR, CORE_ERROR_USAGE,
        "--format: there is no input form \"%s\"; the forms are raw, csv and combined%s%s%s", safe,
        near != NULL ? "; did you mean " : "", near != NULL ? near : "", near != NULL ? "?" : "");
    g_free(safe);
    return FALSE;
  }
  *ret_columns = columns_parse(req->columns, error);
  return *ret_columns != NULL;
}

/* Describes every input in the report, and adds up what is to be read. */
static void describe_inputs(Loader *l)
{
  gboolean stream = FALSE;
  for (guint i = 0; i < l->inputs->len; i++) {
    Input *input = l->inputs->pdata[i];
    InputFile *file = loader_file(l, input);
    if (!input->use)
      continue;
    file->columns = g_strdup(input->sniffed.columns);
    g_ptr_array_unref(file->ignored);
    file->ignored = g_ptr_array_ref(input->sniffed.ignored);
    stream = stream || input->size == 0;
    l->total_bytes += input->size;
  }
  if (stream)
    l->total_bytes = 0;
}

/* What has not been read at all, because it was empty, may be followed as well. */
static void hand_over_follow(Loader *l)
{
  for (guint i = 0; i < l->inputs->len; i++) {
    const Input *input = l->inputs->pdata[i];
    if (!input->use && !input->member)
      follow_add(l->follow, input, loader_file(l, input), 0);
  }
  follow_take_facts(l->follow, g_steal_pointer(&l->facts));
  *l->req->ret_follow = g_steal_pointer(&l->follow);
}

AccessLog *load(const LoadRequest *req, LoadReport **ret_report, GError **error)
{
  AccessLog *log = NULL;
  Loader l = {.req = req, .report = load_report_new()};
  load_progress_start(&l);
  l.inputs = g_ptr_array_new_with_free_func(input_free);
  l.databases = g_ptr_array_new_with_free_func(load_database_free);
  l.builder = log_builder_new();
  l.facts = cohort_facts_new();
  gboolean understood = check_request(req, &l.columns, error);
  if (understood && req->ret_follow != NULL)
    l.follow = follow_new(req, l.columns);
  if (understood && load_open_inputs(&l, error)) {
    describe_inputs(&l);
    if (read_inputs(&l, error))
      log = finish(&l, error);
  }
  l.report->cancelled = l.stopped;
  l.report->microseconds = g_get_monotonic_time() - l.started;
  if (log != NULL && l.follow != NULL)
    hand_over_follow(&l);
  follow_free(l.follow);
  g_clear_pointer(&l.columns, g_ptr_array_unref);
  g_ptr_array_unref(l.inputs);
  g_ptr_array_unref(l.databases);
  log_builder_free(l.builder);
  cohort_facts_free(l.facts);
  *ret_report = l.report;
  return log;
}
