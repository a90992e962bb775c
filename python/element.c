/* Nodes, relationships and paths. A node or relationship is equal to another of the same
 * number; its properties are also found as items. */
#include "python/module.h"

typedef struct element {
    PyObject_HEAD unsigned long long number, start, end;
    PyObject *labels; /* a tuple; of a relationship its type */
    PyObject *properties;
} element;

typedef struct path {
    PyObject_HEAD PyObject *nodes, *edges; /* tuples */
} path;

static PyObject *make_element(gs_py *py, PyObject *type, const gainsay_value *value)
{
    element *e = gs_py_make(type);

    if (e == NULL)
        return NULL;
    e->number = gainsay_number(value);
    e->properties = gs_py_value(py, gainsay_properties(value));
    if (e->properties == NULL)
        Py_CLEAR(e);
    return (PyObject *)e;
}

PyObject *gs_py_node(gs_py *py, const gainsay_value *value)
{
    element *e = (element *)make_element(py, py->node_type, value);
    PyObject *labels = e == NULL ? NULL : gs_py_value(py, gainsay_labels(value));

    if (labels != NULL)
        e->labels = PyList_AsTuple(labels);
    Py_XDECREF(labels);
    if (e != NULL && e->labels == NULL)
        Py_CLEAR(e);
    return (PyObject *)e;
}

PyObject *gs_py_edge(gs_py *py, const gainsay_value *value)
{
    element *e = (element *)make_element(py, py->edge_type, value);

    if (e == NULL)
        return NULL;
    e->start = gainsay_start(value);
    e->end = gainsay_end(value);
    e->labels = gs_py_value(py, gainsay_item(gainsay_labels(value), 0));
    if (e->labels == NULL)
        Py_CLEAR(e);
    return (PyObject *)e;
}

static void element_free(PyObject *self)
{
    element *e = (element *)self;

    PyObject_GC_UnTrack(self);
    Py_XDECREF(e->labels);
    Py_XDECREF(e->properties);
    gs_py_free(self);
}

static int element_visit(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((element *)self)->properties);
    Py_VISIT(Py_TYPE(self));
    return 0;
}

static PyObject *node_repr(PyObject *self)
{
    element *e = (element *)self;

    return PyUnicode_FromFormat("<Node %llu %R %R>", e->number, e->labels, e->properties);
}

static PyObject *edge_repr(PyObject *self)
{
    element *e = (element *)self;

    return PyUnicode_FromFormat("<Relationship %llu %U %llu->%llu %R>", e->number,
                                e->labels, e->start, e->end, e->properties);
}

static PyObject *element_compare(PyObject *self, PyObject *other, int how)
{
    bool same = Py_TYPE(self) == Py_TYPE(other) &&
                ((element *)self)->number == ((element *)other)->number;

    if (how == Py_EQ || how == Py_NE)
        return PyBool_FromLong(same == (how == Py_EQ));
    Py_INCREF(Py_NotImplemented);
    return Py_NotImplemented;
}

static Py_hash_t element_hash(PyObject *self)
{
    return (Py_hash_t)(((element *)self)->number >> 1);
}

static PyObject *element_item(PyObject *self, PyObject *key)
{
    return PyObject_GetItem(((element *)self)->properties, key);
}

static PyObject *element_get(PyObject *self, PyObject *args)
{
    PyObject *get = PyObject_GetAttrString(((element *)self)->properties, "get"), *found;

    if (get == NULL)
        return NULL;
    found = PyObject_CallObject(get, args);
    Py_DECREF(get);
    return found;
}

static PyMethodDef element_methods[] = {
    {"get", element_get, METH_VARARGS, "A property, or the second argument, or None."},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef node_members[] = {
    {"number", T_ULONGLONG, offsetof(element, number), READONLY,
     "its number in the store"},
    {"labels", T_OBJECT_EX, offsetof(element, labels), READONLY, "a tuple"},
    {"properties", T_OBJECT_EX, offsetof(element, properties), READONLY, "a dict"},
    {NULL, 0, 0, 0, NULL},
};

static PyMemberDef edge_members[] = {
    {"number", T_ULONGLONG, offsetof(element, number), READONLY,
     "its number in the store"},
    {"type", T_OBJECT_EX, offsetof(element, labels), READONLY, "as of DENIES"},
    {"start", T_ULONGLONG, offsetof(element, start), READONLY, "the node it comes from"},
    {"end", T_ULONGLONG, offsetof(element, end), READONLY, "the node it goes to"},
    {"properties", T_OBJECT_EX, offsetof(element, properties), READONLY, "a dict"},
    {NULL, 0, 0, 0, NULL},
};

#define ELEMENT_SLOTS(DOC, REPR, MEMBERS)                                                \
    {                                                                                    \
        {Py_tp_doc, DOC}, {Py_tp_new, gs_py_no_new}, {Py_tp_dealloc, element_free},      \
            {Py_tp_traverse, element_visit}, {Py_tp_repr, REPR},                         \
            {Py_tp_richcompare, element_compare}, {Py_tp_hash, element_hash},            \
            {Py_mp_subscript, element_item}, {Py_tp_methods, element_methods},           \
            {Py_tp_members, MEMBERS}, {0, NULL},                                         \
    }

static PyType_Slot node_slots[] =
    ELEMENT_SLOTS("A node; node[\"name\"] is a property.", node_repr, node_members);
static PyType_Slot edge_slots[] =
    ELEMENT_SLOTS("A relationship between two nodes.", edge_repr, edge_members);

enum { FLAGS = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC };

PyType_Spec gs_py_node_spec = {"gainsay.Node", sizeof(element), 0, FLAGS, node_slots};
PyType_Spec gs_py_edge_spec = {"gainsay.Relationship", sizeof(element), 0, FLAGS,
                               edge_slots};

/* Of the items of a path every other one, from `first` on. */
static PyObject *every_other(gs_py *py, const gainsay_value *value, size_t first)
{
    size_t count = gainsay_count(value), taken = (count + 1 - first) / 2;
    PyObject *out = PyTuple_New((Py_ssize_t)taken);

    for (size_t i = 0; out != NULL && i < taken; i++) {
        PyObject *item = gs_py_value(py, gainsay_item(value, first + 2 * i));

        if (item == NULL || PyTuple_SetItem(out, (Py_ssize_t)i, item) != 0)
            Py_CLEAR(out);
    }
    return out;
}

PyObject *gs_py_path(gs_py *py, const gainsay_value *value)
{
    path *p = gs_py_make(py->path_type);

    if (p == NULL)
        return NULL;
    p->nodes = every_other(py, value, 0);
    p->edges = every_other(py, value, 1);
    if (p->nodes == NULL || p->edges == NULL)
        Py_CLEAR(p);
    return (PyObject *)p;
}

static void path_free(PyObject *self)
{
    path *p = (path *)self;

    PyObject_GC_UnTrack(self);
    Py_XDECREF(p->nodes);
    Py_XDECREF(p->edges);
    gs_py_free(self);
}

static int path_visit(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((path *)self)->nodes);
    Py_VISIT(((path *)self)->edges);
    Py_VISIT(Py_TYPE(self));
    return 0;
}

static PyObject *path_repr(PyObject *self)
{
    return PyUnicode_FromFormat("<Path %R %R>", ((path *)self)->nodes,
                                ((path *)self)->edges);
}

static Py_ssize_t path_size(PyObject *self)
{
    return PyTuple_Size(((path *)self)->edges);
}

static PyObject *path_compare(PyObject *self, PyObject *other, int how)
{
    path *p = (path *)self, *q = (path *)other;
    int same = Py_TYPE(self) == Py_TYPE(other);

    if (how != Py_EQ && how != Py_NE) {
        Py_INCREF(Py_NotImplemented);
        return Py_NotImplemented;
    }
    if (same)
        same = PyObject_RichCompareBool(p->nodes, q->nodes, Py_EQ);
    if (same > 0)
        same = PyObject_RichCompareBool(p->edges, q->edges, Py_EQ);
    return same < 0 ? NULL : PyBool_FromLong(same == (how == Py_EQ));
}

static Py_hash_t path_hash(PyObject *self)
{
    Py_hash_t nodes = PyObject_Hash(((path *)self)->nodes);
    Py_hash_t edges = PyObject_Hash(((path *)self)->edges);

    return nodes == -1 || edges == -1 ? -1 : (nodes ^ edges) >> 1;
}

static PyMemberDef path_members[] = {
    {"nodes", T_OBJECT_EX, offsetof(path, nodes), READONLY, "a tuple"},
    {"relationships", T_OBJECT_EX, offsetof(path, edges), READONLY, "a tuple"},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot path_slots[] = {
    {Py_tp_doc, "A way through the graph; len() is its relationships."},
    {Py_tp_new, gs_py_no_new},
    {Py_tp_dealloc, path_free},
    {Py_tp_traverse, path_visit},
    {Py_tp_repr, path_repr},
    {Py_tp_richcompare, path_compare},
    {Py_tp_hash, path_hash},
    {Py_sq_length, path_size},
    {Py_tp_members, path_members},
    {0, NULL},
};

PyType_Spec gs_py_path_spec = {"gainsay.Path", sizeof(path), 0, FLAGS, path_slots};
