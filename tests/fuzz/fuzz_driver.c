/* Runs a fuzz target without a fuzzer: over every file of a corpus, then over mutations of them
 * until a number of rounds or a time is reached. The same seed gives the same mutations.
 *
 *   fuzz_driver CORPUS-FOLDER [ROUNDS [SECONDS [SEED]]]
 *   fuzz_driver FILE            one file, to repeat a finding */
#include "tests/fuzz/fuzz.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE_MAX_MADE 65536

static GPtrArray *read_corpus(const char *folder)
{
  GPtrArray *corpus = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  GDir *dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;)
    g_ptr_array_add(names, g_build_filename(folder, name, NULL));
  g_clear_pointer(&dir, g_dir_close);
  if (g_file_test(folder, G_FILE_TEST_IS_REGULAR))
    g_ptr_array_add(names, g_strdup(folder));
  for (guint i = 0; i < names->len; i++) {
    char *text;
    gsize len;
    if (g_file_get_contents(names->pdata[i], &text, &len, NULL))
      g_ptr_array_add(corpus, g_bytes_new_take(text, len));
  }
  g_ptr_array_unref(names);
  return corpus;
}

static gint by_content(gconstpointer a, gconstpointer b)
{
  return g_bytes_compare(*(GBytes *const *)a, *(GBytes *const *)b);
}

/* Bytes that readers of logs stumble over. */
static const char *const snippets[] = {
    "\n",
    "\r",
    "\r\n",
    "\"",
    "\"\"",
    ",",
    " ",
    "  ",
    "\t",
    ";",
    "|",
    "NULL",
    "NaN",
    "8.0",
    "-1",
    ".",
    "/",
    "2021-02-30",
    ":",
    "\\N",
    "\xff",
    "\xc3(",
    "\x1b[31m",
    "time",
    "date",
    "id",
    "\n%%\n",
    "9999-12-31",
    "[",
    "]",
    "%5c",
    "\x1f\x8b",
    "PK\x03\x04",
    "user",
    "start_date,end_date",
    "\xef\xbb\xbf",
    "99:99:99",
};

static void mutate(GRand *rand, GByteArray *text, const GPtrArray *corpus)
{
  guint at = text->len > 0 ? (guint)g_rand_int_range(rand, 0, (gint32)text->len) : 0;
  guint n = (guint)g_rand_int_range(rand, 1, 40);
  n = MIN(n, text->len - at);
  GByteArray *tail = g_byte_array_new();
  g_byte_array_append(tail, text->data + at, text->len - at);
  g_byte_array_set_size(text, at);
  guint8 byte = (guint8)g_rand_int_range(rand, 0, 256);
  const char *snippet = snippets[g_rand_int_range(rand, 0, G_N_ELEMENTS(snippets))];
  GBytes *other = corpus->pdata[g_rand_int_range(rand, 0, (gint32)corpus->len)];
  gsize other_len;
  const guint8 *other_text = g_bytes_get_data(other, &other_len);
  gsize from = other_len > 0 ? (gsize)g_rand_int_range(rand, 0, (gint32)other_len) : 0;
  switch (g_rand_int_range(rand, 0, 6)) {
  case 0: /* a byte changed */
    if (tail->len > 0)
      tail->data[0] = byte;
    break;
  case 1: /* bytes dropped */
    g_byte_array_remove_range(tail, 0, n);
    break;
  case 2: /* bytes repeated */
    g_byte_array_append(text, tail->data, n);
    break;
  case 3: /* a snippet put in */
    g_byte_array_append(text, (const guint8 *)snippet, (guint)strlen(snippet));
    break;
  case 4: /* a piece of another text put in */
    g_byte_array_append(text, other_text + from, (guint)MIN(other_len - from, 200));
    break;
  default: /* NUL bytes, or the end cut off */
    if (byte < 64)
      g_byte_array_set_size(tail, 0);
    else
      g_byte_array_append(text, (const guint8 *)"\0\0", 1 + byte % 2);
  }
  g_byte_array_append(text, tail->data, tail->len);
  g_byte_array_unref(tail);
  g_byte_array_set_size(text, MIN(text->len, SIZE_MAX_MADE));
}

int main(int argc, char **argv)
{
  if (argc < 2) {
    fprintf(stderr, "usage: %s CORPUS-FOLDER [ROUNDS [SECONDS [SEED]]]\n", argv[0]);
    return 1;
  }
  GPtrArray *corpus = read_corpus(argv[1]);
  gint64 rounds = argc > 2 ? g_ascii_strtoll(argv[2], NULL, 10) : 0;
  gint64 seconds = argc > 3 ? g_ascii_strtoll(argv[3], NULL, 10) : 5;
  guint64 seed = argc > 4 ? g_ascii_strtoull(argv[4], NULL, 10) : 1;
  if (corpus->len == 0) {
    fprintf(stderr, "%s: nothing to start from in %s\n", argv[0], argv[1]);
    return 1;
  }
  /* Folders are listed in no order; the mutations should not depend on it. */
  g_ptr_array_sort(corpus, by_content);
  for (guint i = 0; i < corpus->len; i++) {
    gsize len;
    const guint8 *text = g_bytes_get_data(corpus->pdata[i], &len);
    LLVMFuzzerTestOneInput(text, len);
  }
  GRand *rand = g_rand_new_with_seed((guint32)seed);
  gint64 until = g_get_monotonic_time() + seconds * G_TIME_SPAN_SECOND, done = 0;
  const char *keep = g_getenv("FUZZ_KEEP"); /* the last text, for a look after a crash */
  for (; done < rounds && g_get_monotonic_time() < until; done++) {
    GByteArray *text = g_byte_array_new();
    gsize len;
    const guint8 *start =
        g_bytes_get_data(corpus->pdata[g_rand_int_range(rand, 0, (gint32)corpus->len)], &len);
    g_byte_array_append(text, start, (guint)MIN(len, SIZE_MAX_MADE));
    for (gint32 n = g_rand_int_range(rand, 1, 8); n > 0; n--)
      mutate(rand, text, corpus);
    if (keep != NULL)
      g_file_set_contents(keep, (const char *)text->data, (gssize)text->len, NULL);
    LLVMFuzzerTestOneInput(text->data, text->len);
    g_byte_array_unref(text);
  }
  printf("%u texts and %d mutations of them, seed %d\n", corpus->len, (int)done, (int)seed);
  g_rand_free(rand);
  g_ptr_array_unref(corpus);
  return 0;
}
