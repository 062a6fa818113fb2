/* Option values: one written value checked and read by its type. */
#ifndef TUI_APP_OPTION_VALUE_H
#define TUI_APP_OPTION_VALUE_H

#include "tui/app/options.h"

/* Reads `text` as the type of the option says. FALSE with CORE_ERROR_USAGE that shows the value
 * and what would be right; *ret is then as before. `text` NULL is a flag that is simply there. */
gboolean option_value_read(const OptionInfo *info, const char *text, OptionValue *ret,
                           GError **error);
void option_value_clear(OptionValue *v);

/* The pieces, for values inside other texts. Seconds of `1h30m`; a share of `1%` or `0.01`. */
gboolean option_read_seconds(const char *text, gint64 *ret);
gboolean option_read_share(const char *text, double *ret);

#endif
