/* Times of following a log: how long it takes until 1, 1,000 and 100,000 new rows are part of it.
 *
 *   bench_follow LOG [COHORTS]
 *
 * LOG is a plain file with a header. A copy without its last rows is loaded, then they are written
 * to it; once more with the same rows as if they came late, before all others. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/ingest/follow.h"
#include "core/query/dataset.h"

static void fail(const char *what, const GError *error)
{
  fprintf(stderr, "bench_follow: %s: %s\n", what, error ? error->message : "failed");
  exit(1);
}

static void write_file(const char *path, const char *mode, const char *text, gsize len)
{
  FILE *f = fopen(path, mode);
  if (!f || fwrite(text, 1, len, f) != len || fclose(f) != 0)
    fail(path, NULL);
}

/* Where the last `n` lines begin. */
static gsize last_lines(const char *text, gsize len, guint n)
{
  gsize at = len;
  for (guint i = 0; i < n && at > 1; i++) {
    at--;
    while (at > 1 && text[at - 1] != '\n')
      at--;
  }
  return at;
}

static double ms_since(gint64 start)
{
  return (double)(g_get_monotonic_time() - start) / 1e3;
}

/* The rows from `at` on, a hundred years earlier where they come late. */
static char *new_rows(const char *text, gsize len, gsize at, gboolean late)
{
  char *rows = g_strndup(text + at, len - at);
  for (char *line = rows; late && *line; line++) {
    memcpy(line, "19", 2);
    line = strchr(line, '\n');
    if (!line)
      break;
  }
  return rows;
}

static void measure(const char *path, const char *cohorts, const char *text, gsize len, guint n,
                    gboolean late)
{
  GError *error = NULL;
  Follow *follow = NULL;
  LoadReport *report = NULL;
  LoadRequest req;
  gsize at = last_lines(text, len, n);
  const char *logs[] = {path, NULL};
  load_request_init(&req);
  req.logs = logs;
  req.cohorts = cohorts;
  req.growing = TRUE;
  req.ret_follow = &follow;
  write_file(path, "w", text, at);
  AccessLog *log = load(&req, &report, &error);
  if (!log)
    fail("loading", error);
  char *rows = new_rows(text, len, at, late);
  write_file(path, "a", rows, strlen(rows));
  g_free(rows);
  gint64 start = g_get_monotonic_time();
  FollowNews *news = follow_look(follow, log);
  double look = ms_since(start);
  if (!news || news->rows != n)
    fail("following", NULL);
  CatalogOptions options;
  catalog_options_init(&options);
  start = g_get_monotonic_time();
  Dataset *ds = dataset_new(news->log, catalog_new(news->log, &options, NULL));
  double dataset = ms_since(start);
  start = g_get_monotonic_time();
  FollowNews *nothing = follow_look(follow, news->log);
  double idle = ms_since(start);
  printf("%9u new rows%s: read and join %7.1f ms, dataset %7.1f ms; a look at nothing %.3f ms\n", n,
         late ? ", late" : "", look, dataset, idle);
  follow_news_free(nothing);
  dataset_free(ds);
  follow_news_free(news);
  access_log_unref(log);
  load_report_free(report);
  follow_free(follow);
}

int main(int argc, char **argv)
{
  static const guint counts[] = {1, 1000, 100000};
  char *text, *folder = g_dir_make_tmp("cohortscope-XXXXXX", NULL);
  gsize len;
  GError *error = NULL;
  if (argc < 2 || !folder || !g_file_get_contents(argv[1], &text, &len, &error))
    fail("usage: bench_follow LOG [COHORTS]", error);
  char *path = g_build_filename(folder, "logs.csv", NULL);
  for (int late = 0; late <= 1; late++)
    for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
      measure(path, argc > 2 ? argv[2] : NULL, text, len, counts[i], late == 1);
  g_unlink(path);
  g_rmdir(folder);
  g_free(path);
  g_free(folder);
  g_free(text);
  return 0;
}
