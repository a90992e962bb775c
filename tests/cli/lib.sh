# What the tests of the programs share. A test is called with the folder of the programs and
# the source tree; it prints what went wrong and ends with 1, or says nothing and ends with 0.
# shellcheck shell=bash
set -uo pipefail
export LC_ALL=C.UTF-8
unset COLUMNS NO_COLOR GAINSAY_STORE XDG_DATA_HOME
bin=$1
# shellcheck disable=SC2034  # for the tests
tree=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export HOME=$work
failed=0

gainsay() { "$bin/gainsay" "$@"; }

wrong() {
  echo "line ${BASH_LINENO[1]}: $*"
  failed=1
}

# expect STATUS ARGUMENT...: runs gainsay; what it prints is in out and err. Standard input is
# the test's own.
expect() {
  local want=$1 got
  shift
  gainsay "$@" > out 2> err
  got=$?
  [ "$got" = "$want" ] || wrong "gainsay $*: status $got, not $want; $(head -n 3 err)"
}

# says FILE TEXT: FILE holds the text, letter for letter.
says() {
  grep -qF -e "$2" "$1" || wrong "$1 does not say: $2; but: $(head -n 5 "$1")"
}

says_not() {
  ! grep -qF -e "$2" "$1" || wrong "$1 says: $2"
}

# lines FILE COUNT
lines() {
  local got
  got=$(wc -l < "$1")
  [ "$got" = "$2" ] || wrong "$1 has $got lines, not $2: $(head -n 5 "$1")"
}

# is FILE: FILE is what comes on standard input.
is() {
  local told
  told=$(diff - "$1") || wrong "$1 is not as it should be (< wanted, > got):"$'\n'"$told"
}

# on_terminal COLUMNS ARGUMENT...: runs gainsay on a terminal of that width; output in out.
on_terminal() {
  local columns=$1
  shift
  printf -v command '%q ' "$bin/gainsay" "$@"
  TERM=xterm script -qec "stty cols $columns; $command" /dev/null < /dev/null | tr -d '\r' > out
}

# A small store: a claim, its denial, a counterclaim, and a claim that nobody answers.
make_store() {
  cat > records.jsonl <<'R'
{"id": "c1", "kind": "claim", "speaker": "Arland", "accused": ["Borduria"], "text": "Borduria closed the north lock", "date": "2024-03-01", "document": {"url": "https://example.org/1", "published": "2024-03-02"}}
{"id": "d1", "kind": "denial", "speaker": "Borduria", "text": "we never touched the lock", "quote": true, "date": "2024-03-04", "via": ["Lock Post"], "answers": ["c1"], "document": {"url": "https://example.org/2", "published": "2024-03-05"}}
{"id": "k1", "kind": "counterclaim", "speaker": "Borduria", "accused": ["Arland"], "text": "=Arland, not \"us\", dredged the canal", "date": "2024-03", "answers": [{"id": "c1", "inferred": true, "confidence": 0.75}], "document": {"url": "https://example.org/2", "published": "2024-03-05"}}
{"id": "u1", "kind": "claim", "speaker": "Arland", "accused": ["Borduria"], "text": "the toll was doubled", "date": "2024-02-10", "hedged": true, "document": {"url": "https://example.org/3", "published": "2024-02-11"}}
R
  gainsay -d store ingest records.jsonl > ingest.out 2> ingest.err ||
    { echo "cannot make the store: $(cat ingest.err)"; exit 1; }
}

finish() { exit "$failed"; }
