/* A date that is no day: a year, a month, a range, a time, about, until. What is one day,
 * without a mark, is Python's own datetime.date. */
#include "python/module.h"

enum {
    DAY = 86400,
    EPOCH = 719163 /* the ordinal of 1970-01-01 */,
    ORDINAL_MOST = 3652059
};

typedef struct date {
    PyObject_HEAD PyObject *text; /* EDTF */
    PyObject *first, *last;       /* days, or None where it is open */
    int64_t earliest, latest;
} date;

static PyObject *day_of(gs_py *py, unsigned year, unsigned month, unsigned day)
{
    uint32_t key = year << 9 | month << 5 | day;
    size_t slot = (key ^ key >> 9) & (GS_PY_DAYS - 1);

    if (py->day_keys[slot] != key) {
        PyObject *made = PyObject_CallFunction(py->python_date, "III", year, month, day);

        if (made == NULL)
            return NULL;
        Py_XDECREF(py->days[slot]);
        py->days[slot] = made;
        py->day_keys[slot] = key;
    }
    Py_INCREF(py->days[slot]);
    return py->days[slot];
}

static bool read_digits(unsigned *out, const char *text, size_t size)
{
    *out = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned digit = (unsigned)(text[i] - '0');

        if (digit > 9)
            return false;
        *out = *out * 10 + digit;
    }
    return true;
}

/* The day on which a second lies; None past Python's calendar. */
static PyObject *day_at(gs_py *py, int64_t second)
{
    int64_t day = second / DAY - (second % DAY < 0);

    if (second == INT64_MIN || second == INT64_MAX || day + EPOCH < 1)
        return Py_BuildValue("");
    return PyObject_CallMethod(py->python_date, "fromordinal", "L",
                               (long long)(day + EPOCH));
}

PyObject *gs_py_date(gs_py *py, const gainsay_value *value)
{
    size_t size;
    const char *text = gainsay_as_text(value, &size);
    unsigned year, month, day;
    date *d;

    if (size == 10 && text[4] == '-' && text[7] == '-' && read_digits(&year, text, 4) &&
        read_digits(&month, text + 5, 2) && read_digits(&day, text + 8, 2) && year > 0)
        return day_of(py, year, month, day);
    d = gs_py_make(py->date_type);
    if (d == NULL)
        return NULL;
    gainsay_bounds(value, &d->earliest, &d->latest);
    d->text = PyUnicode_DecodeUTF8(text, (Py_ssize_t)size, "replace");
    d->first = day_at(py, d->earliest);
    d->last = day_at(py, d->latest);
    if (d->text == NULL || d->first == NULL || d->last == NULL)
        Py_CLEAR(d);
    return (PyObject *)d;
}

static void date_free(PyObject *self)
{
    date *d = (date *)self;

    Py_XDECREF(d->text);
    Py_XDECREF(d->first);
    Py_XDECREF(d->last);
    gs_py_free(self);
}

static PyObject *date_text(PyObject *self)
{
    date *d = (date *)self;

    Py_INCREF(d->text);
    return d->text;
}

static PyObject *date_repr(PyObject *self)
{
    return PyUnicode_FromFormat("gainsay.Date(%R)", ((date *)self)->text);
}

static Py_hash_t date_hash(PyObject *self)
{
    return PyObject_Hash(((date *)self)->text);
}

/* The interval of another date, Python's or ours; 0 where it is none, -1 on failure. */
static int read_other(int64_t *earliest, int64_t *latest, PyObject *self, PyObject *other)
{
    PyObject *ordinal;
    long long day;

    if (Py_TYPE(other) == Py_TYPE(self)) {
        *earliest = ((date *)other)->earliest;
        *latest = ((date *)other)->latest;
        return 1;
    }
    ordinal = PyObject_HasAttrString(other, "hour")
                  ? NULL
                  : PyObject_CallMethod(other, "toordinal", NULL);
    if (ordinal == NULL) {
        PyErr_Clear();
        return 0;
    }
    day = PyLong_AsLongLong(ordinal);
    Py_DECREF(ordinal);
    if (PyErr_Occurred() != NULL)
        return -1;
    if (day < 1 || day > ORDINAL_MOST)
        return 0;
    *earliest = (day - EPOCH) * DAY;
    *latest = *earliest + DAY - 1;
    return 1;
}

/* By the earliest instant (the latest where there is no start), then by the latest. */
static int order(int64_t a, int64_t a_end, int64_t b, int64_t b_end)
{
    a = a == INT64_MIN ? a_end : a;
    b = b == INT64_MIN ? b_end : b;
    if (a != b)
        return a < b ? -1 : 1;
    return (a_end > b_end) - (a_end < b_end);
}

/* The order is total, so that dates can be sorted: what surely was before what, a query
 * tells. Equal is what is written equally. */
static PyObject *date_compare(PyObject *self, PyObject *other, int how)
{
    date *d = (date *)self;
    int64_t earliest, latest;
    int found, sign;
    bool held[6];

    if (how == Py_EQ || how == Py_NE) {
        if (Py_TYPE(other) == Py_TYPE(self))
            return PyObject_RichCompare(d->text, ((date *)other)->text, how);
        return PyBool_FromLong(how == Py_NE);
    }
    found = read_other(&earliest, &latest, self, other);
    if (found < 0)
        return NULL;
    if (found == 0) {
        Py_INCREF(Py_NotImplemented);
        return Py_NotImplemented;
    }
    sign = order(d->earliest, d->latest, earliest, latest);
    if (sign == 0 && Py_TYPE(other) == Py_TYPE(self))
        return PyObject_RichCompare(d->text, ((date *)other)->text, how);
    held[Py_LT] = sign < 0, held[Py_LE] = sign <= 0;
    held[Py_GT] = sign > 0, held[Py_GE] = sign >= 0;
    return PyBool_FromLong(held[how]);
}

static PyMemberDef members[] = {
    {"first", T_OBJECT_EX, offsetof(date, first), READONLY, "its first day, or None"},
    {"last", T_OBJECT_EX, offsetof(date, last), READONLY, "its last day, or None"},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "A date that is no day: a month, a range, about; str() is its EDTF."},
    {Py_tp_new, gs_py_no_new},
    {Py_tp_dealloc, date_free},
    {Py_tp_str, date_text},
    {Py_tp_repr, date_repr},
    {Py_tp_hash, date_hash},
    {Py_tp_richcompare, date_compare},
    {Py_tp_members, members},
    {0, NULL},
};

PyType_Spec gs_py_date_spec = {"gainsay.Date", sizeof(date), 0, Py_TPFLAGS_DEFAULT,
                               slots};
