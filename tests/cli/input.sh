#!/usr/bin/env bash
# Bad input costs itself alone: a clear message, the right status, what was good is in.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
make_store

# the same again is nothing new
expect 0 -d store ingest records.jsonl
says out '0 new, 4 known'
says out '0 conflicts, 0 set aside'
expect 0 -d store ingest -f json records.jsonl
says out '"new": 0, "known": 4'
expect 0 -d store -q ingest records.jsonl
lines out 0

# empty
: > empty.jsonl
: > empty.txt
expect 0 -d store ingest empty.jsonl
says err 'warning'
expect 0 -d store ingest empty.txt
says err 'warning'
expect 0 extract empty.txt
lines out 0

# binary
for _ in {1..400}; do printf '\200\0\376\1\377\b\301\302'; done > noise.bin
cp /bin/true program
expect 12 -d store ingest noise.bin
says err 'noise.bin'
expect 12 -d store ingest program
# beside a good file it costs itself alone
expect 3 -d mixed ingest noise.bin records.jsonl
says out '4 new'

# a broken line, and invalid UTF-8, among good lines
{
  printf '%s\n' '{"id": "g1", "kind": "claim", "speaker": "Arland", "text": "good one"}'
  printf '%s\n' '{"id": "b1", "kind": "claim", "speaker": '
  printf '{"id": "b2", "kind": "claim", "speaker": "Ar\xff\xfeland", "text": "bad bytes"}\n'
  printf '%s\n' '{"id": "g2", "kind": "claim", "speaker": "Arland", "text": "good two"}'
} > part.jsonl
expect 3 -d part ingest part.jsonl
says out '2 new'
says out '2 set aside'
says err 'part.jsonl:2'
says err 'part.jsonl:3'
expect 0 -d part export statements
lines out 2
says out '"g1"'
says out '"g2"'

# nothing readable at all
printf '{"id": \nno json\n' > broken.jsonl
expect 12 -d broken ingest broken.jsonl

# an id that is known with other words
printf '%s\n' '{"id": "c1", "kind": "claim", "speaker": "Arland", "text": "something else"}' > conflict.jsonl
expect 3 -d store ingest conflict.jsonl
says out '1 conflict'

# a dry run writes nothing
printf '%s\n' '{"id": "dry", "kind": "claim", "speaker": "Arland", "text": "not kept"}' > dry.jsonl
expect 0 -d store ingest --dry-run dry.jsonl
says out 'dry run'
expect 0 -d store query 'MATCH (s:Statement {id: "dry"}) RETURN s.id'
lines out 0

# from standard input
expect 0 -d store ingest --format jsonl - < dry.jsonl
says out '1 new'

# a store of another version, a folder that is none, a file in its place
cp -r store newer
at=$(grep -obUaP 'gainsay\x00\x00\x00\x00.' newer/data.mdb | head -n 1 | cut -d: -f1)
printf '\x63' | dd of=newer/data.mdb bs=1 seek=$((at + 11)) conv=notrunc status=none
cp newer/data.mdb before
for command in status "chain x" "ingest records.jsonl"; do
  # shellcheck disable=SC2086
  expect 12 -d newer $command
  says err 'format 99'
done
cmp -s before newer/data.mdb || wrong "a store of another version was changed"
mkdir folder && echo mine > folder/notes.txt
expect 12 -d folder ingest records.jsonl
[ "$(ls folder)" = notes.txt ] || wrong "a folder of somebody else's was written into"
echo x > file
expect 12 -d file status

# cut off
cp -r store cut
truncate -s 5000 cut/data.mdb
gainsay -d cut export records > out 2> err
status=$?
case $status in 6 | 1 | 12) ;; *) wrong "a store that was cut off gives status $status" ;; esac
[ -s err ] || wrong "a store that was cut off gives no message"
finish
