/* Words for numbers and names in the sentences of answers. */
#include "core/answers/build.h"

#include <math.h>
#include <string.h>

#include "core/base/text.h"

const char *words_number(char *buf, gint64 n)
{
  char *text = text_grouped(n);
  g_strlcpy(buf, text, WORDS_BUF);
  g_free(text);
  return buf;
}

const char *words_count(char *buf, guint64 n, const char *one, const char *many)
{
  char *text = text_grouped((gint64)n);
  g_snprintf(buf, WORDS_BUF, "%s %s", text, n == 1 ? one : many);
  g_free(text);
  return buf;
}

const char *words_real(char *buf, double x, guint decimals)
{
  if (!isfinite(x))
    return g_strlcpy(buf, isnan(x) ? "unknown" : "beyond measure", WORDS_BUF), buf;
  char format[8];
  g_snprintf(format, sizeof format, "%%.%uf", MIN(decimals, 9));
  return g_ascii_formatd(buf, WORDS_BUF, format, x);
}

const char *words_share(char *buf, double share, guint decimals)
{
  char number[WORDS_BUF];
  if (isfinite(share))
    g_snprintf(buf, WORDS_BUF, "%s %%", words_real(number, 100 * share, decimals));
  else
    g_strlcpy(buf, "an unknown share", WORDS_BUF);
  return buf;
}

const char *words_p(char *buf, double p)
{
  char number[WORDS_BUF];
  if (p < 0.0001)
    g_strlcpy(buf, "p < 0.0001", WORDS_BUF);
  else
    g_snprintf(buf, WORDS_BUF, "p = %s", words_real(number, p, p < 0.01 ? 4 : 3));
  return buf;
}

char *words_users(const Dataset *ds, const guint32 *users, gsize n, guint max)
{
  GString *out = g_string_new(NULL);
  gsize named = MIN(n, max);
  for (gsize i = 0; i < named; i++) {
    g_string_append(out, i == 0 ? "" : i + 1 == n ? " and " : ", ");
    g_string_append_printf(out, MARKED_USER, user_text(ds, users[i]));
  }
  if (n > named)
    g_string_append_printf(out, "%s%" G_GSIZE_FORMAT " more", named ? " and " : "", n - named);
  return g_string_free(out, FALSE);
}

const char *user_text(const Dataset *ds, guint32 user)
{
  return strpool_get(ds->log->users, user, NULL);
}

const char *cohort_text(const Dataset *ds, guint16 cohort)
{
  return cohort == COHORT_NONE ? "(no cohort)" : cohort_table_get(ds->log->cohorts, cohort)->name;
}

const char *cohort_id_text(const Dataset *ds, guint16 cohort)
{
  return cohort == COHORT_NONE ? NULL : cohort_table_get(ds->log->cohorts, cohort)->id;
}

const char *program_text(const Dataset *ds, guint8 program)
{
  return program == PROGRAM_NONE ? "(no program)"
                                 : cohort_table_get_program(ds->log->cohorts, program)->name;
}

char *words_left_out(const LeftOut *l)
{
  static const char *const many[] = {"hits", "rows"};
  const char *what = l->what;
  for (guint i = 0; l->hits == 1 && i < G_N_ELEMENTS(many); i++) {
    gsize n = strlen(many[i]);
    if (strncmp(what, many[i], n) == 0 && what[n] == ' ')
      return g_strdup_printf("1 %.*s%s", (int)n - 1, what, what + n);
  }
  return g_strdup_printf("%s %s", N_TEXT(l->hits), what);
}
