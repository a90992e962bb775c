"""What rows give to those who speak Arrow: read here with ctypes, as its standard says."""

import ctypes as c
import datetime
import pathlib
import tempfile
import unittest

import gainsay


class Schema(c.Structure):
    pass


Schema._fields_ = [
    ("format", c.c_char_p), ("name", c.c_char_p), ("metadata", c.c_char_p),
    ("flags", c.c_int64), ("n_children", c.c_int64),
    ("children", c.POINTER(c.POINTER(Schema))), ("dictionary", c.c_void_p),
    ("release", c.CFUNCTYPE(None, c.POINTER(Schema))), ("private_data", c.c_void_p)]


class Array(c.Structure):
    pass


Array._fields_ = [
    ("length", c.c_int64), ("null_count", c.c_int64), ("offset", c.c_int64),
    ("n_buffers", c.c_int64), ("n_children", c.c_int64), ("buffers", c.POINTER(c.c_void_p)),
    ("children", c.POINTER(c.POINTER(Array))), ("dictionary", c.c_void_p),
    ("release", c.CFUNCTYPE(None, c.POINTER(Array))), ("private_data", c.c_void_p)]


class Stream(c.Structure):
    pass


Stream._fields_ = [
    ("get_schema", c.CFUNCTYPE(c.c_int, c.POINTER(Stream), c.POINTER(Schema))),
    ("get_next", c.CFUNCTYPE(c.c_int, c.POINTER(Stream), c.POINTER(Array))),
    ("get_last_error", c.CFUNCTYPE(c.c_char_p, c.POINTER(Stream))),
    ("release", c.CFUNCTYPE(None, c.POINTER(Stream))), ("private_data", c.c_void_p)]

pointer_of = c.pythonapi.PyCapsule_GetPointer
pointer_of.restype = c.c_void_p
pointer_of.argtypes = [c.py_object, c.c_char_p]


def bit(bits, i):
    return bits[i // 8] >> i % 8 & 1


def cells(form, array):
    """A column as a list, its nulls counted as the array says."""
    valid = c.cast(array.buffers[0], c.POINTER(c.c_uint8))
    out = []
    for i in range(array.length):
        if not bit(valid, i):
            out.append(None)
        elif form == b"b":
            out.append(bool(bit(c.cast(array.buffers[1], c.POINTER(c.c_uint8)), i)))
        elif form == b"U":
            ends = c.cast(array.buffers[1], c.POINTER(c.c_int64))
            out.append(c.string_at(array.buffers[2] + ends[i], ends[i + 1] - ends[i]).decode())
        else:
            kind = {b"l": c.c_int64, b"g": c.c_double, b"tdD": c.c_int32}[form]
            out.append(c.cast(array.buffers[1], c.POINTER(kind))[i])
    assert out.count(None) == array.null_count
    return out


def read(rows):
    """{name: (format, cells)}, and everything released."""
    capsule = rows.__arrow_c_stream__()
    stream = Stream.from_address(pointer_of(capsule, b"arrow_array_stream"))
    schema, array, last = Schema(), Array(), Array()
    assert stream.get_schema(c.byref(stream), c.byref(schema)) == 0
    assert stream.get_next(c.byref(stream), c.byref(array)) == 0
    assert stream.get_next(c.byref(stream), c.byref(last)) == 0 and not last.release
    assert schema.format == b"+s" and schema.n_children == array.n_children
    stream.release(c.byref(stream))
    assert not stream.release
    out = {}
    for i in range(schema.n_children):
        column, values = schema.children[i].contents, array.children[i].contents
        assert values.length == array.length
        out[column.name.decode()] = (column.format.decode(), cells(column.format, values))
    moved = array.children[0].contents if array.n_children > 1 else None
    if moved is not None:  # a consumer may take a child away, and release it on its own
        kept = Array.from_buffer_copy(moved)
        moved.release = type(moved.release)()
        array.release(c.byref(array))
        kept.release(c.byref(kept))
    else:
        array.release(c.byref(array))
    schema.release(c.byref(schema))
    assert not array.release and not schema.release
    return out


class Arrow(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        store = pathlib.Path(folder.name) / "store"
        with gainsay.ingest(store) as job:
            job.add({"kind": "claim", "id": "a", "speaker": "Arland", "text": "x"})
        self.g = gainsay.open(store)
        self.addCleanup(self.g.close)

    def column(self, values):
        return read(self.g.query(f"UNWIND {values} AS x RETURN x"))["x"]

    def test_kinds(self):
        day = (datetime.date(2024, 3, 4) - datetime.date(1970, 1, 1)).days
        self.assertEqual(self.column("[1, null, -2]"), ("l", [1, None, -2]))
        self.assertEqual(self.column("[1, 0.5]"), ("g", [1.0, 0.5]))
        self.assertEqual(self.column("[true, null, false]"), ("b", [True, None, False]))
        self.assertEqual(self.column("['ä', '', null]"), ("U", ["ä", "", None]))
        self.assertEqual(self.column("[edtf('2024-03-04'), edtf('1969-12-31')]"), ("tdD", [day, -1]))
        self.assertEqual(self.column("[edtf('2024-03-04'), edtf('2024-03~')]"),
                         ("U", ["2024-03-04", "2024-03~"]))
        self.assertEqual(self.column("[1, 'x', true, 0.5, null]"),
                         ("U", ["1", "x", "true", "0.5", None]))
        self.assertEqual(self.column("[null, null]"), ("U", [None, None]))
        self.assertEqual(self.column("[]"), ("U", []))

    def test_what_nests_is_json(self):
        self.assertEqual(self.column(r"[[1, null, 'a\"\\\n'], {k: [0.0, 0.0/0.0]}]"),
                         ("U", [r'[1, null, "a\"\\\u000a"]', '{"k": [0.0, "NaN"]}']))
        table = read(self.g.query("MATCH p = (a:Actor)-[r:MADE]->() RETURN a, r, p"))
        self.assertIn('"labels": ["Actor"], "properties": {', table["a"][1][0])
        self.assertIn('"type": "MADE"', table["r"][1][0])
        self.assertTrue(table["p"][1][0].startswith('[{"node": '))

    def test_many_rows(self):
        table = read(self.g.query("UNWIND range(1, 5000) AS n RETURN n, toString(n) AS t, n % 2 = 0 AS e"))
        self.assertEqual(table["n"][1], list(range(1, 5001)))
        self.assertEqual(table["t"][1][-1], "5000")
        self.assertEqual(table["e"][1].count(True), 2500)

    def test_the_rows_that_are_left(self):
        rows = self.g.query("UNWIND [1, 2, 3] AS n RETURN n")
        next(rows)
        self.assertEqual(read(rows)["n"][1], [2, 3])
        self.assertEqual(read(rows)["n"][1], [])
        rows.close()
        with self.assertRaises(gainsay.UsageError):
            rows.__arrow_c_stream__()

    def test_an_error_among_them(self):
        with self.assertRaises(gainsay.RowError):
            self.g.query("UNWIND [1, 0] AS n RETURN 1 / n AS x").__arrow_c_stream__(None)

    def test_a_capsule_that_nobody_reads(self):
        self.g.query("RETURN 'x' AS x").__arrow_c_stream__(requested_schema=None)


if __name__ == "__main__":
    unittest.main()
