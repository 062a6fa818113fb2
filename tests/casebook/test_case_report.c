/* Case reports: everything that a reader needs is there, and with pseudonyms nothing that must not
 * be. */
#include "core/casebook/case_report.h"
#include "core/casebook/scrub.h"
#include "core/log/fingerprint.h"
#include "tests/flags/bed.h"

#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#define WHO   "7041"
#define PLACE "198.51.100.7"

static Bed *bed;
static FlagSet *set;
static Casebook *book;
static Pseudonyms *pseudonyms;

static Stamp me(void)
{
  return (Stamp){.author = "zoe", .time = bed_time("2026-11-20 10:15:00")};
}

static void put(const Entity *e)
{
  assert_true(casebook_add_to_case(book, 1, e, me(), NULL));
}

/* A case with a flag, a user, a row and notes, some of which name people. */
static int make_case(void **state)
{
  (void)state;
  static const guint8 key[PSEUDONYM_KEY_BYTES] = {1, 2, 3};
  LogBuilder *b = log_builder_new();
  CivilTime t = bed_time("2020-03-04 10:00:00");
  for (int day = 20; day < 40; day++)
    bed_pages(b, t - day * CIVIL_DAY, WHO, "", "slow", 4, 300, PLACE);
  bed_pages(b, t, WHO, "", "a", 60, 1, PLACE);
  bed_pages(b, t + CIVIL_DAY, "anna@example.org", "", "b", 40, 1, "2001:db8::99");
  bed = bed_new(b);
  set = bed_run(bed, RULE_BURST, NULL);
  book = casebook_new();
  pseudonyms = pseudonyms_new(key);
  const Flag *f = bed_flag_of(bed, set, RULE_BURST, WHO);
  assert_non_null(f);
  Entity *flag = entity_new(ENTITY_FLAG, f->id),
         *user = entity_new(ENTITY_USER, "anna@example.org");
  Entity *row = entity_row(t + 3, WHO, "a/p3"), *cohort = entity_new(ENTITY_COHORT, NULL);
  assert_int_equal(casebook_new_case(book, "two | <mirrors> of user " WHO, me(), NULL), 1);
  put(flag);
  put(user);
  put(row);
  assert_int_equal(
      casebook_add_note(book, flag, "user " WHO " and anna@example.org share " PLACE, me(), NULL),
      1);
  assert_int_equal(casebook_add_note(book, row, "the third of 60 pages", me(), NULL), 2);
  assert_int_equal(casebook_add_note(book, cohort, "of no concern here", me(), NULL), 3);
  Review r = review_of_flag(set, f, bed->ds, STATUS_CONFIRMED, "seen from 198.51.100.0/24");
  assert_true(casebook_add_review(book, &r, (Stamp){"bob", me().time}, NULL) > 0);
  g_free(r.parameters);
  g_free(r.subject);
  Entity *all[] = {flag, user, row, cohort};
  for (guint i = 0; i < G_N_ELEMENTS(all); i++)
    entity_free(all[i]);
  return 0;
}

static int free_case(void **state)
{
  (void)state;
  pseudonyms_free(pseudonyms);
  casebook_free(book);
  flag_set_free(set);
  bed_free(bed);
  return 0;
}

static char *write_report(ReportFormat f, Pseudonyms *p, const FlagSet *flags)
{
  ReportFile file = {.name = (char *)"log.csv", .sha256 = (char *)"c0ffee"};
  GPtrArray *files = g_ptr_array_new();
  g_ptr_array_add(files, &file);
  CaseReport r = {.book = book,
                  .c = casebook_case(book, 1),
                  .ds = bed->ds,
                  .flags = flags,
                  .name = "log.csv",
                  .version = "9.9",
                  .files = files,
                  .pseudonyms = p,
                  .by = me()};
  GString *out = g_string_new(NULL);
  Sink *sink = sink_string(out);
  case_report_write(&r, f, sink);
  assert_true(sink_close(sink, NULL));
  g_ptr_array_unref(files);
  return g_string_free(out, FALSE);
}

static void assert_has(const char *text, const char *part)
{
  if (!strstr(text, part))
    fail_msg("missing: %s", part);
}

static void assert_has_not(const char *text, const char *part)
{
  if (strstr(text, part))
    fail_msg("must not be there: %s", part);
}

static guint count(const char *text, const char *part)
{
  guint n = 0;
  for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
    n++;
  return n;
}

static void everything_is_said(void **state)
{
  (void)state;
  char *text = write_report(REPORT_MD, NULL, set);
  char *fingerprint = log_fingerprint_text(log_fingerprint(bed->ds->log));
  const char *const parts[] = {
      "# Case 1: two \\| ",
      "mirrors",
      "no proof",
      "burst, version 1",
      "pages=20 seconds=60 fast-pages=15 fast-seconds=10",
      "this user at other times",
      "confirmed",
      "bob",
      "seen from 198.51.100.0/24",
      "2020-03-04 10:00:59",
      "a/p59",
      "the third of 60 pages",
      ("share " PLACE),
      "the log's own clock",
      "c0ffee",
      fingerprint,
      "cohortscope 9.9",
      "anna@example.org",
  };
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
    assert_has(text, parts[i]);
  assert_has_not(text, "of no concern here");
  assert_int_equal(count(text, "| a/"), 2 * 60); /* each row of evidence: path and page */
  g_free(fingerprint);
  g_free(text);
}

static void pseudonyms_leave_no_name(void **state)
{
  (void)state;
  static const ReportFormat formats[] = {REPORT_MD, REPORT_HTML};
  for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
    char *text = write_report(formats[i], pseudonyms, set);
    static const char *const names[] = {WHO, "198.51.100", "anna", "2001:db8", "zoe", "bob"};
    for (guint k = 0; k < G_N_ELEMENTS(names); k++)
      assert_has_not(text, names[k]);
    assert_has(text, pseudonym_of(pseudonyms, COLUMN_USER, WHO));
    assert_has(text, pseudonym_of(pseudonyms, COLUMN_ADDRESS, PLACE));
    assert_has(text, "analyst 1");
    assert_has(text, "analyst 2");
    assert_has(text, "60 pages");
    g_free(text);
  }
}

static void html_is_well_formed(void **state)
{
  (void)state;
  char *text = write_report(REPORT_HTML, NULL, set);
  assert_has(text, "&lt;mirrors&gt;");
  const GMarkupParser nothing = {NULL, NULL, NULL, NULL, NULL};
  GMarkupParseContext *context = g_markup_parse_context_new(&nothing, 0, NULL, NULL);
  const char *body = strstr(text, "<html");
  assert_true(g_markup_parse_context_parse(context, body, -1, NULL));
  assert_true(g_markup_parse_context_end_parse(context, NULL));
  g_markup_parse_context_free(context);
  g_free(text);
}

/* Without flags (they are not computed, or thresholds have moved) the case is still told. */
static void a_case_without_its_flags(void **state)
{
  (void)state;
  char *text = write_report(REPORT_MD, NULL, NULL);
  assert_has(text, "burst-u" WHO);
  assert_has(text, "the third of 60 pages");
  g_free(text);
  text = write_report(REPORT_MD, pseudonyms, NULL);
  assert_has_not(text, WHO);
  g_free(text);
}

static void words_are_scrubbed(void **state)
{
  (void)state;
  const char *u = pseudonym_of(pseudonyms, COLUMN_USER, WHO);
  const char *a = pseudonym_of(pseudonyms, COLUMN_USER, "anna@example.org");
  const char *ip = pseudonym_of(pseudonyms, COLUMN_ADDRESS, PLACE);
  const struct {
    const char *in;
    char *out;
  } cases[] = {
      {"", g_strdup("")},
      {"40 pages, 7041 rows", g_strdup("40 pages, 7041 rows")}, /* a number is not a user ... */
      {"user 7041 did", g_strdup_printf("user %s did", u)},     /* ... but behind such a word */
      {"Users 7041, 12 and 7041!", g_strdup_printf("Users %s, 12 and %s!", u, u)},
      {"user=7041 rule=burst", g_strdup_printf("user=%s rule=burst", u)},
      {"#7041", g_strdup_printf("#%s", u)},
      {"user 7041 read 7041 pages", g_strdup_printf("user %s read 7041 pages", u)},
      {"(anna@example.org)", g_strdup_printf("(%s)", a)},
      {"see anna@example.org.", g_strdup_printf("see %s.", a)},
      {"from 198.51.100.7, twice", g_strdup_printf("from %s, twice", ip)},
      {"burst-u7041-20200304T1000", g_strdup_printf("burst-%s-20200304T1000", u)},
      {"at 10:15:00 on 2020-03-04", g_strdup("at 10:15:00 on 2020-03-04")},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    char *text = scrub_text(cases[i].in, bed->ds, NULL, pseudonyms);
    assert_string_equal(text, cases[i].out);
    g_free(text);
    g_free(cases[i].out);
  }
  GHashTable *users = g_hash_table_new(NULL, NULL);
  g_hash_table_add(users, GUINT_TO_POINTER(bed_user(bed, WHO) + 1));
  char *text = scrub_text("7041 again", bed->ds, users, pseudonyms);
  assert_true(g_str_has_prefix(text, u));
  g_free(text);
  g_hash_table_unref(users);
  text = scrub_text("2001:db8::99 and 2001:db8::/32", bed->ds, NULL, pseudonyms);
  assert_null(strstr(text, "2001"));
  g_free(text);
  text = scrub_text("user 7041 \x1b[2J", bed->ds, NULL, NULL);
  assert_string_equal(text, "user 7041 ?[2J");
  g_free(text);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(everything_is_said),  cmocka_unit_test(pseudonyms_leave_no_name),
      cmocka_unit_test(html_is_well_formed), cmocka_unit_test(a_case_without_its_flags),
      cmocka_unit_test(words_are_scrubbed),
  };
  return cmocka_run_group_tests(tests, make_case, free_case);
}
