/* A store: a directory with one LMDB environment, its lock and HEAD.
 *
 * Ownership  gs_store_open's result is closed with gs_store_close, after all its
 *            snapshots and batches. One environment a process and directory.
 * Errors     GS_NO_STORE where there is none, GS_FORMAT for a directory that holds
 *            something else or a store of another version, GS_LOCKED, GS_STORAGE,
 *            GS_DAMAGED, GS_MEMORY.
 * Threads    a store may be shared; a snapshot or batch stays with one thread at a time.
 */
#ifndef GS_GRAPH_STORE_H
#define GS_GRAPH_STORE_H

#include "graph/base/error.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct gs_store gs_store;

typedef struct gs_store_options {
    bool
        create; /* make it (mode 0700, files 0600) where there is none; implies writing */
    bool write; /* a batch will be begun */
    uint32_t wait_ms; /* how long to wait for another writer */
} gs_store_options;

GS_CHECKED gs_code gs_store_open(gs_store **out, const char *directory,
                                 const gs_store_options *options, gs_error *err);

/* NULL is nothing to close. */
void gs_store_close(gs_store *store);

#endif
