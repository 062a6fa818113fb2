/* Reports: the table of formats, and the order of the chapters. */
#include "core/report/report.h"

#include "core/report/content.h"
#include "core/report/report_json.h"

static const char *const names[N_REPORT_FORMATS] = {"md", "html", "json"};

const char *report_format_name(ReportFormat f)
{
  return names[f];
}

gboolean report_format_parse(const char *name, ReportFormat *ret)
{
  for (guint f = 0; f < N_REPORT_FORMATS; f++) {
    if (g_ascii_strcasecmp(names[f], name) == 0) {
      *ret = (ReportFormat)f;
      return TRUE;
    }
  }
  return FALSE;
}

char *content_title(const Report *r)
{
  return r->sample ? g_strdup("Report on the sample log")
                   : g_strdup_printf("Report on the access log %s", r->name);
}

static void free_glossary(gpointer p)
{
  glossary_free(p);
}

static void write_document(const Report *r, const DocFormat *format, Sink *sink)
{
  Doc d;
  Content c = {.report = r, .glossaries = g_ptr_array_new_with_free_func(free_glossary)};
  log_facts_gather(r->study->ds, &c.facts);
  for (guint i = 0; i < r->answers->len; i++) {
    const Answer *a = g_ptr_array_index(r->answers, i);
    Glossary *g = glossary_new(a->number);
    for (guint t = 0; t < a->tables->len; t++)
      glossary_add(g, ((const AnswerTable *)g_ptr_array_index(a->tables, t))->table);
    g_ptr_array_add(c.glossaries, g);
  }
  char *title = content_title(r);
  doc_begin(&d, format, sink, r->pseudonyms, title);
  content_front(&c, &d);
  for (guint i = 0; i < r->answers->len; i++)
    content_answer(&c, &d, i);
  content_appendix(&c, &d);
  doc_end(&d);
  g_free(title);
  g_ptr_array_unref(c.glossaries);
}

void report_write(const Report *r, ReportFormat f, Sink *sink)
{
  if (f == REPORT_JSON)
    report_write_json(r, sink);
  else
    write_document(r, f == REPORT_HTML ? &doc_html : &doc_md, sink);
}
