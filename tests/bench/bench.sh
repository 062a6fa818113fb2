#!/bin/sh
# Every benchmark, one after the other: tables on standard output and in bench/results.md of the
# build folder. Nothing here is a test; numbers depend on the machine, and on what else it does.
#
#   BENCH_ONLY='load answers keys memory latency query follow detect'     some of them
set -u
: "${COHORTSCOPE:?}" "${BUILDDIR:?}" "${SRCDIR:?}"
bench=$BUILDDIR/tests/bench
mkdir -p "$BUILDDIR/bench/full"
results=$BUILDDIR/bench/results.md
big=$BUILDDIR/bench/10M

wanted() {
  case " ${BENCH_ONLY:-load answers keys memory latency query follow detect} " in *" $1 "*) return 0 ;; esac
  return 1
}

# The full log, narrow, unpacked: what every program is given. Without it the sample of 1 M rows.
if [ -f "${COHORTSCOPE_FULL_LOG:-}/logs.csv.gz" ]; then
  full=$BUILDDIR/bench/full/logs.csv
  [ -s "$full" ] || gzip -dc "$COHORTSCOPE_FULL_LOG/logs.csv.gz" >"$full"
  full_cohorts=$COHORTSCOPE_FULL_LOG/cohorts.csv
  full_name="the full log"
else
  full=${BENCH_LOG:?}
  full_cohorts=${BENCH_COHORTS:-}
  full_name="an invented log (the full log is absent)"
fi

machine() {
  echo "# Benchmarks"
  echo
  "$COHORTSCOPE" --version | head -n 1
  sed -n 's/^model name[^:]*: */processor: /p' /proc/cpuinfo | head -n 1
  echo "cores: $(nproc)"
  sed -n 's/^MemTotal: *\([0-9]*\) kB/memory: \1 kB/p' /proc/meminfo
  echo "load when it began: $(cut -d ' ' -f 1-3 /proc/loadavg)"
}

latency_words() {
  cat <<'END'
## Time from a key to the screen

Milliseconds from the key to the first change of the screen, to the list with the cursor, and to the
last change; and the processor's time of all threads, which other programs do not disturb. Each is the
median and the 99th percentile of 25 times. A frame waits 12 ms for what is computed behind it. What
takes longer is marked "computing" and comes with the next frame: the first change can be the mark.

Where the time goes: filters that no index answers (a program, a lesson, "leave out") test every row
of the log; each list then passes over the rows kept, once more for each distinct count it shows (see
"Requests": one filter is a "select", one list a "rank"). Sorting is next to nothing. The rows of a
cohort, a user or an address are read where they stand in its index. Hits over time are the places
where days begin among the rows kept. Lists of one scope share its rows, are counted side by side, and
a list that is shown narrower is not counted again.

END
}

all() {
  machine
  if wanted load; then
    echo
    sh "$SRCDIR/tests/bench/bench_load.sh"
  fi
  if wanted answers; then
    echo
    sh "$SRCDIR/tests/bench/bench_answers.sh" "$full_name" "$full" "$full_cohorts"
  fi
  if wanted keys; then
    echo
    "$bench/bench_keys" bytes "$full" "$full_cohorts"
  fi
  if wanted memory; then
    echo
    "$bench/bench_keys" memory "$full" "$full_cohorts"
  fi
  if wanted latency; then
    echo
    latency_words
    for size in 80x24 200x60; do
      "$bench/bench_keys" latency "$full_name" "$size" "$full" "$full_cohorts"
    done
    if [ -s "$big/logs.csv" ]; then
      "$bench/bench_keys" latency "10 M rows" 120x30 "$big/logs.csv" "$big/cohorts.csv"
    else
      echo "skipped: keys at 10 M rows (\`make bench-data\` makes that log)"
    fi
  fi
  if wanted query; then
    printf '\n## Requests\n\n```\n'
    "$bench/bench_query" "$BENCH_LOG" "${BENCH_COHORTS:-}"
    if [ -s "$big/logs.csv" ]; then
      echo
      "$bench/bench_query" "$big/logs.csv" "$big/cohorts.csv"
    else
      echo "skipped: requests at 10 M rows (\`make bench-data\` makes that log)"
    fi
    echo '```'
  fi
  if wanted follow; then
    printf '\n## Following\n\n```\n'
    "$bench/bench_follow" "$BENCH_LOG" "${BENCH_COHORTS:-}"
    echo '```'
  fi
  if wanted detect; then
    printf '\n## Detection\n\n```\n'
    "$bench/detect"
    echo '```'
  fi
}

all | tee "$results"
echo "written to $results"
