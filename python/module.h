/* The Python module: a store's questions as iterators of rows, a job as a context manager.
 * It stands on the public header alone, and on the stable ABI of CPython 3.9.
 *
 * Ownership  functions that give a PyObject give a new reference, NULL with an exception.
 * Threads    each needs the GIL, but for what the library does meanwhile: opening, asking,
 *            a row, a file are read without it.
 */
#ifndef GS_PYTHON_MODULE_H
#define GS_PYTHON_MODULE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
/* the order matters to Python's headers */
#include <structmember.h>

#include "include/gainsay/gainsay.h"

/* Python's slots hold functions as pointers to void. */
#pragma GCC diagnostic ignored "-Wpedantic"

enum {
    GS_PY_CODES = GAINSAY_INTERRUPTED + 1,
    GS_PY_DAYS = 512, /* days that are remembered as Python's dates; a power of two */
};

/* What a module object holds. Whoever keeps a pointer to it keeps the module alive. */
typedef struct gs_py {
    PyObject *errors[GS_PY_CODES]; /* a class for each code; [0] is the base of all */
    PyObject *warning;
    PyObject *store_type, *rows_type, *row_type, *date_type, *node_type, *edge_type,
        *path_type, *job_type;
    PyObject *python_date;   /* datetime.date */
    PyObject *dumps, *plain; /* json.dumps, and what it does with dates */
    PyObject *days[GS_PY_DAYS];
    uint32_t day_keys[GS_PY_DAYS]; /* year, month, day in nibbles; 0: empty */
} gs_py;

/* error.c */
int gs_py_add_errors(gs_py *py, PyObject *module);
/* The exception that an error is, not raised. */
PyObject *gs_py_error(gs_py *py, const gainsay_error *err);
/* Raises it; always NULL. After an interrupt by the user it is KeyboardInterrupt. */
PyObject *gs_py_raise(gs_py *py, const gainsay_error *err);
PyObject *gs_py_refuse(gs_py *py, const char *format, ...);

/* value.c */
PyObject *gs_py_value(gs_py *py, const gainsay_value *value);
/* A dictionary as the JSON that the library takes, as bytes. */
PyObject *gs_py_json(gs_py *py, PyObject *dict);
/* For json.dumps: a date as text, anything else is refused. */
PyObject *gs_py_plain(PyObject *module, PyObject *value);

/* element.c, date.c, row.c, rows.c, store.c, job.c */
extern PyType_Spec gs_py_node_spec, gs_py_edge_spec, gs_py_path_spec, gs_py_date_spec,
    gs_py_row_spec, gs_py_rows_spec, gs_py_store_spec, gs_py_job_spec;

PyObject *gs_py_node(gs_py *py, const gainsay_value *node);
PyObject *gs_py_edge(gs_py *py, const gainsay_value *edge);
PyObject *gs_py_path(gs_py *py, const gainsay_value *path);
PyObject *gs_py_date(gs_py *py, const gainsay_value *date);

/* What the rows of one answer share. */
typedef struct gs_py_columns {
    PyObject *names; /* a tuple */
    PyObject *index; /* a dict: a name, and what follows its last dot, to its place */
} gs_py_columns;
int gs_py_columns_read(gs_py_columns *out, const gainsay_rows *rows);
/* `cells` is a tuple, taken over also on failure. */
PyObject *gs_py_row(gs_py *py, const gs_py_columns *columns, PyObject *cells);

/* A store that is open, and what is open of it. */
typedef struct gs_py_store {
    PyObject_HEAD gs_py *py;
    PyObject *module;
    gainsay_store *store;      /* NULL: closed, or another's */
    struct gs_py_store *root;  /* of `using`: whose store it is; else NULL */
    gainsay_options options;   /* whose texts lie in `held` */
    PyObject *held;            /* a list, or NULL */
    struct gs_py_rows *opened; /* a list through `next` */
    Py_ssize_t busy;           /* calls that are at work without the GIL */
} gs_py_store;

PyObject *gs_py_open(PyObject *module, PyObject *args);

typedef struct gs_py_rows {
    PyObject_HEAD gs_py *py;
    gs_py_store *store; /* the root */
    struct gs_py_rows *next, *previous;
    gainsay_rows *rows; /* NULL: closed */
    gs_py_columns columns;
    PyObject *ahead;  /* a list of rows that were read to be shown; or NULL */
    Py_ssize_t shown; /* how many of them are given */
    volatile int stop, *interrupt; /* `stop` is its own */
    PyObject *text;                /* that the query is read from, as bytes; or NULL */
    unsigned long thread;          /* the main one, where `interrupt` is its own */
    bool busy, ended;
} gs_py_rows;

/* Asks: a query where `question` is NULL. */
PyObject *gs_py_ask(gs_py_store *store, const char *question, PyObject *words,
                    PyObject *parameters);
/* The next row's cells as a tuple, or NULL, without an exception at the end. */
PyObject *gs_py_rows_cells(gs_py_rows *rows);
PyObject *gs_py_rows_next(PyObject *self);
/* Before the library reads from them without the GIL; afterwards `busy` is cleared. -1
 * where they are closed or another thread reads. */
int gs_py_rows_begin(gs_py_rows *rows);
int gs_py_rows_close(gs_py_rows *rows); /* -1 while another thread reads */

/* stream.c: the rows that are left as a capsule "arrow_array_stream". */
PyObject *gs_py_arrow(PyObject *rows, PyObject *args, PyObject *keywords);
/* html.c: a table of the first rows, which are still there to be read. */
PyObject *gs_py_html(PyObject *rows, PyObject *nothing);

PyObject *gs_py_ingest(PyObject *module, PyObject *args, PyObject *keywords);

/* signals.c: what a long answer looks at, so that Ctrl-C ends it. */
bool gs_py_is_main_thread(void);
volatile int *gs_py_signals_watch(void);
void gs_py_signals_leave(void);

/* module.c: puts an object under a name into the module, which takes a reference. */
int gs_py_add(PyObject *module, const char *name, PyObject *object);
/* An object of one of our types, all zeroes; and the end of one. */
void *gs_py_make(PyObject *type);
void gs_py_free(PyObject *self);
/* tp_new of types that only the module makes: refuses. */
PyObject *gs_py_no_new(PyTypeObject *type, PyObject *args, PyObject *keywords);

#endif
