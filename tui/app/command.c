/* Commands: the one table of everything that changes the state. */
#include "tui/app/command.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/cases.h"
#include "tui/views/frame.h"

#define DATA   NEEDS_DATA
#define PANE   (NEEDS_DATA | NEEDS_PANE)
#define ROW    (NEEDS_DATA | NEEDS_PANE | NEEDS_ROW)
#define CHIP   (NEEDS_DATA | NEEDS_CHIP)
#define SILENT CHANGES_NOTHING
#define MOVES  MOVES_CURSOR

/* clang-format off */
static const Command commands[] = {
  {"view",         "VIEW",       "Go to", "a view: overview, programs, cohorts, lessons, users, ips, timeline, flags, matrix, cross, answers, compare", DATA, cmd_view},
  {"next-pane",    "",           "Go to", "the next pane", DATA, cmd_next_pane},
  {"previous-pane","",           "Go to", "the pane before", DATA, cmd_previous_pane},
  {"drill",        "",           "Go to", "into the row: its cohorts, lessons, users, timeline", DATA, cmd_drill},
  {"up-level",     "",           "Go to", "up: undo the last step into something", DATA, cmd_up_level},
  {"back",         "",           "Go to", "back to where you were", DATA, cmd_back},
  {"forward",      "",           "Go to", "forward again", DATA, cmd_forward},
  {"crumbs",       "",           "Go to", "the path in the first line: walk along it, or to what lies beside", DATA | SILENT, cmd_crumbs},
  {"level",        "N",          "Go to", "to level N of the path; 0: all", DATA, cmd_level},
  {"sibling",      "next|previous [LEVEL]", "Go to", "the next cohort (lesson, user, ...) of the path, in the same view", DATA, cmd_sibling},
  {"goto",         "user|cohort|lesson|program|ip ID", "Go to", "straight to somebody or something, by id or name", DATA, cmd_goto},
  {"user",         "ID",         "Go to", "straight to the timeline of a user", DATA, cmd_goto},
  {"cohort",       "ID",         "Go to", "straight to the users of a cohort", DATA, cmd_goto},
  {"lesson",       "ID",         "Go to", "straight to the users of a lesson", DATA, cmd_goto},
  {"program",      "ID",         "Go to", "straight to the cohorts of a program", DATA, cmd_goto},
  {"ip",           "ADDRESS",    "Go to", "straight to the timeline of an address", DATA, cmd_goto},
  {"pane",         "VIEW",       "Go to", "the same as view", DATA, cmd_view},
  {"question",     "N",          "Go to", "answer N of the eight", DATA, cmd_question},
  {"compare",      "[[program|cohort|lesson|user|ip] A B]", "Go to", "two side by side: by name, the two marked, or the marked one and the row; there: list, swap", DATA, cmd_compare},
  {"search",       "TEXT",       "Narrow down", "find a row by its name", PANE, cmd_search},
  {"search-next",  "",           "Narrow down", "next match", PANE | MOVES, cmd_search_next},
  {"search-previous", "",        "Narrow down", "match before", PANE | MOVES, cmd_search_previous},
  {"filter",       "[TEXT]",     "Narrow down", "keep only names that hold TEXT, in all panes; none: drops that", PANE, cmd_filter},
  {"keep",         "",           "Narrow down", "keep only this value, everywhere", ROW, cmd_keep},
  {"exclude",      "",           "Narrow down", "leave this value out, everywhere", ROW, cmd_exclude},
  {"facet",        "[FIELD]",    "Narrow down", "choose values of a field, with their counts", DATA | SILENT, cmd_facet},
  {"filters",      "[save NAME | load NAME | delete NAME]", "Narrow down", "the filters in force: switch, negate, move, delete; save them under a name", DATA, cmd_filters},
  {"scope",        "add TERM | set TERMS | choose TERM | path TERM | off N | negate N | drop N | move N up|down", "Narrow down", "change the filters in words, such as: scope add phase=class", DATA, cmd_scope},
  {"drop",         "",           "Narrow down", "drop the last filter", CHIP, cmd_drop},
  {"drop-all",     "",           "Narrow down", "drop all filters", CHIP, cmd_drop_all},
  {"undo",         "",           "Narrow down", "undo the last change of filters", DATA, cmd_undo},
  {"redo",         "",           "Narrow down", "redo it", DATA, cmd_redo},
  {"time",         "[RANGE]",    "Time", "only this time: 2019-08..2020-02, 2020-W06, last30d; none: all", DATA, cmd_time},
  {"zoom",         "in|out",     "Time", "halve or double the time range around the cursor", DATA, cmd_zoom},
  {"pan",          "earlier|later", "Time", "move the time range by half of it", CHIP, cmd_pan},
  {"style",        "[number|bar|heat|spark]", "Show", "how the column is shown: number, bar, heat, spark; numbers or shades in the matrix", DATA, cmd_in_view},
  {"base",         "[none|column|row|user]", "Show", "what the column is a part of: % of column, % of row, per user; next measure of the matrix and of the cross-access chart", DATA, cmd_in_view},
  {"scale",        "[linear|log]", "Show", "log scale of bars, shades and trends; in the matrix one scale for all, or one for each row", DATA, cmd_in_view},
  {"bucket",       "[day|week|month|course-week]", "Show", "the step in time of trends and strips", DATA, cmd_in_view},
  {"pin",          "[clear]",    "Show", "keep this row at the top of its list, or no longer; clear: all of the list", PANE, cmd_in_view},
  {"equal-weeks",  "",           "Show", "only the course weeks that every cohort has had", DATA, cmd_in_view},
  {"sort-column",  "",           "Show", "rows of the matrix, or flags, by the column under the cursor", DATA, cmd_in_view},
  {"sort",         "[COLUMN]",   "Show", "sort by the column; again: the other way round", PANE, cmd_sort},
  {"sort-add",     "[COLUMN]",   "Show", "sort by this column where the others are equal", PANE, cmd_sort_add},
  {"columns",      "[[+|-]COLUMN]", "Show", "columns: show, hide, move, make wider", PANE, cmd_columns},
  {"column-move",  "COLUMN left|right", "Show", "move a column past its neighbour", PANE, cmd_column_move},
  {"wider",        "[COLUMN]",   "Show", "a wider column", PANE, cmd_width},
  {"narrower",     "[COLUMN]",   "Show", "a narrower column", PANE, cmd_width},
  {"kinds",        "",           "Show", "list every kind of page, or lessons only", PANE, cmd_kinds},
  {"raw-paths",    "",           "Show", "raw paths in place of canonical lesson names, and back", DATA, cmd_raw_paths},
  {"follow",       "[on|off]",   "Show", "read on as the log grows: new rows join; again: no longer", DATA, cmd_follow},
  {"fold",         "",           "Show", "fold or open: sessions, rows of tables, months", DATA, cmd_in_view},
  {"shift",        "left|right", "Show", "columns of wide tables that do not fit", DATA | MOVES, cmd_in_view},
  {"maximise",     "",           "Show", "this pane alone, and back", NEEDS_NOTHING, cmd_maximise},
  {"detail",       "",           "Show", "open or close the details of the row", NEEDS_NOTHING, cmd_detail},
  {"theme",        "dark|light|contrast|mono", "Show", "colours", NEEDS_NOTHING, cmd_theme},
  {"mark",         "[down|clear]", "Keep", "mark or unmark what is under the cursor; clear: all marks", DATA, cmd_mark},
  {"mark-range",   "",           "Keep", "mark everything from the last mark to the cursor", DATA, cmd_mark_range},
  {"next-mark",    "",           "Keep", "to the next mark", DATA | MOVES, cmd_next_mark},
  {"previous-mark","",           "Keep", "to the mark before", DATA | MOVES, cmd_previous_mark},
  {"marks",        "",           "Keep", "all marks", DATA | SILENT, cmd_marks},
  {"note",         "TEXT",       "Keep", "write a note on what is under the cursor", DATA, cmd_note},
  {"notes",        "[N]",        "Keep", "all notes, or one: go there, edit, delete", DATA | SILENT, cmd_notes},
  {"note-edit",    "N [TEXT]",   "Keep", "change note N; without text: delete it", DATA, cmd_note_edit},
  {"note-go",      "N",          "Keep", "to what note N is about", DATA, cmd_note_go},
  {"watch",        "",           "Keep", "watch this user or address, or no longer", DATA, cmd_watch},
  {"watchlist",    "",           "Keep", "who is watched", DATA | SILENT, cmd_watchlist},
  {"visit",        "marks|watchlist N", "Keep", "to the Nth of the marks or of the watchlist", DATA, cmd_visit},
  {"case",         "[N | new TITLE | add [marks] | close | reopen | rename TITLE | export FILE [--pseudonyms] | none]", "Keep", "cases: what belongs together", DATA, cmd_case},
  {"copy",         "",           "Keep", "copy the cell to your clipboard (OSC 52)", DATA | SILENT, cmd_copy},
  {"copy-table",   "",           "Keep", "copy the whole table, tab-separated", DATA | SILENT, cmd_copy_table},
  {"export",       "[pane | scope | marks] [FILE.csv|.json|.jsonl|.md|.html] [--pseudonyms]", "Keep", "write this list, the rows in scope, or what is marked to a file", DATA | SILENT, cmd_export},
  {"slide",        "[FILE.pptx]", "Keep", "write what matters most of the answers as a slide for a presentation", DATA | SILENT, cmd_slide},
  {"flags",        "",           "Flags", "flags of what is under the cursor; again: all of them", DATA, cmd_flags},
  {"queue",        "[status=S] [rule=R] [audience=A] [score=N] [WORDS]", "Flags", "which flags are listed; `reset` first: as at the start", DATA, cmd_queue},
  {"next-flag",    "",           "Flags", "the next flag of the list, and its evidence", DATA, cmd_next_flag},
  {"previous-flag","",           "Flags", "the flag before", DATA, cmd_previous_flag},
  {"status",       "[open|watch|confirmed|dismissed [REASON]]", "Flags", "decide about the flag, with a reason", DATA, cmd_status},
  {"exception",    "[user=U] [ip=BLOCK] [rule=R] [until=DATE] [because REASON]", "Flags", "no flags of this kind any more", DATA, cmd_exception},
  {"exceptions",   "",           "Flags", "the exceptions there are, each with what it covers", DATA | SILENT, cmd_exceptions},
  {"exception-drop", "N",        "Flags", "take an exception back", DATA, cmd_exception_drop},
  {"rule",         "[RULE [NAME=VALUE... | on | off | default]]", "Flags", "explain a rule; change its thresholds at once", DATA, cmd_rule},
  {"rules",        "",           "Flags", "all rules", DATA | SILENT, cmd_rules},
  {"up",           "[N]",        "Move", "one row up", MOVES, cmd_move},
  {"down",         "[N]",        "Move", "one row down", MOVES, cmd_move},
  {"left",         "[N]",           "Move", "column to the left; fold in the timeline", MOVES, cmd_move},
  {"right",        "[N]",           "Move", "column to the right; open in the timeline", MOVES, cmd_move},
  {"page-up",      "",           "Move", "one screen up", MOVES, cmd_move},
  {"page-down",    "",           "Move", "one screen down", MOVES, cmd_move},
  {"half-up",      "",           "Move", "half a screen up", MOVES, cmd_move},
  {"half-down",    "",           "Move", "half a screen down", MOVES, cmd_move},
  {"first",        "",           "Move", "first row", MOVES, cmd_move},
  {"last",         "",           "Move", "last row", MOVES, cmd_move},
  {"row",          "N",          "Move", "to row N", MOVES, cmd_move},
  {"at",           "ID [LINE]",  "Move", "to the row of that id, on that line of the list", PANE | MOVES, cmd_at},
  {"column",       "COLUMN",     "Move", "to a column", PANE | MOVES, cmd_column},
  {"set",          "[NAME[=VALUE]]", "Session", "settings and their values; change one", NEEDS_NOTHING, cmd_set},
  {"session",      "[info | save FILE | load FILE]", "Session", "where one is: kept in which file, written to one of your own, read back", DATA | SILENT, cmd_session},
  {"log",          "[save FILE]", "Session", "every command so far; save: as a script for --script", SILENT, cmd_log},
  {"help",         "",           "Help", "keys and commands; type to narrow", SILENT, cmd_help},
  {"palette",      "",           "Help", "any command by its name", SILENT, cmd_palette},
  {"ask",          "COMMAND",    "Help", "type the rest of a command", SILENT, cmd_ask},
  {"keys",         "[check]",    "Help", "every key there is; check: those of your own keys.conf", SILENT, cmd_keys},
  {"where",        "",           "Help", "where am I: full values, and the scope as a command line", DATA | SILENT, cmd_where},
  {"redraw",       "",           "Help", "draw the screen anew", SILENT, cmd_redraw},
  {"cancel",       "",           "Help", "close what is open; stop loading", SILENT, cmd_cancel},
  {"close",        "",           "Leave", "close what is open, else up, at the top: quit", SILENT, cmd_close},
  {"suspend",      "",           "Leave", "back to the shell; `fg` returns", SILENT, cmd_suspend},
  {"quit",         "",           "Leave", "leave", SILENT, cmd_quit},
  {NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */

const Command *command_table(void)
{
  return commands;
}

const Command *command_find(const char *name)
{
  for (const Command *c = commands; c->name; c++)
    if (g_strcmp0(c->name, name) == 0)
      return c;
  return NULL;
}

gboolean command_known(const char *name)
{
  return command_find(name) != NULL;
}

gboolean command_possible(const App *app, const Command *c, const char **why)
{
  State *s = app->state;
  const char *reason = NULL;
  guint32 key = 0;
  if ((c->needs & NEEDS_DATA) && !s->ds)
    reason = "no rows yet: the log is being read";
  else if ((c->needs & NEEDS_PANE) && !view_is_pane(s->view))
    reason = "only in the lists: press 1 to 5";
  else if ((c->needs & NEEDS_ROW) && !pane_cursor_key(state_pane(s), &key))
    reason = "the list is empty";
  else if ((c->needs & NEEDS_CHIP) && chips_count(s->chips) == 0)
    reason = "no filter is in force";
  if (why)
    *why = reason;
  return reason == NULL;
}

static void unknown(const char *name, GError **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (const Command *c = commands; c->name; c++)
    g_ptr_array_add(names, (gpointer)c->name);
  g_ptr_array_add(names, NULL);
  const char *closest = text_closest(name, (const char *const *)names->pdata);
  g_autofree char *safe = text_safe(name, -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no command \"%s\"%s%s%s; ? lists them", safe,
              closest ? ", did you mean " : "", closest ? closest : "", closest ? "?" : "");
}

/* Commands whose argument is one text, spaces and quotes and all. */
static gboolean takes_text(const char *name)
{
  static const char *const names[] = {"search",    "filter", "filters",   "time",   "export",
                                      "slide",     "scope",  "queue",     "status", "rule",
                                      "exception", "note",   "note-edit", "case",   "log",
                                      "session",   "set",    NULL};
  return g_strv_contains(names, name);
}

/* Texts that may hold anything, a ` ; ` too. */
static gboolean takes_all(const char *name)
{
  static const char *const names[] = {"note", "note-edit", "status", "case", "exception", NULL};
  return g_strv_contains(names, name);
}

/* Has a command done no more than to ask? */
static gboolean only_asked(const State *s, guint menu_before, gboolean prompt_before)
{
  return (s->menu && s->menu->serial != menu_before) || (s->prompt.active && !prompt_before);
}

/* Runs a command that is possible, and writes it down. */
static gboolean run_one(App *app, const Command *c, const char *text, int argc, char **argv,
                        GError **error)
{
  char *about = NULL;
  GPtrArray *moves = NULL;
  gboolean logged = !(c->needs & (CHANGES_NOTHING | MOVES_CURSOR));
  if (logged)
    moves = logbook_take_moves(app->log_book, app->state, &about);
  State *s = app->state;
  guint menu = s->menu ? s->menu->serial : 0;
  gboolean prompt = s->prompt.active;
  gboolean ok = c->run(app, argc, argv, error), done = ok && !only_asked(s, menu, prompt);
  if (logged && (done || moves->len))
    logbook_add(app->log_book, app->state, cases_stamp(app).time, done ? text : NULL, moves, about);
  else if (logged)
    g_ptr_array_unref(moves), g_free(about);
  else if (ok && (c->needs & MOVES_CURSOR))
    logbook_move(app->log_book, app->state, text);
  return ok;
}

static gboolean run_part(App *app, char *text, GError **error)
{
  char *space = text;
  while (*space && !g_ascii_isspace(*space))
    space++;
  g_autofree char *name = g_strndup(text, (gsize)(space - text));
  while (g_ascii_isspace(*space))
    space++;
  app->force = g_str_has_suffix(name, "!") && name[1];
  if (app->force)
    name[strlen(name) - 1] = '\0';
  const Command *c = command_find(name);
  if (!c) {
    unknown(name, error);
    return FALSE;
  }
  const char *why = NULL;
  if (!command_possible(app, c, &why)) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, why);
    return FALSE;
  }
  g_auto(GStrv) argv = NULL;
  int argc = 0;
  if (takes_text(name)) {
    argv = g_new0(char *, 3);
    argv[argc++] = g_strdup(name);
    if (*space)
      argv[argc++] = g_strdup(space);
  } else if (!g_shell_parse_argv(text, &argc, &argv, error)) {
    return FALSE;
  }
  g_free(argv[0]);
  argv[0] = g_strdup(name);
  return run_one(app, c, text, argc, argv, error);
}

gboolean command_run(App *app, const char *line, GError **error)
{
  g_autofree char *text = g_strdup(line);
  for (char *part = text; part;) {
    part += strspn(part, " \t");
    g_autofree char *name = g_strndup(part, strcspn(part, " \t!"));
    char *end = takes_all(name) ? NULL : strstr(part, " ; ");
    if (end)
      *end = '\0';
    g_strchomp(part);
    if (*part && !run_part(app, part, error))
      return FALSE;
    part = end ? end + 3 : NULL;
    if (part && !app->state->quit)
      frame_prepare_focus(app->state); /* the next one acts on what this one led to */
  }
  return TRUE;
}
