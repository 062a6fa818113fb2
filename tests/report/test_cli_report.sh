#!/bin/sh
# `report` from the command line: formats, questions, files and their digests, mistakes.
SRCDIR=${SRCDIR:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$SRCDIR/tests/tui/cli_lib.sh"

log=$SRCDIR/assets/sample/logs.csv.gz
cohorts=$SRCDIR/assets/sample/cohorts.csv

# --- formats ----------------------------------------------------------------------------------------

run report "$log" "$cohorts" --question 3,5
expect 0
has "$out" "# Report on the access log logs.csv.gz"
has "$out" "## 3. "
has "$out" "## 5. "
has_not "$out" "## 8. "
cp "$out" "$here/md"

run report "$log" "$cohorts" --question 3 --question=5 --format md --output "$here/again"
expect 0
checks=$((checks + 1))
cmp -s "$here/md" "$here/again" || fail "not the same report with --output"

run report "$log" "$cohorts" --question 3 --format html
expect 0
has "$out" "<!DOCTYPE html>"
has_not "$out" "<script"
checks=$((checks + 1))
[ "$(wc -c <"$out")" -lt 1000000 ] || fail "over 1 MB"

run report "$log" "$cohorts" --question 3 --format json
expect 0
rows=$(json '$.source.rows')
same "$(json '$.phases.*' | awk '{ n += $1 } END { print n }')" "$rows"
same "$(json '$.questions[*].kept' '$.questions[*].left_out[*].hits' |
  awk '{ n += $1 } END { print n }')" "$rows"
same "$(json '$.questions[*].number')" 3
same "$(json '$.source.files[*]')" "$log
$cohorts"
if command -v sha256sum >/dev/null 2>&1; then
  same "$(json '$.source.sha256[*]')" "$(sha256sum "$log" "$cohorts" | cut -d ' ' -f 1)"
fi

# --- where the log comes from -----------------------------------------------------------------------

run report --question 3 --format json
expect 0
has "$err" "this is the sample"
same "$(json '$.source.sample')" true
same "$(json '$.source.files[*]')" "sample
sample cohorts"
if command -v sha256sum >/dev/null 2>&1; then
  same "$(json '$.source.sha256[*]')" "$(sha256sum "$log" "$cohorts" | cut -d ' ' -f 1)"
fi

command_line="report - < log"
"$COHORTSCOPE" report - "$cohorts" --question 3 --format json <"$log" >"$out" 2>"$err"
code=$?
expect 0
same "$(json '$.source.rows')" "$rows"
same "$(json '$.source.sha256[0]')" null
same "$(json '$.source.files[0]')" -

mkfifo "$here/pipe"
cat "$log" >"$here/pipe" &
run report "$here/pipe" "$cohorts" --question 3 --format json
wait
expect 0
same "$(json '$.source.rows')" "$rows"
same "$(json '$.source.sha256[0]')" null

run report "$log" --question 3
expect 0
has "$out" "Note: there is no cohort table"

# --- settings -----------------------------------------------------------------------------------------

run report "$log" "$cohorts" --question 3 --format json --raw-paths --no-probable --now 2021-01-01
expect 0
same "$(json '$.settings.raw_paths' '$.settings.probable' '$.settings.today')" "true
false
2021-01-01"

# What graduates who became staff read after their class moves from left out to kept.
run report "$log" "$cohorts" --question 6 --format json
expect 0
before=$(json '$.questions[0].kept')
left=$(json '$.questions[0].left_out[*].what' | grep -n 'became staff' | cut -d : -f 1)
left=$(json '$.questions[0].left_out[*].hits' | sed -n "${left}p")
checks=$((checks + 1))
[ "${left:-0}" -gt 0 ] || fail "nobody became staff"
same "$(json '$.settings.keep_likely_staff')" false
run report "$log" "$cohorts" --question 6 --format json --keep-likely-staff
expect 0
same "$(json '$.questions[0].kept')" $((before + left))
has_not "$out" "hits of graduates who became staff"
same "$(json '$.settings.keep_likely_staff')" true

# The ids of users are u-... in every place.
run report "$log" "$cohorts" --question 3 --format json --pseudonyms
expect 0
json '$.questions[0].tables[0].rows[*][0]' >"$here/users"
same "$([ -s "$here/users" ] && echo some)" some
same "$(grep -cv '^u-[0-9a-f]\{12\}$' "$here/users")" 0
has_not "$out" "198.51.100."

printf 'user,cohort,name\nnobody-1,%s,Grace H.\n' "$(sed -n 2p "$cohorts" | cut -d , -f 1)" >"$here/roster.csv"
run report "$log" "$cohorts" --question 3 --roster "$here/roster.csv"
expect 0
has "$out" "Grace H."
run report "$log" "$cohorts" --question 3 --roster "$here/roster.csv" --pseudonyms
expect 0
has_not "$out" "Grace H."
has_not "$out" "nobody-1"

run report "$log" "$cohorts" --question 3 --limit 2
expect 0
has "$out" "The first 2 of "
run report "$log" "$cohorts" --question 3 --limit 0
expect 0
has_not "$out" "The first 2 of "

# --- mistakes -------------------------------------------------------------------------------------------

run report "$log" "$cohorts" --question 9
expect 1
has "$err" '"9" is no question'
run report "$log" "$cohorts" --question 3,
expect 1
run report "$log" "$cohorts" --format csv
expect 1
has "$err" "only md,html,json"
run report "$log" "$cohorts" --scope program=2
expect 1
run report "$log" "$cohorts" --question 3 --roster "$here/absent.csv"
expect 2
has "$err" "absent.csv"
printf 'burts.pages = 3\n' >"$here/rules"
run report "$log" "$cohorts" --question 3 --rules "$here/rules"
expect 1
has "$err" "burst"
run report "$here/absent.csv"
expect 2
run report --help
expect 0
has "$out" "Default: md."
has "$out" "--roster FILE"

finish
