/* Matrices: two dimensions crossed. The third of the four requests. */
#ifndef CORE_QUERY_MATRIX_H
#define CORE_QUERY_MATRIX_H

#include "core/query/rank.h"

typedef struct {
  Dimension rows, columns;
  guint max_rows, max_columns; /* those with most hits; 0 = all */
  gboolean users;              /* also count distinct users per cell */
} MatrixRequest;

typedef struct {
  Dimension rows, columns;
  guint32 n_rows, n_columns;
  guint32 *row_keys, *column_keys; /* most hits first */
  guint32 *hits;                   /* n_rows x n_columns, row by row */
  guint32 *users;                  /* the same, or NULL */
  guint64 *row_hits, *column_hits; /* of all rows of the selection, listed or not */
  guint64 total;
} Matrix;

/* A matrix has at most 2^25 cells: of larger ones the longer side is cut to those with most hits
 * until it fits (n_rows, n_columns say what is there). */
Matrix *matrix_new(const Dataset *ds, const Selection *sel, const MatrixRequest *req);
void matrix_free(Matrix *m);
/* hits / expected hits under independence of row and column (row total x column total / total);
 * NaN when nothing is expected. */
double matrix_lift(const Matrix *m, guint32 row, guint32 column);
/* Adjusted residual of the cell (Haberman 1973; Agresti, Categorical Data Analysis, 3.3.1). */
double matrix_residual(const Matrix *m, guint32 row, guint32 column);

#endif
