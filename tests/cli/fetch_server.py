"""A web server that misbehaves in many ways, for tests/cli/fetch.sh.

fetch_server.py FOLDER MODE: listens on a free port of 127.0.0.1, writes it to FOLDER/port,
and every request it gets to FOLDER/log. MODE: plain, or how its robots.txt misbehaves
(robots-500, robots-moved, robots-429, robots-none).
"""
import gzip
import http.server
import os
import sys
import time

FOLDER, MODE = sys.argv[1], sys.argv[2]
ROBOTS = b"""# any program
User-agent: other
Disallow: /

User-agent: *
Crawl-delay: 0
Disallow: /private
Allow: /private/open
Disallow: /*.cgi$
"""
PAGE = b"<!doctype html><title>%s</title><p>The ministry said on Monday it had no part in it.</p>"
counts = {}


def feed(port):
    links = ["/a.html", "/b.html?x=1&amp;y=2", "http://127.0.0.1:%d/secret.html" % port,
             "file:///etc/passwd", "javascript:alert(1)", "/a.html"]
    items = "".join("<item><title>t%d</title><link>%s</link></item>" % (i, link)
                    for i, link in enumerate(links))
    return ("<?xml version='1.0'?><rss version='2.0'><channel><title>f</title>"
            "<link>http://localhost:%d/</link>%s</channel></rss>" % (port, items)).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body=b"", **fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def raw(self, data):
        self.wfile.write(data)
        self.wfile.flush()
        self.close_connection = True

    def robots(self):
        if MODE == "robots-500":
            self.answer(500)
        elif MODE == "robots-429":
            self.answer(429)
        elif MODE == "robots-none":
            self.answer(404)
        elif MODE == "robots-moved":
            self.answer(301, Location="/elsewhere.txt")
        else:
            self.answer(200, ROBOTS, Content_Type="text/plain")

    def do_GET(self):
        path = self.path
        counts[path] = counts.get(path, 0) + 1
        with open(os.path.join(FOLDER, "log"), "a", encoding="utf-8") as log:
            log.write("%s %s\n" % (path, self.headers.get("User-Agent", "")))
        name = "page_" + path.strip("/").split("?")[0].replace("-", "_").replace(".", "_").replace("/", "_")
        if path == "/robots.txt":
            self.robots()
        elif hasattr(self, name):
            getattr(self, name)()
        else:
            self.answer(404)

    def html(self, title, **fields):
        self.answer(200, PAGE % title, Content_Type="text/html; charset=utf-8", **fields)

    def conditional(self, field, value, **fields):
        if self.headers.get(field) == value:
            self.answer(304)
        else:
            self.html(b"kept", **fields)

    def page_elsewhere_txt(self):
        self.answer(200, b"User-agent: gainsay\nDisallow: /a.html\n")

    def page_flaky_feed(self):
        if self.headers.get("If-None-Match") == '"f"':
            self.answer(304)
            return
        body = b"<rss version='2.0'><channel><title>f</title><link>/</link>" + b"".join(
            b"<item><link>http://localhost:%d%s</link></item>" % (self.server.server_address[1], p)
            for p in (b"/flaky", b"/gone-page", b"/hop", b"/a--b")) + b"</channel></rss>"
        self.answer(200, body, ETag='"f"')

    def page_flaky(self):
        if counts[self.path] == 1:
            self.answer(500)
        else:
            self.html(b"flaky")

    def page_hop(self):
        self.answer(302, Location="/target")

    def page_target(self):
        self.html(b"target")

    def page_a__b(self):
        self.html(b"dashes")

    def page_packed(self):
        self.answer(200, gzip.compress(PAGE % b"packed"), Content_Type="text/html; charset=utf-8")

    def page_to_secret(self):
        self.answer(302, Location="ftp://user:hush@localhost/x")

    def page_to_secret2(self):
        self.answer(302, Location="http://user:hush@local host/x")

    def page_a_html(self):
        self.html(b"a")

    def page_b_html(self):
        self.html(b"b")

    def page_secret_html(self):
        self.html(b"secret")

    def page_private_open(self):
        self.html(b"open")

    def page_etag(self):
        self.conditional("If-None-Match", '"v1"', ETag='"v1"')

    def page_modified(self):
        date = "Mon, 03 Feb 2025 10:00:00 GMT"
        self.conditional("If-Modified-Since", date, Last_Modified=date)

    def page_same(self):
        self.html(b"same")

    def page_changes(self):
        self.html(b"%d" % counts[self.path])

    def page_feed_xml(self):
        self.answer(200, feed(self.server.server_address[1]), Content_Type="text/xml")

    def page_moved(self):
        self.answer(302, Location="a.html")

    def page_loop(self):
        self.answer(302, Location="/loop")

    def page_to_local(self):
        port = self.server.server_address[1]
        self.answer(301, Location="http://127.0.0.1:%d/secret.html" % port)

    def page_to_mapped(self):
        port = self.server.server_address[1]
        self.answer(301, Location="http://[::ffff:127.0.0.1]:%d/secret.html" % port)

    def page_to_file(self):
        self.answer(301, Location="file:///etc/passwd")

    def page_to_nowhere(self):
        self.answer(301, Location="http://")

    def page_to_private(self):
        self.answer(301, Location="/private/page")

    def page_endless(self):
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"<p>more</p>" * 1000)
        except OSError:
            self.close_connection = True

    def page_slow(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        try:
            for _ in range(30):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.3)
        except OSError:
            self.close_connection = True

    def page_stall(self):
        time.sleep(5)
        self.close_connection = True

    def page_short(self):
        self.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>half")

    def page_bomb(self):
        self.answer(200, gzip.compress(bytes(4 << 20), 1), Content_Encoding="gzip")

    def page_bad_gzip(self):
        self.answer(200, b"this is no gzip", Content_Encoding="gzip")

    def page_garbage(self):
        self.raw(b"\x00\x01\x02 what is this\r\n\r\n")

    def page_header(self):
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for i in range(100000):
                self.wfile.write(b"X-%d: %s\r\n" % (i, b"y" * 100))
        except OSError:
            pass
        self.close_connection = True

    def page_closed(self):
        self.close_connection = True

    def page_empty(self):
        self.answer(200)

    def page_picture(self):
        self.answer(200, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", Content_Type="text/html")

    def page_unasked(self):
        self.answer(304)

    def page_denied(self):
        self.answer(403)

    def page_broken(self):
        self.answer(500)

    def page_cyrillic(self):
        body = "<title>Министерство</title><p>Оно заявило.</p>".encode("windows-1251")
        self.answer(200, body, Content_Type='text/html; charset="windows-1251"')

    def page_later(self):
        self.answer(429, Retry_After="120")

    def page_later_date(self):
        self.answer(503, Retry_After=time.strftime("%a, %d %b %Y %H:%M:%S GMT",
                                                   time.gmtime(time.time() + 300)))


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
with open(os.path.join(FOLDER, "port.new"), "w", encoding="utf-8") as out:
    out.write(str(server.server_address[1]))
os.rename(os.path.join(FOLDER, "port.new"), os.path.join(FOLDER, "port"))
server.serve_forever()
