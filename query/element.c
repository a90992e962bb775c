/* Properties of nodes and edges, merged ones too. */
#include "query/classes.h"
#include "query/expression.h"
#include "query/links.h"

#include <string.h>

static gs_code node_property(gs_value *out, gs_run *run, uint64_t node, uint32_t key,
                             gs_arena *arena, gs_error *err)
{
    const gs_node *record;
    bool told;
    gs_code rc = gs_run_told(&told, out, run, node, key, arena, err);

    if (rc != GS_OK || told)
        return rc;
    rc = gs_run_node(&record, run, node, err);
    if (rc == GS_OK)
        rc = gs_property(out, run->snapshot, record->properties, key, arena, err);
    return rc;
}

/* Names that are not there yet. */
typedef struct names {
    gs_value *items;
    size_t count, room;
    gs_arena *arena;
} names;

static gs_code add_name(names *n, gs_value name, gs_error *err)
{
    if (name.type != GS_STRING)
        return GS_OK;
    for (size_t i = 0; i < n->count; i++)
        if (gs_text_equal(n->items[i].as.string, name.as.string))
            return GS_OK;
    n->items = gs_arena_grow(n->arena, n->items, n->count, &n->room, sizeof *n->items);
    if (n->items == NULL)
        return gs_fail_memory(err);
    n->items[n->count++] = name;
    return GS_OK;
}

static gs_code add_aliases(names *n, gs_run *run, uint64_t node, gs_error *err)
{
    gs_value aliases;
    gs_code rc;

    GS_TRY(node_property(&aliases, run, node, GS_P_ALIASES, n->arena, err));
    for (size_t i = 0; aliases.type == GS_LIST && i < aliases.as.list.count; i++)
        GS_TRY(add_name(n, aliases.as.list.items[i], err));
out:
    return rc;
}

/* The chosen one's aliases, then the names and aliases of the others. */
static gs_code class_aliases(gs_value *out, gs_run *run, const gs_class *class,
                             gs_arena *arena, gs_error *err)
{
    names n = {.arena = arena};
    gs_value own, name;
    gs_code rc;

    GS_TRY(node_property(&own, run, class->chosen, GS_P_NAME, arena, err));
    GS_TRY(add_name(&n, own, err)); /* so that no alias repeats it */
    GS_TRY(add_aliases(&n, run, class->chosen, err));
    for (size_t i = 0; i < class->count; i++) {
        if (class->members[i] == class->chosen)
            continue;
        GS_TRY(node_property(&name, run, class->members[i], GS_P_NAME, arena, err));
        GS_TRY(add_name(&n, name, err));
        GS_TRY(add_aliases(&n, run, class->members[i], err));
    }
    *out = gs_null;
    if (own.type == GS_STRING && n.count > 1)
        *out = gs_list(n.items + 1, n.count - 1);
    else if (own.type != GS_STRING && n.count > 0)
        *out = gs_list(n.items, n.count);
out:
    return rc;
}

static gs_code class_property(gs_value *out, gs_run *run, const gs_class *class,
                              uint32_t key, gs_arena *arena, gs_error *err)
{
    if (key == GS_P_ALIASES)
        return class_aliases(out, run, class, arena, err);
    return node_property(
        out, run, key == GS_P_DATE && class->dated != 0 ? class->dated : class->chosen,
        key, arena, err);
}

static gs_code edge_property(gs_value *out, gs_run *run, uint64_t number, uint32_t key,
                             gs_arena *arena, gs_error *err)
{
    gs_edge edge;
    gs_code rc;

    if (key == GS_P_DATE)
        GS_TRY(gs_edge_dated(&number, run, number, err));
    GS_TRY(gs_run_edge(&edge, run, number, err));
    rc = gs_property(out, run->snapshot, edge.properties, key, arena, err);
out:
    return rc;
}

gs_code gs_element_property(gs_value *out, gs_run *run, gs_value element, uint32_t key,
                            gs_arena *arena, gs_error *err)
{
    uint64_t number = element.as.element.number;
    const gs_class *class;
    gs_code rc;

    if (element.type == GS_EDGE)
        return edge_property(out, run, number, key, arena, err);
    GS_TRY(gs_class_of(&class, run, number, err));
    rc = class == NULL ? node_property(out, run, number, key, arena, err)
                       : class_property(out, run, class, key, arena, err);
out:
    return rc;
}

/* A map with one entry set, in the place where it is or at the end; null sets nothing. */
static gs_code with(gs_value *map, gs_text key, gs_value value, gs_arena *arena,
                    gs_error *err)
{
    size_t count = map->as.map.count, at = 0;
    gs_entry *entries;

    if (value.type == GS_NULL)
        return GS_OK;
    entries = gs_arena_array(arena, count + 1, sizeof *entries);
    if (entries == NULL)
        return gs_fail_memory(err);
    if (count > 0)
        memcpy(entries, map->as.map.entries, count * sizeof *entries);
    while (at < count && !gs_text_equal(entries[at].key, key))
        at++;
    entries[at] = (gs_entry){key, value};
    *map = gs_map(entries, at == count ? count + 1 : count);
    return GS_OK;
}

static gs_code packed_of(gs_text *out, gs_run *run, gs_value element, gs_error *err)
{
    const gs_node *node;
    gs_edge edge;
    uint64_t number;
    gs_code rc;

    if (element.type == GS_EDGE) {
        GS_TRY(gs_run_edge(&edge, run, element.as.element.number, err));
        *out = edge.properties;
    } else {
        GS_TRY(gs_class_number(&number, run, element.as.element.number, err));
        GS_TRY(gs_run_node(&node, run, number, err));
        *out = node->properties;
    }
out:
    return rc;
}

gs_code gs_element_properties(gs_value *out, gs_run *run, gs_value element,
                              gs_arena *arena, gs_error *err)
{
    static const uint32_t merged[] = {GS_P_DATE, GS_P_ALIASES};
    gs_text packed;
    gs_value value;
    gs_code rc;

    GS_TRY(packed_of(&packed, run, element, err));
    GS_TRY(gs_properties(out, run->snapshot, packed, arena, err));
    for (size_t i = 0; run->classes != NULL && i < 2; i++) {
        GS_TRY(gs_element_property(&value, run, element, merged[i], arena, err));
        GS_TRY(with(out, gs_name_text(run->snapshot, merged[i]), value, arena, err));
    }
out:
    return rc;
}

gs_code gs_class_equal(gs_truth *truth, gs_run *run, const gs_expr *expr, gs_value other,
                       gs_arena *arena, gs_error *err)
{
    const gs_class *class;
    gs_value node, value;
    gs_code rc = GS_OK;

    if (run->classes == NULL || *truth != GS_FALSE || expr->kind != GS_E_PROPERTY ||
        (expr->key != GS_P_ID && expr->key != GS_P_NAME))
        return GS_OK;
    GS_TRY(gs_evaluate(&node, run, expr->args[0], arena, err));
    if (node.type != GS_NODE)
        return GS_OK;
    GS_TRY(gs_class_of(&class, run, node.as.element.number, err));
    for (size_t i = 0; class != NULL && i < class->count && *truth == GS_FALSE; i++) {
        GS_TRY(node_property(&value, run, class->members[i], expr->key, arena, err));
        if (value.type != GS_NULL)
            *truth = gs_equal(value, other);
    }
out:
    return rc;
}
