/* Lists of flags in every format: for people one line a flag, for programs the columns and keys of
 * the contract. */
#ifndef CORE_REPORT_FLAG_LIST_H
#define CORE_REPORT_FLAG_LIST_H

#include "core/flags/flags.h"
#include "core/report/write.h"

/* Nothing is owned. */
typedef struct {
  const FlagSet *set;
  const Dataset *ds;
  const GPtrArray *list;                               /* of const Flag* */
  guint n;                                             /* so many of them */
  const char *(*status)(gpointer data, const Flag *f); /* NULL: all are open */
  gpointer data;
} FlagListing;

void flag_list_write(const FlagListing *l, const WriteOptions *o, Sink *sink);

#endif
