#!/bin/sh
# Style, house rules and static analysis of the whole tree or of some files.
#
#   tests/lint.sh                       everything ("make lint")
#   tests/lint.sh house format          some parts of: house format cppcheck tidy
#   tests/lint.sh tidy core/base/*.c    some files
#
# Needs a configured build for tidy: "make lint" passes its flags; by hand, run it in the build
# folder or set BUILDDIR. Exits 1 when anything was found or a tool is missing.
set -u
LC_ALL=C.UTF-8
export LC_ALL

here=$PWD
SRCDIR=${SRCDIR:-$(cd "$(dirname "$0")/.." && pwd)}
BUILDDIR=${BUILDDIR:-$here}
cd "$SRCDIR" || exit 1
jobs=$(nproc 2>/dev/null || echo 2)

packages='glib-2.0 gio-unix-2.0 json-glib-1.0 libarchive cmocka sqlite3 vterm'
optional='libmaxminddb libmariadb'

say() { printf '%s\n' "$*"; }

# need TOOL PACKAGE: 0 when the tool is there.
need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  say "$1 is missing; on Debian: apt-get install $2   (or run ./bootstrap, which does it)"
  return 1
}

# tracked NAME-PATTERN...: files of the project, one a line; in a tree without git, what is there.
tracked() {
  if git ls-files --error-unmatch configure.ac >/dev/null 2>&1; then
    git ls-files -- "$@"
  else
    for pattern in "$@"; do
      find . -name "$pattern" -type f ! -path './build*' ! -path './assets/resources.*' \
        ! -path './config.h' ! -path './_*' | sed 's|^\./||'
    done
  fi | while IFS= read -r file; do
    [ -f "$file" ] && say "$file"
  done
}

# The files to look at: those named on the command line, else all.
sources() {
  if [ -n "$chosen" ]; then
    for pattern in "$@"; do
      say "$chosen" | grep "${pattern#\*}\$"
    done
  else
    tracked "$@"
  fi
}

flags() {
  printf '%s' "-std=gnu11 -DHAVE_CONFIG_H -I$BUILDDIR -I$SRCDIR ${LINT_CPPFLAGS-}"
  if [ -z "${LINT_CPPFLAGS-}" ]; then
    # shellcheck disable=SC2086
    printf ' %s' "$(pkg-config --cflags $packages)"
    for name in $optional; do
      pkg-config --exists "$name" && printf ' %s' "$(pkg-config --cflags "$name")"
    done
  fi
}

run_format() {
  need clang-format clang-format || return 1
  # Other versions lay out some lines differently; the one of Debian 12 decides.
  if ! clang-format --version | grep -q 'version 14\.'; then
    say "skipped: format (clang-format 14 is wanted; this is $(clang-format --version))"
    return 0
  fi
  sources '*.c' '*.h' | xargs -r clang-format --dry-run -Werror
}

run_cppcheck() {
  need cppcheck cppcheck || return 1
  sources '*.c' >"$scratch/list"
  [ -s "$scratch/list" ] || return 0
  # doubleFree, memleak: it does not see a pointer filled again through its address, nor a container
  # take something over. The sanitizers watch both.
  timeout 300 cppcheck --quiet -j "$jobs" --std=c11 --language=c --library=posix,gnu,gtk \
    --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
    --suppress=missingIncludeSystem --suppress=doubleFree \
    --suppress=memleak --template='{file}:{line}: {severity}: {message} [{id}]' \
    -I. --file-list="$scratch/list" 2>&1
}

# One file, called by run_tidy through xargs; quiet unless something is wrong. The long way in which
# the analyzer came to a finding is shown when LINT_VERBOSE is set.
tidy_one() {
  curses=
  grep -q '^#include <curses' "$1" && curses=$(pkg-config --cflags ncursesw)
  # shellcheck disable=SC2086
  if ! output=$(timeout 120 clang-tidy --quiet "$1" -- $LINT_FLAGS '-DSRCDIR=""' $curses 2>&1); then
    say "$output" | awk -v root="$SRCDIR/" -v all="${LINT_VERBOSE-}" '
      / warnings? (generated|treated as error)/ { next }
      /: (error|warning|note): / { shown = all != "" || !/: note: / }
      index($0, root) == 1 { $0 = substr($0, length(root) + 1) }
      shown'
    [ -n "$output" ] || say "$1: clang-tidy ended without a word, or took over 120 s"
    return 1
  fi
}

run_tidy() {
  need clang-tidy clang-tidy || return 1
  need pkg-config pkg-config || return 1
  if [ ! -f "$BUILDDIR/config.h" ]; then
    say "no config.h in $BUILDDIR: run \"make lint\", or this from the build folder"
    return 1
  fi
  LINT_FLAGS=$(flags)
  export LINT_FLAGS SRCDIR BUILDDIR
  # The longest first, so that no core idles at the end.
  sources '*.c' | xargs -r ls -S | xargs -r -P "$jobs" -n 1 sh "$SRCDIR/tests/lint.sh" --tidy-one
}

# Includes among headers must not run in a circle.
check_circles() {
  tracked '*.h' | xargs -r grep -H '^#include "' |
    sed -n 's|^\([^:]*\):#include "\(.*\)".*|\1 \2|p' | tsort >/dev/null 2>"$scratch/circles"
  [ -s "$scratch/circles" ] || return 0
  say "headers include each other in a circle:"
  sed 's/^tsort: //' "$scratch/circles"
  return 1
}

# Words and paths that have no place in a finished project. The brackets keep this file clean.
check_words() {
  words='([^A-Za-z0-9_]|^)([T]ODO|[F]IXME|[X]XX|[H]ACK|[T]BD)([^A-Za-z0-9_]|$)'
  paths='(^|[^A-Za-z0-9_.$}])/([w]ork|[t]mp/wt|[t]mp/b)(/|[^A-Za-z0-9_-]|$)'
  if [ -n "$chosen" ]; then say "$chosen"; else tracked '*'; fi >"$scratch/all"
  if xargs -r grep -InE "$words|$paths" <"$scratch/all" >"$scratch/words"; then
    sed 's/^\([^:]*:[0-9]*\):/\1: unfinished word or foreign path: /' "$scratch/words"
    return 1
  fi
}

run_house() {
  failed=0
  sources '*.c' '*.h' | xargs -r awk -f tests/lint/house.awk || failed=1
  check_circles || failed=1
  check_words || failed=1
  return $failed
}

if [ "${1-}" = --tidy-one ]; then
  tidy_one "$2"
  exit
fi

parts=
chosen=
for argument in "$@"; do
  case $argument in
  house | format | cppcheck | tidy) parts="$parts $argument" ;;
  -*)
    say "unknown option $argument; usage: tests/lint.sh [house|format|cppcheck|tidy]... [FILE]..."
    exit 1
    ;;
  *)
    case $argument in /*) ;; *) argument=$here/$argument ;; esac
    if [ ! -f "$argument" ]; then
      say "no file $argument"
      exit 1
    fi
    argument=$(cd "$(dirname "$argument")" && pwd)/$(basename "$argument")
    chosen="$chosen${chosen:+
}${argument#"$SRCDIR"/}"
    ;;
  esac
done

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM HUP
status=0
for part in ${parts:-house format cppcheck tidy}; do
  started=$(date +%s)
  if "run_$part"; then
    say "lint $part: clean ($(($(date +%s) - started)) s)"
  else
    say "lint $part: see above ($(($(date +%s) - started)) s)"
    status=1
  fi
done
exit $status
