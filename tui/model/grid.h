/* Grid: lessons x cohorts (or any two dimensions) of the scope, with a cursor on a cell. Model of
 * the matrix view; no drawing. */
#ifndef TUI_MODEL_GRID_H
#define TUI_MODEL_GRID_H

#include "core/query/matrix.h"
#include "tui/model/chips.h"

typedef enum {
  GRID_PER_USER, /* hits of the cell / users of the column */
  GRID_SHARE,    /* hits of the cell / hits of the column */
  GRID_LIFT,     /* hits / hits expected if lesson and cohort had nothing to do with each other */
  GRID_RESIDUAL, /* adjusted residual: how many standard deviations from that expectation */
  GRID_HITS,
  N_GRID_MEASURES
} GridMeasure;

typedef struct {
  const char *name, *title, *definition;
} GridMeasureInfo;

typedef struct {
  /* chosen by the user */
  GridMeasure measure;
  gboolean numbers;     /* cells show numbers, not shades */
  gboolean whole_scale; /* shades on one scale for all, not one per row */
  gboolean equal_weeks; /* only the course weeks that every cohort shown has had */
  guint row, column;    /* cursor */
  guint top, left;      /* first row and column in sight */
  int sort_column;      /* rows by this column (a key), -1: by all hits */
  /* derived */
  Matrix *matrix;
  guint32 *column_users; /* users of each column, whole scope */
  guint32 *row_order;    /* places of matrix rows as shown */
  guint weeks;           /* of equal_weeks: 1 .. weeks; 0: not limited */
  char *stamp;
  guint64 generation; /* of the dataset */
  /* the cell under the cursor by name, for when the log grows */
  char *row_id, *column_id;
  guint named_row, named_column;
} Grid;

const GridMeasureInfo *grid_measure_info(GridMeasure m);
void grid_clear(Grid *g);
/* Frees what grid_clear keeps: the name of the cell under the cursor. */
void grid_forget_cell(Grid *g);
gboolean grid_refresh(Grid *g, const Dataset *ds, guint64 generation, const Chips *chips,
                      GError **error);
/* Value of the cell at a shown row and column; NaN when it has none. */
double grid_value(const Grid *g, guint row, guint column);
/* Hits of that cell. */
guint32 grid_hits(const Grid *g, guint row, guint column);
/* Largest value of a shown row, and of all rows: the scales of shades. */
double grid_row_scale(const Grid *g, guint row);
double grid_whole_scale(const Grid *g);
/* Median over the columns that have users, and how many those are. */
double grid_row_median(const Grid *g, guint row, guint *ret_n);
guint32 grid_row_key(const Grid *g, guint row);
guint grid_n_rows(const Grid *g);
guint grid_n_columns(const Grid *g);
void grid_move(Grid *g, gint64 row, gint64 column);
/* Keeps the cursor in sight of so many rows and columns. */
void grid_scroll(Grid *g, int rows, int columns);
void grid_sort_by_column(Grid *g);

#endif
