/* A slide as XML: its boxes, lines and table. */
#include "core/report/slide_xml.h"

#include "core/base/text.h"

#include <math.h>
#include <stdarg.h>

/* Colours and fonts are those of the theme, by their roles: a presentation that takes the slide in
 * gives it its own. */
#define INK    "tx1"
#define SOFT   "tx2"
#define ACCENT "accent1"
#define LINE   "bg2"

#define NO_BREAK "\u00a0"

void slide_append_text(GString *out, const char *text)
{
  char *safe = text_safe(text, -1);
  for (const char *p = safe; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (c == 0xfffe || c == 0xffff) /* no characters of XML 1.0 */
      g_string_append_c(out, '?');
    else if (c == '&')
      g_string_append(out, "&amp;");
    else if (c == '<')
      g_string_append(out, "&lt;");
    else if (c == '>')
      g_string_append(out, "&gt;");
    else if (c == '"')
      g_string_append(out, "&quot;");
    else if (c == ' ' && p[1] == '%') /* a number and its sign stay on one line */
      g_string_append(out, NO_BREAK);
    else
      g_string_append_unichar(out, c);
  }
  g_free(safe);
}

/* --- pieces ----------------------------------------------------------------------------------- */

typedef struct {
  GString *out;
  guint id; /* of the shape before */
} Page;

static long emu(double points)
{
  return lround(points * 12700);
}

static void put_frame(Page *p, const char *element, const SlideRect *r)
{
  g_string_append_printf(p->out,
                         "<%s><a:off x=\"%ld\" y=\"%ld\"/><a:ext cx=\"%ld\" cy=\"%ld\"/></%s>",
                         element, emu(r->x), emu(r->y), emu(r->w), emu(r->h), element);
}

static void put_color(Page *p, const char *color)
{
  g_string_append_printf(p->out, "<a:solidFill><a:schemeClr val=\"%s\"/></a:solidFill>", color);
}

static void put_run(Page *p, const char *text, double size, gboolean bold, const char *color)
{
  g_string_append_printf(p->out, "<a:r><a:rPr lang=\"en-US\" sz=\"%ld\" b=\"%d\" dirty=\"0\">",
                         lround(size * 100), bold ? 1 : 0);
  put_color(p, color);
  g_string_append(p->out, "</a:rPr><a:t>");
  slide_append_text(p->out, text);
  g_string_append(p->out, "</a:t></a:r>");
}

/* The beginning of a shape with a name; `more` stands in its non-visual properties. */
static void open_shape(Page *p, const char *name, const char *lock, const char *more)
{
  g_string_append_printf(
      p->out,
      "<p:sp><p:nvSpPr><p:cNvPr id=\"%u\" name=\"%s\"/><p:cNvSpPr%s</p:cNvSpPr><p:nvPr%s</p:nvPr>"
      "</p:nvSpPr>",
      ++p->id, name, lock, more);
}

#define BODY                                                                                       \
  "<p:txBody><a:bodyPr wrap=\"square\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"%s\">" \
  "<a:normAutofit/></a:bodyPr><a:lstStyle/><a:p><a:pPr algn=\"l\"/>"
#define BODY_END "</a:p></p:txBody></p:sp>\n"

/* The rest of a shape with text: its frame, with `geometry` in it, and one run. */
static void put_text_shape(Page *p, const SlideBox *b, const char *geometry, gboolean bold,
                           const char *color)
{
  g_string_append(p->out, "<p:spPr>");
  put_frame(p, "a:xfrm", &b->rect);
  g_string_append_printf(p->out, "%s</p:spPr>", geometry);
  g_string_append_printf(p->out, BODY, "t");
  put_run(p, b->text, b->size, bold, color);
  g_string_append(p->out, BODY_END);
}

static void put_text_box(Page *p, const char *name, const SlideBox *b, gboolean bold,
                         const char *color)
{
  open_shape(p, name, " txBox=\"1\">", ">");
  put_text_shape(p, b, "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/>", bold, color);
}

/* The title is the title of the layout, so that outlines and screen readers know it. */
static void put_title(Page *p, const SlideBox *b)
{
  open_shape(p, "Title", "><a:spLocks noGrp=\"1\"/>", "><p:ph type=\"title\"/>");
  put_text_shape(p, b, "", TRUE, INK);
}

static void put_accent(Page *p, const SlideRect *r)
{
  open_shape(p, "Accent", ">", ">");
  g_string_append(p->out, "<p:spPr>");
  put_frame(p, "a:xfrm", r);
  g_string_append(p->out, "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
  put_color(p, ACCENT);
  g_string_append(p->out, "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>\n");
}

static void put_rule(Page *p, guint i, const SlideRect *r)
{
  g_string_append_printf(
      p->out,
      "<p:cxnSp><p:nvCxnSpPr><p:cNvPr id=\"%u\" name=\"Line %u\"/><p:cNvCxnSpPr/>"
      "<p:nvPr/></p:nvCxnSpPr><p:spPr>",
      ++p->id, i + 1);
  put_frame(p, "a:xfrm", r);
  g_string_append(p->out, "<a:prstGeom prst=\"line\"><a:avLst/></a:prstGeom><a:ln w=\"9525\">");
  put_color(p, LINE);
  g_string_append(p->out, "</a:ln></p:spPr></p:cxnSp>\n");
}

/* --- the table -------------------------------------------------------------------------------- */

static void put_cell(Page *p, const SlideLayout *l, const SlideCell *c, guint row, guint column)
{
  double size = row == 0 ? l->head_size : l->cell_size;
  gboolean bold = row == 0 || column == 0;
  g_string_append(p->out, "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn=\"l\"/>");
  if (c->name)
    put_run(p, c->name, size, bold, row == 0 ? ACCENT : INK);
  if (c->name && c->number)
    put_run(p, "   ", l->number_size, FALSE, SOFT);
  if (c->name && c->number)
    put_run(p, c->number, l->number_size, FALSE, SOFT);
  if (!c->name)
    put_run(p, "\u2013", size, FALSE, SOFT);
  g_string_append_printf(p->out,
                         "</a:p></a:txBody><a:tcPr marL=\"%ld\" marR=\"%ld\" marT=\"38100\" "
                         "marB=\"38100\" anchor=\"ctr\">",
                         column ? emu(SLIDE_CELL_PAD) : 0, emu(SLIDE_CELL_PAD));
  static const char *const sides[] = {"L", "R", "T"};
  for (guint i = 0; i < G_N_ELEMENTS(sides); i++)
    g_string_append_printf(p->out, "<a:ln%s w=\"0\"><a:noFill/></a:ln%s>", sides[i], sides[i]);
  g_string_append_printf(p->out, "<a:lnB w=\"%d\">", row == 0 ? 15875 : 9525);
  put_color(p, row == 0 ? ACCENT : LINE);
  g_string_append(p->out, "</a:lnB><a:noFill/></a:tcPr></a:tc>");
}

static void put_table(Page *p, const SlideModel *m, const SlideLayout *l)
{
  guint n = m->columns->len;
  g_string_append_printf(
      p->out,
      "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"%u\" name=\"Programs\" "
      "descr=\"For each program: the lesson read most, what graduates return to, "
      "and the lesson opened least.\"/><p:cNvGraphicFramePr><a:graphicFrameLocks "
      "noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>",
      ++p->id);
  put_frame(p, "p:xfrm", &l->table);
  g_string_append(p->out, "<a:graphic><a:graphicData "
                          "uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl>"
                          "<a:tblPr firstRow=\"1\"/><a:tblGrid>");
  for (guint c = 0; c < n; c++)
    g_string_append_printf(p->out, "<a:gridCol w=\"%ld\"/>", emu(l->widths[c]));
  g_string_append(p->out, "</a:tblGrid>\n");
  for (guint row = 0; row <= m->n_programs; row++) {
    g_string_append_printf(p->out, "<a:tr h=\"%ld\">",
                           emu(row == 0 ? l->head_height : l->row_height));
    for (guint c = 0; c < n; c++)
      put_cell(p, l, &l->cells[row][c], row, c);
    g_string_append(p->out, "</a:tr>\n");
  }
  g_string_append(p->out, "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>\n");
}

/* --- parts ------------------------------------------------------------------------------------ */

#define TREE                                                                                       \
  "<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/>"           \
  "</p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/>"            \
  "<a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>\n"
#define TREE_END "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"

char *slide_xml_slide(const SlideModel *m, const SlideLayout *l)
{
  Page p = {g_string_new(SLIDE_XML_HEAD "<p:sld" SLIDE_XML_NS ">" TREE), 1};
  put_title(&p, &l->title);
  put_accent(&p, &l->accent);
  for (guint i = 0; i < l->n_findings; i++) {
    char *name = g_strdup_printf("Number %u", i + 1);
    put_rule(&p, i, &l->rules[i]);
    put_text_box(&p, name, &l->figures[i], TRUE, ACCENT);
    g_free(name);
    name = g_strdup_printf("Finding %u", i + 1);
    put_text_box(&p, name, &l->texts[i], FALSE, INK);
    g_free(name);
  }
  if (l->nothing.text)
    put_text_box(&p, "Finding", &l->nothing, FALSE, INK);
  if (m->columns->len)
    put_table(&p, m, l);
  put_text_box(&p, "Source", &l->source, FALSE, SOFT);
  g_string_append(p.out, TREE_END "</p:sld>\n");
  return g_string_free(p.out, FALSE);
}

char *slide_xml_notes(const SlideModel *m)
{
  Page p = {g_string_new(SLIDE_XML_HEAD "<p:notes" SLIDE_XML_NS ">" TREE), 1};
  open_shape(&p, "Slide Image", "><a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/>",
             "><p:ph type=\"sldImg\"/>");
  g_string_append(p.out, "<p:spPr/></p:sp>\n");
  open_shape(&p, "Notes", "><a:spLocks noGrp=\"1\"/>", "><p:ph type=\"body\" idx=\"1\"/>");
  g_string_append(p.out, "<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>\n");
  for (guint i = 0; i < m->notes->len; i++) {
    const SlideNote *n = &g_array_index(m->notes, SlideNote, i);
    g_string_append_printf(p.out, "<a:p><a:r><a:rPr lang=\"en-US\" b=\"%d\" dirty=\"0\"/><a:t>",
                           n->kind == SLIDE_NOTE_HEADING ? 1 : 0);
    slide_append_text(p.out, n->text);
    g_string_append(p.out, "</a:t></a:r></a:p>\n");
  }
  g_string_append(p.out, "</p:txBody></p:sp>\n" TREE_END "</p:notes>\n");
  return g_string_free(p.out, FALSE);
}

char *slide_xml_core_properties(const SlideModel *m, const SlideLayout *l)
{
  GString *out = g_string_new(
      SLIDE_XML_HEAD
      "<cp:coreProperties "
      "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>");
  slide_append_text(out, l->title.text);
  g_string_append(out, "</dc:title><dc:subject>");
  slide_append_text(out, m->name);
  g_string_append(out, "</dc:subject><dc:creator>cohortscope</dc:creator></cp:coreProperties>\n");
  return g_string_free(out, FALSE);
}

char *slide_xml_app_properties(const SlideModel *m)
{
  GString *out = g_string_new(
      SLIDE_XML_HEAD
      "<Properties "
      "xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
      "<Slides>1</Slides><Notes>1</Notes><Application>cohortscope ");
  slide_append_text(out, m->version);
  g_string_append(out, "</Application></Properties>\n");
  return g_string_free(out, FALSE);
}
