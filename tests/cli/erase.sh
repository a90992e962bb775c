#!/usr/bin/env bash
# What is erased is in no file of the store any more, and the history still verifies.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

cat > article.txt <<'T'
Title: The harbour
Url: https://example.org/harbour
Published: 2024-05-02

Arland said on Tuesday that Borduria had poisoned the zarquon harbour. Borduria denied that it had poisoned the zarquon harbour.
T
cat > one.jsonl <<'R'
{"id": "c1", "kind": "claim", "speaker": "Arland", "accused": ["Borduria"], "text": "Borduria xyzzyclosed the north lock", "date": "2024-03-01", "document": {"url": "https://example.org/1"}}
{"id": "d1", "kind": "denial", "speaker": "Borduria", "text": "we never touched the plughlock", "date": "2024-03-04", "answers": ["c1"], "document": {"url": "https://example.org/2"}}
{"id": "k1", "kind": "claim", "speaker": "Borduria", "text": "the toll stands", "answers": ["later"], "document": {"url": "https://example.org/2"}}
R
cat > two.jsonl <<'R'
{"id": "c1", "kind": "claim", "speaker": "Arland", "accused": ["Borduria"], "text": "Borduria xyzzyclosed the north lock", "date": "2024-03-01", "topics": ["locks"], "hedged": true, "document": {"url": "https://example.org/1"}}
{"id": "c1", "kind": "claim", "speaker": "Syldavia", "text": "another xyzzyspeaker", "document": {"url": "https://example.org/1"}}
{"id": "u1", "kind": "claim", "speaker": "Arland", "text": "unrelated words", "date": "2024-06"}
R
gainsay -d store ingest -q one.jsonl
gainsay -d store ingest -q article.txt
gainsay -d store ingest -q two.jsonl 2> /dev/null
gainsay -d store ingest -q one.jsonl
expect 0 -d store jobs undo 3 --yes
echo '{"type": "withdrawal", "statement": "k1", "at": "2024-07-01"}' | gainsay -d store ingest -q -
echo '{"type": "withdrawal", "statement": "k1", "at": "2024-07-02", "restore": true}' | gainsay -d store ingest -q -
gainsay -d store dump | grep '"type": "revival"' > /dev/null || wrong "nothing was restored"
expect 0 -d store check
expect 0 -d store status -f jsonl
hash=$(grep -o '[0-9a-f]\{64\}' out)
commits() { gainsay -d "$1" dump | grep '"type": "sealed"'; }
commits store > sealed

# nowhere WORD...: in no file of the store
nowhere() {
  for word in "$@"; do
    ! grep -rqF -e "$word" store || wrong "$word is in $(grep -rlF -e "$word" store)"
    gainsay -d store dump | grep -F -e "$word" > /dev/null && wrong "$word is in the dump"
    gainsay -d store export records | grep -F -e "$word" > /dev/null && wrong "$word is in the export"
  done
  return 0
}
# Texts lie compressed, so a word of one is looked for in what the store prints, too.
grep -qF xyzzyspeaker -r store || wrong "the store does not keep what was set aside as it came"

expect 2 -d store erase c1
says err "cannot be undone"
expect 2 -d store erase --yes nosuch
says err "no statement has this id"
expect 10 -d none erase --yes c1
expect 0 -d store erase --dry-run c1
says out "2 statements, 0 documents" # and the one that claimed the same id
says out "nothing is erased yet"
expect 0 -d store show c1
says out c1

expect 0 -d store erase --yes c1
says out "2 statements, 0 documents"
expect 0 -d store check
nowhere xyzzyclosed xyzzyspeaker '"c1"'
commits store | diff - sealed > /dev/null || wrong "the history is another one"
expect 0 -d store status -f jsonl
says out "$hash"
expect 4 -d store --fail-empty search xyzzyclosed
expect 4 -d store --fail-empty --as-of 1 search xyzzyclosed
expect 0 -d store search plughlock
says out d1
[ -e store/erase.part ] && wrong "what was made anew is left"

# a document with all that is reported there; also one after another, of one commit
expect 0 -d store erase --yes https://example.org/harbour
nowhere zarquon
expect 0 -d store erase --yes https://example.org/2
says out "2 statements, 1 document"
nowhere plughlock "toll stands"
expect 0 -d store check
commits store | diff - sealed > /dev/null || wrong "the history is another one"

# a dump and a backup of it are whole, and know as little
expect 0 -d store dump
mv out dump
expect 0 -d again load dump
expect 0 -d again check
commits again | diff - sealed > /dev/null || wrong "the history of the copy is another one"
expect 0 -d store backup copy
! grep -rqF -e xyzzy -e plughlock copy || wrong "the backup holds it"
sed '0,/"digests": "./s//"digests": "0/' dump > forged.jsonl
grep -qF '"digests": "' dump || wrong "the dump has no digests"
cmp -s dump forged.jsonl || expect 1 -d forged load forged.jsonl

# the store goes on: what comes again is new
expect 0 -d store ingest one.jsonl
says out "3 new"
expect 0 -d store check
expect 0 -d store chain xyzzyclosed
lines out 2

# killed at any moment it is as before or as afterwards, and whole
seq 3000 | sed 's/.*/{"id": "n&", "kind": "claim", "speaker": "Actor &", "text": "gate & is shut by frobnitz&x"}/' > many.jsonl
gainsay -d store ingest -q many.jsonl
for wait in 0.01 0.05 0.1 0.2 0.4; do
  { timeout -s KILL "$wait" "$bin/gainsay" -d store erase --yes n17; } > /dev/null 2>&1
  expect 0 -d store check
done
gainsay -d store erase --yes n17 > /dev/null 2>&1
expect 0 -d store check
nowhere frobnitz17x
expect 0 -d store search frobnitz18x
lines out 1
finish
