/* Small .mmdb files: written by a script, as the library only reads them. */
#include "config.h"

#include "tests/flags/mmdb.h"

#include <glib/gstdio.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <unistd.h>

#define EXIT_MISSING 77

static char *temporary(const char *name)
{
  char *file = NULL;
  int fd = g_file_open_tmp(name, &file, NULL);
  assert_true(fd >= 0);
  close(fd);
  return file;
}

/* Exit code of the script, or -1 when there is no perl. */
static int run_script(const char *list, const char *file)
{
  const char *source = g_getenv("SRCDIR");
  char *script = g_build_filename(source ? source : SRCDIR, "tests", "flags", "make_mmdb.pl", NULL);
  const char *argv[] = {"perl", script, list, file, NULL};
  int status = 0;
  gboolean ran = g_spawn_sync(NULL, (char **)(gpointer)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                              NULL, NULL, &status, NULL);
  g_free(script);
  return ran && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

char *mmdb_make(const char *const *lines)
{
#ifndef HAVE_MAXMINDDB
  (void)lines;
  print_message("skipped: built without libmaxminddb\n");
  return NULL;
#else
  char *text = g_strjoinv("\n", (char **)(gpointer)lines);
  char *list = temporary("cohortscope-XXXXXX.txt"), *file = temporary("cohortscope-XXXXXX.mmdb");
  assert_true(g_file_set_contents(list, text, -1, NULL));
  int code = run_script(list, file);
  g_unlink(list);
  g_free(list);
  g_free(text);
  if (code == 0)
    return file;
  if (code != EXIT_MISSING && code != -1)
    fail_msg("make_mmdb.pl failed with exit code %d", code);
  print_message("skipped: MaxMind::DB::Writer is absent (Debian: libmaxmind-db-writer-perl)\n");
  mmdb_remove(file);
  return NULL;
#endif
}

void mmdb_remove(char *file)
{
  if (file)
    g_unlink(file);
  g_free(file);
}

char *mmdb_of_sample(void)
{
  static const char *const lines[] = {
      "198.18.0.0/15|country=Homeland|iso=XA",   "192.0.2.0/24|country=Homeland|iso=XA",
      "198.51.100.0/24|country=Homeland|iso=XA", "2001:db8::/32|country=Homeland|iso=XA",
      "203.0.113.0/24|country=Elsewhere|iso=XB", NULL};
  return mmdb_make(lines);
}
