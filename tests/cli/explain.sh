#!/usr/bin/env bash
# extract --explain: how each statement was read, for people.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

printf 'Published: 2024-03-08\n\nArland on Monday accused Borduria of closing the sluice gates.\n\nBorduria denied that the sluice gates were closed.\n\nNobody said anything.\n' > a.txt
expect 0 extract --explain a.txt
says out 'claim by Arland, 0.'
says out '{Arland} on Monday [accused] Borduria of »closing the sluice gates«.'
says out '  rule     accuse - the cue: the word that tells of a statement here'
says out '  rule     clause - what is said stands behind the cue'
says out '  date     2024-03-04 - of “on Monday”'
says out '  accused  Borduria'
says out '{Borduria} [denied] that »the sluice gates were closed«.'
says out 'its clause names no time'
id=$(gainsay extract a.txt | sed -n 's/.*"id": *"\([0-9a-f]*\)", *"kind": *"claim".*/\1/p')
says out "  answers  $id, inferred, 0."

# what a text says to a terminal is not obeyed
printf 'Arland said that the dam \033[31mleaks badly.\n' > b.txt
expect 0 extract --explain b.txt
says_not out "$(printf '\033')"

# a record has no text of its own to show; of another extractor there is no more than it says
printf '%s\n' '{"id": "c1", "kind": "claim", "speaker": "Arland", "text": "It leaks."}' > r.jsonl
expect 0 extract --explain r.jsonl
lines out 0
printf '#!/bin/sh\ncat > /dev/null\necho %s\n' "'{\"kind\": \"claim\", \"text\": \"x\", \"rule\": \"mine/own\", \"spans\": [[0, 6]]}'" > other
chmod +x other
expect 0 extract --explain --extractor ./other b.txt
says out 'claim by nobody named'
says out '»Arland« said'
says out '  rule     mine/own'

expect 2 extract --explain --attributions a.txt
expect 2 extract --explain --texts a.txt
expect 2 ingest --explain a.txt
finish
