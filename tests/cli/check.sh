#!/usr/bin/env bash
# A whole store is called whole; a damaged one ends check with 6 and the table's name.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
make_store

expect 0 -d store check
says out 'whole: '
expect 0 -q -d store check
lines out 0
expect 10 -d none check
expect 2 -d store check much

# a letter of a statement, changed in the file
cp -r store bent
at=$(grep -obUa -m1 toll bent/data.mdb | head -n 1 | cut -d: -f1)
[ -n "$at" ] || wrong "no word stands in the store"
printf 'x' | dd of=bent/data.mdb bs=1 seek="$at" conv=notrunc status=none
expect 6 -d bent check
says err 'damage'

cp -r store short
truncate -s -8192 short/data.mdb
expect 6 -d short check
says err 'cut off'

finish
