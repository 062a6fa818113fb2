/* Signs: marks, notes, watches and flags beside what they are about. */
#include "tui/views/signs.h"

#include "core/base/text.h"
#include "tui/model/why.h"

Role sign_score_role(double score)
{
  return score >= FLAG_SCORE_HIGH  ? ROLE_FLAG_HIGH
         : score >= FLAG_SCORE_MID ? ROLE_FLAG_MID
                                   : ROLE_FLAG_LOW;
}

int sign_entity(const State *s, Canvas *c, int right, int y, const Entity *e)
{
  const Case *open = casebook_current_case(s->casebook);
  const struct {
    gboolean on;
    gunichar glyph;
    Role role;
  } signs[SIGN_WIDTH] = {{casebook_is_marked(s->casebook, e), c->glyphs->mark, ROLE_MARKED},
                         {casebook_notes_on(s->casebook, e, NULL) > 0, c->glyphs->note, ROLE_NOTE},
                         {casebook_is_watched(s->casebook, e), 'w', ROLE_WARNING},
                         {open && case_find(open, e) >= 0, 'c', ROLE_KEY}};
  int n = 0;
  for (int i = SIGN_WIDTH; i-- > 0;)
    if (signs[i].on)
      canvas_put(c, right - ++n, y, signs[i].glyph, signs[i].role);
  return n;
}

void sign_session(const State *s, Canvas *c, int right, int y, guint32 session)
{
  const Timeline *t = &s->timeline;
  guint n = t->session_flags ? t->session_flags[session] : 0;
  if (n == 0)
    return;
  char text[24];
  g_snprintf(text, sizeof text, " %u", n);
  int x = right - canvas_text_width(text) - 1;
  Role role = sign_score_role(t->session_score[session]);
  canvas_put(c, x - 1, y, ' ', ROLE_NORMAL);
  canvas_put(c, x, y, c->glyphs->flag, role);
  canvas_text(c, x + 1, y, text, role);
}

void sign_row(const State *s, Canvas *c, int x, int y, guint32 place)
{
  const Timeline *t = &s->timeline;
  guint8 bits = t->trace ? t->trace[place] : 0;
  if (bits & TRACE_FLAG)
    canvas_put(c, x, y, c->glyphs->flag,
               bits & TRACE_EVIDENCE || !s->flag ? sign_score_role(t->trace_score[place])
                                                 : ROLE_DIM);
  if (bits & TRACE_MARK)
    canvas_put(c, x + 1, y, c->glyphs->mark, ROLE_MARKED);
}

void sign_note(const State *s, Canvas *c, int x, int y, int w, guint number)
{
  const Note *n = casebook_note(s->casebook, number);
  if (!n)
    return;
  char day[CIVIL_BUF];
  g_autofree char *author = text_safe(n->by.author, -1), *words = text_safe(n->text, -1);
  g_autofree char *text = g_strdup_printf("note %u, %.10s %s: %s", number,
                                          civil_format(n->by.time, ' ', day), author, words);
  canvas_put(c, x, y, c->glyphs->note, ROLE_NOTE);
  canvas_text_fit(c, x + 2, y, MAX(w - 2, 0), text, ROLE_NOTE, FIT_LEFT);
}

char *sign_flag_title(const State *s)
{
  const Judgement *j = s->flag ? queue_find(&s->queue, s->flag) : NULL;
  if (!j)
    return NULL;
  return g_strdup_printf("%s %.0f, %s", rule_get(j->flag->rule)->name, j->flag->score,
                         j->exception ? "excepted" : status_name(j->status));
}
