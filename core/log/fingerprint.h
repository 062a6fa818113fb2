/* Fingerprint: one number for the rows of a log, so that notes find their data again.
 *
 * Made of the texts of the rows (time, path, user, cohort, address) and of nothing else: the same
 * for every form in which the rows can be written and for any order of them. Two logs that differ
 * in one row have, but for bad luck (1 in 2^64), different numbers. No protection against somebody
 * who wants two logs to look alike. */
#ifndef CORE_LOG_FINGERPRINT_H
#define CORE_LOG_FINGERPRINT_H

#include "core/log/log.h"

guint64 log_fingerprint(const AccessLog *log);
/* Its name: 16 hexadecimal digits; free with g_free. */
char *log_fingerprint_text(guint64 fingerprint);

#endif
