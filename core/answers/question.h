/* Questions: one function each, behind one table (answers.c).
 *
 * Owns nothing; every q*.c implements the function of its number and is listed here. The caller
 * has checked the number and the options. */
#ifndef CORE_ANSWERS_QUESTION_H
#define CORE_ANSWERS_QUESTION_H

#include "core/answers/answers.h"

/* NULL with an error as answer_new says. `flags` may be NULL. */
typedef Answer *(*QuestionFunc)(const Study *study, const FlagSet *flags, const AnswerOptions *o,
                                GError **error);

/* Declared for all eight; those that exist stand in the table of answers.c. */
Answer *answer_q1(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error);
Answer *answer_q2(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error);
Answer *answer_q3(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error);
Answer *answer_q4(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error);
Answer *answer_q5(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error);
Answer *answer_q6(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error);
Answer *answer_q7(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error);
Answer *answer_q8(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error);

#endif
