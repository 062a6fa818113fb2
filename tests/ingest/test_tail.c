/* Tail: growth, rotation, cutting off, vanishing, and a file that is replaced by itself. */
#include "core/ingest/tail.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/ingest/load_helper.h"

typedef struct {
  char *path;
  Tail *tail;
} Bed;

static void put(const char *path, const char *mode, const char *text)
{
  FILE *f = fopen(path, mode);
  assert_non_null(f);
  assert_true(fputs(text, f) >= 0);
  assert_int_equal(fclose(f), 0);
}

/* A file of which all but the last `left` bytes have been read. */
static Bed bed_new(const char *text, gsize left)
{
  Bed b = {.path = helper_file("access.log", text, strlen(text))};
  b.tail = tail_new(b.path);
  assert_int_equal(tail_look(b.tail, NULL), *text ? TAIL_MORE : TAIL_QUIET);
  assert_true(tail_set_place(b.tail, strlen(text) - left, NULL, NULL, NULL));
  return b;
}

static void bed_clear(Bed *b)
{
  tail_free(b->tail);
  helper_remove(b->path);
}

static void replace(const Bed *b, const char *text)
{
  g_autofree char *beside = g_strconcat(b->path, ".1", NULL);
  put(beside, "w", text);
  assert_int_equal(g_rename(beside, b->path), 0);
}

/* The text behind the place. */
static void check_rest(const Bed *b, const char *expected)
{
  char buf[256] = "";
  gssize n = tail_pread(b->tail, buf, sizeof buf - 1, tail_place(b->tail), NULL);
  assert_int_equal(n, strlen(expected));
  assert_string_equal(buf, expected);
}

static void test_growth(void **state)
{
  (void)state;
  Bed b = bed_new("one\n", 0);
  assert_int_equal(tail_look(b.tail, NULL), TAIL_QUIET);
  put(b.path, "a", "two\n");
  assert_int_equal(tail_look(b.tail, NULL), TAIL_MORE);
  check_rest(&b, "two\n");
  assert_int_equal(tail_look(b.tail, NULL), TAIL_QUIET); /* told once */
  tail_look_again(b.tail);
  assert_int_equal(tail_look(b.tail, NULL), TAIL_MORE);
  assert_true(tail_set_place(b.tail, 8, NULL, NULL, NULL));
  assert_int_equal(tail_look(b.tail, NULL), TAIL_QUIET);
  put(b.path, "a", "thr"); /* the rest of a line that is not whole is told when more of it comes */
  assert_int_equal(tail_look(b.tail, NULL), TAIL_MORE);
  assert_int_equal(tail_look(b.tail, NULL), TAIL_QUIET);
  put(b.path, "a", "ee\n");
  assert_int_equal(tail_look(b.tail, NULL), TAIL_MORE);
  check_rest(&b, "three\n");
  bed_clear(&b);
}

static void test_cut_off(void **state)
{
  (void)state;
  Bed b = bed_new("one\ntwo\n", 0);
  put(b.path, "w", "new\n");
  assert_int_equal(tail_look(b.tail, NULL), TAIL_ANEW);
  assert_int_equal(tail_place(b.tail), 0);
  assert_int_equal(tail_look(b.tail, NULL), TAIL_MORE);
  check_rest(&b, "new\n");
  /* cut off and already longer than it was: the size says nothing, the bytes do */
  assert_true(tail_set_place(b.tail, 4, NULL, NULL, NULL));
  put(b.path, "w", "anew, and longer than before\n");
  assert_int_equal(tail_look(b.tail, NULL), TAIL_ANEW);
  assert_int_equal(tail_look(b.tail, NULL), TAIL_MORE);
  bed_clear(&b);
}

static void test_same_beginning(void **state)
{
  (void)state;
  /* the same first kilobyte; only the bytes in front of the place differ */
  g_autofree char *head = g_strnfill(2 * TAIL_WINDOW, 'h');
  g_autofree char *old = g_strconcat(head, "\nold\n", NULL);
  g_autofree char *new = g_strconcat(head, "\nnew\nmore\n", NULL);
  Bed b = bed_new(old, 0);
  put(b.path, "w", new);
  assert_int_equal(tail_look(b.tail, NULL), TAIL_ANEW);
  bed_clear(&b);
}

static void test_rotation(void **state)
{
  (void)state;
  Bed b = bed_new("one\n", 0);
  g_autofree char *aside = g_strconcat(b.path, ".1", NULL);
  assert_int_equal(g_rename(b.path, aside), 0);
  put(aside, "a", "last\nhal"); /* the writer has not noticed yet */
  put(b.path, "w", "new one\n");
  assert_int_equal(tail_look(b.tail, NULL), TAIL_MORE);
  check_rest(&b, "last\nhal");
  assert_true(tail_set_place(b.tail, 9, NULL, NULL, NULL)); /* without the half line */
  assert_int_equal(tail_look(b.tail, NULL), TAIL_END);
  check_rest(&b, "hal");
  assert_true(tail_set_place(b.tail, 12, NULL, NULL, NULL));
  assert_int_equal(tail_look(b.tail, NULL), TAIL_ANEW);
  assert_int_equal(tail_look(b.tail, NULL), TAIL_MORE);
  check_rest(&b, "new one\n");
  g_unlink(aside);
  bed_clear(&b);
}

static void test_replaced_by_itself(void **state)
{
  (void)state;
  Bed b = bed_new("one\ntwo\nthr", 3); /* a copy that was made while a line was written */
  replace(&b, "one\ntwo\nthree\nfour\n");
  assert_int_equal(tail_look(b.tail, NULL), TAIL_MORE);
  check_rest(&b, "three\nfour\n");
  assert_int_equal(tail_place(b.tail), 8);
  replace(&b, "one\n"); /* a shorter one is another text */
  assert_true(tail_set_place(b.tail, 19, NULL, NULL, NULL));
  assert_int_equal(tail_look(b.tail, NULL), TAIL_ANEW);
  bed_clear(&b);
}

static void test_gone_and_back(void **state)
{
  (void)state;
  Bed b = bed_new("one\n", 0);
  assert_int_equal(g_unlink(b.path), 0);
  assert_int_equal(tail_look(b.tail, NULL), TAIL_GONE);
  assert_true(tail_is_gone(b.tail));
  assert_int_equal(tail_look(b.tail, NULL), TAIL_QUIET);
  put(b.path, "w", "two\n");
  assert_int_equal(tail_look(b.tail, NULL), TAIL_ANEW);
  assert_false(tail_is_gone(b.tail));
  assert_int_equal(tail_look(b.tail, NULL), TAIL_MORE);
  check_rest(&b, "two\n");
  bed_clear(&b);
}

static void test_not_there_at_first(void **state)
{
  (void)state;
  Bed b = bed_new("one\n", 0);
  tail_rest(b.tail); /* opened again at the next look: the same text goes on */
  put(b.path, "a", "two\n");
  assert_int_equal(tail_look(b.tail, NULL), TAIL_MORE);
  check_rest(&b, "two\n");
  tail_rest(b.tail);
  assert_int_equal(g_unlink(b.path), 0);
  assert_int_equal(tail_look(b.tail, NULL), TAIL_GONE);
  put(b.path, "w", "one\ntwo\nthree\n");
  assert_int_equal(tail_look(b.tail, NULL), TAIL_MORE);
  assert_int_equal(tail_place(b.tail), 4);
  bed_clear(&b);
}

static void test_errors(void **state)
{
  (void)state;
  GError *e = NULL;
  Bed b = bed_new("one\n", 0);
  tail_rest(b.tail);
  assert_int_equal(g_unlink(b.path), 0);
  assert_int_equal(g_mkdir(b.path, 0700), 0);
  assert_int_equal(tail_look(b.tail, &e), TAIL_FAILED);
  assert_non_null(strstr(e->message, "is no regular file now"));
  g_clear_error(&e);
  assert_int_equal(g_rmdir(b.path), 0);
  put(b.path, "w", "one\ntwo\n");
  if (geteuid() != 0) { /* nothing is forbidden to the owner of the machine */
    assert_int_equal(g_chmod(b.path, 0), 0);
    assert_int_equal(tail_look(b.tail, &e), TAIL_FAILED);
    assert_non_null(strstr(e->message, g_strerror(EACCES)));
    g_clear_error(&e);
    assert_int_equal(g_chmod(b.path, 0600), 0);
  }
  assert_int_equal(tail_look(b.tail, NULL), TAIL_MORE);
  check_rest(&b, "two\n");
  bed_clear(&b);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_growth),
      cmocka_unit_test(test_cut_off),
      cmocka_unit_test(test_same_beginning),
      cmocka_unit_test(test_rotation),
      cmocka_unit_test(test_replaced_by_itself),
      cmocka_unit_test(test_gone_and_back),
      cmocka_unit_test(test_not_there_at_first),
      cmocka_unit_test(test_errors),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
