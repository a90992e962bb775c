/* One error type for every layer: a code, a message, a place.
 *
 * Ownership  the caller's; handed in, never thread-local: each query, job and Python
 *            object owns its own. A function writes it only when it fails.
 * Threads    as any plain value.
 */
#ifndef GS_BASE_ERROR_H
#define GS_BASE_ERROR_H

#include <stdint.h>

typedef enum gs_code {
    GS_OK = 0,
    GS_END,         /* nothing more to read, or no such thing: no failure */
    GS_FAILED,      /* anything that has no code of its own */
    GS_USAGE,       /* the caller asked wrongly: an option, an argument */
    GS_QUERY,       /* a query refused before its first row */
    GS_RUNTIME,     /* a query that failed on a row */
    GS_INPUT,       /* a bad record or document, to be set aside */
    GS_CONFLICT,    /* an id that is known with another content, to be set aside */
    GS_FORMAT,      /* a file or a store of no format that we know */
    GS_LIMIT,       /* a limit was hit: time, rows, memory, depth */
    GS_DAMAGED,     /* the store contradicts itself */
    GS_NO_STORE,    /* no store there */
    GS_LOCKED,      /* another writer has the store */
    GS_STORAGE,     /* the file system or LMDB failed */
    GS_MEMORY,      /* no memory left */
    GS_INTERRUPTED, /* by the user */
} gs_code;

typedef struct gs_error {
    gs_code code;
    uint32_t line, column; /* in the text at fault, from 1; 0 when unknown */
    uint32_t length;       /* code points at fault from there; 0 when unknown */
    const char *type;   /* static; for queries, openCypher's class of error, else NULL */
    const char *phase;  /* static; "compile time" or "runtime", else NULL */
    const char *detail; /* static; openCypher's detail, else NULL */
    char text[512];     /* UTF-8, one line: WHAT: WHY; do THIS */
} gs_error;

#define GS_CHECKED __attribute__((warn_unused_result))

/* Fills in `err` (never NULL), place and details cleared, and gives `code` back, so that
 * refusing is one line. A message that is too long is cut at a character's end. What it
 * quotes may be any bytes: controls and line breaks become blanks, bad bytes question
 * marks. The arguments may point into `err` itself. */
__attribute__((format(printf, 3, 4))) gs_code gs_fail(gs_error *err, gs_code code,
                                                      const char *format, ...);

/* gs_fail with a place. */
__attribute__((format(printf, 6, 7))) gs_code gs_fail_at(gs_error *err, gs_code code,
                                                         uint32_t line, uint32_t column,
                                                         uint32_t length,
                                                         const char *format, ...);

/* gs_fail for want of memory. */
gs_code gs_fail_memory(gs_error *err);

/* The only macro that jumps. Wants a local `rc` and a label `out` that cleans up. */
#define GS_TRY(call)                                                                     \
    do {                                                                                 \
        if ((rc = (call)) != GS_OK)                                                      \
            goto out;                                                                    \
    } while (0)

#endif
