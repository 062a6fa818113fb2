/* Slides: the parts of the file, how they relate, and the zip archive around them. */
#include "core/report/slide.h"

#include "core/base/assets.h"
#include "core/base/error.h"
#include "core/report/slide_xml.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

/* --- parts ------------------------------------------------------------------------------------ */

typedef enum {
  PART_APP,
  PART_CORE,
  PART_PRESENTATION,
  PART_PROPERTIES,
  PART_TABLE_STYLES,
  PART_THEME,
  PART_MASTER,
  PART_LAYOUT,
  PART_NOTES_THEME,
  PART_NOTES_MASTER,
  PART_SLIDE,
  PART_NOTES,
  N_PARTS,
  PART_PACKAGE = N_PARTS /* no part: where relations of the file as a whole start */
} PartId;

#define PML "application/vnd.openxmlformats-officedocument.presentationml."

/* `asset` NULL: its XML is made for this slide. */
static const struct {
  const char *folder, *name, *type, *asset;
} parts[N_PARTS] = {
    [PART_APP] = {"docProps/", "app.xml",
                  "application/vnd.openxmlformats-officedocument.extended-properties+xml", NULL},
    [PART_CORE] = {"docProps/", "core.xml",
                   "application/vnd.openxmlformats-package.core-properties+xml", NULL},
    [PART_PRESENTATION] = {"ppt/", "presentation.xml", PML "presentation.main+xml",
                           "slide/presentation.xml"},
    [PART_PROPERTIES] = {"ppt/", "presProps.xml", PML "presProps+xml", "slide/properties.xml"},
    [PART_TABLE_STYLES] = {"ppt/", "tableStyles.xml", PML "tableStyles+xml",
                           "slide/table-styles.xml"},
    [PART_THEME] = {"ppt/theme/", "theme1.xml",
                    "application/vnd.openxmlformats-officedocument.theme+xml", "slide/theme.xml"},
    [PART_MASTER] = {"ppt/slideMasters/", "slideMaster1.xml", PML "slideMaster+xml",
                     "slide/master.xml"},
    [PART_LAYOUT] = {"ppt/slideLayouts/", "slideLayout1.xml", PML "slideLayout+xml",
                     "slide/layout.xml"},
    [PART_NOTES_THEME] = {"ppt/theme/", "theme2.xml",
                          "application/vnd.openxmlformats-officedocument.theme+xml",
                          "slide/theme.xml"},
    [PART_NOTES_MASTER] = {"ppt/notesMasters/", "notesMaster1.xml", PML "notesMaster+xml",
                           "slide/notes-master.xml"},
    [PART_SLIDE] = {"ppt/slides/", "slide1.xml", PML "slide+xml", NULL},
    [PART_NOTES] = {"ppt/notesSlides/", "notesSlide1.xml", PML "notesSlide+xml", NULL},
};

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

/* Numbered in this order, from rId1 on, for each part that they start from: the parts name them so.
 * Targets are said as seen from there. */
static const struct {
  PartId from, to;
  const char *target, *type;
} relations[] = {
    {PART_PACKAGE, PART_PRESENTATION, "ppt/presentation.xml", OFFICE "officeDocument"},
    {PART_PACKAGE, PART_CORE, "docProps/core.xml",
     "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"},
    {PART_PACKAGE, PART_APP, "docProps/app.xml", OFFICE "extended-properties"},
    {PART_PRESENTATION, PART_MASTER, "slideMasters/slideMaster1.xml", OFFICE "slideMaster"},
    {PART_PRESENTATION, PART_NOTES_MASTER, "notesMasters/notesMaster1.xml", OFFICE "notesMaster"},
    {PART_PRESENTATION, PART_SLIDE, "slides/slide1.xml", OFFICE "slide"},
    {PART_PRESENTATION, PART_PROPERTIES, "presProps.xml", OFFICE "presProps"},
    {PART_PRESENTATION, PART_THEME, "theme/theme1.xml", OFFICE "theme"},
    {PART_PRESENTATION, PART_TABLE_STYLES, "tableStyles.xml", OFFICE "tableStyles"},
    {PART_MASTER, PART_LAYOUT, "../slideLayouts/slideLayout1.xml", OFFICE "slideLayout"},
    {PART_MASTER, PART_THEME, "../theme/theme1.xml", OFFICE "theme"},
    {PART_LAYOUT, PART_MASTER, "../slideMasters/slideMaster1.xml", OFFICE "slideMaster"},
    {PART_NOTES_MASTER, PART_NOTES_THEME, "../theme/theme2.xml", OFFICE "theme"},
    {PART_SLIDE, PART_LAYOUT, "../slideLayouts/slideLayout1.xml", OFFICE "slideLayout"},
    {PART_SLIDE, PART_NOTES, "../notesSlides/notesSlide1.xml", OFFICE "notesSlide"},
    {PART_NOTES, PART_NOTES_MASTER, "../notesMasters/notesMaster1.xml", OFFICE "notesMaster"},
    {PART_NOTES, PART_SLIDE, "../slides/slide1.xml", OFFICE "slide"},
};

static char *content_types(void)
{
  GString *out =
      g_string_new(SLIDE_XML_HEAD
                   "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                   "<Default Extension=\"rels\" "
                   "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                   "<Default Extension=\"xml\" ContentType=\"application/xml\"/>\n");
  for (guint i = 0; i < N_PARTS; i++)
    g_string_append_printf(out, "<Override PartName=\"/%s%s\" ContentType=\"%s\"/>\n",
                           parts[i].folder, parts[i].name, parts[i].type);
  g_string_append(out, "</Types>\n");
  return g_string_free(out, FALSE);
}

/* NULL for a part from which no relation starts. */
static char *relations_from(PartId from)
{
  guint n = 0;
  GString *out = g_string_new(
      SLIDE_XML_HEAD
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\n");
  for (guint i = 0; i < G_N_ELEMENTS(relations); i++)
    if (relations[i].from == from)
      g_string_append_printf(out, "<Relationship Id=\"rId%u\" Type=\"%s\" Target=\"%s\"/>\n", ++n,
                             relations[i].type, relations[i].target);
  g_string_append(out, "</Relationships>\n");
  return g_string_free(out, n == 0);
}

/* --- the archive ------------------------------------------------------------------------------ */

typedef struct {
  struct archive *zip;
  Sink *sink;
  gboolean ok;
} Package;

static la_ssize_t on_write(struct archive *a, void *data, const void *bytes, size_t n)
{
  (void)a;
  /* an error of the sink is kept there */
  sink_write(((Package *)data)->sink, bytes, n);
  return (la_ssize_t)n;
}

/* Entries have no time, so that the file is the same whenever, and in whatever time zone, it is
 * made. */
static void add_file(Package *p, const char *name, const char *bytes, gsize n)
{
  struct archive_entry *e = archive_entry_new();
  archive_entry_set_pathname(e, name);
  archive_entry_set_filetype(e, AE_IFREG);
  archive_entry_set_perm(e, 0644);
  archive_entry_set_size(e, (la_int64_t)n);
  p->ok = p->ok && archive_write_header(p->zip, e) == ARCHIVE_OK &&
          archive_write_data(p->zip, bytes, n) == (la_ssize_t)n;
  archive_entry_free(e);
}

static void add_text(Package *p, const char *name, char *text)
{
  add_file(p, name, text, strlen(text));
  g_free(text);
}

static void add_relations(Package *p, PartId from)
{
  char *text = relations_from(from);
  if (!text)
    return;
  char *name = from == PART_PACKAGE
                   ? g_strdup("_rels/.rels")
                   : g_strdup_printf("%s_rels/%s.rels", parts[from].folder, parts[from].name);
  add_text(p, name, text);
  g_free(name);
}

static void add_part(Package *p, PartId id, const SlideModel *m, const SlideLayout *l)
{
  char *name = g_strconcat(parts[id].folder, parts[id].name, NULL);
  if (parts[id].asset) {
    gsize n = 0;
    GBytes *bytes = assets_get(parts[id].asset);
    const char *text = bytes ? g_bytes_get_data(bytes, &n) : NULL;
    p->ok = p->ok && text;
    if (p->ok)
      add_file(p, name, text, n);
    if (bytes)
      g_bytes_unref(bytes);
  } else {
    add_text(p, name,
             id == PART_SLIDE   ? slide_xml_slide(m, l)
             : id == PART_NOTES ? slide_xml_notes(m)
             : id == PART_CORE  ? slide_xml_core_properties(m, l)
                                : slide_xml_app_properties(m));
  }
  add_relations(p, id);
  g_free(name);
}

static void add_all(Package *p, const SlideModel *m, const SlideLayout *l)
{
  add_text(p, "[Content_Types].xml", content_types());
  add_relations(p, PART_PACKAGE);
  for (guint i = 0; i < N_PARTS; i++)
    add_part(p, (PartId)i, m, l);
  p->ok = p->ok && archive_write_close(p->zip) == ARCHIVE_OK;
}

gboolean slide_write(const Report *r, Sink *sink, GError **error)
{
  SlideModel *m = slide_model_new(r);
  SlideLayout l;
  slide_layout(m, &l);
  Package p = {.zip = archive_write_new(), .sink = sink};
  p.ok = archive_write_set_format_zip(p.zip) == ARCHIVE_OK &&
         archive_write_set_bytes_in_last_block(p.zip, 1) == ARCHIVE_OK &&
         archive_write_open(p.zip, &p, NULL, on_write, NULL) == ARCHIVE_OK;
  if (p.ok)
    add_all(&p, m, &l);
  if (!p.ok)
    g_set_error(error, CORE_ERROR, CORE_ERROR_OUTPUT, "cannot pack the slide: %s",
                archive_error_string(p.zip) ? archive_error_string(p.zip) : "a part is missing");
  gboolean ok = p.ok;
  archive_write_free(p.zip);
  slide_layout_clear(&l);
  slide_model_free(m);
  return ok;
}
