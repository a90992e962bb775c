/* What the linker decides of one statement, and what that changes in the store.
 *
 * Ownership  the arena's.
 */
#ifndef GS_LINKER_DECIDE_H
#define GS_LINKER_DECIDE_H

#include "graph/batch.h"
#include "ingest/linker/candidates.h"

/* An edge that ends and one that takes its place. */
typedef struct gs_relink {
    uint64_t ended, from, to; /* 0: none ends, none begins */
    uint32_t type;
    double confidence;
    bool dated;
    gs_edtf date;
    gs_text rule; /* why, in words */
} gs_relink;

/* An answer that waits for its claim under an actor, or does so no longer. */
typedef struct gs_wait {
    gs_undecided answer;
    bool over;
} gs_wait;

typedef struct gs_changes {
    gs_relink *links;
    size_t link_count, link_room;
    gs_wait *waits;
    size_t wait_count, wait_room;
} gs_changes;

/* Adds what changes for a statement; nothing where it is not there. */
GS_CHECKED gs_code gs_decide(gs_changes *to, gs_view *view, uint64_t statement,
                             gs_arena *arena, gs_error *err);

/* *linked grows by the answers that are linked, less those that are no longer. */
GS_CHECKED gs_code gs_changes_write(const gs_changes *changes, gs_batch *batch,
                                    gs_arena *arena, int64_t *linked, gs_error *err);

#endif
