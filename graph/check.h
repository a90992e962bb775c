/* Whether a store is whole: first LMDB's pages (pages.h), then every record by its
 * checksum, the hash of every commit over its records and the commit before, and that
 * the tables derived from records (labels, lists, indexes, words, counts) have what the
 * records say.
 *
 * Ownership  the report is called with an error that lives for the call.
 * Errors     GS_DAMAGED when anything was found, each told before; what keeps the check
 *            from being made (GS_NO_STORE, GS_LOCKED, GS_MEMORY ...) as it is.
 * Threads    one at a time; readers go on, a writer waits while pages are read.
 */
#ifndef GS_GRAPH_CHECK_H
#define GS_GRAPH_CHECK_H

#include "graph/pages.h"
#include "graph/store.h"

typedef struct gs_check_options {
    uint32_t wait_ms; /* for a writer */
    void (*report)(void *context, const gs_error *found);
    void *context;
    const volatile int *interrupt; /* may be NULL */
} gs_check_options;

typedef struct gs_checked {
    gs_page_counts pages;
    uint64_t commits, records, found;
} gs_checked;

GS_CHECKED gs_code gs_check(gs_checked *out, const char *directory,
                            const gs_check_options *options, gs_error *err);

#endif
