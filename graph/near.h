/* The edges that a node was born with: those of the numbers right behind it, which have
 * no entry in its lists (gs_is_near).
 *
 * Errors, threads  as in snapshot.h.
 */
#ifndef GS_GRAPH_NEAR_H
#define GS_GRAPH_NEAR_H

#include "graph/adjacency.h"

typedef struct gs_near_entry {
    uint32_t type;
    uint8_t direction;
    gs_adjacent entry;
} gs_near_entry;

enum { GS_NEAR_ENTRIES = 2 * GS_NEAR };

/* Those born until the snapshot, by type, then in the order of lists; whether they have
 * ended is said (touched) and not judged. */
GS_CHECKED gs_code gs_near_read(gs_near_entry out[GS_NEAR_ENTRIES], size_t *count,
                                const gs_snapshot *snapshot, uint64_t node,
                                gs_error *err);

#endif
