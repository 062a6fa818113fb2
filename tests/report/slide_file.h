/* Slide files: a presentation taken apart again, and checks that hold for every one. */
#ifndef TESTS_REPORT_SLIDE_FILE_H
#define TESTS_REPORT_SLIDE_FILE_H

#include "core/report/slide.h"

#define SLIDE_PART "ppt/slides/slide1.xml"
#define NOTES_PART "ppt/notesSlides/notesSlide1.xml"

/* A box of the slide, in points. */
typedef struct {
  char *name;
  double x, y, w, h;
  double size; /* of its largest text; 0 without text */
  gboolean bold;
  GString *text;
} SlideShape;

typedef struct {
  GPtrArray *names;  /* of the parts, in order; borrowed */
  GHashTable *parts; /* name -> text */
  GPtrArray *shapes; /* of SlideShape*; no cells of the table */
  GPtrArray *cells;  /* of char*: texts of the table, row by row */
  GArray *widths;    /* of double: columns of the table */
  GString *notes;    /* all paragraphs, a line each */
} SlideFile;

/* Unpacks and reads; fails the test when anything cannot be read. */
SlideFile *slide_file_read(const GString *bytes);
void slide_file_free(SlideFile *f);
/* The slide of a report, as it is written; free with g_string_free. */
GString *slide_bytes(const Report *r);
/* The same, read again, with every check below. */
SlideFile *slide_of(const Report *r);
const char *slide_text(const SlideFile *f, const char *shape); /* NULL: none */
/* "26 strong cases ...": the finding that begins with that number and goes on so; NULL: none. */
const char *slide_finding(const SlideFile *f, const char *figure, const char *begin);
guint slide_n_findings(const SlideFile *f);
const SlideShape *slide_file_shape(const SlideFile *f, const char *name); /* NULL: none */

/* Each fails the test with what is wrong: every part is well-formed XML without control characters;
 * types and relations name parts that are there, and parts name relations that are there; nothing
 * lies outside of the slide, nothing is larger than its box, and no finding is smaller than 14. */
void check_parts(const SlideFile *f);
void check_relations(const SlideFile *f);
void check_boxes(const SlideFile *f);

#endif
