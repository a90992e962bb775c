#!/usr/bin/env bash
# README shows what ./demo really prints.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

export GAINSAY_STORE=$work/store
cd "$tree" || exit 1
# the commands that the demo runs, and their words as it prints them
sed -nE 's/^show (.*)$/\1/p; s/^echo$//p' demo > "$work/steps"
while read -r step; do
  if [ -z "$step" ]; then
    echo
  else
    printf '$ gainsay %s\n' "$step"
    # shellcheck disable=SC2086
    gainsay $step
  fi
done < "$work/steps" > "$work/printed"
# README's first block behind the marker
awk '/<!-- demo:/ {found = 1} found && /^```$/ {if (open) exit; open = 1; next} open' \
  README.md > "$work/shown"
cd "$work" || exit 1
is printed < shown
finish
