#include "query/questions/record.h"

#include "query/questions/record_impl.h"
#include <stdlib.h>

gs_code gs_items_add(gs_items *items, gs_value value, gs_arena *arena, gs_error *err)
{
    items->items = gs_arena_grow(arena, items->items, items->count, &items->room,
                                 sizeof *items->items);
    if (items->items == NULL)
        return gs_fail_memory(err);
    items->items[items->count++] = value;
    return GS_OK;
}

static gs_code missing(gs_error *err)
{
    return gs_fail(err, GS_DAMAGED,
                   "a record is named and not there; run `gainsay check`");
}

gs_code gs_node_property(gs_value *out, const gs_snapshot *snapshot, uint64_t number,
                         uint32_t key, gs_arena *arena, gs_error *err)
{
    gs_node node;
    gs_code rc = gs_node_read(&node, snapshot, number, err);

    if (rc == GS_END)
        return missing(err);
    return rc != GS_OK ? rc
                       : gs_property(out, snapshot, node.properties, key, arena, err);
}

gs_code gs_edge_property(gs_value *out, const gs_snapshot *snapshot, uint64_t number,
                         uint32_t key, gs_arena *arena, gs_error *err)
{
    gs_edge edge;
    gs_code rc = gs_edge_read(&edge, snapshot, number, err);

    if (rc == GS_END)
        return missing(err);
    return rc != GS_OK ? rc
                       : gs_property(out, snapshot, edge.properties, key, arena, err);
}

static int by_edge(const void *a, const void *b)
{
    const gs_hop *x = a, *y = b;

    return (x->edge > y->edge) - (x->edge < y->edge);
}

gs_code gs_hops_read(gs_hops *out, const gs_snapshot *snapshot, uint64_t node,
                     gs_direction direction, gs_arena *arena, gs_error *err)
{
    gs_timeline *timeline;
    gs_hop hop;
    gs_code rc = gs_timeline_open(&timeline, snapshot, node, NULL, 0, direction,
                                  GS_WINDOW_ALL, err);

    if (rc != GS_OK)
        return rc;
    *out = (gs_hops){0};
    while ((rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        out->items =
            gs_arena_grow(arena, out->items, out->count, &out->room, sizeof *out->items);
        if (out->items == NULL) {
            rc = gs_fail_memory(err);
            break;
        }
        out->items[out->count++] = hop;
    }
    gs_timeline_close(timeline);
    if (rc != GS_END)
        return rc;
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_edge);
    return GS_OK;
}

gs_code gs_maker_begin(gs_maker *out, const gs_snapshot *snapshot, uint64_t number,
                       gs_arena *arena, gs_error *err)
{
    gs_node node;
    gs_code rc = gs_node_read(&node, snapshot, number, err);

    if (rc == GS_END)
        return missing(err);
    if (rc != GS_OK)
        return rc;
    *out = (gs_maker){.snapshot = snapshot, .arena = arena, .err = err};
    return gs_properties(&out->properties, snapshot, node.properties, arena, err);
}

gs_code gs_maker_put(gs_maker *maker, const char *key, gs_value value)
{
    if (value.type == GS_NULL || (value.type == GS_LIST && value.as.list.count == 0))
        return GS_OK;
    maker->entries = gs_arena_grow(maker->arena, maker->entries, maker->count,
                                   &maker->room, sizeof *maker->entries);
    if (maker->entries == NULL)
        return gs_fail_memory(maker->err);
    maker->entries[maker->count++] = (gs_entry){gs_text_of(key), value};
    return GS_OK;
}

gs_value gs_maker_take(gs_maker *maker, const char *key)
{
    gs_entry *entries = (gs_entry *)maker->properties.as.map.entries; /* our own copy */
    size_t count = maker->properties.as.map.count;

    for (size_t i = 0; i < count; i++) {
        gs_value value = entries[i].value;
        if (!gs_text_equal(entries[i].key, gs_text_of(key)))
            continue;
        entries[i].value = gs_null;
        return value;
    }
    return gs_null;
}

gs_code gs_maker_move(gs_maker *maker, const char *key)
{
    return gs_maker_put(maker, key, gs_maker_take(maker, key));
}

gs_code gs_maker_rest(gs_maker *maker)
{
    gs_value properties = maker->properties;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < properties.as.map.count; i++) {
        const char *key = gs_text_string(maker->arena, properties.as.map.entries[i].key);
        if (key == NULL)
            return gs_fail_memory(maker->err);
        GS_TRY(gs_maker_put(maker, key, properties.as.map.entries[i].value));
    }
out:
    return rc;
}

gs_value gs_maker_map(const gs_maker *maker)
{
    return gs_map(maker->entries, maker->count);
}
