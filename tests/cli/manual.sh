#!/usr/bin/env bash
# docs/query.md shows what its examples really print.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

export GAINSAY_STORE=$work/store
gainsay ingest "$tree/docs/sample/canal.jsonl" > /dev/null || exit 1
export PATH=$bin:$PATH
# each block between fences: a command, `$ ` before it, up to the line that closes its
# quotation mark; then what it prints
awk '/^```$/ {open = !open; if (open) {n++; first = 1; quotes = 0}; next}
  open && (first || quotes % 2) {
    if (first) sub(/^\$ /, "")
    first = 0; quotes += gsub(/\047/, "&"); print > ("command." n); next
  }
  open {print > ("shown." n)}' "$tree/docs/query.md"
for command in command.*; do
  touch "shown.${command#command.}"
  bash "$command" > printed 2>&1
  is printed < "shown.${command#command.}"
done
[ "$(find . -name 'command.*' | wc -l)" -ge 10 ] || wrong "docs/query.md has lost its examples"
finish
