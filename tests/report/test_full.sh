#!/bin/sh
# `report` on the full-size log: it runs, in time, is light enough to mail, and keeps its accounts.
SRCDIR=${SRCDIR:-$(cd "$(dirname "$0")/../.." && pwd)}
. "$SRCDIR/tests/tui/cli_lib.sh"

data=${COHORTSCOPE_FULL_LOG:-$SRCDIR/../shared/data/curriculum}
if [ ! -r "$data/logs.csv.gz" ]; then
  echo "skipped: full log absent"
  exit 77
fi

run report "$data/logs.csv.gz" "$data/cohorts.csv" --format html --timing
expect 0
grep ' ms$' "$err"
size=$(wc -c <"$out")
echo "html: $size bytes"
checks=$((checks + 1))
[ "$size" -lt 1000000 ] || fail "over 1 MB"
# Generous: the machine may be busy, and the program built with sanitizers.
checks=$((checks + 1))
[ "$(sed -n 's/.*all of it *\([0-9]*\)\..*/\1/p' "$err")" -lt 60000 ] || fail "over a minute"

# What the school is to read, through the program as it is used.
run report "$data/logs.csv.gz" "$data/cohorts.csv" --question 1,3,5,8
expect 0
has "$out" "**Full Stack PHP:** the lesson with the most hits is html-css "
has "$out" "**Full Stack Java:** the lesson with the most hits is javascript-i: 15,640 hits"
has "$out" "**Data Science:** the lesson with the most hits is fundamentals/intro-to-data-science "
has "$out" "731 users made 647,496 hits in class"
has "$out" "cohort Ada (id 30, Data Science, starts 2019-02-04) has no row"
has "$out" "cohort Io (id 60, Full Stack Java, starts 2020-07-20) has no row"
has "$out" "198.18.0.61 is an address of the school"
has "$out" "198.18.0.58 is an address of the school"
has "$out" "1 row without a path"
has_not "$out" " 1 rows"
run report "$data/logs.csv.gz" "$data/cohorts.csv" --question 1 --raw-paths
expect 0
has "$out" "**Full Stack PHP:** the lesson with the most hits is javascript-i: "
has "$out" "**Full Stack Java:** the lesson with the most hits is javascript-i: "
has "$out" "**Data Science:** the lesson with the most hits is classification/overview: "

run report "$data/logs.csv.gz" "$data/cohorts.csv" --format json
expect 0
same "$(json '$.source.rows' '$.source.users' '$.source.ips' '$.source.paths' '$.source.cohorts' |
  tr '\n' ' ')" "900223 981 5531 2313 47 "
n=$(json '$.questions[*].number' | wc -l)
same "$(json '$.questions[*].kept' '$.questions[*].left_out[*].hits' |
  awk '{ n += $1 } END { print n }')" $((900223 * n))

finish
