/* Glossary: the columns of the tables of a report, each explained once.
 *
 * A report calls a column by its name in words ("median share"): titles are made for the narrow
 * columns of a screen, names speak for themselves, and are the same in the format json. Columns of
 * one name and one definition share an entry within a chapter. */
#ifndef CORE_REPORT_GLOSSARY_H
#define CORE_REPORT_GLOSSARY_H

#include "core/base/table.h"

typedef struct {
  char *anchor;           /* "c3-7": unique in the report */
  char *name;             /* "median share" */
  const char *definition; /* of the column */
} GlossaryEntry;

typedef struct {
  guint chapter;
  GPtrArray *entries; /* of GlossaryEntry*, in order of first use */
} Glossary;

Glossary *glossary_new(guint chapter);
void glossary_free(Glossary *g);
/* Takes in the columns of a table, which must outlive the glossary. */
void glossary_add(Glossary *g, const Table *t);
/* The entry of a column, or NULL. */
const GlossaryEntry *glossary_find(const Glossary *g, const TableColumn *column);

#endif
