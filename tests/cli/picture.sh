#!/usr/bin/env bash
# A chain as a page and as a drawing: whole, in one file, and nothing in it but text.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# well_formed FILE: every element is closed, every id stands once, every #link leads
# somewhere, every stylesheet, script and picture is in the file itself.
well_formed() {
  python3 - "$1" <<'P' || wrong "$1 is no good page"
import html.parser, re, sys
void = {"meta", "link", "br", "hr", "img", "input"}
class Check(html.parser.HTMLParser):
    open, ids, links = [], [], []
    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in void:
            self.open.append(tag)
        if tag in {"script", "img", "iframe", "link", "object", "embed", "base", "form"} or "src" in attrs:
            sys.exit(f"has a <{tag}>")
        if any(name.startswith("on") for name in attrs):
            sys.exit(f"<{tag}> has a handler: {attrs}")
        self.ids += [attrs["id"]] if "id" in attrs else []
        href = attrs.get("href")
        if href is not None and not re.match(r"#|https?://", href):
            sys.exit(f"leads to {href}")
        self.links += [href[1:]] if href and href[0] == "#" else []
    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.open.pop()
    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            sys.exit(f"</{tag}> closes another")
check = Check()
check.feed(open(sys.argv[1], encoding="utf-8").read())
check.close()
if check.open:
    sys.exit(f"{check.open} stay open")
if len(check.ids) != len(set(check.ids)):
    sys.exit("an id stands twice")
if set(check.links) - set(check.ids):
    sys.exit(f"nothing is at {set(check.links) - set(check.ids)}")
P
}

cat > hostile.jsonl <<'R'
{"id": "h1", "kind": "claim", "speaker": "<img src=x onerror=alert(1)>", "accused": ["\"><script>alert(2)</script>"], "text": "a < b && c > 'd' \"e\" </article><script>alert(3)</script> ]]> \u202egpj.exe", "date": "2024-01", "document": {"url": "javascript:alert(4)"}}
{"id": "h2", "kind": "denial", "speaker": "Borduria", "text": "we never touched the harbour", "date": "2024-01-20", "answers": ["h1"], "document": {"url": "https://example.org/?a='\"><script>alert(5)</script>&b"}}
{"id": "h3", "kind": "nocomment", "speaker": "Arland", "date": "2024-01-25~", "answers": [{"id": "h2", "inferred": true, "confidence": 0.4}, "h1"]}
{"id": "h4", "kind": "claim", "text": "nobody said when the harbour froze", "document": {"file": "a&b.txt"}}
R
gainsay -d hostile ingest -q hostile.jsonl || wrong "cannot ingest"

expect 0 -d hostile -o chain.html chain h1
lines out 0
well_formed chain.html
says chain.html "default-src 'none'"
says chain.html '<li id="s1" class="claim"'
says chain.html '&lt;img src=x onerror=alert(1)&gt;'
says chain.html '&lt;/article&gt;&lt;script&gt;alert(3)'
says chain.html 'href="https://example.org/?a=&#39;&quot;&gt;&lt;script&gt;'
says_not chain.html '<script'
says_not chain.html 'href="javascript'
says_not chain.html $'\u202e'
says chain.html 'from 2024-01-01 to 2024-01-31' # a month is a range of days
says chain.html '<p class="gap">19 days</p>'
says chain.html 'answers <a href="#s2">[2] Borduria</a>, 5 days later; a link that no source states (~0.40); also <a href="#s1">[1]</a>'
says chain.html '<i class="arm inferred'
[ "$(grep -c '<article' chain.html)" = 3 ] || wrong "not three statements"

# exchanges stand apart, what has no date comes last, and one alone is a page, too
expect 0 -d hostile -f html search harbour
cp out both.html
well_formed both.html
says both.html '>undated<'
expect 0 -d hostile -o one.html chain h4
well_formed one.html
says one.html '1 statement by 1 side'
make_store
expect 0 -d store -o apart.html chain a
well_formed apart.html
expect 0 -d store -o line.html timeline Arland
well_formed line.html
says line.html '<p class="gap">'
expect 0 -d store -o none.html search zzz
well_formed none.html
says none.html None

# anything else is a table
expect 0 -d store -o table.html query 'RETURN "<td>" AS `<b>`, 1 AS n, null AS x'
well_formed table.html
says table.html '<th scope="col">&lt;b&gt;</th>'
says table.html '<td>&lt;td&gt;</td><td class="number">1</td><td></td>'
expect 0 -d store -o denials.html denials
well_formed denials.html

# the drawing alone is XML
expect 0 -d hostile -o chain.svg chain h1
python3 - <<'P' || wrong "chain.svg is no good drawing"
import xml.etree.ElementTree as tree
root = tree.parse("chain.svg").getroot()
assert root.tag == "{http://www.w3.org/2000/svg}svg"
titles = [t.text for t in root.iter("{http://www.w3.org/2000/svg}title")]
assert len(titles) == 3 and titles[1] == "[2] 2024-01-20: Borduria denies: we never touched the harbour", titles
assert not [e for e in root.iter() if e.tag.endswith("script") or "href" in e.attrib]
P
says chain.svg "class='link inferred'"
expect 2 -d store -f svg query 'RETURN 1 AS n'
says err 'no statements'

# what only looks like statements is escaped all the same; rows without their parents
row="0 AS depth, 'x' AS id, 'claim' AS kind, 'A' AS speaker, 'b' AS text"
for form in svg html; do
  expect 0 -d store -f $form query "RETURN $row, '</title><script>alert(1)</script>' AS date"
  says_not out '<script'
done
expect 0 -d store -f svg query "RETURN $row, '2024' AS date, '￿￾' AS via"
expect 0 -d store -o stray.html query "UNWIND [1, 2, 3, 1] AS depth RETURN depth, toString(rand()) AS id, 'claim' AS kind, 'A' AS speaker, 'b' AS text, '2024' AS date"
well_formed stray.html
says_not stray.html 'answers <a href="#s1">[1] A</a>, 0'
expect 0 -d store -f html query "RETURN 7 AS depth, 'important' AS name"
says out important

# days before 1970; and every variable that the style uses is set
echo '{"id": "old", "kind": "claim", "text": "missiles", "date": "1962-10-24"}' > old.jsonl
gainsay -d old ingest -q old.jsonl
expect 0 -d old -o old.html chain old
says old.html ', 1962-10-24</h1>'
while read -r name; do
  sed 's/@media[^{]*{[^}]*{[^}]*}//' chain.html | grep -E -e "[{;\"]$name:" > /dev/null || wrong "$name is not set"
done < <(grep -o 'var(--[a-z]*' chain.html | cut -c5- | sort -u)

# 300 statements, deep and wide, in a second
python3 - > many.jsonl <<'P'
import json
for i in range(300):
    record = {"id": f"m{i}", "kind": "claim" if i == 0 else "denial", "speaker": f"side {i % 20}",
              "text": f"statement {i}", "date": f"20{10 + i // 30}-{1 + i % 12:02}"}
    if i > 0:
        record["answers"] = [f"m{i - 1 if i < 40 else i // 7}"]
    print(json.dumps(record))
P
gainsay -d many ingest -q many.jsonl || wrong "cannot ingest many"
expect 0 -d many -o many.html chain m0
well_formed many.html
[ "$(grep -c '<article' many.html)" = 300 ] || wrong "not 300 statements"
finish
