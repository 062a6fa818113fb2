# Screen tests: what the ways of running the scripts share. Sourced, not run.
#
#   scripts [NAME]      the scripts, or those that match NAME
#   begin SCRIPT        sets $name, $size and $options by its name and first line
#   explore SCRIPT SCREEN   runs it in a folder of its own; what it says is in $out/log
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

scripts() {
  ls "$here"/${1:-*}.script
}

begin() {
  name=$(basename "$1" .script)
  size=$(sed -n '1s/^# \([0-9]*x[0-9]*\).*/\1/p' "$1")
  options=$(sed -n '1s/^# [0-9]*x[0-9]* *//p' "$1")
}

explore() {
  rm -rf "$out/run"
  mkdir -p "$out/run/config/cohortscope"
  if [ -f "$here/$name.keys" ]; then
    cp "$here/$name.keys" "$out/run/config/cohortscope/keys.conf"
  fi
  cd "$out/run" || exit 1
  # shellcheck disable=SC2086 # options are words
  timeout 60 "$program" --script "$1" --size "${size:-80x24}" $options --screen "$2" >"$out/log" 2>&1
}

# fail WHAT FILE LINES: counts it and shows the beginning of a file
fail() {
  echo "FAIL $name$1"
  head -n "$3" "$2" | sed 's/^/  /'
  failed=$((failed + 1))
}
