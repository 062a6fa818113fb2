# Shell tests of the command line: what they share.  Sourced, not run.
#
#   run ARGUMENTS       runs the program; $out, $err (files) and $code are what came of it
#   expect CODE         the exit code
#   has FILE TEXT       a line of FILE holds TEXT (a fixed string)
#   is FILE <<EOF ...   FILE is exactly that
#   json PATH...        values out of $out
BUILDDIR=${BUILDDIR:-.}
SRCDIR=${SRCDIR:-$(cd "$(dirname "$0")/../.." && pwd)}
COHORTSCOPE=${COHORTSCOPE:-$BUILDDIR/cohortscope}
json_get=$BUILDDIR/tests/tui/json_get
here=$(mktemp -d "${TMPDIR:-/tmp}/cohortscope-cli.XXXXXX") || exit 99
trap 'chmod -R u+rwX "$here" 2>/dev/null; rm -rf "$here"' EXIT
trap 'exit 99' INT TERM HUP
export XDG_CONFIG_HOME="$here/config" XDG_STATE_HOME="$here/state" XDG_CACHE_HOME="$here/cache"
out=$here/out
err=$here/err
code=0
command_line=
failures=0
checks=0

run () {
  command_line="cohortscope $*"
  timeout 120 "$COHORTSCOPE" "$@" >"$out" 2>"$err" </dev/null
  code=$?
}

fail () {
  failures=$((failures + 1))
  echo "FAILED: $command_line"
  echo "  $*"
  sed 's/^/  out: /' "$out" | head -n 20
  sed 's/^/  err: /' "$err" | head -n 20
}

expect () {
  checks=$((checks + 1))
  [ "$code" = "$1" ] || fail "exit code $code, not $1"
}

has () {
  checks=$((checks + 1))
  grep -qF -e "$2" "$1" || fail "no \"$2\""
}

has_not () {
  checks=$((checks + 1))
  ! grep -qF -e "$2" "$1" || fail "there is \"$2\""
}

is () {
  checks=$((checks + 1))
  cat >"$here/expected"
  cmp -s "$1" "$here/expected" || fail "not as expected: $(diff "$here/expected" "$1" | head -n 12)"
}

# same VALUE EXPECTED
same () {
  checks=$((checks + 1))
  [ "$1" = "$2" ] || fail "\"$1\" is not \"$2\""
}

json () {
  "$json_get" "$@" <"$out"
}

jsonl () {
  "$json_get" --lines "$@" <"$out"
}

finish () {
  echo "$checks checks, $failures failed"
  [ "$failures" -eq 0 ]
  exit
}
