/* Web server logs in the common and the combined format of Apache and nginx:
 *
 *   host ident user [10/Oct/2000:13:55:36 -0700] "GET /path?query HTTP/1.0" 200 2326 "ref" "agent"
 *
 * The time is kept as the server's clock showed it; its offset is dropped. */
#ifndef CORE_INGEST_COMBINED_H
#define CORE_INGEST_COMBINED_H

#include "core/ingest/rows.h"

typedef struct Combined Combined;

/* `query_user`: the query parameter that names the user, or NULL for the authenticated one. */
Combined *combined_new(const char *query_user);
void combined_free(Combined *c);
/* Takes a line apart. The texts live until the next call. REJECT_NONE when it is whole; the user
 * may still be missing. */
RejectReason combined_parse(Combined *c, const char *s, gsize len, Record *ret);

#endif
