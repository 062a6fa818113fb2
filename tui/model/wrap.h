/* Wrapping: a text as lines of a width. */
#ifndef TUI_MODEL_WRAP_H
#define TUI_MODEL_WRAP_H

#include <glib.h>

/* Splits a text into lines of at most `width` columns (10 at least) at spaces, in words that are
 * longer; one line for no text. Elements are char*, freed with the array. */
GPtrArray *text_wrap(const char *text, int width);

#endif
