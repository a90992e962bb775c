/* Brings feeds and pages of the web into a folder, for `gainsay ingest` to read: the only
 * network code there is.
 *
 * Conditional requests (RFC 9110, 13), robots.txt (RFC 9309), a rest between two requests
 * to a host, a bounded time and size for each. A redirection to another host, and what a
 * feed names, never leads to a local address; https never leads to http.
 *
 * Errors   what an address does wrong is reported and costs itself alone; what is returned
 *          ends the run: GS_LOCKED, GS_FAILED, GS_INTERRUPTED, GS_MEMORY.
 * Threads  one at a time.
 */
#ifndef GS_FETCH_H
#define GS_FETCH_H

#include "graph/base/error.h"
#include "graph/base/text.h"

typedef enum gs_fetch_outcome {
    GS_FETCHED_NEW,
    GS_FETCHED_UNCHANGED,
    GS_FETCHED_LATER,     /* its host asked to be left alone for a while */
    GS_FETCHED_FORBIDDEN, /* by its robots.txt */
    GS_FETCHED_FAILED,
    GS_FETCHED_COUNT
} gs_fetch_outcome;

typedef struct gs_fetched {
    gs_fetch_outcome outcome;
    gs_text url;  /* as it was asked for */
    gs_text file; /* in the folder; missing unless new */
    const gs_error *why; /* NULL where there is nothing to explain */
} gs_fetched;

typedef struct gs_fetch_options {
    const char *into;
    const char *const *urls;
    size_t count;
    bool pages; /* also what feeds name, each at most once a day */
    uint32_t delay_ms, time_ms;
    size_t max_size;     /* bytes of one answer */
    const char *contact; /* an address or a mailbox, told to every host; may be NULL */
    const volatile int *interrupt;                        /* ends it when not 0; may be NULL */
    void (*report)(void *context, const gs_fetched *one); /* may be NULL */
    void *context;
} gs_fetch_options;

typedef struct gs_fetch_counts {
    size_t of[GS_FETCHED_COUNT];
} gs_fetch_counts;

GS_CHECKED gs_code gs_fetch(gs_fetch_counts *out, const gs_fetch_options *options,
                            gs_error *err);

#endif
