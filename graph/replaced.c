#include "graph/replaced.h"

#include "graph/index.h"
#include "graph/txn_impl.h"
#include "graph/version.h"

enum { STEPS = 64 }; /* of a chain of replacements; a circle ends there, too */

/* The nodes that replace an id; `next`: the id of the last of them that has ended. */
static gs_code find_step(uint64_t **out, size_t *count, gs_text *next,
                         const gs_snapshot *ever, const gs_snapshot *snapshot, gs_text id,
                         gs_arena *arena, gs_error *err)
{
    uint64_t *found;
    size_t all, visible = 0;
    gs_value its, replaces;
    gs_node node;
    bool ended;
    gs_code rc;

    *next = (gs_text){0};
    GS_TRY(gs_index_find(&found, &all, ever, GS_BY_ID, id, arena, err));
    for (size_t i = 0; i < all; i++) {
        GS_TRY(gs_node_read(&node, ever, found[i], err));
        GS_TRY(gs_property(&replaces, ever, node.properties, GS_P_REPLACES, arena, err));
        if (replaces.type != GS_STRING || !gs_text_equal(replaces.as.string, id))
            continue;
        GS_TRY(gs_end_covers(&ended, snapshot, found[i], err));
        if (!ended) {
            found[visible++] = found[i];
            continue;
        }
        GS_TRY(gs_property(&its, ever, node.properties, GS_P_ID, arena, err));
        GS_TRY(gs_value_copy(&its, arena, its, err));
        if (its.type == GS_STRING)
            *next = its.as.string;
    }
    *out = found;
    *count = visible;
out:
    return rc;
}

gs_code gs_replacing_find(uint64_t **out, size_t *count, const gs_snapshot *snapshot,
                          gs_text id, gs_arena *arena, gs_error *err)
{
    gs_snapshot ever = *snapshot;
    gs_code rc = GS_OK;

    ever.all = true;
    *count = 0;
    for (int step = 0; rc == GS_OK && *count == 0 && id.bytes != NULL && step < STEPS;
         step++)
        rc = find_step(out, count, &id, &ever, snapshot, id, arena, err);
    return rc;
}
