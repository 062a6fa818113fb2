/* Logs to report on: built row by row. */
#include "tests/report/log_beds.h"

static const char *const nasty[] = {
    "java/<script>alert(1)</script>",  "java/\x1b]0;title\x07\x1b[31mred",
    "java/\"onmouseover=\"x",          "java/'a'|b|`c`*d*_e_",
    "java/&amp;&#x3c;b&#x3e;",         "java/\xff\xfe\xc3",
    "java/\xe2\x80\xaegnp.exe",        "java/]](http://example.com)",
    "java/</table></svg></style><!--", "# java/heading",
};

Bed *nasty_bed(void)
{
  LogBuilder *b = log_builder_new();
  CivilTime start = bed_time("2020-01-06 09:00:00");
  bed_cohort(b, "1", "<b>Ada</b> & \"Co\"|`x`", "2020-01-06", "2020-05-29", "2");
  bed_cohort(b, "2", "\x1b[1mBell", "2020-01-06", "2020-05-29", "3");
  for (guint user = 0; user < 40; user++) {
    char *name = g_strdup_printf("<i>u%u</i>'\"\x1b", user), *ip = NULL;
    for (guint day = 0; day < 60; day++) {
      CivilTime t = start + day * CIVIL_DAY + user * 60;
      ip = g_strdup_printf("192.0.2.%u", user);
      for (guint k = 0; k < 3; k++)
        bed_hit(b, t + k, name, user % 2 ? "1" : "2",
                nasty[(day + k + user * 3) % G_N_ELEMENTS(nasty)], ip);
      g_free(ip);
    }
    bed_pages(b, start + 20 * CIVIL_DAY + user, name, user % 2 ? "1" : "2",
              user % 2 ? "web/<em>" : "ds/<em>", user == 5 ? 200 : 8, 1, "192.0.2.1");
    g_free(name);
  }
  return bed_new(b);
}

Bed *renamed_bed(const Bed *sample)
{
  const AccessLog *log = sample->ds->log;
  LogBuilder *b = log_builder_new();
  for (guint c = 1; c < log->cohorts->cohorts->len; c++) {
    const Cohort *k = cohort_table_get(log->cohorts, (guint16)c);
    char start[CIVIL_BUF], end[CIVIL_BUF];
    bed_cohort(
        b, k->id, k->name, k->start == CIVIL_DAY_NONE ? NULL : civil_format_day(k->start, start),
        k->end == CIVIL_DAY_NONE ? NULL : civil_format_day(k->end, end),
        k->program == PROGRAM_NONE ? "" : cohort_table_get_program(log->cohorts, k->program)->id);
  }
  for (guint32 row = 0; row < log->n_rows; row++) {
    char user[64], ip[64];
    g_snprintf(user, sizeof user, "zqx%s", strpool_get(log->users, log->user[row], NULL));
    g_snprintf(ip, sizeof ip, "100.64.%u.%u", log->ip[row] >> 8, log->ip[row] & 255);
    bed_hit(b, log->time[row], user,
            log->cohort[row] == COHORT_NONE ? ""
                                            : cohort_table_get(log->cohorts, log->cohort[row])->id,
            strpool_get(log->paths, log->path[row], NULL), log->ip[row] == IP_NONE ? "" : ip);
  }
  return bed_new(b);
}
