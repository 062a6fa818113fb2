/* Reports in HTML: one file without scripts and without anything from elsewhere.
 *
 * Every element is closed and every attribute quoted, so that the file is well-formed XML too. Long
 * tables show their first rows; a check box, which needs no script, shows the others. */
#include "core/base/assets.h"
#include "core/base/text.h"
#include "core/report/doc.h"
#include "core/report/svg.h"

#define STYLE "report.css"

#define WORDY             40 /* a column with a text of more characters gets room */
#define SHORT             24 /* one with none of more characters is not broken */
#define MANY_COLUMNS      8  /* a table with more is set smaller */
#define VERY_MANY_COLUMNS 16 /* and lies on its side on paper */

static void append(Doc *d, const char *markup)
{
  g_string_append(d->out, markup);
}

static void append_text(Doc *d, const char *text)
{
  text_append_html(d->out, text, -1);
}

static void append_count(Doc *d, guint64 n)
{
  char *text = text_grouped((gint64)n);
  append(d, text);
  g_free(text);
}

static void append_sort_rules(Doc *d);

static void html_begin(Doc *d, const char *title)
{
  append(d, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n"
            "<meta name=\"color-scheme\" content=\"light dark\" />\n"
            "<meta name=\"robots\" content=\"noindex\" />\n<title>");
  append_text(d, title);
  append(d, "</title>\n<style>\n");
  GBytes *style = assets_get(STYLE);
  gsize len = 0;
  const char *css = style ? g_bytes_get_data(style, &len) : "";
  g_string_append_len(d->out, css, (gssize)len);
  append_sort_rules(d);
  if (style)
    g_bytes_unref(style);
  append(d, "</style>\n</head>\n<body>\n");
}

static void html_end(Doc *d)
{
  append(d, "</body>\n</html>\n");
}

static const struct {
  const char *element, *class;
  const char *before, *after; /* around the element */
} blocks[N_DOC_BLOCKS] = {
    [DOC_CONTENTS] = {"nav", "contents", "", ""},
    [DOC_MAIN] = {"main", NULL, "", ""},
    [DOC_SECTION] = {"section", "chapter", "", ""},
    [DOC_PARAGRAPH] = {"p", NULL, "", ""},
    [DOC_LEAD] = {"p", "lead", "", ""},
    [DOC_LABEL] = {"p", "label", "", ""},
    [DOC_ASIDE] = {"p", "aside", "", ""},
    [DOC_FINDINGS] = {"ul", "findings", "", ""},
    [DOC_LIST] = {"ul", NULL, "", ""},
    [DOC_ITEM] = {"li", NULL, "", ""},
    [DOC_TERMS] = {"dl", "terms", "", ""},
    [DOC_FACTS] = {"dl", "facts", "", ""},
    [DOC_TERM] = {"dt", NULL, "<div>", ""},
    [DOC_MEANING] = {"dd", NULL, "", "</div>"},
};

static void html_open(Doc *d, DocBlock b, const char *anchor)
{
  append(d, blocks[b].before);
  g_string_append_printf(d->out, "<%s", blocks[b].element);
  if (blocks[b].class)
    g_string_append_printf(d->out, " class=\"%s\"", blocks[b].class);
  if (b == DOC_CONTENTS)
    append(d, " aria-label=\"Contents\"");
  if (anchor)
    g_string_append_printf(d->out, " id=\"%s\"", anchor);
  append(d, ">");
}

static void html_close(Doc *d, DocBlock b)
{
  g_string_append_printf(d->out, "</%s>%s\n", blocks[b].element, blocks[b].after);
}

static void html_heading(Doc *d, guint level, const char *anchor, const char *text)
{
  g_string_append_printf(d->out, "<h%u", level);
  if (anchor)
    g_string_append_printf(d->out, " id=\"%s\"", anchor);
  append(d, ">");
  append_text(d, text);
  g_string_append_printf(d->out, "</h%u>\n", level);
}

/* Length of a date `2019-02` or `2019-02-14` at the start of a text, or 0. */
static gsize date_length(const char *s)
{
  static const char form[] = "0000-00-00";
  gsize n = 0;
  while (form[n] && (form[n] == '0' ? g_ascii_isdigit(s[n]) : s[n] == '-'))
    n++;
  return n >= 7 ? (n == 10 ? 10 : 7) : 0;
}

/* Text of a sentence or a cell: a line may end behind the commas of a list and the slashes of a
 * path, but not within a date or before a percent sign. */
static void append_prose(Doc *d, const char *text)
{
  const char *from = text; /* up to here it is written */
  for (const char *p = text; *p; p++) {
    gsize n = p == text || !g_ascii_isalnum(p[-1]) ? date_length(p) : 0;
    if (n > 0) {
      text_append_html(d->out, from, p - from);
      append(d, "<span class=\"d\">");
      text_append_html(d->out, p, (gssize)n);
      append(d, "</span>");
      from = p + n;
      p = from - 1;
    } else if ((*p == ',' && g_ascii_isalpha(p[1])) || (*p == '/' && g_ascii_isalnum(p[1]))) {
      text_append_html(d->out, from, p - from + 1);
      append(d, "<wbr />");
      from = p + 1;
    } else if (*p == ' ' && p[1] == '%') {
      text_append_html(d->out, from, p - from);
      append(d, "&#160;");
      from = p + 1;
    }
  }
  append_text(d, from);
}

static void html_text(Doc *d, DocStyle style, const char *text)
{
  static const char *const elements[N_DOC_STYLES] = {NULL, "strong", "code"};
  if (elements[style])
    g_string_append_printf(d->out, "<%s>", elements[style]);
  if (style == DOC_CODE)
    append_text(d, text);
  else
    append_prose(d, text);
  if (elements[style])
    g_string_append_printf(d->out, "</%s>", elements[style]);
}

static void html_link(Doc *d, const char *anchor, const char *text)
{
  g_string_append_printf(d->out, "<a href=\"#%s\">", anchor);
  append_text(d, text);
  append(d, "</a>");
}

/* --- tables ---------------------------------------------------------------------------------- */

/* How a column is set. Cells carry no class, which would be most of the file: the table says which
 * of its columns are of which sort, and the style sheet has a rule for every place. */
typedef enum { SORT_PLAIN, SORT_NUMBER, SORT_DATE, SORT_SHORT, SORT_WORDS, N_SORTS } ColumnSort;

#define SORTED_COLUMNS 32 /* columns behind these are plain */

static const struct {
  char letter;
  const char *style;
} sorts[N_SORTS] = {
    [SORT_NUMBER] = {'n', "text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap"},
    [SORT_DATE] = {'d', "font-variant-numeric:tabular-nums;white-space:nowrap"},
    [SORT_SHORT] = {'s', "white-space:var(--short)"},
    [SORT_WORDS] = {'w', "min-width:var(--wordy)"},
};

/* Rules such as `.n1 tr>:nth-child(1),.n2 tr>:nth-child(2){...}`. */
static void append_sort_rules(Doc *d)
{
  for (guint s = SORT_PLAIN + 1; s < N_SORTS; s++) {
    for (guint c = 1; c <= SORTED_COLUMNS; c++)
      g_string_append_printf(d->out, "%s.%c%u tr>:nth-child(%u)", c > 1 ? "," : "", sorts[s].letter,
                             c, c);
    g_string_append_printf(d->out, "{%s}\n", sorts[s].style);
  }
}

/* A column of long texts is given room, as the numbers beside it would take the width; names are
 * not broken at their hyphens. */
static ColumnSort sort_of_texts(const TableBlock *t, guint column, guint most)
{
  glong longest = 0;
  for (guint row = 0; row < most; row++) {
    const Cell *cell = table_cell(t->table, row, column);
    if (!cell->missing)
      longest = MAX(longest, g_utf8_strlen(cell->v.s, WORDY * 4));
  }
  return longest > WORDY ? SORT_WORDS : longest <= SHORT ? SORT_SHORT : SORT_PLAIN;
}

static ColumnSort sort_of(const TableBlock *t, guint column, guint most)
{
  switch (table_column(t->table, column)->type) {
  case CELL_INT:
  case CELL_REAL:
  case CELL_SHARE:
    return SORT_NUMBER;
  case CELL_DATE:
    return SORT_DATE;
  case CELL_TEXT:
    return sort_of_texts(t, column, most);
  case CELL_TIME:
  case CELL_BOOL:
    break;
  }
  return SORT_PLAIN;
}

static void append_classes(Doc *d, const TableBlock *t, guint most)
{
  gboolean any = FALSE;
  for (guint c = 0; c < MIN(table_n_columns(t->table), SORTED_COLUMNS); c++) {
    ColumnSort sort = sort_of(t, c, most);
    if (sort == SORT_PLAIN)
      continue;
    g_string_append_printf(d->out, "%s%c%u", any ? " " : " class=\"", sorts[sort].letter, c + 1);
    any = TRUE;
  }
  append(d, any ? "\"" : "");
}

static void append_head(Doc *d, const TableBlock *t)
{
  append(d, "<thead><tr>");
  for (guint c = 0; c < table_n_columns(t->table); c++) {
    const TableColumn *column = table_column(t->table, c);
    const GlossaryEntry *entry = t->glossary ? glossary_find(t->glossary, column) : NULL;
    append(d, "<th scope=\"col\">");
    if (entry) {
      g_string_append_printf(d->out, "<a href=\"#%s\" title=\"", entry->anchor);
      append_text(d, column->definition);
      append(d, "\">");
    }
    append_text(d, doc_head(t, c));
    append(d, entry ? "</a></th>" : "</th>");
  }
  append(d, "</tr></thead>\n<tbody>\n");
}

static void append_row(Doc *d, const TableBlock *t, guint row)
{
  append(d, t->shown && row >= t->shown ? "<tr class=\"x\">" : "<tr>");
  for (guint c = 0; c < table_n_columns(t->table); c++) {
    const TableColumn *column = table_column(t->table, c);
    Cell cell = write_outgoing(&d->write, column, table_cell(t->table, row, c), d->made);
    char *text = write_people_text(column, &cell);
    gboolean head = c == 0 && column->type == CELL_TEXT;
    append(d, head ? "<th scope=\"row\">" : "<td>");
    if (column->type == CELL_TEXT || column->type == CELL_TIME)
      append_prose(d, text);
    else
      append_text(d, text);
    append(d, head ? "</th>" : "</td>");
    g_free(text);
  }
  append(d, "</tr>\n");
  g_ptr_array_set_size(d->made, 0);
}

/* On paper there is no switch that shows all rows, so the caption says what is missing. */
static void append_caption(Doc *d, const TableBlock *t, guint most)
{
  if (!t->title)
    return;
  append(d, "<caption>");
  append_text(d, t->title);
  append(d, " <span>");
  append_count(d, t->table->n_rows);
  append(d, t->table->n_rows == 1 ? " row" : " rows");
  if (t->shown && most > t->shown) {
    append(d, "<span class=\"paper\">, of which the first ");
    append_count(d, t->shown);
    append(d, " are printed</span>");
  }
  append(d, "</span></caption>\n");
}

/* The switch behind a table that shows the rows of class x. */
static void append_switch(Doc *d, const TableBlock *t, guint most)
{
  g_string_append_printf(d->out,
                         "<input type=\"checkbox\" class=\"more\" id=\"m%u\" /><label for=\"m%u\">"
                         "<span class=\"all\">Show all ",
                         d->n_tables, d->n_tables);
  append_count(d, most);
  append(d, " rows</span><span class=\"few\">Show the first ");
  append_count(d, t->shown);
  append(d, " rows only</span></label>\n");
}

/* Rows that are not in the file at all. */
static void append_note(Doc *d, const TableBlock *t, guint most)
{
  if (most == t->table->n_rows)
    return;
  append(d, "<p class=\"aside\">The first ");
  append_count(d, most);
  append(d, " of ");
  append_count(d, t->table->n_rows);
  append(d, " rows");
  if (t->more) {
    append(d, "; ");
    append_text(d, t->more);
  }
  append(d, ".</p>\n");
}

static void html_table(Doc *d, const TableBlock *t)
{
  guint n = table_n_columns(t->table);
  guint most = t->most ? MIN(t->most, t->table->n_rows) : t->table->n_rows;
  append(d, n > VERY_MANY_COLUMNS ? "<div class=\"table wide huge\">"
            : n > MANY_COLUMNS    ? "<div class=\"table wide\">"
                                  : "<div class=\"table\">");
  append(d, "<div class=\"box\"><table");
  append_classes(d, t, most);
  append(d, ">\n");
  append_caption(d, t, most);
  append_head(d, t);
  for (guint row = 0; row < most && n > 0; row++)
    append_row(d, t, row);
  append(d, "</tbody></table></div>\n");
  if (t->shown && most > t->shown)
    append_switch(d, t, most);
  append_note(d, t, most);
  append(d, "</div>\n");
}

/* --- charts ---------------------------------------------------------------------------------- */

static void html_chart(Doc *d, const Chart *c)
{
  append(d, "<figure><figcaption>");
  append_text(d, c->title);
  if (c->caption) {
    append(d, "<span>");
    append_text(d, c->caption);
    append(d, "</span>");
  }
  append(d, "</figcaption>\n<div class=\"pic\">");
  svg_append_chart(d->out, c, d->n_charts);
  append(d, "</div></figure>\n");
}

const DocFormat doc_html = {TRUE,         html_begin, html_end,  html_open,  html_close,
                            html_heading, html_text,  html_link, html_table, html_chart};
