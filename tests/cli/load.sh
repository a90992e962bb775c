#!/usr/bin/env bash
# A general graph goes in by `load` and comes out of the query language as it was.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

cat > roads.jsonl <<'R'
{"type": "node", "id": "0", "labels": ["City"], "properties": {"name": "Quay", "since": {"@date": "1911-05"}}}
{"type": "node", "id": "1", "labels": ["City", "Port"], "properties": {"name": "Mole", "depth": 7.0}}
{"type": "relationship", "id": "0", "label": "ROAD", "start": {"id": "0"}, "end": {"id": "1"}, "properties": {"lanes": [2, 3]}}
R
expect 0 -d roads load --format graph roads.jsonl
is out <<< '2 nodes, 1 relationship (commit 1)'
lines err 0
expect 0 -d roads -f literal query 'MATCH p = (a)-[r:ROAD]->(b:Port) RETURN a.name, r, b'
is out <<'R'
{"columns": ["a.name", "r", "b"]}
["'Quay'", "[:ROAD {lanes: [2, 3]}]", "(:City:Port {name: 'Mole', depth: 7.0})"]
R

# from standard input, for machines, into a store that is there
expect 0 -d roads load --format graph -f json - < roads.jsonl
says out '{"nodes": 2, "relationships": 1, "commit": 2, "commit_hash": "'
expect 0 -d roads -q load --format graph roads.jsonl
lines out 0
expect 0 -d roads query 'MATCH (n) RETURN count(n) AS n'
is out <<< '{"n": 6}'

# nothing is an empty store, and worth a word
: > empty.jsonl
expect 0 -d empty load --format graph empty.jsonl
says err 'warning: empty.jsonl: there is nothing in it'
expect 0 -d empty query 'MATCH (n) RETURN n'
lines out 0

# a bad line ends it, and nothing is in
{ cat roads.jsonl; echo '{"type": "node", "id": "0"}'; } > twice.jsonl
expect 1 -d twice load --format graph twice.jsonl
says err 'twice.jsonl:4: error: a second node with the id "0"'
expect 0 -d twice query 'MATCH (n) RETURN n'
lines out 0
head -c 40 roads.jsonl > cut.jsonl
expect 1 -d cut load --format graph --error-format json cut.jsonl
says err '"file": "cut.jsonl", "line": 1'

# what is not there, or not built
expect 1 -d none load --format graph none.jsonl
says err 'none.jsonl: cannot be read'
[ ! -e none ] || wrong 'a store was made for nothing'
expect 12 -d none load roads.jsonl
says err '--format graph'
expect 2 -d none load --format graphml roads.jsonl
says err '--format graph'
expect 2 -d none load --format graph
expect 2 -d none load --format graph -f csv roads.jsonl
[ ! -e none ] || wrong 'a store was made for nothing'
finish
