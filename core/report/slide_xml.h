/* A slide as XML: DrawingML within PresentationML (ECMA-376, part 1). */
#ifndef CORE_REPORT_SLIDE_XML_H
#define CORE_REPORT_SLIDE_XML_H

#include "core/report/slide_layout.h"

#define SLIDE_XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define SLIDE_XML_NS                                                                               \
  " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""                             \
  " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""               \
  " xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""

/* Text or the value of an attribute: escaped, and without what XML cannot hold. */
void slide_append_text(GString *out, const char *text);

/* Each is a whole part. Free with g_free. */
char *slide_xml_slide(const SlideModel *m, const SlideLayout *l);
char *slide_xml_notes(const SlideModel *m);
char *slide_xml_core_properties(const SlideModel *m, const SlideLayout *l);
char *slide_xml_app_properties(const SlideModel *m);

#endif
