/* Keys: names, and the bytes of terminals turned into keys. */
#include "tui/draw/key.h"
#include "tui/draw/keyin.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

static void test_names(void **state)
{
  (void)state;
  static const struct {
    const char *name;
    Key key;
    const char *shown;
  } cases[] = {
      {"a", 'a', "a"},
      {"A", 'A', "A"},
      {"`", '`', "`"},
      {"<", '<', "<"},
      {"^", '^', "^"},
      {"\xc3\xa9", 0xe9, "\xc3\xa9"},
      {"Space", ' ', "Space"},
      {" ", ' ', "Space"},
      {"C-f", K_CTRL | 'f', "C-f"},
      {"c-F", K_CTRL | 'f', "C-f"},
      {"^R", K_CTRL | 'r', "C-r"},
      {"Ctrl-z", K_CTRL | 'z', "C-z"},
      {"C-Space", K_CTRL | '@', "C-@"},
      {"C-]", K_CTRL | ']', "C-]"},
      {"C-i", K_TAB, "Tab"},
      {"C-m", K_ENTER, "Enter"},
      {"C-h", K_BACKSPACE, "Backspace"},
      {"C-[", K_ESC, "Esc"},
      {"pgdn", K_PGDN, "PgDn"},
      {"PageUp", K_PGUP, "PgUp"},
      {"S-Tab", K_BACKTAB, "S-Tab"},
      {"F10", K_F10, "F10"},
      {"Return", K_ENTER, "Enter"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    assert_int_equal(key_parse(cases[i].name), cases[i].key);
    char *shown = key_label(cases[i].key);
    assert_string_equal(shown, cases[i].shown);
    assert_int_equal(key_parse(shown), cases[i].key);
    g_free(shown);
  }
  static const char *const wrong[] = {"", "ab", "C-", "C-ff", "C-1", "F13", "\x1b", "\xff", "M-x"};
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
    assert_int_equal(key_parse(wrong[i]), 0);
  assert_int_equal(key_parse(NULL), 0);
}

static void test_all_named(void **state)
{
  (void)state;
  for (Key key = K_FIRST_NAMED; key < K_AFTER_NAMED; key++) {
    char *name = key_label(key);
    assert_true(strlen(name) > 1);
    assert_int_equal(key_parse(name), key);
    assert_false(key_is_text(key));
    g_free(name);
  }
  for (int letter = 'a'; letter <= 'z'; letter++) {
    char *name = key_label(key_ctrl(letter));
    assert_int_equal(key_parse(name), key_ctrl(letter));
    g_free(name);
  }
}

/* The names of the keys in a string of bytes, all of them there and then late. */
static char *decode(KeyIn *k, const char *bytes, gsize len)
{
  GString *out = g_string_new(NULL);
  keyin_feed(k, bytes, len);
  for (gboolean late = FALSE;;) {
    KeyInEvent event = keyin_next(k, late);
    if (event.kind == KEYIN_EMPTY)
      break;
    if (event.kind == KEYIN_MORE) {
      assert_false(late);
      late = TRUE;
      g_string_append(out, "... ");
      continue;
    }
    char *name = key_label(event.key);
    g_string_append(out, name);
    if (event.kind == KEYIN_PASTE)
      g_string_append_c(out, '\'');
    if (event.kind == KEYIN_MOUSE)
      g_string_append_printf(out, "@%d,%d", event.x, event.y);
    g_string_append_c(out, ' ');
    g_free(name);
  }
  return g_strchomp(g_string_free(out, FALSE));
}

static void test_bytes(void **state)
{
  (void)state;
  static const struct {
    const char *bytes, *keys;
  } cases[] = {
      {"jk", "j k"},
      {"\x7f\x08", "Backspace Backspace"},
      {"\r\n\t", "Enter Enter Tab"},
      {"\x03\x1a\x1c", "C-c C-z C-\\"},
      {"\x1b", "... Esc"},
      {"\x1bq", "Esc q"},
      {"\x1b\x1b", "Esc ... Esc"},
      {"\x1b[A\x1bOB\x1b[1;5C\x1b[D", "Up Down Right Left"},
      {"\x1b[5~\x1b[6~\x1b[H\x1b[4~\x1b[3~", "PgUp PgDn Home End Delete"},
      {"\x1b[Z\x1bOP\x1b[15~\x1b[21~\x1b[[E", "S-Tab F1 F5 F10 F5"},
      {"\x1bOM\x1bOw\x1bOl", "Enter 7 ,"},
      {"\x1b[", "... Esc ["},
      {"\x1bO", "... Esc O"},
      {"\x1bOq\x1bO!", "1 Esc O !"},
      {"\x1b[12;", "..."},
      {"\x1b[I\x1b[Ox", "x"}, /* focus reports: dropped */
      {"\x1b[200~ab\x1b[201~q", "a' b' q"},
      /* line ends are blanks, but for those at the ends; nothing in it is a key */
      {"\x1b[200~\n\tQ\r\nq\n\n\x1b[201~\r", "Q' Space' q' Enter"},
      {"\x1b[200~\x1b[A\x03\x1b\x7f\xc3\xa9\x1b[201~\x1b[A", "[' A' \xc3\xa9' Up"},
      {"\x1b[200~a\x1b[20", "a' ..."}, /* still pasting */
      {"\x1b[201~x", "x"},
      {"\x1b[?1;2cx", "x"},        /* an answer that nobody asked for */
      {"\x1b[1\x1b[Bx", "Down x"}, /* broken off */
      {"\x1b[<64;3;4M\x1b[<65;1;1M", "Up@2,3 Down@0,0"},
      {"\x1b[<0;10;20M\x1b[<0;10;20m\x1b[<2;1;1M", "Enter@9,19"},
      {"\x1b[M !!x", "x"},
      {"\xc3\xa9\xe4\xb8\xad", "\xc3\xa9 \xe4\xb8\xad"},
      {"\xc3", "..."},
      {"\xff\xfe"
       "a\x80",
       "a"},
      {"\xe4"
       "a",
       "a"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    KeyIn *k = keyin_new();
    char *keys = decode(k, cases[i].bytes, strlen(cases[i].bytes));
    assert_string_equal(keys, cases[i].keys);
    g_free(keys);
    keyin_free(k);
  }
}

/* A sequence that comes in pieces is one key. */
static void test_pieces(void **state)
{
  (void)state;
  KeyIn *k = keyin_new();
  const char *bytes = "\x1b[5~\xe4\xb8\xad";
  guint keys = 0;
  for (gsize i = 0; i < strlen(bytes); i++) {
    keyin_feed(k, bytes + i, 1);
    KeyInEvent event = keyin_next(k, FALSE);
    if (event.kind == KEYIN_KEY)
      assert_int_equal(event.key, keys++ == 0 ? K_PGUP : (Key)0x4e2d);
    else
      assert_int_equal(event.kind, KEYIN_MORE);
  }
  assert_int_equal(keys, 2);
  keyin_free(k);
}

/* The marks may come in pieces, with any pause between them; a mark that is lost is given up. */
static void test_paste_in_pieces(void **state)
{
  (void)state;
  KeyIn *k = keyin_new();
  const char *bytes = "\x1b[200~a\rQ\x1b[201~q";
  GString *out = g_string_new(NULL);
  for (gsize i = 0; i < strlen(bytes); i++) {
    keyin_feed(k, bytes + i, 1);
    KeyInEvent event;
    gboolean late = i > 2; /* within the marks, too */
    while ((event = keyin_next(k, late)).kind > KEYIN_MORE)
      g_string_append_printf(out, "%c%s", (int)event.key, event.kind == KEYIN_PASTE ? "'" : "");
  }
  assert_string_equal(out->str, "a' 'Q'q");
  keyin_feed(k, "\x1b[200~q", 7);
  assert_int_equal(keyin_next(k, TRUE).kind, KEYIN_PASTE);
  assert_int_equal(keyin_next(k, TRUE).kind, KEYIN_EMPTY);
  keyin_end_paste(k);
  keyin_feed(k, "q", 1);
  assert_int_equal(keyin_next(k, TRUE).kind, KEYIN_KEY);
  g_string_free(out, TRUE);
  keyin_free(k);
}

static void test_defined(void **state)
{
  (void)state;
  KeyIn *k = keyin_new();
  keyin_define(k,
               "\x1b"
               "A",
               K_UP); /* as on a vt52 */
  keyin_define(k, "\x1b[24^", K_F12);
  keyin_define(k, "x", K_F1); /* ignored: would eat a letter */
  keyin_define(k, NULL, K_F1);
  char *keys = decode(k,
                      "\x1b"
                      "Ax\x1b[24^",
                      8);
  assert_string_equal(keys, "Up x F12");
  g_free(keys);
  keyin_free(k);
}

/* Nothing that comes in can stop the decoder or make it wait when late. */
static void test_noise(void **state)
{
  (void)state;
  GRand *rand = g_rand_new_with_seed(7);
  KeyIn *k = keyin_new();
  static const char likely[] = "\x1b[O<;0123456789M~A\x9b";
  for (int round = 0; round < 20000; round++) {
    guint8 bytes[8];
    for (guint i = 0; i < sizeof bytes; i++)
      bytes[i] = g_rand_boolean(rand) ? (guint8)g_rand_int_range(rand, 0, 256)
                                      : (guint8)likely[g_rand_int_range(rand, 0, 20)];
    keyin_feed(k, bytes, sizeof bytes);
    KeyInEvent event;
    while ((event = keyin_next(k, round % 3 == 0)).kind > KEYIN_MORE) {
      char *name = key_label(event.key);
      assert_true(*name != '\0');
      g_free(name);
    }
    assert_true(round % 3 != 0 || event.kind == KEYIN_EMPTY);
  }
  keyin_free(k);
  g_rand_free(rand);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_names),           cmocka_unit_test(test_all_named),
      cmocka_unit_test(test_bytes),           cmocka_unit_test(test_pieces),
      cmocka_unit_test(test_paste_in_pieces), cmocka_unit_test(test_defined),
      cmocka_unit_test(test_noise),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
