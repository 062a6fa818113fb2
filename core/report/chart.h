/* Charts: pictures of tables. What is drawn, apart from how.
 *
 * Which columns of which table make a chart is one list in chart.c; the drawing (svg.h) knows no
 * tables. */
#ifndef CORE_REPORT_CHART_H
#define CORE_REPORT_CHART_H

#include "core/answers/answers.h"

typedef enum {
  CHART_BARS,    /* one bar a label, lying */
  CHART_COLUMNS, /* one bar a label, standing: time goes to the right */
  CHART_LINES,   /* one or more lines over labels */
  CHART_HEAT     /* a grid: lines are its rows, labels its columns */
} ChartKind;

typedef struct {
  char *name;
  double *values; /* one per label; NaN where there is none */
} ChartLine;

/* A vertical line where something changes. */
typedef struct {
  guint label; /* the line stands before this one */
  char *text;  /* "change point"; safe */
} ChartMark;

typedef struct {
  ChartKind kind;
  char *title;
  char *caption;     /* a sentence below the title, or NULL */
  char *unit;        /* what a value is: "hits" */
  gboolean first;    /* stands before all tables */
  gboolean share;    /* values are shares of 1, shown as percent */
  GPtrArray *labels; /* of char*; safe */
  GArray *lines;     /* of ChartLine; bars and columns have one */
  guint left_out;    /* rows of the table that are not drawn */
  GArray *marks;     /* of ChartMark */
} Chart;

/* Appends to `ret` (of Chart*) the charts of a table of the answer, none where none is known for it
 * or there is nothing to draw. */
void charts_of_table(const Answer *a, const AnswerTable *t, const Dataset *ds, GPtrArray *ret);
void chart_free(Chart *c);

/* An empty chart; `caption` may be NULL. */
Chart *chart_new(ChartKind kind, const char *title, const char *caption);
/* A line of NaN, one for each label, so that labels come first. Takes over `name`. Returns the
 * values to fill in, valid as long as the chart. */
double *chart_add_line(Chart *c, char *name);

#endif
