#!/bin/sh
# Reading one large CSV: cohortscope beside DuckDB's and pandas' read_csv, where these are installed.
# The runs take turns, so that all meet the same machine; medians and ratios as a Markdown table.
#
#   BENCH_RUNS=7        runs of each program
#   DUCKDB_NODE_DIR=D   folder whose node_modules holds @duckdb/node-api ("make bench-peers" makes
#                       bench/peers in the build folder)
#   PYTHON=python3      with pandas; tried beside the one of the system
#
# The log is the wide form of the full log, or where that is absent an invented one of 1 M rows.
# cohortscope's time is that of the whole process and includes sorting, dictionaries, the catalog of
# lessons and the facts of `check`; the others' is that of reading alone, without their start.
set -u
: "${COHORTSCOPE:?}" "${BUILDDIR:?}" "${SRCDIR:?}"
. "$SRCDIR/tests/bench/pandas.sh"
runs=${BENCH_RUNS:-7}
dir=$BUILDDIR/bench/load
mkdir -p "$dir"
log=$dir/wide.csv

full=${COHORTSCOPE_FULL_LOG:-}/curriculum_logs.csv.gz
if [ -f "$full" ]; then
  what="the full log in wide form"
  [ -s "$log" ] || gzip -dc "$full" >"$log" || exit 1
else
  what="an invented log of 1 M rows in wide form (the full log is absent)"
  log=$dir/invented/wide.csv
  if [ ! -s "$log" ]; then
    "$BUILDDIR/tests/data/generate" --seed 1 --rows 1M --form wide --out "$dir/invented" >/dev/null || exit 1
    log=$(ls "$dir"/invented/*.csv | grep -v cohorts | head -n 1)
    mv "$log" "$dir/invented/wide.csv"
    log=$dir/invented/wide.csv
  fi
fi

cat >"$dir/readduck.mjs" <<'JS'
import { createRequire } from "module";
const require = createRequire(process.argv[2] + "/node_modules/");
const { DuckDBInstance } = require("@duckdb/node-api");
const db = await (await DuckDBInstance.create(":memory:")).connect();
// Plain read_csv takes the file for something else than it is: the quote must be said.
const start = process.hrtime.bigint();
await db.run(`create table t as select * from read_csv('${process.argv[3]}', quote='"')`);
const ms = Number(process.hrtime.bigint() - start) / 1e6;
const rows = (await db.runAndReadAll("select count(*) from t")).getRows()[0][0];
console.log(Math.round(ms), String(rows));
JS
cat >"$dir/readpandas.py" <<'PY'
import sys, time
import pandas
start = time.monotonic()
rows = len(pandas.read_csv(sys.argv[1]))
print(round((time.monotonic() - start) * 1000), rows)
PY

# One run each: "MILLISECONDS ROWS".
now_ms() { echo $(($(date +%s%N) / 1000000)); }
run_cohortscope() { # OPTIONS...
  started=$(now_ms)
  rows=$("$COHORTSCOPE" check --format json --quiet "$@" "$log" |
    sed -n 's/.*"rows": *\([0-9]*\).*/\1/p' | head -n 1)
  echo $(($(now_ms) - started)) "$rows"
}
run_one_thread() { run_cohortscope --threads 1; }
run_duckdb() { node "$dir/readduck.mjs" "$duckdb" "$log"; }
run_pandas() { "$python" "$dir/readpandas.py" "$log"; }

peers="cohortscope one_thread"
skipped=
duckdb=${DUCKDB_NODE_DIR:-$BUILDDIR/bench/peers}
if command -v node >/dev/null 2>&1 && [ -d "$duckdb/node_modules/@duckdb/node-api" ]; then
  peers="$peers duckdb"
else
  skipped="$skipped
skipped: DuckDB (needs node and \`make bench-peers\`)"
fi
if [ -n "$python" ]; then
  peers="$peers pandas"
else
  skipped="$skipped
skipped: pandas is not installed (PYTHON names a python that has it)"
fi

rm -f "$dir"/*.times
cat "$log" >/dev/null # into the page cache
i=0
while [ "$i" -lt "$runs" ]; do
  for peer in $peers; do
    "run_$peer" >>"$dir/$peer.times" || exit 1
  done
  i=$((i + 1))
done

title() {
  case $1 in
    cohortscope) echo "cohortscope check" ;;
    one_thread) echo "cohortscope check --threads 1" ;;
    duckdb) echo "DuckDB read_csv" ;;
    pandas) echo "pandas read_csv" ;;
  esac
}

echo "## Loading"
echo
echo "$what: $(wc -c <"$log") bytes; $runs runs each, taking turns. Ratio: median over cohortscope's."
[ -z "$skipped" ] || echo "$skipped"
echo
echo "| program | rows | median ms | best ms | worst ms | ratio |"
echo "|---|--:|--:|--:|--:|--:|"
base=
for peer in $peers; do
  sort -n "$dir/$peer.times" | awk '{ ms[NR] = $1; rows = $2 }
    END { print ms[int((NR + 1) / 2)], ms[1], ms[NR], rows }' >"$dir/$peer.summary"
  read -r median best worst rows <"$dir/$peer.summary"
  : "${base:=$median}"
  ratio=$(awk -v a="$median" -v b="$base" 'BEGIN { printf "%.2f", a / b }')
  echo "| $(title "$peer") | $rows | $median | $best | $worst | $ratio |"
done
