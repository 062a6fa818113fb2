#!/bin/sh
# Screen tests: each NAME.script is run without a terminal on the sample log; what it leaves on the
# screen (text, roles, cursor) must be NAME.screen. The first line of a script may set the size and
# options: "# 120x30 --ascii"; NAME.keys is the user's keys.conf. Set ACCEPT=1 to keep what is drawn as
# the new expectation. The file ../plain.csv is a part of the sample that is not packed.
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
for script in "$here"/${1:-*}.script; do
  name=$(basename "$script" .script)
  size=$(sed -n '1s/^# \([0-9]*x[0-9]*\).*/\1/p' "$script")
  options=$(sed -n '1s/^# [0-9]*x[0-9]* *//p' "$script")
  rm -rf "$out/run"
  mkdir -p "$out/run/config/cohortscope"
  if [ -f "$here/$name.keys" ]; then
    cp "$here/$name.keys" "$out/run/config/cohortscope/keys.conf"
  fi
  cd "$out/run" || exit 1
  # shellcheck disable=SC2086 # options are words
  if ! timeout 60 "$program" --script "$script" --size "${size:-80x24}" $options \
    --screen "$out/$name.screen" >"$out/log" 2>&1; then
    echo "FAIL $name: the program ended with an error:"
    sed 's/^/  /' "$out/log"
    failed=$((failed + 1))
  elif [ -n "${ACCEPT:-}" ]; then
    cp "$out/$name.screen" "$here/$name.screen"
  elif diff -u "$here/$name.screen" "$out/$name.screen" >"$out/diff"; then
    passed=$((passed + 1))
  else
    echo "FAIL $name"
    head -n 60 "$out/diff"
    failed=$((failed + 1))
  fi
done
echo "screens: $passed passed, $failed failed"
[ "$failed" = 0 ] && { [ "$passed" -gt 0 ] || [ -n "${ACCEPT:-}" ]; }
