/* Helper of the tests of following: a log on disk that is written to, and what a reader has. */
#ifndef TESTS_INGEST_FOLLOWING_H
#define TESTS_INGEST_FOLLOWING_H

#include "core/ingest/follow.h"
#include "tests/ingest/load_helper.h"

typedef struct {
  char *path;
  Loaded l; /* l.log is the log with all that has come */
  Follow *follow;
  GString *told; /* events, one a line */
} Following;

/* Writes the file and loads it as a growing log. */
Following following_new(const char *name, const char *text);
/* The same with other settings, and further logs of the request. */
Following following_load(LoadRequest *req, const char *path);
void following_clear(Following *w);
/* Looks until nothing is waiting; returns how many rows came. */
guint64 following_look(Following *w);

void file_append(const char *path, const char *text);
/* Writes the same file (the same inode) anew. */
void file_rewrite(const char *path, const char *text);
/* Another file takes the name. */
void file_replace(const char *path, const char *text);

#endif
