#include "python/module.h"

#include <stdarg.h>

typedef struct code_row {
    const char *name, *class, *doc;
} code_row;

static const code_row codes[GS_PY_CODES] = {
    [GAINSAY_OK] = {"ok", "gainsay.Error", "What goes wrong in gainsay."},
    [GAINSAY_FAILED] = {"failed", NULL, NULL},
    [GAINSAY_USAGE] = {"usage", "gainsay.UsageError", "Asked wrongly."},
    [GAINSAY_QUERY] = {"query", "gainsay.QueryError",
                       "A query refused before its first row."},
    [GAINSAY_RUNTIME] = {"runtime", "gainsay.RowError", "A query that failed on a row."},
    [GAINSAY_INPUT] = {"input", "gainsay.InputError", "A bad record or document."},
    [GAINSAY_CONFLICT] = {"conflict", "gainsay.ConflictError",
                          "An id that is known with another content."},
    [GAINSAY_FORMAT] = {"format", "gainsay.FormatError", "No format that we know."},
    [GAINSAY_LIMIT] = {"limit", "gainsay.LimitError", "A limit was hit."},
    [GAINSAY_DAMAGED] = {"damaged", "gainsay.DamagedError",
                         "The store contradicts itself."},
    [GAINSAY_NO_STORE] = {"no store", "gainsay.NoStoreError", "No store there."},
    [GAINSAY_LOCKED] = {"locked", "gainsay.LockedError", "Another writer has the store."},
    [GAINSAY_STORAGE] = {"storage", "gainsay.StorageError",
                         "The file system or LMDB failed."},
    [GAINSAY_MEMORY] = {"memory", "gainsay.OutOfMemoryError", "No memory left."},
    [GAINSAY_INTERRUPTED] = {"interrupted", "gainsay.InterruptedError",
                             "Interrupted by `interrupt`."},
};

static int add_class(gs_py *py, PyObject *module, size_t code)
{
    const code_row *row = &codes[code];
    PyObject *base = code == GAINSAY_OK ? NULL : py->errors[GAINSAY_OK], *bases = base;

    if (row->class == NULL) {
        Py_INCREF(base);
        py->errors[code] = base;
        return 0;
    }
    if (code == GAINSAY_MEMORY &&
        (bases = PyTuple_Pack(2, base, PyExc_MemoryError)) == NULL)
        return -1;
    py->errors[code] = PyErr_NewExceptionWithDoc(row->class, row->doc, bases, NULL);
    if (bases != base)
        Py_DECREF(bases);
    if (py->errors[code] == NULL)
        return -1;
    return gs_py_add(module, row->class + sizeof "gainsay", py->errors[code]);
}

int gs_py_add_errors(gs_py *py, PyObject *module)
{
    for (size_t code = 0; code < GS_PY_CODES; code++)
        if (codes[code].name != NULL && add_class(py, module, code) != 0)
            return -1;
    py->warning = PyErr_NewExceptionWithDoc(
        "gainsay.QueryWarning", "A label, type or property that the store has not.",
        PyExc_UserWarning, NULL);
    if (py->warning == NULL)
        return -1;
    return gs_py_add(module, "QueryWarning", py->warning);
}

static int put(PyObject *error, const char *name, PyObject *value)
{
    int status = value == NULL ? -1 : PyObject_SetAttrString(error, name, value);

    Py_XDECREF(value);
    return status;
}

/* A text, or None. */
static PyObject *text_of(const char *text)
{
    return Py_BuildValue("z", text);
}

static PyObject *place_of(uint32_t place)
{
    return place > 0 ? PyLong_FromUnsignedLong(place) : Py_BuildValue("");
}

static int put_all(PyObject *error, const gainsay_error *err)
{
    if (put(error, "code", text_of(codes[err->code].name)) != 0 ||
        put(error, "line", place_of(err->line)) != 0 ||
        put(error, "column", place_of(err->column)) != 0 ||
        put(error, "length", place_of(err->length)) != 0 ||
        put(error, "type", text_of(err->type)) != 0 ||
        put(error, "phase", text_of(err->phase)) != 0)
        return -1;
    return put(error, "detail", text_of(err->detail));
}

PyObject *gs_py_error(gs_py *py, const gainsay_error *err)
{
    PyObject *text, *error = NULL;

    if (err->line > 0 && err->column > 0)
        text = PyUnicode_FromFormat("line %u, column %u: %s", (unsigned)err->line,
                                    (unsigned)err->column, err->text);
    else if (err->line > 0)
        text = PyUnicode_FromFormat("line %u: %s", (unsigned)err->line, err->text);
    else
        text = PyUnicode_FromFormat("%s", err->text);
    if (text != NULL)
        error = PyObject_CallFunctionObjArgs(py->errors[err->code], text, NULL);
    Py_XDECREF(text);
    if (error != NULL && put_all(error, err) != 0) {
        Py_DECREF(error);
        return NULL;
    }
    return error;
}

PyObject *gs_py_raise(gs_py *py, const gainsay_error *err)
{
    PyObject *error;

    if (err->code == GAINSAY_INTERRUPTED && PyErr_CheckSignals() != 0)
        return NULL;
    error = gs_py_error(py, err);
    if (error != NULL)
        PyErr_SetObject(py->errors[err->code], error);
    Py_XDECREF(error);
    return NULL;
}

PyObject *gs_py_refuse(gs_py *py, const char *format, ...)
{
    gainsay_error err = {.code = GAINSAY_USAGE};
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(err.text, sizeof err.text, format, arguments);
    va_end(arguments);
    return gs_py_raise(py, &err);
}
