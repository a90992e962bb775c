#!/usr/bin/env bash
# The forms of output: each whole, each with the same columns, each safe.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
make_store
ask='MATCH (k:Counterclaim) RETURN k.id AS id, k.text AS text, k.date AS date, null AS nothing, [1, "a"] AS list, -2.0 AS number'

expect 0 -d store query "$ask"
is out <<'W'
{"id": "k1", "text": "=Arland, not \"us\", dredged the canal", "date": "2024-03", "nothing": null, "list": [1, "a"], "number": -2.0}
W
expect 0 -d store query -f json "$ask"
is out <<'W'
[
  {"id": "k1", "text": "=Arland, not \"us\", dredged the canal", "date": "2024-03", "nothing": null, "list": [1, "a"], "number": -2.0}
]
W
expect 0 -d store query -f json 'MATCH (n:Claim {id: "none"}) RETURN n'
is out <<< '[]'
expect 0 -d store query -f csv "$ask" # no spreadsheet takes the text for a formula
is out <<'W'
id,text,date,nothing,list,number
k1,"'=Arland, not ""us"", dredged the canal",2024-03,,"[1, ""a""]",-2.0
W
expect 0 -d store query -f tsv 'RETURN "a\tb\nc\\d" AS x, "" AS y'
printf 'x\ty\na\\tb\\nc\\\\d\t\n' | is out
expect 0 -d store query -f literal "RETURN 'it\\'s' AS s, 1.0 AS f, [1, null, {k: true}] AS l, 0.0/0.0 AS n"
is out <<'W'
{"columns": ["s", "f", "l", "n"]}
["'it\\'s'", "1.0", "[1, null, {k: true}]", "NaN"]
W
expect 0 -d store query -f literal 'MATCH (d:Denial)-[r:DENIES]->(c) RETURN r'
is out <<'W'
{"columns": ["r"]}
["[:DENIES {date: '2024-03-04'}]"]
W
expect 0 -d store query -f table 'RETURN "x" AS letter, 12 AS number'
is out <<'W'
letter number
x          12
W

# into a file, whose extension is the form; a refused query leaves what was there
expect 0 -d store -o rows.csv query 'RETURN 1 AS n'
printf 'n\n1\n' | is rows.csv
lines out 0
expect 0 -d store -o rows.csv -f json query 'RETURN 1 AS n'
says rows.csv '{"n": 1}'
expect 2 -d store -o rows.csv query 'RETURN m'
says rows.csv '{"n": 1}'
expect 0 -d store -o rows query 'RETURN 1 AS n'
is rows <<< '{"n": 1}'

# a chain has its columns in every form
columns=id,depth,kind,date,after_days,speaker,on_behalf_of,accused,via,text,hedged,answers,inferred,confidence,document,reported,copies,quote
expect 0 -d store chain -f csv c1
[ "$(head -n 1 out)" = $columns ] || wrong "columns of chain: $(head -n 1 out)"
lines out 4
expect 0 -d store show -f csv c1
[ "$(head -n 1 out)" = $columns,spans,same_as ] || wrong "columns of show: $(head -n 1 out)"

# a chain for people
expect 0 -d store chain -f table lock
is out <<'W'
2024-03-01  Arland claims, accusing Borduria
            Borduria closed the north lock
            https://example.org/1
2024-03     ├~ Borduria counters, accusing Arland
            │  =Arland, not "us", dredged the canal
            │  ~0.75 · https://example.org/2
2024-03-04  └─ Borduria denies, 3 days later
               “we never touched the lock”
               via Lock Post · https://example.org/2
W
expect 0 -d store chain --stated-only lock
lines out 2

# records come out as they can go in
expect 0 -d store export records
cp out all.jsonl
expect 0 -d store ingest all.jsonl
says out ' 0 new'
says out '0 conflicts'
expect 0 -d again ingest all.jsonl
expect 0 -d again export records
diff <(sort all.jsonl) <(sort out) > /dev/null || wrong "an export of an export is another"

# one line a row, at once: the first is read before the last is made
expect 0 -d store status
lines out 1
finish
