/* Why: everything that is known about a flag, as lines of a given width. Model; no drawing. */
#ifndef TUI_MODEL_WHY_H
#define TUI_MODEL_WHY_H

#include "tui/model/state.h"

typedef enum { WHY_PLAIN, WHY_STRONG, WHY_FIXED, WHY_NOTE } WhyKind;

typedef struct {
  char *label; /* "Usual", or NULL: the line goes on */
  char *text;  /* safe */
  WhyKind kind;
} WhyLine;

/* Of WhyLine*, freed with the array. `width` columns for the text. */
GPtrArray *why_lines(const State *s, const Judgement *j, int width);
/* "burst v1, user 64"; free with g_free. */
char *why_title(const State *s, const Judgement *j);
/* "2018-09-24 04:10", "2020-03-01..03-31"; free with g_free. */
char *why_when(const Flag *f);

/* What every place that shows flags says. */
#define WHY_NO_PROOF "A flag is a reason to look. It is no proof of anything."

#endif
