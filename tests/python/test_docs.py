"""What docs/ shows is what happens: every example of python.md, and denials.py."""

import doctest
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"


class Docs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)
        shutil.copy(DOCS / "sample/canal.jsonl", "canal.jsonl")

    def test_examples(self):
        failed, tried = doctest.testfile(str(DOCS / "python.md"), module_relative=False)
        self.assertEqual(failed, 0)
        self.assertGreater(tried, 10)

    def test_script(self):
        import gainsay

        with gainsay.ingest("store") as job:
            job.file("canal.jsonl")
        told = subprocess.run([sys.executable, str(DOCS / "denials.py"), "store"],
                              capture_output=True, text=True)
        self.assertEqual(told.stderr, "")
        self.assertIn("2024-03-04  Borduria denies Arland: we never touched the lock", told.stdout)
        self.assertIn("Borduria against Arland, the median after 3 days", told.stdout)
        self.assertIn("unanswered since 2024-02-10: the toll was doubled", told.stdout)


if __name__ == "__main__":
    unittest.main()
