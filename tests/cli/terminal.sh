#!/usr/bin/env bash
# On a terminal: a table or a tree fitted to its width, colours, and nothing that the terminal
# obeys. In a pipe: JSON Lines, no colours.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
make_store
escape=$'\e['

on_terminal 80 -d store chain c1
says out "$escape"
says out '└─ '
NO_COLOR=1 on_terminal 80 -d store chain c1
says_not out "$escape"
says out 'Arland claims, accusing Borduria'
on_terminal 80 -d store --color never chain c1
says_not out "$escape"
expect 0 -d store --color always -f table chain c1
says out "$escape"
expect 0 -d store chain c1
says_not out "$escape"
[ "$(cut -c1 out | sort -u)" = '{' ] || wrong "a pipe gets no JSON Lines: $(head -n 1 out)"

on_terminal 80 -d store --color never query 'RETURN "x" AS letter, 12 AS number'
is out <<'W'
letter number
x          12
W
on_terminal 80 -d store search zzzz
is out <<< 'gainsay: nothing found'

# nothing is wider than the terminal, wide and combining characters counted as they are shown
words='北朝鮮は武器を輸出したことがない e\u0301\u0301\u0301 '
cat > wide.jsonl <<W
{"id": "w1", "kind": "claim", "speaker": "Arland", "date": "2024-03-09", "text": "wide $words$words$words$words"}
W
expect 0 -d store ingest wide.jsonl
for columns in 40 60 100; do
  on_terminal "$columns" -d store --color never chain w1
  widest=$(wc -L < out)
  [ "$widest" -le "$columns" ] || wrong "on $columns columns a line is $widest wide"
  [ "$widest" -gt $((columns - 20)) ] || wrong "on $columns columns no line is wider than $widest"
  on_terminal "$columns" -d store --color never query 'MATCH (s {id: "w1"}) RETURN s.id AS id, s.text AS text'
  widest=$(wc -L < out)
  [ "$widest" -le "$columns" ] || wrong "on $columns columns a table is $widest wide"
done

# control and bidirectional characters are shown, not obeyed, in every form
cat > evil.jsonl <<'W'
{"id": "e1", "kind": "claim", "speaker": "Arland", "text": "evil \u001b]0;title\u0007 \u202egnihton\u009b2J", "date": "2024-03-09"}
W
expect 0 -d store ingest evil.jsonl
for form in table jsonl json csv tsv literal; do
  on_terminal 100 -d store --color never -f "$form" chain e1
  says out evil
  ! grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\x{202e}|\x{9b}' out ||
    wrong "-f $form: a terminal would obey this: $(grep evil out | cat -v)"
done
expect 0 -d store query $'RETURN "\e[31m\u202e" AS x'
expect 2 -d store query $'RETURN \e[31mx\u202e'
! grep -qP '\x1b|\x{202e}' err || wrong "an error repeats what a terminal obeys"
finish
