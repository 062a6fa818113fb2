#!/bin/sh
# Exports of the explorer: what is written is what the command line says of the same rows, in every
# form; nothing is written over or left in parts.
set -u
. "${SRCDIR:?}/tests/tui/explorer_lib.sh"

# the sample as files, so that both sides can read it
log="$SRCDIR/assets/sample/logs.csv.gz $SRCDIR/assets/sample/cohorts.csv"
cli() {
  # shellcheck disable=SC2086 # two files
  "$program" "$@" $log 2>cli.err
}

# rows of the scope: byte for byte those of `rows`, in the formats for programs
scope='program=2 phase=class time=2022-03..2022-04'
for form in csv json jsonl md; do
  run "rows-$form" "scope set $scope" "export scope rows.$form" || fail "rows as $form: $(cat rows-$form.out)"
  cli rows --scope "$scope" --format "$form" >"expected.$form" || fail "rows --format $form"
  cmp -s "rows.$form" "expected.$form" || fail "export scope rows.$form is what rows --format $form says"
done
[ "$(wc -l <rows.csv)" -gt 1000 ] || fail "the scope has rows"
run rows-html "scope set $scope" 'export scope rows.html' || fail "rows as html: $(cat rows-html.out)"
[ "$(grep -o '<tr' rows.html | wc -l)" = "$(wc -l <rows.csv)" ] || fail "a row of the page is a row of the log"
run rows-all 'export scope html everything.html' 'export scope csv everything' || fail "everything"
[ "$(wc -l <everything)" = 62388 ] || fail "the form may be said in place of a suffix"

# the list: hits and users are those of `rank`
run list 'scope set phase=class' 'view cohorts' 'columns +users' 'export cohorts.csv' \
  'export pane cohorts.jsonl' 'export cohorts.html' 'export cohorts.md' || fail "lists: $(cat list.out)"
cli rank --by cohort --scope phase=class --measure hits,users --format csv |
  awk -F, 'NR > 1 { print $1 "," $3 "," $4 }' | sort >expected
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
         { print $at["id"] "," $at["hits"] "," $at["users"] }' cohorts.csv | sort >got
cmp -s expected got || fail "a list has the numbers of rank: $(diff expected got | head -5)"
[ "$(wc -l <cohorts.jsonl)" = "$(wc -l <got)" ] || fail "a line of JSON for each row of the list"
grep -q '^| *id' cohorts.md || fail "a table of Markdown"

# what is marked: rows of the list, rows of the log
run marks 'view users' 'at 64' 'mark' 'at 67' 'mark' 'export marks marked.csv' || fail "marks: $(cat marks.out)"
[ "$(cut -d, -f1 marked.csv | sort | tr '\n' ' ')" = '64 67 id ' ] || fail "two marked users: $(cat marked.csv)"
rm -rf state
run marked-rows 'view users' 'at 64' 'view timeline' 'key j m j m' 'export selection log.csv' ||
  fail "marked rows: $(cat marked-rows.out)"
[ "$(wc -l <log.csv)" -ge 3 ] || fail "the marked rows of the log: $(cat log.csv)"
cut -d, -f2 log.csv | grep -qv -e '^64$' -e '^user$' && fail "they are of user 64"
rm -rf state
run no-marks 'view users' 'export marks none.csv' && fail "nothing is marked"
[ ! -e none.csv ] || fail "then nothing is written"

# pseudonyms: no id and no address of the log, and the same in two exports
run secret 'view users' 'export scope secret.csv --pseudonyms' 'export users-secret.csv --pseudonyms' \
  'set pseudonyms=on' 'export! scope secret2.csv' || fail "pseudonyms: $(cat secret.out)"
[ "$(grep -c ',u-[0-9a-f]\{12\},.*,a-[0-9a-f]\{12\}$' secret.csv)" = 62387 ] ||
  fail "a row of an export with pseudonyms has an id or an address: $(head -3 secret.csv)"
[ "$(sed 1d users-secret.csv | grep -c '^u-[0-9a-f]\{12\},')" -gt 100 ] ||
  fail "users of a list have pseudonyms: $(head -3 users-secret.csv)"
sed 1d users-secret.csv | grep -v '^u-[0-9a-f]\{12\},' && fail "a user of a list has no pseudonym"
cmp -s secret.csv secret2.csv || fail "two exports have the same pseudonyms"
[ "$(wc -l <secret.csv)" = 62388 ] || fail "all rows have pseudonyms"
run secret-matrix 'view matrix' 'export m.csv --pseudonyms' && fail "no pseudonyms are promised for other views"
run matrix 'view matrix' 'export m.csv' 'export m.json' || fail "the matrix: $(cat matrix.out)"
[ "$(grep -c '^{' m.json)" = "$(sed 1d m.csv | wc -l)" ] || fail "both have all rows of the matrix"
grep -q '":[0-9]' m.json || fail "numbers of the matrix are numbers"
run flags 'view flags' 'export flags.jsonl' 'export flags.html' || fail "flags: $(cat flags.out)"
cli flags --format jsonl >expected
[ -s flags.jsonl ] || fail "there are flags"
grep -vxF -f expected flags.jsonl >strange && fail "a flag is not what flags says: $(head -1 strange)"
[ "$(grep -c '<tr' flags.html)" = "$(($(wc -l <flags.jsonl) + 1))" ] || fail "a row of the page is a flag"

# nothing is written over without a word
echo mine >there.csv
run over 'export there.csv' && fail "a file is not written over"
[ "$(cat there.csv)" = mine ] || fail "it is as it was"
grep -q 'export!' over.out || fail "the error says how: $(cat over.out)"
run over2 'export! there.csv' || fail "export! writes over it"
head -1 there.csv | grep -q '^id,' || fail "it is written over"

# no half files: no permission, no folder, no room
run closed "export $closed/x.csv" && fail "a folder that may not be written to"
grep -qi 'permission\|read-only' closed.out || fail "the error says why: $(cat closed.out)"
[ -z "$(ls -A closed)" ] || fail "nothing is left there"
run nowhere 'export no/such/x.csv' && fail "a folder that is not there"
if [ -w /dev/full ]; then
  run full 'export scope csv /dev/full' && fail "a full disk"
  grep -q 'No space left' full.out || fail "the error says why: $(cat full.out)"
fi
# a limit of file sizes is what a full disk is: the file must not appear
(
  ulimit -f 64
  trap '' XFSZ
  run limit 'export scope limit.csv'
) && fail "a file that does not fit"
[ ! -e limit.csv ] || fail "half a file is left"
[ -z "$(find . -maxdepth 1 -name '*limit.csv*' | head -1)" ] || fail "something is left: $(ls -A)"
run suffix 'export x.txt' && fail "an unknown suffix"
run empty 'scope set cohort=40 -cohort=40' 'export scope none.jsonl' || fail "no rows are an export too"
[ ! -s none.jsonl ] || fail "with no lines"

[ "$failed" = 0 ] && echo "export: passed"
exit "$failed"
