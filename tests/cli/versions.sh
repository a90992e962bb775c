#!/usr/bin/env bash
# Two versions of a document: the later one's statements stand, in whatever order they come;
# a question as of before sees the other.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

cat > old.txt <<'T'
Title: Lock closed
Publisher: Lock Post
Published: 2024-03-01
Url: https://example.org/lock

Arland accused Borduria of closing the north lock. "We never touched the lock," the Bordurian foreign minister said on Friday.
T
cat > new.txt <<'T'
Title: Lock not closed
Publisher: Lock Post
Published: 2024-03-02
Url: https://example.org/lock

Arland accused Borduria of dredging the south canal. "We never touched the lock," the Bordurian foreign minister said on Friday.
T
ids() { gainsay -d "$1" "${@:2}" export statements | sed -E 's/.*"id": "([^"]*)".*/\1/' | sort; }
for file in old new; do
  expect 0 -d "$file" ingest "$file.txt"
  ids "$file" > "$file.ids"
  [ -s "$file.ids" ] || wrong "nothing is read of $file.txt"
done
for order in 'old new' 'new old'; do
  rm -rf both
  for file in $order; do expect 0 -d both ingest "$file.txt"; done
  ids both > got
  told=$(diff new.ids got) || wrong "of '$order' stands:"$'\n'"$told"
  gainsay -d both query 'MATCH (d:Document) RETURN d.title, d.published' > facts
  says facts '"Lock not closed"'
  gainsay -d both dump --canonical > "${order// /}.dump"
  expect 0 -d both check
  for file in $order; do
    expect 0 -d both ingest "$file.txt"
    says out ' 0 new,'
    says out ' 0 revised,'
  done
done
cmp -s oldnew.dump newold.dump || wrong "$(diff oldnew.dump newold.dump)"
rm -rf both
expect 0 -d both ingest old.txt
expect 0 -d both ingest new.txt
expect 0 -d both query --as-of 1 'MATCH (s:Statement) RETURN s.id'
sed -E 's/.*"s.id": "([^"]*)".*/\1/' out | sort > got
told=$(diff old.ids got) || wrong "as of commit 1:"$'\n'"$told"
expect 0 -d both jobs undo 2 --yes
ids both > got
told=$(diff old.ids got) || wrong "when the later one is taken back:"$'\n'"$told"
expect 0 -d both jobs redo 2
ids both > got
told=$(diff new.ids got) || wrong "and brought again:"$'\n'"$told"
expect 0 -d both check

# the same text with another day: what is read of it anew stands
sed '/^Published/d' old.txt > undated.txt
for day in 2024-03-08 2024-04-05; do expect 0 -d days ingest --published "$day" undated.txt; done
expect 0 -d days query 'MATCH (s:Statement) WHERE s.date < edtf("2024-03-20") RETURN s.id'
lines out 0
expect 0 -d days query 'MATCH (s:Statement) RETURN s.id'
[ -s out ] || wrong 'nothing is left'
expect 0 -d days check
finish
