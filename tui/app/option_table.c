/* Options: the table. Order here is the order in the help. */
#include "tui/app/options.h"
#include "tui/draw/theme.h"

#define ALL      COMMAND_ALL
#define ON(c)    COMMAND_BIT(COMMAND_##c)
#define JUDGED   (ON(EXPLORE) | ON(FLAGS) | ON(REPORT) | ON(SLIDE)) /* those that run the rules */
#define SESSIONS (ON(EXPLORE) | ON(TIMELINE))

static const char *const form_words[] = {"raw", "csv", "combined", NULL};
static const char *const progress_words[] = {"auto", "always", "never", NULL};
static const char *const order_words[] = {"time", "user", NULL};
static const char *const format_words[] = {"table", "csv", "json", "jsonl", "md", "html", NULL};

static const OptionInfo table[N_OPTIONS] = {
    [OPT_COHORTS] = {"cohorts", NULL, 0, OPTION_FILE, GROUP_INPUT, "FILE", NULL, NULL, ALL, TRUE,
                     "The cohort table. Not needed where it is one of the files named, or the log "
                     "or its database holds its cohorts."},
    [OPT_PASSWORD_FILE] = {"password-file", NULL, 0, OPTION_FILE, GROUP_INPUT, "FILE", NULL, NULL,
                           ALL, TRUE,
                           "A file whose first line is the password of the database. Without it "
                           "the password comes from the address, ~/.my.cnf or MYSQL_PWD."},
    [OPT_ALIASES] = {"aliases", NULL, 0, OPTION_FILE, GROUP_INPUT, "FILE", NULL, NULL, ALL, TRUE,
                     "More names of lessons that are one lesson: lines of `old = new`."},
    [OPT_INPUT_COLUMNS] = {"input-columns", "columns", 0, OPTION_TEXT, GROUP_INPUT, "MAP", NULL,
                           NULL, ALL, FALSE,
                           "Which column holds what, by number or name: time=3,user=student."},
    [OPT_FORM] = {"form", "input-form", 0, OPTION_WORD, GROUP_INPUT, "FORM", NULL, form_words, ALL,
                  TRUE,
                  "Form of the log: raw (fields between single spaces), csv (any CSV or TSV with a "
                  "header), combined (web server). Recognised when not given; `--format combined` "
                  "says the same as `--form combined`."},
    [OPT_RAW_PATHS] = {"raw-paths", NULL, 0, OPTION_FLAG, GROUP_INPUT, NULL, NULL, NULL, ALL, TRUE,
                       "Lessons are paths as they were logged, not canonical names."},
    [OPT_MAX_REJECTS] = {"max-rejects", NULL, 0, OPTION_SHARE, GROUP_INPUT, "SHARE", "1%", NULL,
                         ALL, TRUE,
                         "How many of the rows may be unreadable (1% or 0.01) before nothing is "
                         "answered and the exit code is 3."},
    [OPT_SESSION_GAP] = {"session-gap", NULL, 0, OPTION_SECONDS, GROUP_INPUT, "TIME", "30m", NULL,
                         SESSIONS, TRUE,
                         "A pause longer than this ends a session: 30m, 1h30m, 90s."},
    [OPT_RULES] =
        {"rules", NULL, 0, OPTION_FILE, GROUP_INPUT, "FILE", NULL, NULL, JUDGED, TRUE,
         "More settings of the rules behind the flags: lines of `rule.parameter = number` "
         "or `rule = off`."},
    [OPT_MMDB] =
        {"mmdb", NULL, 0, OPTION_FILE, GROUP_INPUT, "FILE", NULL, NULL, JUDGED, TRUE,
         "Countries or networks of addresses, from a file of yours in the MaxMind DB format. "
         "Without one they are not known."},
    [OPT_THREADS] = {"threads", NULL, 0, OPTION_COUNT, GROUP_INPUT, "N", "0", NULL, ALL, TRUE,
                     "Threads that read; 0 is as many as the machine has, at most 8."},
    [OPT_PROGRESS] = {"progress", NULL, 0, OPTION_WORD, GROUP_INPUT, "WHEN", "auto", progress_words,
                      COMMAND_EXPORTS, TRUE,
                      "Rows read and rows per second on standard error: auto (when that is a "
                      "terminal), always, never."},

    [OPT_SCOPE] = {"scope", NULL, 's', OPTION_TEXT, GROUP_QUESTION, "SCOPE", NULL, NULL,
                   ON(EXPLORE) | COMMAND_QUESTIONS, FALSE,
                   "The rows that count, such as 'program=3 phase=class -kind=asset "
                   "time=2019-08..2020-02'. Every row counts without it."},
    [OPT_BY] = {"by", NULL, 'b', OPTION_TEXT, GROUP_QUESTION, "DIM", NULL, NULL,
                ON(RANK) | ON(SERIES), FALSE, "What to group by."},
    [OPT_BUCKET] = {"bucket", NULL, 0, OPTION_TEXT, GROUP_QUESTION, "BUCKET", "day", NULL,
                    ON(SERIES), FALSE, "Step of time: hour, day, week, month, course-week."},
    [OPT_ROWS] = {"rows", NULL, 0, OPTION_TEXT, GROUP_QUESTION, "DIM", "lesson", NULL, ON(MATRIX),
                  FALSE, "What a row of the matrix is."},
    [OPT_COLUMNS] = {"columns", NULL, 0, OPTION_TEXT, GROUP_QUESTION, "DIM", "cohort", NULL,
                     ON(MATRIX), FALSE, "What a column of the matrix is."},
    [OPT_USER] = {"user", NULL, 'u', OPTION_TEXT, GROUP_QUESTION, "ID", NULL, NULL, ON(TIMELINE),
                  FALSE, "The user whose sessions are listed."},
    [OPT_IP] = {"ip", NULL, 0, OPTION_TEXT, GROUP_QUESTION, "ADDRESS", NULL, NULL, ON(TIMELINE),
                FALSE, "The address whose sessions are listed, in place of a user."},
    [OPT_MEASURE] = {"measure", NULL, 'm', OPTION_TEXT, GROUP_QUESTION, "LIST", NULL, NULL,
                     ON(RANK) | ON(SERIES) | ON(MATRIX), FALSE,
                     "What to count; several with commas in between (a matrix: one). Without it a "
                     "ranking has hits,users,share, the others hits."},
    [OPT_BASELINE] = {"baseline", NULL, 0, OPTION_TEXT, GROUP_QUESTION, "SCOPE", NULL, NULL,
                      ON(RANK), FALSE, "What lift compares with. Every row of the log without it."},
    [OPT_SORT] = {"sort", NULL, 0, OPTION_TEXT, GROUP_QUESTION, "LIST", NULL, NULL, ON(RANK), FALSE,
                  "Measures to sort by, or `key`; `+` in front is ascending, `-` descending. "
                  "Without a sign numbers and times go down and keys go up."},
    [OPT_ORDER] = {"order", NULL, 0, OPTION_WORD, GROUP_QUESTION, "ORDER", "time", order_words,
                   ON(ROWS), FALSE, "Order of the rows: time, or user (then time)."},
    [OPT_FIELDS] = {"fields", NULL, 0, OPTION_TEXT, GROUP_QUESTION, "LIST", NULL, NULL,
                    ON(ROWS) | ON(TIMELINE), FALSE,
                    "Columns of the rows, in that order; several with commas in between."},
    [OPT_RULE] =
        {"rule", NULL, 0, OPTION_TEXT, GROUP_QUESTION, "LIST", NULL, NULL, ON(FLAGS), FALSE,
         "Flags of these rules alone, or of an audience (security, teaching, data); several "
         "with commas in between."},
    [OPT_MIN_SCORE] = {"min-score", NULL, 0, OPTION_COUNT, GROUP_QUESTION, "N", "0", NULL,
                       ON(FLAGS), FALSE, "Flags of at least that score."},
    [OPT_FAIL_ON] = {"fail-on", NULL, 0, OPTION_COUNT, GROUP_QUESTION, "N", NULL, NULL, ON(FLAGS),
                     FALSE, "Exit code 4 when a flag that is listed has at least that score."},
    [OPT_LIMIT] = {"limit", NULL, 'n', OPTION_COUNT, GROUP_QUESTION, "N", "0", NULL,
                   COMMAND_QUESTIONS | ON(REPORT), FALSE,
                   "At most so many rows (of a series: lines; of a timeline: sessions; of a "
                   "report: rows of each table, 100 without this); 0 is all."},
    [OPT_LIMIT_COLUMNS] = {"limit-columns", NULL, 0, OPTION_COUNT, GROUP_QUESTION, "N", "0", NULL,
                           ON(MATRIX), FALSE, "At most so many columns; 0 is all."},

    [OPT_QUESTION] = {"question", NULL, 0, OPTION_LIST, GROUP_QUESTION, "N", NULL, NULL, ON(REPORT),
                      FALSE,
                      "Only these questions: numbers from 1 to 8, with commas in between; may be "
                      "given several times."},
    [OPT_ROSTER] =
        {"roster", NULL, 0, OPTION_FILE, GROUP_QUESTION, "FILE", NULL, NULL,
         ON(EXPLORE) | ON(REPORT) | ON(SLIDE), TRUE,
         "Who is enrolled: a CSV file with the columns user, cohort and name. Without it "
         "students who made no hit at all cannot be seen."},
    [OPT_NO_PROBABLE] = {"no-probable", NULL, 0, OPTION_FLAG, GROUP_QUESTION, NULL, NULL, NULL,
                         JUDGED, TRUE,
                         "Users without a cohort belong to none, also where a whole class of them "
                         "appears when a cohort without rows starts."},
    [OPT_KEEP_LIKELY_STAFF] = {"keep-likely-staff", NULL, 0, OPTION_FLAG, GROUP_QUESTION, NULL,
                               NULL, NULL, ON(EXPLORE) | ON(REPORT) | ON(SLIDE), TRUE,
                               "Question 6 counts what graduates who became staff read after their "
                               "class, too. Without it that is taken for work and left out."},

    [OPT_FORMAT] =
        {"format", NULL, 'f', OPTION_WORD, GROUP_OUTPUT, "FORMAT", NULL, format_words,
         COMMAND_EXPORTS & ~ON(SLIDE), FALSE,
         "How the result is written. The first format of a subcommand is the usual one."},
    [OPT_OUTPUT] =
        {"output", NULL, 'o', OPTION_FILE, GROUP_OUTPUT, "FILE", NULL, NULL, COMMAND_EXPORTS, FALSE,
         "Write to a file, which appears when it is complete; - is standard output, and so "
         "it is without this."},
    [OPT_SPREADSHEET] = {"spreadsheet", NULL, 0, OPTION_FLAG, GROUP_OUTPUT, NULL, NULL, NULL,
                         COMMAND_QUESTIONS, TRUE,
                         "CSV for a spreadsheet: texts that would be taken for a formula get an "
                         "apostrophe in front."},
    [OPT_PSEUDONYMS] = {"pseudonyms", NULL, 0, OPTION_FLAG, GROUP_OUTPUT, NULL, NULL, NULL, ALL,
                        TRUE,
                        "Users and addresses are written as u-... and a-..., the same in every "
                        "export of this log. The key stays in the state folder."},
    [OPT_QUIET] = {"quiet", NULL, 'q', OPTION_FLAG, GROUP_OUTPUT, NULL, NULL, NULL, COMMAND_EXPORTS,
                   FALSE, "No notes on standard error: what was left out, warnings, the sample."},
    [OPT_TIMING] = {"timing", NULL, 0, OPTION_FLAG, GROUP_OUTPUT, NULL, NULL, NULL,
                    ON(REPORT) | ON(SLIDE), FALSE,
                    "Say on standard error how long each step took."},

    [OPT_NOW] = {"now", NULL, 0, OPTION_TIME, GROUP_SCREEN, "DATE", NULL, NULL, JUDGED, FALSE,
                 "The day that counts as today. The last day of the log without it."},
    [OPT_FOLLOW] = {"follow", NULL, 'F', OPTION_FLAG, GROUP_SCREEN, NULL, NULL, NULL, ON(EXPLORE),
                    TRUE,
                    "Reads on as the logs grow or are rotated, as tail -F does: new rows join "
                    "what is shown. Only plain files can be followed."},
    [OPT_FRESH] = {"fresh", NULL, 0, OPTION_FLAG, GROUP_SCREEN, NULL, NULL, NULL, ON(EXPLORE),
                   FALSE, "Starts anew, without going back to where you were last time."},
    [OPT_AUTHOR] = {"author", NULL, 0, OPTION_TEXT, GROUP_SCREEN, "NAME", NULL, NULL, ON(EXPLORE),
                    TRUE,
                    "Whose notes, statuses and cases these are. The name you are logged in by "
                    "without it."},
    [OPT_THEME] = {"theme", NULL, 0, OPTION_WORD, GROUP_SCREEN, "NAME", "dark", theme_words,
                   ON(EXPLORE), TRUE, "Colours of the screen: dark, light, contrast, mono."},
    [OPT_MOUSE] = {"mouse", NULL, 0, OPTION_FLAG, GROUP_SCREEN, NULL, NULL, NULL, ON(EXPLORE), TRUE,
                   "The wheel moves and a click chooses. Off, the terminal selects text itself."},
    [OPT_COLOR] = {"color", "colour", 0, OPTION_WORD, GROUP_SCREEN, "WHEN", "auto",
                   color_mode_words, ON(EXPLORE), TRUE,
                   "Colours: auto (as the terminal can), always, never."},
    [OPT_ASCII] = {"ascii", NULL, 0, OPTION_FLAG, GROUP_SCREEN, NULL, NULL, NULL, ON(EXPLORE), TRUE,
                   "Draw with ASCII characters only."},
    [OPT_ESC_DELAY] =
        {"esc-delay", NULL, 0, OPTION_COUNT, GROUP_SCREEN, "MS", "25", NULL, ON(EXPLORE), TRUE,
         "How many milliseconds after an Esc the rest of a key may come. More, when arrow keys are "
         "taken for Esc and letters on a slow connection."},
    [OPT_SCRIPT] = {"script", NULL, 0, OPTION_FILE, GROUP_SCREEN, "FILE", NULL, NULL, ON(EXPLORE),
                    FALSE, "Run the commands of a file, one a line."},
    [OPT_SIZE] = {"size", NULL, 0, OPTION_SIZE, GROUP_SCREEN, "WxH", NULL, NULL, ON(EXPLORE), FALSE,
                  "Size of the screen without a terminal, such as 80x24."},
    [OPT_SCREEN] = {"screen", NULL, 0, OPTION_FILE, GROUP_SCREEN, "FILE", NULL, NULL, ON(EXPLORE),
                    FALSE, "Write the last screen to a file."},

    [OPT_HELP] = {"help", NULL, 'h', OPTION_FLAG, GROUP_ABOUT, NULL, NULL, NULL, ALL, FALSE,
                  "Show this help."},
    [OPT_VERSION] = {"version", NULL, 'V', OPTION_FLAG, GROUP_ABOUT, NULL, NULL, NULL, ALL, FALSE,
                     "Show the version."},
};

const OptionInfo *option_info(OptionId id)
{
  return &table[id];
}
