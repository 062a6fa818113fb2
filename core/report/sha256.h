/* SHA-256 by the instructions that processors have for it; FIPS 180-4.
 *
 * GLib's own takes longer for the digest of a log than some answers take. Only for digest.c, which
 * uses GLib's where these instructions are missing. */
#ifndef CORE_REPORT_SHA256_H
#define CORE_REPORT_SHA256_H

#include <glib.h>

#define SHA256_BLOCK 64

typedef struct {
  guint32 state[8];
  guint8 rest[SHA256_BLOCK]; /* bytes that do not fill a block yet */
  guint64 n;                 /* bytes so far */
} Sha256;

/* FALSE where the processor lacks the instructions: then nothing else may be called. */
gboolean sha256_available(void);
void sha256_init(Sha256 *s);
void sha256_update(Sha256 *s, const guint8 *bytes, gsize n);
/* The digest in hexadecimal; free with g_free. The state is spent then. */
char *sha256_finish(Sha256 *s);

#endif
