#!/usr/bin/env bash
# What was extracted elsewhere, in pieces, in another order and some of it twice, makes the
# store that the articles make.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
article() {
  printf 'Title: %s\nPublisher: Post\nPublished: %s\nUrl: https://post.example/%s\n\n%s\n' \
    "$1" "$2" "$3" "$4" > "$3.txt"
}
article 'Dam leaks' 2021-05-04 1 'The engineers union accused Northern Works on Monday of hiding cracks in the dam at Holm.'
article 'Firm denies' 2021-05-06 2 'Northern Works on Thursday denied that it had hidden cracks in the dam at Holm. "There are no cracks," it said.'
article 'Minister' 2021-05-07 3 'The ministry said on Friday that inspectors had found cracks in the dam at Holm.'
article 'Nothing' 2021-05-08 4 'It rained all day.'
gainsay -d whole ingest 1.txt 2.txt 3.txt 4.txt > /dev/null || wrong 'ingest'
gainsay -d whole dump --canonical > wanted
says wanted Nothing
says wanted DENIES

expect 0 extract --texts 1.txt 4.txt
says out '"extractor": "prose '
cp out a.jsonl
expect 0 extract --texts 3.txt 2.txt 1.txt
cp out b.jsonl
expect 0 -d pieces ingest b.jsonl a.jsonl
gainsay -d pieces dump --canonical > got
is got < wanted

# partitions of a pipe: documents as records, each process its own lines
for i in 1 2 3 4; do grep -h '"type": "document"' a.jsonl b.jsonl | grep -F "/$i\"" | head -n 1; done |
  sed 's/, "extractor": "[^"]*"//' > documents.jsonl
lines documents.jsonl 4
split -l 2 documents.jsonl part.
for part in part.*; do gainsay extract --texts --format jsonl - < "$part"; done | gainsay -d parts ingest - > /dev/null
gainsay -d parts dump --canonical > got
is got < wanted

# another extractor's word does not keep ours from reading
sed 's/"extractor": "prose [^"]*"/"extractor": "other 1"/' a.jsonl | grep '"type": "document"' > other.jsonl
gainsay -d other ingest other.jsonl > out
says out ' 2 documents, '
says_not out ': 2 new'
if command -v parallel > /dev/null; then
  printf '%s\0' [1-4].txt |
    parallel --will-cite -0 -X -j 2 --line-buffer "$bin/gainsay" extract --texts | gainsay -d parallel ingest - > /dev/null
  gainsay -d parallel dump --canonical > got
  is got < wanted
fi
exit "$failed"
