/* Work behind the screen: two explorers get the same random keys, one computes all of a frame at
 * once, the other in a thread and shows frames before it is done. Whenever the second has caught up
 * both must show the same, and what it has not caught up with must be marked. */
#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/stats/prng.h"
#include "tui/app/app.h"
#include "tui/views/frame.h"

#define STEPS 1500

static const char *const keys[] = {"j",     "j",     "j",         "k", "PgDn", "g",   "G", "Enter",
                                   "Enter", "Enter", "Backspace", "+", "-",    "x",   "X", "u",
                                   "1",     "2",     "3",         "4", "5",    "6",   "0", "s",
                                   "l",     "h",     "*",         "[", "]",    "Tab", "8"};
static const struct {
  int width, height;
} sizes[] = {{80, 24}, {120, 30}, {200, 60}};

/* --- explorers -------------------------------------------------------------------------------- */

static App *open_app(const Options *o)
{
  OpenPlan *plan = open_plan_new(o, NULL);
  assert_non_null(plan);
  App *app = app_new(plan, NULL);
  assert_non_null(app);
  app_start_loading(app);
  assert_true(app_wait_loader(app, NULL));
  app_wait_analysis(app);
  return app;
}

static char *shown(App *app, Canvas *canvas)
{
  app->state->width = canvas->width;
  app->state->height = canvas->height;
  frame_prepare(app->state);
  frame_draw(app->state, canvas);
  return canvas_to_text(canvas);
}

/* What is late must say so: each such list has the word behind its title. */
static void check_marked(const State *s, const char *text)
{
  gboolean late = frame_focus_late(s);
  if (late && !s->menu && s->width >= 80)
    assert_non_null(strstr(text, "computing"));
}

static void check_same(const char *right, const char *settled, guint step, const char *key)
{
  if (strcmp(right, settled) == 0)
    return;
  g_auto(GStrv) a = g_strsplit(right, "\n", -1), b = g_strsplit(settled, "\n", -1);
  for (guint i = 0; a[i] && b[i]; i++)
    if (strcmp(a[i], b[i]) != 0)
      fprintf(stderr, "at once: %s\nbehind:  %s\n", a[i], b[i]);
  fail_msg("step %u, key %s: other screens", step, key);
}

static void press(App *app, Key key)
{
  if (frame_focus_late(app->state))
    frame_prepare_focus(app->state);
  app_key(app, key);
  app->state->quit = app->state->suspend = FALSE;
  g_clear_pointer(&app->state->copy, g_free);
}

/* --- the test --------------------------------------------------------------------------------- */

typedef struct {
  App *plain, *late;
  Canvas *a, *b;
  Prng prng;
  guint marked;
} Pair;

static void random_size(Pair *p)
{
  guint size = (guint)prng_below(&p->prng, G_N_ELEMENTS(sizes));
  canvas_resize(p->a, sizes[size].width, sizes[size].height);
  canvas_resize(p->b, sizes[size].width, sizes[size].height);
}

/* Frames that do not wait, or not for long. */
static void early_frame(Pair *p)
{
  p->late->state->frame_us = (gint64)prng_below(&p->prng, 3) * 300;
  g_autofree char *early = shown(p->late, p->b);
  check_marked(p->late->state, early);
  p->marked += strstr(early, "computing") != NULL;
}

/* The same key in both; then, when `settle`, the same screen. */
static void step(Pair *p, guint i, gboolean settle)
{
  const char *name = keys[prng_below(&p->prng, G_N_ELEMENTS(keys))];
  if (prng_below(&p->prng, 40) == 0)
    random_size(p);
  press(p->plain, key_parse(name));
  press(p->late, key_parse(name));
  for (guint n = (guint)prng_below(&p->prng, 3); n > 0; n--)
    early_frame(p);
  if (!settle)
    return;
  g_autofree char *right = shown(p->plain, p->a);
  p->late->state->frame_us = -1;
  g_autofree char *settled = shown(p->late, p->b);
  check_same(right, settled, i, name);
}

static void same_screens(void **data)
{
  (void)data;
  char *words[] = {(char *)"cohortscope", NULL};
  Options *o = options_parse(1, words, NULL, NULL);
  Pair p = {.plain = open_app(o), .late = open_app(o)};
  p.a = canvas_new(80, 24, NULL);
  p.b = canvas_new(80, 24, NULL);
  prng_seed(&p.prng, 7);
  work_start_threads(p.late->state->work);
  assert_true(work_fd(p.late->state->work) >= 0);
  for (guint i = 0; i < STEPS; i++)
    step(&p, i, TRUE);
  assert_true(p.marked > 0);
  /* keys that do not wait: where a cursor ends up depends on what was seen, but nothing breaks */
  for (guint i = 0; i < STEPS; i++)
    step(&p, i, FALSE);
  canvas_free(p.a);
  canvas_free(p.b);
  app_free(p.plain);
  app_free(p.late);
  options_free(o);
}

int main(void)
{
  setlocale(LC_ALL, "");
  g_autofree char *home = g_dir_make_tmp("work-XXXXXX", NULL);
  g_setenv("XDG_STATE_HOME", home, TRUE);
  const struct CMUnitTest tests[] = {cmocka_unit_test(same_screens)};
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  g_rmdir(home);
  return failed;
}
