#!/usr/bin/env bash
# Options and commands: where they stand, how they are shortened, what is offered instead.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
make_store

# before or after the command, long or short, with or without `=`
expect 0 -d store chain c1 && mv out first
for how in "chain -d store c1" "chain c1 -d store" "--store store chain c1" \
  "chain c1 --store=store" "--sto store chain c1" "chain -dstore c1" "-qd store chain c1"; do
  # shellcheck disable=SC2086
  expect 0 $how
  is out < first
done
expect 0 -d store -- chain c1
is out < first
GAINSAY_STORE=store expect 0 chain c1
is out < first
GAINSAY_STORE=elsewhere expect 0 -d store chain c1
POSIXLY_CORRECT=1 expect 0 chain c1 -d store
mkdir -p data/gainsay && cp -r store data/gainsay/store
XDG_DATA_HOME=$work/data expect 0 chain c1
is out < first

# behind `--` nothing is an option
expect 0 -d store -q chain -- --verbose
lines out 0

# misspelt
expect 2 chian
says err 'did you mean `chain`?'
expect 2 frobnicate
says err 'frobnicate: no such command'
expect 2 --limt 3 chain c1
says err '--limt: no such option; did you mean --limit?'
expect 2 --zzz chain
says err 'no such option; see `gainsay help`'
expect 2 -Z chain
says err '-Z: no such option'
expect 2 --max 3 chain c1
says err 'several options begin so'

# wanted, not wanted, of another command, nonsense
expect 2
says err 'no command is given'
expect 2 chain
says err 'chain: nothing is named'
expect 2 export
expect 2 export statements records
says err '`records` is one word too many'
expect 2 export everything
says err 'it is `statements` or `records`'
expect 2 -d
says err '--store: it needs a value'
expect 2 -d '' status
says err '--store: its value is empty'
expect 2 --quiet=yes status
says err '--quiet: it takes no value'
expect 2 -d store chain --job nightly c1
says err '--job: chain does not take it'
expect 2 -d store status --strict
expect 2 -d store chain --limit 0 c1
expect 2 -d store chain --limit 3x c1
expect 2 -d store chain --limit 99999999999999999999 c1
expect 2 -d store chain --timeout 5y c1
expect 2 -d store chain --color sometimes c1
expect 2 -d store --error-format xml status
expect 2 -d store -f pdf chain c1
says err 'no such output format'
expect 2 -d store -f csv export records
expect 2 -d store ingest -f csv records.jsonl
expect 2 extract --job x records.jsonl
# what is designed and not there is refused, not ignored
expect 2 -d store chain --reported-by 2024-03-01 c1
expect 2 -d store stance Arland c1

# the error that comes first, in the form that is asked for after it
expect 2 --zzz chain --error-format json
is err <<< '{"error": {"status": 2, "message": "--zzz: no such option; see `gainsay help`"}}'

expect 0 version
expect 0 -d store version # a store may be named, also where none is asked
says out 'gainsay '
expect 0 --version
says out 'gainsay '
finish
