#!/bin/sh
# The house rules must fire: a small tree full of faults, and the findings it has to give.
set -u
rules=${SRCDIR:-$(cd "$(dirname "$0")/../.." && pwd)}/tests/lint/house.awk
tree=$(mktemp -d) || exit 99
trap 'rm -rf "$tree"' EXIT
cd "$tree" || exit 99
mkdir -p core/base core/stats core/odd tui/draw tui/views

cat >core/stats/good.c <<'C'
/* A file without faults: "printf(x)" in a string, exit(1) in a comment. */
#include "core/stats/good.h"
#include "core/base/text.h"
#include <math.h>
/* system("x")
 * atoi(x) */
const char *s = "sprintf(\"%d\") // not a comment", c = '"', d = '\''; /* getenv(s) */
int a = my_exit(1) + b->time(2) + snprintf(0) + runtime(3); // abort()
C
cat >core/base/bad.c <<'C'
int x;
#include "core/stats/good.h"
#include "bad.h"
#include <ncursesw/curses.h>
int a = '"'; int b = atoi("1"); /* one */ exit (2);
char *p = getenv("HOME"), *q = "//"; time(NULL);
C
printf '/* x */\n#include "core/log/log.h"\n' >core/stats/bad.c
printf '/* x */\n#include "tui/views/frame.h"\nint t = printf("fine here");\n' >tui/draw/bad.c
printf '/* x */\n' >core/odd/bad.c
{ echo '/* x */'; yes 'int x;' | head -n 500; } >tui/views/long.c
{ echo '/* x */'; yes 'int x;' | head -n 499; } >tui/views/fits.c

awk -f "$rules" core/stats/good.c core/base/bad.c core/stats/bad.c tui/draw/bad.c core/odd/bad.c \
  tui/views/long.c tui/views/fits.c >got
status=$?
# Only place and first words: the reasons may be worded anew.
cut -d' ' -f1-3 got >short
cat >want <<'W'
core/base/bad.c:1: begin with
core/base/bad.c:2: core/base lies
core/base/bad.c:3: include "bad.h"
core/base/bad.c:4: only tui/draw/terminal.c
core/base/bad.c:5: atoi(): hides
core/base/bad.c:5: exit(): the
core/base/bad.c:6: time(): the
core/base/bad.c:6: getenv(): the
core/stats/bad.c:2: core/stats lies
tui/draw/bad.c:2: tui/draw lies
core/odd/bad.c:1: folder core/odd
tui/views/long.c:501: 501 lines;
W
diff want short || exit 1
[ "$status" = 1 ] || exit 1
awk -f "$rules" core/stats/good.c tui/views/fits.c
