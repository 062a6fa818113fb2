/* Errors: the GError domain of the core. */
#include "core/base/error.h"

G_DEFINE_QUARK(core_error_quark, core_error)
