/* Words: what can stand behind an option, for completions. One table beside that of the options:
 * which option takes names of which kind. */
#ifndef TUI_DOCS_WORDS_H
#define TUI_DOCS_WORDS_H

#include "tui/app/options.h"

typedef enum {
  WORDS_NONE,  /* anything */
  WORDS_FILES, /* names of files */
  WORDS_ONE,   /* one of the words */
  WORDS_LIST,  /* several, with commas in between */
  WORDS_SCOPE  /* fields, each followed by = and values */
} WordsKind;

/* What completes the value of an option in a subcommand. The words (of const char*, borrowed) are
 * appended to `ret`. */
WordsKind words_of_option(CommandId command, OptionId id, GPtrArray *ret);
/* The names of an option in a subcommand, "--scope", "--columns": those its help shows. Owned
 * strings are appended. The letter is not among them. */
void words_option_names(CommandId command, OptionId id, GPtrArray *ret);
/* Up to the first full stop, without it; free with g_free. */
char *words_first_sentence(const char *text);
/* The words, separated by blanks; free with g_free. */
char *words_join(const GPtrArray *words, const char *separator);

#endif
