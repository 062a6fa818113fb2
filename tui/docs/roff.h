/* Manual pages in the man(7) macros: escaping, sections, entries. Texts are plain ASCII; words in
 * `backquotes` come out bold. */
#ifndef TUI_DOCS_ROFF_H
#define TUI_DOCS_ROFF_H

#include <glib.h>

void roff_title(GString *out, const char *name, const char *section, const char *about);
void roff_section(GString *out, const char *title);
void roff_subsection(GString *out, const char *title);
void roff_paragraph(GString *out, const char *text);
/* A name and what it means. `name` may hold the escapes \fB \fI \fR; other texts may not. */
void roff_entry(GString *out, const char *name, const char *text);
/* A bold name, with an argument in italics when there is one. */
void roff_named(GString *out, const char *name, const char *argument, const char *text);
/* A second paragraph of an entry. */
void roff_more(GString *out, const char *text);
/* Lines as they stand. */
void roff_lines(GString *out, const char *text);
/* `text` with what roff would take for its own made harmless; free with g_free. */
char *roff_escape(const char *text);

#endif
