/* Geography from .mmdb files, and the rule new-place with and without it. */
#include "config.h"

#include "tests/flags/mmdb.h"

#include "core/base/error.h"
#include "tests/flags/bed.h"

#include <glib/gstdio.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#define HOME "198.51.100.7"

/* User 7 was at home on `days` days from New Year on, then reads `pages` pages at `ip`; user 8 only
 * at home. */
static LogBuilder *journey(guint days, guint pages, const char *ip)
{
  LogBuilder *b = log_builder_new();
  for (guint d = 0; d < days; d++) {
    bed_hit(b, bed_time("2020-01-01 10:00:00") + d * CIVIL_DAY, "7", "", "day/p1", HOME);
    bed_hit(b, bed_time("2020-01-01 11:00:00") + d * CIVIL_DAY, "8", "", "day/p2", HOME);
  }
  bed_pages(b, bed_time("2020-02-20 10:00:00"), "7", "", "far", pages, 60, ip);
  return b;
}

static guint count(const Bed *bed, const char *change)
{
  FlagSet *set = bed_run(bed, RULE_NEW_PLACE, change);
  guint n = set->flags->len;
  flag_set_free(set);
  return n;
}

/* --- without a file --------------------------------------------------------------------------- */

static void test_new_network(void **state)
{
  (void)state;
  Bed *bed = bed_new(journey(20, 80, "203.0.113.9"));
  FlagSet *set = bed_run(bed, RULE_NEW_PLACE, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_NEW_PLACE, "7");
  assert_non_null(f);
  assert_true(fabs(f->score - 37.5) < 1e-9); /* twice the threshold, halved */
  assert_int_equal(f->events, 80);
  assert_true(bed_term(f, "days of history") == 50);
  assert_true(bed_term(f, "users ever there") == 1);
  assert_true(f->from == bed_time("2020-02-20 10:00:00"));
  assert_non_null(strstr(f->text, "from the network 203.0.0.0/16, where nobody else ever was"));
  assert_false(set->flagged_user[f->key]);
  assert_non_null(rule_lacks(bed->study, RULE_NEW_PLACE));
  flag_set_free(set);
  assert_int_equal(count(bed, "pages=81"), 0);
  assert_int_equal(count(bed, "days=51"), 0);
  assert_int_equal(count(bed, "hours=1"), 1);
  assert_int_equal(count(bed, "hours=1 pages=62"), 0);
  bed_free(bed);
}

static void test_known_networks(void **state)
{
  (void)state;
  Bed *bed = bed_new(journey(20, 80, "198.51.7.9")); /* in the network of the home */
  assert_int_equal(count(bed, NULL), 0);
  bed_free(bed);
  bed = bed_new(journey(4, 80, "203.0.113.9")); /* four days are no history */
  assert_int_equal(count(bed, NULL), 0);
  bed_free(bed);
  LogBuilder *b = journey(20, 80, "203.0.113.9"); /* somebody else was there */
  bed_hit(b, bed_time("2020-05-01 10:00:00"), "8", "", "day/p2", "203.0.7.7");
  bed = bed_new(b);
  assert_int_equal(count(bed, NULL), 0);
  bed_free(bed);
  b = journey(20, 80, "203.0.113.9"); /* was there three weeks before */
  bed_hit(b, bed_time("2020-01-30 10:00:00"), "7", "", "day/p2", "203.0.113.9");
  bed = bed_new(b);
  assert_int_equal(count(bed, NULL), 0);
  bed_free(bed);
}

/* --- with a file ------------------------------------------------------------------------------ */

static const char *const places[] = {
    "198.51.0.0/16|country=Homeland|city=Hometown",
    "203.0.113.0/24|country=Elsewhere|iso=XB|asn=64501|org=Far Net",
    "192.0.2.0/24|iso=XC",
    "198.18.0.0/16|flat_country=Flatland",
    "2001:db8:7::/48|country=Six|city=Sixton|asn=64500",
    NULL};

static void relearn(Bed *bed, const char *file)
{
  StudyOptions o;
  study_options_init(&o);
  o.mmdb = file;
  bed_relearn(bed, &o);
}

static void check_text(const Bed *bed, const char *ip, const char *expected)
{
  char *text = geo_text(bed->study->geo, bed_ip(bed, ip));
  assert_string_equal(text, expected);
  g_free(text);
}

static void test_lookup(void **state)
{
  (void)state;
  char *file = mmdb_make(places);
  if (!file)
    return;
  LogBuilder *b = log_builder_new();
  static const char *const ips[] = {HOME,
                                    "203.0.113.9",
                                    "192.0.2.1",
                                    "198.18.3.4",
                                    "198.19.3.4",
                                    "2001:db8:7::1",
                                    "2001:db8:8::1",
                                    "no-address",
                                    ""};
  for (guint i = 0; i < G_N_ELEMENTS(ips); i++)
    bed_hit(b, i, "7", "", "day/p1", ips[i]);
  Bed *bed = bed_new(b);
  assert_null(bed->study->geo);
  relearn(bed, file);
  check_text(bed, HOME, "Homeland, Hometown");
  check_text(bed, "203.0.113.9", "Elsewhere, AS64501 Far Net");
  check_text(bed, "192.0.2.1", "XC");
  check_text(bed, "198.18.3.4", "Flatland");
  check_text(bed, "198.19.3.4", "");
  check_text(bed, "2001:db8:7::1", "Six, Sixton, AS64500");
  check_text(bed, "2001:db8:8::1", "");
  check_text(bed, "no-address", "");
  assert_int_equal(bed->study->geo->n_countries, 5);
  assert_int_equal(bed->study->geo->n_networks, 2);
  assert_string_equal(bed->study->geo->type, "Test-City-ASN");
  assert_null(rule_lacks(bed->study, RULE_NEW_PLACE));
  bed_free(bed);
  mmdb_remove(file);
}

static void test_new_country(void **state)
{
  (void)state;
  char *file = mmdb_make(places);
  if (!file)
    return;
  LogBuilder *b = journey(20, 80, "203.0.113.9");
  bed_hit(b, bed_time("2020-05-01 10:00:00"), "8", "", "day/p2", "203.0.113.7");
  Bed *bed = bed_new(b);
  relearn(bed, file);
  FlagSet *set = bed_run(bed, RULE_NEW_PLACE, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_NEW_PLACE, "7");
  assert_non_null(f);
  assert_true(fabs(f->score - 75) < 1e-9); /* a country counts in full, whoever else was there */
  assert_true(bed_term(f, "users ever there") == 2);
  assert_non_null(strstr(f->text, "from Elsewhere, where the account never was in the 50 days"));
  flag_set_free(set);
  bed_free(bed);
  bed = bed_new(journey(20, 80, "198.51.7.9")); /* another network of the same country */
  relearn(bed, file);
  assert_int_equal(count(bed, NULL), 0);
  bed_free(bed);
  bed = bed_new(journey(20, 80, "198.19.3.4")); /* nobody knows where that is */
  relearn(bed, file);
  assert_int_equal(count(bed, NULL), 0);
  bed_free(bed);
  mmdb_remove(file);
}

/* A file of networks only: they take the place of /16s, and the score stays halved. */
static void test_networks_only(void **state)
{
  (void)state;
  static const char *const lines[] = {"198.51.0.0/16|asn=64500|org=Home Net",
                                      "203.0.112.0/20|asn=64501|org=Far Net", NULL};
  char *file = mmdb_make(lines);
  if (!file)
    return;
  Bed *bed = bed_new(journey(20, 80, "203.0.113.9"));
  relearn(bed, file);
  assert_non_null(rule_lacks(bed->study, RULE_NEW_PLACE));
  FlagSet *set = bed_run(bed, RULE_NEW_PLACE, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_NEW_PLACE, "7");
  assert_non_null(f);
  assert_true(fabs(f->score - 37.5) < 1e-9);
  assert_non_null(strstr(f->text, "from the network AS64501 Far Net,"));
  flag_set_free(set);
  bed_free(bed);
  mmdb_remove(file);
}

/* --- files that are none ---------------------------------------------------------------------- */

static void refuse(const char *file, int code)
{
  IpTable *ips = ip_table_new();
  for (guint i = 0; i < 256; i++) {
    char *ip = g_strdup_printf("%u.0.113.9", i);
    (void)ip_table_intern(ips, ip, strlen(ip));
    g_free(ip);
  }
  GError *error = NULL;
  Geo *geo = geo_new(file, ips, &error);
  if (code == 0) {
    assert_true((geo != NULL) != (error != NULL)); /* either way is fine, a crash is not */
  } else {
    assert_null(geo);
    assert_true(g_error_matches(error, CORE_ERROR, code));
  }
  g_clear_error(&error);
  geo_free(geo);
  ip_table_free(ips);
}

#ifdef HAVE_MAXMINDDB
#define REFUSED CORE_ERROR_INPUT
#else
#define REFUSED CORE_ERROR_USAGE
#endif

static void test_bad_files(void **state)
{
  (void)state;
  refuse("/nonexistent/places.mmdb", REFUSED);
  refuse("/", REFUSED);
  char *file = mmdb_make(places);
  if (!file)
    return;
  char *bytes, *damaged = NULL;
  gsize len;
  assert_true(g_file_get_contents(file, &bytes, &len, NULL));
  g_close(g_file_open_tmp("cohortscope-XXXXXX.mmdb", &damaged, NULL), NULL);
  assert_true(g_file_set_contents(damaged, bytes, (gssize)(len / 2), NULL)); /* cut off */
  refuse(damaged, REFUSED);
  for (guint seed = 1; seed <= 200; seed++) { /* bytes changed here and there */
    GRand *rand = g_rand_new_with_seed(seed);
    char *copy = g_memdup2(bytes, len);
    for (guint i = 0; i < 20; i++)
      copy[g_rand_int_range(rand, 0, (gint32)len)] = (char)g_rand_int_range(rand, 0, 256);
    assert_true(g_file_set_contents(damaged, copy, (gssize)len, NULL));
    refuse(damaged, 0);
    g_free(copy);
    g_rand_free(rand);
  }
  g_free(bytes);
  mmdb_remove(damaged);
  mmdb_remove(file);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_new_network),   cmocka_unit_test(test_known_networks),
      cmocka_unit_test(test_lookup),        cmocka_unit_test(test_new_country),
      cmocka_unit_test(test_networks_only), cmocka_unit_test(test_bad_files),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
