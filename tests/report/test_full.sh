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

run report "$data/logs.csv.gz" "$data/cohorts.csv" --format json
expect 0
same "$(json '$.source.rows' '$.source.users' '$.source.ips' '$.source.paths' '$.source.cohorts' |
  tr '\n' ' ')" "900223 981 5531 2313 47 "
n=$(json '$.questions[*].number' | wc -l)
same "$(json '$.questions[*].kept' '$.questions[*].left_out[*].hits' |
  awk '{ n += $1 } END { print n }')" $((900223 * n))

finish
