/* Bringing back what was hidden, and counting what that changes.
 *
 * Ownership, errors, threads  as in batch.h.
 */
#ifndef GS_GRAPH_RECALL_H
#define GS_GRAPH_RECALL_H

#include "graph/batch.h"
#include "graph/index.h"
#include "graph/ranges.h"
#include "graph/timeline.h"

/* The node of a label that an index has under a key, that a run had brought which was
 * taken back, and that somebody names again: it is visible from now on, with its
 * versions, its edges, and what those name. GS_END when there is none. */
GS_CHECKED gs_code gs_batch_recall(uint64_t *out, gs_batch *batch, gs_index index,
                                   uint32_t label, gs_text key, gs_arena *arena,
                                   gs_error *err);

/* The edge of a type between two visible nodes that was hidden: it is visible from now on.
 * GS_END when there is none. */
GS_CHECKED gs_code gs_batch_recall_edge(gs_hop *out, gs_batch *batch, uint64_t start,
                                        uint32_t type, uint64_t end, gs_error *err);

/* A version, a text or an end, by its number: those that are in a set. */
typedef struct gs_owned {
    uint64_t number, owner; /* of an end: what ended */
    char kind;              /* v, t, x, y: it ended, or is there again */
} gs_owned;

/* Ascending; the caller frees them. */
GS_CHECKED gs_code gs_owned_read(gs_owned **out, size_t *count,
                                 const gs_snapshot *snapshot, const gs_ranges *within,
                                 gs_error *err);

/* gs_batch_hide, where what follows from it is written by somebody else. */
GS_CHECKED gs_code gs_batch_hide_only(gs_batch *batch, const gs_ranges *hidden,
                                      const gs_owned *owned, size_t owned_count,
                                      gs_error *err);
/* Hides these numbers and no others, from this commit on; `owned` are those in them and
 * in what is hidden now. */
GS_CHECKED gs_code gs_batch_hide(gs_batch *batch, const gs_ranges *hidden,
                                 const gs_owned *owned, size_t owned_count,
                                 gs_error *err);

#endif
