#!/bin/sh
# The log of commands does everything again: each script of the screen tests is run with `log save`
# at its end, and what that wrote, run by itself, must lead to the same screen but for the message.
# One in eight is run; REPLAY_EVERY=1 runs them all. Scripts that end with an open menu or prompt have
# nothing of it in the log and are left out.
set -u
. "${SRCDIR:?}/tests/screens/lib.sh"
left_out=0
[ $# -gt 0 ] && every=1 || every=${REPLAY_EVERY:-8}
n=0

# the screen without the line of messages and the hints below it
without_message() {
  awk '/^-- roles/ { exit } { line[NR] = $0 }
       END { for (i = 1; i <= NR; i++) if (i < NR - 2) print line[i] }' "$1"
}

for script in $(scripts "$@"); do
  n=$((n + 1))
  [ $((n % every)) = 0 ] || continue
  begin "$script"
  # a menu or a prompt is open: the hints of the last line say so, or the role of menus (v) does; a
  # script that quits ends before it saves its log
  if grep -q -e 'Esc c[la]' -e 'vvvvvvvvvvvv' "$here/$name.screen" || grep -qx 'quit' "$script"; then
    left_out=$((left_out + 1))
    continue
  fi
  rm -f "$out/again.script"
  { cat "$script"; echo "log save $out/again.script"; } >"$out/first.script"
  if ! explore "$out/first.script" "$out/first.screen"; then
    fail ': it ended with an error:' "$out/log" 60
    continue
  fi
  if ! explore "$out/again.script" "$out/second.screen"; then
    fail ': its log ended with an error:' "$out/log" 60
    continue
  fi
  without_message "$out/first.screen" >"$out/first.text"
  without_message "$out/second.screen" >"$out/second.text"
  if diff -u "$out/first.text" "$out/second.text" >"$out/diff"; then
    passed=$((passed + 1))
  else
    fail ': its log leads elsewhere' "$out/diff" 30
    sed 's/^/  | /' "$out/again.script" | cut -c1-120
  fi
done
echo "replay: $passed passed, $failed failed, $left_out left out"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
