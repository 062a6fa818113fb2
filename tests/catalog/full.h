/* Loading of whole logs for tests. */
#ifndef TESTS_CATALOG_FULL_H
#define TESTS_CATALOG_FULL_H

#include <stdio.h>

#include "core/ingest/load.h"
#include "tests/catalog/school.h"

/* Log and cohorts of a folder; NULL, with the reason on stderr, when they cannot be read. */
static inline AccessLog *full_load(const char *folder, const char *log_name)
{
  char *log = g_build_filename(folder, log_name, NULL);
  char *cohorts = g_build_filename(folder, "cohorts.csv", NULL);
  const char *logs[] = {log, NULL};
  GPtrArray *programs = assets_lines("programs.conf", NULL, NULL);
  GPtrArray *staff = assets_lines("staff.conf", NULL, NULL);
  LoadRequest req;
  load_request_init(&req);
  req.logs = logs;
  req.cohorts = cohorts;
  req.programs_conf = programs;
  req.staff_conf = staff;
  LoadReport *report = NULL;
  GError *error = NULL;
  AccessLog *l = load(&req, &report, &error);
  if (!l)
    fprintf(stderr, "%s\n", error->message);
  g_clear_error(&error);
  load_report_free(report);
  g_ptr_array_unref(programs);
  g_ptr_array_unref(staff);
  g_free(log);
  g_free(cohorts);
  return l;
}

#endif
