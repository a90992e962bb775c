/* A store that is open, and the questions it answers. */
#include "python/module.h"

#include <math.h>
#include <string.h>

static gs_py_store *root_of(gs_py_store *store)
{
    return store->root != NULL ? store->root : store;
}

static gs_py_store *make_store(gs_py *py, PyObject *module)
{
    gs_py_store *store = gs_py_make(py->store_type);

    if (store == NULL)
        return NULL;
    Py_INCREF(module);
    store->module = module;
    store->py = py;
    return store;
}

PyObject *gs_py_open(PyObject *module, PyObject *args)
{
    gs_py *py = PyModule_GetState(module);
    PyObject *path;
    gs_py_store *store;
    gainsay_error err;
    gainsay_code rc;

    if (!PyArg_ParseTuple(args, "O&:open", PyUnicode_FSConverter, &path))
        return NULL;
    store = make_store(py, module);
    if (store == NULL) {
        Py_DECREF(path);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS rc = gainsay_open(&store->store, PyBytes_AsString(path), &err);
    Py_END_ALLOW_THREADS Py_DECREF(path);
    if (rc == GAINSAY_OK)
        return (PyObject *)store;
    Py_DECREF(store);
    return gs_py_raise(py, &err);
}

static int close_store(gs_py_store *store)
{
    if (store->store == NULL)
        return 0;
    if (store->busy > 0) {
        gs_py_refuse(store->py, "store: another thread is asking it");
        return -1;
    }
    while (store->opened != NULL)
        if (gs_py_rows_close(store->opened) != 0)
            return -1;
    gainsay_close(store->store);
    store->store = NULL;
    return 0;
}

static void store_free(PyObject *self)
{
    gs_py_store *store = (gs_py_store *)self;

    if (close_store(store) != 0)
        PyErr_WriteUnraisable(self);
    Py_XDECREF((PyObject *)store->root);
    Py_XDECREF(store->held);
    Py_XDECREF(store->module);
    gs_py_free(self);
}

/* Where `self` is of `using`, its store stays open. */
static PyObject *store_close(PyObject *self, PyObject *args)
{
    (void)args;
    return close_store((gs_py_store *)self) != 0 ? NULL : Py_BuildValue("");
}

static PyObject *enter(PyObject *self, PyObject *nothing)
{
    (void)nothing;
    Py_INCREF(self);
    return self;
}

/* Options. */

typedef enum kind { TEXT, FLAG, NUMBER, SECONDS } kind;

typedef struct option_row {
    const char *name;
    kind kind;
    size_t place;
} option_row;

#define OPTION(NAME, KIND)                                                               \
    {                                                                                    \
#NAME, KIND, offsetof(gainsay_options, NAME)                                     \
    }
static const option_row options[] = {
    OPTION(as_of, TEXT),
    OPTION(since, TEXT),
    OPTION(gone, FLAG),
    OPTION(strict, FLAG),
    OPTION(stated_only, FLAG),
    OPTION(unmerged, FLAG),
    OPTION(limit, NUMBER),
    OPTION(max_rows, NUMBER),
    OPTION(max_memory, NUMBER),
    {"timeout", SECONDS, offsetof(gainsay_options, timeout_ms)},
};

static const option_row *find_option(PyObject *name)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (PyUnicode_CompareWithASCIIString(name, options[i].name) == 0)
            return &options[i];
    return NULL;
}

/* A commit's number or a date, as text. */
static int set_text(gs_py_store *store, const char **out, PyObject *value)
{
    PyObject *text = PyObject_Str(value);
    PyObject *bytes = text == NULL ? NULL : PyUnicode_AsUTF8String(text);
    int status = bytes == NULL ? -1 : PyList_Append(store->held, bytes);

    if (status == 0)
        *out = PyBytes_AsString(bytes);
    Py_XDECREF(text);
    Py_XDECREF(bytes);
    return status;
}

static int set_number(uint64_t *out, PyObject *value, bool seconds)
{
    if (seconds) {
        double given = PyFloat_AsDouble(value);

        if (given == -1 && PyErr_Occurred() != NULL)
            return -1;
        if (!(given > 0 && given < 1e9)) {
            PyErr_SetString(PyExc_ValueError, "timeout: seconds above 0 are wanted");
            return -1;
        }
        *out = (uint64_t)ceil(given * 1000);
        return 0;
    }
    *out = PyLong_AsUnsignedLongLong(value);
    return PyErr_Occurred() != NULL ? -1 : 0;
}

static int set_option(gs_py_store *store, PyObject *name, PyObject *value)
{
    const option_row *row = find_option(name);
    char *place;
    int truth;

    if (row == NULL) {
        PyErr_Format(PyExc_TypeError, "using: there is no option %R", name);
        return -1;
    }
    place = (char *)&store->options + row->place;
    switch (row->kind) {
    case TEXT:
        return set_text(store, (const char **)place, value);
    case FLAG:
        truth = PyObject_IsTrue(value);
        *(bool *)place = truth > 0;
        return truth < 0 ? -1 : 0;
    default:
        return set_number((uint64_t *)place, value, row->kind == SECONDS);
    }
}

static PyObject *using(PyObject *self, PyObject *args, PyObject *keywords)
{
    gs_py_store *from = (gs_py_store *)self, *store;
    PyObject *name, *value;
    Py_ssize_t at = 0;

    if (PyTuple_Size(args) > 0)
        return gs_py_refuse(from->py, "using: options are given by name");
    store = make_store(from->py, from->module);
    if (store == NULL)
        return NULL;
    store->root = root_of(from);
    Py_INCREF(store->root);
    store->options = from->options;
    store->held = PyList_New(0);
    if (store->held == NULL ||
        (from->held != NULL && PyList_Append(store->held, from->held) != 0))
        Py_CLEAR(store);
    while (store != NULL && keywords != NULL && PyDict_Next(keywords, &at, &name, &value))
        if (set_option(store, name, value) != 0)
            Py_CLEAR(store);
    return (PyObject *)store;
}

/* Asking. */

static gs_py_rows *make_rows(gs_py_store *root)
{
    gs_py_rows *rows = gs_py_make(root->py->rows_type);

    if (rows == NULL)
        return NULL;
    rows->py = root->py;
    Py_INCREF(root);
    rows->store = root;
    rows->interrupt = &rows->stop;
    if (gs_py_is_main_thread()) {
        rows->interrupt = gs_py_signals_watch();
        rows->thread = PyThread_get_thread_ident();
    }
    return rows;
}

/* Into the list of what is open, now that it is. */
static void link_rows(gs_py_rows *rows, gainsay_rows *opened)
{
    gs_py_store *store = rows->store;

    rows->rows = opened;
    rows->next = store->opened;
    if (store->opened != NULL)
        store->opened->previous = rows;
    store->opened = rows;
}

/* Words as texts: None is left out, so that a word may be missing. */
static PyObject *read_words(PyObject *words)
{
    PyObject *list = PyList_New(0);

    for (Py_ssize_t i = 0; list != NULL && i < PyTuple_Size(words); i++) {
        PyObject *word = PyTuple_GetItem(words, i), *bytes;

        if (word == Py_None)
            continue;
        if (!PyUnicode_Check(word)) {
            PyErr_Format(PyExc_TypeError, "a word is a str, not %R", word);
            Py_CLEAR(list);
            break;
        }
        bytes = PyUnicode_AsUTF8String(word);
        if (bytes == NULL || PyList_Append(list, bytes) != 0)
            Py_CLEAR(list);
        Py_XDECREF(bytes);
    }
    return list;
}

typedef struct asked {
    const char *question;
    PyObject *text, *words, *json; /* bytes, a list of bytes, bytes or NULL */
} asked;

static gainsay_code put_question(gainsay_rows **out, gainsay_store *store, const asked *a,
                                 const char **words, const gainsay_options *settings,
                                 gainsay_error *err)
{
    gainsay_code rc;
    size_t count = (size_t)PyList_Size(a->words);
    const char *text = a->question == NULL ? PyBytes_AsString(a->text) : NULL;
    size_t size = text == NULL ? 0 : (size_t)PyBytes_Size(a->text);

    Py_BEGIN_ALLOW_THREADS rc =
        text != NULL ? gainsay_query(out, store, text, size, settings, err)
                     : gainsay_ask(out, store, a->question, words, count, settings, err);
    Py_END_ALLOW_THREADS return rc;
}

static int warn(gs_py_rows *rows)
{
    size_t count = gainsay_warnings(rows->rows);

    for (size_t i = 0; i < count; i++)
        if (PyErr_WarnEx(rows->py->warning, gainsay_warning(rows->rows, i)->text, 1) != 0)
            return -1;
    return 0;
}

static PyObject *open_rows(gs_py_store *store, const asked *a, const char **words)
{
    gs_py_store *root = root_of(store);
    gs_py_rows *rows = make_rows(root);
    gainsay_options settings = store->options;
    gainsay_rows *opened;
    gainsay_error err;
    gainsay_code rc;

    if (rows == NULL)
        return NULL;
    if (root->store == NULL) { /* looked at last: what came before may run Python */
        if (rows->interrupt != &rows->stop)
            gs_py_signals_leave();
        Py_DECREF(rows);
        return gs_py_refuse(root->py, "store: it is closed; open it again");
    }
    settings.parameters = a->json == NULL ? NULL : PyBytes_AsString(a->json);
    settings.interrupt = rows->interrupt;
    *rows->interrupt = 0;
    root->busy++;
    rc = put_question(&opened, root->store, a, words, &settings, &err);
    if (rc != GAINSAY_OK) {
        root->busy--;
        if (rows->interrupt != &rows->stop)
            gs_py_signals_leave();
        Py_DECREF(rows);
        return gs_py_raise(root->py, &err);
    }
    link_rows(rows, opened);
    Py_XINCREF(a->text);
    rows->text = a->text;
    if (gs_py_columns_read(&rows->columns, opened) != 0 || warn(rows) != 0)
        Py_CLEAR(rows);
    root->busy--;
    return (PyObject *)rows;
}

static PyObject *ask(gs_py_store *store, const asked *a)
{
    Py_ssize_t count = PyList_Size(a->words);
    const char **words = PyMem_Calloc((size_t)count + 1, sizeof *words);
    PyObject *rows;

    if (words == NULL)
        return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < count; i++)
        words[i] = PyBytes_AsString(PyList_GetItem(a->words, i));
    rows = open_rows(store, a, words);
    PyMem_Free(words);
    return rows;
}

PyObject *gs_py_ask(gs_py_store *store, const char *question, PyObject *words,
                    PyObject *parameters)
{
    asked a = {.question = question, .words = read_words(words)};
    PyObject *rows = NULL;

    if (a.words != NULL && question == NULL) {
        a.text = PyList_GetItem(a.words, 0);
        Py_INCREF(a.text);
    }
    if (a.words != NULL && parameters != NULL && PyDict_Size(parameters) > 0)
        a.json = gs_py_json(store->py, parameters);
    if (a.words != NULL && PyErr_Occurred() == NULL)
        rows = ask(store, &a);
    Py_XDECREF(a.text);
    Py_XDECREF(a.words);
    Py_XDECREF(a.json);
    return rows;
}

static PyObject *query(PyObject *self, PyObject *args, PyObject *keywords)
{
    PyObject *text, *given = NULL, *parameters, *words, *rows = NULL;

    if (!PyArg_ParseTuple(args, "U|O!:query", &text, &PyDict_Type, &given))
        return NULL;
    parameters = given == NULL ? PyDict_New() : PyDict_Copy(given);
    words = PyTuple_Pack(1, text);
    if (parameters != NULL && words != NULL &&
        (keywords == NULL || PyDict_Update(parameters, keywords) == 0))
        rows = gs_py_ask((gs_py_store *)self, NULL, words, parameters);
    Py_XDECREF(parameters);
    Py_XDECREF(words);
    return rows;
}

#define QUESTION(NAME)                                                                   \
    static PyObject *NAME(PyObject *self, PyObject *args, PyObject *keywords)            \
    {                                                                                    \
        return gs_py_ask((gs_py_store *)self, #NAME, args, keywords);                    \
    }
QUESTION(chain)
QUESTION(timeline)
QUESTION(unanswered)
QUESTION(contradictions)
QUESTION(denials)
QUESTION(show)
QUESTION(actor)
QUESTION(search)
QUESTION(new)
QUESTION(export)
QUESTION(status)
QUESTION(jobs)
QUESTION(schema)

#define ASKS(NAME, DOC)                                                                  \
    {                                                                                    \
#NAME, (PyCFunction)(void (*)(void))NAME, METH_VARARGS | METH_KEYWORDS, DOC      \
    }
static PyMethodDef methods[] = {
    ASKS(query, "Asks in the query language: text, parameters by name or as a dict."),
    ASKS(chain, "The whole exchange that an id or words belong to."),
    ASKS(timeline, "All about one actor, or between two, by date."),
    ASKS(unanswered, "Accusations without an answer; within=\"P30D\"."),
    ASKS(contradictions, "Where one side says now this, now that."),
    ASKS(denials, "Who denies whom, how often, and what came of it."),
    ASKS(show, "One statement, actor or document, whole."),
    ASKS(actor, "One actor."),
    ASKS(search, "Statements that hold all the words."),
    ASKS(new, "What came in; since=12 or a date."),
    ASKS(export, "\"statements\" or \"records\": records that can be ingested again."),
    ASKS(status, "What the store holds."),
    ASKS(jobs, "The runs of ingest."),
    ASKS(schema, "Labels, types and properties, counted."),
    ASKS(using, "The same store with other options: as_of, since, gone, strict, "
                "stated_only, unmerged, limit, max_rows, max_memory, timeout."),
    {"close", store_close, METH_NOARGS, "Closes it, and all rows that are open."},
    {"__enter__", enter, METH_NOARGS, NULL},
    {"__exit__", store_close, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "A store, open for reading; each question sees it as it stands then."},
    {Py_tp_new, gs_py_no_new},
    {Py_tp_dealloc, store_free},
    {Py_tp_methods, methods},
    {0, NULL},
};

PyType_Spec gs_py_store_spec = {"gainsay.Store", sizeof(gs_py_store), 0,
                                Py_TPFLAGS_DEFAULT, slots};
