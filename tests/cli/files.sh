#!/usr/bin/env bash
# Which files are read: lists, folders, compressed ones, odd names; and what they end with.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# record ID TEXT
record() { printf '{"id": "%s", "kind": "claim", "speaker": "Arland", "text": "%s"}\n' "$1" "$2"; }

record a one > a.jsonl
record b two | gzip > b.jsonl.gz
record c three | zstd -q > c.jsonl.zst
mkdir -p folder/deep
record d four > folder/deep/d.jsonl
printf 'The mayor denied on 3 May 2024 that the bridge is unsafe.\n' > folder/e.txt

# a list of lines, of NULs, on standard input; with folders, and beside arguments
printf 'a.jsonl\n\nb.jsonl.gz\r\nfolder\n' > list
expect 0 -d lines ingest --files-from list c.jsonl.zst
says out '5 files, 1 document'
find . -name '*.jsonl' -print0 > nuls
expect 0 -d pairs ingest --files-from nuls
says out '2 files'
gainsay extract --files-from - < list > out 2> err || wrong "extract: $(cat err)"
lines out 4
says out '"text": "the bridge is unsafe"'
expect 1 -d none ingest --files-from missing
says err 'missing: cannot be read'
echo nowhere.txt > gone
expect 1 -d none ingest --files-from gone
says err 'nowhere.txt: cannot be read'
[ ! -e none ] || wrong "a path that is missing made a store"

# compressed on standard input
gainsay extract - < b.jsonl.gz > out 2> err || wrong "standard input: $(cat err)"
says out '"id": "b"'

# a cut-off file gives what was there, and says so; what grows past all proportion ends
for i in {1..2000}; do record "n$i" "number $i of $RANDOM"; done | gzip > whole.gz
head -c 9000 whole.gz > cut.jsonl.gz
expect 3 -d cut ingest cut.jsonl.gz
says err 'cut off'
gainsay -d cut export statements > out
[ "$(wc -l < out)" -gt 100 ] || wrong "what stands before the cut is lost"
head -c 80000000 /dev/zero | tr '\0' x | gzip > bomb.txt.gz
expect 5 -d bomb ingest bomb.txt.gz
says err 'expands to more than'
expect 5 -d bomb ingest a.jsonl bomb.txt.gz b.jsonl.gz
says out '2 new'

# a name that would move the cursor is shown, not obeyed
odd=$'odd\x1b[2Jname.txt'
printf 'The mayor denied that the bridge is unsafe.\n' > "$odd"
expect 0 -d odd ingest "$odd"
gainsay -d odd query 'MATCH (d:Document) RETURN d.file' > out
says out 'odd\\x1b[2Jname.txt'
printf '\0\0\0' > $'bad\x1b.bin'
expect 12 -d odd ingest $'bad\x1b.bin'
says err 'bad\x1b.bin'

# formats that are known and not read, and what is read in no UTF-8
printf '%%PDF-1.7\n' > a.pdf
expect 12 -d pdf ingest a.pdf
says err 'this is PDF'
printf 'The caf\351 owner denied that his caf\351 was closed.\n' > latin.txt
expect 0 -d latin ingest latin.txt
says err 'latin.txt: warning: no UTF-8: read as WINDOWS-1252'
gainsay -d latin show latin.txt > out
says out 'café was closed'
finish
