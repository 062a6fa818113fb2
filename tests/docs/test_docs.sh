#!/bin/sh
# Manual pages and completions: as committed they are what the tables give, and their languages take
# them. What is not installed is said and left out.
set -u
: "${SRCDIR:?}" "${BUILDDIR:?}"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
failed=0
fail() {
  echo "FAIL $*"
  failed=$((failed + 1))
}
skip() { echo "skipped: $*"; }
have() { command -v "$1" >/dev/null 2>&1; }

"$BUILDDIR/tui/docs/gen_docs" "$out" || fail "gen_docs ended with $?"
for file in man/cohortscope.1 man/cohortscope.5 completions/cohortscope.bash \
  completions/_cohortscope completions/cohortscope.fish; do
  if ! diff -u "$SRCDIR/assets/$file" "$out/$file" >"$out/diff" 2>&1; then
    fail "assets/$file is not what the tables give: run \`make docs\` and commit it"
    head -n 40 "$out/diff"
  fi
done

# clean NAME COMMAND...: the command must succeed without a word.
clean() {
  name=$1
  shift
  if ! "$@" >"$out/said" 2>&1 || [ -s "$out/said" ]; then
    fail "$name has this to say:"
    head -n 20 "$out/said"
  fi
}

pages="$SRCDIR/assets/man/cohortscope.1 $SRCDIR/assets/man/cohortscope.5"
for page in $pages; do
  if LC_ALL=C grep -n '[^ -~]' "$page" | head -n 5 | grep .; then
    fail "$page holds more than ASCII"
  fi
  if have groff; then
    clean "groff on $page" groff -ww -man -z -Tascii "$page"
  else
    skip "groff is not installed"
  fi
  if have mandoc; then
    # the pages bear a version, no date: the same source gives the same bytes
    mandoc -Tlint -W warning "$page" >"$out/lint" 2>&1
    grep -v 'missing date' "$out/lint" >"$out/lint.left"
    clean "mandoc on $page" cat "$out/lint.left"
  else
    skip "mandoc is not installed"
  fi
done

# Every option of every subcommand, and every settings file, has its place in the manual.
subs=$("${COHORTSCOPE:?}" --help | sed -n '/^Subcommands/,/^$/s/^  \([a-z]\{1,\}\) .*/\1/p')
[ -n "$subs" ] || fail "no subcommands found in the help"
options=0
for sub in '' $subs; do
  # shellcheck disable=SC2086 # no word when there is no subcommand
  for name in $("${COHORTSCOPE:?}" $sub --help | sed -n 's/^  \(-., \)\{0,1\}--\([a-z-]*\).*/\2/p'); do
    options=$((options + 1))
    escaped=$(printf '%s' "$name" | sed 's/-/\\\\-/g')
    grep -q -- "\\\\-\\\\-$escaped" "$SRCDIR/assets/man/cohortscope.1" ||
      fail "cohortscope(1) does not know --$name of ${sub:-the explorer}"
  done
done
[ "$options" -gt 50 ] || fail "only $options options found in the help"
for file in "$SRCDIR"/assets/*.conf; do
  name=$(basename "$file" | sed 's/-/\\\\-/g')
  grep -q -- "^\\.SS $name" "$SRCDIR/assets/man/cohortscope.5" ||
    fail "cohortscope(5) does not describe $(basename "$file")"
done

[ "$failed" = 0 ] && echo "manual pages and completions: as the tables have them"
exit "$failed"
