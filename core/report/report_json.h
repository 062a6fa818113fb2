/* Reports in JSON: for programs. Names and order of keys are a contract. */
#ifndef CORE_REPORT_REPORT_JSON_H
#define CORE_REPORT_REPORT_JSON_H

#include "core/report/report.h"

void report_write_json(const Report *r, Sink *sink);

#endif
