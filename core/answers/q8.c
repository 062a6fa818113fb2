/* Question 8: what else is in the log that the school should know. */
#include "core/answers/q8.h"
#include "core/answers/question.h"

Answer *answer_q8(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error)
{
  Answer *a = answer_start(8, study->ds);
  guint top = MAX(1, o->top);
  (void)flags;
  (void)error;
  if (study->ds->log->n_rows == 0) {
    answer_finding(a, NULL, "The log has no rows.");
    return a;
  }
  q8_people(a, study, top);
  q8_days(a, study);
  q8_school(a, study);
  answer_note(a, "Every row counts here, staff and rows without a cohort too, unless a table says "
                 "otherwise.");
  answer_note(a, "Times are those of the log's own clock; nothing is converted.");
  return a;
}
