/* Documents: the frame around the formats. */
#include "core/report/doc.h"

#include <stdarg.h>

#define PIECE 65536 /* what is ready goes to the sink in pieces of this size */

void doc_begin(Doc *d, const DocFormat *format, Sink *sink, Pseudonyms *p, const char *title)
{
  *d = (Doc){.format = format, .sink = sink, .write = {.format = WRITE_MD, .pseudonyms = p}};
  d->out = g_string_sized_new(PIECE * 2);
  d->made = g_ptr_array_new_with_free_func(g_free);
  format->begin(d, title);
}

static void flush(Doc *d)
{
  sink_write(d->sink, d->out->str, d->out->len);
  g_string_truncate(d->out, 0);
}

void doc_end(Doc *d)
{
  d->format->end(d);
  flush(d);
  g_string_free(d->out, TRUE);
  g_ptr_array_unref(d->made);
}

void doc_open(Doc *d, DocBlock b, const char *anchor)
{
  g_return_if_fail(d->depth < G_N_ELEMENTS(d->inside));
  d->format->open(d, b, anchor);
  d->inside[d->depth++] = b;
}

void doc_close(Doc *d)
{
  g_return_if_fail(d->depth > 0);
  d->format->close(d, d->inside[--d->depth]);
  if (d->out->len >= PIECE)
    flush(d);
}

void doc_heading(Doc *d, guint level, const char *anchor, const char *text)
{
  d->format->heading(d, level, anchor, text);
}

void doc_text(Doc *d, DocStyle style, const char *text)
{
  d->format->text(d, style, text);
}

__attribute__((format(printf, 2, 0))) static void put_vprintf(Doc *d, const char *format,
                                                              va_list args)
{
  char *text = g_strdup_vprintf(format, args);
  doc_text(d, DOC_PLAIN, text);
  g_free(text);
}

void doc_printf(Doc *d, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  put_vprintf(d, format, args);
  va_end(args);
}

void doc_link(Doc *d, const char *anchor, const char *text)
{
  d->format->link(d, anchor, text);
}

void doc_table(Doc *d, const TableBlock *t)
{
  d->n_tables++;
  d->format->table(d, t);
}

const char *doc_head(const TableBlock *t, guint column)
{
  const TableColumn *c = table_column(t->table, column);
  const GlossaryEntry *e = t->glossary ? glossary_find(t->glossary, c) : NULL;
  return e ? e->name : c->title;
}

void doc_chart(Doc *d, const Chart *c)
{
  d->n_charts++;
  if (d->format->chart)
    d->format->chart(d, c);
}

void doc_block(Doc *d, DocBlock b, const char *format, ...)
{
  va_list args;
  doc_open(d, b, NULL);
  va_start(args, format);
  put_vprintf(d, format, args);
  va_end(args);
  doc_close(d);
}

void doc_term(Doc *d, const char *term, const char *format, ...)
{
  va_list args;
  doc_open(d, DOC_TERM, NULL);
  doc_text(d, DOC_PLAIN, term);
  doc_close(d);
  doc_open(d, DOC_MEANING, NULL);
  va_start(args, format);
  put_vprintf(d, format, args);
  va_end(args);
  doc_close(d);
}
