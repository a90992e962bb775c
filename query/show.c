#include "query/run.h"

#include <inttypes.h>
#include <string.h>

static gs_code show_node(gs_shown *out, const gs_snapshot *snapshot, uint64_t number,
                         gs_arena *arena, gs_error *err)
{
    gs_node node;
    gs_value *labels;
    gs_code rc;

    GS_TRY(gs_node_read(&node, snapshot, number, err));
    labels = gs_arena_array(arena, node.label_count, sizeof *labels);
    if (labels == NULL)
        return gs_fail_memory(err);
    for (uint32_t i = 0; i < node.label_count; i++)
        labels[i] = gs_string(gs_name_text(snapshot, gs_node_label(&node, i)));
    out->labels = gs_list(labels, node.label_count);
    rc = gs_properties(&out->properties, snapshot, node.properties, arena, err);
out:
    return rc;
}

static gs_code show_edge(gs_shown *out, const gs_snapshot *snapshot, uint64_t number,
                         gs_arena *arena, gs_error *err)
{
    gs_edge edge;
    gs_value *type;
    gs_code rc;

    GS_TRY(gs_edge_read(&edge, snapshot, number, err));
    type = gs_arena_take(arena, sizeof *type);
    if (type == NULL)
        return gs_fail_memory(err);
    *type = gs_string(gs_name_text(snapshot, edge.type));
    out->labels = gs_list(type, 1);
    out->start = edge.start;
    out->end = edge.end;
    rc = gs_properties(&out->properties, snapshot, edge.properties, arena, err);
out:
    return rc;
}

static gs_code show_element(gs_value *out, const gs_snapshot *snapshot, gs_value value,
                            gs_arena *arena, gs_error *err)
{
    gs_shown *shown = gs_arena_take(arena, sizeof *shown);
    gs_code rc;

    if (shown == NULL)
        return gs_fail_memory(err);
    rc = value.type == GS_NODE
             ? show_node(shown, snapshot, value.as.element.number, arena, err)
             : show_edge(shown, snapshot, value.as.element.number, arena, err);
    if (rc == GS_END)
        return gs_fail(err, GS_DAMAGED,
                       "record %" PRIu64 " is named and not there; run `gainsay check`",
                       value.as.element.number);
    *out = value;
    out->as.element.shown = shown;
    return rc;
}

static gs_code show_items(const gs_value **out, const gs_snapshot *snapshot,
                          const gs_value *items, size_t count, gs_arena *arena,
                          gs_error *err)
{
    gs_value *copy = gs_arena_array(arena, count, sizeof *copy);
    gs_code rc = GS_OK;

    if (copy == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        GS_TRY(gs_show(&copy[i], snapshot, items[i], arena, err));
    *out = copy;
out:
    return rc;
}

static gs_code show_map(gs_value *out, const gs_snapshot *snapshot, gs_value map,
                        gs_arena *arena, gs_error *err)
{
    gs_entry *entries = gs_arena_array(arena, map.as.map.count, sizeof *entries);
    gs_code rc = GS_OK;

    if (entries == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < map.as.map.count; i++) {
        entries[i].key = map.as.map.entries[i].key;
        GS_TRY(gs_show(&entries[i].value, snapshot, map.as.map.entries[i].value, arena,
                       err));
    }
    *out = gs_map(entries, map.as.map.count);
out:
    return rc;
}

/* Values nest as deep as the query's own bounds let them. */
gs_code gs_show(gs_value *out, const gs_snapshot *snapshot, gs_value value,
                gs_arena *arena, gs_error *err)
{
    *out = value;
    switch (value.type) {
    case GS_NODE:
    case GS_EDGE:
        return show_element(out, snapshot, value, arena, err);
    case GS_LIST:
        return show_items(&out->as.list.items, snapshot, value.as.list.items,
                          value.as.list.count, arena, err);
    case GS_PATH:
        return show_items(&out->as.path.items, snapshot, value.as.path.items,
                          value.as.path.count, arena, err);
    case GS_MAP:
        return show_map(out, snapshot, value, arena, err);
    default:
        return GS_OK;
    }
}
