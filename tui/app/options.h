/* Options: what the command line and the settings file can say. One table.
 *
 * Parsing, `--help`, the settings file, completions and manual pages all read the same rows. The
 * value of an option comes from the command line, else from the settings file, else from the
 * table. */
#ifndef TUI_APP_OPTIONS_H
#define TUI_APP_OPTIONS_H

#include "core/base/civil.h"
#include "tui/app/subcommand.h"

typedef enum {
  /* what is read */
  OPT_COHORTS,
  OPT_PASSWORD_FILE,
  OPT_ALIASES,
  OPT_INPUT_COLUMNS,
  OPT_FORM,
  OPT_RAW_PATHS,
  OPT_MAX_REJECTS,
  OPT_SESSION_GAP,
  OPT_RULES,
  OPT_MMDB,
  OPT_THREADS,
  OPT_PROGRESS,
  /* what is asked */
  OPT_SCOPE,
  OPT_BY,
  OPT_BUCKET,
  OPT_ROWS,
  OPT_COLUMNS,
  OPT_USER,
  OPT_IP,
  OPT_MEASURE,
  OPT_BASELINE,
  OPT_SORT,
  OPT_ORDER,
  OPT_FIELDS,
  OPT_RULE,
  OPT_MIN_SCORE,
  OPT_FAIL_ON,
  OPT_LIMIT,
  OPT_LIMIT_COLUMNS,
  OPT_QUESTION,
  OPT_ROSTER,
  OPT_NO_PROBABLE,
  OPT_KEEP_LIKELY_STAFF,
  /* what is written */
  OPT_FORMAT,
  OPT_OUTPUT,
  OPT_SPREADSHEET,
  OPT_PSEUDONYMS,
  OPT_QUIET,
  OPT_TIMING,
  /* the explorer */
  OPT_NOW,
  OPT_FOLLOW,
  OPT_FRESH,
  OPT_AUTHOR,
  OPT_THEME,
  OPT_MOUSE,
  OPT_COLOR,
  OPT_ASCII,
  OPT_ESC_DELAY,
  OPT_SCRIPT,
  OPT_SIZE,
  OPT_SCREEN,
  /* about the program */
  OPT_HELP,
  OPT_VERSION,
  N_OPTIONS
} OptionId;

typedef enum {
  OPTION_FLAG,
  OPTION_TEXT,
  OPTION_LIST,    /* words with commas in between; given again, it grows */
  OPTION_FILE,    /* `~/` is the home folder in the settings file */
  OPTION_WORD,    /* one of `words` */
  OPTION_COUNT,   /* 0 .. 4,294,967,294 */
  OPTION_SECONDS, /* 90, 90s, 30m, 1h30m, 2d; up to 366 days */
  OPTION_SHARE,   /* 0.01 or 1% */
  OPTION_TIME,    /* a date, or a date and a time */
  OPTION_SIZE     /* 80x24: number = columns * 65536 + rows */
} OptionType;

typedef enum { GROUP_INPUT, GROUP_QUESTION, GROUP_OUTPUT, GROUP_SCREEN, GROUP_ABOUT } OptionGroup;

typedef struct {
  const char *name;  /* "session-gap" */
  const char *alias; /* a second name, or NULL; gives way where another option bears the name */
  char letter;       /* or 0 */
  OptionType type;
  OptionGroup group;
  const char *argument;     /* "TIME" in the help; NULL for a flag */
  const char *fallback;     /* the default, written as a user would; or NULL */
  const char *const *words; /* of OPTION_WORD, NULL-terminated */
  guint commands;           /* COMMAND_BIT()s */
  gboolean setting;         /* may stand in the settings file */
  const char *help;         /* one or two sentences */
} OptionInfo;

const OptionInfo *option_info(OptionId id);
/* The option called `name` in that subcommand, or -1. */
int option_find(CommandId command, const char *name);

typedef struct {
  gboolean given;   /* by the user, on the command line or in the settings file */
  gboolean setting; /* then: in the settings file */
  char *text;       /* as written; NULL without a value */
  gint64 number;    /* FLAG, COUNT, SECONDS, TIME, SIZE, WORD (its place) */
  double real;      /* SHARE */
} OptionValue;

typedef struct Options {
  CommandId command;
  GPtrArray *operands; /* of char*: LOG... [COHORTS] as on the command line */
  GPtrArray *logs;     /* of char*: the `log` lines of the settings file */
  OptionValue values[N_OPTIONS];
} Options;

/* Reads the settings file (NULL or absent: none) and the command line. NULL with CORE_ERROR_USAGE,
 * which names the closest word that is known, or CORE_ERROR_INPUT when the settings file exists
 * and cannot be read. */
Options *options_parse(int argc, char *const *argv, const char *settings_file, GError **error);
void options_free(Options *o);

gboolean option_given(const Options *o, OptionId id);
gboolean option_on_command_line(const Options *o, OptionId id);
gboolean option_flag(const Options *o, OptionId id);
const char *option_text(const Options *o, OptionId id); /* NULL without a value */
gint64 option_number(const Options *o, OptionId id);    /* OPTION_TIME: CIVIL_NONE without */
double option_real(const Options *o, OptionId id);

/* The default as a user would write it, or NULL; free with g_free. */
char *option_fallback(CommandId command, OptionId id);
/* What `--help` prints for a subcommand; free with g_free. */
char *options_help(CommandId command);
/* More of it in the same layout, for the `more` part of a subcommand: a paragraph after an empty
 * line; an entry such as those of options. */
void option_help_paragraph(GString *out, const char *text);
void option_help_entry(GString *out, const char *name, const char *text);

#endif
