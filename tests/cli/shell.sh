#!/usr/bin/env bash
# The shell: queries over several lines, its own commands, completion, history, and an
# interrupt that ends a query and not the shell.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
make_store

# In a pipe: what a query gives, and nothing of prompts.
expect 0 -d store shell <<'Q'
RETURN 1 AS one;
MATCH (s:Claim)
WHERE s.id = $id
RETURN s.id

:param id u1
:param n {"a": [1, 2]}
MATCH (s:Claim)
WHERE s.id = $id
RETURN s.id;
:param
:format csv
RETURN $n.a[1] AS two;
:explain RETURN 1;
RETURN 'last' AS word
Q
is out <<'W'
{"one": 1}
{"s.id": "u1"}
:param id "u1"
:param n {"a": [1, 2]}
two
2
step,details,expected
Work out,1,1
  Start,"",1
word
last
W
says err 'no value was given for the parameter `id`'

expect 2 -d store shell <<< ':bogus'
says err ':bogus: no such command; see :help'
expect 2 -d store shell <<< ':format bogus'
says err ':format bogus: table, json, jsonl, csv, tsv or literal'
expect 2 -d store shell <<< 'RETURN x;'
says err 'the variable `x` is not defined'
expect 0 -d store shell <<< ':help'
says out ':param NAME VALUE'
expect 10 -d nowhere shell < /dev/null

# Types what comes on standard input, a line of it half a second behind the other; `~` is
# Ctrl-C, `^` the arrow up.
typed() {
  local line
  while IFS= read -r line; do
    sleep 0.5
    case $line in
    '~') printf '\003' ;;
    '^') printf '\033[A\n' ;;
    *) printf '%b' "$line" ;;
    esac
  done
  sleep 1
}

# The same on a terminal; what it shows is in out.
talk() {
  typed | TERM=xterm timeout 60 script -qec \
    "stty cols 80; $bin/gainsay -d store --color never shell" /dev/null | tr -d '\r' > out
}

talk <<'W'
RETURN 6 * 7 AS answer;\n
^
MATCH (s:Den\t) RETURN count(s) AS denials;\n
RETURN actor('Bor\t').name AS who;\n
UNWIND range(1, 30000) AS x UNWIND range(1, 30000) AS y RETURN count(*);\n
~
RETURN "unfinished
~
RETURN 'still' + ' here' AS shell;\n
\004
W
[ "$(grep -cx '    42' out)" = 2 ] || wrong "the arrow up does not ask again: $(cat -v out)"
grep -qx ' *1' out || wrong "a label is not completed: $(cat -v out)"
says out 'Borduria'
says out 'interrupted after 0 rows'
says out 'still here'
says_not out 'unfinished" RETURN'
grep -qE '^\([0-9.]+ ms\)$' out || wrong "no time is told: $(cat -v out)"
says .local/state/gainsay/history 'RETURN'
[ "$(stat -c %a .local/state/gainsay/history)" = 600 ] || wrong "the history is open to others"

finish
