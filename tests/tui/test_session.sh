#!/bin/sh
# Files that the explorer writes when asked: sessions, scripts. Whose data they are, who may read
# them, what happens when they cannot be written.
set -u
. "${SRCDIR:?}/tests/tui/explorer_lib.sh"

run save 'scope add phase=class' 'view cohorts' 'sort name' 'session save friday' || fail "saving a session"
[ "$(stat -c %a friday)" = 600 ] || fail "a session is for its owner alone"
run load 'session load friday' || fail "loading a session"
grep -q '\[1 phase=class\]' load.screen || fail "the filters of a session come back"
grep -q 'cohort↑' load.screen || fail "the order of a session comes back"

# other data
cat >other.csv <<'END'
date,time,path,user_id,cohort_id,ip
2020-01-01,10:00:00,a/b,1,7,192.0.2.1
2020-01-02,10:00:00,a/c,2,7,192.0.2.2
END
log=other.csv
run other 'session load friday' && fail "a session of other data is refused"
grep -q 'friday: a session of other data: the sample log, 62,387 rows, 2022-01-03 to 2023-12-20' other.out ||
  fail "the error says of which data it is: $(cat other.out)"
run forced 'session! load friday' || fail "session! takes a session of other data"
grep -q 'cohort↑' forced.screen || fail "session! brings back what fits"
log=

# what is no session
echo 'no session at all' >nonsense
run nonsense 'session load nonsense' && fail "a file that is no session is refused"
grep -q 'nonsense: that is no file of a session' nonsense.out || fail "it says so: $(cat nonsense.out)"
head -c 100 friday >half
run half 'session load half' && fail "half a session is refused"
run none 'session load none-there' && fail "a session that is not there is refused"
grep -q 'there is no file none-there' none.out || fail "it says so: $(cat none.out)"

# nothing is written over, or left in parts
run over 'session save friday' && fail "a session is not written over"
grep -q 'session!' over.out || fail "it says how it would be: $(cat over.out)"
run over2 'view users' 'session! save friday' || fail "session! writes over it"
grep -q '^view=4' friday || fail "the new session is there"
run closed "session save $closed/x" && fail "a session in a folder that may not be written to"
run closed2 "log save $closed/x" && fail "a log in a folder that may not be written to"
grep -q "$closed/x" closed2.out || fail "the error says where: $(cat closed2.out)"
[ -z "$(ls -A closed)" ] || fail "nothing is left in it"

# a log of commands leads to the same place in the same log, after a restart
run first 'scope add phase=class' 'key j Enter j Enter s' 'log save way.script' || fail "log save"
run again 'session info' || fail "session info"
"$program" --script way.script --now 2026-11-20T12:04:31 --screen way.screen || fail "the log runs"
head -22 first.screen >a
head -22 way.screen >b
cmp -s a b || fail "the log leads to the same screen"
grep -q '^# 2026-11-20 12:04:31$' way.script || fail "the log has its times"
run over3 'log save way.script' && fail "a log is not written over"
run over4 'log! save way.script' || fail "log! writes over it"

[ "$failed" = 0 ] && echo "session: passed"
exit "$failed"
