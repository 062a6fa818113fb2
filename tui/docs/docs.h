/* Documents: manual pages and completions, written from the tables of the program.
 *
 * What is written here is committed in assets/man and assets/completions, so that a tarball needs
 * no generating; a test compares. Each function appends a whole file to `out`. */
#ifndef TUI_DOCS_DOCS_H
#define TUI_DOCS_DOCS_H

#include "tui/app/options.h"

void docs_man_program(GString *out); /* cohortscope(1) */
void docs_man_files(GString *out);   /* cohortscope(5) */
void docs_man_logs(GString *out);    /* a part of it: what logs look like */
void docs_bash(GString *out);
void docs_zsh(GString *out);
void docs_fish(GString *out);

#endif
