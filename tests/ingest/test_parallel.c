/* The outcome of loading depends on the text only: not on threads, nor on where it is cut. */
#include "tests/ingest/load_helper.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/base/error.h"

#define HEADER "date,time,path,user_id,cohort_id,ip,name,start_date,end_date\n"

/* Pieces of which texts are made; rows are likely, everything that confuses a reader happens. */
static const char *const pieces[] = {
    "2024-03-01,09:30:00,a,1,3,192.0.2.1,Ash,2024-02-01,2024-08-01\n",
    "2024-03-01,09:30:01,b,2,4,192.0.2.2,Elm,2024-02-01,2024-08-01\n",
    "2024-02-29,09:30:02,\"c, d\",3.0,3,192.0.2.1,Ash,2024-02-01,2024-08-01\n",
    "2024-03-01,09:30:00,a,1,3,192.0.2.1,Oak,2024-02-01,2024-08-01\n",
    "2024-03-01,09:30:00,a,1,9,192.0.2.1,,,\n",
    "2024-03-01,09:30:03,\"two\nlines\",kim,,::1,,,\n",
    "2024-03-01,09:30:03,\"a\nb\nc\nd\",kim,8.0,::1,Fir,2024-08-01,2024-02-01\n",
    "2024-03-01,09:30:00,\"open,1,3,192.0.2.1,Ash,2024-02-01,2024-08-01\n",
    "2024-03-01,09:30:00,x,1,3,192.0.2.1,Ash,2024-02-01,\"2024-08-01\n",
    "2021-02-30,09:30:00,a,1,3,192.0.2.1,Ash,2024-02-01,2024-08-01\n",
    "too,short\n",
    "\n",
    "  \r\n",
    "\"",
    "\"\"",
    ",",
    "x",
    "\r",
    "\r\n",
    "2024-03-01,09:30:00,",
    ",1,3,192.0.2.1,Ash,2024-02-01,2024-08-01\n",
};

static char *make_text(GRand *rand)
{
  GString *text = g_string_new(HEADER);
  guint n = (guint)g_rand_int_range(rand, 1, 60);
  /* Some texts are mostly rows, some mostly rubble. */
  gint32 limit = g_rand_boolean(rand) ? 7 : (gint32)G_N_ELEMENTS(pieces);
  for (guint i = 0; i < n; i++) {
    gint32 upto = g_rand_int_range(rand, 0, 4) == 0 ? (gint32)G_N_ELEMENTS(pieces) : limit;
    g_string_append(text, pieces[g_rand_int_range(rand, 0, upto)]);
  }
  return g_string_free(text, FALSE);
}

static char *outcome(const char *text, guint threads, gsize chunk)
{
  LoadRequest req;
  load_request_init(&req);
  req.threads = threads;
  req.chunk_bytes = chunk;
  Loaded l = loaded_text(&req, text, -1);
  char *rows = loaded_rows(&l), *cohorts = loaded_cohorts(&l), *report = loaded_report(&l);
  char *all = g_strconcat(rows, cohorts, report, NULL);
  g_free(rows);
  g_free(cohorts);
  g_free(report);
  loaded_clear(&l);
  return all;
}

static void cuts_do_not_matter(void **state)
{
  static const gsize chunks[] = {1, 2, 3, 5, 8, 13, 21, 50, 64, 65, 100, 333, 1000};
  GRand *rand = g_rand_new_with_seed(20240301);
  guint with_rejects = 0, with_continued = 0;
  (void)state;
  gint64 limit = g_get_monotonic_time() + 5 * G_TIME_SPAN_SECOND;
  for (guint round = 0; round < 200 && g_get_monotonic_time() < limit; round++) {
    char *text = make_text(rand);
    char *expected = outcome(text, 1, 0);
    with_rejects += strstr(expected, "open-quote") != NULL;
    with_continued += strstr(expected, "two\nlines") != NULL;
    for (int i = 0; i < 4; i++) {
      guint threads = (guint)g_rand_int_range(rand, 2, 6);
      gsize chunk = chunks[g_rand_int_range(rand, 0, G_N_ELEMENTS(chunks))];
      char *made = outcome(text, threads, chunk);
      if (strcmp(made, expected) != 0)
        fail_msg("%u threads, pieces of %u bytes, of\n%s\nmade\n%s\ninstead of\n%s", threads,
                 (guint)chunk, text, made, expected);
      g_free(made);
    }
    g_free(expected);
    g_free(text);
  }
  /* The texts were worth the trouble. */
  assert_in_range(with_rejects, 10, 1000);
  assert_in_range(with_continued, 5, 1000);
  g_rand_free(rand);
}

/* A quoted field across a cut, with a whole row for its second line's neighbour. */
static void a_field_across_every_cut_is_whole(void **state)
{
  static const char text[] = HEADER
      "2024-03-01,09:30:00,\"one\n2024,two\nthree\",1,3,192.0.2.1,Ash,2024-02-01,2024-08-01\n"
      "2024-03-01,09:30:01,b,2,3,192.0.2.2,Ash,2024-02-01,2024-08-01\n";
  (void)state;
  char *expected = outcome(text, 1, 0);
  assert_non_null(strstr(expected, "|one\n2024,two\nthree|1|3|"));
  for (gsize chunk = 1; chunk < sizeof text; chunk++)
    assert_text(outcome(text, 2, chunk), expected);
  g_free(expected);
}

/* --- while it goes on ------------------------------------------------------------------------ */

typedef struct {
  guint calls, snapshots;
  guint64 rows, bytes, total, snapshot_rows;
  guint64 stop_at;
} Watch;

static gboolean on_progress(void *data, guint64 rows, guint64 bytes, guint64 total)
{
  Watch *w = data;
  assert_true(rows >= w->rows && bytes >= w->bytes);
  w->calls++;
  w->rows = rows;
  w->bytes = bytes;
  w->total = total;
  return w->stop_at == 0 || rows < w->stop_at;
}

static void on_snapshot(void *data, AccessLog *log)
{
  Watch *w = data;
  assert_true(log->n_rows > w->snapshot_rows);
  w->snapshots++;
  w->snapshot_rows = log->n_rows;
  /* Cohorts and settings are there from the first look. */
  guint16 ash = cohort_table_find(log->cohorts, "3");
  assert_string_equal(cohort_table_get(log->cohorts, ash)->name, "Ash");
  access_log_unref(log);
}

static GBytes *many_rows(guint n)
{
  GString *text = g_string_new(HEADER);
  for (guint i = 0; i < n; i++)
    g_string_append_printf(text,
                           "2024-03-%02u,%02u:%02u:%02u,page/%u,%u,3,192.0.2.%u,Ash,2024-02-01,"
                           "2024-08-01\n",
                           1 + i / 86400 % 28, i / 3600 % 24, i / 60 % 60, i % 60, i % 1000,
                           i % 300, i % 250);
  return g_string_free_to_bytes(text);
}

static void snapshots_grow_and_cancelling_keeps_rows(void **state)
{
  GBytes *text = many_rows(600000);
  (void)state;
  for (guint threads = 1; threads <= 2; threads++) {
    Watch w = {0};
    LoadRequest req;
    load_request_init(&req);
    req.threads = threads;
    req.memory_log = text;
    req.progress = on_progress;
    req.snapshot = on_snapshot;
    req.data = &w;
    Loaded l = loaded_run(&req);
    assert_int_equal(l.report->rows, 600000);
    assert_in_range(w.snapshots, 2, 3);
    assert_true(w.snapshot_rows < 600000);
    if (w.calls > 0)
      assert_int_equal(w.total, g_bytes_get_size(text));
    assert_false(l.report->cancelled);
    loaded_clear(&l);

    w = (Watch){.stop_at = 1};
    l = loaded_run(&req);
    if (l.log != NULL && l.report->cancelled) {
      assert_in_range(l.report->rows, 1, 599999);
      assert_true(((InputFile *)l.report->files->pdata[0])->partial);
    }
    loaded_clear(&l);
  }
  g_bytes_unref(text);
}

/* Ten answers, then no more: stops at once, with an error when no row was read. */
static gboolean refuse(void *data, guint64 rows, guint64 bytes, guint64 total)
{
  (void)data;
  (void)rows;
  (void)bytes;
  (void)total;
  return FALSE;
}

static void a_silent_stream_can_be_given_up(void **state)
{
  const char *logs[] = {"-", NULL};
  int fd[2];
  (void)state;
  assert_true(g_unix_open_pipe(fd, FD_CLOEXEC, NULL));
  LoadRequest req;
  load_request_init(&req);
  req.logs = logs;
  req.stdin_fd = fd[0];
  req.progress = refuse;
  Loaded l = loaded_run(&req); /* nobody ever writes */
  assert_null(l.log);
  assert_true(g_error_matches(l.error, CORE_ERROR, CORE_ERROR_CANCELLED));
  assert_true(l.report->cancelled);
  loaded_clear(&l);
  close(fd[0]);
  close(fd[1]);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cuts_do_not_matter),
      cmocka_unit_test(a_field_across_every_cut_is_whole),
      cmocka_unit_test(snapshots_grow_and_cancelling_keeps_rows),
      cmocka_unit_test(a_silent_stream_can_be_given_up),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
