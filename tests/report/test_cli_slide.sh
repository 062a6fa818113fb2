#!/bin/sh
# `slide` from the command line: where it is written, that it is the same each time, mistakes.
SRCDIR=${SRCDIR:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$SRCDIR/tests/tui/cli_lib.sh"

log=$SRCDIR/assets/sample/logs.csv.gz
cohorts=$SRCDIR/assets/sample/cohorts.csv

is_zip () {
  checks=$((checks + 1))
  [ "$(head -c 2 "$1")" = PK ] || fail "$1 is no zip file"
}

alike () {
  checks=$((checks + 1))
  cmp -s "$1" "$2" || fail "$1 and $2 differ"
}

# --- where it goes ----------------------------------------------------------------------------------

run slide "$log" "$cohorts" -o "$here/a.pptx"
expect 0
is "$out" </dev/null
is "$err" </dev/null
is_zip "$here/a.pptx"
checks=$((checks + 1))
[ "$(wc -c <"$here/a.pptx")" -lt 100000 ] || fail "over 100 kB"

run slide "$log" "$cohorts"
expect 0
alike "$out" "$here/a.pptx"
cd "$here" || exit 99
run slide "$log" "$cohorts" --output -
cd - >/dev/null || exit 99
expect 0
alike "$out" "$here/a.pptx"
checks=$((checks + 1))
[ ! -e "$here/-" ] || fail "a file - is there"

TZ=Asia/Tokyo run slide "$log" "$cohorts" -o "$here/b.pptx"
expect 0
alike "$here/a.pptx" "$here/b.pptx"

# An older file stays as it is until the new one is complete.
echo old >"$here/c.pptx"
run slide "$here/absent.csv" -o "$here/c.pptx"
expect 2
has "$err" "absent.csv"
same "$(cat "$here/c.pptx")" old
run slide "$log" "$cohorts" -o "$here/c.pptx"
expect 0
alike "$here/a.pptx" "$here/c.pptx"
same "$(ls "$here" | grep -c '~$')" 0

run slide -o "$here/sample.pptx"
expect 0
has "$err" "this is the sample"
run slide -q -o "$here/sample.pptx"
expect 0
is "$err" </dev/null
is_zip "$here/sample.pptx"

# The explorer writes the same.
printf 'slide %s\n' "$here/e.pptx" >"$here/script"
run "$log" "$cohorts" --script "$here/script" --size 80x24 --screen "$here/screen"
expect 0
alike "$here/a.pptx" "$here/e.pptx"

# --- options ------------------------------------------------------------------------------------------

run slide "$log" "$cohorts" --pseudonyms -o "$here/secret.pptx"
expect 0
alike "$here/a.pptx" "$here/secret.pptx"
run slide "$log" -q -o "$here/bare.pptx"
expect 0
is_zip "$here/bare.pptx"
run slide "$log" "$cohorts" --raw-paths --no-probable --keep-likely-staff --now 2023-06-01 -o "$here/d.pptx"
expect 0
checks=$((checks + 1))
cmp -s "$here/a.pptx" "$here/d.pptx" && fail "the options change nothing"
run slide "$log" "$cohorts" --timing -o "$here/d.pptx"
expect 0
has "$err" "all answers"

# --- mistakes -----------------------------------------------------------------------------------------

run slide "$log" "$cohorts" -o "$here/no/such/place.pptx"
expect 2
has "$err" "cannot write"
has "$err" "the folder must exist first"
run slide "$log" "$cohorts" -o "$here"
expect 2
has "$err" "cannot write"
run slide "$log" "$cohorts" --format md
expect 1
run slide "$log" "$cohorts" --scope program=2
expect 1
run slide "$log" "$cohorts" --question 3
expect 1
printf 'burts.pages = 3\n' >"$here/rules"
run slide "$log" "$cohorts" --rules "$here/rules" -o "$here/f.pptx"
expect 1
checks=$((checks + 1))
[ ! -e "$here/f.pptx" ] || fail "a file is there in spite of the mistake"
if [ -c /dev/full ]; then
  run slide "$log" "$cohorts" -o /dev/full
  expect 2
  has "$err" "free some space"
fi
# Standard output is a terminal only with the help of a program for that.
if command -v script >/dev/null 2>&1; then
  command_line="slide on a terminal"
  timeout 60 script -qec "'$COHORTSCOPE' slide '$log' '$cohorts'" /dev/null >"$out" 2>"$err" </dev/null
  code=$?
  expect 1
  has "$out" "--output FILE.pptx"
fi
run slide --help
expect 0
has "$out" "--roster FILE"
has "$out" "notes for the speaker"
has_not "$out" "--format FORMAT"

finish
