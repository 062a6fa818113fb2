/* JSON out: a stream of JSON that nests, for documents that are more than a list of rows.
 *
 * Keys and values go straight to a sink, so a document may be larger than memory. Texts of the log
 * are made safe. The caller closes what it opened; misuse is a programming error. */
#ifndef CORE_REPORT_JSONOUT_H
#define CORE_REPORT_JSONOUT_H

#include "core/base/civil.h"
#include "core/report/sink.h"

typedef struct JsonOut JsonOut;

/* `key` is NULL for an element of an array and for the outermost value. */
JsonOut *json_out_new(Sink *sink);
/* Ends the last line and frees; the sink stays the caller's. */
void json_out_free(JsonOut *j);

void json_out_object(JsonOut *j, const char *key);
void json_out_array(JsonOut *j, const char *key);
/* Closes the innermost object or array. */
void json_out_close(JsonOut *j);
/* From here on, what is opened stays on one line (TRUE), or has a line per member (FALSE, as at
 * the start). Applies to objects and arrays opened afterwards. */
void json_out_one_line(JsonOut *j, gboolean one_line);

void json_out_text(JsonOut *j, const char *key, const char *s); /* NULL is null */
void json_out_int(JsonOut *j, const char *key, gint64 v);
void json_out_real(JsonOut *j, const char *key, double v); /* NaN and infinity are null */
void json_out_bool(JsonOut *j, const char *key, gboolean v);
void json_out_time(JsonOut *j, const char *key, CivilTime t); /* CIVIL_NONE is null */
void json_out_null(JsonOut *j, const char *key);
/* Text that is JSON already. */
void json_out_raw(JsonOut *j, const char *key, const char *json);

/* The pieces, for writers of rows. A string with its quotes; and the shortest decimal that reads
 * back as the same number, or null. */
void json_append_text(GString *out, const char *s);
void json_append_real(GString *out, double v);

#endif
