#!/bin/sh
# Places of addresses, from a file of the user's: said where an address is looked at.
set -u
. "${SRCDIR:?}/tests/tui/explorer_lib.sh"

cat >log.csv <<'END'
date,time,path,user_id,cohort_id,ip
2020-01-01,10:00:00,a/b,1,7,192.0.2.1
2020-01-01,10:00:05,a/b,1,7,192.0.2.1
2020-01-02,10:00:00,a/c,2,7,198.51.100.2
END
echo '192.0.2.0/24|country=Iceland|iso=IS|city=Akureyri|asn=64500|org=Example Net' >places
perl "$SRCDIR/tests/flags/make_mmdb.pl" places places.mmdb
case $? in
0) ;;
77)
  echo "skipped: MaxMind::DB::Writer is absent (Debian: libmaxmind-db-writer-perl)"
  exit 77
  ;;
*) fail "make_mmdb.pl" ;;
esac

log="log.csv --mmdb places.mmdb"
run known 'view ips' || {
  grep -q 'built without' known.out && echo "skipped: $(cat known.out)" && exit 77
  fail "a log with places: $(cat known.out)"
}
grep -q '192.0.2.1 .*─' known.screen || fail "the first address is under the cursor"
grep -q 'place *Iceland, Akureyri, AS64500 Example Net' known.screen || fail "its place is said"
run unknown 'view ips' 'key j' || fail "an address without a place"
grep -q '198.51.100.2 ─' unknown.screen || fail "the second address is under the cursor"
grep -q 'place' unknown.screen && fail "nothing is said where nothing is known"
log=log.csv
run without 'view ips' || fail "a log without places"
grep -q 'place' without.screen && fail "nothing is said without a file"
exit $failed
