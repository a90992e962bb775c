/* Rows as a notebook shows them: a table of the first ones, which are kept and given
 * again. */
#include "python/module.h"

enum { ROWS_SHOWN = 100 };

static int read_ahead(gs_py_rows *rows)
{
    PyObject *list = PyList_New(0), *row = NULL;
    int status = list == NULL ? -1 : 0;

    while (status == 0 && PyList_Size(list) < ROWS_SHOWN &&
           (row = gs_py_rows_next((PyObject *)rows)) != NULL) {
        status = PyList_Append(list, row);
        Py_DECREF(row);
    }
    if (list == NULL)
        return -1;
    Py_XDECREF(rows->ahead); /* what was read stays, also where an error came behind it */
    rows->ahead = list;
    rows->shown = 0;
    return status != 0 || PyErr_Occurred() != NULL ? -1 : 0;
}

/* Appends "<td>...</td>"; None is an empty cell. */
static int append_cell(PyObject *parts, PyObject *escape, const char *tag, PyObject *cell)
{
    PyObject *text = cell == Py_None ? PyUnicode_FromString("") : PyObject_Str(cell);
    PyObject *safe =
        text == NULL ? NULL : PyObject_CallFunctionObjArgs(escape, text, NULL);
    PyObject *whole =
        safe == NULL ? NULL : PyUnicode_FromFormat("<%s>%U</%s>", tag, safe, tag);
    int status = whole == NULL ? -1 : PyList_Append(parts, whole);

    Py_XDECREF(text);
    Py_XDECREF(safe);
    Py_XDECREF(whole);
    return status;
}

static int append_text(PyObject *parts, const char *text)
{
    PyObject *part = PyUnicode_FromString(text);
    int status = part == NULL ? -1 : PyList_Append(parts, part);

    Py_XDECREF(part);
    return status;
}

static int append_row(PyObject *parts, PyObject *escape, const char *tag, PyObject *row)
{
    Py_ssize_t count = PySequence_Size(row);
    int status = append_text(parts, "<tr>");

    for (Py_ssize_t i = 0; status == 0 && i < count; i++) {
        PyObject *cell = PySequence_GetItem(row, i);

        status = cell == NULL ? -1 : append_cell(parts, escape, tag, cell);
        Py_XDECREF(cell);
    }
    return status != 0 ? -1 : append_text(parts, "</tr>\n");
}

static int append_all(PyObject *parts, PyObject *escape, gs_py_rows *rows)
{
    Py_ssize_t count = PyList_Size(rows->ahead);
    int status = append_text(parts, "<table>\n");

    if (status == 0)
        status = append_row(parts, escape, "th", rows->columns.names);
    for (Py_ssize_t i = 0; status == 0 && i < count; i++)
        status = append_row(parts, escape, "td", PyList_GetItem(rows->ahead, i));
    if (status == 0)
        status = append_text(parts, "</table>");
    if (status == 0 && count == ROWS_SHOWN)
        status = append_text(parts, "<p>The first 100 rows.</p>");
    return status;
}

PyObject *gs_py_html(PyObject *self, PyObject *nothing)
{
    gs_py_rows *rows = (gs_py_rows *)self;
    PyObject *html = PyImport_ImportModule("html"), *parts = PyList_New(0);
    PyObject *escape = html == NULL ? NULL : PyObject_GetAttrString(html, "escape");
    PyObject *empty = PyUnicode_FromString(""), *text = NULL;

    (void)nothing;
    if (escape != NULL && parts != NULL && empty != NULL && read_ahead(rows) == 0 &&
        append_all(parts, escape, rows) == 0)
        text = PyUnicode_Join(empty, parts);
    Py_XDECREF(html);
    Py_XDECREF(parts);
    Py_XDECREF(escape);
    Py_XDECREF(empty);
    return text;
}
