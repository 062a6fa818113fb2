#!/bin/sh
# The command line on the sample that comes with the program: opened without a log, it says so.
. "$(dirname "$0")/cli_lib.sh"

run check --format json
expect 0
same "$(json '$.sample' '$.rejected' | tr '\n' ' ')" "true 0 "
rows=$(json '$.rows')
same "$([ "$rows" -gt 50000 ] && echo enough)" enough
same "$(json '$.phases.*' | awk '{ n += $1 } END { print n }')" "$rows"
has "$err" "no log is named: this is the sample"

# The files it was made from are another way to the same rows.
run check "$SRCDIR/assets/sample/logs.csv.gz" "$SRCDIR/assets/sample/cohorts.csv" --format json
expect 0
same "$(json '$.rows')" "$rows"
same "$(json '$.sample')" false

for query in "rank --by program" "rank --by lesson --measure hits,users,lift" "rank --by user" \
  "series --bucket month --by program" "matrix" "matrix --measure residual --scope kind=lesson" \
  "rows --scope phase=before"; do
  for format in table csv json jsonl md; do
    # shellcheck disable=SC2086 # the words of the query
    run $query --format $format
    expect 0
    case $format in
      table) has "$out" "hits" ;;
      json) json '$[*]' >/dev/null || fail "no JSON" ;;
      jsonl) jsonl '$' >/dev/null || fail "no JSON lines" ;;
      csv)
        # as many commas outside of quotes in every line
        same "$(awk -F, '{ gsub(/"[^"]*"/, "q"); print NF }' "$out" | sort -u | wc -l)" 1
        ;;
      md)
        has "$out" "|---"
        same "$(grep -cv '^|' "$out")" 0
        ;;
    esac
  done
done
run rank --by user --format csv --limit 1 --measure hits
user=$(sed -n '2s/,.*//p' "$out")
run timeline --user "$user" --format json
expect 0
same "$(json '$[*].hits' | awk '{ n += $1 } END { print n }')" "$(json '$[*].rows[*].time' | wc -l)"

finish
