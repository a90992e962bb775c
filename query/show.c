#include "query/classes.h"

#include <string.h>

static gs_code show_node(gs_shown *out, gs_run *run, gs_value value, gs_arena *arena,
                         gs_error *err)
{
    const gs_node *node;
    gs_value *labels;
    gs_code rc;

    GS_TRY(gs_run_node(&node, run, value.as.element.number, err));
    labels = gs_arena_array(arena, node->label_count, sizeof *labels);
    if (labels == NULL)
        return gs_fail_memory(err);
    for (uint32_t i = 0; i < node->label_count; i++)
        labels[i] = gs_string(gs_name_text(run->snapshot, gs_node_label(node, i)));
    out->labels = gs_list(labels, node->label_count);
    rc = gs_element_properties(&out->properties, run, value, arena, err);
out:
    return rc;
}

static gs_code show_edge(gs_shown *out, gs_run *run, gs_value value, gs_arena *arena,
                         gs_error *err)
{
    gs_edge edge;
    gs_value *type;
    gs_code rc;

    GS_TRY(gs_run_edge(&edge, run, value.as.element.number, err));
    type = gs_arena_take(arena, sizeof *type);
    if (type == NULL)
        return gs_fail_memory(err);
    *type = gs_string(gs_name_text(run->snapshot, edge.type));
    out->labels = gs_list(type, 1);
    out->start = edge.start;
    out->end = edge.end;
    rc = gs_element_properties(&out->properties, run, value, arena, err);
out:
    return rc;
}

static gs_code show_element(gs_value *out, gs_run *run, gs_value value, gs_arena *arena,
                            gs_error *err)
{
    gs_shown *shown = gs_arena_take(arena, sizeof *shown);
    gs_code rc;

    if (shown == NULL)
        return gs_fail_memory(err);
    rc = value.type == GS_NODE ? show_node(shown, run, value, arena, err)
                               : show_edge(shown, run, value, arena, err);
    if (rc != GS_OK)
        return rc;
    *out = value;
    out->as.element.shown = shown;
    return rc;
}

static gs_code show_items(const gs_value **out, gs_run *run, const gs_value *items,
                          size_t count, gs_arena *arena, gs_error *err)
{
    gs_value *copy = gs_arena_array(arena, count, sizeof *copy);
    gs_code rc = GS_OK;

    if (copy == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        GS_TRY(gs_show(&copy[i], run, items[i], arena, err));
    *out = copy;
out:
    return rc;
}

static gs_code show_map(gs_value *out, gs_run *run, gs_value map, gs_arena *arena,
                        gs_error *err)
{
    gs_entry *entries = gs_arena_array(arena, map.as.map.count, sizeof *entries);
    gs_code rc = GS_OK;

    if (entries == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < map.as.map.count; i++) {
        entries[i].key = map.as.map.entries[i].key;
        GS_TRY(gs_show(&entries[i].value, run, map.as.map.entries[i].value, arena, err));
    }
    *out = gs_map(entries, map.as.map.count);
out:
    return rc;
}

/* Values nest as deep as the query's own bounds let them. */
gs_code gs_show(gs_value *out, gs_run *run, gs_value value, gs_arena *arena,
                gs_error *err)
{
    *out = value;
    switch (value.type) {
    case GS_NODE:
    case GS_EDGE:
        return show_element(out, run, value, arena, err);
    case GS_LIST:
        return show_items(&out->as.list.items, run, value.as.list.items,
                          value.as.list.count, arena, err);
    case GS_PATH:
        return show_items(&out->as.path.items, run, value.as.path.items,
                          value.as.path.count, arena, err);
    case GS_MAP:
        return show_map(out, run, value, arena, err);
    default:
        return GS_OK;
    }
}
