#include "query/functions/walk.h"

#include "query/reported.h"

bool gs_walk_has(const gs_walk *walk, uint64_t node)
{
    for (size_t i = 0; i < walk->count; i++)
        if (walk->nodes[i] == node)
            return true;
    return false;
}

gs_code gs_walk_add(gs_walk *walk, uint64_t node, uint32_t type)
{
    gs_arena *arena = walk->call->arena;

    if (gs_walk_has(walk, node))
        return GS_OK;
    walk->nodes =
        gs_arena_grow(arena, walk->nodes, walk->count, &walk->room, sizeof *walk->nodes);
    walk->types = gs_arena_grow(arena, walk->types, walk->count, &walk->type_room,
                                sizeof *walk->types);
    if (walk->nodes == NULL || walk->types == NULL)
        return gs_call_memory(walk->call);
    walk->nodes[walk->count] = node;
    walk->types[walk->count++] = type;
    return GS_OK;
}

/* Adds what the types join to one node. */
static gs_code add_joined(gs_walk *out, uint64_t node, const uint32_t *types,
                          size_t type_count, gs_direction direction)
{
    const gs_call *call = out->call;
    gs_timeline *timeline = NULL;
    gs_hop hop;
    bool seen;
    gs_code rc;

    GS_TRY(gs_timeline_open(&timeline, call->run->snapshot, node, types, type_count,
                            direction, GS_WINDOW_ALL, call->err));
    while ((rc = gs_timeline_next(&hop, timeline, call->err)) == GS_OK) {
        GS_TRY(gs_run_tick(call->run, call->err));
        if (hop.inferred && call->run->settings.stated_only)
            continue;
        GS_TRY(gs_seen(&seen, call->run, hop.neighbour, call->err));
        if (seen)
            GS_TRY(gs_walk_add(out, hop.neighbour, hop.type));
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    gs_timeline_close(timeline);
    return rc;
}

gs_code gs_walk_class(gs_walk *out, const gs_call *call, uint64_t node)
{
    static const uint32_t types[] = {GS_SAME_AS};
    gs_code rc;

    *out = (gs_walk){.call = call};
    GS_TRY(gs_walk_add(out, node, 0));
    for (size_t i = 0; i < out->count; i++)
        GS_TRY(add_joined(out, out->nodes[i], types, 1, GS_BOTH));
out:
    return rc;
}

gs_code gs_walk_over(gs_walk *out, const gs_walk *from, const uint32_t *types,
                     size_t type_count, gs_direction direction)
{
    gs_code rc = GS_OK;

    *out = (gs_walk){.call = from->call};
    for (size_t i = 0; i < from->count; i++)
        GS_TRY(add_joined(out, from->nodes[i], types, type_count, direction));
out:
    return rc;
}
