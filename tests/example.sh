#!/usr/bin/env bash
# docs/example.c answers; the shared library shows what the public header declares, and no
# more.
set -euo pipefail
build=$1 tree=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

told=$("$build/tests/example" "$work/store" "$tree/docs/sample/canal.jsonl")
[ "$told" = 'Borduria, 2024-03-04, denied: Borduria closed the north lock
Arland, 2024-04-02, denied: Arland dredged the canal' ] || { echo "the example says: $told"; exit 1; }
! "$build/tests/example" "$work/store" "$work/none" 2> "$work/err" > /dev/null || true
grep -q none "$work/err" || { echo "the example does not tell what it could not read"; exit 1; }

nm -D --defined-only "$build/lib/libgainsay.so" | sed -nE 's/.* [TDBRVW] ([a-z_]+).*/\1/p' | sort > "$work/has"
sed -nE 's/.*\b(gainsay_[a-z_]+)\(.*/\1/p' "$tree/include/gainsay/gainsay.h" | sort -u > "$work/declared"
extra=$(comm -23 "$work/has" "$work/declared" | grep -v -e '^__' -e '^_' || true)
[ -z "$extra" ] || { echo "the library shows also: $extra"; exit 1; }
[ "$(grep -c . "$work/has")" -ge 30 ] || { echo "the library shows too little: $(cat "$work/has")"; exit 1; }
