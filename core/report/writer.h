/* What the writers of the single formats share; not for callers of write.h. */
#ifndef CORE_REPORT_WRITER_H
#define CORE_REPORT_WRITER_H

#include "core/report/write.h"

typedef struct {
  const char *name;
  gboolean for_people;
  void (*begin)(Writer *w);
  void (*row)(Writer *w, const Cell *cells);
  void (*end)(Writer *w);
  void (*heading)(Writer *w, const char *text);
} FormatWriter;

struct Writer {
  const FormatWriter *format;
  const TableColumn *columns;
  guint n;
  const WriteOptions *options;
  Sink *sink;
  GString *line;   /* the row being put together */
  Cell *cells;     /* of the row, with pseudonyms in place */
  GPtrArray *made; /* texts made for these cells */
  guint64 rows;    /* written so far */
  guint measured;  /* `table`: rows to hold back for measuring; 0 = widths are known */
  GPtrArray *held; /* `table`: texts of the rows held back */
  guint *widths;   /* `table` */
};

/* Hands w->line to the sink and empties it. */
void writer_put_line(Writer *w);

void people_table_begin(Writer *w);
void people_table_row(Writer *w, const Cell *cells);
void people_table_end(Writer *w);
void people_table_heading(Writer *w, const char *text);
void people_md_begin(Writer *w);
void people_md_row(Writer *w, const Cell *cells);

void data_csv_begin(Writer *w);
void data_csv_row(Writer *w, const Cell *cells);
void data_json_begin(Writer *w);
void data_json_row(Writer *w, const Cell *cells);
void data_json_end(Writer *w);
void data_jsonl_row(Writer *w, const Cell *cells);

#endif
