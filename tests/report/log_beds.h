/* Logs to report on: hostile names, and names that nothing else can be taken for. */
#ifndef TESTS_REPORT_LOG_BEDS_H
#define TESTS_REPORT_LOG_BEDS_H

#include "tests/flags/bed.h"

/* Users, cohorts and pages named by somebody with bad intentions. */
Bed *nasty_bed(void);
/* The sample again, its users named zqx..., its addresses 100.64.... */
Bed *renamed_bed(const Bed *sample);

#endif
