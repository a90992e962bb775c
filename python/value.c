/* Values of the library as Python's own, and back as JSON. */
#include "python/module.h"

static PyObject *list_of(gs_py *py, const gainsay_value *list)
{
    Py_ssize_t count = (Py_ssize_t)gainsay_count(list);
    PyObject *out = PyList_New(count);

    for (Py_ssize_t i = 0; out != NULL && i < count; i++) {
        PyObject *item = gs_py_value(py, gainsay_item(list, (size_t)i));

        if (item == NULL || PyList_SetItem(out, i, item) != 0)
            Py_CLEAR(out);
    }
    return out;
}

static PyObject *map_of(gs_py *py, const gainsay_value *map)
{
    size_t count = gainsay_count(map);
    PyObject *out = PyDict_New();

    for (size_t i = 0; out != NULL && i < count; i++) {
        size_t size;
        const char *key = gainsay_key(map, i, &size);
        PyObject *name = PyUnicode_DecodeUTF8(key, (Py_ssize_t)size, "replace");
        PyObject *value = gs_py_value(py, gainsay_item(map, i));

        if (name == NULL || value == NULL || PyDict_SetItem(out, name, value) != 0)
            Py_CLEAR(out);
        Py_XDECREF(name);
        Py_XDECREF(value);
    }
    return out;
}

static PyObject *text_of(const gainsay_value *value)
{
    size_t size;
    const char *text = gainsay_as_text(value, &size);

    return PyUnicode_DecodeUTF8(text, (Py_ssize_t)size, "replace");
}

PyObject *gs_py_value(gs_py *py, const gainsay_value *value)
{
    switch (gainsay_type_of(value)) {
    case GAINSAY_NULL:
        return Py_BuildValue("");
    case GAINSAY_BOOLEAN:
        return PyBool_FromLong(gainsay_as_boolean(value));
    case GAINSAY_INTEGER:
        return PyLong_FromLongLong(gainsay_as_integer(value));
    case GAINSAY_FLOAT:
        return PyFloat_FromDouble(gainsay_as_float(value));
    case GAINSAY_STRING:
        return text_of(value);
    case GAINSAY_DATE:
        return gs_py_date(py, value);
    case GAINSAY_LIST:
        return list_of(py, value);
    case GAINSAY_MAP:
        return map_of(py, value);
    case GAINSAY_NODE:
        return gs_py_node(py, value);
    case GAINSAY_EDGE:
        return gs_py_edge(py, value);
    case GAINSAY_PATH:
        return gs_py_path(py, value);
    }
    return PyErr_Format(PyExc_SystemError, "gainsay: a value of no type");
}

PyObject *gs_py_plain(PyObject *module, PyObject *value)
{
    gs_py *py = PyModule_GetState(module);
    PyObject *type = (PyObject *)Py_TYPE(value);

    if (PyObject_IsInstance(value, py->python_date) == 1)
        return PyObject_CallMethod(value, "isoformat", NULL);
    if (type == py->date_type)
        return PyObject_Str(value);
    return PyErr_Format(PyExc_TypeError, "gainsay has no value for %R", type);
}

PyObject *gs_py_json(gs_py *py, PyObject *dict)
{
    PyObject *keywords =
        Py_BuildValue("{s:O,s:O}", "default", py->plain, "allow_nan", Py_False);
    PyObject *arguments = PyTuple_Pack(1, dict), *text = NULL, *bytes = NULL;

    if (keywords != NULL && arguments != NULL)
        text = PyObject_Call(py->dumps, arguments, keywords);
    if (text != NULL)
        bytes = PyUnicode_AsUTF8String(text);
    Py_XDECREF(keywords);
    Py_XDECREF(arguments);
    Py_XDECREF(text);
    return bytes;
}
