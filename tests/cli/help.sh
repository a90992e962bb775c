#!/usr/bin/env bash
# Every command explains itself, and its page names what it takes and nothing else.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

expect 0 help
mv out all
expect 0 -h
is out < all
expect 0 --help
is out < all
[ "$(wc -L < all)" -le 90 ] || wrong "help is wider than 90 columns"

# the commands that help lists
mapfile -t commands < <(sed -nE 's/^  ([a-z]+) .*/\1/p' all)
[ ${#commands[@]} -ge 10 ] || wrong "help lists ${#commands[@]} commands"
for command in "${commands[@]}"; do
  expect 0 help "$command"
  says out "usage: gainsay $command"
  mv out page
  for how in "$command --help" "-h $command" "$command -h"; do
    # shellcheck disable=SC2086
    expect 0 $how
    is out < page
  done
  [ "$(wc -L < page)" -le 90 ] || wrong "help $command is wider than 90 columns"
  # every option of the page is taken: whatever else is wrong, it is not the option
  while read -r option argument; do
    words=("$option")
    [ -z "$argument" ] || words+=(x)
    gainsay "$command" "${words[@]}" < /dev/null > out 2> err
    says_not err 'does not take it'
    says_not err 'no such option'
  done < <(sed -nE 's/^  (-., |    )(--[a-z-]+) ?([A-Z=|]*) .*/\2 \3/p' page)
done
expect 2 help chian
says err 'did you mean `chain`?'
finish
