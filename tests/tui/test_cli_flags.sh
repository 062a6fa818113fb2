#!/bin/sh
# `flags` on a small log made here: formats, choices, exit codes, pseudonyms.
. "$(dirname "$0")/cli_lib.sh"

log=$here/log.csv
cohorts=$here/cohorts.csv
cat >"$cohorts" <<'EOF'
id,name,slack,start_date,end_date,created_at,updated_at,deleted_at,program_id
1,Ada,#ada,2020-01-06,2020-05-29,2019-12-01 10:00:00,NULL,NULL,2
EOF
# User 7 fetches 30 pages in half a minute; user 8 turns a page every 30 seconds; user 12 reads.
awk 'BEGIN {
  print "date,time,path,user_id,cohort_id,ip"
  for (i = 0; i < 30; i++) printf "2020-03-04,10:00:%02d,java/p%dx,7,1,198.51.100.7\n", i, i
  for (i = 0; i < 31; i++) printf "2020-03-05,11:%02d:%02d,java/p%dx,8,1,198.51.101.8\n", i / 2, i % 2 * 30, i
  for (i = 0; i < 30; i++) printf "2020-03-06,%02d:%02d:00,java/p%dx,12,1,198.51.102.9\n", 9 + i / 6, i * 7 % 60, i
}' >"$log"

run flags "$log" "$cohorts" --rule burst,metronome --format csv
expect 0
is "$out" <<'EOF'
id,rule,rule_version,audience,score,subject_type,subject,from,to,users,ips,cohort,cohort_name,lesson,events,text,doubts,status
metronome-u8-20200305T1100,metronome,1,security,75,user,8,2020-03-05T11:00:00,2020-03-05T11:15:00,8,198.51.101.8,1,Ada,,31,"User 8 turned 31 pages (31 distinct) in 15 minutes from 2020-03-05 at 11:00 on, one every 30.0 seconds: 30 gaps in a row vary by 0 % of their mean.",,open
burst-u7-20200304T1000,burst,1,security,64.64,user,7,2020-03-04T10:00:00,2020-03-04T10:00:29,7,198.51.100.7,1,Ada,,30,"User 7 fetched 30 pages (30 distinct) in 30 seconds on 2020-03-04 at 10:00, up to 30 distinct ones within 60 seconds.",,open
EOF
has "$err" "all 91 hits; 2 of"

run flags "$log" "$cohorts" --rule burst --format jsonl
expect 0
same "$(jsonl '$.id' '$.rule_version' '$.subject.id' '$.users[0]' '$.ips[0]' '$.cohort' '$.cohort_name' \
  '$.lesson' '$.events' '$.parameters.pages' '$.status' | tr '\n' ' ')" \
  "burst-u7-20200304T1000 1 7 7 198.51.100.7 1 Ada null 30 20 open "
same "$(jsonl '$.baselines[*].name' | tr '\n' ' ')" "own cohort program "
same "$(jsonl '$.from' '$.to' | tr '\n' ' ')" "2020-03-04T10:00:00 2020-03-04T10:00:29 "
# The keys, in the order of the contract.
same "$(tr ',{' '\n\n' <"$out" | sed -n 's/^"\([a-z_]*\)":.*/\1/p' | grep -vx 'name\|value\|n\|what\|type\|pages\|seconds' | tr '\n' ' ')" \
  "id rule rule_version audience score subject id from to users ips cohort cohort_name lesson events text parameters terms baselines doubts related status "

run flags "$log" "$cohorts" --rule metronome
expect 0
has "$out" "metronome  user 8  2020-03-05 11:00:00      31          User 8 turned 31 pages"
has "$out" "1 of"
run flags "$log" "$cohorts" --rule security --format json --limit 1
expect 0
same "$(json '$[*].rule')" metronome
has "$err" "first 1 of"
run flags "$log" "$cohorts" --rule burst --format md
expect 0
has "$out" "| 65 | burst | user 7 |"

# --- choices --------------------------------------------------------------------------------------

run flags "$log" "$cohorts" --rule burst,metronome --min-score 70 --format csv
expect 0
has "$out" "metronome-u8"
has_not "$out" "burst-u7"
run flags "$log" "$cohorts" --rule burst,metronome --scope user=7 --format csv
expect 0
has "$out" "burst-u7"
has_not "$out" "metronome-u8"
run flags "$log" "$cohorts" --rule burst --scope time=2020-03-05 --format csv
expect 0
has_not "$out" "burst-u7"
run rank "$log" "$cohorts" --by user --scope flagged=yes --format csv --measure hits
expect 0
has "$out" "7,30"
has "$out" "8,31"
has_not "$out" "12,30"

run flags "$log" "$cohorts" --rule burst --fail-on 50
expect 4
run flags "$log" "$cohorts" --rule burst --fail-on 65
expect 0

run flags "$log" "$cohorts" --rule agent
expect 0
has "$out" "The log has no user agents"

# --- settings -------------------------------------------------------------------------------------

printf 'burst.pages = 31\nmetronome = off\n' >"$here/rules.conf"
run flags "$log" "$cohorts" --rule burst,metronome --rules "$here/rules.conf" --format csv
expect 0
same "$(wc -l <"$out" | tr -d ' ')" 1
mkdir -p "$here/config/cohortscope"
echo "metronome.gaps = 31" >"$here/config/cohortscope/rules.conf"
run flags "$log" "$cohorts" --rule burst,metronome --format csv
expect 0
has "$out" "burst-u7"
has_not "$out" "metronome-u8"
# The file of the option wins over the own one.
echo "metronome.gaps = 30" >"$here/rules.conf"
run flags "$log" "$cohorts" --rule metronome --rules "$here/rules.conf" --format jsonl
expect 0
same "$(jsonl '$.score' '$.parameters.gaps' | tr '\n' ' ')" "50 30 "
rm "$here/config/cohortscope/rules.conf"

echo "brust = off" >"$here/rules.conf"
run flags "$log" "$cohorts" --rules "$here/rules.conf"
expect 1
has "$err" 'rules.conf:1: there is no rule "brust"; did you mean "burst"?'
run flags "$log" "$cohorts" --rules "$here/absent.conf"
expect 2
has "$err" "name a text file of lines"
run flags "$log" "$cohorts" --rule bust
expect 1
has "$err" '--rule: there is no rule "bust"; did you mean "burst"?'

# --- pseudonyms: nobody is named, and the same person bears the same name -------------------------

for format in table csv json jsonl md; do
  run flags "$log" "$cohorts" --rule burst,metronome --pseudonyms --format $format
  expect 0
  has "$out" "User u-"
  has_not "$out" "198.51.100"
  has_not "$out" "user 7"
  has_not "$out" "User 7"
  has_not "$out" "-u7-"
done
run flags "$log" "$cohorts" --rule burst --pseudonyms --format jsonl
name=$(jsonl '$.users[0]')
same "$(jsonl '$.id')" "burst-$name-20200304T1000"
same "$(jsonl '$.subject.id')" "$name"
has "$out" "User $name fetched 30 pages"

# --- nothing to find ------------------------------------------------------------------------------

run flags "$log" "$cohorts" --rule burst --scope user=12 --format json
expect 0
same "$(tr -d ' \n' <"$out")" "[]"
head -n 1 "$log" >"$here/empty.csv"
run flags "$here/empty.csv" "$cohorts" --format json
expect 2
has "$err" "empty.csv has no rows"

run flags --help
expect 0
has "$out" "--min-score"
has "$out" "grouped-crawl"

finish
