/* Helper of the loading tests. */
#include "tests/ingest/load_helper.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

void loaded_check(const LoadReport *r)
{
  guint64 rows = 0, rejected = 0;
  for (guint i = 0; i < r->files->len; i++) {
    const InputFile *f = r->files->pdata[i];
    assert_int_equal(f->lines, f->rows + f->rejected + f->blank + f->header + f->continued);
    if (f->form == FORM_COHORTS)
      continue;
    rows += f->rows;
    rejected += f->rejected;
  }
  assert_int_equal(rows, r->rows);
  assert_int_equal(rejected, r->rejected);
}

Loaded loaded_run(const LoadRequest *req)
{
  Loaded l = {NULL};
  l.log = load(req, &l.report, &l.error);
  assert_non_null(l.report);
  assert_true((l.log == NULL) == (l.error != NULL));
  loaded_check(l.report);
  if (l.log != NULL)
    assert_int_equal(l.log->n_rows, l.report->rows);
  return l;
}

Loaded loaded_text(const LoadRequest *req, const char *text, gssize len)
{
  LoadRequest r;
  load_request_init(&r);
  if (req != NULL)
    r = *req;
  r.memory_log = g_bytes_new(text, len < 0 ? strlen(text) : (gsize)len);
  Loaded l = loaded_run(&r);
  g_bytes_unref(r.memory_log);
  return l;
}

void loaded_clear(Loaded *l)
{
  if (l->log != NULL)
    access_log_unref(l->log);
  load_report_free(l->report);
  g_clear_error(&l->error);
}

char *loaded_rows(const Loaded *l)
{
  GString *out = g_string_new(NULL);
  char buf[CIVIL_BUF];
  for (guint32 i = 0; l->log != NULL && i < l->log->n_rows; i++) {
    const AccessLog *log = l->log;
    const char *cohort = cohort_table_get(log->cohorts, log->cohort[i])->id;
    g_string_append_printf(out, "%s|%s|%s|%s|%s", civil_format(log->time[i], ' ', buf),
                           strpool_get(log->paths, log->path[i], NULL),
                           strpool_get(log->users, log->user[i], NULL),
                           cohort != NULL ? cohort : "", ip_table_text(log->ips, log->ip[i]));
    if (log->agent != NULL)
      g_string_append_printf(out, "|%s", strpool_get(log->agents, log->agent[i], NULL));
    g_string_append_c(out, '\n');
  }
  return g_string_free(out, FALSE);
}

char *loaded_cohorts(const Loaded *l)
{
  GString *out = g_string_new(NULL);
  char a[CIVIL_BUF], b[CIVIL_BUF], c[CIVIL_BUF];
  for (guint i = 1; l->log != NULL && i < l->log->cohorts->cohorts->len; i++) {
    const Cohort *k = cohort_table_get(l->log->cohorts, (guint16)i);
    const Program *p = cohort_table_get_program(l->log->cohorts, k->program);
    g_string_append_printf(out, "%s|%s|%s|%s|%s|%s|%s%s%s\n", k->id, k->name,
                           k->slack != NULL ? k->slack : "", civil_format_day(k->start, a),
                           civil_format_day(k->end, b), k->program != 0 ? p->id : "",
                           civil_format(k->created, ' ', c), k->deleted ? "|deleted" : "",
                           k->in_table ? "" : "|unknown");
  }
  return g_string_free(out, FALSE);
}

char *loaded_report(const Loaded *l)
{
  const LoadReport *r = l->report;
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < r->files->len; i++) {
    const InputFile *f = r->files->pdata[i];
    g_string_append_printf(out, "%s %s [%s] lines %d rows %d rejected %d blank %d continued %d%s\n",
                           f->name, form_name(f->form), f->columns != NULL ? f->columns : "",
                           (int)f->lines, (int)f->rows, (int)f->rejected, (int)f->blank,
                           (int)f->continued, f->partial ? " partial" : "");
    if (f->note != NULL)
      g_string_append_printf(out, "note %s\n", f->note);
  }
  for (guint i = 0; i < r->rejects->len; i++) {
    const Reject *x = r->rejects->pdata[i];
    g_string_append_printf(out, "%u:%d %s \"%s\"\n", x->file, (int)x->line, reject_name(x->reason),
                           x->excerpt);
  }
  for (guint i = 0; i < r->warnings->len; i++)
    g_string_append_printf(out, "warning %s\n", (char *)r->warnings->pdata[i]);
  if (l->error != NULL)
    g_string_append_printf(out, "error %s\n", l->error->message);
  return g_string_free(out, FALSE);
}

guint64 loaded_rejects(const Loaded *l, RejectReason r)
{
  return l->report->rejected_by[r];
}

gboolean loaded_warns(const Loaded *l, const char *part)
{
  for (guint i = 0; i < l->report->warnings->len; i++) {
    if (strstr(l->report->warnings->pdata[i], part) != NULL)
      return TRUE;
  }
  return FALSE;
}

char *helper_file(const char *name, const void *data, gsize len)
{
  char *dir = g_dir_make_tmp("cohortscope-XXXXXX", NULL);
  assert_non_null(dir);
  char *file = g_build_filename(dir, name, NULL);
  g_free(dir);
  assert_true(g_file_set_contents(file, data, (gssize)len, NULL));
  return file;
}

void helper_remove(char *file)
{
  char *dir = g_path_get_dirname(file);
  g_remove(file);
  g_rmdir(dir);
  g_free(dir);
  g_free(file);
}

GBytes *helper_pack(const char *filter, const char *format, const char *const *names,
                    const char *const *texts)
{
  gsize size = 1 << 20, used = 0;
  char *buf = g_malloc0(size);
  struct archive *a = archive_write_new();
  if (filter != NULL)
    assert_int_equal(archive_write_add_filter_by_name(a, filter), ARCHIVE_OK);
  assert_int_equal(archive_write_set_format_by_name(a, format), ARCHIVE_OK);
  archive_write_set_bytes_in_last_block(a, 1);
  assert_int_equal(archive_write_open_memory(a, buf, size, &used), ARCHIVE_OK);
  for (guint i = 0; names[i] != NULL; i++) {
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, names[i]);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_size(e, (la_int64_t)strlen(texts[i]));
    assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
    archive_write_data(a, texts[i], strlen(texts[i]));
    archive_entry_free(e);
  }
  archive_write_close(a);
  archive_write_free(a);
  GBytes *bytes = g_bytes_new(buf, used);
  g_free(buf);
  return bytes;
}
