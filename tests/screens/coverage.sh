#!/bin/sh
# Every command of the table and every prompt is in a screen test: by its name, or by a key that
# keys.conf binds to it. Names those that are in none.
set -u
src=${SRCDIR:?}
all=$(mktemp)
keys=$(mktemp)
trap 'rm -f "$all" "$keys"' EXIT

# what the scripts run: one command a line, whether it stands alone, in a chain, or is typed
cat "$src"/tests/screens/*.script | sed 's/^type //; s/^ *//' | grep -v '^#' |
  awk '{ n = split($0, part, " ; "); for (i = 1; i <= n; i++) print part[i] }' >"$all"
# which keys they press
grep -h '^key ' "$src"/tests/screens/*.script | tr ' ' '\n' | sort -u >"$keys"

pressed() { # pressed COMMAND: is a key bound to it pressed somewhere?
  awk -v command="$1" '$1 == "bind" {
      line = $4; for (i = 5; i <= NF; i++) line = line " " $i
      if (line == command || index(line, command " ") == 1) print $3
    }' "$src/assets/keys.conf" | grep -Fxq -f - "$keys"
}
named() { # named COMMAND: does a script run it?
  awk -v command="$1" '{ word = $0; sub(/!/, "", word)
      if (word == command || index(word, command " ") == 1) { found = 1; exit } }
      END { exit !found }' "$all"
}

missing=0
for name in $(sed -n 's/^  {"\([a-z-]*\)", *".*/\1/p' "$src/tui/app/command.c"); do
  named "$name" || pressed "$name" || {
    echo "no screen test has the command $name"
    missing=$((missing + 1))
  }
done
sed -n '/^static const PromptInfo prompts/,/^};/s/^    {"\([a-z -]*\)".*/\1/p' "$src/tui/app/prompt.c" |
  while read -r prompt; do
    named "ask $prompt" || pressed "ask $prompt" || echo "no screen test opens the prompt $prompt"
  done >"$all.prompts"
cat "$all.prompts"
[ -s "$all.prompts" ] && missing=$((missing + 1))
rm -f "$all.prompts"
n=$(sed -n 's/^  {"\([a-z-]*\)", *".*/\1/p' "$src/tui/app/command.c" | wc -l)
echo "coverage: $n commands"
[ "$missing" = 0 ] && [ "$n" -gt 90 ]
