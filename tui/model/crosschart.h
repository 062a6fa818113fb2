/* Cross chart: crossing between tracks month by month, and who does it. Model of the cross-access
 * view; no drawing. */
#ifndef TUI_MODEL_CROSSCHART_H
#define TUI_MODEL_CROSSCHART_H

#include "core/flags/crossing.h"

/* A student who crosses, as the list below the chart shows it. */
typedef struct {
  guint crosser;         /* place in crossing->crossers */
  guint32 hits, lessons; /* in the month, or over the whole log */
} CrossRow;

typedef struct {
  /* chosen by the user */
  guint month;        /* cursor on the chart */
  guint cursor, top;  /* in the list */
  gboolean everybody; /* the list is of all months */
  gboolean counts;    /* students, not their share of the active ones */
  gboolean month_set; /* the user has moved the month */
  /* derived */
  const Crossing *crossing; /* not owned */
  GArray *rows;             /* of CrossRow, most lessons first */
  guint64 stamp;            /* of what was learned */
  guint32 user;             /* under the cursor */
  guint list_month;
  gboolean list_everybody;
} CrossChart;

void crosschart_clear(CrossChart *c);
/* `crossing` may be NULL: not computed yet. */
void crosschart_refresh(CrossChart *c, const Dataset *ds, const Crossing *crossing,
                        guint64 learned);
guint crosschart_n_months(const CrossChart *c);
/* Students, or their share in 0..1; NaN for a month without active students. */
double crosschart_value(const CrossChart *c, guint direction, guint month);
/* Of all months that are not small: they set the scale. */
double crosschart_max(const CrossChart *c);
/* A month with so few active students that a share of them says little. */
#define CROSSCHART_SMALL 10
gboolean crosschart_is_small(const CrossChart *c, guint direction, guint month);

#endif
