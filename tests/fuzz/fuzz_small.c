/* Everything small that somebody types or edits: scopes, times, columns, rules, keys, sessions,
 * case books, filters of the queue, bytes from the keyboard, and names that are drawn and exported.
 * The first byte of a text says which; a broken promise is a crash, for the fuzzer to see. */
#include "tests/fuzz/fuzz.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/assets.h"
#include "core/base/text.h"
#include "core/casebook/casebook.h"
#include "core/flags/rule.h"
#include "core/ingest/load.h"
#include "core/query/period.h"
#include "core/query/scope.h"
#include "tests/query/fixture.h"
#include "tui/app/command.h"
#include "tui/app/keymap.h"
#include "tui/draw/canvas.h"
#include "tui/draw/keyin.h"
#include "tui/model/session.h"

static void check(gboolean ok)
{
  if (!ok)
    abort();
}

/* Either a result or an error that can be shown. */
static void check_answer(gboolean ok, GError **error)
{
  check(ok == (*error == NULL));
  if (*error)
    check(*(*error)->message && g_utf8_validate((*error)->message, -1, NULL));
  g_clear_error(error);
}

static Dataset *dataset(void)
{
  static Dataset *ds;
  if (!ds) {
    char *text = fixture_random_log(5, 300, 12, 20);
    ds = fixture_new(text, fixture_cohorts);
    g_free(text);
  }
  return ds;
}

/* A folder of this run, in which files are written over and over; each that uses it leaves it
 * empty. */
static char *made;

static void remove_folder(void)
{
  g_rmdir(made);
}

static const char *folder(void)
{
  if (!made) {
    made = g_dir_make_tmp("fuzz-XXXXXX", NULL);
    check(made != NULL && atexit(remove_folder) == 0);
  }
  return made;
}

/* --- one of each --------------------------------------------------------------------------------
 */

static void try_scope(const char *text, gsize len)
{
  (void)len;
  GError *error = NULL;
  Scope *s = scope_parse(text, &error);
  check_answer(s != NULL, &error);
  if (!s)
    return;
  char *printed = scope_print(s);
  Scope *again = scope_parse(printed, NULL);
  check(again && scope_equal(s, again));
  Selection *sel = scope_select(s, dataset(), &error);
  check_answer(sel != NULL, &error);
  check(!sel || sel->n <= dataset()->log->n_rows);
  if (sel)
    selection_free(sel);
  scope_free(again);
  scope_free(s);
  g_free(printed);
}

static void try_time(const char *text, gsize len)
{
  (void)len;
  Period p = {1, 0};
  char *wrong = period_parse_range(text, dataset()->log->time[dataset()->log->n_rows - 1], &p);
  check(wrong ? *wrong != 0 : p.from <= p.to);
  g_free(wrong);
}

static void try_columns(const char *text, gsize len)
{
  (void)len;
  static const char log[] = "date,time,page,student,class,addr\n"
                            "2024-03-01,09:00:00,x,7,3,192.0.2.1\n";
  GError *error = NULL;
  LoadRequest req;
  LoadReport *report = NULL;
  load_request_init(&req);
  req.columns = text;
  req.memory_log = g_bytes_new_static(log, sizeof log - 1);
  AccessLog *loaded = load(&req, &report, &error);
  check_answer(loaded != NULL, &error);
  if (loaded)
    access_log_unref(loaded);
  load_report_free(report);
  g_bytes_unref(req.memory_log);
}

static void try_rules(const char *text, gsize len)
{
  GError *error = NULL;
  RuleSettings before, s;
  rule_settings_init(&before);
  s = before;
  GPtrArray *lines = assets_parse(text, len, "rules.conf");
  gboolean ok = rule_settings_apply(&s, lines, &error);
  check_answer(ok, &error);
  for (guint r = 0; !ok && r < N_RULES; r++) {
    check(s.on[r] == before.on[r]);
    for (guint i = 0; i < RULE_MAX_PARAMETERS; i++)
      check(!(s.value[r][i] < before.value[r][i] || s.value[r][i] > before.value[r][i]));
  }
  g_ptr_array_unref(lines);
}

static void try_keys(const char *text, gsize len)
{
  GError *error = NULL;
  char *file = g_build_filename(folder(), "keys.conf", NULL);
  FILE *f = g_fopen(file, "wb");
  check(f && fwrite(text, 1, len, f) == len && fclose(f) == 0);
  Keymap *k = keymap_new(file, command_known, &error);
  check((k == NULL) == (error != NULL));
  g_clear_error(&error);
  if (k)
    g_free(keymap_collision(k));
  keymap_free(k);
  g_unlink(file);
  g_free(file);
}

/* What was understood is printed as it was understood. */
static void try_session(const char *text, gsize len)
{
  GError *error = NULL;
  State *s = state_new(), *t = state_new();
  s->ds = t->ds = dataset();
  int n = session_restore(s, text, len, &error);
  check_answer(n >= 0, &error);
  check(n <= 200);
  char *printed = session_print(s);
  check(g_utf8_validate(printed, -1, NULL));
  check(session_restore(t, printed, strlen(printed), NULL) == (int)chips_count(s->chips));
  char *again = session_print(t);
  check(strcmp(printed, again) == 0);
  g_free(again);
  g_free(printed);
  s->ds = t->ds = NULL;
  state_free(s);
  state_free(t);
}

static void try_book(const char *text, gsize len)
{
  GError *error = NULL;
  char *notice = NULL, *file = g_build_filename(folder(), CASEBOOK_FILE, NULL);
  FILE *f = g_fopen(file, "wb");
  check(f && fwrite(text, 1, len, f) == len && fclose(f) == 0);
  CasebookData data = {.fingerprint = (char *)"f", .source = (char *)"s", .rows = 1};
  Casebook *b = casebook_open(folder(), &data, &notice, &error);
  check_answer(b != NULL, &error);
  check(!notice || g_utf8_validate(notice, -1, NULL));
  casebook_free(b);
  g_free(notice);
  g_free(file);
  GDir *dir = g_dir_open(folder(), 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    char *path = g_build_filename(folder(), name, NULL);
    g_unlink(path);
    g_free(path);
  }
  g_clear_pointer(&dir, g_dir_close);
}

static void try_queue(const char *text, gsize len)
{
  (void)len;
  GError *error = NULL;
  QueueFilter f, again;
  queue_filter_init(&f);
  queue_filter_init(&again);
  gboolean ok = queue_filter_change(&f, text, &error);
  check((error == NULL) == ok);
  g_clear_error(&error);
  char *printed = queue_filter_print(&f), *label = queue_filter_label(&f);
  char *line = g_strconcat("reset ", printed, NULL);
  check(queue_filter_change(&again, line, NULL));
  char *twice = queue_filter_print(&again);
  check(strcmp(printed, twice) == 0);
  g_free(twice);
  g_free(line);
  g_free(label);
  g_free(printed);
  queue_filter_clear(&f);
  queue_filter_clear(&again);
}

static void try_keyboard(const char *text, gsize len)
{
  KeyIn *k = keyin_new();
  gsize events = 0;
  for (gsize at = 0; at < len; at += 3) { /* in pieces, as a slow line brings them */
    keyin_feed(k, text + at, MIN(len - at, 3));
    while (keyin_next(k, at % 2).kind >= KEYIN_KEY)
      check(++events <= len);
  }
  KeyInKind kind;
  while ((kind = keyin_next(k, TRUE).kind) != KEYIN_EMPTY) {
    check(kind != KEYIN_MORE);
    check(++events <= len);
  }
  keyin_free(k);
}

static void check_made(GString *out, gboolean lines)
{
  check(g_utf8_validate(out->str, (gssize)out->len, NULL));
  for (gsize i = 0; i < out->len; i++)
    check((guint8)out->str[i] >= 0x20 || (lines && strchr("\t\r\n", out->str[i])));
  g_string_truncate(out, 0);
}

static void try_text(const char *text, gsize len)
{
  GString *out = g_string_new(NULL);
  text_append_safe(out, text, (gssize)len);
  check(text_is_safe(out->str, out->len));
  check_made(out, FALSE);
  text_append_csv(out, text, (gssize)len, TRUE);
  check_made(out, TRUE);
  text_append_html(out, text, (gssize)len);
  check(!strpbrk(out->str, "<>\"'"));
  check_made(out, TRUE);
  text_append_markdown(out, text, (gssize)len);
  check_made(out, FALSE);
  g_string_free(out, TRUE);
  char *escaped = text_escaped(text, (gssize)len, 40);
  check(text_is_safe(escaped, strlen(escaped)) && strlen(escaped) <= 4 * 40 + 2);
  g_free(escaped);

  int w = 1 + (int)(len % 37), width = canvas_text_width(text);
  Canvas *c = canvas_new(w, 4, NULL);
  check(width >= 0 && (gsize)width <= 2 * len);
  canvas_text(c, (int)(len % 11) - 5, 0, text, ROLE_NORMAL);
  canvas_text_fit(c, -1, 1, w + 2, text, ROLE_NORMAL, FIT_RIGHT);
  canvas_text_fit(c, 0, 2, w, text, ROLE_NORMAL, FIT_CUT_MIDDLE);
  canvas_text_fit(c, w / 2, 3, 2, text, ROLE_NORMAL, FIT_CENTER);
  for (int y = 0; y < 4; y++)
    for (int x = 0; x < w; x++)
      check(x > 0 || canvas_cell(c, x, y)->ch != 0); /* no right half without a left one */
  char *shown = canvas_to_text(c);
  check(g_utf8_validate(shown, -1, NULL) && !strpbrk(shown, "\x1b\x07\x7f\r\t"));
  g_free(shown);
  canvas_free(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const struct {
    char letter;
    void (*try)(const char *text, gsize len);
  } tries[] = {{'s', try_scope}, {'t', try_time},    {'c', try_columns}, {'r', try_rules},
               {'k', try_keys},  {'S', try_session}, {'b', try_book},    {'q', try_queue},
               {'w', try_text},  {'K', try_keyboard}};
  for (gsize i = 0; size > 0 && i < G_N_ELEMENTS(tries); i++)
    if (tries[i].letter == (char)data[0]) {
      char *text = g_strndup((const char *)data + 1, size - 1); /* zero behind the end */
      memcpy(text, data + 1, size - 1);
      gboolean bytes = strchr("rkSbK", (char)data[0]) != NULL;
      tries[i].try(text, bytes ? size - 1 : strlen(text));
      g_free(text);
    }
  return 0;
}
