/* Keys of pseudonyms: one per data set, random, in the state folder, readable by its owner only. */
#ifndef TUI_APP_PSEUDONYM_KEY_H
#define TUI_APP_PSEUDONYM_KEY_H

#include "core/report/pseudonym.h"

/* Pseudonyms with the key of that log, which is made when there is none yet. NULL with
 * CORE_ERROR_OUTPUT (no key can be kept) or CORE_ERROR_INPUT (the key is damaged). */
Pseudonyms *pseudonym_key_open(const AccessLog *log, GError **error);

#endif
