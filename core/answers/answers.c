/* Answers: the table of the eight questions, and what all of them share. */
#include "core/answers/answers.h"

#include "core/answers/graduates.h"
#include "core/answers/question.h"
#include "core/base/error.h"

typedef struct {
  const char *title;
  QuestionFunc run; /* NULL: not answered by this build */
} Question;

static const Question questions[N_QUESTIONS] = {
    {"Lessons with the most traffic, consistently across cohorts", answer_q1},
    {"Cohorts that used a lesson far more than the others", answer_q2},
    {"Students who hardly use the curriculum while in class", answer_q3},
    {"Suspicious activity: accounts, addresses, automation", answer_q4},
    {"Students who read the other track, and whether that ended", answer_q5},
    {"What graduates keep referring to", answer_q6},
    {"Lessons that are hardly used", answer_q7},
    {"What else is in the log", answer_q8},
};

void answer_options_init(AnswerOptions *o)
{
  *o = (AnswerOptions){.top = 5, .seed = 1};
}

const char *answer_title(guint number)
{
  return number >= 1 && number <= N_QUESTIONS ? questions[number - 1].title : NULL;
}

gboolean answer_exists(guint number)
{
  return number >= 1 && number <= N_QUESTIONS && questions[number - 1].run;
}

Answer *answer_new(guint number, const Study *study, const FlagSet *flags, const AnswerOptions *o,
                   GError **error)
{
  AnswerOptions defaults;
  answer_options_init(&defaults);
  if (number < 1 || number > N_QUESTIONS) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "there is no question %u: use 1 to %d", number,
                N_QUESTIONS);
    return NULL;
  }
  if (!questions[number - 1].run) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "question %u (%s) is not answered by this version", number,
                questions[number - 1].title);
    return NULL;
  }
  return questions[number - 1].run(study, flags, o ? o : &defaults, error);
}

guint64 answer_likely_staff_hits(const Study *study)
{
  Graduates *g = graduates_new(study);
  guint64 hits = graduates_likely_hits(g);
  graduates_free(g);
  return hits;
}
