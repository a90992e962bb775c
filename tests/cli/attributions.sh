#!/usr/bin/env bash
# extract --attributions: spans of cue, source and content, in code points, no statements.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

printf 'Añe Hale said that the dam was safe.\n\nThe dam leaks, according to reports.\n' > a.txt
expect 0 extract --attributions a.txt
lines out 2
says out '{"cue_span": [9, 13], "speaker_span": [0, 8], "content_spans": [[14, 35]], "confidence": 0.88}'
says out '"cue_span": [53, 65], "speaker_span": [66, 73], "content_spans": [[38, 51]]'

# records of statements have none
printf '%s\n' '{"id": "c1", "kind": "claim", "speaker": "Arland", "text": "It leaks."}' > r.jsonl
expect 0 extract --attributions r.jsonl
lines out 0

expect 2 ingest --attributions a.txt
finish
