/* Taking a run back, and bringing it again.
 *
 * What is hidden is a function of which runs are taken back, in whatever order that
 * happened: of what they brought, a statement is hidden unless another run supports it;
 * an actor, a document, a topic, a proposition unless something visible names it; an
 * edge, a version, a text, an end with what it belongs to, and where that stays, unless
 * another run has met that since.
 *
 * Errors     GS_USAGE where there is no such run, GS_LOCKED while it is being fed.
 * Threads    one at a time.
 */
#ifndef GS_GRAPH_UNDO_H
#define GS_GRAPH_UNDO_H

#include "graph/snapshot.h"

struct gs_batch;

typedef struct gs_undo {
    uint64_t run;
    bool redo, dry;
    int64_t now; /* seconds UTC */
    /* What follows from it, in the same commit: before it is written. NULL: nothing. */
    gs_code (*settle)(void *context, struct gs_batch *batch, gs_error *err);
    void *context;
} gs_undo;

typedef struct gs_undone {
    bool changed;       /* it stood so already where not */
    int64_t statements; /* more, or fewer, that are visible */
    gs_commit commit;   /* the last one there is */
} gs_undone;

GS_CHECKED gs_code gs_run_undo(gs_undone *out, gs_store *store, const gs_undo *undo,
                               gs_error *err);

#endif
