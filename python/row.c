/* A row: a sequence of its cells, which are also found by the column's name, and by what
 * stands behind its last dot where that is one column's alone: row.date is `d.date`. */
#include "python/module.h"

typedef struct row {
    PyObject_HEAD PyObject *names, *index, *cells;
} row;

/* What follows the last dot of a column's name; NULL where nothing does. */
static PyObject *short_name(PyObject *name)
{
    Py_ssize_t size = PyUnicode_GetLength(name);
    Py_ssize_t dot = PyUnicode_FindChar(name, '.', 0, size, -1);

    return dot < 0 || dot + 1 == size ? NULL : PyUnicode_Substring(name, dot + 1, size);
}

/* A second column of that short name takes the first one's away (None), as it is not
 * clear which is meant. */
static int add_short(PyObject *index, PyObject *names, Py_ssize_t place)
{
    PyObject *name = short_name(PyTuple_GetItem(names, place)), *number;
    int status = 0;

    if (name == NULL)
        return PyErr_Occurred() != NULL ? -1 : 0;
    number = PyLong_FromSsize_t(place);
    if (number == NULL)
        status = -1;
    else if (PyDict_Contains(index, name) == 0)
        status = PyDict_SetItem(index, name, number);
    else if (PySequence_Contains(names, name) == 0)
        status = PyDict_SetItem(index, name, Py_None);
    Py_DECREF(name);
    Py_XDECREF(number);
    return status;
}

static int add_name(PyObject *index, PyObject *names, Py_ssize_t place)
{
    PyObject *number = PyLong_FromSsize_t(place);
    int status = number == NULL
                     ? -1
                     : PyDict_SetItem(index, PyTuple_GetItem(names, place), number);

    Py_XDECREF(number);
    return status;
}

int gs_py_columns_read(gs_py_columns *out, const gainsay_rows *rows)
{
    Py_ssize_t count = (Py_ssize_t)gainsay_columns(rows);
    int status = 0;

    out->names = PyTuple_New(count);
    out->index = PyDict_New();
    if (out->names == NULL || out->index == NULL)
        return -1;
    for (Py_ssize_t i = 0; status == 0 && i < count; i++) {
        PyObject *name = PyUnicode_FromString(gainsay_column(rows, (size_t)i));

        status = name == NULL ? -1 : PyTuple_SetItem(out->names, i, name);
    }
    for (Py_ssize_t i = count; status == 0 && i-- > 0;) /* of equal ones the first */
        status = add_name(out->index, out->names, i);
    for (Py_ssize_t i = 0; status == 0 && i < count; i++)
        status = add_short(out->index, out->names, i);
    return status;
}

PyObject *gs_py_row(gs_py *py, const gs_py_columns *columns, PyObject *cells)
{
    row *r = gs_py_make(py->row_type);

    if (r == NULL) {
        Py_DECREF(cells);
        return NULL;
    }
    Py_INCREF(columns->names);
    Py_INCREF(columns->index);
    r->names = columns->names;
    r->index = columns->index;
    r->cells = cells;
    return (PyObject *)r;
}

static void row_free(PyObject *self)
{
    row *r = (row *)self;

    PyObject_GC_UnTrack(self);
    Py_XDECREF(r->names);
    Py_XDECREF(r->index);
    Py_XDECREF(r->cells);
    gs_py_free(self);
}

static int row_visit(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((row *)self)->cells);
    Py_VISIT(Py_TYPE(self));
    return 0;
}

/* The cell of a name, borrowed; NULL, without an exception, where there is none. */
static PyObject *find(row *r, PyObject *name)
{
    PyObject *place = PyDict_GetItemWithError(r->index, name);

    if (place == NULL || place == Py_None)
        return NULL;
    return PyTuple_GetItem(r->cells, PyLong_AsSsize_t(place));
}

static PyObject *row_attribute(PyObject *self, PyObject *name)
{
    PyObject *cell = find((row *)self, name);

    if (cell == NULL)
        return PyErr_Occurred() != NULL ? NULL : PyObject_GenericGetAttr(self, name);
    Py_INCREF(cell);
    return cell;
}

static PyObject *row_item(PyObject *self, PyObject *key)
{
    row *r = (row *)self;
    PyObject *cell;

    if (!PyUnicode_Check(key))
        return PyObject_GetItem(r->cells, key);
    cell = find(r, key);
    if (cell == NULL && PyErr_Occurred() == NULL)
        PyErr_SetObject(PyExc_KeyError, key);
    Py_XINCREF(cell);
    return cell;
}

/* `i` is not negative: Python adds the length. */
static PyObject *row_at(PyObject *self, Py_ssize_t i)
{
    PyObject *cell = PyTuple_GetItem(((row *)self)->cells, i);

    Py_XINCREF(cell);
    return cell;
}

static Py_ssize_t row_size(PyObject *self)
{
    return PyTuple_Size(((row *)self)->cells);
}

static PyObject *row_iterate(PyObject *self)
{
    return PyObject_GetIter(((row *)self)->cells);
}

static PyObject *row_compare(PyObject *self, PyObject *other, int how)
{
    if (Py_TYPE(other) == Py_TYPE(self))
        other = ((row *)other)->cells;
    return PyObject_RichCompare(((row *)self)->cells, other, how);
}

static Py_hash_t row_hash(PyObject *self)
{
    return PyObject_Hash(((row *)self)->cells);
}

static PyObject *row_keys(PyObject *self, PyObject *nothing)
{
    (void)nothing;
    Py_INCREF(((row *)self)->names);
    return ((row *)self)->names;
}

static PyObject *row_dict(PyObject *self, PyObject *nothing)
{
    row *r = (row *)self;
    PyObject *out = PyDict_New();

    (void)nothing;
    for (Py_ssize_t i = 0; out != NULL && i < PyTuple_Size(r->names); i++)
        if (PyDict_SetItem(out, PyTuple_GetItem(r->names, i),
                           PyTuple_GetItem(r->cells, i)) != 0)
            Py_CLEAR(out);
    return out;
}

static PyObject *row_repr(PyObject *self)
{
    PyObject *dict = row_dict(self, NULL), *text;

    if (dict == NULL)
        return NULL;
    text = PyUnicode_FromFormat("<Row %R>", dict);
    Py_DECREF(dict);
    return text;
}

static PyMethodDef methods[] = {
    {"keys", row_keys, METH_NOARGS, "The names of the columns, so that dict(row) works."},
    {"_asdict", row_dict, METH_NOARGS, "A dict of name to cell."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "A row; row[0], row[\"d.date\"] and row.date are its cells."},
    {Py_tp_new, gs_py_no_new},
    {Py_tp_dealloc, row_free},
    {Py_tp_traverse, row_visit},
    {Py_tp_getattro, row_attribute},
    {Py_mp_subscript, row_item},
    {Py_sq_item, row_at},
    {Py_sq_length, row_size},
    {Py_tp_iter, row_iterate},
    {Py_tp_richcompare, row_compare},
    {Py_tp_hash, row_hash},
    {Py_tp_repr, row_repr},
    {Py_tp_methods, methods},
    {0, NULL},
};

PyType_Spec gs_py_row_spec = {"gainsay.Row", sizeof(row), 0,
                              Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, slots};
