/* Reports in Markdown: plain enough to be read as it is, and rendered by whoever can. */
#include "core/base/text.h"
#include "core/report/doc.h"

#include <string.h>

static void md_begin(Doc *d, const char *title)
{
  (void)d;
  (void)title; /* the first heading says it */
}

static void md_end(Doc *d)
{
  while (d->out->len > 1 && g_str_has_suffix(d->out->str, "\n\n"))
    g_string_truncate(d->out, d->out->len - 1);
}

/* What stands before and after a block. */
static const struct {
  const char *before, *after;
} blocks[N_DOC_BLOCKS] = {
    [DOC_CONTENTS] = {"", "\n"},    [DOC_MAIN] = {"", ""},       [DOC_SECTION] = {"", ""},
    [DOC_PARAGRAPH] = {"", "\n\n"}, [DOC_LEAD] = {"", "\n\n"},   [DOC_LABEL] = {"**", "**\n\n"},
    [DOC_ASIDE] = {"", "\n\n"},     [DOC_FINDINGS] = {"", "\n"}, [DOC_LIST] = {"", "\n"},
    [DOC_ITEM] = {"- ", "\n"},      [DOC_TERMS] = {"", "\n"},    [DOC_FACTS] = {"", "\n"},
    [DOC_TERM] = {"- **", ":** "},  [DOC_MEANING] = {"", "\n"},
};

static void md_open(Doc *d, DocBlock b, const char *anchor)
{
  (void)anchor;
  g_string_append(d->out, blocks[b].before);
}

static void md_close(Doc *d, DocBlock b)
{
  g_string_append(d->out, blocks[b].after);
}

static void md_heading(Doc *d, guint level, const char *anchor, const char *text)
{
  (void)anchor;
  for (guint i = 0; i < level; i++)
    g_string_append_c(d->out, '#');
  g_string_append_c(d->out, ' ');
  text_append_markdown(d->out, text, -1);
  g_string_append(d->out, "\n\n");
}

/* Text between backticks keeps every character but a backtick, which needs two of them around. */
static void append_code(GString *out, const char *text)
{
  char *safe = text_safe(text, -1);
  const char *fence = strchr(safe, '`') ? "``" : "`";
  g_string_append_printf(out, "%s%s%s%s%s", fence, fence[1] ? " " : "", safe, fence[1] ? " " : "",
                         fence);
  g_free(safe);
}

static void md_text(Doc *d, DocStyle style, const char *text)
{
  gboolean at_start = d->out->len == 0 || d->out->str[d->out->len - 1] == '\n' ||
                      g_str_has_suffix(d->out->str, "\n- ") || strcmp(d->out->str, "- ") == 0;
  if (style == DOC_CODE) {
    append_code(d->out, text);
    return;
  }
  g_string_append(d->out, style == DOC_STRONG ? "**" : "");
  /* At the start of a line these would begin a heading, a quotation or a list. */
  if (at_start && *text && strchr("#>+-=", *text))
    g_string_append_c(d->out, '\\');
  text_append_markdown(d->out, text, -1);
  g_string_append(d->out, style == DOC_STRONG ? "**" : "");
}

static void md_link(Doc *d, const char *anchor, const char *text)
{
  (void)anchor;
  md_text(d, DOC_PLAIN, text);
}

static void md_table(Doc *d, const TableBlock *t)
{
  guint n = table_n_columns(t->table);
  guint most = t->most ? MIN(t->most, t->table->n_rows) : t->table->n_rows;
  if (t->title)
    md_heading(d, 3, NULL, t->title);
  TableColumn *columns = g_memdup2(t->table->columns->data, n * sizeof *columns);
  for (guint c = 0; c < n; c++)
    columns[c].title = (char *)doc_head(t, c);
  Sink *sink = sink_string(d->out);
  Writer *w = writer_begin(columns, n, &d->write, sink);
  for (guint row = 0; row < most && n > 0; row++)
    writer_row(w, table_cell(t->table, row, 0));
  writer_end(w);
  sink_close(sink, NULL);
  g_free(columns);
  g_string_append_c(d->out, '\n');
  if (most < t->table->n_rows) {
    char *shown = text_grouped(most), *all = text_grouped(t->table->n_rows);
    g_string_append_printf(d->out, "The first %s of %s rows%s%s.\n\n", shown, all,
                           t->more ? "; " : "", t->more ? t->more : "");
    g_free(shown);
    g_free(all);
  }
}

const DocFormat doc_md = {FALSE,      md_begin, md_end,  md_open,  md_close,
                          md_heading, md_text,  md_link, md_table, NULL};
