#!/usr/bin/env bash
# An external extractor is one more source of records: checked, bounded, ended.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
printf 'Title: Bridge\nUrl: https://post.example/1\n\nThe bridge is unsafe, a clerk wrote.\n' > a.txt

cat > good << 'X'
#!/bin/sh
read -r line
case $line in *'"type": "document"'*'"url": "https://post.example/1"'*'"text": "The bridge'*) ;; *) exit 9 ;; esac
[ -z "${GAINSAY_STORE-}" ] || exit 8
echo '{"kind": "claim", "speaker": "Clerk", "text": "The bridge is unsafe", "spans": [[0, 20]], "extractor": "mine 1.0"}'
echo
echo '{"kind": "claim", "speaker": "Clerk", "text": "x", "spans": [[0, 999]]}'
echo '{"kind": "claim", "speaker": "Clerk", "text": "y", "document": "https://other.example/"}'
echo '{"type": "actor", "name": "Clerk"}'
echo 'no json'
X
chmod +x good
GAINSAY_STORE=$PWD/store expect 3 ingest --extractor ./good a.txt
says err 'spans[0]: ends behind the text'
says err 'document: is another one'
says err 'an extractor gives statements alone'
says err 'no JSON'
gainsay -d store query 'MATCH (s:Statement) WHERE s.extractor = "mine 1.0" RETURN s.text, s.spans' > out
says out 'The bridge is unsafe'
GAINSAY_STORE=$PWD/store expect 3 ingest --extractor ./good a.txt
says out '0 new'
expect 3 extract --extractor ./good a.txt
says out '"extractor": "mine 1.0"'
says out '"url": "https://post.example/1"'

# what fails, hangs, floods, or reads nothing costs its document alone
expect 3 -d fails ingest --extractor 'echo "{\"kind\": \"claim\", \"text\": \"z\"}"; exit 7' a.txt
says err 'extractor: failed with status 7'
gainsay -d fails query 'MATCH (s:Statement {text: "z"}) RETURN s.extractor' > out
says out 'external'
SECONDS=0
expect 3 -d hangs ingest --extractor 'sleep 600 & sleep 600' --extractor-timeout 300ms a.txt
says err 'extractor: not done after 300 ms'
[ "$SECONDS" -lt 20 ] || wrong "it hung for $SECONDS seconds"
expect 3 -d floods ingest --extractor 'yes' a.txt
says err 'extractor: writes more than 16 MiB'
expect 3 -d none ingest --extractor './nowhere' a.txt
says err 'extractor: failed with status 127'
expect 0 -d deaf ingest --extractor 'exec < /dev/null; true' a.txt
head -c 3000000 /dev/zero | tr '\0' 'x' > big.txt
expect 0 -d big ingest --extractor 'true' big.txt
finish
