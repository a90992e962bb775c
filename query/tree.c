#include "query/tree.h"

#include "query/functions/function.h"

bool gs_expr_is_aggregate(const gs_expr *expr)
{
    return expr->kind == GS_E_COUNT_ROWS ||
           (expr->kind == GS_E_CALL && expr->function->aggregate != NULL);
}

bool gs_expr_has(const gs_expr *expr, bool (*is)(const gs_expr *))
{
    if (expr == NULL)
        return false;
    if (is(expr))
        return true;
    for (size_t i = 0; i < expr->count; i++)
        if (gs_expr_has(expr->args[i], is))
            return true;
    return false;
}

/* What two expressions of one kind say beside their operands. */
static bool same_words(const gs_expr *a, const gs_expr *b)
{
    if (a->name_count != b->name_count || a->distinct != b->distinct ||
        a->function != b->function)
        return false;
    for (size_t i = 0; i < a->name_count; i++)
        if (!gs_text_equal(a->names[i], b->names[i]))
            return false;
    switch (a->kind) {
    case GS_E_LITERAL:
        return gs_value_same(a->value, b->value);
    case GS_E_VARIABLE:
    case GS_E_PARAMETER:
        return a->slot == b->slot;
    case GS_E_PROPERTY:
        return gs_text_equal(a->name, b->name);
    default: /* what has variables of its own is like nothing else */
        return a->slot == GS_NO_SLOT && a->part == NULL && b->part == NULL;
    }
}

bool gs_expr_same(const gs_expr *a, const gs_expr *b)
{
    if (a == b)
        return true;
    if (a == NULL || b == NULL || a->kind != b->kind || a->count != b->count ||
        !same_words(a, b))
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!gs_expr_same(a->args[i], b->args[i]))
            return false;
    return true;
}

static void map_slots(const gs_expr *map, void (*visit)(void *, uint32_t), void *context)
{
    if (map != NULL)
        gs_expr_slots(map, visit, context);
}

/* The slots that a subquery's patterns and conditions name, its own among them. */
static void single_slots(const gs_single *single, void (*visit)(void *, uint32_t),
                         void *context)
{
    for (size_t i = 0; i < single->count; i++) {
        const gs_clause *clause = &single->clauses[i];
        for (size_t k = 0; k < clause->path_count; k++) {
            const gs_path_pattern *path = &clause->paths[k];
            for (size_t n = 0; n <= path->edge_count; n++) {
                visit(context, path->nodes[n].slot);
                map_slots(path->nodes[n].properties, visit, context);
                if (n < path->edge_count) {
                    visit(context, path->edges[n].slot);
                    map_slots(path->edges[n].properties, visit, context);
                }
            }
        }
        map_slots(clause->where, visit, context);
        map_slots(clause->list, visit, context);
        for (size_t k = 0; k < clause->projection.count; k++)
            map_slots(clause->projection.items[k].expr, visit, context);
    }
}

void gs_expr_slots(const gs_expr *expr, void (*visit)(void *, uint32_t), void *context)
{
    if (expr == NULL)
        return;
    if (expr->kind == GS_E_VARIABLE)
        visit(context, expr->slot);
    if (expr->part != NULL)
        single_slots(expr->part, visit, context);
    for (size_t i = 0; i < expr->count; i++)
        gs_expr_slots(expr->args[i], visit, context);
}
