/* Record: what single fields mean. */
#include "core/ingest/record.h"

#include <string.h>

gboolean field_is_missing(const Field *f)
{
  static const char *const missing[] = {"NULL", "null", "NaN", "nan", "None", "\\N"};
  if (f->len == 0)
    return TRUE;
  if (f->len > 4 || f->len < 2)
    return f->len == 1 && f->s[0] == ' ';
  for (gsize i = 0; i < G_N_ELEMENTS(missing); i++) {
    if (strlen(missing[i]) == f->len && memcmp(missing[i], f->s, f->len) == 0)
      return TRUE;
  }
  return FALSE;
}

Field field_id(const Field *f)
{
  const char *s = f->s;
  gsize len = f->len;
  while (len > 0 && s[0] == ' ') {
    s++;
    len--;
  }
  while (len > 0 && s[len - 1] == ' ')
    len--;
  gsize digits = len > 0 && s[0] == '-' ? 1 : 0;
  gsize first = digits;
  while (digits < len && g_ascii_isdigit(s[digits]))
    digits++;
  gsize zeros = digits + 1;
  if (digits > first && zeros < len && s[digits] == '.') {
    while (zeros < len && s[zeros] == '0')
      zeros++;
    if (zeros == len)
      len = digits;
  }
  return (Field){s, len};
}

gboolean field_has_control_bytes(const Field *f)
{
  for (gsize i = 0; i < f->len; i++) {
    if ((guint8)f->s[i] < 0x20 || f->s[i] == 0x7f)
      return TRUE;
  }
  return FALSE;
}
