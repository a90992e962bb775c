/* A copy of a store while others read and write it, and a store made smaller in place.
 *
 * Errors     GS_USAGE where something is in the way; GS_DAMAGED where the copy is not
 *            whole; GS_LOCKED while another writes (compact alone).
 * Threads    one at a time.
 */
#ifndef GS_GRAPH_BACKUP_H
#define GS_GRAPH_BACKUP_H

#include "graph/snapshot.h"

/* Into a directory that is made, or is empty; it is on disk, and was checked as
 * `gainsay check` does, when this returns. The last commit of the copy. */
GS_CHECKED gs_code gs_backup(gs_commit *out, gs_store *store, const char *directory,
                             gs_error *err);

typedef struct gs_compacted {
    uint64_t before, after; /* bytes of data.mdb */
} gs_compacted;

/* Whoever has the store open goes on reading what it was; a batch of theirs is refused
 * until they open it anew. */
GS_CHECKED gs_code gs_compact(gs_compacted *out, const char *directory, uint32_t wait_ms,
                              gs_error *err);

#endif
