/* Signs: how marks, notes, the watchlist and flags show beside what they are about. */
#ifndef TUI_VIEWS_SIGNS_H
#define TUI_VIEWS_SIGNS_H

#include "tui/draw/canvas.h"
#include "tui/model/state.h"

Role sign_score_role(double score);
/* Columns that sign_entity may use. */
#define SIGN_WIDTH 4
/* Mark, note, watch and case signs of an entity, right-aligned in the SIGN_WIDTH columns that end
 * before `right`. Draws over what is there only where there is a sign. Returns how many. */
int sign_entity(const State *s, Canvas *c, int right, int y, const Entity *e);
/* Flags of a session, right-aligned before `right`: "! 3". */
void sign_session(const State *s, Canvas *c, int right, int y, guint32 session);
/* Flag and mark of a row of the timeline, in two columns at x. */
void sign_row(const State *s, Canvas *c, int x, int y, guint32 place);
/* A note between the rows of the timeline. */
void sign_note(const State *s, Canvas *c, int x, int y, int w, guint number);
/* The flag that the timeline shows the evidence of, as text for a title; NULL without one; free
 * with g_free. */
char *sign_flag_title(const State *s);

#endif
