/* Subcommands: the first word of the command line. One table. */
#ifndef TUI_APP_SUBCOMMAND_H
#define TUI_APP_SUBCOMMAND_H

#include <glib.h>

typedef enum {
  COMMAND_EXPLORE, /* no word at all: the explorer */
  COMMAND_RANK,
  COMMAND_SERIES,
  COMMAND_MATRIX,
  COMMAND_TIMELINE,
  COMMAND_ROWS,
  COMMAND_FLAGS,
  COMMAND_REPORT,
  COMMAND_SLIDE,
  COMMAND_CHECK,
  N_COMMANDS
} CommandId;

#define COMMAND_BIT(c)  (1u << (c))
#define COMMAND_ALL     (COMMAND_BIT(N_COMMANDS) - 1)
#define COMMAND_EXPORTS (COMMAND_ALL & ~COMMAND_BIT(COMMAND_EXPLORE))
/* Those that count the rows of a scope. */
#define COMMAND_QUESTIONS                                                                          \
  (COMMAND_EXPORTS &                                                                               \
   ~(COMMAND_BIT(COMMAND_CHECK) | COMMAND_BIT(COMMAND_REPORT) | COMMAND_BIT(COMMAND_SLIDE)))

struct Options; /* tui/app/options.h */

typedef struct {
  const char *name;     /* "rank"; NULL for the explorer */
  const char *operands; /* "LOG [COHORTS]" */
  const char *summary;  /* a line in the list of subcommands */
  const char *about;    /* a paragraph above the options */
  const char *formats;  /* names of the formats it writes, separated by commas, the usual one
                           first; NULL: none */
  int (*run)(const struct Options *o); /* returns the exit code; NULL: the explorer */
  void (*more)(GString *out);          /* what stands below the options in its help, or NULL */
} Subcommand;

const Subcommand *subcommand_info(CommandId c);
/* FALSE when there is no subcommand of that name. */
gboolean subcommand_parse(const char *name, CommandId *ret);

#endif
