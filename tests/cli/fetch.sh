#!/usr/bin/env bash
# Fetching, against a server that misbehaves: each address costs itself alone.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
servers=()
trap 'kill "${servers[@]}" 2> /dev/null; rm -rf "$work"' EXIT

# serve NAME MODE: a server of its own; its port is in `port`.
serve() {
  mkdir "$1"
  python3 "$tree/tests/cli/fetch_server.py" "$1" "$2" 2> "$1/err" &
  servers+=($!)
  for _ in $(seq 100); do [ -s "$1/port" ] && break; sleep 0.05; done
  port=$(cat "$1/port")
}

# fetch STATUS ARGUMENT...: into spool, without delays.
fetch() {
  local want=$1
  shift
  expect "$want" fetch --into spool --delay 1ms --max-size 1M -f json "$@"
}

# outcome WHAT WHY PATH: what becomes of it; WHY is part of the reason, or `null`.
outcome() {
  local line
  line=$(grep -F "\"url\": \"$at$3\"" out)
  [[ $line == *"\"outcome\": \"$1\""* && $line == *"$2"* ]] || wrong "$3: not $1 ($2): $line"
}

serve plain plain
at=http://localhost:$port
plain=$port

# what goes well: a page, one that moved, records; whole files under plain names
fetch 0 "$at/a.html" "$at/moved" "$at/etag" "$at/modified" "$at/same" "$at/private/open"
outcome new '"file": "localhost-' /a.html
outcome unchanged null /moved # leads to a.html
outcome new '.html"' /etag
says out '"new": 5, "unchanged": 1, "later": 0, "forbidden": 0, "failed": 0'
[ "$(find spool -maxdepth 1 -name 'localhost-*-*.html' | wc -l)" = 5 ] || wrong "files: $(ls -a spool)"
[ -z "$(find spool -name '*.new')" ] || wrong "a half is left: $(find spool)"
[ "$(stat -c %a spool/.fetch)" = 700 ] || wrong "others can read what is remembered"
says plain/log '/robots.txt gainsay/'
[ "$(grep -c robots.txt plain/log)" = 1 ] || wrong "robots.txt was asked for more than once"

# again: nothing is fetched twice, also when the files are gone; a changed one is new
fetch 0 "$at/etag" "$at/modified" "$at/same"
says out '"new": 0, "unchanged": 3'
rm spool/*.html
fetch 0 "$at/etag" "$at/modified" "$at/same"
says out '"new": 0, "unchanged": 3'
fetch 0 "$at/changes"
fetch 0 "$at/changes"
says out '"new": 1'
[ "$(find spool -name '*.html' | wc -l)" = 2 ] || wrong "a changed page covers the one before"
[ "$(grep -c robots.txt plain/log)" = 1 ] || wrong "robots.txt was asked for again within a day"

# robots.txt, and who we are
fetch 1 "$at/private/page" "$at/x.cgi" "$at/to-private" --contact desk@example.org
for path in /private/page /x.cgi /to-private; do outcome forbidden 'robots.txt forbids' "$path"; done
says_not plain/log /private/page
fetch 1 "$at/x.cgi?q" --contact desk@example.org
says plain/log '/x.cgi?q gainsay/'
says plain/log '(+desk@example.org)'

# what misbehaves, each for itself; what is good among it is kept
cat > bad << 'X'
/loop leads on more than 5 times
/to-local leads to a local address
/to-mapped leads to a local address
/to-file neither http nor https
/to-nowhere no address
/to-secret neither http nor https
/to-secret2 no address
/endless more than
/short remaining
/bomb more than
/bad-gzip content
/garbage HTTP/0.9
/header header
/closed Empty reply
/empty answers with nothing
/picture cannot read
/unasked answers 304
/denied not open to us
/broken answers 500
/gone not there
X
# shellcheck disable=SC2046  # a word each
fetch 3 $(sed "s|^\([^ ]*\) .*|$at\1|" bad) "$at/same"
outcome unchanged null /same
while read -r path why; do outcome failed "$why" "$path"; done < bad
fetch 1 --timeout 1s "$at/stall" "$at/slow"
for path in /stall /slow; do outcome failed 'too slow' "$path"; done
says_not plain/log /secret.html
says_not out hush
fetch 1 ftp://localhost/x http://user:secret@localhost/x 'no address' http://localhost:1/
outcome_of() { grep -cF "\"outcome\": \"failed\"" out; }
[ "$(outcome_of)" = 4 ] || wrong "bad addresses: $(cat out)"
says_not err user:

# a feed and its pages; of these none at a local address that the user did not name
fetch 3 --pages "$at/feed.xml"
outcome new .xml /feed.xml
outcome new .html '/b.html?x=1&y=2'
grep -qF '/secret.html"' out || wrong "the local page of the feed is not told"
says out 'leads to a local address'
says_not out passwd
says_not plain/log /secret.html
[ "$(grep -c '^/a.html' plain/log)" = 2 ] || wrong "a page was asked for again within a day"

# pages that could not be had are asked for again though their feed is as it was; what is
# gone, and what moved, once a day
serve flaky plain
at=http://localhost:$port
fetch 3 --pages "$at/flaky-feed"
outcome failed 'answers 500' /flaky
fetch 0 --pages "$at/flaky-feed"
outcome unchanged null /flaky-feed
outcome new null /flaky
says out '"new": 1, "unchanged": 1, "later": 0, "forbidden": 0, "failed": 0'
fetch 0 --pages "$at/flaky-feed"
says out '"new": 0, "unchanged": 1, "later": 0, "forbidden": 0, "failed": 0'
mkdir packed
expect 0 fetch --into packed --delay 1ms "$at/packed" "$at/a--b"
expect 0 -d packed.store ingest packed
gainsay -d packed.store query 'MATCH (d:Document) RETURN d.url, d.title ORDER BY d.title' > out
says out '"packed"'
says out "\"$at/a--b\""

# a character set that only the answer's header tells, and the address, reach the store
fetch 0 "$at/cyrillic"
expect 0 -d store ingest spool
gainsay -d store query 'MATCH (d:Document) RETURN d.url, d.title' > out
says out "\"$at/cyrillic\""
says out '"Министерство"'
says_not out fetch

# who wants to be left alone, is, in the next run too
serve busy plain
at=http://localhost:$port
fetch 0 "$at/later" "$at/a.html"
outcome later 'left alone until' /later
outcome later 'left alone until' /a.html
fetch 0 "$at/a.html"
outcome later 'left alone until' /a.html
says_not busy/log /a.html
serve busy2 plain
at=http://localhost:$port
fetch 0 "$at/later-date"
outcome later 'left alone until' /later-date

# robots.txt that misbehaves
serve none robots-none
at=http://localhost:$port
fetch 0 "$at/private/open"
outcome new null /private/open
serve broken robots-500
at=http://localhost:$port
fetch 1 "$at/a.html"
outcome failed 'robots.txt cannot be had: it answers 500' /a.html
serve crowded robots-429
at=http://localhost:$port
fetch 0 "$at/a.html"
outcome later 'left alone until' /a.html
fetch 0 "$at/a.html"
outcome later 'left alone until' /a.html
[ "$(wc -l < crowded/log)" = 1 ] || wrong 'who is crowded was asked again'
serve moved robots-moved
at=http://localhost:$port
fetch 3 "$at/a.html" "$at/b.html"
outcome forbidden 'robots.txt forbids' /a.html
outcome new null /b.html

# lists, usage, delays, locks, interrupts
printf '# feeds\n\n%s\n' "http://localhost:$plain/same" > list
expect 0 fetch --into spool --urls-from list
says out 'new 0, unchanged 1, later 0, forbidden 0, failed 0'
expect 2 fetch --into spool
says err 'Name a URL'
expect 2 fetch http://localhost/
says err '--into'
SECONDS=0
expect 0 fetch --into spool --delay 1s "http://localhost:$plain/same" "http://localhost:$plain/etag"
[ "$SECONDS" -ge 1 ] || wrong "two requests to a host without a rest"
exec 8< spool/.fetch
flock 8
expect 11 fetch --into spool "http://localhost:$plain/same"
says err 'another `gainsay fetch`'
exec 8<&-
"$bin/gainsay" fetch --into spool --timeout 60s "http://localhost:$plain/stall" > out 2> err &
asked=$(grep -c '^/stall' plain/log)
for _ in $(seq 200); do [ "$(grep -c '^/stall' plain/log)" -gt "$asked" ] && break; sleep 0.05; done
kill -INT $!
wait $!
[ $? = 130 ] || wrong "an interrupt: $(cat err)"
exit "$failed"
