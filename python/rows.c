/* The rows of an answer: an iterator, read as it goes. */
#include "python/module.h"

/* Another thread reads, or it is closed. */
static int refuse_unless_idle(gs_py_rows *rows)
{
    if (rows->rows != NULL && !rows->busy)
        return 0;
    gs_py_refuse(rows->py, rows->busy ? "rows: another thread is reading them"
                                      : "rows: they are closed; ask again");
    return -1;
}

int gs_py_rows_begin(gs_py_rows *rows)
{
    if (refuse_unless_idle(rows) != 0)
        return -1;
    rows->busy = true;
    if (rows->interrupt == &rows->stop || PyThread_get_thread_ident() == rows->thread)
        *rows->interrupt = 0; /* another thread leaves the main one's alone */
    return 0;
}

static PyObject *read_cells(gs_py *py, const gainsay_rows *rows, Py_ssize_t count)
{
    PyObject *cells = PyTuple_New(count);

    for (Py_ssize_t i = 0; cells != NULL && i < count; i++) {
        PyObject *cell = gs_py_value(py, gainsay_cell(rows, (size_t)i));

        if (cell == NULL || PyTuple_SetItem(cells, i, cell) != 0)
            Py_CLEAR(cells);
    }
    return cells;
}

PyObject *gs_py_rows_cells(gs_py_rows *rows)
{
    gainsay_error err;
    gainsay_code rc;
    PyObject *cells = NULL;

    if (refuse_unless_idle(rows) != 0 || rows->ended || gs_py_rows_begin(rows) != 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS rc = gainsay_next(rows->rows, &err);
    Py_END_ALLOW_THREADS if (rc == GAINSAY_OK) cells =
        read_cells(rows->py, rows->rows, PyTuple_Size(rows->columns.names));
    rows->busy = false; /* now its values may go */
    if (rc == GAINSAY_OK)
        return cells;
    rows->ended = true;
    return rc == GAINSAY_END ? NULL : gs_py_raise(rows->py, &err);
}

/* One that was read ahead, or NULL. */
static PyObject *read_ahead(gs_py_rows *rows)
{
    PyObject *row;

    if (rows->ahead == NULL)
        return NULL;
    if (rows->shown < PyList_Size(rows->ahead)) {
        row = PyList_GetItem(rows->ahead, rows->shown++);
        Py_INCREF(row);
        return row;
    }
    Py_CLEAR(rows->ahead);
    return NULL;
}

PyObject *gs_py_rows_next(PyObject *self)
{
    gs_py_rows *rows = (gs_py_rows *)self;
    PyObject *cells = read_ahead(rows);

    if (cells != NULL)
        return cells;
    cells = gs_py_rows_cells(rows);
    return cells == NULL ? NULL : gs_py_row(rows->py, &rows->columns, cells);
}

static void unlink_rows(gs_py_rows *rows)
{
    if (rows->previous != NULL)
        rows->previous->next = rows->next;
    else
        rows->store->opened = rows->next;
    if (rows->next != NULL)
        rows->next->previous = rows->previous;
    rows->next = rows->previous = NULL;
}

int gs_py_rows_close(gs_py_rows *rows)
{
    if (rows->rows == NULL)
        return 0;
    if (refuse_unless_idle(rows) != 0)
        return -1;
    if (rows->interrupt != &rows->stop)
        gs_py_signals_leave();
    gainsay_rows_close(rows->rows);
    rows->rows = NULL;
    rows->ended = true;
    Py_CLEAR(rows->ahead);
    unlink_rows(rows);
    return 0;
}

static void rows_free(PyObject *self)
{
    gs_py_rows *rows = (gs_py_rows *)self;

    if (rows->rows != NULL && gs_py_rows_close(rows) != 0)
        PyErr_WriteUnraisable(self);
    Py_XDECREF(rows->columns.names);
    Py_XDECREF(rows->columns.index);
    Py_XDECREF(rows->text);
    Py_XDECREF((PyObject *)rows->store);
    gs_py_free(self);
}

static PyObject *close_rows(PyObject *self, PyObject *args)
{
    (void)args;
    return gs_py_rows_close((gs_py_rows *)self) != 0 ? NULL : Py_BuildValue("");
}

static PyObject *enter(PyObject *self, PyObject *nothing)
{
    (void)nothing;
    Py_INCREF(self);
    return self;
}

static PyObject *bind(PyObject *self, PyObject *args, PyObject *keywords)
{
    gs_py_rows *rows = (gs_py_rows *)self;
    PyObject *given = keywords == NULL ? PyDict_New() : Py_BuildValue("O", keywords);
    PyObject *json;
    gainsay_error err;
    gainsay_code rc;

    if (given == NULL)
        return NULL;
    if (PyTuple_Size(args) > 0) {
        Py_DECREF(given);
        return gs_py_refuse(rows->py, "bind: parameters are given by name");
    }
    json = gs_py_json(rows->py, given); /* which may close the rows */
    Py_DECREF(given);
    if (json == NULL || refuse_unless_idle(rows) != 0) {
        Py_XDECREF(json);
        return NULL;
    }
    rc = gainsay_bind(rows->rows, PyBytes_AsString(json), &err);
    Py_DECREF(json);
    if (rc != GAINSAY_OK)
        return gs_py_raise(rows->py, &err);
    Py_CLEAR(rows->ahead);
    rows->ended = false;
    Py_INCREF(self);
    return self;
}

static PyObject *interrupt(PyObject *self, PyObject *nothing)
{
    (void)nothing;
    *((gs_py_rows *)self)->interrupt = 1;
    return Py_BuildValue("");
}

static PyObject *get_columns(PyObject *self, void *nothing)
{
    (void)nothing;
    return Py_BuildValue("O", ((gs_py_rows *)self)->columns.names);
}

static PyObject *get_warnings(PyObject *self, void *nothing)
{
    gs_py_rows *rows = (gs_py_rows *)self;
    PyObject *list = PyList_New(0);
    size_t count;

    (void)nothing;
    if (list == NULL || refuse_unless_idle(rows) != 0) {
        Py_XDECREF(list);
        return NULL;
    }
    rows->busy = true;
    count = gainsay_warnings(rows->rows);
    for (size_t i = 0; list != NULL && i < count; i++) {
        PyObject *word = gs_py_error(rows->py, gainsay_warning(rows->rows, i));

        if (word == NULL || PyList_Append(list, word) != 0)
            Py_CLEAR(list);
        Py_XDECREF(word);
    }
    rows->busy = false;
    return list;
}

static PyMethodDef methods[] = {
    {"bind", (PyCFunction)(void (*)(void))bind, METH_VARARGS | METH_KEYWORDS,
     "The same query from its start, with other parameters; gives itself."},
    {"close", close_rows, METH_NOARGS, "Ends reading; what was read stays."},
    {"interrupt", interrupt, METH_NOARGS,
     "From another thread: the row that is being looked for is not."},
    {"__enter__", enter, METH_NOARGS, NULL},
    {"__exit__", close_rows, METH_VARARGS, NULL},
    {"__arrow_c_stream__", (PyCFunction)(void (*)(void))gs_py_arrow,
     METH_VARARGS | METH_KEYWORDS, "For pyarrow.table(rows), polars.from_arrow(rows)."},
    {"_repr_html_", gs_py_html, METH_NOARGS, "The first rows as a table, for notebooks."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef properties[] = {
    {"columns", get_columns, NULL, "The names of the columns, a tuple.", NULL},
    {"warnings", get_warnings, NULL, "What was found worth a word, a list.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyObject *itself(PyObject *self)
{
    Py_INCREF(self);
    return self;
}

static PyType_Slot slots[] = {
    {Py_tp_doc, "The rows of an answer, read as they are iterated over."},
    {Py_tp_new, gs_py_no_new},
    {Py_tp_dealloc, rows_free},
    {Py_tp_iter, itself},
    {Py_tp_iternext, gs_py_rows_next},
    {Py_tp_methods, methods},
    {Py_tp_getset, properties},
    {0, NULL},
};

PyType_Spec gs_py_rows_spec = {"gainsay.Rows", sizeof(gs_py_rows), 0, Py_TPFLAGS_DEFAULT,
                               slots};
