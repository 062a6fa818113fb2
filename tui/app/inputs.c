/* Inputs: the files that were named, each with its digest. */
#include "tui/app/inputs.h"

#include <string.h>

#include "core/ingest/dbaddress.h"
#include "core/report/digest.h"
#include "core/report/report.h"
#include "tui/app/open.h"

static void report_file_free(gpointer p)
{
  ReportFile *f = p;
  g_free(f->name);
  g_free(f->sha256);
  g_free(f);
}

static void add_file(GPtrArray *files, const char *name, char *sha256)
{
  ReportFile *f = g_new0(ReportFile, 1);
  f->name = db_address_masked(name);
  f->sha256 = sha256;
  g_ptr_array_add(files, f);
}

static void add_named(GPtrArray *files, const char *name)
{
  gboolean is_file = strcmp(name, "-") != 0 && !db_address_is(name);
  add_file(files, name, is_file ? digest_file(name) : NULL);
}

gpointer inputs_digest(gpointer plan)
{
  const LoadRequest *req = &((const OpenPlan *)plan)->request;
  GPtrArray *files = g_ptr_array_new_with_free_func(report_file_free);
  if (req->memory_log)
    add_file(files, "sample", digest_bytes(req->memory_log));
  for (guint i = 0; req->logs && req->logs[i]; i++)
    add_named(files, req->logs[i]);
  if (req->memory_cohorts)
    add_file(files, "sample cohorts", digest_bytes(req->memory_cohorts));
  if (req->cohorts)
    add_named(files, req->cohorts);
  return files;
}
