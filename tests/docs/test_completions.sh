#!/bin/sh
# Completions: what each shell offers is what --help lists, and values come from the same tables.
# bash is asked through the completion function, fish through `complete -C`, zsh through a stand-in
# for _arguments that prints what it is given. A shell that is absent is said and left out.
set -u
: "${SRCDIR:?}" "${COHORTSCOPE:?}"
files=$SRCDIR/assets/completions
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
failed=0
checks=0
subs=$("$COHORTSCOPE" --help | sed -n '/^Subcommands/,/^$/s/^  \([a-z]\{1,\}\) .*/\1/p')

# same WHAT EXPECTED GIVEN: lists of words in any order.
same() {
  checks=$((checks + 1))
  printf '%s\n' "$2" | tr ' ' '\n' | grep . | sort -u >"$out/expected"
  printf '%s\n' "$3" | tr ' ' '\n' | grep . | sort -u >"$out/given"
  if ! cmp -s "$out/expected" "$out/given"; then
    echo "FAIL $1: expected (<) and offered (>)"
    diff "$out/expected" "$out/given" | grep '^[<>]'
    failed=$((failed + 1))
  fi
}

options_of() { # SUBCOMMAND: the long names that its help shows
  # shellcheck disable=SC2086 # no word when there is no subcommand
  "$COHORTSCOPE" $1 --help | sed -n 's/^  \(-[a-zA-Z], \)\{0,1\}\(--.*\)/\2/p' |
    grep -o '^--[a-z-]*\(, --[a-z-]*\)*' | tr -d ,
}

# expectations SHELL: the questions that every shell is asked; ask_SHELL answers with candidates.
expectations() {
  ask=ask_$1
  options_of '' | grep -qx -- --help || {
    echo "FAIL $1: no options found in the help"
    failed=$((failed + 1))
  }
  same "$1: options of the explorer" "$(options_of '')" "$($ask --)"
  for sub in $subs; do
    same "$1: options of $sub" "$(options_of "$sub")" "$($ask "$sub" --)"
  done
}

ask_bash() {
  bash --norc --noprofile -c '
    source "$0"
    COMP_WORDS=(cohortscope "$@")
    COMP_CWORD=$#
    _cohortscope
    printf "%s\n" "${COMPREPLY[@]}"' "$files/cohortscope.bash" "$@"
}

check_bash() {
  expectations bash
  cd "$out" || exit 1
  mkdir -p empty && cd empty || exit 1
  same "bash: subcommands" "$subs" "$(ask_bash '')"
  same "bash: part of one" "rank" "$(ask_bash ra)"
  same "bash: no subcommand after a log" "" "$(ask_bash log.csv ra)"
  same "bash: words of --by" "hour" "$(ask_bash rank --by ho)"
  same "bash: words of -b" "program path phase" "$(ask_bash rank -b p)"
  same "bash: --format=c taken apart" "csv" "$(ask_bash rank --format = c)"
  same "bash: --format= taken apart" "table json" "$(ask_bash check --format =)"
  same "bash: a list goes on" "hits,users,share" "$(ask_bash rank --measure hits,users,sh)"
  same "bash: options after a value" "--by" "$(ask_bash rank --limit 5 --by)"
  same "bash: an option with a value in front" "--rows" "$(ask_bash --threads 1 matrix --ro)"
  same "bash: fields of a scope" "phase=" "$(ask_bash rank --scope ph)"
  # the quote is what a person has typed
  same "bash: the second term" "program=3 -kind=" "$(ask_bash rank --scope "'program=3 -ki")"
  same "bash: --columns of a matrix" "kind" "$(ask_bash matrix --columns ki)"
  same "bash: --columns of a ranking is text" "" "$(ask_bash rank --columns ki)"
  : >some.csv
  same "bash: files" "some.csv" "$(ask_bash rank so)"
  same "bash: files of an option" "some.csv" "$(ask_bash rank --cohorts so)"
}

ask_fish() {
  fish --no-config -c '
    source $argv[1]
    set -e argv[1]
    complete -C "cohortscope $argv"' "$files/cohortscope.fish" "$@" | cut -f 1
}

check_fish() {
  HOME=$out XDG_CONFIG_HOME=$out XDG_DATA_HOME=$out
  export HOME XDG_CONFIG_HOME XDG_DATA_HOME
  expectations fish
  cd "$out/empty" || exit 1
  rm -f some.csv
  same "fish: subcommands" "$subs" "$(ask_fish '')"
  same "fish: words of --by" "hour" "$(ask_fish rank --by ho)"
  same "fish: a list goes on" "hits,share" "$(ask_fish rank --measure hits,sh)"
  same "fish: formats of check" "table json" "$(ask_fish check --format '')"
}

ask_zsh() {
  zsh -f -c '
    _arguments() { shift 2; print -l -- "$@" }
    words=(cohortscope "${@[2,-1]}")
    CURRENT=$#words
    source $1' zsh "$files/_cohortscope" "$@" | sed -n 's/^([^)]*)\(--[a-z-]*\).*/\1/p'
}

check_zsh() {
  zsh -n "$files/_cohortscope" || failed=$((failed + 1))
  expectations zsh
}

for shell in bash fish zsh; do
  if command -v "$shell" >/dev/null 2>&1; then
    mkdir -p "$out/empty"
    check_$shell
  else
    echo "skipped: $shell is not installed"
  fi
done
echo "completions: $checks questions, $failed failed"
[ "$failed" = 0 ] && [ "$checks" -gt 0 ]
