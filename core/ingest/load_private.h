/* The inside of loading, shared by its files. */
#ifndef CORE_INGEST_LOAD_PRIVATE_H
#define CORE_INGEST_LOAD_PRIVATE_H

#include "core/ingest/batch.h"
#include "core/ingest/sniff.h"
#include "core/ingest/source.h"

/* One text to be read: a file, or a file of an archive. */
typedef struct {
  Origin *origin;
  Source *source;   /* NULL between sniffing and reading, when it can be opened again */
  gboolean cohorts; /* said to be a cohort table */
  gboolean member;  /* one of several files of an archive: may be something else */
  guint file;       /* into report->files */
  guint64 size;     /* bytes stored; 0 for a stream */
  Sniffed sniffed;  /* when it is to be read */
  gboolean use;
  /* or a table of a database, in place of a text */
  struct Database *database; /* one of loader->databases; NULL for a text */
  char *table;
  GPtrArray *table_columns; /* of char*: all of them */
} Input;

/* State of one call of load. */
typedef struct {
  const LoadRequest *req;
  LoadReport *report;
  GPtrArray *columns;   /* of ColumnSetting* */
  GPtrArray *inputs;    /* of Input*, in the order given */
  GPtrArray *databases; /* those that were opened; see load_database.h */
  LogBuilder *builder;
  CohortFacts *facts;
  Follow *follow; /* or NULL: nobody asked for it */
  gboolean stopped;
  /* progress */
  gint64 started, last_tick; /* monotonic, in microseconds */
  guint64 bytes_before, total_bytes;
  const Source *current; /* being read as a stream; its position is what counts */
  const guint64 *place;  /* or: read in parallel, up to here */
  guint64 next_snapshot; /* rows */
} Loader;

InputFile *loader_file(const Loader *l, const Input *input);

/* load_inputs.c: finds, opens and sniffs all inputs. */
gboolean load_open_inputs(Loader *l, GError **error);
void input_free(void *input);
/* Takes over `origin`. */
Input *load_add_input(Loader *l, Origin *origin, gboolean cohorts, gboolean member);
/* load_progress.c: shows progress and hands out snapshots; FALSE to stop. A WaitFunc. */
gboolean load_tick(void *loader);
void load_progress_start(Loader *l);
/* Writes cohort facts and settings into the builder's table. */
gboolean load_apply_cohorts(Loader *l, GError **error);

/* load_report.c */
LoadReport *load_report_new(void);
void load_report_warn(LoadReport *r, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Takes over the rejects of a whole file. */
void load_report_take_batch(LoadReport *r, guint file, Batch *b);
const Reject *load_report_first_lost(const LoadReport *r);

#endif
