/* Helper of the tests of following. */
#include "tests/ingest/following.h"

#include <glib/gstdio.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static void put(const char *path, const char *mode, const char *text)
{
  FILE *f = fopen(path, mode);
  assert_non_null(f);
  assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
  assert_int_equal(fclose(f), 0);
}

void file_append(const char *path, const char *text)
{
  put(path, "a", text);
}

void file_rewrite(const char *path, const char *text)
{
  put(path, "w", text);
}

void file_replace(const char *path, const char *text)
{
  g_autofree char *beside = g_strconcat(path, ".new", NULL);
  put(beside, "w", text);
  assert_int_equal(g_rename(beside, path), 0);
}

Following following_load(LoadRequest *req, const char *path)
{
  Following w = {.path = g_strdup(path), .told = g_string_new(NULL)};
  LoadRequest own = *req;
  own.ret_follow = &w.follow;
  w.l = loaded_run(&own);
  assert_null(w.l.error);
  assert_non_null(w.follow);
  return w;
}

Following following_new(const char *name, const char *text)
{
  LoadRequest req;
  load_request_init(&req);
  char *path = helper_file(name, text, strlen(text));
  const char *logs[] = {path, NULL};
  req.logs = logs;
  req.growing = TRUE;
  Following w = following_load(&req, path);
  g_free(path);
  return w;
}

void following_clear(Following *w)
{
  follow_free(w->follow);
  loaded_clear(&w->l);
  g_string_free(w->told, TRUE);
  helper_remove(w->path);
}

guint64 following_look(Following *w)
{
  guint64 rows = 0;
  gboolean waiting = TRUE;
  for (int i = 0; i < 100 && waiting; i++) {
    FollowNews *n = follow_look(w->follow, w->l.log);
    if (n == NULL)
      break;
    waiting = n->waiting;
    rows += n->rows;
    for (guint k = 0; k < n->events->len; k++)
      g_string_append_printf(w->told, "%s\n", (char *)n->events->pdata[k]);
    follow_report(n, w->l.report);
    if (n->log != NULL) {
      access_log_unref(w->l.log);
      w->l.log = access_log_ref(n->log);
    }
    follow_news_free(n);
  }
  loaded_check(w->l.report);
  assert_int_equal(w->l.log->n_rows, w->l.report->rows);
  return rows;
}
