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

static void write_databases(GString *out)
{
  roff_subsection(out, "Databases");
  roff_paragraph(out, "A log can be read from a MariaDB or MySQL server, in place of a file or "
                      "among files. Its address is written");
  roff_lines(out, "mysql://USER:PASSWORD@HOST:PORT/DATABASE?logs=TABLE&cohorts=TABLE");
  roff_paragraph(out, "where `mariadb://` says the same, and everything but the name of the "
                      "database may be left out. In each part characters such as / @ : ? # and % "
                      "are written %2F %40 %3A %3F %23 and %25. An IPv6 address stands in "
                      "brackets.");
  roff_named(out, "logs", "TABLE",
             "The table or view of the log; `logs` when it is not said. Its columns are known by "
             "their names, as below; others are not asked for. One that holds the columns of the "
             "cohort table as well needs no cohort table.");
  roff_named(out, "cohorts", "TABLE",
             "The cohort table; `cohorts` when it is not said, where there is one and no other "
             "cohort table is named. Nothing behind the = leaves it out. After `--cohorts` an "
             "address means the cohort table of that database.");
  roff_named(out, "socket", "FILE",
             "The socket of a server on this machine, with localhost as host. Without it localhost "
             "with a port is reached through the network, as tunnels need it, and localhost alone "
             "through the usual socket.");
  roff_paragraph(out, "The password comes from the address, else from `--password-file`, else from "
                      "the files of the client programs (~/.my.cnf and others; groups client and "
                      "cohortscope, which may also name host, port, user and certificates), else "
                      "from MYSQL_PWD. One in the address is remembered by the shell, and seen by "
                      "others until the program has started; it is never shown.");
  roff_paragraph(out, "NULL is a missing value, and so is the date 0000-00-00. Columns may be "
                      "dates, times, numbers or texts; a TIMESTAMP is read in the time zone of the "
                      "server. Rejected rows are named by their number, in the order in which the "
                      "server gives them. Only SELECT is sent, in a session that may only read. A "
                      "server that is silent for a minute (10 seconds at the start) is given up; "
                      "when a connection breaks, the rows before that are kept and the result is "
                      "called partial. A database cannot be followed.");
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
  write_databases(out);
  write_columns(out);
}
