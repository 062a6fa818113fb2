/* String pool: ids in order of appearance, against a GHashTable; any bytes; limits; growing. */
#include "core/base/strpool.h"

#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

static guint32 put(StrPool *p, const char *s)
{
  return strpool_intern(p, s, strlen(s));
}

static void test_ids(void **state)
{
  (void)state;
  StrPool *p = strpool_new();
  assert_int_equal(strpool_count(p), 0);
  assert_int_equal(strpool_find(p, "", 0), STRPOOL_NONE);
  assert_int_equal(put(p, "javascript-i"), 0);
  assert_int_equal(put(p, ""), 1);
  assert_int_equal(put(p, "mysql"), 2);
  assert_int_equal(put(p, "javascript-i"), 0);
  assert_int_equal(put(p, ""), 1);
  assert_int_equal(strpool_intern(p, NULL, 0), 1);
  assert_int_equal(strpool_find(p, "mysql", 5), 2);
  assert_int_equal(strpool_find(p, "mysq", 4), STRPOOL_NONE);
  assert_int_equal(strpool_count(p), 3);
  gsize len = 99;
  assert_string_equal(strpool_get(p, 0, &len), "javascript-i");
  assert_int_equal(len, 12);
  assert_string_equal(strpool_get(p, 1, &len), "");
  assert_int_equal(len, 0);
  strpool_free(p);
  strpool_free(NULL);
}

/* Strings of each length, that differ in one byte at each place, with NULs and high bytes. */
static void test_any_bytes(void **state)
{
  (void)state;
  StrPool *p = strpool_new();
  char s[40];
  guint32 id = 0;
  for (int round = 0; round < 2; round++) {
    id = 0;
    for (gsize len = 1; len <= sizeof s; len++) {
      memset(s, 0, sizeof s);
      assert_int_equal(strpool_intern(p, s, len), id++);
      for (gsize at = 0; at < len; at++)
        for (int b = 1; b < 256; b += 127) {
          s[at] = (char)b;
          assert_int_equal(strpool_intern(p, s, len), id++);
          s[at] = 0;
        }
    }
  }
  assert_int_equal(strpool_count(p), id);
  gsize len;
  const char *first = strpool_get(p, 1, &len);
  assert_int_equal(len, 1);
  assert_int_equal(first[0], 1);
  assert_int_equal(first[1], 0);
  strpool_free(p);
}

static void test_against_hash_table(void **state)
{
  (void)state;
  StrPool *p = strpool_new();
  GHashTable *h = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  GRand *rand = g_rand_new_with_seed(7);
  for (int i = 0; i < 200000; i++) {
    char *s = g_strdup_printf("content/%s/%d", i % 3 ? "html-css" : "java",
                              g_rand_int_range(rand, 0, 40000));
    gpointer known = g_hash_table_lookup(h, s);
    guint32 id = put(p, s);
    if (known) {
      assert_int_equal(id, GPOINTER_TO_UINT(known) - 1);
      g_free(s);
    } else {
      assert_int_equal(id, g_hash_table_size(h));
      g_hash_table_insert(h, s, GUINT_TO_POINTER(id + 1));
    }
  }
  assert_int_equal(strpool_count(p), g_hash_table_size(h));
  StrPool *copy = strpool_copy(p);
  assert_true(strpool_bytes(copy) <= strpool_bytes(p));
  strpool_trim(p);
  assert_true(strpool_bytes(copy) == strpool_bytes(p));
  for (guint32 id = 0; id < strpool_count(p); id++) {
    const char *s = strpool_get(p, id, NULL);
    assert_int_equal(GPOINTER_TO_UINT(g_hash_table_lookup(h, s)) - 1, id);
    assert_int_equal(strpool_find(copy, s, strlen(s)), id);
    assert_string_equal(strpool_get(copy, id, NULL), s);
  }
  /* A trimmed pool and a copy still grow, each for itself. */
  assert_int_equal(put(p, "new"), g_hash_table_size(h));
  assert_int_equal(strpool_find(copy, "new", 3), STRPOOL_NONE);
  assert_int_equal(put(copy, "other"), g_hash_table_size(h));
  g_rand_free(rand);
  g_hash_table_destroy(h);
  strpool_free(copy);
  strpool_free(p);
}

/* A piece of a string of the pool itself may be put in, also when the storage moves. */
static void test_own_piece(void **state)
{
  (void)state;
  StrPool *p = strpool_new();
  char *big = g_strnfill(300, 'x');
  put(p, big);
  for (gsize n = 299; n > 0; n--) {
    guint32 id = strpool_intern(p, strpool_get(p, 0, NULL), n);
    gsize len;
    assert_int_equal(strncmp(strpool_get(p, id, &len), big, n), 0);
    assert_int_equal(len, n);
  }
  assert_int_equal(strpool_count(p), 300);
  g_free(big);
  strpool_free(p);
}

static void test_limits(void **state)
{
  (void)state;
  StrPool *p = strpool_new();
  strpool_set_limits(p, 3, 10);
  assert_int_equal(put(p, "abc"), 0);               /* 4 bytes */
  assert_int_equal(put(p, "defghi"), STRPOOL_NONE); /* 7 more are 11 */
  assert_int_equal(strpool_count(p), 1);
  assert_int_equal(put(p, "defgh"), 1); /* 10 bytes: full to the last */
  assert_int_equal(put(p, ""), STRPOOL_NONE);
  assert_int_equal(put(p, "abc"), 0); /* known strings are still found */
  strpool_set_limits(p, 3, 100);
  assert_int_equal(put(p, "x"), 2);
  assert_int_equal(put(p, "y"), STRPOOL_NONE);
  assert_int_equal(strpool_count(p), 3);
  strpool_free(p);
}

static void test_room(void **state)
{
  (void)state;
  StrPool *a = strpool_new(), *b = strpool_new();
  put(a, "one");
  put(a, "two");
  put(b, "two");
  put(b, "six");
  strpool_set_limits(a, 3, 100);
  assert_true(strpool_has_room_for(a, b)); /* four strings in all, three distinct */
  strpool_set_limits(a, 2, 100);
  assert_false(strpool_has_room_for(a, b));
  strpool_set_limits(a, 9, 12);
  assert_true(strpool_has_room_for(a, b));
  strpool_set_limits(a, 9, 11);
  assert_false(strpool_has_room_for(a, b));
  strpool_free(a);
  strpool_free(b);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_ids),
      cmocka_unit_test(test_any_bytes),
      cmocka_unit_test(test_against_hash_table),
      cmocka_unit_test(test_own_piece),
      cmocka_unit_test(test_limits),
      cmocka_unit_test(test_room),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
