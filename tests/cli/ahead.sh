#!/usr/bin/env bash
# A file that is long enough to be read ahead, on a thread of its own, gives what the same
# bytes give through a pipe, which are not: records, what is set aside, and its order.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

for i in {1..6000}; do
  case $((i % 500)) in
    7) echo '{"id": "s'"$i"'", "kind": "no such kind", "speaker": "A"}' ;;
    8) echo '{"id": "s'"$i"'", "kind": ' ;;
    9) echo '{"id": "s1", "kind": "denial", "speaker": "Another", "text": "Not so '"$i"'."}' ;;
    10) echo ;;
    *) echo '{"id": "s'"$i"'", "kind": "claim", "speaker": "Speaker '"$((i % 40))"'", "text": "Claim number '"$i"' of many.", "date": "2022-11-08"}' ;;
  esac
done > long.jsonl
[ "$(wc -c < long.jsonl)" -gt 300000 ] || wrong "the file is too short to be read ahead"
expect 3 -d file ingest long.jsonl
mv err file.err
mv out file.out
expect 3 -d pipe ingest - < long.jsonl
sed 's/^standard input/long.jsonl/; s/standard input:/long.jsonl:/' err | cmp -s - file.err ||
  wrong "other reports: $(diff err file.err | head -n 5)"
says file.out "12 conflicts, 24 set aside"
says out "12 conflicts, 24 set aside"
expect 0 -d file export statements
mv out file.out
expect 0 -d pipe export statements
cmp -s out file.out || wrong "other statements"
lines out $((6000 - 4 * 12))
exit "$failed"
