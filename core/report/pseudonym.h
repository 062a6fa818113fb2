/* Pseudonyms: names of users and addresses replaced by keyed ones.
 *
 * One key gives one pseudonym per name, so that two exports of a data set agree and nobody without
 * the key can find out whose it is by trying names. HMAC-SHA256 (RFC 2104) of the name, cut to 48
 * bits: `u-3f9a0c217be4`. */
#ifndef CORE_REPORT_PSEUDONYM_H
#define CORE_REPORT_PSEUDONYM_H

#include "core/base/table.h"
#include "core/log/log.h"

#define PSEUDONYM_KEY_BYTES 32

typedef struct Pseudonyms Pseudonyms;

/* The key is copied. */
Pseudonyms *pseudonyms_new(const guint8 key[PSEUDONYM_KEY_BYTES]);
void pseudonyms_free(Pseudonyms *p);

/* Pseudonym of a name in that role; COLUMN_PLAIN gives the name itself. The text is kept by `p`.
 * Not for use by two threads at once. */
const char *pseudonym_of(Pseudonyms *p, ColumnRole role, const char *name);
/* Marked text (core/base/marked.h) for people: safe, with pseudonyms in place of names, or with the
 * names when `p` is NULL. Free with g_free. */
char *pseudonyms_marked(Pseudonyms *p, const char *marked);

/* Name of a data set in which a key can be kept: a digest of its first rows. It is the same for
 * every form in which the rows can be written, and stays when a log grows. Free with g_free. */
char *pseudonym_data_set(const AccessLog *log);

#endif
