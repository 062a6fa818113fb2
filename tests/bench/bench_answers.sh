#!/bin/sh
# Seven answers (all but the fourth, which needs the rules) from a cold start, beside pandas reading
# the same file and doing nothing else. The two take turns, so that both meet the same machine;
# medians, and the median of the ratios of the pairs, as a Markdown table.
#
#   BENCH_RUNS=7      pairs
#   PYTHON=python3    with pandas; tried beside the one of the system
#
# Usage: bench_answers.sh NAME LOG [COHORTS]
# shellcheck disable=SC2016 # $1 to $6 in single quotes are those of awk
set -u
: "${COHORTSCOPE:?}" "${BUILDDIR:?}"
name=${1:?} log=${2:?} cohorts=${3:-}
. "$SRCDIR/tests/bench/pandas.sh"
dir=$BUILDDIR/bench/answers
mkdir -p "$dir"

echo "## Seven answers"
echo
if [ -z "$python" ]; then
  echo "skipped: pandas is not installed (PYTHON names a python that has it)"
  exit 0
fi

cat >"$dir/read.py" <<'PY'
import sys, time
import pandas
start, used = time.monotonic(), time.process_time()
pandas.read_csv(sys.argv[1])
print((time.monotonic() - start) * 1000, (time.process_time() - used) * 1000)
PY

# Wall time and the processor's time of both, in ms, a pair a line.
cat >"$dir/pairs.py" <<'PY'
import os, subprocess, sys, time
program, log, cohorts, runs, reader = sys.argv[1:6]
ours = [program, "report", log] + ([cohorts] if cohorts else []) + ["--question", "1,2,3,5,6,7,8"]

def run(command):
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    text = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = status
    if status:
        sys.exit("failed: " + " ".join(command))
    return (time.monotonic() - start) * 1000, (used.ru_utime + used.ru_stime) * 1000, text

for i in range(int(runs)):
    a, b = run(ours), run([sys.executable, reader, log])
    print(a[0], a[1], b[0], b[1], b[2].decode().strip())
PY

cat "$log" >/dev/null # into the page cache
"$python" "$dir/pairs.py" "$COHORTSCOPE" "$log" "$cohorts" "${BENCH_RUNS:-7}" "$dir/read.py" >"$dir/pairs" || exit 1

# median EXPRESSION: of the pairs; $1 $2 ours (wall, processor), $3 $4 pandas, $5 $6 its reading alone
median() {
  awk "{ printf \"%.3f\\n\", $1 }" "$dir/pairs" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}
row() { # TITLE WALL CPU RATIO
  printf '| %s | %.0f | %s | %s |\n' "$1" "$(median "$2")" "$3" "$4"
}
echo "$name: $(wc -c <"$log") bytes; ${BENCH_RUNS:-7} pairs, taking turns. Ratio: to cohortscope's wall time in the same pair."
echo
echo "| program | median ms | processor ms | ratio |"
echo "|---|--:|--:|--:|"
row "cohortscope report, questions 1 2 3 5 6 7 8" '$1' "$(printf %.0f "$(median '$2')")" 1.00
row "pandas read_csv, with its start" '$3' "$(printf %.0f "$(median '$4')")" "$(printf %.2f "$(median '$3 / $1')")"
row "pandas read_csv alone" '$5' "$(printf %.0f "$(median '$6')")" "$(printf %.2f "$(median '$5 / $1')")"
