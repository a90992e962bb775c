/* A run of a job: records and files in, committed at the end of its `with`, taken back
 * where that ends with an exception. */
#include "python/module.h"

#include <string.h>

typedef struct job {
    PyObject_HEAD gs_py *py;
    PyObject *module;
    gainsay_job *job;  /* NULL: ended */
    PyObject *path;    /* of the store, as bytes */
    PyObject *reports; /* a list of errors: what was set aside, or is worth a word */
    PyObject *summary; /* a dict, once the run has ended */
    volatile int stop, *interrupt; /* `stop` is its own */
    Py_ssize_t refused;            /* reports that are more than a word */
    bool busy;
} job;

/* The library's, on whichever thread it works: no GIL is held. */
static void report(void *context, const char *file, const gainsay_error *err)
{
    job *j = context;
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *error = gs_py_error(j->py, err);
    PyObject *path = file == NULL ? Py_BuildValue("") : PyUnicode_DecodeFSDefault(file);

    j->refused += err->code != GAINSAY_OK;
    if (error == NULL || path == NULL ||
        PyObject_SetAttrString(error, "file", path) != 0 ||
        PyList_Append(j->reports, error) != 0)
        PyErr_Clear(); /* no memory to tell it; the counts do */
    Py_XDECREF(error);
    Py_XDECREF(path);
    PyGILState_Release(state);
}

static PyObject *make_job(gs_py *py, PyObject *module, PyObject *path)
{
    job *j = gs_py_make(py->job_type);

    if (j == NULL)
        return NULL;
    Py_INCREF(module);
    Py_INCREF(path);
    j->module = module;
    j->py = py;
    j->path = path;
    j->interrupt = gs_py_is_main_thread() ? gs_py_signals_watch() : &j->stop;
    j->reports = PyList_New(0);
    if (j->reports == NULL)
        Py_CLEAR(j);
    return (PyObject *)j;
}

static PyObject *open_job(gs_py *py, PyObject *module, PyObject *path, gainsay_feed *feed)
{
    job *j = (job *)make_job(py, module, path);
    gainsay_error err;
    gainsay_code rc;

    if (j == NULL)
        return NULL;
    feed->report = report;
    feed->context = j;
    feed->interrupt = j->interrupt;
    Py_BEGIN_ALLOW_THREADS rc =
        gainsay_job_open(&j->job, PyBytes_AsString(path), feed, &err);
    Py_END_ALLOW_THREADS if (rc == GAINSAY_OK) return (PyObject *)j;
    Py_DECREF(j);
    return gs_py_raise(py, &err);
}

PyObject *gs_py_ingest(PyObject *module, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"",          "job",     "format", "published",
                            "publisher", "url",     "title",  "language",
                            "no_text",   "dry_run", "wait",   NULL};
    gainsay_feed feed = {0};
    PyObject *path, *made;
    int no_text = 0, dry_run = 0;
    double wait = 0;

    if (!PyArg_ParseTupleAndKeywords(
            args, keywords, "O&|$zzzzzzzppd:ingest", names, PyUnicode_FSConverter, &path,
            &feed.job, &feed.format, &feed.published, &feed.publisher, &feed.url,
            &feed.title, &feed.language, &no_text, &dry_run, &wait))
        return NULL;
    feed.no_text = no_text;
    feed.dry_run = dry_run;
    feed.wait_ms = !(wait > 0) ? 0 : wait < 4e6 ? (uint32_t)(wait * 1000) : UINT32_MAX;
    made = open_job(PyModule_GetState(module), module, path, &feed);
    Py_DECREF(path);
    return made;
}

static int begin(job *j)
{
    if (j->job == NULL || j->busy) {
        gs_py_refuse(j->py, j->busy ? "job: another thread is feeding it"
                                    : "job: its run has ended; begin another");
        return -1;
    }
    j->busy = true;
    *j->interrupt = 0;
    return 0;
}

/* What a record or a file came to: whether all of it was taken. */
static PyObject *finish(job *j, gainsay_code rc, Py_ssize_t refused,
                        const gainsay_error *err)
{
    j->busy = false;
    if (rc != GAINSAY_OK)
        return gs_py_raise(j->py, err);
    return PyBool_FromLong(j->refused == refused);
}

static PyObject *add(PyObject *self, PyObject *record)
{
    job *j = (job *)self;
    PyObject *json = gs_py_json(j->py, record);
    Py_ssize_t refused = j->refused;
    gainsay_error err;
    gainsay_code rc;

    if (json == NULL || begin(j) != 0) {
        Py_XDECREF(json);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS rc = gainsay_job_record(j->job, PyBytes_AsString(json),
                                                   (size_t)PyBytes_Size(json), &err);
    Py_END_ALLOW_THREADS Py_DECREF(json);
    return finish(j, rc, refused, &err);
}

static PyObject *add_file(PyObject *self, PyObject *given)
{
    job *j = (job *)self;
    Py_ssize_t refused = j->refused;
    PyObject *path;
    gainsay_error err;
    gainsay_code rc;

    if (!PyUnicode_FSConverter(given, &path))
        return NULL;
    if (begin(j) != 0) {
        Py_DECREF(path);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS rc = gainsay_job_file(j->job, PyBytes_AsString(path), &err);
    Py_END_ALLOW_THREADS Py_DECREF(path);
    return finish(j, rc, refused, &err);
}

static PyObject *read_summary(const gainsay_summary *s)
{
#define COUNT(NAME) #NAME, (unsigned long long)s->NAME
    return Py_BuildValue("{sKsKsKsKsKsKsKsKsKsKsKsKss}", COUNT(run), COUNT(files),
                         COUNT(documents), COUNT(added), COUNT(known), COUNT(revised),
                         COUNT(skipped), COUNT(rejected), COUNT(conflicts), COUNT(linked),
                         COUNT(open), COUNT(commit), "commit_hash", s->commit_hash);
#undef COUNT
}

static PyObject *close_job(PyObject *self, PyObject *nothing)
{
    job *j = (job *)self;
    gainsay_summary summary;
    gainsay_error err;
    gainsay_code rc;
    gainsay_job *ended;

    (void)nothing;
    if (j->job == NULL)
        return Py_BuildValue("O", j->summary == NULL ? Py_None : j->summary);
    if (begin(j) != 0)
        return NULL;
    ended = j->job;
    j->job = NULL;
    Py_BEGIN_ALLOW_THREADS rc = gainsay_job_close(ended, &summary, &err);
    Py_END_ALLOW_THREADS j->busy = false;
    if (rc != GAINSAY_OK)
        return gs_py_raise(j->py, &err);
    j->summary = read_summary(&summary);
    return j->summary == NULL ? NULL : Py_BuildValue("O", j->summary);
}

/* What of it was committed already is hidden again. */
static int take_back(job *j)
{
    gainsay_job *ended = j->job;
    gainsay_undoing undoing = {.run = gainsay_job_run(ended)};
    gainsay_error err;
    gainsay_code rc = GAINSAY_OK;

    j->job = NULL;
    Py_BEGIN_ALLOW_THREADS gainsay_job_abort(ended);
    if (undoing.run > 0)
        rc = gainsay_undo(PyBytes_AsString(j->path), &undoing, NULL, &err);
    Py_END_ALLOW_THREADS if (rc != GAINSAY_OK) gs_py_raise(j->py, &err);
    return rc == GAINSAY_OK ? 0 : -1;
}

static PyObject *abort_job(PyObject *self, PyObject *nothing)
{
    job *j = (job *)self;
    int status;

    (void)nothing;
    if (j->job == NULL)
        return Py_BuildValue("");
    if (begin(j) != 0)
        return NULL;
    status = take_back(j);
    j->busy = false;
    return status == 0 ? Py_BuildValue("") : NULL;
}

static PyObject *enter(PyObject *self, PyObject *nothing)
{
    (void)nothing;
    Py_INCREF(self);
    return self;
}

static PyObject *leave(PyObject *self, PyObject *args)
{
    bool failed = PyTuple_Size(args) > 0 && PyTuple_GetItem(args, 0) != Py_None;
    PyObject *done = failed ? abort_job(self, NULL) : close_job(self, NULL);

    if (done == NULL)
        return NULL;
    Py_DECREF(done);
    return PyBool_FromLong(0); /* the exception goes on */
}

static void job_free(PyObject *self)
{
    job *j = (job *)self;

    PyObject *type, *value, *trace;

    PyErr_Fetch(&type, &value, &trace); /* one that is pending goes on */
    if (j->job != NULL && take_back(j) != 0)
        PyErr_WriteUnraisable(self);
    PyErr_Restore(type, value, trace);
    if (j->interrupt != NULL && j->interrupt != &j->stop)
        gs_py_signals_leave();
    Py_XDECREF(j->path);
    Py_XDECREF(j->reports);
    Py_XDECREF(j->summary);
    Py_XDECREF(j->module);
    gs_py_free(self);
}

static PyMethodDef methods[] = {
    {"add", add, METH_O, "Takes a record, a dict; False where it was set aside."},
    {"file", add_file, METH_O,
     "Takes a file or a folder; False where part was set aside."},
    {"close", close_job, METH_NOARGS, "Commits what is left; gives the summary, a dict."},
    {"abort", abort_job, METH_NOARGS, "Takes back what it brought."},
    {"__enter__", enter, METH_NOARGS, NULL},
    {"__exit__", leave, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef members[] = {
    {"reports", T_OBJECT, offsetof(job, reports), READONLY,
     "What was set aside, or is worth a word: a list of errors."},
    {"summary", T_OBJECT, offsetof(job, summary), READONLY,
     "The counts, a dict, once it is closed."},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "A run of a job, in which records and files are brought."},
    {Py_tp_new, gs_py_no_new},
    {Py_tp_dealloc, job_free},
    {Py_tp_methods, methods},
    {Py_tp_members, members},
    {0, NULL},
};

PyType_Spec gs_py_job_spec = {"gainsay.Job", sizeof(job), 0, Py_TPFLAGS_DEFAULT, slots};
