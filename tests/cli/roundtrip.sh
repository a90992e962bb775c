#!/usr/bin/env bash
# What a store exports is known to it, and makes an equal store of an empty one.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# round_trip NAME INPUT...: ingests, exports, and brings the export back, twice
round_trip() {
  local name=$1
  shift
  expect 0 -d "$name.a" ingest "$@"
  expect 0 -d "$name.a" export records
  mv out "$name.a.jsonl"
  expect 0 -d "$name.a" ingest -f json "$name.a.jsonl"
  says out '"new": 0,'
  says out '"revised": 0,'
  says out '"conflicts": 0,'
  expect 0 -d "$name.b" ingest "$name.a.jsonl"
  expect 0 -d "$name.b" export records
  mv out "$name.b.jsonl"
  cmp -s "$name.a.jsonl" "$name.b.jsonl" ||
    wrong "$name: not equal: $(diff "$name.a.jsonl" "$name.b.jsonl" | head -n 6)"
  expect 0 -d "$name.a" export statements
  mv out "$name.a.jsonl"
  expect 0 -d "$name.b" export statements
  cmp -s "$name.a.jsonl" out || wrong "$name: statements are not equal"
}

cat > all.jsonl <<'R'
{"type": "actor", "name": "Northern Works", "aliases": ["NW"], "kind": "organisation", "ids": {"lei": "1"}, "desk": "ships", "speaks_for": [{"name": "Owners", "from": "2019-03", "to": "2021-06-30"}, "Owners"]}
{"id": "a", "kind": "claim", "speaker": "Harbour Union", "text": "the ferries leak", "date": "2021-05-02", "accused": ["NW", "Northern Works", "the DPRK"], "url": "https://n.example/1#top", "topics": ["Ferries", "ferries"], "proposition": "The ferries leak."}
{"id": "b", "kind": "denial", "speaker": {"name": "Ida Holm", "kind": "person", "role": "spokeswoman", "speaks_for": ["press office", "NW"]}, "text": "None of them … leaks", "spans": [[20, 30], [35, 40]], "date": "2021-05-04", "event_date": "2021-04~", "answers": ["a", {"id": "zz", "inferred": true, "confidence": 0.5}, {"text": "what was said", "speaker": "Union", "date": "2021-05"}], "via": ["Harbour Post", {"name": "TV", "kind": "outlet"}], "quote": true, "hedged": false, "proposition": "the ferries leak.", "document": {"url": "https://n.example/2", "title": "T", "publisher": "Harbour Post", "published": "2021-05-04T09:30:00Z", "language": "en", "section": "ports"}, "confidence": 0.9, "extractor": "desk 1.0", "rule": "r1", "at": "2021-05-05", "by": "ML", "mood": {"x": [1, 2.5, null, true]}}
{"id": "c", "kind": "counterclaim", "speaker": {"name": "press office", "kind": "office", "speaks_for": ["NW"]}, "accused": {"name": "a rival", "kind": "unnamed"}, "answers": {"id": "a", "inferred": true}, "text": "Sabotage.", "document": {"title": "A leaflet"}}
{"kind": "nocomment", "speaker": {"name": "a ministry official", "kind": "unnamed", "speaks_for": ["ministry", "DPRK"]}, "answers": "a", "document": {"file": "notes.txt"}}
{"kind": "nocomment", "speaker": {"name": "a ministry official", "kind": "unnamed"}, "answers": ["a", "b"]}
{"id": "d", "kind": "assessment", "speaker": {"name": "Board and Union", "kind": "group", "speaks_for": ["Safety Board", "Harbour Union"]}, "answers": "a", "verdict": "misleading", "proposition": "The ferries leak.", "same_as": ["later", {"id": "b", "inferred": true, "confidence": 0.25}]}
{"id": "e", "kind": "retraction", "answers": ["a", "c"], "date": "../2021-06", "accused": []}
{"id": "f", "kind": "confirmation", "proposition": "p", "date": "2021-05-02/2021-05-09"}
{"type": "document", "url": "https://n.example/3", "publisher": "Harbour Post", "published": "2021-05-07", "text": "Ida Holm of Northern Works on Thursday denied that its ferries leak.\n"}
{"type": "document", "title": "A paper in Danish", "language": "da", "text": "Færgerne er tætte.\n"}
{"type": "document", "file": "only-named.txt"}
R
round_trip records all.jsonl

printf 'Title: Leak\nPublisher: Harbour Post\nPublished: 2021-05-07\n\nThe Harbour Union said on Monday that Northern Works had hidden the leaks. Northern Works denied it on Thursday.\n' > article.txt
round_trip prose --published 2021-05-08 article.txt "$tree/docs/sample/article.txt"
round_trip mixed all.jsonl article.txt

finish
