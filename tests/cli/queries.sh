#!/usr/bin/env bash
# The query command: where its text and parameters come from, what errors look like.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
make_store
ask='MATCH (d:Denial)-[:DENIES]->(c:Claim) RETURN d.id AS denial, c.id AS claim'

expect 0 -d store query "$ask"
is out <<< '{"denial": "d1", "claim": "c1"}'
mv out first
expect 0 -d store query - <<< "$ask"
is out < first
expect 0 -d store query <<< "$ask"
is out < first
echo "$ask" > ask.cypher
expect 0 -d store query @ask.cypher
is out < first
expect 2 -d store query MATCH '(n)'
says err 'quotation marks'
expect 2 -d store query ''
expect 2 -d store query - < /dev/null

# parameters: from a file, singly, the later one stands; JSON or a string
find='MATCH (s:Statement) WHERE s.id = $id RETURN s.id AS id'
echo '{"id": "c1"}' > id.json
expect 0 -d store query --params id.json "$find"
is out <<< '{"id": "c1"}'
expect 0 -d store query --params id.json --param id=d1 "$find"
is out <<< '{"id": "d1"}'
expect 0 -d store query --param 'x=7' --param 'y="7"' --param 'z=[1, null]' 'RETURN $x AS x, $y AS y, $z AS z'
is out <<< '{"x": 7, "y": "7", "z": [1, null]}'
expect 2 -d store query "$find"
says err 'id'
expect 2 -d store query --param id=c1 --param more=1 "$find"
says err 'more'
expect 2 -d store query --param =c1 "$find"
expect 1 -d store query --params missing.json "$find"
echo '[1]' > list.json
expect 2 -d store query --params list.json "$find"
printf '{"id": "c1",\n  "x" 1}\n' > bad.json
expect 2 -d store query --params bad.json "$find"
says err 'bad.json:2:'
says err '  "x" 1}'

# the caret stands under the word: after wide characters, combining ones, tabs, on line 2
expect 2 -d store query 'MATCH (n) RETURN nn'
says err 'query:1:18: error: '
says err 'did you mean `n`?'
sed -n 2,3p err > excerpt
is excerpt <<'W'
  MATCH (n) RETURN nn
                   ^~
W
expect 2 -d store query $'RETURN "日本é",\n\t"e\u0301" + nn'
sed -n 2,3p err > excerpt
printf '   "e\u0301" + nn\n         ^~\n' | is excerpt
says err 'query:2:'
expect 2 -d store query 'RETURN "日本語" + nn'
sed -n 2,3p err > excerpt
is excerpt <<'W'
  RETURN "日本語" + nn
                    ^~
W
says err 'query:1:16:'

# an unknown type is a warning, with --strict an error
expect 0 -d store query 'MATCH (c:Claim)<-[:ANSWER]-(d) RETURN d'
lines out 0
says err 'warning'
says err 'ANSWERS'
says err '^~~~~~'
expect 0 -d store -q query 'MATCH (c:Claim)<-[:ANSWER]-(d) RETURN d'
lines err 0
expect 2 -d store query --strict 'MATCH (c:Claim)<-[:ANSWER]-(d) RETURN d'
says err 'error'

# for machines
expect 2 -d store query --error-format json 'MATCH (n) RETURN nn'
says err '{"error": {"type": "SyntaxError", "phase": "compile time", "detail": "UndefinedVariable", "file": "query", "line": 1, "column": 18'
lines err 1
finish
