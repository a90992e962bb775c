/* Interrupts stop a command cleanly; faults of memory become one line and a status. */
#ifndef GS_CLI_SIGNALS_H
#define GS_CLI_SIGNALS_H

/* SIGINT and SIGTERM once raise the flag below, a second time they end the process.
 * SIGBUS, SIGSEGV and SIGABRT print one line and end it with status 6: a damaged store
 * that LMDB trusts reads past its map. (Left alone in sanitizer builds.) */
void gs_signals_install(void);

/* The signal that came, or 0: to be handed to the library and asked after. */
const volatile int *gs_signals_caught(void);

/* Forgets it and waits for the next: for who goes on behind an interrupt. */
void gs_signals_again(void);

#endif
