"""The Python module: what a store gives, what a job takes, and what goes wrong."""

import datetime
import gc
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import warnings

import gainsay

RECORDS = [
    {"kind": "claim", "id": "c1", "speaker": "Arland", "accused": ["Borduria"],
     "text": "Borduria closed the north lock", "date": "2024-03-01",
     "document": {"url": "https://example.org/1", "published": "2024-03-02"}},
    {"kind": "denial", "id": "d1", "speaker": "Borduria", "text": "we never touched the lock",
     "quote": True, "date": datetime.date(2024, 3, 4), "answers": ["c1"], "via": ["Lock Post"],
     "document": {"url": "https://example.org/2"}},
    {"kind": "claim", "id": "u1", "speaker": "Arland", "accused": ["Borduria"],
     "text": "the toll was doubled", "date": "2024-02~", "weight": 2.5},
]

# a product of 3,000 million rows, which no row passes
LONG = "UNWIND range(1, 60000) AS a UNWIND range(1, 60000) AS b WITH a, b WHERE a + b < 0 RETURN a"


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.store = self.folder / "store"
        with gainsay.ingest(self.store, job="first") as job:
            for record in RECORDS:
                self.assertTrue(job.add(record))
        self.g = gainsay.open(self.store)
        self.addCleanup(self.close)

    def close(self):
        self.g = None
        gc.collect()

    def one(self, text, **parameters):
        rows = list(self.g.query(text, parameters))
        self.assertEqual(len(rows), 1)
        self.assertEqual(len(rows[0]), 1)
        return rows[0][0]


class Rows(Case):
    def test_cells_by_place_name_and_last_part(self):
        row = next(self.g.query("MATCH (d:Denial) RETURN d.text, d.date AS day"))
        self.assertEqual(row[0], "we never touched the lock")
        self.assertEqual(row["d.text"], row[0])
        self.assertEqual(row.text, row[0])
        self.assertEqual(row.day, datetime.date(2024, 3, 4))
        self.assertEqual(row[-1], row.day)
        self.assertEqual(row[0:1], (row[0],))
        text, day = row
        self.assertEqual(row, (text, day))
        self.assertEqual(dict(row), {"d.text": text, "day": day})
        self.assertEqual(row._asdict(), dict(row))
        self.assertEqual(len({row, (text, day)}), 1)
        self.assertIn("we never", repr(row))

    def test_a_short_name_that_two_columns_have_is_neither(self):
        row = next(self.g.query("MATCH (c:Claim {id: 'c1'})<--(d:Denial) RETURN c.id, d.id"))
        with self.assertRaises(AttributeError):
            row.id
        self.assertEqual((row["c.id"], row["d.id"]), ("c1", "d1"))
        row = next(self.g.query("MATCH (d:Denial) RETURN d.id, 'mine' AS id"))
        self.assertEqual(row.id, "mine")
        with self.assertRaises(KeyError):
            row["none"]
        with self.assertRaises(IndexError):
            row[2]

    def test_rows_are_read_as_they_are_asked_for(self):
        rows = self.g.query("UNWIND range(1, 60000) AS a UNWIND range(1, 60000) AS b RETURN b")
        self.assertEqual([next(rows).b, next(rows).b], [1, 2])
        self.assertEqual(rows.columns, ("b",))
        rows.close()
        rows.close()
        with self.assertRaises(gainsay.UsageError):
            next(rows)

    def test_the_end_stays_the_end(self):
        rows = self.g.query("RETURN 1 AS n")
        self.assertEqual([row.n for row in rows], [1])
        self.assertEqual(list(rows), [])

    def test_bound_again(self):
        rows = self.g.query("RETURN $n AS n", n=1)
        self.assertEqual([row.n for row in rows], [1])
        self.assertEqual([row.n for row in rows.bind(n="two")], ["two"])
        with self.assertRaises(gainsay.UsageError):
            rows.bind(m=1)

    def test_rows_outlive_the_name_of_their_store(self):
        rows = gainsay.open(self.store).query("MATCH (s:Statement) RETURN s.id ORDER BY s.id")
        gc.collect()
        self.assertEqual([row.id for row in rows], ["c1", "d1", "u1"])

    def test_a_closed_store_ends_its_rows(self):
        rows = self.g.query("MATCH (s:Statement) RETURN s.id")
        with self.g:
            next(rows)
        with self.assertRaises(gainsay.UsageError):
            next(rows)
        with self.assertRaises(gainsay.UsageError):
            self.g.query("RETURN 1")

    def test_a_table_for_notebooks_keeps_the_rows(self):
        rows = self.g.query("UNWIND ['<script>&', null] AS x RETURN x")
        html = rows._repr_html_()
        self.assertIn("<td>&lt;script&gt;&amp;</td>", html)
        self.assertIn("<td></td>", html)
        self.assertEqual([row.x for row in rows], ["<script>&", None])
        rows = self.g.query("UNWIND range(1, 150) AS x RETURN x")
        rows._repr_html_()
        with self.assertRaises(gainsay.UsageError):  # rather than fifty of them
            rows.__arrow_c_stream__()
        self.assertEqual(len(list(rows)), 150)
        self.assertIn("first 100", self.g.query("UNWIND range(1, 101) AS x RETURN x")._repr_html_())


class Values(Case):
    def test_pythons_own(self):
        self.assertIs(self.one("RETURN null AS x"), None)
        self.assertIs(self.one("RETURN true AS x"), True)
        self.assertEqual(self.one("RETURN 9223372036854775807 AS x"), 2**63 - 1)
        self.assertEqual(self.one("RETURN 0.5 AS x"), 0.5)
        self.assertEqual(self.one("RETURN [1, 'ä\U0001f600', {k: null}] AS x"),
                         [1, "ä\U0001f600", {"k": None}])

    def test_parameters(self):
        given = {"list": [1, None, "x"], "text": "'; RETURN 1", "n": -1.5}
        self.assertEqual(self.one("RETURN $given AS x", given=given), given)
        self.assertEqual(self.one("RETURN $d AS x", d=datetime.date(2024, 3, 4)), "2024-03-04")
        with self.assertRaises(TypeError):
            self.g.query("RETURN $x", x=object())
        with self.assertRaises(ValueError):
            self.g.query("RETURN $x", x=float("nan"))
        with self.assertRaises(gainsay.QueryError):
            self.g.query("RETURN $x")

    def test_dates(self):
        about = self.one("MATCH (u {id: 'u1'}) RETURN u.date")
        self.assertIsInstance(about, gainsay.Date)
        self.assertEqual(str(about), "2024-02~")
        self.assertEqual((about.first, about.last),
                         (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29)))
        self.assertEqual(repr(about), "gainsay.Date('2024-02~')")
        self.assertTrue(about < datetime.date(2024, 2, 2))
        self.assertTrue(datetime.date(2024, 1, 31) < about)
        self.assertFalse(about == datetime.date(2024, 2, 1))
        self.assertEqual(about, self.one("RETURN edtf('2024-02~') AS x"))
        self.assertEqual(hash(about), hash(self.one("RETURN edtf('2024-02~') AS x")))
        with self.assertRaises(TypeError):
            about < "2024"
        with self.assertRaises(TypeError):
            about < datetime.datetime(2024, 2, 2)

    def test_dates_sort(self):
        rows = self.g.query("UNWIND ['2024-03-04', '2024-03', '../2024-03-01', '2023', "
                            "'2024-03-04T09:30:00Z'] AS t RETURN edtf(t) AS d")
        self.assertEqual([str(row.d) for row in sorted(rows, key=lambda row: row.d)],
                         ["2023", "2024-03", "../2024-03-01", "2024-03-04",
                          "2024-03-04T09:30:00Z"])

    def test_dates_past_pythons_calendar(self):
        zero = self.one("RETURN edtf('0000-05-01') AS x")
        self.assertEqual((str(zero), zero.first), ("0000-05-01", None))
        open_end = self.one("RETURN edtf('2024-05-01/..') AS x")
        self.assertEqual((open_end.first, open_end.last), (datetime.date(2024, 5, 1), None))
        self.assertEqual(self.one("RETURN edtf('9999-12-31') AS x"), datetime.date(9999, 12, 31))

    def test_nodes_relationships_paths(self):
        path = self.one("MATCH p = (:Actor)-[:MADE]->(:Denial)-[:DENIES]->(:Claim) RETURN p")
        actor, denial, claim = path.nodes
        made, denies = path.relationships
        self.assertEqual(len(path), 2)
        self.assertEqual(actor["name"], "Borduria")
        self.assertEqual(denial.labels, ("Statement", "Denial"))
        self.assertEqual((denies.type, denies.start, denies.end),
                         ("DENIES", denial.number, claim.number))
        self.assertEqual(claim.get("verdict", "none"), "none")
        self.assertEqual(claim.properties["id"], "c1")
        same = self.one("MATCH (c {id: 'c1'}) RETURN c")
        self.assertEqual(len({claim, same}), 1)
        self.assertNotEqual(claim, denial)
        self.assertEqual(path, self.one("MATCH p = (:Actor)-[:MADE]->(:Denial)-[:DENIES]->() RETURN p"))
        for word in ("Relationship", "DENIES", "Path", "Node"):
            self.assertIn(word, repr(path))

    def test_nobody_else_makes_them(self):
        for kind in (gainsay.Row, gainsay.Rows, gainsay.Store, gainsay.Date, gainsay.Node,
                     gainsay.Relationship, gainsay.Path, gainsay.Job):
            with self.assertRaises(TypeError):
                kind()


class Questions(Case):
    def test_the_same_answers_as_the_command_line(self):
        self.assertEqual([(s.id, s.depth) for s in self.g.chain("north", "lock")],
                         [("c1", 0), ("d1", 1)])
        self.assertEqual([s.id for s in self.g.chain("d1")], ["c1", "d1"])
        self.assertEqual([s.id for s in self.g.timeline("Arland", "Borduria")], ["u1", "c1", "d1"])
        self.assertEqual([s.id for s in self.g.unanswered("Borduria", within="P1D")], ["u1"])
        self.assertEqual([s.id for s in self.g.search("toll")], ["u1"])
        self.assertEqual(next(self.g.denials()).denials, 1)
        self.assertEqual([s.id for s in self.g.show("u1")], ["u1"])
        self.assertEqual(next(self.g.status()).statements, 3)
        self.assertEqual(next(self.g.jobs()).job, "first")
        self.assertEqual(len(list(self.g.new(since=0))), 3)
        self.assertEqual(list(self.g.contradictions(None)), [])
        self.assertTrue(list(self.g.schema()) and list(self.g.actor("Arland")))
        self.assertEqual(len(list(self.g.export("statements"))), 3)
        with self.assertRaises(gainsay.UsageError):
            self.g.chain()
        with self.assertRaises(TypeError):
            self.g.chain(1)

    def test_options(self):
        one = self.g.using(limit=1)
        self.assertEqual(len(list(one.search("lock"))), 1)
        self.assertEqual(len(list(self.g.using(as_of="2020-01-01").search("lock"))), 0)
        self.assertEqual(len(list(self.g.using(as_of=datetime.date(2200, 1, 1)).search("lock"))), 2)
        self.assertEqual(len(list(self.g.using(as_of=1).search("lock"))), 2)
        with self.assertRaises(gainsay.LimitError):
            list(one.using(max_rows=1).query("MATCH (n) RETURN n"))
        with self.assertRaises(gainsay.LimitError):
            list(self.g.using(timeout=0.05).query(LONG))
        with self.assertRaises(TypeError):
            self.g.using(none=1)
        with self.assertRaises(ValueError):
            self.g.using(timeout=0)
        with self.assertRaises(gainsay.QueryError):
            self.g.using(strict=True).query("MATCH (n:Clam) RETURN n")
        with one:  # which closes nothing
            pass
        self.assertEqual(len(list(self.g.search("lock"))), 2)

    def test_warnings(self):
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            rows = self.g.query("MATCH (n:Clam) RETURN n")
        self.assertEqual([w.category for w in told], [gainsay.QueryWarning])
        self.assertIn("Claim", str(rows.warnings[0]))
        self.assertEqual(rows.warnings[0].column, 10)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with self.assertRaises(gainsay.QueryWarning):
                self.g.query("MATCH (n:Clam) RETURN n")


class Reentrance(Case):
    """What is closed by the very objects that are handed over."""

    def evil(self, close):
        class Evil(dict):
            def items(self):
                close()
                return [("a", 1)]

        return Evil(a=1)

    def test_a_parameter_that_closes_the_store(self):
        with self.assertRaises(gainsay.UsageError):
            self.g.query("RETURN $x AS x", x=self.evil(self.g.close))

    def test_a_parameter_that_closes_the_rows(self):
        rows = self.g.query("RETURN $x AS x", x=1)
        with self.assertRaises(gainsay.UsageError):
            rows.bind(x=self.evil(rows.close))

    def test_a_warning_that_closes_the_store(self):
        def close(*_, **__):
            self.g.close()

        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.showwarning = close
            with self.assertRaises(gainsay.UsageError):
                self.g.query("MATCH (n:Clam) RETURN n")


class Errors(Case):
    def test_a_place_in_the_text(self):
        with self.assertRaises(gainsay.QueryError) as caught:
            self.g.query("MATCH (n)\nRETURN m")
        error = caught.exception
        self.assertEqual((error.code, error.line, error.column, error.length), ("query", 2, 8, 1))
        self.assertEqual((error.type, error.detail), ("SyntaxError", "UndefinedVariable"))
        self.assertIn("line 2, column 8", str(error))
        self.assertIsInstance(error, gainsay.Error)

    def test_while_rows_are_read(self):
        rows = self.g.query("UNWIND [1, 0] AS n RETURN 1 / n AS x")
        self.assertEqual(next(rows).x, 1)
        with self.assertRaises(gainsay.RowError):
            next(rows)

    def test_no_store(self):
        with self.assertRaises(gainsay.NoStoreError):
            gainsay.open(self.folder / "none")
        with self.assertRaises(TypeError):
            gainsay.open(3)

    def test_another_writer(self):
        with gainsay.ingest(self.store):
            with self.assertRaises(gainsay.LockedError):
                gainsay.ingest(self.store)


class Jobs(Case):
    def test_a_summary(self):
        with gainsay.ingest(self.store) as job:
            job.add(RECORDS[0])
            job.add({"kind": "denial", "speaker": "Borduria", "text": "no", "answers": ["u1"]})
        self.assertEqual((job.summary["known"], job.summary["added"]), (1, 1))
        self.assertEqual(job.close(), job.summary)
        with self.assertRaises(gainsay.UsageError):
            job.add(RECORDS[0])

    def test_a_bad_record_costs_itself_alone(self):
        with gainsay.ingest(self.store) as job:
            self.assertFalse(job.add({"kind": "shout", "text": "x"}))
            job.add({**RECORDS[0], "text": "another"})  # one of the two stands
            self.assertTrue(job.add({"kind": "claim", "text": "good", "colour": "red"}))
        self.assertEqual((job.summary["rejected"], job.summary["conflicts"]), (1, 1))
        self.assertEqual(job.reports[0].code, "input")
        self.assertTrue(any("id c1: another telling" in str(e) for e in job.reports))
        self.assertTrue(any("colour" in str(e) for e in job.reports))

    def test_files(self):
        article = self.folder / "article.txt"
        article.write_text("Published: 2024-05-02\n\nArland said Borduria had sunk a barge.\n")
        with gainsay.ingest(self.store, publisher="Lock Post") as job:
            self.assertTrue(job.file(article))
            with self.assertRaises(gainsay.Error):
                job.file(self.folder / "none.txt")
        self.assertEqual(job.summary["documents"], 1)

    def test_taken_back_on_an_exception(self):
        with self.assertRaises(KeyError):
            with gainsay.ingest(self.store, job="bad") as job:
                job.add({"kind": "claim", "id": "x", "text": "brought too early"})
                raise KeyError("mine")
        self.assertEqual(list(self.g.search("brought")), [])
        self.assertEqual(next(self.g.status()).statements, 3)

    def test_a_forgotten_job_is_taken_back(self):
        job = gainsay.ingest(self.store)
        job.add({"kind": "claim", "text": "left behind"})
        del job
        gc.collect()
        self.assertEqual(list(self.g.search("left")), [])

    def test_dry(self):
        with gainsay.ingest(self.folder / "dry", dry_run=True) as job:
            job.add(RECORDS[0])
        self.assertEqual(job.summary["added"], 1)
        self.assertFalse((self.folder / "dry").exists())


class Threads(Case):
    def test_others_work_meanwhile(self):
        seen = []
        thread = threading.Thread(target=lambda: seen.append(
            len(list(self.g.query("MATCH (s:Statement) RETURN s")))))
        rows = self.g.using(timeout=0.5).query(LONG)
        thread.start()
        with self.assertRaises(gainsay.LimitError):
            next(rows)
        thread.join()
        self.assertEqual(seen, [3])

    def test_many_readers_and_a_writer(self):
        counts, errors = [], []

        def read():
            try:
                for _ in range(20):
                    counts.append(next(self.g.query("MATCH (s:Statement) RETURN count(s) AS n")).n)
            except Exception as error:
                errors.append(error)

        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        with gainsay.ingest(self.store) as job:
            for i in range(50):
                job.add({"kind": "claim", "text": f"claim {i}"})
        for thread in threads:
            thread.join()
        self.assertEqual(errors, [])
        self.assertLessEqual(set(counts), {3, 53})

    def test_rows_stay_with_one_thread(self):
        rows = self.g.query(LONG)
        caught = []

        def read():
            try:
                next(rows)
            except gainsay.Error as error:
                caught.append(error)

        thread = threading.Thread(target=read)
        thread.start()
        time.sleep(0.2)
        with self.assertRaises(gainsay.UsageError):
            next(rows)
        with self.assertRaises(gainsay.UsageError):
            self.g.close()
        for _ in range(100):  # until it has begun
            rows.interrupt()
            thread.join(0.05)
            if not thread.is_alive():
                break
        self.assertEqual([type(error) for error in caught], [gainsay.InterruptedError])

    def test_ctrl_c(self):
        program = (f"import gainsay\ng = gainsay.open({str(self.store)!r})\n"
                   f"rows = g.query({LONG!r})\nprint('begun', flush=True)\n"
                   "try:\n    next(rows)\nexcept KeyboardInterrupt:\n    print('ended')\n")
        child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        self.assertEqual(child.stdout.readline(), b"begun\n")
        time.sleep(0.2)
        child.send_signal(signal.SIGINT)
        self.assertEqual(child.communicate(timeout=20)[0], b"ended\n")

    def test_the_handler_is_python_s_again(self):
        rows = self.g.query("RETURN 1 AS n")
        rows.close()
        with self.assertRaises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)


if __name__ == "__main__":
    unittest.main()
