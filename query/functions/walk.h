/* Short walks from a node that the field's functions share: its SAME_AS class, and what
 * one type of relationship joins to it.
 *
 * Ownership  what is found lies in the call's arena.
 */
#ifndef GS_QUERY_WALK_H
#define GS_QUERY_WALK_H

#include "graph/timeline.h"
#include "query/functions/function.h"

typedef struct gs_walk {
    const gs_call *call;
    uint64_t *nodes; /* each once */
    uint32_t *types; /* by which relationship each was reached; 0 at the start */
    size_t count, room, type_room;
} gs_walk;

/* Adds a node that is not there yet. */
GS_CHECKED gs_code gs_walk_add(gs_walk *walk, uint64_t node, uint32_t type);
/* All that is the same as `node`, itself first. */
GS_CHECKED gs_code gs_walk_class(gs_walk *out, const gs_call *call, uint64_t node);
/* What the types join to any of `from`; inferred links as the run wants them. */
GS_CHECKED gs_code gs_walk_over(gs_walk *out, const gs_walk *from, const uint32_t *types,
                                size_t type_count, gs_direction direction);
bool gs_walk_has(const gs_walk *walk, uint64_t node);

#endif
