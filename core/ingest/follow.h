/* Follow: reads on where a log ended when it was loaded.
 *
 * Plain files can be followed: each is looked at as `tail -F` does (tail.h), and what has come is
 * read with the same guards as before. A file that was rotated or cut off is read anew from its
 * beginning, header and all; the rows already had stay. No threads and no clock: whoever follows
 * calls follow_look every now and then. */
#ifndef CORE_INGEST_FOLLOW_H
#define CORE_INGEST_FOLLOW_H

#include "core/ingest/load.h"

/* `Follow` comes from load (LoadRequest.ret_follow); settings of the request must outlive it. */
void follow_free(Follow *f);

/* FALSE with CORE_ERROR_USAGE when none of the logs can be followed: says why, and what to do. */
gboolean follow_possible(const Follow *f, GError **error);
/* "access.log", "3 logs", "1 of 3 logs": what is followed, for people; safe; free with g_free. */
char *follow_names(const Follow *f);
/* TRUE when a log was loaded up to the middle of a line as if that were whole: then it must be
 * loaded again with LoadRequest.growing before it is followed. */
gboolean follow_needs_reload(const Follow *f);

typedef struct FollowPart FollowPart;

/* What came of one look. */
typedef struct {
  AccessLog *log; /* with the new rows; NULL: there are none */
  guint64 rows, rejected;
  GPtrArray *events; /* of char*: safe sentences: a rotation, a file that is gone, an error */
  gboolean trouble;  /* one of them is an error */
  gboolean waiting;  /* more is there to be read: look again at once */
  GPtrArray *parts;  /* of FollowPart*: for follow_report */
} FollowNews;

/* Looks at all files once; `log` is the log so far, from load or from the look before. NULL:
 * nothing has changed. */
FollowNews *follow_look(Follow *f, const AccessLog *log);
/* Adds a later look, whose log counts; frees `later`. */
void follow_news_add(FollowNews *n, FollowNews *later);
/* Adds what was read to the account of loading. */
void follow_report(const FollowNews *n, LoadReport *r);
void follow_news_free(FollowNews *n);
/* Lets go of the files; a later look goes on. */
void follow_rest(Follow *f);

#endif
