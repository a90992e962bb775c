#!/usr/bin/env bash
# Runs are taken back and brought again, in any order: what another run supports stays, what
# none does goes, a question as of before sees it, and the store is always whole.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

cat > a.jsonl <<'R'
{"id": "a1", "kind": "claim", "speaker": "Arland", "accused": ["Borduria"], "text": "the lock is closed", "date": "2024-03-01", "document": {"url": "https://example.org/1", "publisher": "Lock Post"}}
{"id": "a2", "kind": "denial", "speaker": "Borduria", "text": "no lock is closed", "answers": ["b1", "a1"]}
R
cat > b.jsonl <<'R'
{"id": "b1", "kind": "claim", "speaker": "Cronia", "accused": ["Borduria"], "text": "two gates are shut", "document": {"url": "https://example.org/1"}}
{"id": "a1", "kind": "claim", "speaker": "Arland", "accused": ["Borduria"], "text": "the lock is closed", "date": "2024-03-01", "document": {"url": "https://example.org/1", "publisher": "Lock Post"}, "at": "2024-05-01", "verdict": "true", "via": ["Herald"]}
{"type": "actor", "name": "Borduria", "aliases": ["Bords"]}
R
cat > c.jsonl <<'R'
{"id": "c1", "kind": "denial", "speaker": {"name": "Minister", "kind": "office", "speaks_for": ["Cronia"]}, "text": "gates are open", "answers": ["b1"]}
{"id": "a1", "kind": "claim", "speaker": "Arland", "accused": ["Borduria"], "text": "the lock is closed", "date": "2024-03-01", "document": {"url": "https://example.org/1", "publisher": "Lock Post"}}
R

# store NAME FILE...: its records, and what it counts
make() {
  local name=$1
  shift
  rm -rf "$name"
  for file in "$@"; do expect 0 -d "$name" ingest "$file.jsonl"; done
}
state() {
  gainsay -d "$1" export records | sort
  gainsay -d "$1" status -f jsonl | sed 's/, "commit".*//'
  for word in lock gates; do gainsay -d "$1" search "$word" -f csv | cut -d, -f1 | sort; done
}
# like STORE FILE...: the store holds what one of these files alone does
like() {
  local store=$1
  shift
  make wanted "$@"
  state "$store" > got
  state wanted > want
  told=$(diff want got) || wrong "$store is not like ${*:-nothing} (< wanted, > got):"$'\n'"$told"
  expect 0 -d "$store" check
}

make all a b c
state all > whole
expect 2 -d all jobs undo 1 < /dev/null
says err "--yes"
expect 0 -d all jobs undo 2 --dry-run
says out "1 statement hidden"
expect 0 -d all jobs undo 2 --yes
says out "run 2 is undone: 1 statement hidden (commit"
like all a c
expect 0 -d all jobs undo 2 --yes
says out "already"
expect 0 -d all jobs undo 1 --yes
like all c
expect 0 -d all jobs undo 3 --yes
[ "$(gainsay -d all export records | wc -l)" = 0 ] || wrong "undo of all leaves records"
expect 0 -d all check
# in another order than they were taken back
expect 0 -d all jobs redo 1
like all a
expect 0 -d all jobs redo 3
like all a c
expect 0 -d all jobs redo 2
state all | diff whole - > told || wrong "redo of all differs: $(cat told)"
expect 0 -d all check
expect 0 -d all jobs -f jsonl
says_not out undone

# as of each commit
for commit in $(seq 9); do
  gainsay -d all export statements --as-of "$commit" | sed 's/.*"id": "\([abc].\)", "kind.*/\1/' | sort | tr '\n' ' '
  echo
done > seen
is seen <<'E2'
a1 a2 
a1 a2 b1 
a1 a2 b1 c1 
a1 a2 c1 
a1 c1 

a1 a2 
a1 a2 c1 
a1 a2 b1 c1 
E2

# brought again, what is hidden is shown again, and not twice when its run comes back
make again a b
expect 0 -d again jobs undo 1 --yes
expect 0 -d again jobs undo 2 --yes
expect 0 -d again ingest a.jsonl
says out "2 new, 0 known"
like again a
expect 0 -d again ingest b.jsonl
like again a b
expect 0 -d again jobs redo 2
like again a b
expect 0 -d again jobs redo 1
like again a b
expect 0 -d again jobs undo 3 --yes
expect 0 -d again jobs undo 4 --yes
like again a b

# the run that is undone is not gone on with, nor one that there is not
expect 2 -d all jobs undo 99 --yes
says err "there is none"
expect 2 -d all jobs undo one --yes
expect 2 -d all jobs undo
expect 0 -d all jobs show 2
says out '"inputs": [{"path": "b.jsonl"'
expect 10 -d none jobs undo 1 --yes

# many that are known cost a range
seq 3000 | sed 's/.*/{"id": "n&", "kind": "claim", "speaker": "Arland", "text": "gate & is shut"}/' > many.jsonl
shuf --random-source=<(yes) many.jsonl > shuffled.jsonl
expect 0 -d known ingest many.jsonl
size=$(stat -c %s known/data.mdb)
expect 0 -d known ingest shuffled.jsonl
[ $(($(stat -c %s known/data.mdb) - size)) -le 65536 ] || wrong "known records cost bytes"
expect 0 -d known jobs undo 1 --yes
says out "0 statements hidden"
expect 0 -d known jobs undo 2 --yes
says out "3000 statements hidden"
expect 0 -d known check

finish
