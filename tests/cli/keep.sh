#!/usr/bin/env bash
# A backup made while a job writes is a whole store; compact loses nothing and stops nobody;
# status tells bytes and readers.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

make_store
seq 20000 | sed 's/.*/{"id": "n&", "kind": "claim", "speaker": "Actor &", "text": "gate & is shut", "accused": ["Borduria"]}/' > many.jsonl
"$bin/gainsay" -d store ingest --wait 1m many.jsonl > /dev/null 2>&1 &
writer=$!
mkdir copies
expect 0 -d store backup copies/first
says out "copies/first: checked and whole, commit"
hash=$(grep -o '[0-9a-f]\{64\}' out)
expect 0 -d copies/first status -f jsonl
says out "$hash"
[ "$(stat -c %a copies/first copies/first/data.mdb | tr '\n' ' ')" = "700 600 " ] || wrong "modes"
wait $writer || wrong "the writer failed"
expect 0 -d copies/first check
expect 2 -d store backup copies/first
says err "there already"
expect 0 -d store backup copies/second -q
lines out 0
expect 0 -d store dump --canonical
mv out wanted
expect 0 -d copies/second dump --canonical
is out < wanted
expect 0 -d copies/second ingest many.jsonl # it is a store like any other
says out "20000 known"
expect 10 -d none backup copies/third

# compact
expect 0 -d store jobs undo 2 --yes
expect 0 -d store jobs redo 2
expect 0 -d store compact
before=$(sed 's/.*before //' out)
after=$(sed 's/ .*//' out)
[ "$after" -lt "$before" ] || wrong "nothing was gained: $(cat out)"
[ "$(stat -c %s store/data.mdb)" = "$after" ] || wrong "another size than it says"
expect 0 -d store check
expect 0 -d store dump --canonical
is out < wanted
expect 0 -d store ingest records.jsonl
expect 0 -d store check
expect 0 -d store status -f jsonl
says out '"tables": {"'
says out '"readers": []'
expect 10 -d none compact

# not while a batch is open
mkfifo pipe
"$bin/gainsay" -d store ingest --format jsonl - < pipe > /dev/null 2> stopped &
job=$!
exec 4> pipe
for _ in $(seq 100); do
  [ "$(gainsay -d store jobs | wc -l)" = 4 ] && break
  sleep 0.1
done
expect 11 -d store compact
says err "is writing to it"
exec 4>&-
wait $job || wrong "the job failed: $(cat stopped)"
expect 0 -d store check

finish
