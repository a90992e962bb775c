#!/usr/bin/env bash
# Each run of ingest is a row of `jobs`, oldest first, with the columns that are promised.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

printf '%s\n' '{"kind": "claim", "id": "c1", "speaker": "Ada", "text": "it rains"}' > a.jsonl
expect 0 -d store ingest --job night a.jsonl
expect 0 -d store ingest a.jsonl
expect 0 -d store jobs
lines out 2
head -n 1 out > first
tail -n 1 out > second
says first '"run": 1, "job": "night", "start": "'
says first '"state": "done", "new": 1, "known": 0, "revised": 0, "skipped": 0, "rejected": 0, "conflicts": 0, "linked": 0, "open": 0}'
says second '"run": 2, "job": null,'
says second '"new": 0, "known": 1,'
expect 10 -d none jobs
expect 2 -d store jobs all

# a run that is killed has no end, and check still finds the store whole
mkfifo pipe
"$bin/gainsay" -d store ingest --job cut --format jsonl - < pipe > /dev/null 2>&1 &
exec 4> pipe
for _ in $(seq 50); do
  [ "$(gainsay -d store jobs | wc -l)" = 3 ] && break
  sleep 0.1
done
kill -9 $!
wait $! 2> /dev/null
exec 4>&-
expect 0 -d store jobs
tail -n 1 out > third
says third '"job": "cut",'
says third '"end": null, "state": "running"'
expect 0 -d store check

finish
