/* Addresses: spellings and their canonical text, blocks, order, limits. */
#include "core/log/ip.h"

#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

static guint32 put(IpTable *t, const char *s)
{
  return ip_table_intern(t, s, strlen(s));
}

static guint32 find(const IpTable *t, const char *s)
{
  return ip_table_find(t, s, strlen(s));
}

static void test_canonical(void **state)
{
  (void)state;
  static const struct {
    const char *text, *canonical;
    IpFamily family;
  } cases[] = {
      {"97.105.19.58", "97.105.19.58", IP_V4},
      {"0.0.0.0", "0.0.0.0", IP_V4},
      {"255.255.255.255", "255.255.255.255", IP_V4},
      {"::ffff:198.51.100.7", "198.51.100.7", IP_V4},
      {"::FFFF:c633:6407", "198.51.100.7", IP_V4},
      {"2001:db8::1", "2001:db8::1", IP_V6},
      {"2001:0DB8:0:0:0:0:0:1", "2001:db8::1", IP_V6},
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1", IP_V6},    /* the first of two equal runs */
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1", IP_V6}, /* a single 0 is no run */
      {"::", "::", IP_V6},
      {"::1", "::1", IP_V6},
      {"256.1.1.1", "256.1.1.1", IP_OPAQUE},
      {"1.2.3", "1.2.3", IP_OPAQUE},
      {"1.2.3.4.5", "1.2.3.4.5", IP_OPAQUE},
      {"1.2.3.04", "1.2.3.04", IP_OPAQUE},
      {"1.2.3.", "1.2.3.", IP_OPAQUE},
      {".1.2.3.4", ".1.2.3.4", IP_OPAQUE},
      {"1.2.3.4 ", "1.2.3.4 ", IP_OPAQUE},
      {"1.2.3.4:80", "1.2.3.4:80", IP_OPAQUE},
      {"[::1]", "[::1]", IP_OPAQUE},
      {"fe80::1%eth0", "fe80::1%eth0", IP_OPAQUE},
      {"1:2:3:4:5:6:7", "1:2:3:4:5:6:7", IP_OPAQUE},
      {":::", ":::", IP_OPAQUE},
      {"lab-7.example", "lab-7.example", IP_OPAQUE},
      {"-", "-", IP_OPAQUE},
  };
  IpTable *t = ip_table_new();
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    guint32 id = put(t, cases[i].text);
    assert_string_equal(ip_table_text(t, id), cases[i].canonical);
    assert_int_equal(ip_table_family(t, id), cases[i].family);
    assert_int_equal(put(t, cases[i].canonical), id);
    assert_int_equal(put(t, cases[i].text), id);
    assert_int_equal((ip_table_bytes(t, id) == NULL), cases[i].family == IP_OPAQUE);
  }
  assert_int_equal(ip_table_count(t), 1 + G_N_ELEMENTS(cases) - 2);
  const guint8 *bytes = ip_table_bytes(t, find(t, "97.105.19.58"));
  static const guint8 expected[16] = {97, 105, 19, 58};
  assert_memory_equal(bytes, expected, 16);
  ip_table_free(t);
  ip_table_free(NULL);
}

static void test_missing_and_find(void **state)
{
  (void)state;
  IpTable *t = ip_table_new();
  assert_int_equal(ip_table_count(t), 1);
  assert_int_equal(put(t, ""), IP_NONE);
  assert_int_equal(find(t, ""), IP_NONE);
  assert_string_equal(ip_table_text(t, IP_NONE), "");
  assert_int_equal(ip_table_family(t, IP_NONE), IP_MISSING);
  assert_null(ip_table_bytes(t, IP_NONE));
  guint32 six = put(t, "2001:DB8::A");
  assert_int_equal(find(t, "2001:db8:0::a"), six); /* a spelling never put in */
  assert_int_equal(find(t, "2001:db8::b"), G_MAXUINT32);
  assert_int_equal(find(t, "host"), G_MAXUINT32);
  assert_int_equal(ip_table_intern(t, "10.0.0.1xyz", 8), put(t, "10.0.0.1"));
  char nul[] = "::1\0x";
  guint32 odd = ip_table_intern(t, nul, sizeof nul - 1);
  assert_int_equal(ip_table_family(t, odd), IP_OPAQUE);
  assert_int_not_equal(odd, put(t, "::1"));
  char *longest = g_strnfill(5000, ':');
  assert_int_equal(ip_table_family(t, put(t, longest)), IP_OPAQUE);
  g_free(longest);
  ip_table_free(t);
}

static void test_copy_and_merge(void **state)
{
  (void)state;
  IpTable *a = ip_table_new(), *b = ip_table_new();
  guint32 one = put(a, "10.0.0.1");
  put(b, "host");
  put(b, "::ffff:10.0.0.1");
  put(b, "2001:DB8::1");
  IpTable *copy = ip_table_copy(a);
  guint32 map[4];
  assert_true(ip_table_has_room_for(a, b));
  ip_table_merge(a, b, map);
  assert_int_equal(map[0], IP_NONE);
  assert_string_equal(ip_table_text(a, map[1]), "host");
  assert_int_equal(map[2], one);
  assert_string_equal(ip_table_text(a, map[3]), "2001:db8::1");
  assert_int_equal(ip_table_count(a), 4);
  assert_int_equal(ip_table_count(copy), 2);
  ip_table_trim(a);
  assert_true(ip_table_bytes_held(copy) > 0);
  for (int i = 0; i < 1000; i++) {
    char s[32];
    g_snprintf(s, sizeof s, "10.9.%d.%d", i / 256, i % 256);
    assert_int_equal(put(copy, s), 2 + i);
    assert_int_equal(put(a, s), 4 + i);
  }
  assert_int_equal(find(copy, "10.0.0.1"), one);
  ip_table_free(copy);
  ip_table_free(a);
  ip_table_free(b);
}

static void test_limit(void **state)
{
  (void)state;
  IpTable *t = ip_table_new(), *src = ip_table_new();
  ip_table_set_limit(t, 3); /* the empty text and two more */
  guint32 six = put(t, "::1");
  guint32 four = put(t, "::ffff:1.2.3.4"); /* its canonical text fits, this spelling does not */
  assert_string_equal(ip_table_text(t, four), "1.2.3.4");
  assert_int_equal(put(t, "::ffff:1.2.3.4"), four);
  assert_int_equal(put(t, "5.6.7.8"), G_MAXUINT32);
  assert_int_equal(put(t, "::1"), six);
  assert_int_equal(ip_table_count(t), 3);
  put(src, "::1");
  assert_true(ip_table_has_room_for(t, src));
  put(src, "5.6.7.8");
  assert_false(ip_table_has_room_for(t, src));
  ip_table_free(src);
  ip_table_free(t);
}

static void test_block_parse(void **state)
{
  (void)state;
  static const struct {
    const char *text, *shown;
  } good[] = {{"198.51.100.0/24", "198.51.100.0/24"},
              {"198.51.100.77/24", "198.51.100.0/24"},
              {"198.51.100.77", "198.51.100.77"},
              {"198.51.100.77/32", "198.51.100.77"},
              {"0.0.0.0/0", "0.0.0.0/0"},
              {"255.255.255.255/9", "255.128.0.0/9"},
              {"::ffff:198.51.100.7/120", "198.51.100.0/24"},
              {"::ffff:198.51.100.7", "198.51.100.7"},
              {"2001:DB8:1:2::5/48", "2001:db8:1::/48"},
              {"2001:db8::1/128", "2001:db8::1"},
              {"::/0", "::/0"}};
  for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
    IpBlock block;
    assert_true(ip_block_parse(good[i].text, &block));
    char *text = ip_block_text(&block);
    assert_string_equal(text, good[i].shown);
    g_free(text);
  }
  static const char *const bad[] = {
      "",           "/24",         "1.2.3.4/",          "1.2.3.4/33", "1.2.3.4/-1",
      "1.2.3.4/ 8", "1.2.3.4/024", "1.2.3/24",          "::1/129",    "::ffff:1.2.3.4/24",
      "host/8",     "1.2.3.4/8/8", "1.2.3.4/4294967304"};
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    IpBlock block = {.prefix = 77};
    assert_false(ip_block_parse(bad[i], &block));
    assert_int_equal(block.prefix, 77);
  }
}

static void test_block_of(void **state)
{
  (void)state;
  IpTable *t = ip_table_new();
  guint32 a = put(t, "198.51.100.7"), b = put(t, "198.51.101.7"), six = put(t, "2001:db8:1:2::5");
  guint32 host = put(t, "host"), zero = put(t, "::");
  IpBlock block = {.prefix = 77};
  assert_false(ip_table_block(t, host, 24, 48, &block));
  assert_false(ip_table_block(t, IP_NONE, 24, 48, &block));
  assert_int_equal(block.prefix, 77);
  assert_true(ip_table_block(t, a, 24, 48, &block));
  assert_true(ip_block_contains(&block, t, a));
  assert_false(ip_block_contains(&block, t, b));
  assert_false(ip_block_contains(&block, t, six));
  assert_false(ip_block_contains(&block, t, host));
  assert_true(ip_table_block(t, a, 23, 48, &block));
  assert_true(ip_block_contains(&block, t, b));
  assert_true(ip_table_block(t, six, 24, 48, &block));
  char *text = ip_block_text(&block);
  assert_string_equal(text, "2001:db8:1::/48");
  g_free(text);
  assert_true(ip_table_block(t, six, 24, 500, &block));
  assert_int_equal(block.prefix, 128);
  /* All of IPv4 is no IPv6. */
  assert_true(ip_block_parse("0.0.0.0/0", &block));
  assert_true(ip_block_contains(&block, t, a));
  assert_false(ip_block_contains(&block, t, zero));
  assert_false(ip_block_contains(&block, t, IP_NONE));
  ip_table_free(t);
}

static void test_order(void **state)
{
  (void)state;
  static const char *const ordered[] = {"",    "9.0.0.0",     "10.0.0.2", "10.0.0.10",
                                        "::1", "2001:db8::1", "a",        "b"};
  IpTable *t = ip_table_new();
  guint32 ids[G_N_ELEMENTS(ordered)];
  for (gsize i = G_N_ELEMENTS(ordered); i-- > 0;)
    ids[i] = put(t, ordered[i]);
  for (gsize i = 0; i < G_N_ELEMENTS(ordered); i++)
    for (gsize k = 0; k < G_N_ELEMENTS(ordered); k++) {
      int c = ip_table_compare(t, ids[i], ids[k]);
      assert_int_equal((c > 0) - (c < 0), (i > k) - (i < k));
    }
  ip_table_free(t);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_canonical),      cmocka_unit_test(test_missing_and_find),
      cmocka_unit_test(test_copy_and_merge), cmocka_unit_test(test_limit),
      cmocka_unit_test(test_block_parse),    cmocka_unit_test(test_block_of),
      cmocka_unit_test(test_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
