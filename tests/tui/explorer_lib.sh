# Shell tests of the explorer: what they share. Sourced, not run. Each is in a folder of its own,
# $dir, with the state folder in it.
program=$(cd "$(dirname "${COHORTSCOPE:?}")" && pwd)/$(basename "$COHORTSCOPE")
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir" || exit 1
XDG_STATE_HOME=$dir/state
export XDG_STATE_HOME
failed=0

fail() {
  echo "FAIL $1"
  failed=1
}

# A folder that may not be written to: root may write to all but those of the system.
mkdir closed
chmod 500 closed
closed=closed
[ "$(id -u)" = 0 ] && closed=/sys

# run NAME LINE... : the lines as a script on the files in $log (none: the sample); the screen is in
# NAME.screen, what the program says in NAME.out
log=
run() {
  name=$1
  shift
  printf '%s\n' "$@" >"$name.script"
  # shellcheck disable=SC2086 # no file, one or two
  "$program" --script "$name.script" --size 80x24 --now 2026-11-20T12:04:31 $log \
    --screen "$name.screen" >"$name.out" 2>&1
}
