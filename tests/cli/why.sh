#!/usr/bin/env bash
# Why a statement is there.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

export GAINSAY_STORE=$work/store
# reasons ID: part, id, what, by, rule, inferred, confidence of each row, blank where null
reasons() {
  expect 0 why -f tsv "$@"
  cut -f1-3,8-11 out | tail -n +2 > reasons
}

cp "$tree/docs/sample/article.txt" .
gainsay ingest --job night article.txt > /dev/null || exit 1
gainsay ingest article.txt > /dev/null || exit 1
id=$(gainsay query -f csv 'MATCH (s:Statement) WHERE s.text STARTS WITH "Not one gate" RETURN s.id' | tail -n 1)
claim=$(gainsay query -f csv 'MATCH (s:Statement)<-[:DENIES]-(d {id: "'"$id"'"}) RETURN s.id' | tail -n 1)
reasons "$id"
cut -f1,3 reasons > parts
is parts <<E2
statement	denial
rule	say
rule	trailing
rule	settled
document	Madrid denies shutting dam as Tagus runs low, and blames Portugal
run	brought it
run	found it known
link	denies
E2
says reasons "$(printf 'link\t%s\tdenies\trecord\t\ttrue\t' "$claim")"
says out '“»Not one gate at Valdorada was moved this month«,” said'
says out '“»Every litre that came in went out again.«”'
says out "$(printf 'run\t1\tbrought it\tnight')"
reasons "$claim"
says reasons "$(printf 'link\t%s\tdenied by\trecord' "$id")"
NO_COLOR=1 on_terminal 60 why "$id"
says out 'rule        say/trailing settled'

# spans that are out of order, meet, or point nowhere; a long line is cut
long=$(printf 'ä%.0s' {1..300})
printf '%s\n' "{\"type\": \"document\", \"url\": \"https://example.org/l\", \"text\": \"${long}one two three$long\"}" \
  '{"id": "odd", "kind": "claim", "text": "x", "url": "https://example.org/l", "spans": [[308, 313], [300, 303], [302, 303], [9000, 9001]]}' \
  '{"id": "far", "kind": "claim", "text": "y", "url": "https://example.org/l", "spans": [[9000, 9001]]}' > odd.jsonl
gainsay ingest odd.jsonl > /dev/null || wrong "odd spans are refused"
expect 0 why -f tsv odd
around=$(printf 'ä%.0s' {1..200})
says out "…$around»one« two »three«$around…"
expect 0 why -f tsv far
says_not out '»'

# the linker's reasons, and what was decided
printf '%s\n' '{"id": "c", "kind": "claim", "speaker": "Arland", "accused": ["Borduria"], "date": "2024-03-01", "text": "Borduria closed the northern sluice gates"}' \
  '{"id": "d", "kind": "denial", "speaker": "Borduria", "date": "2024-03-04", "text": "nobody closed the northern sluice gates"}' > link.jsonl
gainsay ingest link.jsonl > /dev/null || exit 1
reasons d
says reasons "$(printf 'link\tc\tdenies\tlinker\t')"
says reasons '2 days, words 1.00'
gainsay decide answers d c no --reason 'another sluice' --by Ada > /dev/null || exit 1
gainsay decide correct d date=2024-03-05 > /dev/null || exit 1
reasons d
says_not reasons "$(printf 'link\t')"
says reasons "$(printf 'decision\tc\tanswers: no')"
says reasons "$(printf 'correct: date')"
says out 'another sluice'
reasons d --as-of 3
says reasons "$(printf 'link\tc\tdenies\tlinker\t')"
says_not reasons decision
gainsay decide withdraw d --reason 'made up' > /dev/null || exit 1
reasons d
says reasons "$(printf 'decision\t\twithdrawn')"
says_not reasons statement

expect 4 why --fail-empty nobody
expect 2 why
finish
