#!/usr/bin/env bash
# A dump brings the whole store back: what it holds, what it held, who brought it; and a dump
# that is not whole, or was changed, is refused.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

make_store
cat > more.jsonl <<'R'
{"id": "c1", "kind": "claim", "speaker": "Arland", "accused": ["Borduria"], "text": "Borduria closed the north lock", "date": "2024-03-01", "document": {"url": "https://example.org/1", "published": "2024-03-02"}, "at": "2024-06-01", "verdict": "true", "odd": {"@x": 1}, "real": 0.5, "list": [1, 2.0, "é\u0001", null]}
{"id": "w1", "kind": "denial", "speaker": "Cronia", "text": "nothing was closed", "answers": ["later"]}
{"id": "bad", "kind": "nonsense"}
R
printf 'Published: 2024-03-05\n\nArland accused Borduria of closing the lock. Borduria denied it.\n' > article.txt
expect 3 -d store ingest --job night more.jsonl
expect 0 -d store ingest article.txt
expect 0 -d store jobs undo 2 --yes
expect 0 -d store jobs redo 2
expect 0 -d store jobs undo 3 --yes

expect 0 -d store dump
cp out dump
expect 0 -d again load dump
says out "nodes"
expect 0 -d again dump
cmp dump out || wrong "the dump of what was loaded is another"
expect 0 -d again check
for what in "jobs" "status" "export records" "export statements --as-of 1" "dump --canonical"; do
  # shellcheck disable=SC2086  # words
  expect 0 -d store $what
  sed 's/, "bytes": .*//' out > wanted
  # shellcheck disable=SC2086
  expect 0 -d again $what
  sed -i 's/, "bytes": .*//' out
  is out < wanted
done
# what waits there is linked there, and what was undone comes back
printf '{"id": "later", "kind": "claim", "speaker": "Arland", "text": "something was closed"}\n' > later.jsonl
for d in store again; do
  expect 0 -d $d ingest later.jsonl
  says out "1 link"
  expect 0 -d $d jobs redo 3
done
expect 0 -d store dump --canonical
mv out wanted
expect 0 -d again dump --canonical
is out < wanted
says out '"id": "w1"'
says_not out '"number"'
expect 0 -d again check

# a pipe, a file, an empty store
expect 0 -d store dump -o file.dump
expect 0 -d piped load - < file.dump
expect 0 -d piped check
expect 10 -d none dump
expect 0 -d hollow ingest /dev/null
expect 0 -d hollow dump
mv out hollow.dump
expect 0 -d hollow2 load hollow.dump

# not empty; cut off; changed; no dump
expect 2 -d again load dump
says err "empty store"
head -n -1 dump > './cut'
expect 1 -d t1 load cut
says err "cut off"
sed 's/closed the north lock/opened the north lock/' dump > forged
expect 1 -d t2 load forged
says err "the dump was changed"
grep -v '"label": "MADE"' dump > fewer
expect 1 -d t3 load fewer
sed 's/"version": 1/"version": 9/' dump > newer
expect 12 -d t4 load newer
expect 12 -d t5 load article.txt
expect 12 -d t6 load records.jsonl
says err "does not begin as a dump does"
[ ! -e t6 ] || wrong "a store was made for nothing"

# two ways to the same
expect 0 -d one ingest records.jsonl
tac records.jsonl > turned.jsonl
expect 0 -d two ingest turned.jsonl
expect 0 -d one dump --canonical
mv out wanted
expect 0 -d two dump --canonical
is out < wanted

finish
