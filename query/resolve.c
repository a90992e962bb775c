#include "query/resolve.h"

#include "query/resolve_impl.h"

static gs_code refuse_bound(gs_resolver *r, gs_place place, gs_text name)
{
    return gs_resolve_refuse(r, place, "VariableAlreadyBound",
                             "the variable `%.*s` is defined already; take another name",
                             GS_SHOW(name));
}

static gs_code refuse_conflict(gs_resolver *r, gs_place place, gs_text name,
                               const char *what)
{
    return gs_resolve_refuse(r, place, "VariableTypeConflict",
                             "the variable `%.*s` holds something else; it cannot be %s "
                             "too",
                             GS_SHOW(name), what);
}

/* `known`: how many bindings stood before this MATCH. */
static gs_code declare_node(gs_resolver *r, gs_node_pattern *node, size_t known)
{
    gs_binding *binding = node->name.bytes ? gs_bound(r, node->name) : NULL;

    if (binding == NULL) {
        node->slot = gs_run_slot(r->run);
        if (node->name.bytes == NULL)
            return GS_OK;
        return gs_bind(r, node->name, node->slot, GS_B_NODE);
    }
    if (binding->type != GS_B_NODE && binding->type != GS_B_ANY)
        return refuse_conflict(r, node->place, node->name, "a node");
    node->slot = binding->slot;
    node->bound = (size_t)(binding - r->scope) < known;
    return GS_OK;
}

static gs_code declare_edge(gs_resolver *r, gs_edge_pattern *edge, size_t known)
{
    gs_binding *binding = edge->name.bytes ? gs_bound(r, edge->name) : NULL;
    gs_bound_type type = edge->hops ? GS_B_EDGES : GS_B_EDGE;

    if (binding == NULL) {
        edge->slot = gs_run_slot(r->run);
        if (edge->name.bytes == NULL)
            return GS_OK;
        return gs_bind(r, edge->name, edge->slot, type);
    }
    if (binding->type != type && binding->type != GS_B_ANY &&
        !(edge->hops && binding->known == GS_LIST))
        return refuse_conflict(r, edge->place, edge->name, "a relationship");
    if ((size_t)(binding - r->scope) >= known)
        return gs_resolve_refuse(r, edge->place, "RelationshipUniquenessViolation",
                                 "the relationship `%.*s` stands twice in one pattern, "
                                 "where relationships differ",
                                 GS_SHOW(edge->name));
    edge->slot = binding->slot;
    edge->bound = true;
    return GS_OK;
}

static gs_code declare_path(gs_resolver *r, gs_path_pattern *path, size_t known)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; i <= path->edge_count; i++) {
        GS_TRY(declare_node(r, &path->nodes[i], known));
        if (i < path->edge_count)
            GS_TRY(declare_edge(r, &path->edges[i], known));
    }
    if (path->name.bytes == NULL)
        return GS_OK;
    if (gs_bound(r, path->name) != NULL)
        return refuse_bound(r, path->place, path->name);
    path->slot = gs_run_slot(r->run);
    rc = gs_bind(r, path->name, path->slot, GS_B_PATH);
out:
    return rc;
}

/* The map behind a node's or relationship's labels. */
static gs_code resolve_map(gs_resolver *r, gs_expr *map)
{
    uint32_t key;
    gs_code rc = GS_OK;

    if (map == NULL)
        return GS_OK;
    if (map->kind == GS_E_PARAMETER)
        return gs_resolve_refuse(r, map->place, "InvalidParameterUse",
                                 "a pattern takes no parameter for all its properties; "
                                 "write {name: $value}");
    for (size_t i = 0; i < map->name_count; i++)
        GS_TRY(gs_resolve_property(r, &key, map->names[i], map->place, true));
    rc = gs_resolve_expression(r, map);
out:
    return rc;
}

static gs_code resolve_path(gs_resolver *r, gs_path_pattern *path)
{
    gs_code rc = GS_OK;

    if (path->within != NULL)
        GS_TRY(gs_resolve_expression(r, path->within));
    if (path->kind != GS_PATH_EACH && path->edges[0].bound)
        return gs_resolve_refuse(r, path->place, "VariableAlreadyBound",
                                 "the relationship of a path that is sought cannot be "
                                 "known before");

    for (size_t i = 0; i <= path->edge_count; i++) {
        gs_node_pattern *node = &path->nodes[i];
        for (size_t k = 0; k < node->label_count; k++)
            GS_TRY(gs_resolve_label(r, &node->labels[k].key, node->labels[k].text,
                                    node->labels[k].place));
        GS_TRY(resolve_map(r, node->properties));
        if (i == path->edge_count)
            break;
        GS_TRY(gs_resolve_types(r, &path->edges[i]));
        GS_TRY(resolve_map(r, path->edges[i].properties));
    }
out:
    return rc;
}

static gs_code resolve_match(gs_resolver *r, gs_clause *clause)
{
    size_t known = r->count;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < clause->path_count; i++)
        GS_TRY(declare_path(r, &clause->paths[i], known));
    for (size_t i = 0; i < clause->path_count; i++)
        GS_TRY(resolve_path(r, &clause->paths[i]));
    if (clause->where != NULL) {
        GS_TRY(gs_resolve_expression(r, clause->where));
        GS_TRY(gs_check_condition(r, clause->where));
    }
out:
    return rc;
}

static gs_code resolve_unwind(gs_resolver *r, gs_clause *clause)
{
    gs_code rc;

    GS_TRY(gs_resolve_expression(r, clause->list));
    if (gs_bound(r, clause->name) != NULL)
        return refuse_bound(r, clause->place, clause->name);
    clause->slot = gs_run_slot(r->run);
    rc = gs_bind(r, clause->name, clause->slot, GS_B_ANY);
out:
    return rc;
}

gs_code gs_resolve_single(gs_resolver *r, gs_single *single)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; i < single->count; i++) {
        gs_clause *clause = &single->clauses[i];
        if (clause->kind == GS_C_MATCH)
            GS_TRY(resolve_match(r, clause));
        else if (clause->kind == GS_C_UNWIND)
            GS_TRY(resolve_unwind(r, clause));
        else
            GS_TRY(gs_resolve_projection(r, clause));
    }
out:
    return rc;
}

static const gs_projection *last_of(const gs_single *single)
{
    return &single->clauses[single->count - 1].projection;
}

/* The parts of a UNION have the same columns, and one kind of UNION joins them. */
static gs_code check_union(gs_resolver *r, const gs_tree *tree)
{
    const gs_projection *first = last_of(&tree->singles[0]);

    for (size_t i = 1; i < tree->count; i++) {
        const gs_projection *other = last_of(&tree->singles[i]);
        bool same = other->count == first->count;
        for (size_t k = 0; same && k < first->count; k++)
            same = gs_text_equal(first->items[k].name, other->items[k].name);
        if (!same)
            return gs_resolve_refuse(r, tree->singles[i].place, "DifferentColumnsInUnion",
                                     "the parts of a UNION return the same columns, in "
                                     "name and order");
        if (i > 1 && tree->singles[i].all != tree->singles[1].all)
            return gs_resolve_refuse(r, tree->singles[i].place,
                                     "InvalidClauseComposition",
                                     "UNION and UNION ALL do not mix in one query");
    }
    return GS_OK;
}

static gs_code name_columns(gs_resolver *r)
{
    gs_run *run = r->run;
    const gs_projection *first = last_of(&run->tree.singles[0]);

    run->columns = gs_arena_array(&run->arena, first->count, sizeof *run->columns);
    if (run->columns == NULL)
        return gs_fail_memory(r->err);
    for (size_t i = 0; i < first->count; i++) {
        run->columns[i].name = gs_text_string(&run->arena, first->items[i].name);
        if (run->columns[i].name == NULL)
            return gs_fail_memory(r->err);
        run->columns[i].slot =
            run->tree.count > 1 ? gs_run_slot(run) : first->items[i].slot;
    }
    run->column_count = first->count;
    return GS_OK;
}

static gs_code check_parameters(gs_resolver *r)
{
    const gs_run *run = r->run;

    for (size_t i = 0; i < run->parameter_count; i++)
        if (!run->parameter_used[i])
            return gs_refuse(r->err, run->text, (gs_place){0, 0}, "ParameterMissing",
                             "UnusedParameter",
                             "the parameter `%.*s` was given, and the query has no $%.*s",
                             GS_SHOW(run->parameter_names[i]),
                             GS_SHOW(run->parameter_names[i]));
    return GS_OK;
}

gs_code gs_resolve(gs_run *run, gs_error *err)
{
    gs_resolver r = {.run = run, .err = err};
    gs_code rc = GS_OK;

    for (size_t i = 0; i < run->tree.count; i++) {
        r.scope = NULL;
        r.count = r.room = 0;
        GS_TRY(gs_resolve_single(&r, &run->tree.singles[i]));
    }
    GS_TRY(check_union(&r, &run->tree));
    GS_TRY(name_columns(&r));
    rc = check_parameters(&r);
out:
    return rc;
}

gs_code gs_resolve_constant(gs_run *run, gs_expr *expr, gs_error *err)
{
    gs_resolver r = {.run = run, .constant = true, .err = err};

    return gs_resolve_expression(&r, expr);
}
