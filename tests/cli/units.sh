#!/usr/bin/env bash
# What the units for systemd run, run; and that they say what systemd understands.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

units=$bin/../systemd
mkdir spool etc
cp "$tree/docs/sample/canal.jsonl" spool
echo "GAINSAY_INPUT=--publisher Canal $work/spool" > etc/nightly.conf

# the service as installed, but for where the program, the state and the settings are
sed -E "s|=[^ ]*/gainsay ingest|=$bin/gainsay ingest|; s|%S|$work|; s|/etc/gainsay|$work/etc|" \
  "$units/gainsay-ingest@.service" > gainsay-ingest@.service
cp "$units/gainsay-ingest@.timer" .
start=$(sed -n 's/^ExecStart=//p' gainsay-ingest@.service)
start=${start//%i/nightly}
store=$(sed -n 's/^Environment=GAINSAY_STORE=//p' gainsay-ingest@.service)
run() {
  # shellcheck disable=SC2086  # systemd splits as the shell does
  env GAINSAY_STORE="$store" bash -c "$(sed 's/^\([A-Z_]*=\)\(.*\)/\1"\2"/' etc/nightly.conf); $start" > out 2> err
  local got=$?
  [ $got = "$1" ] || wrong "the service: status $got, not $1: $(head -n 3 err)"
}
mkdir gainsay
run 0
says out '"new": 7'
run 0
says out '"known": 7'
expect 0 -d "$store" jobs -f csv
says out ',nightly,'

echo '{' > spool/broken.jsonl
printf '{\n{"kind": "claim", "text": "x"}\n' > spool/half.jsonl
run 3
grep -q '^SuccessExitStatus=3$' gainsay-ingest@.service || wrong "the service takes 3 for a failure"
if command -v systemd-analyze > /dev/null; then
  systemd-analyze verify --man=no ./gainsay-ingest@nightly.service ./gainsay-ingest@nightly.timer > out 2>&1 ||
    wrong "systemd-analyze: $(cat out)"
  says_not out gainsay-ingest # nor what it only warns of
fi
finish
