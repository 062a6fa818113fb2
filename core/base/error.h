/* Errors: one GError domain for the whole core.
 *
 * A message says what went wrong, where (file, line, field) and what to do. A failed call leaves
 * its outputs untouched. The codes map onto the exit codes of the program. */
#ifndef CORE_BASE_ERROR_H
#define CORE_BASE_ERROR_H

#include <glib.h>

#define CORE_ERROR (core_error_quark())

typedef enum {
  CORE_ERROR_USAGE = 1,   /* the request is wrong: unknown field, bad value; exit code 1 */
  CORE_ERROR_INPUT = 2,   /* an input cannot be read or is not a log; exit code 2 */
  CORE_ERROR_REJECTS = 3, /* more rejected rows than allowed; exit code 3 */
  CORE_ERROR_OUTPUT = 5,  /* a result cannot be written; exit code 2 */
  CORE_ERROR_CANCELLED = 6,
  CORE_ERROR_LIMIT = 7, /* a size is over a stated maximum; exit code 2 */
} CoreErrorCode;

GQuark core_error_quark(void);

#endif
