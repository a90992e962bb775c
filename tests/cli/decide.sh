#!/usr/bin/env bash
# Decisions from the command line hold, are taken back, and go with their run; what was set
# aside is tried again; a run that is taken back leaves what the others make.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

expect 10 -d none decide answers a b
expect 2 -d none decide answers a
expect 2 -d none decide likes a b
expect 2 -d none decide answers a b perhaps
expect 2 -d none decide correct a kind
expect 2 -d none decide correct a 'accused=["x"'
says err 'begins like JSON'
expect 2 -d none decide correct a 'text="Never'
expect 2 -d none decide correct a $'text=\xff'
says err 'UTF-8'
expect 2 -d none decide answers a b --reason $'\xc3('
make_store
expect 0 -d store decide answers d1 c1 no --reason 'speaks of another lock' --by Ada
says out '1 new'
expect 0 -d store query "MATCH (:Statement {id: 'd1'})-[:DENIES]->(c) RETURN c.id"
lines out 0
expect 0 -d store query 'MATCH (d:Decision) RETURN d.about, d.decided, d.reason, d.by'
is out << 'R'
{"d.about": "answers", "d.decided": "no", "d.reason": "speaks of another lock", "d.by": "Ada"}
R
expect 0 -d store decide answers d1 c1 unset
expect 0 -d store query "MATCH (:Statement {id: 'd1'})-[:DENIES]->(c) RETURN c.id"
lines out 1
expect 0 -d store decide correct c1 kind=denial 'accused=["Cronia", "Dravia"]' date=2024-02
expect 0 -d store query "MATCH (s:Denial {id: 'c1'})-[:ACCUSES]->(a) RETURN s.date, a.name ORDER BY a.name"
lines out 2
says out '{"s.date": "2024-02", "a.name": "Cronia"}'
expect 3 -d store decide correct c1 kind=rumour
says err 'kind'
expect 0 -d store decide withdraw https://example.org/2 -f json
says out '"new": 1'
expect 0 -d store query 'MATCH (s:Statement) RETURN s.id ORDER BY s.id'
lines out 2
expect 0 -d store decide restore https://example.org/2
expect 0 -d store query 'MATCH (s:Statement) RETURN s.id ORDER BY s.id'
lines out 4
expect 0 -d store check

# the last one stands, however soon it comes
for text in first second third; do expect 0 -d store decide correct u1 "text=$text"; done
expect 0 -d store query "MATCH (s {id: 'u1'}) RETURN s.text"
says out third
expect 0 -d store decide correct u1 text=
expect 0 -d store query "MATCH (s {id: 'u1'}) RETURN s.text"
says out third

# a run that is taken back, of records or of decisions: as if it had not been
cat > d.jsonl << 'R'
{"type": "decision", "about": "same_actor", "a": "Arland", "b": "Borduria", "decided": "yes"}
{"type": "decision", "about": "correct", "a": "u1", "set": {"kind": "denial", "hedged": false}}
{"type": "decision", "about": "answers", "a": "u1", "b": "c1", "decided": "yes"}
{"type": "withdrawal", "statement": "k1"}
R
for order in 'records d' 'd records'; do
  rm -rf both
  for file in $order; do expect 0 -d both ingest "$file.jsonl"; done
  gainsay -d both dump --canonical > whole
  rm -rf one
  expect 0 -d one ingest records.jsonl
  run=2
  [ "$order" = 'records d' ] || run=1
  expect 0 -d both jobs undo "$run" --yes
  gainsay -d one dump --canonical > wanted
  gainsay -d both dump --canonical > got
  told=$(diff wanted got) || wrong "undo of decisions in '$order':"$'\n'"$told"
  expect 0 -d both check
  expect 0 -d both jobs redo "$run"
  gainsay -d both dump --canonical > got
  told=$(diff whole got) || wrong "redo of decisions in '$order':"$'\n'"$told"
  expect 0 -d both check
done

# an answer that the linker gave its claim waits again when the claim's run is taken back
claim='"kind": "claim", "speaker": "Anna", "accused": "Bolt Ltd", "text": "Bolt Ltd poured acid into the river."'
printf '{"id": "n1", %s, "date": "2023-02-27"}\n' "$claim" > near.jsonl
printf '{"id": "n0", %s, "date": "2023-02-10"}\n' "$claim" > far.jsonl
printf '{"id": "a1", "kind": "denial", "speaker": "Bolt Ltd", "date": "2023-03-03", "text": "No acid was poured into the river."}\n' > answer.jsonl
for file in near answer far; do expect 0 -d acid ingest "$file.jsonl"; done
answered() {
  gainsay -d acid query "MATCH (:Denial)-[r:DENIES]->(c) RETURN c.id" > out
}
answered
says out n1
expect 0 -d acid jobs undo 1 --yes
answered
says out n0
lines out 1
expect 0 -d acid jobs redo 1
answered
says out n1
lines out 1
expect 0 -d acid jobs undo 1 --yes
expect 0 -d acid jobs undo 3 --yes
answered
lines out 0
printf '{"id": "n2", %s, "date": "2023-02-28"}\n' "$claim" > late.jsonl
expect 0 -d acid ingest late.jsonl
answered
says out n2
expect 0 -d acid check

# the id of one that was replaced leads to what stands in its place
cat > replaced.jsonl << 'R'
{"id": "p1", "kind": "claim", "text": "first"}
{"id": "p2", "kind": "claim", "text": "second", "replaces": "p1"}
{"id": "p3", "kind": "claim", "text": "third", "replaces": "p2"}
{"id": "p4", "kind": "denial", "text": "no", "answers": "p1"}
R
expect 0 -d replaced ingest replaced.jsonl
for id in p1 p2; do
  expect 0 -d replaced show "$id" -f jsonl
  lines out 1
  says out '"id": "p3"'
  says out "\"replaces\": \"$id\""
  expect 0 -d replaced chain "$id"
  lines out 2
done
expect 0 -d replaced show p3 -f json
! grep -q replaces out || wrong 'show of what replaces says whom, unasked'
expect 0 -d replaced decide withdraw p3
expect 0 -d replaced show p1 -f json
says out '"id": "p2"'

# an answer that is withdrawn while its claim's run is taken back has gone when that is back
echo '{"id": "h1", "kind": "claim", "text": "x"}' > claim.jsonl
echo '{"id": "h2", "kind": "denial", "text": "n", "answers": "h1"}' > denial.jsonl
for file in claim denial; do expect 0 -d hid ingest "$file.jsonl"; done
expect 0 -d hid jobs undo 1 --yes
expect 0 -d hid decide withdraw h2
expect 0 -d hid jobs redo 1
expect 0 -d hid chain h1 -f jsonl
lines out 1
expect 0 -d hid query 'MATCH (:Claim)<-[r]-() RETURN id(r)'
lines out 0
expect 0 -d hid check

# who is named by what was corrected alone goes with the run that told it
printf '%s\n' '{"id": "w1", "kind": "claim", "speaker": "Ann", "accused": "Bo", "text": "x"}' > told.jsonl
printf '%s\n' '{"type": "decision", "about": "correct", "a": "w1", "set": {"text": "y"}}' > right.jsonl
expect 0 -d alone ingest right.jsonl
gainsay -d alone dump --canonical > wanted
expect 0 -d named ingest told.jsonl
expect 0 -d named ingest right.jsonl
gainsay -d named dump --canonical > whole
expect 0 -d named jobs undo 1 --yes
gainsay -d named dump --canonical > got
told=$(diff wanted got) || wrong "undo of what was corrected:"$'\n'"$told"
expect 0 -d named check
expect 0 -d named jobs redo 1
gainsay -d named dump --canonical > got
told=$(diff whole got) || wrong "redo of what was corrected:"$'\n'"$told"

# one thing and itself are nothing to decide upon
expect 3 -d replaced decide same_actor Arland ' The  ARLAND'
says err 'is about two'
expect 3 -d replaced decide answers p4 p4 no

# set aside, and tried again
printf '%s\n' '{"id": "x", "kind": "rumour", "text": "y"}' '{"id": "c1", "kind": "claim", "text": "other", "at": "2020"}' > bad.jsonl
cp -r store again
expect 3 -d again ingest bad.jsonl
expect 0 -d again rejects
lines out 2
says out '"file": "bad.jsonl", "line": 1'
says out 'rumour'
expect 3 -d again rejects retry
expect 0 -d again rejects
lines out 2
expect 2 -d again rejects away
finish
