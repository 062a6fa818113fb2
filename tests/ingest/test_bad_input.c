/* Bad input, each kind with a clear message or a counted reject, and nothing else lost. */
#include "tests/ingest/load_helper.h"

#include <glib/gstdio.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/base/error.h"

#define HEADER "date,time,path,user_id,cohort_id,ip\n"
#define ROW_A  "2024-03-01,09:30:00,a,1,3,192.0.2.1\n"
#define ROW_B  "2024-03-01,09:30:01,b,2,3,192.0.2.2\n"
#define RAW_A  "2024-03-01 09:30:00 a 1 3 192.0.2.1\n"
#define RAW_B  "2024-03-01 09:30:01 b 2 3 192.0.2.2\n"

/* --- rejected lines -------------------------------------------------------------------------- */

typedef struct {
  const char *name, *text;
  gsize len; /* 0: NUL-terminated */
  guint64 rows;
  RejectReason reason;
  guint64 rejected, line; /* line of the first reject */
} BadLine;

#define BYTES(s) s, sizeof(s) - 1

static const BadLine bad_lines[] = {
    {"unclosed quote in the middle", HEADER ROW_A "2024-03-01,09:30:00,\"x,1,3,192.0.2.1\n" ROW_B,
     0, 2, REJECT_QUOTE, 1, 3},
    {"unclosed quote, quoted rows behind it",
     HEADER
     "2024-03-01,09:30:00,\"x,1,3,192.0.2.1\n2024-03-01,09:30:00,\"y\",1,3,192.0.2.1\n" ROW_B,
     0, 2, REJECT_QUOTE, 1, 2},
    {"unclosed quote in the last field",
     HEADER "2024-03-01,09:30:00,x,1,3,\"192.0.2.1\n" ROW_A ROW_B, 0, 2, REJECT_QUOTE, 1, 2},
    {"unclosed quote in the last line", HEADER ROW_A "2024-03-01,09:30:00,\"x,1,3,192.0.2.1", 0, 1,
     REJECT_QUOTE, 1, 3},
    {"two unclosed quotes",
     HEADER "2024-03-01,09:30:00,\"x,1,3,i\n2024-03-01,09:30:00,\"y,1,3,i\n" ROW_A, 0, 1,
     REJECT_QUOTE, 2, 2},
    {"too few fields", HEADER ROW_A "2024-03-01,09:30:00,x,1,3\n" ROW_B, 0, 2, REJECT_FIELDS, 1, 3},
    {"too many fields", HEADER "2024-03-01,09:30:00,x,1,3,i,j\n" ROW_A, 0, 1, REJECT_FIELDS, 1, 2},
    {"raw, too few fields", RAW_A "2024-03-01 09:30:00 x 1 192.0.2.1\n" RAW_B, 0, 2, REJECT_FIELDS,
     1, 2},
    {"raw, space in the path", RAW_A "2024-03-01 09:30:00 x y 1 3 192.0.2.1\n", 0, 1, REJECT_FIELDS,
     1, 2},
    {"raw, first line broken", "2021-02-30 09:30:00 x 1 3 192.0.2.1\n" RAW_A, 0, 1, REJECT_DATE, 1,
     1},
    {"day that does not exist", HEADER "2021-02-30,09:30:00,x,1,3,i\n" ROW_A, 0, 1, REJECT_DATE, 1,
     2},
    {"no leap year", HEADER "2100-02-29,09:30:00,x,1,3,i\n" ROW_A, 0, 1, REJECT_DATE, 1, 2},
    {"month 13", HEADER "2021-13-01,09:30:00,x,1,3,i\n" ROW_A, 0, 1, REJECT_DATE, 1, 2},
    {"year 10000", HEADER "10000-01-01,09:30:00,x,1,3,i\n" ROW_A, 0, 1, REJECT_DATE, 1, 2},
    {"date in words", HEADER "1 March 2024,09:30:00,x,1,3,i\n" ROW_A, 0, 1, REJECT_DATE, 1, 2},
    {"no date", HEADER ",09:30:00,x,1,3,i\n" ROW_A, 0, 1, REJECT_DATE, 1, 2},
    {"hour 24", HEADER "2024-03-01,24:00:00,x,1,3,i\n" ROW_A, 0, 1, REJECT_TIME, 1, 2},
    {"no time", HEADER "2024-03-01,,x,1,3,i\n" ROW_A, 0, 1, REJECT_TIME, 1, 2},
    {"bad time in one column", "datetime,user\n2024-03-01 99:00:00,1\n2024-03-01 09:00:00,1\n", 0,
     1, REJECT_TIME, 1, 2},
    {"bad date in one column", "datetime,user\n2024-02-30 09:00:00,1\n2024-03-01 09:00:00,1\n", 0,
     1, REJECT_DATE, 1, 2},
    {"no user",
     HEADER "2024-03-01,09:30:00,x,,3,i\n2024-03-01,09:30:00,x,NULL,3,i\n"
            "2024-03-01,09:30:00,x,\"  \",3,i\n" ROW_A,
     0, 1, REJECT_USER, 3, 2},
    {"control bytes in the cohort", HEADER "2024-03-01,09:30:00,x,1,\x1b[2J,i\n" ROW_A, 0, 1,
     REJECT_COHORT, 1, 2},
    {"NUL bytes", BYTES(HEADER ROW_A "2024-03-01,09:30:00,x\0y,1,3,i\n\0\0\0\0\n" ROW_B), 2,
     REJECT_NUL, 2, 3},
    {"raw, NUL bytes", BYTES(RAW_A "2024-03-01 09:30:00 \0 1 3 i\n" RAW_B), 2, REJECT_NUL, 1, 2},
    {"CR inside a line", HEADER ROW_A "2024-03-01,09:30:00,x,1\r3,i\n" ROW_B, 0, 2, REJECT_FIELDS,
     2, 3},
};

static void bad_lines_are_counted(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(bad_lines); i++) {
    const BadLine *b = &bad_lines[i];
    Loaded l = loaded_text(NULL, b->text, b->len != 0 ? (gssize)b->len : -1);
    if (l.error != NULL)
      fail_msg("%s: %s", b->name, l.error->message);
    if (l.report->rows != b->rows || loaded_rejects(&l, b->reason) != b->rejected ||
        l.report->rejected != b->rejected)
      fail_msg("%s:\n%s", b->name, loaded_report(&l));
    const Reject *first = l.report->rejects->pdata[0];
    if (first->line != b->line || first->reason != b->reason)
      fail_msg("%s:\n%s", b->name, loaded_report(&l));
    loaded_clear(&l);
  }
}

static void what_only_looks_bad_is_kept(void **state)
{
  static const char *const lines[] = {
      "9999-12-31,23:59:59,x,1,3,i\n",
      "2024-02-29,00:00,x,-7,-3,i\n",
      "2024-03-01,09:30:00,x,99999999999999999999999999999,3,i\n",
      "2024-03-01,09:30:00,\xc3\x28\xff,1,3,i\n",
      "2024-03-01,09:30:00,\x1b]0;title\x07,1,3,i\n",
      "2024-03-01,09:30:00,x,1,no such cohort,not an address\n",
      "2024-03-01,09:30:00,a \"quoted\" word,1,3,i\n",
  };
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
    char *text = g_strconcat(HEADER, lines[i], NULL);
    Loaded l = loaded_text(NULL, text, -1);
    assert_non_null(l.log);
    assert_int_equal(l.report->rows, 1);
    assert_int_equal(l.report->rejected, 0);
    loaded_clear(&l);
    g_free(text);
  }
}

/* A field of `len` bytes between two good rows: quoted or not, with lines in it or not. */
static void long_fields_cost_one_record(void **state)
{
  static const struct {
    gsize len;
    gboolean quoted, kept;
  } fields[] = {{65536, FALSE, TRUE},   {65536, TRUE, TRUE},    {65537, FALSE, FALSE},
                {65537, TRUE, FALSE},   {1000000, TRUE, FALSE}, {1048576, FALSE, FALSE},
                {1048576, TRUE, FALSE}, {5000000, FALSE, FALSE}};
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
    GString *text = g_string_new(HEADER ROW_A "2024-03-01,09:30:00,");
    g_string_append(text, fields[i].quoted ? "\"" : "");
    for (gsize k = 0; k < fields[i].len; k++)
      g_string_append_c(text, 'x');
    g_string_append(text, fields[i].quoted ? "\"" : "");
    g_string_append(text, ",1,3,i\n" ROW_B);
    Loaded l = loaded_text(NULL, text->str, (gssize)text->len);
    assert_int_equal(l.report->rows, fields[i].kept ? 3 : 2);
    assert_int_equal(loaded_rejects(&l, REJECT_TOO_LONG), fields[i].kept ? 0 : 1);
    if (!fields[i].kept) {
      const Reject *r = l.report->rejects->pdata[0];
      assert_int_equal(r->line, 3);
      assert_true(strlen(r->excerpt) < 80);
    }
    loaded_clear(&l);
    g_string_free(text, TRUE);
  }
}

static void examples_are_limited_and_safe(void **state)
{
  GString *text = g_string_new(HEADER ROW_A);
  (void)state;
  for (int i = 0; i < 1000; i++)
    g_string_append(text, "\x1b[31mred\n");
  Loaded l = loaded_text(NULL, text->str, -1);
  assert_int_equal(loaded_rejects(&l, REJECT_FIELDS), 1000);
  assert_int_equal(l.report->rejects->len, REJECT_KEEP);
  assert_string_equal(((const Reject *)l.report->rejects->pdata[0])->excerpt, "\\x1b[31mred");
  GError *e = NULL;
  assert_false(load_check_rejects(l.report, 0.01, &e));
  assert_true(g_error_matches(e, CORE_ERROR, CORE_ERROR_REJECTS));
  assert_non_null(strstr(e->message, "1,000 of 1,001 lines could not be read (99.9 %)"));
  assert_non_null(strstr(e->message, "sample:3 (fields): \"\\x1b[31mred\""));
  g_error_free(e);
  assert_true(load_check_rejects(l.report, 1.0, NULL));
  loaded_clear(&l);
  g_string_free(text, TRUE);
}

static void every_reason_has_a_name_and_an_explanation(void **state)
{
  (void)state;
  for (RejectReason r = 0; r < N_REJECT_REASONS; r++) {
    assert_true(strlen(reject_name(r)) > 3);
    assert_true(strlen(reject_explanation(r)) > 30);
    for (RejectReason o = 0; o < r; o++)
      assert_string_not_equal(reject_name(r), reject_name(o));
  }
  for (InputForm f = 0; f < N_FORMS; f++)
    assert_true(strlen(form_name(f)) > 3);
}

/* --- inputs that are no log ------------------------------------------------------------------ */

static void expect_error(Loaded l, CoreErrorCode code, const char *part)
{
  assert_null(l.log);
  assert_non_null(l.error);
  if (l.error->domain != CORE_ERROR || l.error->code != (int)code ||
      strstr(l.error->message, part) == NULL)
    fail_msg("%d: %s\nexpected: %s", l.error->code, l.error->message, part);
  loaded_clear(&l);
}

static Loaded load_file(const char *name)
{
  const char *logs[] = {name, NULL};
  LoadRequest req;
  load_request_init(&req);
  req.logs = logs;
  return loaded_run(&req);
}

static void no_log_is_said_to_be_none(void **state)
{
  static const struct {
    const char *text;
    gsize len;
    const char *part;
  } texts[] = {
      {BYTES(""), "sample has no rows: empty"},
      {BYTES("\n \r\n\n"), "sample is empty"},
      {BYTES("\xef\xbb\xbf"), "sample is empty"},
      {BYTES(HEADER), "sample has no rows: a header, but no rows"},
      {BYTES(HEADER "\r\n  \n"), "sample has no rows: a header, but no rows"},
      {BYTES("\x7f"
             "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01\0\0\0"),
       "binary data"},
      {BYTES("\xff\xfe"
             "d\0a\0t\0e\0"),
       "iconv -f UTF-16"},
      {BYTES("date,time,user\r2024-03-01,09:00,1\r"), "tr '\\r' '\\n'"},
      {BYTES("It was a dark and stormy night.\n"), "is not recognised as a log"},
      {BYTES("<html><body>\n"), "its first line is \"<html><body>\""},
      {BYTES("{\"time\": 1}\n"), "is not recognised as a log"},
      {BYTES("date,time,page\n2024-03-01,09:00,x\n"), "--columns user=NAME"},
      {BYTES("user,page\n1,x\n"), "--columns time=NAME"},
      {BYTES("id,name,start_date,end_date\n1,Ash,2024-01-01,2024-02-01\n"), "is a cohort table"},
      {BYTES(HEADER "2021-02-30,09:30:00,x,1,3,i\nx\n"),
       "none of its lines is a row (time=date+time path=path user=user_id cohort=cohort_id ip=ip, "
       "read as table); the first that is not is line 2 (bad-date): "},
      {BYTES("\x1f\x8b\x08\0\0\0\0\0\0\x03 not really packed"), "damaged gzip"},
      {BYTES("\xfd"
             "7zXZ\0 not really packed"),
       "damaged xz"},
      {BYTES("\x1f\x8b"), "truncated gzip, and nothing could be read from it"},
      {BYTES("PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "without a file that can be read"},
  };
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    expect_error(loaded_text(NULL, texts[i].text, (gssize)texts[i].len), CORE_ERROR_INPUT,
                 texts[i].part);
}

static void files_that_cannot_be_opened_are_named(void **state)
{
  char *dir = g_dir_make_tmp("cohortscope-XXXXXX", NULL);
  char *absent = g_build_filename(dir, "no\x1bsuch.csv", NULL);
  (void)state;
  expect_error(load_file(dir), CORE_ERROR_INPUT, "is a directory, not a log; name the files in it");
  expect_error(load_file(absent), CORE_ERROR_INPUT,
               "no?such.csv: No such file or directory; check");
  expect_error(load_file("/dev/null"), CORE_ERROR_INPUT, "/dev/null has no rows: empty");
  g_rmdir(dir);
  g_free(absent);
  g_free(dir);

  char *closed = helper_file("closed.csv", ROW_A, sizeof ROW_A - 1);
  assert_int_equal(chmod(closed, 0), 0);
  if (geteuid() == 0)
    print_message("skipped: a user with all rights may read any file\n");
  else
    expect_error(load_file(closed), CORE_ERROR_INPUT, "Permission denied; you need the right");
  helper_remove(closed);
}

static gboolean stop_at_once(void *data, guint64 rows, guint64 bytes, guint64 total)
{
  (void)rows;
  (void)bytes;
  (void)total;
  return ++*(guint *)data < 3;
}

/* Nobody writes into the pipe: whoever waits for it can be stopped all the same. */
static void waiting_for_a_pipe_can_be_stopped(void **state)
{
  char *path = helper_file("pipe", "", 0);
  const char *logs[] = {path, NULL};
  guint asked = 0;
  LoadRequest req;
  (void)state;
  assert_int_equal(g_unlink(path), 0);
  assert_int_equal(mkfifo(path, 0600), 0);
  load_request_init(&req);
  req.logs = logs;
  req.progress = stop_at_once;
  req.data = &asked;
  alarm(30);
  expect_error(loaded_run(&req), CORE_ERROR_CANCELLED, "stopped");
  alarm(0);
  helper_remove(path);
}

static void wrong_requests_are_refused(void **state)
{
  static const struct {
    const char *columns, *form, *part;
  } requests[] = {
      {"time", NULL, "is not ROLE=COLUMN"},
      {"usr=1", NULL, "there is no role \"usr\"; did you mean \"user\""},
      {"user=9", NULL, "has 6 columns and none is \"9\""},
      {"user=0", NULL, "none is \"0\"; its header has date, time, path, user_id"},
      {"user=who", NULL, "none is \"who\""},
      {NULL, "cvs", "there is no input form \"cvs\""},
  };
  LoadRequest req;
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(requests); i++) {
    load_request_init(&req);
    req.columns = requests[i].columns;
    req.form = requests[i].form;
    expect_error(loaded_text(&req, HEADER ROW_A, -1), CORE_ERROR_USAGE, requests[i].part);
  }
  load_request_init(&req);
  expect_error(loaded_run(&req), CORE_ERROR_USAGE, "no log was named");
  req.form = "combined";
  expect_error(loaded_text(&req, HEADER ROW_A, -1), CORE_ERROR_INPUT, "not recognised");
}

/* --- damage ---------------------------------------------------------------------------------- */

static void truncated_gzip_keeps_its_rows(void **state)
{
  GString *text = g_string_new(NULL);
  (void)state;
  for (int i = 0; i < 500; i++)
    g_string_append_printf(text, "2024-03-01 09:%02d:%02d page-%d 1 3 192.0.2.1\n", i / 60, i % 60,
                           i * 7919 % 1000);
  const char *names[] = {"log", NULL}, *texts[] = {text->str, NULL};
  GBytes *packed = helper_pack("gzip", "raw", names, texts);
  Loaded l =
      loaded_text(NULL, g_bytes_get_data(packed, NULL), (gssize)(g_bytes_get_size(packed) / 2));
  assert_non_null(l.log);
  assert_in_range(l.report->rows, 100, 499);
  const InputFile *f = l.report->files->pdata[0];
  assert_true(f->partial);
  assert_int_equal(f->lines, l.report->rows + l.report->rejected);
  char *grouped = g_strdup_printf("truncated gzip: rows up to line %d were read", (int)f->lines);
  assert_string_equal(f->note, grouped);
  assert_true(loaded_warns(&l, grouped));
  /* The rows are those of the text, and half a row is not taken for a whole one. */
  assert_true(f->bytes <= text->len);
  assert_in_range(l.report->rejected, 0, 1);
  loaded_clear(&l);
  g_bytes_unref(packed);
  g_free(grouped);
  g_string_free(text, TRUE);
}

/* Members joined with cat are read on; what follows and is no gzip is not passed over in silence,
 * unless it is only padding. */
static void bytes_behind_a_gzip_are_told(void **state)
{
  static const struct {
    const char *tail;
    gsize len;
    gboolean partial;
  } tails[] = {{"", 0, FALSE}, {BYTES("\0\0\0\0\0"), FALSE}, {BYTES("2024-03-01 09:30:00"), TRUE}};
  const char *names[] = {"log", NULL}, *texts[] = {RAW_A RAW_B, NULL};
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(tails); i++) {
    GBytes *packed = helper_pack("gzip", "raw", names, texts);
    GByteArray *all = g_byte_array_new();
    for (int twice = 0; twice < 2; twice++)
      g_byte_array_append(all, g_bytes_get_data(packed, NULL), (guint)g_bytes_get_size(packed));
    g_byte_array_append(all, (const guint8 *)tails[i].tail, (guint)tails[i].len);
    Loaded l = loaded_text(NULL, (const char *)all->data, (gssize)all->len);
    assert_non_null(l.log);
    assert_int_equal(l.report->rows, 4);
    const InputFile *f = l.report->files->pdata[0];
    assert_int_equal(f->partial, tails[i].partial);
    if (tails[i].partial)
      assert_true(loaded_warns(&l, "other bytes follow the gzip"));
    loaded_clear(&l);
    g_byte_array_unref(all);
    g_bytes_unref(packed);
  }
}

/* --- cohort tables --------------------------------------------------------------------------- */

static Loaded load_with_cohorts(const char *cohorts)
{
  LoadRequest req;
  load_request_init(&req);
  req.memory_cohorts = g_bytes_new_static(cohorts, strlen(cohorts));
  Loaded l = loaded_text(&req, HEADER ROW_A ROW_B "2024-03-01,09:30:02,c,1,77,192.0.2.1\n", -1);
  g_bytes_unref(req.memory_cohorts);
  return l;
}

static void bad_cohorts_cost_no_rows(void **state)
{
  Loaded l = load_with_cohorts("id,name,start_date,end_date\n3,Ash,2024-02-01,2024-08-01\n"
                               "3,Oak,2024-02-01,2024-08-01\n4,Elm,2024-08-01,2024-02-01\n"
                               "5,Fir,2024-02-30,2024-08-01\n,Yew,2024-02-01,2024-08-01\n6,short\n"
                               "7,Day,0000-00-00,\n");
  (void)state;
  assert_text(loaded_cohorts(&l), "3|Ash||2024-02-01|2024-08-01||\n4|Elm|||||\n5|Fir|||||\n"
                                  "Yew|Yew||2024-02-01|2024-08-01||\n7|Day|||||\n"
                                  "77|cohort 77|||||"
                                  "|unknown\n");
  assert_int_equal(l.report->rows, 3);
  assert_int_equal(l.report->rejected, 0);
  assert_int_equal(loaded_rejects(&l, REJECT_DUPLICATE_COHORT), 1);
  assert_int_equal(loaded_rejects(&l, REJECT_DATES_ORDER), 1);
  assert_int_equal(loaded_rejects(&l, REJECT_DATE), 1);
  assert_int_equal(loaded_rejects(&l, REJECT_FIELDS), 1);
  assert_true(loaded_warns(&l, "sample cohorts:4: cohort 4 ends before it starts"));
  assert_true(loaded_warns(&l, "sample cohorts:5: cohort 5 has a start or end date that is none"));
  assert_true(loaded_warns(&l, "2 lines of the cohort table could not be used"));
  assert_true(loaded_warns(&l, "1 row is of 1 cohort that the cohort table does not have, such as "
                               "77"));
  assert_true(load_check_rejects(l.report, 0, NULL));
  loaded_clear(&l);
}

static void a_log_is_no_cohort_table(void **state)
{
  (void)state;
  expect_error(load_with_cohorts(HEADER ROW_A), CORE_ERROR_INPUT, "is no cohort table");
  expect_error(load_with_cohorts("a,b\n1,2\n"), CORE_ERROR_INPUT, "is no cohort table");
}

static void wide_rows_that_disagree_are_noticed(void **state)
{
  Loaded l = loaded_text(NULL,
                         "date,time,path,user,cohort,name,start_date,end_date\n"
                         "2024-03-01,09:00,a,1,3,,,\n"
                         "2024-03-01,09:00,a,1,3,Ash,2024-02-01,2024-08-01\n"
                         "2024-03-01,09:00,a,1,3,Oak,2024-02-01,2024-08-01\n"
                         "2024-03-01,09:00,a,1,4,Elm,2024-08-01,2024-02-01\n"
                         "2024-03-01,09:00,a,1,5,Fir,soon,2024-02-01\n",
                         -1);
  (void)state;
  assert_text(loaded_cohorts(&l), "3|Ash||2024-02-01|2024-08-01||\n4|Elm|||||\n5|Fir|||||\n");
  assert_int_equal(l.report->rows, 5);
  assert_int_equal(l.report->rejected, 0);
  assert_int_equal(loaded_rejects(&l, REJECT_DATES_ORDER), 1);
  assert_true(
      loaded_warns(&l, "rows disagree about cohort 3 (Ash), first at line 4; line 3 counts"));
  assert_true(loaded_warns(&l, "sample:5: cohort 4 (Elm) ends before it starts"));
  assert_true(loaded_warns(&l, "sample:6: cohort 5 (Fir) has a start or end date that is none"));
  loaded_clear(&l);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bad_lines_are_counted),
      cmocka_unit_test(what_only_looks_bad_is_kept),
      cmocka_unit_test(long_fields_cost_one_record),
      cmocka_unit_test(examples_are_limited_and_safe),
      cmocka_unit_test(every_reason_has_a_name_and_an_explanation),
      cmocka_unit_test(no_log_is_said_to_be_none),
      cmocka_unit_test(files_that_cannot_be_opened_are_named),
      cmocka_unit_test(waiting_for_a_pipe_can_be_stopped),
      cmocka_unit_test(wrong_requests_are_refused),
      cmocka_unit_test(truncated_gzip_keeps_its_rows),
      cmocka_unit_test(bytes_behind_a_gzip_are_told),
      cmocka_unit_test(bad_cohorts_cost_no_rows),
      cmocka_unit_test(a_log_is_no_cohort_table),
      cmocka_unit_test(wide_rows_that_disagree_are_noticed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
