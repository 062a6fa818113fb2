#!/bin/sh
# The log of commands does everything again: each script of the screen tests is run with `log save`
# at its end, and what that wrote, run by itself, must lead to the same screen but for the message.
# One in four is run; REPLAY_EVERY=1 runs them all. Scripts that end with an open menu or prompt have nothing of it in the log and are left out.
set -u
here=$(cd "${SRCDIR:?}/tests/screens" && pwd) || exit 1
program=$(cd "$(dirname "${COHORTSCOPE:?}")" && pwd)/$(basename "$COHORTSCOPE")
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
# each begins without files, and leaves none behind; their names are the same everywhere
XDG_STATE_HOME=state
XDG_CONFIG_HOME=config
export XDG_STATE_HOME XDG_CONFIG_HOME
gzip -dc "$here/../../assets/sample/logs.csv.gz" | head -n 5001 >"$out/plain.csv"
passed=0
failed=0
left_out=0
[ $# -gt 0 ] && every=1 || every=${REPLAY_EVERY:-4}
n=0
for script in "$here"/${1:-*}.script; do
  n=$((n + 1))
  [ $((n % every)) = 0 ] || continue
  name=$(basename "$script" .script)
  size=$(sed -n '1s/^# \([0-9]*x[0-9]*\).*/\1/p' "$script")
  options=$(sed -n '1s/^# [0-9]*x[0-9]* *//p' "$script")
  # a menu or a prompt is open: the hints of the last line say so
  if grep -q 'Esc c[la]' "$here/$name.screen"; then
    left_out=$((left_out + 1))
    continue
  fi
  rm -rf "$out/run" "$out/again.script"
  mkdir -p "$out/run/config/cohortscope"
  if [ -f "$here/$name.keys" ]; then
    cp "$here/$name.keys" "$out/run/config/cohortscope/keys.conf"
  fi
  cd "$out/run" || exit 1
  { cat "$script"; echo "log save $out/again.script"; } >"$out/first.script"
  # shellcheck disable=SC2086 # options are words
  timeout 60 "$program" --script "$out/first.script" --size "${size:-80x24}" $options \
    --screen "$out/first.screen" >"$out/log" 2>&1 || {
    echo "FAIL $name: it ended with an error:"
    sed 's/^/  /' "$out/log"
    failed=$((failed + 1))
    continue
  }
  # a script that quits ends before it saves its log
  if grep -qx 'quit' "$script"; then
    left_out=$((left_out + 1))
    continue
  fi
  rm -rf "$out/run"
  mkdir -p "$out/run/config/cohortscope"
  if [ -f "$here/$name.keys" ]; then
    cp "$here/$name.keys" "$out/run/config/cohortscope/keys.conf"
  fi
  cd "$out/run" || exit 1
  # shellcheck disable=SC2086
  timeout 60 "$program" --script "$out/again.script" --size "${size:-80x24}" $options \
    --screen "$out/second.screen" >"$out/log" 2>&1 || {
    echo "FAIL $name: its log ended with an error:"
    sed 's/^/  /' "$out/log"
    failed=$((failed + 1))
    continue
  }
  # all but the line of messages and the hints below it
  for f in first second; do
    awk '/^-- roles/ { exit } { line[NR] = $0 }
         END { for (i = 1; i <= NR; i++) if (i < NR - 2) print line[i] }' \
      "$out/$f.screen" >"$out/$f.text"
  done
  if diff -u "$out/first.text" "$out/second.text" >"$out/diff"; then
    passed=$((passed + 1))
  else
    echo "FAIL $name: its log leads elsewhere"
    head -n 30 "$out/diff"
    sed 's/^/  | /' "$out/again.script" | cut -c1-120
    failed=$((failed + 1))
  fi
done
echo "replay: $passed passed, $failed failed, $left_out left out"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
