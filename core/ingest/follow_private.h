/* The inside of following, shared by its files. */
#ifndef CORE_INGEST_FOLLOW_PRIVATE_H
#define CORE_INGEST_FOLLOW_PRIVATE_H

#include "core/ingest/follow.h"
#include "core/ingest/load_private.h"
#include "core/ingest/reader.h"
#include "core/ingest/tail.h"

/* One log. */
typedef struct {
  guint file;    /* into report->files */
  char *name;    /* its base name; safe */
  char *why_not; /* it cannot be followed, or no more: why, and what to do; else NULL */
  Tail *tail;
  Sniffed sniffed; /* valid with `sniffed_once` */
  gboolean sniffed_once;
  gboolean known;   /* the columns of the text at hand are those of `sniffed` */
  gboolean midline; /* loaded up to the middle of a line */
  gboolean gone;
  guint64 lines; /* of the text at hand */
  char *trouble; /* the error that was told last */
} Followed;

struct Follow {
  GPtrArray *logs; /* of Followed* */
  CohortFacts *facts;
  GPtrArray *columns; /* of ColumnSetting* */
  char *form;
  const GPtrArray *programs_conf, *staff_conf; /* of the request */
};

/* What was read of one text of one file. */
struct FollowPart {
  guint file;
  Batch *batch; /* its builder is gone */
  guint64 lines, header, bytes;
};

typedef struct {
  Follow *follow;
  const AccessLog *log;
  LogBuilder *builder; /* NULL while there is nothing to read */
  FollowNews *news;
  guint64 bytes; /* read in this look */
} Look;

/* follow_text.c: reads what is behind the place of the tail. `last`: no more will come. */
void follow_read(Look *look, Followed *w, gboolean last);
/* A sentence for people. */
void follow_tell(Look *look, gboolean trouble, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* Tells an error, once; takes it. */
void follow_tell_error(Look *look, Followed *w, GError *error);

/* --- for load.c --- */

Follow *follow_new(const LoadRequest *req, GPtrArray *columns);
/* An input that was read up to `end`, while its source is open. */
void follow_add(Follow *f, const Input *input, InputFile *file, guint64 end);
/* At the end: takes over what the rows said about cohorts. */
void follow_take_facts(Follow *f, CohortFacts *facts);

#endif
