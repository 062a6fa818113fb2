/* CSV reading: libcsv, line by line, with the guards it lacks.
 *
 * - The length of a field and of a quoted field's lines are limited.
 * - A quote that is never closed costs its own line only: reading goes on at the next one.
 * - Rows of the wrong width are rejected; NUL bytes too. Every line is accounted for. */
#ifndef CORE_INGEST_CSVREAD_H
#define CORE_INGEST_CSVREAD_H

#include "core/ingest/lines.h"
#include "core/ingest/rows.h"

/* Lines behind the first that one quoted row may have. */
#define QUOTED_LINES_MAX 16

typedef struct CsvReader CsvReader;

CsvReader *csv_reader_new(const Layout *layout, Rows *rows);
void csv_reader_free(CsvReader *c);
/* Forgets a row that was begun: a new text follows. */
void csv_reader_reset(CsvReader *c);
/* From now on the text may go on later: a row that is not whole at its end is left there. */
void csv_reader_expect_more(CsvReader *c, gboolean more);
/* TRUE when the last csv_reader_line left its row: it begins where `lines` stands now. */
gboolean csv_reader_left_row(const CsvReader *c);
/* Reads `line`, just handed out by `lines` and counted in `out`; takes further lines from `lines`
 * when the row goes on there. FALSE when reading failed. */
gboolean csv_reader_line(CsvReader *c, Lines *lines, const Line *line, Batch *out, GError **error);

/* Splits one line into fields; returns their number. With more than `max` fields the rest is
 * counted only. The texts are in `buf` (at least len bytes). *ret_open: ends inside a quote. */
guint csv_split(const char *line, gsize len, char delimiter, gboolean quotes, char *buf,
                ColumnName *fields, guint max, gboolean *ret_open);

#endif
