#include "query/classes.h"
#include "query/functions/function.h"

/* A list of node or edge values, every second item of a path. */
static gs_code every_second(gs_value *out, const gs_call *call, size_t first)
{
    gs_value path = call->args[0], *items;
    size_t count = 0;

    if (path.type != GS_PATH)
        return gs_call_wants(call, "a path", path);
    items = gs_arena_array(call->arena, path.as.path.count / 2 + 1, sizeof *items);
    if (items == NULL)
        return gs_call_memory(call);
    for (size_t i = first; i < path.as.path.count; i += 2)
        items[count++] = path.as.path.items[i];
    *out = gs_list(items, count);
    return GS_OK;
}

static gs_code call_nodes(gs_value *out, const gs_call *call)
{
    return every_second(out, call, 0);
}

static gs_code call_relationships(gs_value *out, const gs_call *call)
{
    return every_second(out, call, 1);
}

static gs_code call_length(gs_value *out, const gs_call *call)
{
    if (call->args[0].type != GS_PATH)
        return gs_call_wants(call, "a path", call->args[0]);
    *out = gs_integer((int64_t)(call->args[0].as.path.count / 2));
    return GS_OK;
}

static gs_code call_id(gs_value *out, const gs_call *call)
{
    gs_value of = call->args[0];

    if (of.type != GS_NODE && of.type != GS_EDGE)
        return gs_call_wants(call, "a node or a relationship", of);
    *out = gs_integer((int64_t)of.as.element.number);
    return GS_OK;
}

static gs_code call_labels(gs_value *out, const gs_call *call)
{
    const gs_node *node;
    gs_value *items;
    gs_code rc;

    if (call->args[0].type != GS_NODE)
        return gs_call_wants(call, "a node", call->args[0]);
    GS_TRY(gs_run_node(&node, call->run, call->args[0].as.element.number, call->err));
    items = gs_arena_array(call->arena, node->label_count, sizeof *items);
    if (items == NULL)
        return gs_call_memory(call);
    for (uint32_t i = 0; i < node->label_count; i++)
        items[i] = gs_string(gs_name_text(call->run->snapshot, gs_node_label(node, i)));
    *out = gs_list(items, node->label_count);
out:
    return rc;
}

static gs_code edge_of(gs_edge *out, const gs_call *call)
{
    if (call->args[0].type != GS_EDGE)
        return gs_call_wants(call, "a relationship", call->args[0]);
    return gs_run_edge(out, call->run, call->args[0].as.element.number, call->err);
}

static gs_code call_type(gs_value *out, const gs_call *call)
{
    gs_edge edge;
    gs_code rc;

    GS_TRY(edge_of(&edge, call));
    *out = gs_string(gs_name_text(call->run->snapshot, edge.type));
out:
    return rc;
}

static gs_code call_start(gs_value *out, const gs_call *call)
{
    gs_edge edge;
    gs_code rc;

    GS_TRY(edge_of(&edge, call));
    *out = gs_node_value(edge.start);
out:
    return rc;
}

static gs_code call_end(gs_value *out, const gs_call *call)
{
    gs_edge edge;
    gs_code rc;

    GS_TRY(edge_of(&edge, call));
    *out = gs_node_value(edge.end);
out:
    return rc;
}

static gs_code call_properties(gs_value *out, const gs_call *call)
{
    gs_value of = call->args[0];

    *out = of;
    if (of.type == GS_MAP)
        return GS_OK;
    if (of.type != GS_NODE && of.type != GS_EDGE)
        return gs_call_wants(call, "a node, a relationship or a map", of);
    return gs_element_properties(out, call->run, of, call->arena, call->err);
}

static gs_code call_keys(gs_value *out, const gs_call *call)
{
    gs_value map, *items;
    gs_code rc;

    GS_TRY(call_properties(&map, call));
    items = gs_arena_array(call->arena, map.as.map.count, sizeof *items);
    if (items == NULL)
        return gs_call_memory(call);
    for (size_t i = 0; i < map.as.map.count; i++)
        items[i] = gs_string(map.as.map.entries[i].key);
    *out = gs_list(items, map.as.map.count);
out:
    return rc;
}

/* exists(n.p), of openCypher's first versions. */
static gs_code call_exists(gs_value *out, const gs_call *call)
{
    *out = gs_boolean(call->args[0].type != GS_NULL);
    return GS_OK;
}

const gs_function gs_functions_graph[] = {
    {"id", 1, 1, 0, call_id, NULL},
    {"labels", 1, 1, 0, call_labels, NULL},
    {"type", 1, 1, 0, call_type, NULL},
    {"properties", 1, 1, 0, call_properties, NULL},
    {"keys", 1, 1, 0, call_keys, NULL},
    {"startNode", 1, 1, 0, call_start, NULL},
    {"endNode", 1, 1, 0, call_end, NULL},
    {"nodes", 1, 1, 0, call_nodes, NULL},
    {"relationships", 1, 1, 0, call_relationships, NULL},
    {"length", 1, 1, 0, call_length, NULL},
    {"exists", 1, 1, GS_F_NULLS, call_exists, NULL},
    {0}};
