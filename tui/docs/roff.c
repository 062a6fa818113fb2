/* Manual pages: the man(7) macros. */
#include "tui/docs/roff.h"

#include "config.h"

#include <string.h>

char *roff_escape(const char *text)
{
  GString *out = g_string_new(NULL);
  gboolean bold = FALSE;
  for (const char *p = text; *p; p++) {
    if (*p == '\\') {
      g_string_append(out, "\\e");
    } else if (*p == '-') {
      g_string_append(out, "\\-");
    } else if (*p == '\'') {
      g_string_append(out, "\\(aq");
    } else if (*p == '^') {
      g_string_append(out, "\\(ha");
    } else if (*p == '~') {
      g_string_append(out, "\\(ti");
    } else if (*p == '`' && (bold || strchr(p + 1, '`'))) {
      bold = !bold;
      g_string_append(out, bold ? "\\fB" : "\\fR");
    } else if (*p == '`') {
      g_string_append(out, "\\(ga");
    } else {
      g_string_append_c(out, *p);
    }
  }
  return g_string_free(out, FALSE);
}

/* A line of text: one that begins with a dot would be a macro. */
static void text_line(GString *out, const char *escaped)
{
  if (*escaped == '.')
    g_string_append(out, "\\&");
  g_string_append_printf(out, "%s\n", escaped);
}

static void text(GString *out, const char *plain)
{
  char *escaped = roff_escape(plain);
  text_line(out, escaped);
  g_free(escaped);
}

void roff_title(GString *out, const char *name, const char *section, const char *about)
{
  char *upper = g_ascii_strup(name, -1);
  g_string_append_printf(out,
                         ".\\\" Written by `make docs` from the tables of the program.\n"
                         ".TH %s %s \"\" \"cohortscope " PACKAGE_VERSION "\"\n"
                         ".SH NAME\n%s \\- %s\n",
                         upper, section, name, about);
  g_free(upper);
}

void roff_section(GString *out, const char *title)
{
  char *upper = g_ascii_strup(title, -1);
  g_string_append_printf(out, ".SH %s\n", upper);
  g_free(upper);
}

void roff_subsection(GString *out, const char *title)
{
  char *escaped = roff_escape(title);
  g_string_append_printf(out, ".SS %s\n", escaped);
  g_free(escaped);
}

/* A paragraph needs no mark right below a heading. */
static gboolean below_heading(const GString *out)
{
  gsize at = out->len;
  if (at > 0)
    at--;
  while (at > 0 && out->str[at - 1] != '\n')
    at--;
  return strncmp(out->str + at, ".S", 2) == 0;
}

static void paragraph(GString *out)
{
  if (!below_heading(out))
    g_string_append(out, ".PP\n");
}

void roff_paragraph(GString *out, const char *plain)
{
  paragraph(out);
  text(out, plain);
}

void roff_entry(GString *out, const char *name, const char *plain)
{
  g_string_append(out, ".TP\n");
  text_line(out, name);
  text(out, plain);
}

void roff_named(GString *out, const char *name, const char *argument, const char *plain)
{
  char *bold = roff_escape(name), *italic = argument ? roff_escape(argument) : NULL;
  char *full = italic && *italic ? g_strdup_printf("\\fB%s\\fR \\fI%s\\fR", bold, italic)
                                 : g_strdup_printf("\\fB%s\\fR", bold);
  roff_entry(out, full, plain);
  g_free(full);
  g_free(italic);
  g_free(bold);
}

void roff_more(GString *out, const char *plain)
{
  g_string_append(out, ".IP\n");
  text(out, plain);
}

void roff_lines(GString *out, const char *plain)
{
  paragraph(out);
  g_string_append(out, ".EX\n");
  char **lines = g_strsplit(plain, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    if (!lines[i + 1] && !*lines[i])
      break;
    GString *escaped = g_string_new(NULL);
    for (const char *p = lines[i]; *p; p++) {
      if (*p == '`') {
        g_string_append(escaped, "\\(ga");
        continue;
      }
      char one[2] = {*p, '\0'};
      char *e = roff_escape(one);
      g_string_append(escaped, e);
      g_free(e);
    }
    g_string_append(out, "    ");
    text_line(out, escaped->str);
    g_string_free(escaped, TRUE);
  }
  g_strfreev(lines);
  g_string_append(out, ".EE\n");
}
