/* Ctrl-C while an answer is looked for: Python's own handler only notes that there was a
 * signal, and is asked when the library returns. So ours stands before it for as long as
 * the main thread has rows open: it tells the library to stop and calls Python's.
 *
 * Signals are the process's, and so is what is kept here. It is changed with the GIL. */
#include "python/module.h"

#include <signal.h>
#include <string.h>

bool gs_py_is_main_thread(void)
{
    PyObject *threading = PyImport_ImportModule("threading");
    PyObject *main =
        threading == NULL ? NULL : PyObject_CallMethod(threading, "main_thread", NULL);
    PyObject *own =
        threading == NULL ? NULL : PyObject_CallMethod(threading, "current_thread", NULL);
    bool same = main != NULL && main == own;

    Py_XDECREF(threading);
    Py_XDECREF(main);
    Py_XDECREF(own);
    PyErr_Clear();
    return same;
}

static volatile int caught;
static Py_ssize_t watching;
static struct sigaction before;

static void on_signal(int signal, siginfo_t *info, void *context)
{
    caught = 1;
    if (before.sa_flags & SA_SIGINFO)
        before.sa_sigaction(signal, info, context);
    else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN)
        before.sa_handler(signal);
}

volatile int *gs_py_signals_watch(void)
{
    struct sigaction ours = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};
    struct sigaction now;

    if (watching++ > 0 || sigaction(SIGINT, NULL, &now) != 0 ||
        now.sa_sigaction == on_signal)
        return &caught;
    before = now;
    if (now.sa_handler == SIG_DFL || now.sa_handler == SIG_IGN)
        return &caught; /* they do what they do without us */
    ours.sa_mask = now.sa_mask;
    ours.sa_flags |= now.sa_flags & (SA_ONSTACK | SA_RESTART);
    sigaction(SIGINT, &ours, NULL);
    return &caught;
}

/* Where somebody has put another handler meanwhile, that one stays. */
void gs_py_signals_leave(void)
{
    struct sigaction now;

    if (--watching > 0 || sigaction(SIGINT, NULL, &now) != 0)
        return;
    if (now.sa_sigaction == on_signal)
        sigaction(SIGINT, &before, NULL);
}
