#!/usr/bin/env bash
# The questions that stand ready, on the sample of docs/query.md.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

export GAINSAY_STORE=$work/store
gainsay ingest "$tree/docs/sample/canal.jsonl" > /dev/null || exit 1
cat > more.jsonl <<'E2'
{"id": "no", "kind": "denial", "speaker": {"name": "Press office", "kind": "office", "speaks_for": ["Borduria"]}, "date": "2024-05-01", "text": "the gate is open", "answers": ["lock"]}
{"id": "yes", "kind": "confirmation", "speaker": "Borduria", "date": "2024-05-09", "text": "the gate was shut", "answers": ["lock"]}
{"id": "sorry", "kind": "retraction", "speaker": "Borduria", "date": "2024-05-10", "text": "that was wrong", "answers": ["no"]}
E2
gainsay ingest more.jsonl > /dev/null || exit 1

expect 0 timeline -f csv borduria
cut -d, -f1,5 out > days
is days <<< 'id,after_days
toll,
lock,20
dredged,
never,
no,58
yes,8
sorry,1'
expect 0 timeline -f csv Arland BOR
cut -d, -f1 out > ids
is ids <<< 'id
toll
lock
dredged
never
permit
no
yes'

expect 0 unanswered -f csv
is out <<< 'id,state,date,speaker,on_behalf_of,accused,text,document
toll,unanswered,2024-02-10,Arland,,"[""Borduria""]",the toll was doubled,https://example.org/3'
expect 0 unanswered -f csv --within 200y BOR
says out 'toll,early'
expect 0 unanswered -f csv Arland
lines out 1
expect 2 unanswered --within soon
says err 'write 30d, 2w, 6m or 1y'
expect 4 unanswered --fail-empty Arland

expect 0 contradictions -f csv
sort out | cut -d, -f1,2,3,6,7 > pairs
is pairs <<< 'Borduria,never,denial,yes,confirmation
Borduria,no,denial,sorry,retraction
Borduria,no,denial,yes,confirmation
side,first,first_kind,then,then_kind'
expect 0 contradictions -f csv Arland
lines out 1
# of one day, whatever the ids are
printf '%s\n' '{"id": "z1", "kind": "claim", "speaker": "Zeno", "date": "2024-07-01", "text": "it rains"}' \
  '{"id": "a1", "kind": "retraction", "speaker": "Zeno", "date": "2024-07-01", "answers": ["z1"], "text": "it did not"}' > zeno.jsonl
expect 0 ingest -d zeno zeno.jsonl
expect 0 contradictions -d zeno -f csv
says out 'Zeno,z1,claim'

expect 0 denials -f csv
is out <<< 'denier,denied,denials,first,last,median_days,confirmed,retracted,assessed
Borduria,Arland,2,2024-03-04,2024-05-01,3,2,1,0
Arland,Borduria,1,2024-04-02,2024-04-02,,0,0,0'
expect 0 denials -f csv Arland
lines out 2

expect 0 actor -f csv bor
is out <<< 'name,kind,aliases,ids,role,speaks_for,made,accused_in
Borduria,state,"[""BOR""]",,,[],4,2'
expect 2 actor Bordu
says err 'no actor is called that; there is Borduria'
expect 2 actor Nobody
says err 'no actor is called that'

expect 0 new -f csv
cut -d, -f1 out > ids
is ids <<< 'id
no
yes
sorry'
expect 0 new -f csv --since 0
lines out 9
expect 0 new -f csv --since 2099-01-01
lines out 1
expect 2 new --since 99
says err 'the last commit is'
expect 2 new --since yesterday

expect 0 schema -f csv
says out 'label,Denial,3'
says out 'type,MADE,8'
says out 'property,text,'

expect 0 doctor
says out 'ok    store: opens'
says out 'MB free'
expect 10 doctor -d nowhere
says out 'WRONG folder: nowhere'
finish
