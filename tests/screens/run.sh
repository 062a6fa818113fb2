#!/bin/sh
# Screen tests: each NAME.script is run without a terminal on the sample log; what it leaves on the
# screen (text, roles, cursor) must be NAME.screen. The first line of a script may set the size and
# options: "# 120x30 --ascii"; NAME.keys is the user's keys.conf. Set ACCEPT=1 to keep what is drawn as
# the new expectation. The file ../plain.csv is a part of the sample that is not packed.
set -u
. "${SRCDIR:?}/tests/screens/lib.sh"
for script in $(scripts "$@"); do
  begin "$script"
  if ! explore "$script" "$out/$name.screen"; then
    fail ': the program ended with an error:' "$out/log" 60
  elif [ -n "${ACCEPT:-}" ]; then
    cp "$out/$name.screen" "$here/$name.screen"
  elif diff -u "$here/$name.screen" "$out/$name.screen" >"$out/diff"; then
    passed=$((passed + 1))
  else
    fail '' "$out/diff" 60
  fi
done
echo "screens: $passed passed, $failed failed"
[ "$failed" = 0 ] && { [ "$passed" -gt 0 ] || [ -n "${ACCEPT:-}" ]; }
