/* gen_docs: writes the manual pages and completions below a folder.
 *
 *   gen_docs assets      writes assets/man/... and assets/completions/... */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tui/docs/docs.h"

static const struct {
  const char *folder, *name;
  void (*write)(GString *out);
} files[] = {
    {"man", "cohortscope.1", docs_man_program},     {"man", "cohortscope.5", docs_man_files},
    {"completions", "cohortscope.bash", docs_bash}, {"completions", "_cohortscope", docs_zsh},
    {"completions", "cohortscope.fish", docs_fish},
};

static gboolean write_file(const char *root, guint i)
{
  char *folder = g_build_filename(root, files[i].folder, NULL);
  char *name = g_build_filename(folder, files[i].name, NULL);
  GString *text = g_string_new(NULL);
  GError *error = NULL;
  files[i].write(text);
  gboolean ok = g_mkdir_with_parents(folder, 0755) == 0;
  if (!ok)
    fprintf(stderr, "gen_docs: %s: %s\n", folder, g_strerror(errno));
  else if (!g_file_set_contents(name, text->str, (gssize)text->len, &error)) {
    fprintf(stderr, "gen_docs: %s\n", error->message);
    g_error_free(error);
    ok = FALSE;
  }
  g_string_free(text, TRUE);
  g_free(name);
  g_free(folder);
  return ok;
}

int main(int argc, char **argv)
{
  if (argc != 2) {
    fprintf(stderr, "Usage: gen_docs FOLDER\n");
    return 1;
  }
  for (guint i = 0; i < G_N_ELEMENTS(files); i++)
    if (!write_file(argv[1], i))
      return 1;
  return 0;
}
