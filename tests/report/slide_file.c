/* Slide files: unpacking with libarchive, reading with GMarkup. */
#include "tests/report/slide_file.h"

#include "core/report/slide_layout.h"
#include "core/report/slide_measure.h"
#include "tests/report/reporting.h"

#include <archive.h>
#include <archive_entry.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

/* --- the archive ------------------------------------------------------------------------------ */

static void free_shape(gpointer p)
{
  SlideShape *s = p;
  g_free(s->name);
  g_string_free(s->text, TRUE);
  g_free(s);
}

static void unpack(SlideFile *f, const GString *bytes)
{
  struct archive *a = archive_read_new();
  struct archive_entry *e;
  int status;
  archive_read_support_format_zip(a);
  assert_int_equal(archive_read_open_memory(a, bytes->str, bytes->len), ARCHIVE_OK);
  while ((status = archive_read_next_header(a, &e)) == ARCHIVE_OK) {
    gsize n = (gsize)archive_entry_size(e);
    char *name = g_strdup(archive_entry_pathname(e)), *text = g_malloc0(n + 1);
    /* the time that stands for none in a zip file: the 1st of January 1980 */
    assert_true(archive_entry_mtime(e) < 315532800 + 86400);
    assert_int_equal(archive_read_data(a, text, n), n);
    assert_int_equal(strlen(text), n);
    g_ptr_array_add(f->names, name);
    if (!g_hash_table_insert(f->parts, name, text))
      fail_msg("%s is there twice", name);
  }
  assert_int_equal(status, ARCHIVE_EOF);
  archive_read_free(a);
}

/* --- the slide -------------------------------------------------------------------------------- */

typedef struct {
  SlideFile *file;
  SlideShape *shape; /* that is being read, or NULL */
  GString *cell;     /* or NULL */
  gboolean in_text;
  GHashTable *ids;
} SlideReader;

static const char *value_of(const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i]; i++)
    if (strcmp(names[i], name) == 0)
      return values[i];
  return NULL;
}

static double points(const char **names, const char **values, const char *name)
{
  const char *value = value_of(names, values, name);
  assert_non_null(value);
  return strtod(value, NULL) / 12700;
}

static void begin_shape(SlideReader *r, const char *name)
{
  r->shape = g_new0(SlideShape, 1);
  r->shape->name = g_strdup(name);
  r->shape->text = g_string_new(NULL);
  g_ptr_array_add(r->file->shapes, r->shape);
}

static void start_slide(GMarkupParseContext *context, const char *element, const char **names,
                        const char **values, gpointer data, GError **error)
{
  SlideReader *r = data;
  (void)context;
  (void)error;
  if (strcmp(element, "p:cNvPr") == 0) {
    const char *id = value_of(names, values, "id");
    if (!g_hash_table_add(r->ids, g_strdup(id)))
      fail_msg("two shapes with the id %s", id);
    if (strcmp(id, "1") != 0)
      begin_shape(r, value_of(names, values, "name"));
  } else if (strcmp(element, "a:off") == 0 && r->shape) {
    r->shape->x = points(names, values, "x");
    r->shape->y = points(names, values, "y");
  } else if (strcmp(element, "a:ext") == 0 && r->shape) {
    r->shape->w = points(names, values, "cx");
    r->shape->h = points(names, values, "cy");
  } else if (strcmp(element, "a:rPr") == 0 && r->shape) {
    r->shape->size = MAX(r->shape->size, strtod(value_of(names, values, "sz"), NULL) / 100);
    r->shape->bold |= strcmp(value_of(names, values, "b"), "1") == 0;
  } else if (strcmp(element, "a:gridCol") == 0) {
    double width = points(names, values, "w");
    g_array_append_val(r->file->widths, width);
  } else if (strcmp(element, "a:tc") == 0) {
    r->cell = g_string_new(NULL);
  }
  r->in_text = strcmp(element, "a:t") == 0;
}

static void end_slide(GMarkupParseContext *context, const char *element, gpointer data,
                      GError **error)
{
  SlideReader *r = data;
  (void)context;
  (void)error;
  r->in_text = FALSE;
  if (strcmp(element, "a:tc") == 0) {
    g_ptr_array_add(r->file->cells, g_string_free(r->cell, FALSE));
    r->cell = NULL;
  }
}

/* Spaces that do not break are spaces here. */
static void append_plain(GString *out, const char *text, gsize n)
{
  char *copy = g_strndup(text, n), **parts = g_strsplit(copy, "\u00a0", -1),
       *plain = g_strjoinv(" ", parts);
  g_string_append(out, plain);
  g_free(plain);
  g_strfreev(parts);
  g_free(copy);
}

static void read_text(GMarkupParseContext *context, const char *text, gsize n, gpointer data,
                      GError **error)
{
  SlideReader *r = data;
  (void)context;
  (void)error;
  if (r->in_text)
    append_plain(r->cell ? r->cell : r->shape->text, text, n);
}

static void parse(const char *name, const char *text, const GMarkupParser *parser, gpointer data)
{
  GError *error = NULL;
  GMarkupParseContext *context = g_markup_parse_context_new(parser, 0, data, NULL);
  if (!g_markup_parse_context_parse(context, text, -1, &error) ||
      !g_markup_parse_context_end_parse(context, &error))
    fail_msg("%s: %s", name, error->message);
  g_markup_parse_context_free(context);
}

/* --- the notes -------------------------------------------------------------------------------- */

static void end_notes(GMarkupParseContext *context, const char *element, gpointer data,
                      GError **error)
{
  (void)context;
  (void)error;
  if (strcmp(element, "a:p") == 0)
    g_string_append_c(((SlideFile *)data)->notes, '\n');
}

static void notes_text(GMarkupParseContext *context, const char *text, gsize n, gpointer data,
                       GError **error)
{
  (void)error;
  if (strcmp(g_markup_parse_context_get_element(context), "a:t") == 0)
    append_plain(((SlideFile *)data)->notes, text, n);
}

SlideFile *slide_file_read(const GString *bytes)
{
  static const GMarkupParser slide = {start_slide, end_slide, read_text, NULL, NULL},
                             notes = {NULL, end_notes, notes_text, NULL, NULL};
  SlideFile *f = g_new0(SlideFile, 1);
  f->names = g_ptr_array_new();
  f->parts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  f->shapes = g_ptr_array_new_with_free_func(free_shape);
  f->cells = g_ptr_array_new_with_free_func(g_free);
  f->widths = g_array_new(FALSE, FALSE, sizeof(double));
  f->notes = g_string_new("\n");
  unpack(f, bytes);
  SlideReader r = {.file = f, .ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
  assert_true(g_hash_table_contains(f->parts, SLIDE_PART));
  assert_true(g_hash_table_contains(f->parts, NOTES_PART));
  parse(SLIDE_PART, g_hash_table_lookup(f->parts, SLIDE_PART), &slide, &r);
  parse(NOTES_PART, g_hash_table_lookup(f->parts, NOTES_PART), &notes, f);
  g_hash_table_unref(r.ids);
  return f;
}

void slide_file_free(SlideFile *f)
{
  g_ptr_array_unref(f->names);
  g_hash_table_unref(f->parts);
  g_ptr_array_unref(f->shapes);
  g_ptr_array_unref(f->cells);
  g_array_unref(f->widths);
  g_string_free(f->notes, TRUE);
  g_free(f);
}

const SlideShape *slide_file_shape(const SlideFile *f, const char *name)
{
  for (guint i = 0; i < f->shapes->len; i++) {
    const SlideShape *s = g_ptr_array_index(f->shapes, i);
    if (strcmp(s->name, name) == 0)
      return s;
  }
  return NULL;
}

/* --- checks ----------------------------------------------------------------------------------- */

void check_parts(const SlideFile *f)
{
  static const GMarkupParser nothing = {NULL, NULL, NULL, NULL, NULL};
  assert_string_equal(g_ptr_array_index(f->names, 0), "[Content_Types].xml");
  for (guint i = 0; i < f->names->len; i++) {
    const char *name = g_ptr_array_index(f->names, i), *text = g_hash_table_lookup(f->parts, name);
    check_safe(text);
    assert_true(g_str_has_prefix(text, "<?xml version=\"1.0\" encoding=\"UTF-8\""));
    /* noncharacters that XML 1.0 cannot hold */
    assert_null(strstr(text, "\xef\xbf\xbe"));
    assert_null(strstr(text, "\xef\xbf\xbf"));
    parse(name, text, &nothing, NULL);
  }
}

/* "ppt/slides" and "../slideLayouts/x.xml" give "ppt/slideLayouts/x.xml". */
static char *resolve(const char *folder, const char *target)
{
  char *base = g_strdup(folder);
  while (g_str_has_prefix(target, "../")) {
    char *up = g_path_get_dirname(base);
    g_free(base);
    base = up;
    target += 3;
  }
  char *name =
      *base && strcmp(base, ".") != 0 ? g_strdup_printf("%s/%s", base, target) : g_strdup(target);
  g_free(base);
  return name;
}

/* The relations of one part: all targets are there, and so is every id that the part names. */
static void check_relations_of(const SlideFile *f, const char *folder, const char *part,
                               const char *text)
{
  GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  GMatchInfo *match;
  GRegex *relation = g_regex_new("Id=\"([^\"]*)\" Type=\"[^\"]*\" Target=\"([^\"]*)\"", 0, 0, NULL);
  for (g_regex_match(relation, text, 0, &match); g_match_info_matches(match);
       g_match_info_next(match, NULL)) {
    char *target = g_match_info_fetch(match, 2), *name = resolve(folder, target);
    if (!g_hash_table_contains(f->parts, name))
      fail_msg("%s: there is no %s", part, name);
    assert_true(g_hash_table_add(ids, g_match_info_fetch(match, 1)));
    g_free(name);
    g_free(target);
  }
  assert_true(g_hash_table_size(ids) > 0);
  g_match_info_free(match);
  g_regex_unref(relation);
  const char *xml = *part ? g_hash_table_lookup(f->parts, part) : "";
  GRegex *use = g_regex_new(" r:[a-z]+=\"([^\"]*)\"", 0, 0, NULL);
  for (g_regex_match(use, xml, 0, &match); g_match_info_matches(match);
       g_match_info_next(match, NULL)) {
    char *id = g_match_info_fetch(match, 1);
    if (!g_hash_table_contains(ids, id))
      fail_msg("%s: there is no relation %s", part, id);
    g_free(id);
  }
  g_match_info_free(match);
  g_regex_unref(use);
  g_hash_table_unref(ids);
}

void check_relations(const SlideFile *f)
{
  const char *types = g_hash_table_lookup(f->parts, "[Content_Types].xml");
  guint overrides = 0, expected = 0;
  for (const char *p = strstr(types, "PartName=\"/"); p; p = strstr(p + 1, "PartName=\"/")) {
    char *name = g_strndup(p + 11, strcspn(p + 11, "\""));
    if (!g_hash_table_contains(f->parts, name))
      fail_msg("a type for %s, which is not there", name);
    overrides++;
    g_free(name);
  }
  for (guint i = 0; i < f->names->len; i++) {
    const char *name = g_ptr_array_index(f->names, i), *at = strstr(name, "_rels/");
    expected += !at && i > 0;
    if (!at)
      continue;
    char *folder = g_strndup(name, at > name ? (gsize)(at - name - 1) : 0);
    char *part = g_strdup_printf("%s%s%s", folder, *folder ? "/" : "", at + 6);
    part[strlen(part) - strlen(".rels")] = '\0';
    check_relations_of(f, folder, part, g_hash_table_lookup(f->parts, name));
    g_free(part);
    g_free(folder);
  }
  assert_int_equal(overrides, expected);
}

static void check_box(const SlideShape *s)
{
  if (s->x < 0 || s->y < 0 || s->x + s->w > SLIDE_WIDTH + 0.1 || s->y + s->h > SLIDE_HEIGHT + 0.1)
    fail_msg("%s lies outside: %g %g %g %g", s->name, s->x, s->y, s->w, s->h);
  if (s->text->len == 0)
    return;
  guint lines = slide_lines(s->text->str, s->size, s->bold, s->w + 0.01);
  if (lines * s->size * SLIDE_LINE > s->h + 0.1)
    fail_msg("%s is too small for %u lines of %g in %g: %s", s->name, lines, s->size, s->h,
             s->text->str);
  if (g_str_has_prefix(s->name, "Finding"))
    assert_true(s->size >= 14);
}

static gboolean apart(const SlideShape *a, const SlideShape *b)
{
  return a->x + a->w <= b->x + 0.1 || b->x + b->w <= a->x + 0.1 || a->y + a->h <= b->y + 0.1 ||
         b->y + b->h <= a->y + 0.1;
}

void check_boxes(const SlideFile *f)
{
  for (guint i = 0; i < f->shapes->len; i++) {
    const SlideShape *s = g_ptr_array_index(f->shapes, i);
    check_box(s);
    for (guint k = 0; k < i; k++) {
      const SlideShape *other = g_ptr_array_index(f->shapes, k);
      if (!apart(s, other))
        fail_msg("%s lies on %s", s->name, other->name);
    }
  }
  guint columns = f->widths->len;
  for (guint i = 0; columns && i < f->cells->len; i++) {
    /* the smallest size that a cell has: what does not fit there fits nowhere */
    double room = g_array_index(f->widths, double, i % columns) - 2 * SLIDE_CELL_PAD;
    if (slide_width(g_ptr_array_index(f->cells, i), 12, FALSE) > room + 0.1)
      fail_msg("too wide for its cell: %s", (const char *)g_ptr_array_index(f->cells, i));
  }
}

/* --- slides of reports -------------------------------------------------------------------------
 */

GString *slide_bytes(const Report *r)
{
  GString *out = g_string_new(NULL);
  Sink *sink = sink_string(out);
  GError *error = NULL;
  if (!slide_write(r, sink, &error))
    fail_msg("%s", error->message);
  assert_true(sink_close(sink, NULL));
  return out;
}

SlideFile *slide_of(const Report *r)
{
  GString *bytes = slide_bytes(r);
  SlideFile *f = slide_file_read(bytes);
  check_parts(f);
  check_relations(f);
  check_boxes(f);
  assert_non_null(slide_file_shape(f, "Title"));
  assert_non_null(slide_file_shape(f, "Source"));
  g_string_free(bytes, TRUE);
  return f;
}

const char *slide_text(const SlideFile *f, const char *shape)
{
  const SlideShape *s = slide_file_shape(f, shape);
  return s ? s->text->str : NULL;
}

const char *slide_finding(const SlideFile *f, const char *figure, const char *begin)
{
  for (guint i = 1; i <= SLIDE_FINDINGS; i++) {
    char *number = g_strdup_printf("Number %u", i), *name = g_strdup_printf("Finding %u", i);
    const char *large = slide_text(f, number), *text = slide_text(f, name);
    g_free(number);
    g_free(name);
    if (large && strcmp(large, figure) == 0 && g_str_has_prefix(text, begin))
      return text;
  }
  return NULL;
}

guint slide_n_findings(const SlideFile *f)
{
  guint n = 0;
  for (guint i = 0; i < f->shapes->len; i++)
    n += g_str_has_prefix(((const SlideShape *)g_ptr_array_index(f->shapes, i))->name, "Finding ");
  return n;
}
