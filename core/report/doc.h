/* Documents: what a report for people is made of, apart from the form in which it is written.
 *
 * Whoever writes a document says headings, paragraphs, lists, tables and charts; a format turns
 * them into Markdown or HTML. Texts come as they are: each format escapes what it must, and makes
 * them safe. Blocks are closed by whoever opened them. */
#ifndef CORE_REPORT_DOC_H
#define CORE_REPORT_DOC_H

#include "core/report/chart.h"
#include "core/report/glossary.h"
#include "core/report/write.h"

typedef enum {
  DOC_CONTENTS, /* the table of contents; only where links are of use */
  DOC_MAIN,     /* everything else */
  DOC_SECTION,  /* a chapter: starts a page in print */
  DOC_PARAGRAPH,
  DOC_LEAD,     /* the paragraph below a title */
  DOC_LABEL,    /* a line above a list: what it is about */
  DOC_ASIDE,    /* a paragraph of smaller print: what was counted, how */
  DOC_FINDINGS, /* a list of what was found */
  DOC_LIST,
  DOC_ITEM,
  DOC_TERMS, /* a list of words, each with its meaning */
  DOC_FACTS, /* the same for short values: numbers of a log */
  DOC_TERM,
  DOC_MEANING,
  N_DOC_BLOCKS
} DocBlock;

typedef enum { DOC_PLAIN, DOC_STRONG, DOC_CODE, N_DOC_STYLES } DocStyle;

typedef struct {
  const Table *table;
  const char *title;        /* NULL: none */
  guint shown, most;        /* rows that are seen at once, and rows that are there; 0: all */
  const Glossary *glossary; /* where its columns are named and explained; NULL: by their titles */
  const char *more;         /* where the rest is, after "first 100 of 312 rows"; or NULL */
} TableBlock;

typedef struct Doc Doc;

typedef struct {
  gboolean links; /* has links, so that a table of contents is of use */
  void (*begin)(Doc *d, const char *title);
  void (*end)(Doc *d);
  void (*open)(Doc *d, DocBlock b, const char *anchor);
  void (*close)(Doc *d, DocBlock b);
  void (*heading)(Doc *d, guint level, const char *anchor, const char *text);
  void (*text)(Doc *d, DocStyle style, const char *text);
  void (*link)(Doc *d, const char *anchor, const char *text);
  void (*table)(Doc *d, const TableBlock *t);
  void (*chart)(Doc *d, const Chart *c); /* NULL: the format has no pictures */
} DocFormat;

extern const DocFormat doc_md, doc_html;

struct Doc {
  const DocFormat *format;
  Sink *sink;
  GString *out;       /* not yet in the sink */
  WriteOptions write; /* pseudonyms */
  DocBlock inside[8]; /* the blocks that are open */
  guint depth;
  guint n_tables, n_charts; /* so far */
  GPtrArray *made;          /* texts made for cells, cleared row by row */
};

void doc_begin(Doc *d, const DocFormat *format, Sink *sink, Pseudonyms *p, const char *title);
/* Ends the document and frees what it holds; the sink stays the caller's. */
void doc_end(Doc *d);
/* `anchor` may be NULL. */
void doc_open(Doc *d, DocBlock b, const char *anchor);
void doc_close(Doc *d);
void doc_heading(Doc *d, guint level, const char *anchor, const char *text);
void doc_text(Doc *d, DocStyle style, const char *text);
void doc_printf(Doc *d, const char *format, ...) G_GNUC_PRINTF(2, 3);
void doc_link(Doc *d, const char *anchor, const char *text);
void doc_table(Doc *d, const TableBlock *t);
void doc_chart(Doc *d, const Chart *c);

/* What a column is called in a document. */
const char *doc_head(const TableBlock *t, guint column);
/* A whole block of one text. */
void doc_block(Doc *d, DocBlock b, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* A word and its meaning, within DOC_TERMS or DOC_FACTS. */
void doc_term(Doc *d, const char *term, const char *format, ...) G_GNUC_PRINTF(3, 4);

#endif
