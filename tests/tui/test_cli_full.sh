#!/bin/sh
# The command line on the full-size log: what is known of it, and one answer from its three forms.
. "$(dirname "$0")/cli_lib.sh"

data=${COHORTSCOPE_FULL_LOG:-$SRCDIR/../shared/data/curriculum}
if [ ! -r "$data/logs.txt.gz" ]; then
  echo "skipped: full log absent"
  exit 77
fi
cohorts=$data/cohorts.csv

# What every form is read as; the wide form knows only the cohorts that its rows name.
known () {
  expect 0
  same "$(json '$.rows' '$.rejected' '$.first' '$.last' '$.users' '$.ips' '$.paths' \
    '$.cohorts_with_rows' '$.rows_without_cohort' '$.rows_without_path' | tr '\n' ' ')" \
    "900223 0 2018-01-26T09:55:03 2021-04-21T16:44:39 981 5531 2313 47 52893 1 "
  same "$(json '$.phases.before' '$.phases.class' '$.phases.none' '$.phases.staff' | tr '\n' ' ')" \
    "0 647496 52893 84031 "
  same "$(json '$.phases.*' | awk '{ n += $1 } END { print n }')" 900223
}
run check "$data/logs.txt.gz" "$cohorts" --format json
known
same "$(json '$.cohorts')" 53
run check "$data/logs.csv.gz" "$cohorts" --format json
known
same "$(json '$.cohorts')" 53
run check "$data/curriculum_logs.csv.gz" --format json
known

run rank "$data/logs.txt.gz" "$cohorts" --by program --format csv --measure hits
expect 0
is "$out" <<'EOF'
program,program_name,hits
2,Full Stack Java,713365
3,Data Science,103412
,,52893
1,Full Stack PHP,30548
4,Front End,5
EOF
run rank "$data/logs.txt.gz" "$cohorts" --by phase --format csv --measure hits,users --scope phase=class
is "$out" <<'EOF'
phase,hits,users
class,647496,731
EOF
has "$err" "647,496 of 900,223 hits in scope; phase=class left out 252,727"

# The same question of the three forms.
ask () {
  form=0
  for input in "$data/logs.txt.gz" "$data/logs.csv.gz" "$data/curriculum_logs.csv.gz"; do
    with=$cohorts
    [ "$form" -eq 2 ] && with=
    # shellcheck disable=SC2086 # no word at all for the wide form
    run "$@" "$input" $with
    expect 0
    if [ "$form" -eq 0 ]; then
      cp "$out" "$here/first"
      cp "$err" "$here/first-err"
      same "$(test -s "$out" && echo full)" full
    else
      cmp -s "$out" "$here/first" || fail "form $form gives another answer"
      cmp -s "$err" "$here/first-err" || fail "form $form gives another account"
    fi
    form=$((form + 1))
  done
}
every=hits,users,ips,lessons,days,cohorts,share,per-user,lift,first,last
ask rank --by program --measure $every --format json
ask rank --by cohort --measure $every --format json --scope phase=class
ask rank --by lesson --measure $every --format csv
ask rank --by path --measure $every --format csv --scope 'program=2,3 -kind=asset'
ask rank --by user --measure $every --format jsonl --sort -days,+first
ask rank --by ip --measure hits,users,days --format csv --scope 'weekday=sat,sun hour=22..4'
ask rank --by module --format md --scope 'time=2019-08..2020-02 -phase=staff'
ask rank --by course-week --format csv --scope 'program=2 phase=class'
ask rank --by kind --format table
ask series --bucket week --by program --measure hits,users --format csv
ask series --bucket course-week --by cohort --format json --scope 'kind=lesson phase=class'
ask matrix --rows lesson --columns cohort --measure lift --format csv --scope 'kind=lesson phase=class'
ask timeline --user 341 --format json
ask timeline --ip 198.18.0.58 --format csv --limit 200
ask rows --scope 'user=341 time=2019-03-03' --format csv
ask rows --scope 'lesson~sql -cohort=none' --order user --format jsonl --limit 50000

finish
