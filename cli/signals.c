#include "cli/signals.h"
#include "cli/report.h"
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

/* A signal handler has no other way to tell. */
static volatile int caught;

static void on_interrupt(int number)
{
    caught = number;
}

#ifndef __SANITIZE_ADDRESS__
static void on_fault(int number)
{
    static const char text[] =
        "gainsay: the store: reading it ended in a fault, so it may be damaged; "
        "bring back a copy, or ingest its sources into a new store\n";
    ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);

    (void)ignored;
    (void)number;
    _exit(GS_STATUS_DAMAGED);
}

static void install_faults(void)
{
    static char stack[1 << 16]; /* a fault may be that the other one is full */
    struct sigaction action = {.sa_handler = on_fault, .sa_flags = (int)SA_ONSTACK};

    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
    sigaction(SIGBUS, &action, NULL);
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGFPE, &action, NULL); /* a size of pages that is none */
    sigaction(SIGABRT, &action, NULL);
}
#else
static void install_faults(void)
{
}
#endif

void gs_signals_again(void)
{
    /* no SA_RESTART: a read that waits for input ends */
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};

    caught = 0;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

void gs_signals_install(void)
{
    gs_signals_again();
    install_faults();
}

const volatile int *gs_signals_caught(void)
{
    return &caught;
}
