#!/bin/sh
# The command line on small logs made here: every subcommand and format, the three forms of one
# log, exit codes, and messages for what is wrong.
. "$(dirname "$0")/cli_lib.sh"

log=$here/log.txt
narrow=$here/narrow.csv
wide=$here/wide.csv
cohorts=$here/cohorts.csv

# Ten rows: 1 before, 4 in class, 1 after, 1 staff, 1 undated (cohort 9), 2 without cohort, one of
# those without path.
cat >"$log" <<'EOF'
2019-01-06 09:00:00 / 11 1 198.51.100.1
2019-01-07 09:00:00 java-i/intro 11 1 198.51.100.1
2019-01-07 09:05:00 java-i/loops 11 1 198.51.100.1
2019-01-07 11:00:00 java-i/loops 11 1 198.51.100.2
2019-02-04 08:00:00 sql/basics 12 2 198.51.100.3
2019-03-01 10:00:00 java-i/intro 13 3 198.51.100.4
2019-03-01 10:00:30 java-i/intro 14  198.51.100.4
2019-03-01 10:00:31  14  198.51.100.4
2019-03-02 10:00:31 a.png 15 9 198.51.100.5
2019-06-29 08:00:00 sql/basics 12 2 198.51.100.3
EOF
cat >"$cohorts" <<'EOF'
id,name,slack,start_date,end_date,created_at,updated_at,deleted_at,program_id
1,Ada,#ada,2019-01-07,2019-05-31,2018-12-01 10:00:00,NULL,NULL,2
2,Bell,#bell,2019-02-04,2019-06-28,2018-12-01 10:00:00,NULL,NULL,3
3,Staff,#staff,2014-02-04,2014-02-04,2014-02-04 10:00:00,NULL,NULL,2
4,Cray,#cray,2019-07-01,2019-12-20,2018-12-01 10:00:00,NULL,NULL,3
EOF
# The same rows with a header, and joined to their cohorts with numbers as pandas writes them.
awk -F ' ' 'BEGIN { print "date,time,path,user_id,cohort_id,ip" }
  { n = split($0, f, " "); gsub(/ /, ","); print }' "$log" >"$narrow"
awk -F , 'BEGIN { OFS = "," }
  FNR == NR { c[$1] = $2 OFS $3 OFS $4 OFS $5 OFS $6 OFS OFS OFS; p[$1] = $9; next }
  FNR == 1 { print "", "date,time,path,user_id,cohort_id,ip,name,slack,start_date,end_date,created_at,updated_at,deleted_at,program_id"; next }
  { id = $5; print FNR - 2, $1, $2, $3, $4, (id == "" ? "" : id ".0"), $6, \
      (id in c ? c[id] p[id] ".0" : OFS OFS OFS OFS OFS OFS OFS) }' "$cohorts" "$narrow" >"$wide"

# --- rank -----------------------------------------------------------------------------------------

run rank "$log" "$cohorts" --by program --format csv
expect 0
is "$out" <<'EOF'
program,program_name,hits,users,share
2,Full Stack Java,5,2,0.5
,,3,2,0.3
3,Data Science,2,1,0.2
EOF
has "$err" "all 10 hits"

run rank "$log" "$cohorts" --by program
expect 0
is "$out" <<'EOF'
program  name             hits  users   share
-------  ---------------  ----  -----  ------
2        Full Stack Java     5      2  50.0 %
(none)                       3      2  30.0 %
3        Data Science        2      1  20.0 %

all 10 hits
EOF
has_not "$err" "all 10 hits"

run rank "$log" "$cohorts" --by cohort --scope phase=class --format json
expect 0
same "$(json '$[*].cohort' '$[*].cohort_name' '$[*].hits' | tr '\n' ' ')" "1 2 Ada Bell 3 1 "
has "$err" "4 of 10 hits in scope; phase=class left out 6"

run rank "$log" "$cohorts" --by lesson --format jsonl --scope 'program=2 -user=13' \
  --measure hits,first,last,per-user,ips
expect 0
same "$(jsonl '$.lesson' | tr '\n' ' ')" "java-i/loops / java-i/intro "
same "$(head -n 1 "$out")" '{"lesson":"java-i/loops","kind":"stray","hits":2,"first":"2019-01-07T09:05:00","last":"2019-01-07T11:00:00","per-user":2,"ips":2}'
has "$err" "4 of 10 hits in scope; program=2 left out 5; -user=13 left out 1"

run rank "$log" "$cohorts" --by path --format csv --measure hits --sort key
expect 0
is "$out" <<'EOF'
path,kind,hits
,missing,1
/,home,1
a.png,asset,1
java-i/intro,stray,3
java-i/loops,stray,2
sql/basics,stray,2
EOF

run rank "$log" "$cohorts" --by user --format csv --measure hits --sort -hits,-key --limit 3
expect 0
is "$out" <<'EOF'
user,hits
11,4
14,2
12,2
EOF
has "$err" "first 3 of 5 listed"
run rank "$log" "$cohorts" --by user --format csv --measure hits --sort +last --limit 1
is "$out" <<'EOF'
user,hits
11,4
EOF
run rank "$log" "$cohorts" --by phase --format md --measure hits,share --sort key
expect 0
has "$out" "| phase | hits | share |"
has "$out" "| before | 1 | 10.0 % |"

run rank "$log" "$cohorts" --by phase --format csv --measure hits --sort key
is "$out" <<'EOF'
phase,hits
before,1
class,4
after,1
staff,1
undated,1
none,2
EOF

run rank "$log" "$cohorts" --by module --format csv --measure hits,lift --scope user=11
expect 0
is "$out" <<'EOF'
module,hits,lift
java-i,3,1.5
,1,1.25
EOF
run rank "$log" "$cohorts" --by user --format csv --measure lift --scope phase=class --baseline user=11
is "$out" <<'EOF'
user,lift
11,0.75
12,
EOF

for dimension in program cohort lesson module path user ip kind phase weekday hour day week month \
  course-week agent; do
  run rank "$log" "$cohorts" --by $dimension --format json
  expect 0
  same "$(json '$[*].hits' | awk '{ n += $1 } END { print n }')" 10
done

# --- series, matrix -------------------------------------------------------------------------------

run series "$log" "$cohorts" --bucket month --format csv --measure hits,users
expect 0
is "$out" <<'EOF'
month,hits,users
2019-01,4,1
2019-02,1,1
2019-03,4,3
2019-04,0,0
2019-05,0,0
2019-06,1,1
EOF
run series "$log" "$cohorts" --bucket month --by program --scope time=2019-01..2019-02 --format csv
expect 0
is "$out" <<'EOF'
month,program,program_name,hits
2019-01,2,Full Stack Java,4
2019-02,2,Full Stack Java,0
2019-01,3,Data Science,0
2019-02,3,Data Science,1
EOF
run series "$log" "$cohorts" --bucket month --by program --scope time=2019-01..2019-02
is "$out" <<'EOF'
month    Full Stack Java  Data Science
-------  ---------------  ------------
2019-01                4             0
2019-02                0             1

5 of 10 hits in scope; time=2019-01..2019-02 left out 5
EOF
run series "$log" "$cohorts" --bucket day --format json
same "$(json '$[*].day' | wc -l)" 175
run series "$log" "$cohorts" --bucket course-week --scope phase=class --format csv
expect 0
same "$(sed -n 2p "$out")" "1,4"

run matrix "$log" "$cohorts" --rows program --columns user --format csv --scope time=2019-01..2019-02
expect 0
is "$out" <<'EOF'
row,row_name,column,value
2,Full Stack Java,11,4
3,Data Science,12,1
EOF
run matrix "$log" "$cohorts" --rows program --columns user --measure lift --format csv \
  --scope time=2019-01..2019-02
is "$out" <<'EOF'
row,row_name,column,value
2,Full Stack Java,11,1.25
2,Full Stack Java,12,0
3,Data Science,11,0
3,Data Science,12,5
EOF
run matrix "$log" "$cohorts" --rows program --columns cohort --scope program=2,3
is "$out" <<'EOF'
program          Ada  Bell  Staff
---------------  ---  ----  -----
Full Stack Java    4     0      1
Data Science       0     2      0

7 of 10 hits in scope; program=2,3 left out 3
EOF
run matrix "$log" "$cohorts" --rows user --columns kind --limit 1 --limit-columns 1 --format json
same "$(json '$[*].row' '$[*].value' | tr '\n' ' ')" "11 3 "

# --- timeline, rows -------------------------------------------------------------------------------

run timeline "$log" "$cohorts" --user 11 --scope time=2019-01-07
expect 0
is "$out" <<'EOF'
user 11: 3 hits in 2 sessions

gap s  time                 lesson        kind   ip
-----  -------------------  ------------  -----  ------------

session 1  2019-01-07 09:00:00 to 09:05:00 (5 m 0 s)  2 hits, 0 lessons, 1 address
       2019-01-07 09:00:00  java-i/intro  stray  198.51.100.1
  300  2019-01-07 09:05:00  java-i/loops  stray  198.51.100.1

session 2  2019-01-07 11:00:00 to 11:00:00 (0 s)  1 hit, 0 lessons, 1 address  after 1 h 55 m
6,900  2019-01-07 11:00:00  java-i/loops  stray  198.51.100.2

3 of 10 hits in scope; time=2019-01-07 left out 7; user=11 left out 0
EOF
run timeline "$log" "$cohorts" --user 11 --format json
expect 0
same "$(json '$[*].session' '$[*].hits' '$[*].gap' '$[*].seconds' | tr '\n' ' ')" \
  "1 2 3 1 2 1 null 86400 6900 0 300 0 "
same "$(json '$[1].rows[1].lesson' '$[1].rows[1].time' | tr '\n' ' ')" \
  "java-i/loops 2019-01-07T09:05:00 "
run timeline "$log" "$cohorts" --user 11 --format jsonl --session-gap 2h --fields time,ip
expect 0
same "$(jsonl '$.hits' | tr '\n' ' ')" "1 3 "
same "$(tail -n 1 "$out")" '{"session":2,"user":"11","from":"2019-01-07T09:00:00","to":"2019-01-07T11:00:00","seconds":7200,"hits":3,"lessons":0,"ips":2,"gap":86400,"rows":[{"time":"2019-01-07T09:00:00","ip":"198.51.100.1"},{"time":"2019-01-07T09:05:00","ip":"198.51.100.1"},{"time":"2019-01-07T11:00:00","ip":"198.51.100.2"}]}'
run timeline "$log" "$cohorts" --ip 198.51.100.4 --format csv --fields time,user,cohort_name,path
expect 0
is "$out" <<'EOF'
session,gap,time,user,cohort_name,path
1,,2019-03-01T10:00:00,13,Staff,java-i/intro
1,30,2019-03-01T10:00:30,14,,java-i/intro
1,1,2019-03-01T10:00:31,14,,
EOF
run timeline "$log" "$cohorts" --user 11 --limit 1 --format csv --fields time
has "$err" "first 1 of 3 sessions listed"

run rows "$log" "$cohorts" --format csv --scope user=14,11
expect 0
is "$out" <<'EOF'
time,user,cohort,cohort_name,program,program_name,phase,path,lesson,module,kind,ip
2019-01-06T09:00:00,11,1,Ada,2,Full Stack Java,before,/,/,,home,198.51.100.1
2019-01-07T09:00:00,11,1,Ada,2,Full Stack Java,class,java-i/intro,java-i/intro,java-i,stray,198.51.100.1
2019-01-07T09:05:00,11,1,Ada,2,Full Stack Java,class,java-i/loops,java-i/loops,java-i,stray,198.51.100.1
2019-01-07T11:00:00,11,1,Ada,2,Full Stack Java,class,java-i/loops,java-i/loops,java-i,stray,198.51.100.2
2019-03-01T10:00:30,14,,,,,none,java-i/intro,java-i/intro,java-i,stray,198.51.100.4
2019-03-01T10:00:31,14,,,,,none,,,,missing,198.51.100.4
EOF
run rows "$log" "$cohorts" --format csv --order user --fields user,time --scope 'user=12,14,11 -kind=home'
is "$out" <<'EOF'
user,time
11,2019-01-07T09:00:00
11,2019-01-07T09:05:00
11,2019-01-07T11:00:00
12,2019-02-04T08:00:00
12,2019-06-29T08:00:00
14,2019-03-01T10:00:30
14,2019-03-01T10:00:31
EOF
run rows "$log" "$cohorts" --format json --limit 3
expect 0
same "$(json '$[*].time' | wc -l)" 3
has "$err" "first 3 listed"

# --- check ----------------------------------------------------------------------------------------

run check "$log" "$cohorts"
expect 0
has "$out" "first row 2019-01-06 09:00:00, last row 2019-06-29 08:00:00"
has "$out" "together: every row has one phase"
run check "$log" "$cohorts" --format json
expect 0
same "$(json '$.rows' '$.rejected' '$.first' '$.last' '$.users' '$.ips' '$.paths' '$.cohorts' \
  '$.cohorts_with_rows' '$.rows_without_cohort' '$.rows_without_path' | tr '\n' ' ')" \
  "10 0 2019-01-06T09:00:00 2019-06-29T08:00:00 5 5 5 5 4 2 1 "
same "$(json '$.phases.*' | tr '\n' ' ')" "1 4 1 1 1 2 "
same "$(json '$.files[*].form' | tr '\n' ' ')" "raw text cohort table "

# --- one log in three forms -------------------------------------------------------------------------

for query in "rank --by program" "rank --by cohort --measure hits,users,ips,days,first,last" \
  "rank --by lesson --scope phase=class" "rank --by phase" "rank --by user --measure hits,cohorts" \
  "series --bucket week --by kind" "matrix --rows user --columns module" "rows" \
  "timeline --user 14"; do
  # shellcheck disable=SC2086 # the words of the query
  run $query "$log" "$cohorts" --format json
  expect 0
  cp "$out" "$here/first"
  for other in "$narrow" "$wide"; do
    with=$cohorts
    [ "$other" = "$wide" ] && with=
    # shellcheck disable=SC2086
    run $query "$other" $with --format json
    expect 0
    cmp -s "$here/first" "$out" || fail "differs from the raw form"
  done
done

# --- the ways in ------------------------------------------------------------------------------------

command_line="rows from standard input"
timeout 60 "$COHORTSCOPE" rows - "$cohorts" --format csv --fields user <"$log" >"$out" 2>"$err"
code=$?
expect 0
same "$(wc -l <"$out")" 11
gzip -c "$narrow" >"$here/unnamed"
run rank "$here/unnamed" --cohorts "$cohorts" --by program --format csv --measure hits
expect 0
has "$out" "2,Full Stack Java,5"
mkdir -p "$XDG_CONFIG_HOME/cohortscope"
printf 'log = %s\ncohorts = %s\n' "$narrow" "$cohorts" >"$XDG_CONFIG_HOME/cohortscope/config"
run rank --by program --format csv --measure hits
expect 0
has "$out" "2,Full Stack Java,5"
printf 'java-i/intro = java-i/loops\n' >"$here/aliases"
run rank --by lesson --format csv --measure hits --aliases "$here/aliases"
has "$out" "java-i/loops,stray,5"
printf '2 = Java, track=web, weeks=20\n' >"$XDG_CONFIG_HOME/cohortscope/programs.conf"
run rank --by program --format csv --measure hits
has "$out" "2,Java,5"
printf 'lgo = x\n' >"$XDG_CONFIG_HOME/cohortscope/config"
run rank --by program
expect 1
has "$err" "config:1: unknown setting \"lgo\"; did you mean log?"
rm -r "$XDG_CONFIG_HOME/cohortscope"
# --columns maps the log; the cohort table beside it has no such columns.
sed '1s/user_id/pupil/' "$narrow" >"$here/pupils.csv"
for map in user=pupil user=4; do
  run rank "$here/pupils.csv" "$cohorts" --by user --format csv --measure hits --columns $map
  expect 0
  has "$out" "11,4"
  run matrix "$here/pupils.csv" --cohorts "$cohorts" --rows user --columns program \
    --input-columns $map --format csv
  expect 0
  has "$out" "11,2,Full Stack Java,4"
done
sed '1s/start_date/begin/' "$cohorts" >"$here/begins.csv"
run rank "$narrow" --cohorts "$here/begins.csv" --by phase --format csv --measure hits \
  --columns start=begin
expect 0
has "$out" "class,4"
run rank "$narrow" "$cohorts" --by user --columns user=pupil
expect 1
has "$err" 'none is "pupil"'

# --- wrong usage ------------------------------------------------------------------------------------

run rank "$log"
expect 1
has "$err" "--by is needed"
run rank "$log" --by lessn
expect 1
has "$err" "did you mean lesson"
run rank "$log" --by user --measure hitz
expect 1
has "$err" "did you mean hits"
run rank "$log" --by user --measure hits,hits
expect 1
has "$err" "named twice"
run rank "$log" --by user --sort nothing
expect 1
run rank "$log" --by user --scope 'usr=3'
expect 1
has "$err" "user"
run rank "$log" "$cohorts" --by user --scope 'cohort=Adda'
expect 1
has "$err" "Ada"
run series "$log" --bucket dya
expect 1
has "$err" "did you mean day"
run series "$log" --measure share
expect 1
has "$err" "a series has no share"
run series "$log" --bucket day --by day
expect 1
run matrix "$log" --measure hitz
expect 1
has "$err" "did you mean hits"
run rows "$log" --fields tme
expect 1
has "$err" "did you mean time"
run timeline "$log"
expect 1
has "$err" "--user ID"
run timeline "$log" --user 11 --ip 198.51.100.1
expect 1
run timeline "$log" --user 99
expect 1
has "$err" 'the log has no user "99"'
run chekc
expect 1
has "$err" "cohortscope check"
run --help
expect 0
has "$out" "timeline"
run check --help
expect 0
has "$out" "--max-rejects"
run --version
expect 0
has "$out" "cohortscope 0."

# --- bad input --------------------------------------------------------------------------------------

# bad CODE TEXT FILE: `check` and a question both end with that code, and the message has the text
bad () {
  run check "$3"
  expect "$1"
  has "$err" "$2"
  run rank "$3" --by user
  expect "$1"
  has "$err" "$2"
  same "$(wc -c <"$out")" 0
}

bad 2 "missing.csv" "$here/missing.csv"
mkdir "$here/folder"
bad 2 "$here/folder" "$here/folder"
: >"$here/empty.csv"
bad 2 "empty.csv" "$here/empty.csv"
head -c 20000 /bin/sh >"$here/binary"
bad 2 "binary" "$here/binary"
head -n 1 "$narrow" >"$here/header.csv"
bad 2 "header.csv" "$here/header.csv"
if [ "$(id -u)" -ne 0 ]; then
  cp "$log" "$here/locked.txt"
  chmod 0 "$here/locked.txt"
  bad 2 "locked.txt" "$here/locked.txt"
fi
run rank "$log" --aliases "$here/nowhere" --by user
expect 2
has "$err" "nowhere"

# Two of twelve rows unreadable: too many for one per cent, not for twenty.
{ cat "$log"; echo '2021-02-30 10:00:00 a/b 16 1 198.51.100.9'; echo 'no row at all'; } >"$here/dates.txt"
run check "$here/dates.txt" "$cohorts"
expect 3
has "$out" "bad-date"
has "$out" "dates.txt:11: 2021-02-30"
has "$err" "--max-rejects"
run rank "$here/dates.txt" "$cohorts" --by user
expect 3
same "$(wc -c <"$out")" 0
run rank "$here/dates.txt" "$cohorts" --by user --max-rejects 20% --format csv
expect 0
has "$err" "2 rows could not be read"
run check "$here/dates.txt" "$cohorts" --max-rejects 0.2 --format json
expect 0
same "$(json '$.rejects[*].count' | tr '\n' ' ')" "1 1 "
same "$(json '$.rejects[0].examples[0].line' '$.rejects[1].examples[0].line' | tr '\n' ' ')" "12 11 "
run check "$here/dates.txt" "$cohorts" --max-rejects 1 --format json --pseudonyms
same "$(json '$.rejects[*].examples[*].excerpt' | tr '\n' ' ')" "null null "

# Odd files, each with its account: NAME ROWS REASONS.
head_line='date,time,path,user_id,cohort_id,ip'
odd () {
  name=$1 rows=$2 reasons=$3
  run check "$here/$name" "$cohorts" --format json --max-rejects 1
  expect 0
  same "$name: $(json '$.rows') $(json '$.rejects[*].reason' | tr '\n' ' ')" "$name: $rows $reasons"
  run rank "$here/$name" "$cohorts" --by user --max-rejects 1 --format json
  expect 0
  same "$(json '$[*].hits' | awk '{ n += $1 } END { print n + 0 }')" "$rows"
}
good='2019-01-07,09:00:00,a/b,11,1,198.51.100.1'
printf '\357\273\277%s\r\n%s\r\n' "$head_line" "$good" >"$here/mark.csv"
odd mark.csv 1 ""
printf '%s\n%s\n2019-01-07,09:00:00,"a,11,1,198.51.100.1\n%s\n%s\n' "$head_line" "$good" "$good" "$good" >"$here/quote.csv"
odd quote.csv 3 "open-quote "
printf '%s\n%s\n2019-01-07,09:00:00\n%s,more,and,more\n' "$head_line" "$good" "$good" >"$here/ragged.csv"
odd ragged.csv 1 "fields "
printf '%s\n%s\n2019-01-07,09:00:00,a\000b,11,1,198.51.100.1\n' "$head_line" "$good" >"$here/nul.csv"
odd nul.csv 1 "nul-bytes "
{ printf '%s\n%s\n2019-01-07,09:00:00,' "$head_line" "$good"; head -c 1000000 /dev/zero | tr '\0' x
  printf ',11,1,198.51.100.1\n%s\n' "$good"; } >"$here/long.csv"
odd long.csv 2 "too-long "
printf '%s\n%s\n9999-12-31,23:59:59,a/b,-5,1,2001:db8::1\n2019-01-07,09:00:00,a/b,99999999999999999999999,1,::1\n' \
  "$head_line" "$good" >"$here/ids.csv"
odd ids.csv 3 ""
cat >"$here/cohorts-odd.csv" <<'EOF'
id,name,start_date,end_date,program_id
1,Ada,2019-01-07,2019-05-31,2
1,Again,2019-01-07,2019-05-31,2
2,Bell,2019-06-28,2019-02-04,3
EOF
run check "$narrow" "$here/cohorts-odd.csv" --format json
expect 0
same "$(json '$.rows' '$.rejects[*].reason' | tr '\n' ' ')" "10 duplicate-cohort dates-order "

# A file that is cut off: what could be read counts, and everything says that it is not all.
awk 'BEGIN { for (i = 0; i < 20000; i++)
  printf "2019-01-07 09:%02d:%02d page/%d %d 1 198.51.100.1\n", i / 60 % 60, i % 60, i * 7919 % 10007, i % 97 }' |
  gzip -c | head -c 30000 >"$here/cut.gz"
run check "$here/cut.gz" --format json
expect 2
same "$(json '$.partial' '$.files[0].partial' | tr '\n' ' ')" "true true "
run rank "$here/cut.gz" --by cohort --max-rejects 1%
expect 2
has "$out" "; partial"
has "$err" "truncated gzip"
# A path that holds escape sequences, a line end, broken UTF-8 and a formula.
printf 'date,time,path,user_id,cohort_id,ip\n2019-01-07,09:00:00,"a\033[31m\302\233\377\n",11,1,198.51.100.1\n2019-01-07,09:00:01,"=1+1",11,1,198.51.100.1\n' \
  >"$here/odd.csv"
for format in table csv json jsonl md; do
  run rows "$here/odd.csv" "$cohorts" --format $format
  expect 0
  has "$out" "1+1"
  same "$(LC_ALL=C tr -d '\n -~' <"$out" | wc -c)" 0
done
run rows "$here/odd.csv" "$cohorts" --format csv --fields path
is "$out" <<'EOF'
path
a?[31m???
=1+1
EOF
run rows "$here/odd.csv" "$cohorts" --format csv --fields path --spreadsheet
has "$out" "'=1+1"
run check "$here/odd.csv" "$cohorts"
expect 0

# --- output -----------------------------------------------------------------------------------------

run rank "$log" "$cohorts" --by program --format csv -o "$here/result.csv"
expect 0
same "$(wc -c <"$out")" 0
has "$here/result.csv" "program,program_name"
run rank "$log" "$cohorts" --by program -o "$here/nowhere/result.csv"
expect 2
has "$err" "nowhere/result.csv"
if [ -w /dev/full ]; then
  for query in "rows" "rank --by user" "check" "timeline --user 11" "matrix" "series"; do
    command_line="cohortscope $query >/dev/full"
    # shellcheck disable=SC2086
    timeout 60 "$COHORTSCOPE" $query "$log" "$cohorts" >/dev/full 2>"$err"
    code=$?
    : >"$out"
    expect 2
    has "$err" "No space left on device"
  done
  run rank "$log" "$cohorts" --by user --output /dev/full
  expect 2
fi
command_line="standard output closed"
timeout 60 "$COHORTSCOPE" rank "$log" --by user >&- 2>"$err"
code=$?
expect 2
has "$err" "standard output"
# A reader that leaves early is no fault: no message, exit code 0.
awk 'BEGIN { for (i = 0; i < 60000; i++) print "2019-01-07 09:00:00 java-i/intro 11 1 198.51.100.1" }' >"$here/long.txt"
command_line="rows | head"
{ timeout 60 "$COHORTSCOPE" rows "$here/long.txt" --format csv -q 2>"$err"; echo $? >"$here/code"; } |
  head -n 1 >"$out"
code=$(cat "$here/code")
expect 0
same "$(wc -c <"$err")" 0
run rank "$log" "$cohorts" --by program --format csv --quiet
expect 0
same "$(wc -c <"$err")" 0

# --- interrupted ------------------------------------------------------------------------------------

if command -v mkfifo >/dev/null; then
  command_line="Ctrl-C while reading"
  mkfifo "$here/pipe"
  { cat "$here/long.txt"; exec sleep 20; } >"$here/pipe" &
  feeder=$!
  # one signal to the program alone, not a second one to the whole group
  timeout --foreground --preserve-status -s INT 2 "$COHORTSCOPE" rank - --by phase \
    <"$here/pipe" >"$out" 2>"$err"
  code=$?
  kill "$feeder" 2>/dev/null
  expect 130
  has "$out" " hits; partial"
  has "$err" "partial: reading was stopped; "
fi

# --- pseudonyms -------------------------------------------------------------------------------------

run rows "$log" "$cohorts" --format csv --fields user,ip --pseudonyms --scope user=11
expect 0
cp "$out" "$here/first"
same "$(grep -cE '^u-[0-9a-f]{12},a-[0-9a-f]{12}$' "$out")" 4
has_not "$out" "198.51"
has "$err" "user=u-"
has_not "$err" "user=11"
run rows "$wide" --format csv --fields user,ip --pseudonyms --scope user=11
cmp -s "$here/first" "$out" || fail "the wide form has other pseudonyms"
key=$(find "$XDG_STATE_HOME/cohortscope" -name '*.key')
same "$(stat -c %a "$key")" 600
same "$(stat -c %s "$key")" 32
run rank "$log" "$cohorts" --by user --pseudonyms --format json
has "$out" "$(sed -n 2p "$here/first" | cut -d, -f1)"
run matrix "$log" "$cohorts" --rows ip --columns user --pseudonyms
expect 0
has_not "$out" "198.51"
run timeline "$log" "$cohorts" --user 11 --pseudonyms
expect 0
has_not "$out" "198.51"
has_not "$out" "user 11"
run timeline "$log" "$cohorts" --user 11 --pseudonyms --format json
expect 0
has_not "$out" '"11"'
: >"$key"
run rows "$log" "$cohorts" --pseudonyms
expect 2
has "$err" "$key"

# --- progress ---------------------------------------------------------------------------------------

run rank "$here/long.txt" --by user --progress always --format csv
expect 0
has "$err" "rows/s"
run rank "$here/long.txt" --by user --format csv
expect 0
has_not "$err" "rows/s"

# --- screens written to what is no file ---------------------------------------------------------------

# A pipe stays one, and gets the screen: nothing is put in its place.
mkfifo "$here/screen-pipe"
cat "$here/screen-pipe" >"$here/drawn" &
echo "view programs" >"$here/one.script"
run "$log" "$cohorts" --script "$here/one.script" --size 80x24 --screen "$here/screen-pipe"
wait
expect 0
[ -p "$here/screen-pipe" ] || fail "the pipe was replaced"
has "$here/drawn" "PROGRAMS"

finish
