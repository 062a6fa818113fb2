/* Commands: the one table of everything that changes the state. */
#include "tui/app/command.h"

#include "core/base/error.h"
#include "core/base/text.h"

#define DATA   NEEDS_DATA
#define PANE   (NEEDS_DATA | NEEDS_PANE)
#define ROW    (NEEDS_DATA | NEEDS_PANE | NEEDS_ROW)
#define CHIP   (NEEDS_DATA | NEEDS_CHIP)
#define SILENT CHANGES_NOTHING

/* clang-format off */
static const Command commands[] = {
  {"view",         "VIEW",       "Go to", "a view: overview, programs, cohorts, lessons, users, ips, timeline, flags, matrix, cross, answers", DATA, cmd_view},
  {"next-pane",    "",           "Go to", "the next pane", DATA, cmd_next_pane},
  {"previous-pane","",           "Go to", "the pane before", DATA, cmd_previous_pane},
  {"drill",        "",           "Go to", "into the row: its cohorts, lessons, users, timeline", DATA, cmd_drill},
  {"up-level",     "",           "Go to", "up: undo the last step into something", DATA, cmd_up_level},
  {"back",         "",           "Go to", "back to where you were", DATA, cmd_back},
  {"forward",      "",           "Go to", "forward again", DATA, cmd_forward},
  {"question",     "N",          "Go to", "answer N of the eight", DATA, cmd_question},
  {"search",       "TEXT",       "Narrow down", "find a row by its name", PANE | SILENT, cmd_search},
  {"search-next",  "",           "Narrow down", "next match", PANE | SILENT, cmd_search_next},
  {"search-previous", "",        "Narrow down", "match before", PANE | SILENT, cmd_search_previous},
  {"filter",       "[TEXT]",     "Narrow down", "list only rows whose name holds TEXT; none: all", PANE, cmd_filter},
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
  {"style",        "",           "Show", "numbers or shades in the matrix", DATA, cmd_in_view},
  {"base",         "",           "Show", "next measure: of the matrix, of the cross-access chart", DATA, cmd_in_view},
  {"scale",        "",           "Show", "shades on one scale for all, or one for each row", DATA, cmd_in_view},
  {"equal-weeks",  "",           "Show", "only the course weeks that every cohort has had", DATA, cmd_in_view},
  {"sort-column",  "",           "Show", "rows of the matrix, or flags, by the column under the cursor", DATA, cmd_in_view},
  {"sort",         "[COLUMN]",   "Show", "sort by the column; again: the other way round", PANE, cmd_sort},
  {"sort-add",     "[COLUMN]",   "Show", "sort by this column where the others are equal", PANE, cmd_sort_add},
  {"columns",      "[[+|-]COLUMN]", "Show", "show and hide columns", PANE, cmd_columns},
  {"kinds",        "",           "Show", "list every kind of page, or lessons only", PANE, cmd_kinds},
  {"raw-paths",    "",           "Show", "raw paths in place of canonical lesson names, and back", DATA, cmd_raw_paths},
  {"fold",         "",           "Show", "fold or open: sessions, rows of tables, months", DATA, cmd_in_view},
  {"shift",        "left|right", "Show", "columns of wide tables that do not fit", DATA | SILENT, cmd_in_view},
  {"maximise",     "",           "Show", "this pane alone, and back", SILENT, cmd_maximise},
  {"detail",       "",           "Show", "open or close the details of the row", SILENT, cmd_detail},
  {"theme",        "dark|light|contrast|mono", "Show", "colours", NEEDS_NOTHING, cmd_theme},
  {"mark",         "[down|clear]", "Keep", "mark or unmark what is under the cursor; clear: all marks", DATA, cmd_mark},
  {"mark-range",   "",           "Keep", "mark everything from the last mark to the cursor", DATA, cmd_mark_range},
  {"next-mark",    "",           "Keep", "to the next mark", DATA | SILENT, cmd_next_mark},
  {"previous-mark","",           "Keep", "to the mark before", DATA | SILENT, cmd_previous_mark},
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
  {"export",       "FILE [--pseudonyms]", "Keep", "write the list (of rows, of flags) to FILE.csv, .json, .jsonl or .md", DATA, cmd_export},
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
  {"up",           "[N]",        "Move", "one row up", SILENT, cmd_move},
  {"down",         "[N]",        "Move", "one row down", SILENT, cmd_move},
  {"left",         "",           "Move", "column to the left; fold in the timeline", SILENT, cmd_move},
  {"right",        "",           "Move", "column to the right; open in the timeline", SILENT, cmd_move},
  {"page-up",      "",           "Move", "one screen up", SILENT, cmd_move},
  {"page-down",    "",           "Move", "one screen down", SILENT, cmd_move},
  {"half-up",      "",           "Move", "half a screen up", SILENT, cmd_move},
  {"half-down",    "",           "Move", "half a screen down", SILENT, cmd_move},
  {"first",        "",           "Move", "first row", SILENT, cmd_move},
  {"last",         "",           "Move", "last row", SILENT, cmd_move},
  {"row",          "N",          "Move", "to row N", SILENT, cmd_move},
  {"help",         "",           "Help", "keys and commands; type to narrow", SILENT, cmd_help},
  {"palette",      "",           "Help", "any command by its name", SILENT, cmd_palette},
  {"ask",          "COMMAND",    "Help", "type the rest of a command", SILENT, cmd_ask},
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
  static const char *const names[] = {"search", "filter",    "filters", "time",      "export",
                                      "scope",  "queue",     "status",  "exception", "rule",
                                      "note",   "note-edit", "case",    NULL};
  return g_strv_contains(names, name);
}

gboolean command_run(App *app, const char *line, GError **error)
{
  g_autofree char *text = g_strdup(line);
  g_strstrip(text);
  if (!*text)
    return TRUE;
  char *space = text;
  while (*space && !g_ascii_isspace(*space))
    space++;
  g_autofree char *name = g_strndup(text, (gsize)(space - text));
  while (g_ascii_isspace(*space))
    space++;
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
  if (!c->run(app, argc, argv, error))
    return FALSE;
  if (!(c->needs & CHANGES_NOTHING))
    g_ptr_array_add(app->command_log, g_strdup(text));
  return TRUE;
}
