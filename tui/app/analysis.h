/* Analysis: what takes longer than a frame, computed behind the screen. Once the log is whole, a
 * thread learns the study, runs the flags and writes the answers; each part is handed over as soon
 * as it is there. */
#ifndef TUI_APP_ANALYSIS_H
#define TUI_APP_ANALYSIS_H

#include "core/answers/answers.h"
#include "core/flags/crossing.h"
#include "core/flags/quiet.h"

typedef struct Analysis Analysis;

typedef struct {
  Study *study; /* all parts: the caller's, or NULL: nothing new */
  Crossing *crossing;
  Quiet *quiet;
  gboolean has_likely_staff;
  guint64 likely_staff_hits; /* as answer_likely_staff_hits says */
  FlagSet *flags;
  Answer *answers[N_QUESTIONS];
  char *complaint; /* why a part could not be computed; safe; or NULL */
  gboolean done;
} AnalysisNews;

typedef struct {
  const GPtrArray *homes_conf;  /* of SettingLine, or NULL: compiled-in */
  const GPtrArray *agents_conf; /* the same */
  const char *rules_file;       /* the user's rules.conf, or NULL */
  const RuleSettings *rules;    /* in place of all files; copied; or NULL */
  const char *mmdb;             /* countries or networks of addresses, or NULL */
  const char *roster;
  gboolean no_probable;
  gboolean keep_likely_staff;
  CivilDay today;
} AnalysisOptions;

/* The options are copied, the arrays not. */
Analysis *analysis_start(Dataset *ds, const AnalysisOptions *o);
/* What it is about. */
Dataset *analysis_dataset(const Analysis *a);
/* Frees what somebody took and does not want. */
void analysis_news_clear(AnalysisNews *n);
int analysis_fd(const Analysis *a);
void analysis_take(Analysis *a, AnalysisNews *ret);
/* Waits for the thread; frees what nobody took. */
void analysis_free(Analysis *a);

#endif
