/* Loading arbitrary bytes: no crash, every line accounted for, and an outcome that does not depend
 * on threads. The first two bytes choose how to load, the rest is the text; behind a line of `%%`
 * stands a cohort table. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "core/ingest/load.h"

/* A broken promise is a crash, for the fuzzer to see. */
static void check(gboolean ok)
{
  if (!ok)
    abort();
}

static void check_report(const AccessLog *log, const LoadReport *r)
{
  guint64 rows = 0;
  for (guint i = 0; i < r->files->len; i++) {
    const InputFile *f = r->files->pdata[i];
    check(f->lines == f->rows + f->rejected + f->blank + f->header + f->continued);
    rows += f->form == FORM_COHORTS ? 0 : f->rows;
  }
  check(rows == r->rows);
  check(log == NULL || log->n_rows == r->rows);
  for (guint i = 0; i < r->rejects->len; i++) {
    const Reject *x = r->rejects->pdata[i];
    const InputFile *f = r->files->pdata[x->file];
    check(x->line >= 1 && x->line <= f->lines);
    check(g_utf8_validate(x->excerpt, -1, NULL));
  }
  for (guint i = 0; i < r->warnings->len; i++)
    check(g_utf8_validate(r->warnings->pdata[i], -1, NULL));
}

/* All of one type: compared byte by byte. */
typedef struct {
  guint64 loaded, rows, rejected, lines, users, paths, ips, cohorts, last_row;
} Outcome;

static Outcome load_once(const LoadRequest *req)
{
  LoadReport *report = NULL;
  GError *error = NULL;
  AccessLog *log = load(req, &report, &error);
  check((log == NULL) == (error != NULL));
  check_report(log, report);
  Outcome o = {.loaded = log != NULL, .rows = report->rows, .rejected = report->rejected};
  for (guint i = 0; i < report->files->len; i++)
    o.lines += ((const InputFile *)report->files->pdata[i])->lines;
  if (log != NULL) {
    o.users = strpool_count(log->users);
    o.paths = strpool_count(log->paths);
    o.ips = ip_table_count(log->ips);
    o.cohorts = log->cohorts->cohorts->len;
    o.last_row = log->path[log->n_rows - 1] ^ log->user[log->n_rows - 1];
    access_log_unref(log);
  }
  check(error == NULL || g_utf8_validate(error->message, -1, NULL));
  g_clear_error(&error);
  load_report_free(report);
  return o;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const char *const forms[] = {NULL, NULL, NULL, "raw", "csv", "combined"};
  static const char *const columns[] = {
      NULL, NULL, NULL, "time=1,user=2", "user=student,agent=", "date=6,time=5,user=1", "user=?uid",
  };
  if (size < 2)
    return 0;
  LoadRequest req;
  load_request_init(&req);
  req.form = forms[data[0] % G_N_ELEMENTS(forms)];
  req.columns = columns[data[0] / 8 % G_N_ELEMENTS(columns)];
  const char *text = (const char *)data + 2;
  gsize len = size - 2;
  const char *cut = g_strstr_len(text, (gssize)len, "\n%%\n");
  gsize log_len = cut != NULL ? (gsize)(cut - text) + 1 : len;
  /* Copies of the exact size: a byte read behind the end is seen by the address sanitizer. */
  req.memory_log = g_bytes_new(text, log_len);
  if (cut != NULL)
    req.memory_cohorts = g_bytes_new(cut + 4, len - log_len - 3);
  req.threads = 1;
  Outcome alone = load_once(&req);
  req.threads = 2 + data[1] % 3;
  req.chunk_bytes = 1 + data[1] / 4 * 7;
  if (log_len / req.chunk_bytes < 200) {
    Outcome shared = load_once(&req);
    check(memcmp(&alone, &shared, sizeof alone) == 0);
  }
  g_bytes_unref(req.memory_log);
  if (req.memory_cohorts != NULL)
    g_bytes_unref(req.memory_cohorts);
  return 0;
}
