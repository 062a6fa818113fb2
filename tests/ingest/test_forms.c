/* Every form of input, recognised and read into the same rows. */
#include "tests/ingest/load_helper.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/base/error.h"

/* Four rows: with all, without cohort, without path, without address. */
#define ROWS                                                                                       \
  "2024-03-01 09:30:00|intro/welcome|17|3|192.0.2.10\n"                                            \
  "2024-03-01 09:31:05|intro/tools|18||192.0.2.11\n"                                               \
  "2024-03-02 00:00:00||17|3|192.0.2.10\n"                                                         \
  "2024-12-31 23:59:59|sql/joins|kim|4|\n"

static const char raw_text[] = "2024-03-01 09:30:00 intro/welcome 17 3 192.0.2.10\n"
                               "2024-03-01 09:31:05 intro/tools 18  192.0.2.11\n"
                               "2024-03-02 00:00:00  17 3 192.0.2.10\n"
                               "2024-12-31 23:59:59 sql/joins kim 4 \n";

static const char narrow_text[] = "date,time,path,user_id,cohort_id,ip\n"
                                  "2024-03-01,09:30:00,intro/welcome,17,3,192.0.2.10\n"
                                  "2024-03-01,09:31:05,intro/tools,18,,192.0.2.11\n"
                                  "2024-03-02,00:00:00,,17,3,192.0.2.10\n"
                                  "2024-12-31,23:59:59,sql/joins,kim,4,\n";

static const char wide_text[] =
    "date,time,endpoint,user_id,cohort_id,ip,name,slack,start_date,end_date,created_at,"
    "updated_at,deleted_at,program_id\n"
    "2024-03-01,09:30:00,intro/welcome,17.0,3.0,192.0.2.10,Ash,#ash,2024-02-01,2024-08-01,"
    "2024-01-05 10:00:00,2024-01-06 10:00:00,,2.0\n"
    "2024-03-01,09:31:05,intro/tools,18.0,,192.0.2.11,,,,,,,,\n"
    "2024-03-02,00:00:00,,17.0,3.0,192.0.2.10,Ash,#ash,2024-02-01,2024-08-01,"
    "2024-01-05 10:00:00,2024-01-07 10:00:00,,2.0\n"
    "2024-12-31,23:59:59,sql/joins,kim,4.0,,\"Elm, late\",#elm,2024-09-01,2025-03-01,"
    "2024-08-05 10:00:00,2024-08-05 10:00:00,2025-01-01 00:00:00,3.0\n";

static const char cohorts_text[] =
    "id,name,slack,start_date,end_date,created_at,updated_at,deleted_at,program_id\n"
    "3,Ash,#ash,2024-02-01,2024-08-01,\"2024-01-05 10:00:00\",\"2024-01-06 10:00:00\",NULL,2\n"
    "4,\"Elm, late\",#elm,2024-09-01,2025-03-01,\"2024-08-05 10:00:00\",NULL,"
    "\"2025-01-01 00:00:00\",3\n";

#define COHORTS                                                                                    \
  "3|Ash|#ash|2024-02-01|2024-08-01|2|2024-01-05 10:00:00\n"                                       \
  "4|Elm, late|#elm|2024-09-01|2025-03-01|3|2024-08-05 10:00:00|deleted\n"

static const InputFile *first_file(const Loaded *l)
{
  return l->report->files->pdata[0];
}

static void expect_rows(const char *text, gssize len, const char *columns, InputForm form,
                        const char *described)
{
  LoadRequest req;
  load_request_init(&req);
  req.columns = columns;
  Loaded l = loaded_text(&req, text, len);
  if (l.error != NULL)
    fail_msg("%s\n%s", l.error->message, text);
  assert_text(loaded_rows(&l), ROWS);
  assert_int_equal(first_file(&l)->form, form);
  if (described != NULL)
    assert_string_equal(first_file(&l)->columns, described);
  assert_int_equal(l.report->rejected, 0);
  loaded_clear(&l);
}

static void forms_are_recognised(void **state)
{
  (void)state;
  expect_rows(raw_text, -1, NULL, FORM_RAW, "time=1+2 path=3 user=4 cohort=5 ip=6");
  expect_rows(narrow_text, -1, NULL, FORM_CSV,
              "time=date+time path=path user=user_id cohort=cohort_id ip=ip");
  expect_rows(wide_text, -1, NULL, FORM_WIDE,
              "time=date+time path=endpoint user=user_id cohort=cohort_id ip=ip name=name "
              "slack=slack start=start_date end=end_date created=created_at updated=updated_at "
              "deleted=deleted_at program=program_id");
}

/* The narrow text in another dress, one table entry each. */
static void dresses_are_recognised(void **state)
{
  static const struct {
    const char *text, *columns;
  } dress[] = {
      /* other delimiters */
      {"date;time;path;user_id;cohort_id;ip\n2024-03-01;09:30:00;intro/welcome;17;3;192.0.2.10\n"
       "2024-03-01;09:31:05;intro/tools;18;;192.0.2.11\n2024-03-02;00:00:00;;17;3;192.0.2.10\n"
       "2024-12-31;23:59:59;sql/joins;kim;4;\n",
       NULL},
      {"date\ttime\tpath\tuser_id\tcohort_id\tip\n"
       "2024-03-01\t09:30:00\tintro/welcome\t17\t3\t192.0.2.10\n"
       "2024-03-01\t09:31:05\tintro/tools\t18\t\t192.0.2.11\n"
       "2024-03-02\t00:00:00\t\t17\t3\t192.0.2.10\n2024-12-31\t23:59:59\tsql/joins\tkim\t4\t\n",
       NULL},
      {"date|time|path|user_id|cohort_id|ip\n2024-03-01|09:30:00|intro/welcome|17|3|192.0.2.10\n"
       "2024-03-01|09:31:05|intro/tools|18||192.0.2.11\n2024-03-02|00:00:00||17|3|192.0.2.10\n"
       "2024-12-31|23:59:59|sql/joins|kim|4|\n",
       NULL},
      /* another order, other names, one time column */
      {"IP Address,Student,Page,Timestamp,Cohort\n192.0.2.10,17,intro/welcome,2024-03-01 "
       "09:30:00,3\n192.0.2.11,18,intro/tools,2024-03-01T09:31:05Z,\n192.0.2.10,17,,2024-03-02,3\n"
       ",kim,sql/joins,2024-12-31 23:59:59.250,4\n",
       NULL},
      {"url,datetime,user,address,cohort\nintro/welcome,2024-03-01T09:30:00,17,192.0.2.10,3\n"
       "intro/tools,2024-03-01 09:31:05+00:00,18,192.0.2.11,NULL\n"
       ",2024-03-02 00:00:00,17,192.0.2.10,3\nsql/joins,2024-12-31 23:59:59,kim,,4\n",
       NULL},
      /* `date` alone with whole times in it */
      {"date,path,user,cohort,ip\n2024-03-01 09:30:00,intro/welcome,17,3,192.0.2.10\n"
       "2024-03-01 09:31:05,intro/tools,18,nan,192.0.2.11\n2024-03-02,,17,3.0,192.0.2.10\n"
       "2024-12-31 23:59:59,sql/joins,kim,4,NULL\n",
       NULL},
      /* a nameless row number in front, named in the header or not */
      {",date,time,path,user_id,cohort_id,ip\n0,2024-03-01,09:30:00,intro/welcome,17,3.0,192.0.2.10"
       "\n1,2024-03-01,09:31:05,intro/tools,18,NaN,192.0.2.11\n"
       "2,2024-03-02,00:00:00,,17,3.0,192.0.2.10\n3,2024-12-31,23:59:59,sql/joins,kim,4.0,\n",
       NULL},
      {"date,time,path,user_id,cohort_id,ip\n1,2024-03-01,09:30:00,intro/welcome,17,3,192.0.2.10\n"
       "2,2024-03-01,09:31:05,intro/tools,18,None,192.0.2.11\n"
       "3,2024-03-02,00:00:00,,17,3,192.0.2.10\n4,2024-12-31,23:59:59,sql/joins,kim,4,\n",
       NULL},
      /* no header, the usual order */
      {"2024-03-01,09:30:00,intro/welcome,17,3,192.0.2.10\n"
       "2024-03-01,09:31:05,intro/tools,18,\\N,192.0.2.11\n2024-03-02,00:00:00,,17,3,192.0.2.10\n"
       "2024-12-31,23:59:59,sql/joins,kim,4,\n",
       NULL},
      /* quotes, CRLF, a byte-order mark, blank lines, no last line end */
      {"\xef\xbb\xbf\"date\",\"time\",\"path\",\"user_id\",\"cohort_id\",\"ip\"\r\n"
       "\"2024-03-01\",\"09:30:00\",\"intro/welcome\",\"17\",\"3\",\"192.0.2.10\"\r\n\r\n"
       "2024-03-01,09:31:05,intro/tools,18,,192.0.2.11\r\n2024-03-02,00:00:00,,17,3,192.0.2.10\r\n"
       "   \r\n2024-12-31,23:59:59,sql/joins,kim,4,",
       NULL},
      /* columns named by hand: by header name, by number, without a header, in raw text */
      {"when,what,who,klass,from\n2024-03-01 09:30:00,intro/welcome,17,3,192.0.2.10\n"
       "2024-03-01 09:31:05,intro/tools,18,,192.0.2.11\n2024-03-02 00:00:00,,17,3,192.0.2.10\n"
       "2024-12-31 23:59:59,sql/joins,kim,4,\n",
       "time=when,path=what,user=Who,cohort=4,ip=5"},
      {"17;3;192.0.2.10;intro/welcome;09:30;2024-03-01\n18;;192.0.2.11;intro/tools;09:31:05;"
       "2024-03-01\n17;3;192.0.2.10;;00:00;2024-03-02\nkim;4;;sql/joins;23:59:59;2024-12-31\n",
       "date=6,time=5,path=4,user=1,cohort=2,ip=3"},
      {"date,time,path,user_id,student,cohort_id,ip\n"
       "2024-03-01,09:30:00,intro/welcome,x,17,3,192.0.2.10\n"
       "2024-03-01,09:31:05,intro/tools,x,18,,192.0.2.11\n"
       "2024-03-02,00:00:00,,x,17,3,192.0.2.10\n2024-12-31,23:59:59,sql/joins,x,kim,4,\n",
       "user=student"},
  };
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(dress); i++)
    expect_rows(dress[i].text, -1, dress[i].columns, FORM_CSV, NULL);
  expect_rows("date time path user cohort ip\n"
              "2024-03-01 09:30:00 intro/welcome 17 3 192.0.2.10\n"
              "2024-03-01 09:31:05 intro/tools 18  192.0.2.11\n"
              "2024-03-02 00:00:00  17 3 192.0.2.10\n2024-12-31 23:59:59 sql/joins kim 4 \n",
              -1, NULL, FORM_RAW, "time=date+time path=path user=user cohort=cohort ip=ip");
  expect_rows("\xef\xbb\xbf"
              "2024-03-01 09:30:00 intro/welcome 17 3 192.0.2.10\r\n"
              "2024-03-01 09:31:05 intro/tools 18 NULL 192.0.2.11\r\n\r\n"
              "2024-03-02 00:00:00  17 3.0 192.0.2.10\r\n2024-12-31 23:59:59 sql/joins kim 4 ",
              -1, NULL, FORM_RAW, NULL);
}

static void values_are_normalised(void **state)
{
  Loaded l = loaded_text(NULL,
                         "date,time,path,user_id,cohort_id,ip,user_agent\n"
                         "2024-03-01,09:30:00,a\"b,8.0,8.0,2001:DB8::0:1,\"Agent \"\"one\"\"\"\n"
                         "2024-03-01,09:30:00,A/%41?q=1,-5,NULL,2001:db8::1,\n"
                         "2024-03-01,09:30:00,\"two words\",184467440737095516160.00,nan,host-1,x\n"
                         "2024-03-01,09:30:00,\xff\xfe,8.5,None,,x\n"
                         "9999-12-31,23:59:59,NULL,1e5,\\N,NaN,x\n"
                         "1900-01-01,00:00,a\x1b[31m,08,Night,192.0.2.1,x\n",
                         -1);
  (void)state;
  assert_text(loaded_rows(&l), "1900-01-01 00:00:00|a\x1b[31m|08|Night|192.0.2.1|x\n"
                               "2024-03-01 09:30:00|a\"b|8|8|2001:db8::1|Agent \"one\"\n"
                               "2024-03-01 09:30:00|A/%41?q=1|-5||2001:db8::1|\n"
                               "2024-03-01 09:30:00|two words|184467440737095516160||host-1|x\n"
                               "2024-03-01 09:30:00|\xff\xfe|8.5|||x\n"
                               "9999-12-31 23:59:59|NULL|1e5|||x\n");
  assert_int_equal(l.report->rejected, 0);
  loaded_clear(&l);
}

/* A quote is a byte like any other in raw text. */
static void raw_text_has_no_quotes(void **state)
{
  Loaded l = loaded_text(NULL,
                         "2024-03-01 09:30:00 \"intro 17 3 192.0.2.10\n"
                         "2024-03-01 09:31:00 \"a\" 17 3 192.0.2.10\n",
                         -1);
  (void)state;
  assert_text(loaded_rows(&l), "2024-03-01 09:30:00|\"intro|17|3|192.0.2.10\n"
                               "2024-03-01 09:31:00|\"a\"|17|3|192.0.2.10\n");
  loaded_clear(&l);
}

static void quoted_fields_hold_line_ends(void **state)
{
  Loaded l = loaded_text(NULL,
                         "date,time,path,user_id,cohort_id,ip\n"
                         "2024-03-01,09:30:00,\"one\ntwo, \"\"three\"\"\r\nfour\",17,3,192.0.2.10\n"
                         "2024-03-01,09:31:00,next,17,3,192.0.2.10\n"
                         "2021-02-30,09:31:00,\"a\nb\",17,3,192.0.2.10\n",
                         -1);
  (void)state;
  assert_text(loaded_rows(&l), "2024-03-01 09:30:00|one\ntwo, \"three\"\r\nfour|17|3|192.0.2.10\n"
                               "2024-03-01 09:31:00|next|17|3|192.0.2.10\n");
  assert_int_equal(first_file(&l)->lines, 7);
  assert_int_equal(first_file(&l)->continued, 3);
  assert_int_equal(loaded_rejects(&l, REJECT_DATE), 1);
  assert_int_equal(((const Reject *)l.report->rejects->pdata[0])->line, 6);
  loaded_clear(&l);
}

/* --- cohorts --------------------------------------------------------------------------------- */

static void cohorts_come_from_tables_or_rows(void **state)
{
  (void)state;
  Loaded wide = loaded_text(NULL, wide_text, -1);
  assert_text(loaded_cohorts(&wide), COHORTS);
  assert_int_equal(wide.report->warnings->len, 0);
  loaded_clear(&wide);

  LoadRequest req;
  load_request_init(&req);
  req.memory_cohorts = g_bytes_new_static(cohorts_text, sizeof cohorts_text - 1);
  Loaded said = loaded_text(&req, narrow_text, -1);
  assert_text(loaded_cohorts(&said), COHORTS);
  assert_text(loaded_rows(&said), ROWS);
  g_bytes_unref(req.memory_cohorts);
  loaded_clear(&said);

  /* recognised among the logs, whatever its place, and not counted as rows of the log */
  char *log = helper_file("log.txt", raw_text, sizeof raw_text - 1);
  char *table = helper_file("table.csv", cohorts_text, sizeof cohorts_text - 1);
  const char *both[] = {log, table, NULL};
  load_request_init(&req);
  req.logs = both;
  Loaded found = loaded_run(&req);
  assert_text(loaded_cohorts(&found), COHORTS);
  assert_int_equal(found.report->rows, 4);
  assert_int_equal(((const InputFile *)found.report->files->pdata[1])->form, FORM_COHORTS);
  assert_int_equal(((const InputFile *)found.report->files->pdata[1])->rows, 2);
  loaded_clear(&found);
  helper_remove(log);
  helper_remove(table);
}

static void small_cohort_tables_do(void **state)
{
  static const char table[] = "cohort;program;end;start\n3;Java;2024-08-01;2024-02-01\n"
                              "4;2.0;;\n";
  LoadRequest req;
  (void)state;
  load_request_init(&req);
  req.memory_cohorts = g_bytes_new_static(table, sizeof table - 1);
  Loaded l = loaded_text(&req, narrow_text, -1);
  assert_text(loaded_cohorts(&l), "3|cohort 3||2024-02-01|2024-08-01|Java|\n4|cohort 4||||2|\n");
  g_bytes_unref(req.memory_cohorts);
  loaded_clear(&l);
}

/* --- web server logs ------------------------------------------------------------------------- */

static void combined_logs_are_read(void **state)
{
  static const char text[] =
      "192.0.2.1 - kim [10/Oct/2000:13:55:36 -0700] \"GET /a%20b?x=1 HTTP/1.0\" 200 2326 "
      "\"http://example.org/\" \"Mozilla/4.08 [en] (Win98; \\\"I\\\")\"\n"
      "2001:db8::1 - anna maria [10/Oct/2000:13:55:37 +0000] \"POST https://host/p/q#f HTTP/1.1\" "
      "200 - \"-\" \"-\"\n"
      "192.0.2.2 - kim [10/Oct/2000:13:55:38 +0000] \"-\" 400 0\n"
      "192.0.2.3 - - [10/Oct/2000:13:55:39 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"\n"
      "192.0.2.3 - kim [10/Foo/2000:13:55:39 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"\n"
      "192.0.2.3 - kim [10/Oct/2000:25:55:39 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"\n"
      "192.0.2.3 kim GET / HTTP/1.1\n"
      "192.0.2.3 - kim [10/Oct/2000:13:55:40 +0000] \"GET / HTTP/1.1 200 1\n";
  Loaded l = loaded_text(NULL, text, -1);
  (void)state;
  assert_int_equal(first_file(&l)->form, FORM_COMBINED);
  assert_text(loaded_rows(&l),
              "2000-10-10 13:55:36|/a%20b|kim||192.0.2.1|Mozilla/4.08 [en] (Win98; \"I\")\n"
              "2000-10-10 13:55:37|/p/q|anna maria||2001:db8::1|\n"
              "2000-10-10 13:55:38||kim||192.0.2.2|\n");
  assert_int_equal(loaded_rejects(&l, REJECT_USER), 1);
  assert_int_equal(loaded_rejects(&l, REJECT_DATE), 1);
  assert_int_equal(loaded_rejects(&l, REJECT_TIME), 1);
  assert_int_equal(loaded_rejects(&l, REJECT_FIELDS), 2);
  loaded_clear(&l);
}

static void combined_users_come_from_the_query(void **state)
{
  static const char text[] =
      "192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET /a?x=1&uid=k%69m&y=2 HTTP/1.0\" 200 2\n"
      "192.0.2.1 - - [10/Oct/2000:13:55:37 -0700] \"GET /b?xuid=1 HTTP/1.0\" 200 2\n";
  LoadRequest req;
  (void)state;
  load_request_init(&req);
  req.columns = "user=?uid";
  req.form = "combined";
  Loaded l = loaded_text(&req, text, -1);
  assert_text(loaded_rows(&l), "2000-10-10 13:55:36|/a|kim||192.0.2.1\n");
  assert_int_equal(loaded_rejects(&l, REJECT_USER), 1);
  loaded_clear(&l);
}

/* --- files ----------------------------------------------------------------------------------- */

static GBytes *pack_one(const char *filter, const char *text)
{
  const char *names[] = {"log", NULL}, *texts[] = {text, NULL};
  return helper_pack(filter, "raw", names, texts);
}

static Loaded load_bytes(GBytes *bytes)
{
  Loaded l = loaded_text(NULL, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes));
  g_bytes_unref(bytes);
  return l;
}

static void packed_text_is_recognised_by_content(void **state)
{
  static const char *const filters[] = {"gzip", "zstd", "xz", "bzip2"};
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(filters); i++) {
    Loaded l = load_bytes(pack_one(filters[i], raw_text));
    assert_null(l.error);
    assert_text(loaded_rows(&l), ROWS);
    assert_string_equal(first_file(&l)->container, filters[i]);
    assert_int_equal(first_file(&l)->bytes, sizeof raw_text - 1);
    assert_false(first_file(&l)->partial);
    loaded_clear(&l);
  }
}

static void joined_gzip_members_are_one_text(void **state)
{
  GBytes *a = pack_one("gzip", "2024-03-01 09:30:00 a 1 3 192.0.2.10\n2024-03-01 09:3");
  GBytes *b = pack_one("gzip", "1:00 b 1 3 192.0.2.10\n");
  GByteArray *both = g_byte_array_new();
  (void)state;
  g_byte_array_append(both, g_bytes_get_data(a, NULL), (guint)g_bytes_get_size(a));
  g_byte_array_append(both, g_bytes_get_data(b, NULL), (guint)g_bytes_get_size(b));
  Loaded l = load_bytes(g_byte_array_free_to_bytes(both));
  assert_text(loaded_rows(&l),
              "2024-03-01 09:30:00|a|1|3|192.0.2.10\n2024-03-01 09:31:00|b|1|3|192.0.2.10\n");
  assert_null(first_file(&l)->note);
  loaded_clear(&l);
  g_bytes_unref(a);
  g_bytes_unref(b);
}

static void a_zip_is_all_its_files(void **state)
{
  const char *names[] = {"read me.txt", "__MACOSX/log", "log.csv", "cohorts.csv", NULL};
  const char *texts[] = {"Please read this first.\n", "junk", narrow_text, cohorts_text, NULL};
  (void)state;
  Loaded l = load_bytes(helper_pack(NULL, "zip", names, texts));
  assert_null(l.error);
  assert_text(loaded_rows(&l), ROWS);
  assert_text(loaded_cohorts(&l), COHORTS);
  assert_int_equal(l.report->files->len, 3);
  assert_non_null(strstr(first_file(&l)->note, "left out"));
  assert_non_null(strstr(((InputFile *)l.report->files->pdata[1])->name, ": log.csv"));
  loaded_clear(&l);

  const char *office_names[] = {"[Content_Types].xml", "xl/workbook.xml", NULL};
  const char *office_texts[] = {"<Types/>", "<workbook/>", NULL};
  Loaded office = load_bytes(helper_pack(NULL, "zip", office_names, office_texts));
  assert_non_null(office.error);
  assert_non_null(strstr(office.error->message, "office document; save the table as CSV"));
  loaded_clear(&office);
}

static void several_logs_are_merged_in_time_order(void **state)
{
  static const char b[] = "2024-03-01 09:30:00 second 1 3 192.0.2.10\n"
                          "2024-02-01 09:30:00 early 1 3 192.0.2.10\n";
  static const char c[] = "user,datetime,page\n9,2024-03-01 09:30:00,third\n";
  (void)state;
  char *names[] = {helper_file("a", "2024-03-01 09:30:00 first 1 3 192.0.2.10\n", 41),
                   helper_file("b", b, sizeof b - 1), helper_file("c", c, sizeof c - 1),
                   helper_file("d", "", 0), NULL};
  LoadRequest req;
  load_request_init(&req);
  req.logs = (const char *const *)names;
  Loaded l = loaded_run(&req);
  assert_text(loaded_rows(&l),
              "2024-02-01 09:30:00|early|1|3|192.0.2.10\n2024-03-01 09:30:00|first|1|3|192.0.2.10\n"
              "2024-03-01 09:30:00|second|1|3|192.0.2.10\n2024-03-01 09:30:00|third|9||\n");
  assert_non_null(strstr(((InputFile *)l.report->files->pdata[3])->note, "empty"));
  loaded_clear(&l);
  for (guint i = 0; names[i] != NULL; i++)
    helper_remove(names[i]);
}

/* What a pipe gives is read to its end, packed or not. */
static void standard_input_is_read(void **state)
{
  const char *logs[] = {"-", NULL}, *names[] = {"log.csv", "cohorts.csv", NULL},
             *texts[] = {narrow_text, cohorts_text, NULL};
  GBytes *packed[] = {g_bytes_new_static(raw_text, sizeof raw_text - 1), pack_one("gzip", raw_text),
                      pack_one("xz", narrow_text), helper_pack(NULL, "zip", names, texts)};
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(packed); i++) {
    int fd[2];
    assert_int_equal(pipe(fd), 0);
    gssize size = (gssize)g_bytes_get_size(packed[i]);
    assert_int_equal(write(fd[1], g_bytes_get_data(packed[i], NULL), (gsize)size), size);
    close(fd[1]);
    LoadRequest req;
    load_request_init(&req);
    req.logs = logs;
    req.stdin_fd = fd[0];
    Loaded l = loaded_run(&req);
    assert_null(l.error);
    assert_text(loaded_rows(&l), ROWS);
    loaded_clear(&l);
    close(fd[0]);
    g_bytes_unref(packed[i]);
  }
}

static void ignored_columns_are_listed(void **state)
{
  Loaded l = loaded_text(
      NULL, ",id,date,time,path,user_id,referer\n0,5,2024-03-01,09:30:00,a,17,\"x\"\n", -1);
  (void)state;
  const GPtrArray *ignored = first_file(&l)->ignored;
  assert_int_equal(ignored->len, 3);
  assert_string_equal(ignored->pdata[0], "column 1 (no name)");
  assert_string_equal(ignored->pdata[1], "id");
  assert_string_equal(ignored->pdata[2], "referer");
  loaded_clear(&l);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(forms_are_recognised),
      cmocka_unit_test(dresses_are_recognised),
      cmocka_unit_test(values_are_normalised),
      cmocka_unit_test(raw_text_has_no_quotes),
      cmocka_unit_test(quoted_fields_hold_line_ends),
      cmocka_unit_test(cohorts_come_from_tables_or_rows),
      cmocka_unit_test(small_cohort_tables_do),
      cmocka_unit_test(combined_logs_are_read),
      cmocka_unit_test(combined_users_come_from_the_query),
      cmocka_unit_test(packed_text_is_recognised_by_content),
      cmocka_unit_test(joined_gzip_members_are_one_text),
      cmocka_unit_test(a_zip_is_all_its_files),
      cmocka_unit_test(several_logs_are_merged_in_time_order),
      cmocka_unit_test(standard_input_is_read),
      cmocka_unit_test(ignored_columns_are_listed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
