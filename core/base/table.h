/* Tables: results on their way out. Typed columns with definitions, cells, and what was left out.
 *
 * Rankings, answers and exports all become a Table; writers (core/report) and screens (tui) read
 * it. Texts are stored as they are in the data; whoever writes them makes them safe. */
#ifndef CORE_BASE_TABLE_H
#define CORE_BASE_TABLE_H

#include "core/base/civil.h"

typedef enum {
  CELL_TEXT,
  CELL_INT,
  CELL_REAL,
  CELL_SHARE, /* 0..1; people see percent, machines the number */
  CELL_TIME,  /* CivilTime */
  CELL_DATE,  /* CivilDay */
  CELL_BOOL
} CellType;

/* Whom a text column names, so that an export can put pseudonyms in its place. */
typedef enum {
  COLUMN_PLAIN,
  COLUMN_USER,
  COLUMN_ADDRESS,
  COLUMN_MARKED, /* words in which names are marked, see core/base/marked.h: lists, sentences */
  COLUMN_PERSON  /* the name of a person, from a roster: left out where pseudonyms are asked for */
} ColumnRole;

typedef struct {
  char *name;  /* stable, machine-readable: "cohort_name" */
  char *title; /* for people: "cohort" */
  CellType type;
  guint8 decimals;  /* of CELL_REAL and CELL_SHARE for people */
  guint8 role;      /* ColumnRole; COLUMN_PLAIN unless table_set_role says otherwise */
  char *definition; /* one sentence with the unit; never NULL */
} TableColumn;

typedef struct {
  gboolean missing; /* null in JSON, empty in CSV, blank on screen */
  union {
    gint64 i; /* INT, TIME, DATE, BOOL */
    double d; /* REAL, SHARE; NaN is written as missing */
    char *s;  /* TEXT, owned */
  } v;
} Cell;

typedef struct {
  char *name;      /* stable: "lessons_by_median_share" */
  char *title;     /* for people */
  GArray *columns; /* of TableColumn */
  GArray *cells;   /* of Cell, row by row */
  guint n_rows;
} Table;

Table *table_new(const char *name, const char *title);
void table_free(Table *t);
/* All columns are added before the first row. Strings are copied. */
void table_add_column(Table *t, const char *name, const char *title, CellType type, guint decimals,
                      const char *definition);
/* Says whom a text column names. */
static inline void table_set_role(Table *t, guint column, ColumnRole role)
{
  g_array_index(t->columns, TableColumn, column).role = (guint8)role;
}
guint table_n_columns(const Table *t);
const TableColumn *table_column(const Table *t, guint column);
/* Starts a row of missing cells; the setters below fill the last row. */
void table_add_row(Table *t);
void table_set_text(Table *t, guint column, const char *s); /* NULL leaves it missing; copied */
void table_take_text(Table *t, guint column, char *s);      /* takes ownership */
void table_set_int(Table *t, guint column, gint64 v);       /* INT, BOOL, and TIME, DATE when set */
void table_set_real(Table *t, guint column, double v);      /* REAL, SHARE */
const Cell *table_cell(const Table *t, guint row, guint column);
/* Text of a cell for people ("1,234", "4.2 %", "2019-02-14 10:00"); "" when missing. Safe text.
 * Free with g_free. */
char *table_cell_text(const Table *t, guint row, guint column);
/* The same for a cell that is in no table. */
char *cell_text(const TableColumn *column, const Cell *cell);

#endif
