#!/usr/bin/env bash
# Every exit status that a script may rely on.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
make_store

# 0 done, also when nothing is found; 4 when that is asked to count
expect 0 -d store chain c1
expect 0 -d store search zzzz
lines out 0
expect 4 -d store search --fail-empty zzzz
expect 0 -d store search --fail-empty toll
expect 4 -d store --fail-empty query 'MATCH (n:Claim) WHERE n.id = "none" RETURN n'

# 1 failed
expect 1 -d store query @missing.cypher
says err 'missing.cypher: cannot be read'
expect 1 -d store ingest missing.txt
says err 'missing.txt: cannot be read'
expect 1 -d new ingest missing.txt
[ ! -e new ] || wrong "a mistyped path made a store"
expect 1 -d store -o no/such/folder.csv chain c1
says err 'cannot be written'
gainsay -d store chain c1 > /dev/full 2> err
[ $? = 1 ] || wrong "a full disk is no error"
says err 'cannot be written'

# 2 wrong usage, and a query refused before its first row
expect 2 -d store query 'MATCH (n RETURN n'
expect 2 -d store query 'MATCH (n) RETURN m'

# 5 a limit
expect 5 -d store query --max-rows 1 'MATCH (s:Statement) RETURN s.id'
lines out 1
expect 0 -d store query --max-rows 4 'MATCH (s:Statement) RETURN s.id'
lines out 4
expect 0 -d store chain --limit 2 c1
lines out 2

# 10 no store there; only ingest makes one
for command in "chain x" "show x" "search x" "query RETURN(1)" "export records" status; do
  # shellcheck disable=SC2086
  expect 10 -d none $command
  says err 'no store there'
  [ ! -e none ] || wrong "$command made a store"
done

# 130, 143: interrupted while it waits for its input; the store is as it was
for signal in INT:130 TERM:143; do
  mkfifo pipe
  # a background job of a script ignores SIGINT unless it is told to take it
  (trap - INT; exec "$bin/gainsay" -d store query - < pipe > out 2> err) &
  program=$!
  exec 9> pipe
  sleep 0.3
  kill -"${signal%:*}" "$program"
  wait "$program"
  status=$?
  exec 9>&-
  rm pipe
  [ $status = "${signal#*:}" ] || wrong "SIG${signal%:*} gives status $status"
done
expect 0 -d store chain c1
finish
