#!/usr/bin/env bash
# gainsay-bench on twelve statements: the answers are known, and both ways give them.
set -eu
bin=$1
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
for i in 0 1 2 3; do
  day=2020-0$((i + 1))-10
  printf '{"id": "c%d", "kind": "claim", "speaker": "Alpha", "accused": "Beta", "answers": null, "date": "%s", "text": "Alpha said that Beta tested a missile."}\n' $i $day
  printf '{"id": "d%d", "kind": "denial", "speaker": "Beta", "accused": "Alpha", "answers": "c%d", "date": "%s", "text": "Beta denied the missile test."}\n' $i $i $day
  printf '{"id": "k%d", "kind": "counterclaim", "speaker": "Alpha", "accused": "Gamma", "answers": "d%d", "date": "%s", "text": "Alpha said that Gamma planned it."}\n' $i $i $day
done > "$work/statements.jsonl"
cat > "$work/questions.json" <<'Q'
{"accusations": [["Beta", "2020-01-01", "2020-02-28"], ["Gamma", "2020-02-01", "2020-12-31"]],
 "chains": ["c0", "c1", "d2"], "reach": [["Alpha", "2020-01-01", "2020-01-31"]],
 "pairs": [["Alpha", "Beta"], ["Beta", "Alpha"], ["Alpha", "Gamma"]], "search": [["missile", "beta"], ["gamma", "planned"]]}
Q
answers() { grep -o '"answer": [0-9]*' | tr -dc '0-9\n' | paste -sd ' '; }
for way in "" --direct; do
  got=$("$bin/gainsay-bench" $way "$work/statements.jsonl" "$work/questions.json" "$work" | answers)
  [ "$got" = "5 5 1 8 12 12" ] || { echo "gainsay-bench $way: $got"; exit 1; }
done
"$bin/gainsay-bench" --ways "$work/statements.jsonl" "$work/questions.json" "$work" > /dev/null
