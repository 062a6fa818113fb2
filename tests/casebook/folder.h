/* A fresh folder for one test, removed with all that is in it. */
#ifndef TESTS_CASEBOOK_FOLDER_H
#define TESTS_CASEBOOK_FOLDER_H

#include <glib.h>

/* Free with folder_remove. */
char *folder_new(void);
void folder_remove(char *folder);
/* Names in it, sorted, one a line; free with g_free. */
char *folder_list(const char *folder);
/* Permission bits of a path. */
guint file_mode(const char *path);
/* The text of a file, which must be there; free with g_free. */
char *file_text(const char *folder, const char *name);
void file_write(const char *folder, const char *name, const char *text);

#endif
