/* Places: sites, carriers and blocks on logs written for them, and the sites of the full log. */
#include "tests/flags/bed.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#define SITE "203.0.113.1"

/* `n` students at one address on `days` days from 2020-01-01 on, and `others` each at home. */
static void school_days(LogBuilder *b, const char *address, guint n, guint days, guint others)
{
  CivilTime start = bed_time("2020-01-01 09:00:00");
  for (guint d = 0; d < days; d++)
    for (guint u = 0; u < n + others; u++) {
      char *user = g_strdup_printf("u%u", u), *home = g_strdup_printf("198.51.%u.9", u);
      bed_hit(b, start + (CivilTime)d * CIVIL_DAY + u, user, "", "lesson/one",
              u < n ? address : home);
      g_free(user);
      g_free(home);
    }
}

static Bed *school(guint n, guint days, guint others)
{
  LogBuilder *b = log_builder_new();
  school_days(b, SITE, n, days, others);
  return bed_new(b);
}

static void test_regular_site(void **state)
{
  (void)state;
  Bed *bed = school(10, 20, 30); /* exactly 10 of 40 on 20 days */
  const Places *p = bed->study->places;
  assert_int_equal(p->n_sites, 1);
  assert_int_equal(p->sites[0].ip, bed_ip(bed, SITE));
  assert_int_equal(p->sites[0].kind, PLACE_SITE_REGULAR);
  assert_int_equal(p->sites[0].days, 20);
  assert_int_equal(p->sites[0].hits, 200);
  assert_int_equal(p->sites[0].users, 10);
  assert_int_equal(p->sites[0].first, civil_day_of(bed_time("2020-01-01")));
  assert_int_equal(p->sites[0].last, civil_day_of(bed_time("2020-01-20")));
  assert_int_equal(p->kind_of_ip[bed_ip(bed, SITE)], PLACE_SITE_REGULAR);
  assert_int_equal(p->kind_of_ip[bed_ip(bed, "198.51.10.9")], PLACE_PRIVATE);
  bed_free(bed);
}

static void test_occasional_site(void **state)
{
  (void)state;
  Bed *bed = school(10, 19, 30);
  assert_int_equal(bed->study->places->n_sites, 1);
  assert_int_equal(bed->study->places->sites[0].kind, PLACE_SITE_OCCASIONAL);
  bed_free(bed);
}

static void test_no_site(void **state)
{
  (void)state;
  Bed *few = school(9, 30, 0); /* nine users, though all of the day */
  assert_int_equal(few->study->places->n_sites, 0);
  bed_free(few);
  Bed *small_share = school(10, 30, 31); /* 10 of 41 */
  assert_int_equal(small_share->study->places->n_sites, 0);
  bed_free(small_share);
}

/* A telephone network: `users` users, each hits two times at each of `ips` addresses. */
static void telephones(LogBuilder *b, const char *net, guint users, guint ips, guint hits)
{
  CivilTime t = bed_time("2020-02-01 09:00:00");
  for (guint u = 0; u < users; u++)
    for (guint i = 0; i < ips; i++)
      for (guint h = 0; h < hits; h++) {
        char *user = g_strdup_printf("u%u", u);
        char *ip = g_strdup_printf("%s.%u.%u", net, (u * 7 + i * 31) % 256, u * 10 + i + 1);
        bed_hit(b, t += 60, user, "", "lesson/one", ip);
        g_free(ip);
        g_free(user);
      }
}

static void test_carrier(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  telephones(b, "198.18", 12, 3, 2);
  Bed *bed = bed_new(b);
  const Places *p = bed->study->places;
  assert_int_equal(p->n_carriers, 1);
  char *text = ip_block_text(&p->carriers[0].block);
  assert_string_equal(text, "198.18.0.0/16");
  g_free(text);
  assert_int_equal(p->carriers[0].users, 12);
  assert_int_equal(p->carriers[0].ips, 36);
  assert_int_equal(p->carriers[0].hits, 72);
  assert_true(p->carriers[0].median_hits == 2);
  /* All addresses of the network are one block. */
  guint32 block = p->block_of_ip[bed_ip(bed, "198.18.0.1")];
  assert_int_equal(p->block_of_ip[bed_ip(bed, "198.18.7.11")], block);
  text = places_block_text(p, bed->ds, block);
  assert_string_equal(text, "198.18.0.0/16");
  g_free(text);
  bed_free(bed);
}

static guint count_carriers(guint users, guint ips, guint hits, gboolean home)
{
  LogBuilder *b = log_builder_new();
  telephones(b, "198.18", users, ips, hits);
  /* One who lives there: more hits than all telephones together. */
  for (guint i = 0; home && i < 400; i++)
    bed_hit(b, bed_time("2020-03-01 09:00:00") + i, "u1", "", "lesson/one", "198.18.7.250");
  Bed *bed = bed_new(b);
  guint n = bed->study->places->n_carriers;
  bed_free(bed);
  return n;
}

static void test_no_carrier(void **state)
{
  (void)state;
  assert_int_equal(count_carriers(10, 2, 5, FALSE), 1);
  assert_int_equal(count_carriers(9, 3, 2, FALSE), 0);  /* too few users */
  assert_int_equal(count_carriers(12, 1, 2, FALSE), 0); /* one address each */
  assert_int_equal(count_carriers(12, 3, 6, FALSE), 0); /* they stay too long */
  assert_int_equal(count_carriers(12, 3, 2, TRUE), 0);  /* somebody lives there */
}

static void test_carrier_within_mixed_network(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  telephones(b, "198.18", 12, 3, 2); /* in 198.18.0.0/17: 7 * 11 + 31 * 2 = 139 at most */
  for (guint u = 0; u < 12; u++)
    for (guint i = 0; i < 100; i++) {
      char *user = g_strdup_printf("u%u", u), *home = g_strdup_printf("198.18.250.%u", u + 1);
      bed_hit(b, bed_time("2020-03-01 09:00:00") + u * 1000 + i, user, "", "lesson/one", home);
      g_free(home);
      g_free(user);
    }
  Bed *bed = bed_new(b);
  const Places *p = bed->study->places;
  assert_true(p->n_carriers >= 1);
  assert_int_equal(p->kind_of_ip[bed_ip(bed, "198.18.0.1")], PLACE_CARRIER);
  assert_int_equal(p->kind_of_ip[bed_ip(bed, "198.18.250.3")], PLACE_PRIVATE);
  bed_free(bed);
}

static void test_private_blocks(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  CivilTime t = bed_time("2020-02-01 09:00:00");
  bed_hit(b, t, "1", "", "lesson/one", "198.51.100.7"); /* a line that changed its address */
  bed_hit(b, t + 9, "1", "", "lesson/one", "198.51.100.8");
  bed_hit(b, t, "2", "", "lesson/one", "198.51.101.7");
  bed_hit(b, t, "1", "", "lesson/one", "2001:db8:1:2::1"); /* one subscriber, two of its networks */
  bed_hit(b, t, "2", "", "lesson/one", "2001:db8:1:3::1");
  bed_hit(b, t, "2", "", "lesson/one", "2001:db8:2:3::1");
  bed_hit(b, t, "2", "", "lesson/one", "");
  for (guint u = 0; u < 5; u++) { /* strangers with neighbouring numbers */
    char *user = g_strdup_printf("s%u", u), *ip = g_strdup_printf("203.0.113.%u", u);
    bed_hit(b, t, user, "", "lesson/one", ip);
    g_free(user);
    g_free(ip);
  }
  Bed *bed = bed_new(b);
  const Places *p = bed->study->places;
#define BLOCK(a) p->block_of_ip[bed_ip(bed, a)]
  assert_int_equal(p->block_of_ip[IP_NONE], 0);
  assert_int_equal(BLOCK("198.51.100.7"), BLOCK("198.51.100.8"));
  assert_int_not_equal(BLOCK("198.51.100.7"), BLOCK("198.51.101.7"));
  assert_int_equal(BLOCK("2001:db8:1:2::1"), BLOCK("2001:db8:1:3::1"));
  assert_int_not_equal(BLOCK("2001:db8:1:2::1"), BLOCK("2001:db8:2:3::1"));
  assert_int_not_equal(BLOCK("203.0.113.1"), BLOCK("203.0.113.2"));
  assert_int_equal(p->n_blocks, 1 + 1 + 1 + 2 + 5);
  char *text = places_block_text(p, bed->ds, BLOCK("198.51.100.8"));
  assert_string_equal(text, "198.51.100.0/24");
  g_free(text);
  text = places_block_text(p, bed->ds, BLOCK("203.0.113.2"));
  assert_string_equal(text, "203.0.113.2");
  g_free(text);
  text = places_block_text(p, bed->ds, BLOCK("2001:db8:1:3::1"));
  assert_string_equal(text, "2001:db8:1::/48");
  g_free(text);
  assert_int_equal(p->users_of_ip[bed_ip(bed, "198.51.100.7")], 1);
  bed_free(bed);
}

static void test_empty_log(void **state)
{
  (void)state;
  Bed *bed = bed_new(log_builder_new());
  assert_int_equal(bed->study->places->n_sites, 0);
  assert_int_equal(bed->study->places->n_carriers, 0);
  assert_int_equal(bed->study->pages->n_pages, 0);
  assert_int_equal(bed->study->today, CIVIL_DAY_NONE);
  bed_free(bed);
}

static void test_full_log_sites(void **state)
{
  (void)state;
  Bed *bed = bed_full();
  if (!bed)
    return;
  const Places *p = bed->study->places;
  guint regular = 0;
  for (guint i = 0; i < p->n_sites; i++)
    regular += p->sites[i].kind == PLACE_SITE_REGULAR;
  assert_int_equal(regular, 2);
  /* As its notes say: the later one first, it has more hits. */
  assert_int_equal(p->sites[0].ip, bed_ip(bed, "198.18.0.58"));
  assert_int_equal(p->sites[0].hits, 284579);
  assert_int_equal(p->sites[0].first, civil_day_of(bed_time("2018-07-16")));
  assert_int_equal(civil_month_of(p->sites[0].last),
                   civil_month_of(civil_day_of(bed_time("2020-03-01"))));
  assert_int_equal(p->sites[1].ip, bed_ip(bed, "198.18.0.61"));
  assert_int_equal(p->sites[1].hits, 61662);
  assert_int_equal(p->sites[1].last, civil_day_of(bed_time("2018-07-13")));
  for (guint i = 0; i < p->n_carriers; i++) {
    char *text = ip_block_text(&p->carriers[i].block);
    print_message("carrier %s: %u users, %u addresses, %u hits\n", text, p->carriers[i].users,
                  p->carriers[i].ips, p->carriers[i].hits);
    g_free(text);
  }
  bed_free(bed);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_regular_site),   cmocka_unit_test(test_occasional_site),
      cmocka_unit_test(test_no_site),        cmocka_unit_test(test_carrier),
      cmocka_unit_test(test_no_carrier),     cmocka_unit_test(test_carrier_within_mixed_network),
      cmocka_unit_test(test_private_blocks), cmocka_unit_test(test_empty_log),
      cmocka_unit_test(test_full_log_sites),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
