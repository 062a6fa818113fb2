/* cohortscope(5), the part on logs: forms and names of columns. */
#include "tui/docs/docs.h"

#include "core/ingest/columns.h"
#include "tui/docs/roff.h"

static void write_columns(GString *out)
{
  roff_subsection(out, "Columns");
  roff_paragraph(out, "A table has its columns in any order. They are known by these names in its "
                      "first line, upper or lower case, with or without separators (`User ID` is "
                      "`userid`). `--input-columns` maps what is not recognised.");
  for (int r = 0; r < N_ROLES; r++) {
    GString *names = g_string_new(NULL);
    Role role;
    const char *name;
    for (guint i = 0; (name = input_synonym(i, &role)) != NULL; i++)
      if (role == (Role)r)
        g_string_append_printf(names, "%s%s", names->len ? ", " : "", name);
    if (names->len)
      roff_named(out, input_role_name((Role)r), NULL, names->str);
    g_string_free(names, TRUE);
  }
}

void docs_man_logs(GString *out)
{
  roff_section(out, "Logs");
  roff_paragraph(out, "The form is recognised from the first lines, and shown by `cohortscope "
                      "check`. Files may be packed with gzip, zstd, xz or zip, whatever their "
                      "names. Several logs are merged and sorted by time.");
  roff_named(out, "raw text", NULL,
             "Fields between single blanks: date, time, path, user, cohort, address. Nothing "
             "between two blanks is a missing value.");
  roff_named(out, "CSV or TSV", NULL,
             "With a header, columns in any order; a nameless column of row numbers in front is "
             "left out.");
  roff_named(out, "wide CSV", NULL,
             "The same with the columns of the cohort table in every row; then no cohort table "
             "is needed.");
  roff_named(out, "combined", NULL, "The log of a web server: the user is the authenticated user.");
  roff_named(out, "cohort table", NULL,
             "A table with start and end dates and no times: id, name, start and end date, "
             "program, or fewer of them.");
  write_columns(out);
}
