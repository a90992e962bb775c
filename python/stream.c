/* The rows that are left as a stream of one batch, for whoever speaks Arrow. The types of
 * columns are known when all of it is read. */
#include "python/arrow.h"
#include "python/module.h"

#include <errno.h>
#include <stdlib.h>

typedef struct stream {
    gs_table table;
    bool given;
} stream;

static int get_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
    return gs_table_schema(out, &((stream *)self->private_data)->table) ? 0 : ENOMEM;
}

static int get_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
    stream *s = self->private_data;

    if (s->given) {
        *out = (struct ArrowArray){0};
        return 0;
    }
    s->given = true;
    return gs_table_array(out, &s->table) ? 0 : ENOMEM;
}

static const char *get_last_error(struct ArrowArrayStream *self)
{
    (void)self;
    return "no memory left";
}

static void release(struct ArrowArrayStream *self)
{
    stream *s = self->private_data;

    gs_table_free(&s->table);
    free(s);
    self->release = NULL;
}

static const char capsule_name[] = "arrow_array_stream";

static void free_capsule(PyObject *capsule)
{
    struct ArrowArrayStream *made = PyCapsule_GetPointer(capsule, capsule_name);

    if (made == NULL)
        return;
    if (made->release != NULL)
        made->release(made);
    free(made);
}

static gainsay_code read_all(gs_table *table, gainsay_rows *rows, gainsay_error *err)
{
    gainsay_code rc;

    while ((rc = gainsay_next(rows, err)) == GAINSAY_OK)
        if (!gs_table_add(table, rows)) {
            *err = (gainsay_error){.code = GAINSAY_MEMORY, .text = "no memory left"};
            return GAINSAY_MEMORY;
        }
    return rc == GAINSAY_END ? GAINSAY_OK : rc;
}

/* A capsule of what was read into the table, which it takes. */
static PyObject *make_capsule(gs_table *table)
{
    struct ArrowArrayStream *made = calloc(1, sizeof *made);
    stream *s = calloc(1, sizeof *s);
    PyObject *capsule = NULL;

    if (made != NULL && s != NULL) {
        s->table = *table;
        *made =
            (struct ArrowArrayStream){get_schema, get_next, get_last_error, release, s};
        capsule = PyCapsule_New(made, capsule_name, free_capsule);
    } else
        PyErr_NoMemory();
    if (capsule == NULL) {
        gs_table_free(table);
        free(s);
        free(made);
    }
    return capsule;
}

PyObject *gs_py_arrow(PyObject *self, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"requested_schema", NULL};
    gs_py_rows *rows = (gs_py_rows *)self;
    PyObject *requested = NULL; /* a wish, which need not be met */
    gs_table table;
    gainsay_error err;
    gainsay_code rc;

    if (!PyArg_ParseTupleAndKeywords(args, keywords, "|O:__arrow_c_stream__", names,
                                     &requested))
        return NULL;
    if (rows->ahead != NULL && rows->shown < PyList_Size(rows->ahead))
        return gs_py_refuse(rows->py,
                            "rows: some of them were read to be shown; ask again, "
                            "for all of them");
    if (gs_py_rows_begin(rows) != 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS rc = GAINSAY_OK;
    if (!gs_table_begin(&table, rows->rows)) {
        err = (gainsay_error){.code = GAINSAY_MEMORY, .text = "no memory left"};
        rc = GAINSAY_MEMORY;
    } else if (!rows->ended)
        rc = read_all(&table, rows->rows, &err);
    Py_END_ALLOW_THREADS rows->busy = false;
    rows->ended = true;
    if (rc == GAINSAY_OK)
        return make_capsule(&table);
    gs_table_free(&table);
    return gs_py_raise(rows->py, &err);
}
