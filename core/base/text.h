/* Text safety: bytes of a log made harmless before they are drawn, copied or written.
 *
 * A path may hold escape sequences, control characters or broken UTF-8. Everything that leaves
 * the core for a screen, a clipboard or a file passes through one of these. */
#ifndef CORE_BASE_TEXT_H
#define CORE_BASE_TEXT_H

#include <glib.h>

/* TRUE when `s` is valid UTF-8 without control characters (C0, DEL, C1) and without bidirectional
 * overrides. */
gboolean text_is_safe(const char *s, gsize len);
/* Copy of `s` (free with g_free) in which each unsafe byte or character is one `?`. Always valid
 * UTF-8. `len` -1 means NUL-terminated. */
char *text_safe(const char *s, gssize len);
/* The same, appended to `out`. */
void text_append_safe(GString *out, const char *s, gssize len);
/* The same with C escapes (`\n`, `\x1b`), cut after `max` bytes of input with `..`: for error
 * messages that show what was read. Free with g_free. */
char *text_escaped(const char *s, gssize len, gsize max);

/* One CSV field, quoted when it holds a comma, quote, CR or LF, or leading or trailing space.
 * `spreadsheet`: a field that starts with = + - @ or a tab gets a leading apostrophe. */
void text_append_csv(GString *out, const char *s, gssize len, gboolean spreadsheet);
/* One Markdown table cell: `|` and line ends escaped. */
void text_append_markdown(GString *out, const char *s, gssize len);
/* HTML text or attribute value. */
void text_append_html(GString *out, const char *s, gssize len);
/* `1,234,567`; negative numbers keep their sign. Free with g_free. */
char *text_grouped(gint64 n);
/* A number for people: `1,234`, `18.2`, `0.04`; `unknown` for NaN. Free with g_free. */
char *text_rounded(double v);
/* The next word of a line, which it is moved behind; NULL at the end. In quotes blanks belong to
 * the word, and two quotes are one. `ret_quoted` (may be NULL): the word begins with a quote. Free
 * with g_free. */
char *text_next_word(const char **line, gboolean *ret_quoted);
/* TRUE for the same word in any case. */
gboolean text_same_word(const char *a, const char *b);
/* Edit distance (Levenshtein, bytes, case-insensitive), at most `limit` + 1. Used to name the
 * closest known word in error messages. */
guint text_distance(const char *a, const char *b, guint limit);
/* The closest of `words` (NULL-terminated) to `word` within a distance of 1 + length / 3, or NULL.
 */
const char *text_closest(const char *word, const char *const *words);

#endif
