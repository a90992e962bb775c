#include "python/module.h"

int gs_py_add(PyObject *module, const char *name, PyObject *object)
{
    Py_INCREF(object);
    if (PyModule_AddObject(module, name, object) == 0)
        return 0;
    Py_DECREF(object);
    return -1;
}

void *gs_py_make(PyObject *type)
{
    allocfunc alloc = (allocfunc)PyType_GetSlot((PyTypeObject *)type, Py_tp_alloc);

    return alloc((PyTypeObject *)type, 0);
}

void gs_py_free(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);

    ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

PyObject *gs_py_no_new(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    (void)args, (void)keywords;
    return PyErr_Format(PyExc_TypeError, "%R: only gainsay makes it", type);
}

typedef struct type_row {
    const char *name;
    PyType_Spec *spec;
    size_t place; /* in gs_py */
} type_row;

static const type_row types[] = {
    {"Store", &gs_py_store_spec, offsetof(gs_py, store_type)},
    {"Rows", &gs_py_rows_spec, offsetof(gs_py, rows_type)},
    {"Row", &gs_py_row_spec, offsetof(gs_py, row_type)},
    {"Date", &gs_py_date_spec, offsetof(gs_py, date_type)},
    {"Node", &gs_py_node_spec, offsetof(gs_py, node_type)},
    {"Relationship", &gs_py_edge_spec, offsetof(gs_py, edge_type)},
    {"Path", &gs_py_path_spec, offsetof(gs_py, path_type)},
    {"Job", &gs_py_job_spec, offsetof(gs_py, job_type)},
};

static int add_types(gs_py *py, PyObject *module)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        PyObject *type = PyType_FromSpec(types[i].spec);

        *(PyObject **)((char *)py + types[i].place) = type;
        if (type == NULL || gs_py_add(module, types[i].name, type) != 0)
            return -1;
    }
    return 0;
}

/* A name of another module, or NULL. */
static PyObject *borrow(const char *module, const char *name)
{
    PyObject *from = PyImport_ImportModule(module);
    PyObject *found = from == NULL ? NULL : PyObject_GetAttrString(from, name);

    Py_XDECREF(from);
    return found;
}

static int fill(PyObject *module)
{
    gs_py *py = PyModule_GetState(module);

    py->python_date = borrow("datetime", "date");
    py->dumps = borrow("json", "dumps");
    py->plain = PyObject_GetAttrString(module, "_plain");
    if (py->python_date == NULL || py->dumps == NULL || py->plain == NULL)
        return -1;
    if (gs_py_add_errors(py, module) != 0 || add_types(py, module) != 0)
        return -1;
    return PyModule_AddStringConstant(module, "__version__", gainsay_version());
}

static int traverse(PyObject *module, visitproc visit, void *arg)
{
    gs_py *py = PyModule_GetState(module);

    if (py == NULL)
        return 0;
    for (size_t i = 0; i < GS_PY_CODES; i++)
        Py_VISIT(py->errors[i]);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        Py_VISIT(*(PyObject **)((char *)py + types[i].place));
    Py_VISIT(py->plain);
    return 0;
}

static int clear(PyObject *module)
{
    gs_py *py = PyModule_GetState(module);

    if (py == NULL)
        return 0;
    for (size_t i = 0; i < GS_PY_CODES; i++)
        Py_CLEAR(py->errors[i]);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        Py_CLEAR(*(PyObject **)((char *)py + types[i].place));
    for (size_t i = 0; i < GS_PY_DAYS; i++) {
        Py_CLEAR(py->days[i]);
        py->day_keys[i] = 0;
    }
    Py_CLEAR(py->warning);
    Py_CLEAR(py->python_date);
    Py_CLEAR(py->dumps);
    Py_CLEAR(py->plain);
    return 0;
}

static void end(void *module)
{
    clear(module);
}

static PyMethodDef functions[] = {
    {"open", gs_py_open, METH_VARARGS, "Opens a store for reading."},
    {"ingest", (PyCFunction)(void (*)(void))gs_py_ingest, METH_VARARGS | METH_KEYWORDS,
     "Begins a run of a job; makes the store where there is none."},
    {"_plain", gs_py_plain, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {{Py_mod_exec, fill}, {0, NULL}};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gainsay",
    .m_doc = "An embedded knowledge graph of claims and denials.",
    .m_size = sizeof(gs_py),
    .m_methods = functions,
    .m_slots = slots,
    .m_traverse = traverse,
    .m_clear = clear,
    .m_free = end,
};

PyMODINIT_FUNC PyInit_gainsay(void);
PyMODINIT_FUNC PyInit_gainsay(void)
{
    return PyModuleDef_Init(&definition);
}
