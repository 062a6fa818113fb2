# bash completion for cohortscope. Written by `make docs` from the tables of the program.

_cohortscope_subcommands='rank series matrix timeline rows flags report slide check'

_cohortscope_is_subcommand() {
  case $1 in
    rank | series | matrix | timeline | rows | flags | report | slide | check) return 0 ;;
  esac
  return 1
}

_cohortscope_options() { # SUBCOMMAND
  case $1 in
    '') echo '--cohorts --password-file --aliases --input-columns --columns --form --input-form --raw-paths --max-rejects --session-gap --rules --mmdb --threads --scope --roster --no-probable --keep-likely-staff --pseudonyms --now --follow --fresh --author --theme --mouse --color --colour --ascii --esc-delay --script --size --screen --help --version' ;;
    rank) echo '--cohorts --password-file --aliases --input-columns --columns --form --input-form --raw-paths --max-rejects --threads --progress --scope --by --measure --baseline --sort --limit --format --output --spreadsheet --pseudonyms --quiet --help --version' ;;
    series) echo '--cohorts --password-file --aliases --input-columns --columns --form --input-form --raw-paths --max-rejects --threads --progress --scope --by --bucket --measure --limit --format --output --spreadsheet --pseudonyms --quiet --help --version' ;;
    matrix) echo '--cohorts --password-file --aliases --input-columns --form --input-form --raw-paths --max-rejects --threads --progress --scope --rows --columns --measure --limit --limit-columns --format --output --spreadsheet --pseudonyms --quiet --help --version' ;;
    timeline) echo '--cohorts --password-file --aliases --input-columns --columns --form --input-form --raw-paths --max-rejects --session-gap --threads --progress --scope --user --ip --fields --limit --format --output --spreadsheet --pseudonyms --quiet --help --version' ;;
    rows) echo '--cohorts --password-file --aliases --input-columns --columns --form --input-form --raw-paths --max-rejects --threads --progress --scope --order --fields --limit --format --output --spreadsheet --pseudonyms --quiet --help --version' ;;
    flags) echo '--cohorts --password-file --aliases --input-columns --columns --form --input-form --raw-paths --max-rejects --rules --mmdb --threads --progress --scope --rule --min-score --fail-on --limit --no-probable --format --output --spreadsheet --pseudonyms --quiet --now --help --version' ;;
    report) echo '--cohorts --password-file --aliases --input-columns --columns --form --input-form --raw-paths --max-rejects --rules --mmdb --threads --progress --limit --question --roster --no-probable --keep-likely-staff --format --output --pseudonyms --quiet --timing --now --help --version' ;;
    slide) echo '--cohorts --password-file --aliases --input-columns --columns --form --input-form --raw-paths --max-rejects --rules --mmdb --threads --progress --roster --no-probable --keep-likely-staff --output --pseudonyms --quiet --timing --now --help --version' ;;
    check) echo '--cohorts --password-file --aliases --input-columns --columns --form --input-form --raw-paths --max-rejects --threads --progress --format --output --pseudonyms --quiet --help --version' ;;
  esac
}

# Leaves in `kind` and `words` what an option takes; `kind` is empty when it takes nothing.
_cohortscope_value() { # SUBCOMMAND OPTION
  kind= words=
  case "$1 $2" in
    " --cohorts" | "rank --cohorts" | "series --cohorts" | "matrix --cohorts" | "timeline --cohorts" | "rows --cohorts" | "flags --cohorts" | "report --cohorts" | "slide --cohorts" | "check --cohorts")
      kind=files words=''
      ;;
    " --password-file" | "rank --password-file" | "series --password-file" | "matrix --password-file" | "timeline --password-file" | "rows --password-file" | "flags --password-file" | "report --password-file" | "slide --password-file" | "check --password-file")
      kind=files words=''
      ;;
    " --aliases" | "rank --aliases" | "series --aliases" | "matrix --aliases" | "timeline --aliases" | "rows --aliases" | "flags --aliases" | "report --aliases" | "slide --aliases" | "check --aliases")
      kind=files words=''
      ;;
    " --input-columns" | " --columns" | "rank --input-columns" | "rank --columns" | "series --input-columns" | "series --columns" | "matrix --input-columns" | "timeline --input-columns" | "timeline --columns" | "rows --input-columns" | "rows --columns" | "flags --input-columns" | "flags --columns" | "report --input-columns" | "report --columns" | "slide --input-columns" | "slide --columns" | "check --input-columns" | "check --columns")
      kind=any words=''
      ;;
    " --form" | " --input-form" | "rank --form" | "rank --input-form" | "series --form" | "series --input-form" | "matrix --form" | "matrix --input-form" | "timeline --form" | "timeline --input-form" | "rows --form" | "rows --input-form" | "flags --form" | "flags --input-form" | "report --form" | "report --input-form" | "slide --form" | "slide --input-form" | "check --form" | "check --input-form")
      kind=one words='raw csv combined'
      ;;
    " --max-rejects" | "rank --max-rejects" | "series --max-rejects" | "matrix --max-rejects" | "timeline --max-rejects" | "rows --max-rejects" | "flags --max-rejects" | "report --max-rejects" | "slide --max-rejects" | "check --max-rejects")
      kind=any words=''
      ;;
    " --session-gap" | "timeline --session-gap")
      kind=any words=''
      ;;
    " --rules" | "flags --rules" | "report --rules" | "slide --rules")
      kind=files words=''
      ;;
    " --mmdb" | "flags --mmdb" | "report --mmdb" | "slide --mmdb")
      kind=files words=''
      ;;
    " --threads" | "rank --threads" | "series --threads" | "matrix --threads" | "timeline --threads" | "rows --threads" | "flags --threads" | "report --threads" | "slide --threads" | "check --threads")
      kind=any words=''
      ;;
    "rank --progress" | "series --progress" | "matrix --progress" | "timeline --progress" | "rows --progress" | "flags --progress" | "report --progress" | "slide --progress" | "check --progress")
      kind=one words='auto always never'
      ;;
    " --scope" | " -s" | "rank --scope" | "rank -s" | "series --scope" | "series -s" | "matrix --scope" | "matrix -s" | "timeline --scope" | "timeline -s" | "rows --scope" | "rows -s" | "flags --scope" | "flags -s")
      kind=scope words='program cohort lesson module path user ip kind phase weekday hour time track course-week agent staff flagged'
      ;;
    "rank --by" | "rank -b" | "series --by" | "series -b")
      kind=one words='program cohort lesson module path user ip kind phase weekday hour day week month course-week agent'
      ;;
    "series --bucket")
      kind=one words='hour day week month course-week'
      ;;
    "matrix --rows")
      kind=one words='program cohort lesson module path user ip kind phase weekday hour day week month course-week agent'
      ;;
    "matrix --columns")
      kind=one words='program cohort lesson module path user ip kind phase weekday hour day week month course-week agent'
      ;;
    "timeline --user" | "timeline -u")
      kind=any words=''
      ;;
    "timeline --ip")
      kind=any words=''
      ;;
    "rank --measure" | "rank -m" | "series --measure" | "series -m" | "matrix --measure" | "matrix -m")
      kind=list words='hits users ips lessons days cohorts share per-user lift first last'
      ;;
    "rank --baseline")
      kind=scope words='program cohort lesson module path user ip kind phase weekday hour time track course-week agent staff flagged'
      ;;
    "rank --sort")
      kind=list words='hits users ips lessons days cohorts share per-user lift first last key'
      ;;
    "rows --order")
      kind=one words='time user'
      ;;
    "timeline --fields" | "rows --fields")
      kind=list words='time user cohort cohort_name program program_name phase path lesson module kind ip agent'
      ;;
    "flags --rule")
      kind=list words='burst metronome grouped-crawl sweep volume off-hours many-ips two-places new-place shared-ip linked-ids dormant-return probe agent no-cohort outside-dates cross-program low-activity gone-quiet lesson-outlier day-volume became-staff security teaching data'
      ;;
    "flags --min-score")
      kind=any words=''
      ;;
    "flags --fail-on")
      kind=any words=''
      ;;
    "rank --limit" | "rank -n" | "series --limit" | "series -n" | "matrix --limit" | "matrix -n" | "timeline --limit" | "timeline -n" | "rows --limit" | "rows -n" | "flags --limit" | "flags -n" | "report --limit" | "report -n")
      kind=any words=''
      ;;
    "matrix --limit-columns")
      kind=any words=''
      ;;
    "report --question")
      kind=any words=''
      ;;
    " --roster" | "report --roster" | "slide --roster")
      kind=files words=''
      ;;
    "rank --format" | "rank -f" | "series --format" | "series -f" | "matrix --format" | "matrix -f" | "timeline --format" | "timeline -f" | "rows --format" | "rows -f" | "flags --format" | "flags -f")
      kind=one words='table csv json jsonl md'
      ;;
    "report --format" | "report -f")
      kind=one words='md html json'
      ;;
    "check --format" | "check -f")
      kind=one words='table json'
      ;;
    "rank --output" | "rank -o" | "series --output" | "series -o" | "matrix --output" | "matrix -o" | "timeline --output" | "timeline -o" | "rows --output" | "rows -o" | "flags --output" | "flags -o" | "report --output" | "report -o" | "slide --output" | "slide -o" | "check --output" | "check -o")
      kind=files words=''
      ;;
    " --now" | "flags --now" | "report --now" | "slide --now")
      kind=any words=''
      ;;
    " --author")
      kind=any words=''
      ;;
    " --theme")
      kind=one words='dark light contrast mono'
      ;;
    " --color" | " --colour")
      kind=one words='auto always never'
      ;;
    " --esc-delay")
      kind=any words=''
      ;;
    " --script")
      kind=files words=''
      ;;
    " --size")
      kind=any words=''
      ;;
    " --screen")
      kind=files words=''
      ;;
    "any --cohorts" | "any --password-file" | "any --aliases" | "any --input-columns" | "any --form" | "any --max-rejects" | "any --session-gap" | "any --rules" | "any --mmdb" | "any --threads" | "any --progress" | "any --scope" | "any -s" | "any --by" | "any -b" | "any --bucket" | "any --rows" | "any --columns" | "any --user" | "any -u" | "any --ip" | "any --measure" | "any -m" | "any --baseline" | "any --sort" | "any --order" | "any --fields" | "any --rule" | "any --min-score" | "any --fail-on" | "any --limit" | "any -n" | "any --limit-columns" | "any --question" | "any --roster" | "any --format" | "any -f" | "any --output" | "any -o" | "any --now" | "any --author" | "any --theme" | "any --color" | "any --esc-delay" | "any --script" | "any --size" | "any --screen") kind=any ;;
  esac
}

# Words of COMP_WORDS that stand behind an option: 0 when the option takes a value.
_cohortscope_takes_value() { # SUBCOMMAND OPTION
  local kind words
  _cohortscope_value "$1" "$2"
  [[ $kind ]]
}

# Leaves in `sub` the subcommand, and in `operands` how many words that are no options stand
# before the one to complete.
_cohortscope_find_subcommand() {
  local i word
  sub= operands=0
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case $word in
      =) ((i++)) ;;
      -?*)
        if [[ ${COMP_WORDS[i + 1]} != = ]] && _cohortscope_takes_value any "$word"; then
          ((i++))
        fi
        ;;
      *)
        if ((operands == 0)) && _cohortscope_is_subcommand "$word"; then
          sub=$word
        fi
        ((operands++))
        ;;
    esac
  done
}

_cohortscope_complete_value() { # KIND WORDS CURRENT
  local cur=$3 bare last prefix
  case $1 in
    files)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      ;;
    one) mapfile -t COMPREPLY < <(compgen -W "$2" -- "$cur") ;;
    list)
      compopt -o nospace 2>/dev/null
      last=${cur##*,}
      prefix=${cur%"$last"}
      mapfile -t COMPREPLY < <(compgen -P "$prefix" -W "$2" -- "$last")
      ;;
    scope)
      compopt -o nospace 2>/dev/null
      bare=${cur#[\'\"]}
      last=${bare##* }
      prefix=${bare%"$last"}
      if [[ $last == -* ]]; then
        prefix+=- last=${last#-}
      fi
      mapfile -t COMPREPLY < <(compgen -P "$prefix" -S = -W "$2" -- "$last")
      ;;
  esac
}

_cohortscope() {
  local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local sub operands kind words
  COMPREPLY=()
  # bash takes `--format=csv` apart into three words
  if [[ $cur == = ]]; then
    cur=
  elif [[ $before == = ]] && ((COMP_CWORD > 1)); then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  _cohortscope_find_subcommand
  _cohortscope_value "$sub" "$before"
  if [[ $kind ]]; then
    _cohortscope_complete_value "$kind" "$words" "$cur"
  elif [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_cohortscope_options "$sub")" -- "$cur")
  else
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    if ((operands == 0)); then
      local more
      mapfile -t more < <(compgen -W "$_cohortscope_subcommands" -- "$cur")
      COMPREPLY+=("${more[@]}")
    fi
  fi
}

complete -F _cohortscope cohortscope
