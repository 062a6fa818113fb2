/* Commands that write files: what is on the screen, in scope or marked; cases. */
#include "config.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/casebook/case_report.h"
#include "core/report/flag_list.h"
#include "core/report/write.h"
#include "tui/app/cases.h"
#include "tui/app/command.h"
#include "tui/app/export_table.h"
#include "tui/app/inputs.h"
#include "tui/app/outfile.h"
#include "tui/app/pseudonym_key.h"
#include "tui/views/view.h"

/* --- what is asked -----------------------------------------------------------------------------
 */

typedef enum { EXPORT_PANE, EXPORT_SCOPE, EXPORT_MARKS, N_EXPORTS } ExportWhat;

static const struct {
  const char *name, *other;
} whats[N_EXPORTS] = {{"pane", "list"}, {"scope", "rows"}, {"marks", "selection"}};

static const struct {
  const char *suffix, *label;
  char key;
  WriteFormat format; /* N_WRITE_FORMATS: a page */
} forms[] = {{"csv", "CSV, for spreadsheets and programs", 'c', WRITE_CSV},
             {"json", "JSON, one array of objects", 'j', WRITE_JSON},
             {"jsonl", "JSON lines, one object a line", 'l', WRITE_JSONL},
             {"md", "Markdown, a table to paste", 'm', WRITE_MD},
             {"html", "HTML, a page to open or print", 'h', N_WRITE_FORMATS}};

#define HTML_ROWS_MAX 100000

typedef struct {
  ExportWhat what;
  char *line; /* as it was asked, with the name of the command */
  char *file; /* the path that is meant; NULL: not said */
  char *suffix;
  gboolean secret;
  Pseudonyms *pseudonyms;
} ExportAsk;

static void clear_ask(ExportAsk *ask)
{
  g_free(ask->line);
  g_free(ask->file);
  g_free(ask->suffix);
}

/* Takes `word` off the front of the text when it stands there, alone or before more. */
static gboolean take_word(char **at, const char *word)
{
  gsize n = strlen(word);
  if (!g_str_has_prefix(*at, word) || ((*at)[n] && (*at)[n] != ' '))
    return FALSE;
  *at += n;
  *at += strspn(*at, " ");
  return TRUE;
}

/* Blanks the option out, on either side. */
static gboolean take_option(char *text)
{
  static const char *const options[] = {"--pseudonyms", "--anonymize"};
  for (guint i = 0; i < G_N_ELEMENTS(options); i++) {
    gsize n = strlen(options[i]);
    char *at = g_str_has_prefix(text, options[i]) ? text : NULL;
    if (g_str_has_suffix(text, options[i]))
      at = text + strlen(text) - n;
    if (!at)
      continue;
    memset(at, ' ', n);
    g_strstrip(text);
    return TRUE;
  }
  return FALSE;
}

static gboolean open_pseudonyms(App *app, ExportAsk *ask, GError **error)
{
  if (ask->secret && !app->pseudonyms)
    app->pseudonyms = pseudonym_key_open(app->log, error);
  ask->pseudonyms = ask->secret ? app->pseudonyms : NULL;
  return !ask->secret || ask->pseudonyms;
}

/* `[what] [format] [FILE] [--pseudonyms]` */
static void read_words(App *app, const char *command, const char *words, ExportAsk *ask)
{
  g_autofree char *text = g_strstrip(g_strdup(words));
  *ask = (ExportAsk){.what = EXPORT_PANE, .line = g_strdup_printf("%s %s", command, text)};
  ask->secret = take_option(text) || app->want_pseudonyms;
  char *at = text;
  for (int w = 0; w < N_EXPORTS; w++)
    if (take_word(&at, whats[w].name) || take_word(&at, whats[w].other)) {
      ask->what = (ExportWhat)w;
      break;
    }
  for (guint i = 0; i < G_N_ELEMENTS(forms) && !ask->suffix; i++)
    if (take_word(&at, forms[i].suffix))
      ask->suffix = g_strdup(forms[i].suffix);
  ask->file = *at ? g_strdup(at) : NULL;
  const char *dot = *at ? strrchr(at, '.') : NULL;
  if (!ask->suffix && dot)
    ask->suffix = g_ascii_strdown(dot + 1, -1);
}

static void tell(State *s, const ExportAsk *ask, guint n, const char *what)
{
  g_autofree char *count = text_grouped(n), *safe = text_safe(ask->file, -1);
  state_message(s, "wrote %s %s%s to %s%s", count, what, n == 1 ? "" : "s", safe,
                ask->pseudonyms ? ", with pseudonyms" : "");
}

/* --- what is written ---------------------------------------------------------------------------
 */

static const char *status_of(gpointer data, const Flag *f)
{
  const Judgement *j = queue_find(&((const State *)data)->queue, f->id);
  return status_name(j ? j->status : STATUS_OPEN);
}

static guint write_queue(State *s, const WriteOptions *o, Sink *sink)
{
  GPtrArray *list = g_ptr_array_new();
  for (guint i = 0; i < s->queue.n_visible; i++)
    g_ptr_array_add(list, (gpointer)queue_at(&s->queue, i)->flag);
  FlagListing listing = {
      .set = s->flags, .ds = s->ds, .list = list, .n = list->len, .status = status_of, .data = s};
  guint n = list->len;
  flag_list_write(&listing, o, sink);
  g_ptr_array_unref(list);
  return n;
}

/* What is to be written: a table, or rows of the log. */
typedef struct {
  Table *table;   /* or NULL */
  Selection *sel; /* rows of the log */
  GArray *rows;   /* the same */
  gboolean flags; /* the list of flags, which has formats of its own */
} Content;

static void clear_content(Content *c)
{
  table_free(c->table);
  selection_free(c->sel);
  if (c->rows)
    g_array_unref(c->rows);
}

static gboolean nothing(GError **error, const char *why)
{
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, why);
  return FALSE;
}

static gboolean find_pane(State *s, gboolean html, Content *ret, GError **error)
{
  Pane *p = state_pane(s);
  if (p && p->ranking)
    ret->table = export_pane(s, p, FALSE);
  else if (s->view == VIEW_FLAGS && s->flags && !html)
    ret->flags = TRUE;
  else if (!p)
    ret->table = export_view(s);
  return ret->table || ret->flags || nothing(error, "there is no table here to write");
}

static gboolean find_marks(State *s, Content *ret, GError **error)
{
  Pane *p = state_pane(s);
  if (p && export_count_marked(s, p)) {
    ret->table = export_pane(s, p, TRUE);
    return TRUE;
  }
  ret->rows = export_marked_rows(s);
  return ret->rows->len || nothing(error, p ? "nothing in this list is marked, and no row of the "
                                              "log; m marks"
                                            : "no row of the log is marked; m marks");
}

static gboolean find_content(State *s, const ExportAsk *ask, gboolean html, Content *ret,
                             GError **error)
{
  if (ask->what == EXPORT_PANE)
    return find_pane(s, html, ret, error);
  if (ask->what == EXPORT_MARKS)
    return find_marks(s, ret, error);
  Scope *scope = state_scope(s);
  ret->sel = scope_select(scope, s->ds, error);
  scope_free(scope);
  return ret->sel != NULL;
}

static guint write_page(State *s, const ExportAsk *ask, Content *c, Sink *sink)
{
  if (!c->table)
    c->table = export_rows_table(s, c->sel, c->rows);
  g_autofree char *scope = chips_print(s->chips);
  g_autofree char *source = text_safe(s->source ? s->source : "", -1);
  g_autofree char *about = g_strdup_printf("%s; %s", source,
                                           ask->pseudonyms && *scope ? "filtered"
                                           : *scope                  ? scope
                                                                     : "every row counts");
  export_html(c->table, c->table->title, about, ask->pseudonyms, sink);
  return c->table->n_rows;
}

static guint write_content(State *s, const ExportAsk *ask, WriteFormat format, Content *c,
                           Sink *sink)
{
  WriteOptions o = {.format = format, .pseudonyms = ask->pseudonyms};
  if (format == N_WRITE_FORMATS)
    return write_page(s, ask, c, sink);
  if (c->flags)
    return write_queue(s, &o, sink);
  if (!c->table)
    return export_rows(s, c->sel, c->rows, &o, sink);
  write_table(c->table, &o, sink);
  return c->table->n_rows;
}

/* Names stand in texts of a view that is neither list nor rows: pseudonyms cannot be promised. */
static gboolean may_be_secret(const State *s, const ExportAsk *ask, const Content *c)
{
  return !ask->secret || ask->what != EXPORT_PANE || c->flags || view_is_pane(s->view);
}

static gboolean write_file(App *app, ExportAsk *ask, WriteFormat format, GError **error)
{
  State *s = app->state;
  Content c = {.table = NULL};
  gboolean html = format == N_WRITE_FORMATS, ok = find_content(s, ask, html, &c, error);
  if (ok && html && c.sel && c.sel->n > HTML_ROWS_MAX)
    ok = nothing(error, "a page holds at most 100,000 rows; narrow the scope, or write .csv");
  if (ok && !may_be_secret(s, ask, &c))
    ok = nothing(error, "pseudonyms can be had for lists, flags and rows, not for this view");
  ok =
      ok && open_pseudonyms(app, ask, error) && outfile_may_write(app, ask->file, ask->line, error);
  Sink *sink = ok ? sink_file(ask->file, error) : NULL;
  guint n = sink ? write_content(s, ask, format, &c, sink) : 0;
  ok = sink && sink_close(sink, error);
  if (ok)
    tell(s, ask, n, c.flags ? "flag" : "row");
  clear_content(&c);
  return ok;
}

/* --- what is asked in menus --------------------------------------------------------------------
 */

/* First what, then in which form, then the name. */
static void ask_what(App *app)
{
  State *s = app->state;
  Pane *p = state_pane(s);
  g_autofree char *rows = text_grouped(p ? p->n_visible : 0), *hits = text_grouped(s->total_hits);
  g_autofree char *rows_text = p ? g_strdup_printf("%s rows", rows) : NULL;
  g_autofree char *hits_text = g_strdup_printf("%s rows", hits);
  guint marked = p ? export_count_marked(s, p) : 0;
  if (!marked) {
    GArray *found = export_marked_rows(s);
    marked = found->len;
    g_array_unref(found);
  }
  g_autofree char *marks = g_strdup_printf("%u", marked);
  Menu *m = menu_new(MENU_CHOICE, "Write to a file");
  menu_add(m, "p", p ? "this list" : "what this view shows", rows_text, "export pane");
  menu_add(m, "s", "the rows of the log in scope", hits_text, "export scope");
  if (marked)
    menu_add(m, "m", "what is marked", marks, "export marks");
  if (casebook_current_case(s->casebook))
    menu_add(m, "c", "the open case", NULL, "ask case export");
  menu_add(m, "a", "the answers as a slide", ".pptx", "ask slide");
  menu_add(m, "n", "names of users and addresses",
           app->want_pseudonyms ? "pseudonyms" : "as logged",
           app->want_pseudonyms ? "set pseudonyms=off ; export" : "set pseudonyms=on ; export");
  state_show_menu(app->state, m);
}

static void ask_form(App *app, const ExportAsk *ask)
{
  g_autofree char *title = g_strdup_printf("Form%s", ask->secret ? " (with pseudonyms)" : "");
  Menu *m = menu_new(MENU_CHOICE, title);
  for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
    const char key[] = {forms[i].key, 0};
    g_autofree char *command =
        g_strdup_printf("ask export %s %s", whats[ask->what].name, forms[i].suffix);
    menu_add(m, key, forms[i].label, forms[i].suffix, command);
  }
  state_show_menu(app->state, m);
}

char *export_proposal(App *app, const char *words)
{
  ExportAsk ask;
  read_words(app, "export", words, &ask);
  const View *view = view_get(app->state->view);
  const char *name = ask.what == EXPORT_SCOPE   ? "rows"
                     : ask.what == EXPORT_MARKS ? "marked"
                                                : view->name;
  char *text = ask.suffix ? g_strdup_printf("%s.%s", name, ask.suffix) : NULL;
  clear_ask(&ask);
  return text;
}

gboolean cmd_export(App *app, int argc, char **argv, GError **error)
{
  ExportAsk ask;
  WriteFormat format = N_WRITE_FORMATS;
  read_words(app, "export", argc > 1 ? argv[1] : "", &ask);
  gboolean ok = TRUE, known = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(forms); i++)
    if (g_strcmp0(forms[i].suffix, ask.suffix) == 0) {
      known = TRUE;
      format = forms[i].format;
    }
  if (!ask.file && argc > 1 && known) {
    ok = nothing(error, "name a file to write to");
  } else if (!ask.file && argc > 1) {
    ask_form(app, &ask);
  } else if (!ask.file) {
    ask_what(app);
  } else if (!known) {
    ok = nothing(error, "name a file that ends in .csv, .json, .jsonl, .md or .html");
  } else {
    g_autofree char *name = g_steal_pointer(&ask.file);
    ask.file = outfile_path(app, name, error);
    ok = ask.file && write_file(app, &ask, format, error);
  }
  clear_ask(&ask);
  return ok;
}

/* --- cases -------------------------------------------------------------------------------------
 */

static gboolean read_case_file(App *app, const char *words, ExportAsk *ask, ReportFormat *ret,
                               GError **error)
{
  g_autofree char *text = g_strstrip(g_strdup(words));
  *ask = (ExportAsk){.line = g_strdup_printf("case export %s", text)};
  ask->secret = take_option(text) || app->want_pseudonyms;
  const char *dot = strrchr(text, '.');
  if (!*text)
    return nothing(error, "name a file to write to");
  if (!dot || !report_format_parse(dot + 1, ret) || *ret == REPORT_JSON)
    return nothing(error, "name a file that ends in .md or .html");
  ask->file = outfile_path(app, text, error);
  return ask->file && open_pseudonyms(app, ask, error) &&
         outfile_may_write(app, ask->file, ask->line, error);
}

gboolean case_export(App *app, const char *words, GError **error)
{
  State *s = app->state;
  const Case *c = casebook_current_case(s->casebook);
  ExportAsk ask;
  ReportFormat format;
  if (!c) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "no case is open; `case` lists them, `case N` opens one");
    return FALSE;
  }
  if (!read_case_file(app, words, &ask, &format, error)) {
    clear_ask(&ask);
    return FALSE;
  }
  GPtrArray *files = inputs_digest(app->plan);
  CaseReport report = {.book = s->casebook,
                       .c = c,
                       .ds = s->ds,
                       .flags = s->flags,
                       .name = app->plan->name,
                       .version = VERSION,
                       .files = files,
                       .pseudonyms = ask.pseudonyms,
                       .by = cases_stamp(app)};
  Sink *sink = sink_file(ask.file, error);
  if (sink)
    case_report_write(&report, format, sink);
  gboolean ok = sink && sink_close(sink, error);
  if (ok)
    tell(s, &ask, c->members->len, "item");
  g_ptr_array_unref(files);
  clear_ask(&ask);
  return ok;
}
