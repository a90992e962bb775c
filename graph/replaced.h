/* Which statements stand in the place of one that was replaced.
 *
 * Ownership, errors, threads  as in snapshot.h.
 */
#ifndef GS_GRAPH_REPLACED_H
#define GS_GRAPH_REPLACED_H

#include "graph/snapshot.h"

/* The visible statements that replace the one of this id, or, where those have ended
 * themselves, that replace them, and so on; by number ascending, in the arena. None is
 * *count = 0. */
GS_CHECKED gs_code gs_replacing_find(uint64_t **out, size_t *count,
                                     const gs_snapshot *snapshot, gs_text id,
                                     gs_arena *arena, gs_error *err);

#endif
