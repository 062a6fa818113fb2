/* Writers: a table, or rows one after another, as text for people or for programs.
 *
 * For people (`table`, `md`): titles of columns, numbers grouped, shares as percent. For programs
 * (`csv`, `json`, `jsonl`): names of columns, numbers as numbers, times as `YYYY-MM-DDTHH:MM:SS`,
 * missing as null or an empty field. Every text is made safe; columns that name users or addresses
 * hold pseudonyms when those are asked for. */
#ifndef CORE_REPORT_WRITE_H
#define CORE_REPORT_WRITE_H

#include "core/base/table.h"
#include "core/report/jsonout.h"
#include "core/report/pseudonym.h"
#include "core/report/sink.h"

typedef enum {
  WRITE_TABLE, /* aligned columns for a terminal */
  WRITE_CSV,
  WRITE_JSON,  /* an array of objects, one object a line */
  WRITE_JSONL, /* one object a line */
  WRITE_MD,    /* a Markdown table */
  N_WRITE_FORMATS
} WriteFormat;

const char *write_format_name(WriteFormat f);
/* FALSE, *ret untouched, when unknown. */
gboolean write_format_parse(const char *name, WriteFormat *ret);
/* FALSE also for the formats of reports, which lie beyond these. */
gboolean write_format_for_people(WriteFormat f);

typedef struct {
  WriteFormat format;
  gboolean spreadsheet;   /* CSV: texts that start like a formula get an apostrophe */
  Pseudonyms *pseudonyms; /* or NULL: names as they are */
} WriteOptions;

/* Text of a cell for programs without quotes ("1234", "0.042", "2019-02-14T10:00:00"), appended;
 * nothing when missing. */
void write_append_plain(GString *out, const TableColumn *column, const Cell *cell);
/* Text of an outgoing cell for people; times with their seconds, so that a column of them is even.
 * Free with g_free. */
char *write_people_text(const TableColumn *column, const Cell *cell);
/* Columns that a text takes on a terminal. */
guint write_width(const char *text);

typedef struct Writer Writer;

/* Starts a table of `n` columns; columns, options and sink must outlive the writer. The `table`
 * format measures its columns over the first WRITE_MEASURED rows: later rows that need more room
 * push their line to the right. */
#define WRITE_MEASURED 4096
Writer *writer_begin(const TableColumn *columns, guint n, const WriteOptions *o, Sink *sink);
/* One row of `n` cells, read before the call returns. FALSE when the sink has failed: stop. */
gboolean writer_row(Writer *w, const Cell *cells);
/* A line between rows, after an empty one: the head of a group. Only `table` shows it. */
void writer_heading(Writer *w, const char *text);
/* Writes what is left and frees. Errors are told by sink_close. */
void writer_end(Writer *w);

/* A whole table; `table` format is aligned over all of its rows. */
void write_table(const Table *t, const WriteOptions *o, Sink *sink);

/* One cell as a member of an object, named by its column, with a pseudonym where one is due. */
void write_json_cell(JsonOut *j, const TableColumn *column, const Cell *cell,
                     const WriteOptions *o);
/* The same as an element of an array. */
void write_json_element(JsonOut *j, const TableColumn *column, const Cell *cell,
                        const WriteOptions *o);
/* The cell as it may leave the program: no numbers that are none, names or pseudonyms. It borrows
 * from the cell, the pseudonyms and `made`, which gets texts that had to be made for it. */
Cell write_outgoing(const WriteOptions *o, const TableColumn *column, const Cell *cell,
                    GPtrArray *made);

/* A cell that borrows a text; NULL gives a missing one. */
static inline Cell cell_borrowed(const char *s)
{
  return (Cell){.missing = s == NULL, .v.s = (char *)s};
}
static inline Cell cell_int(gint64 v)
{
  return (Cell){.v.i = v};
}
static inline Cell cell_real(double v)
{
  return (Cell){.v.d = v};
}
static inline Cell cell_missing(void)
{
  return (Cell){.missing = TRUE};
}

#endif
