#include "query/plan.h"

#include "query/plan_impl.h"

static gs_code plan_single(gs_planner *p, gs_single *single);

gs_code gs_plan_push(gs_planner *p, gs_operator *op)
{
    if (op == NULL)
        return gs_fail_memory(p->err);
    if (p->run->operators > GS_OPERATORS_MAX)
        return gs_refuse(p->err, p->run->text, (gs_place){0, 0}, "SyntaxError",
                         "UnexpectedSyntax", "this query has more than %d steps",
                         GS_OPERATORS_MAX);
    p->top = op;
    return GS_OK;
}

/* A list of literals is one. */
static gs_code fold_list(gs_planner *p, gs_expr *expr)
{
    gs_value *items;

    for (size_t i = 0; i < expr->count; i++)
        if (expr->args[i]->kind != GS_E_LITERAL)
            return GS_OK;
    items = gs_arena_array(&p->run->arena, expr->count, sizeof *items);
    if (items == NULL)
        return gs_fail_memory(p->err);
    for (size_t i = 0; i < expr->count; i++)
        items[i] = expr->args[i]->value;
    expr->value = gs_list(items, expr->count);
    expr->kind = GS_E_LITERAL;
    expr->count = 0;
    return GS_OK;
}

/* What is written or given as a string may stand beside a date: read as one only once. */
static void remember_dates(gs_run *run, gs_expr *expr)
{
    for (size_t i = 0; i < expr->count; i++)
        if ((expr->args[i]->kind == GS_E_LITERAL ||
             expr->args[i]->kind == GS_E_PARAMETER) &&
            expr->args[i]->memo == 0)
            expr->args[i]->memo = ++run->memo_count;
}

gs_code gs_plan_expression(gs_planner *p, gs_expr *expr)
{
    gs_planner inner = {.run = p->run, .err = p->err, .inner = true};
    gs_code rc = GS_OK;

    if (expr == NULL)
        return GS_OK;
    if (expr->part != NULL && expr->plan == NULL) {
        GS_TRY(gs_plan_push(&inner, gs_once(p->run)));
        GS_TRY(plan_single(&inner, expr->part));
        expr->plan = inner.top;
    }
    for (size_t i = 0; i < expr->count; i++)
        GS_TRY(gs_plan_expression(p, expr->args[i]));
    if (expr->kind == GS_E_LIST)
        rc = fold_list(p, expr);
    else if (expr->kind >= GS_E_EQUAL && expr->kind <= GS_E_GREATER_EQUAL)
        remember_dates(p->run, expr);
out:
    return rc;
}

/* OPTIONAL MATCH: the pattern as a plan of its own, started over for each row. */
static gs_code plan_optional(gs_planner *p, gs_clause *clause)
{
    gs_planner inner = {.run = p->run, .err = p->err, .inner = true};
    size_t room = 0, count = 0;
    uint32_t *slots = NULL;
    gs_code rc;

    GS_TRY(gs_plan_push(&inner, gs_once(p->run)));
    GS_TRY(gs_plan_match(&inner, clause));
    for (size_t i = 0; i < clause->path_count; i++)
        room += clause->paths[i].edge_count * 2 + 2;
    slots = gs_arena_array(&p->run->arena, room, sizeof *slots);
    if (slots == NULL)
        return gs_fail_memory(p->err);
    for (size_t i = 0; i < clause->path_count; i++) {
        const gs_path_pattern *path = &clause->paths[i];
        if (path->slot != GS_NO_SLOT)
            slots[count++] = path->slot;
        for (size_t k = 0; k <= path->edge_count; k++) {
            if (!path->nodes[k].bound)
                slots[count++] = path->nodes[k].slot;
            if (k < path->edge_count && !path->edges[k].bound)
                slots[count++] = path->edges[k].slot;
        }
    }
    rc = gs_plan_push(p, gs_optional(p->run, p->top, inner.top, slots, count));
out:
    return rc;
}

static gs_code plan_expressions(gs_planner *p, gs_projection *projection)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; i < projection->count; i++)
        GS_TRY(gs_plan_expression(p, projection->items[i].expr));
    for (size_t i = 0; i < projection->aggregate_count; i++)
        GS_TRY(gs_plan_expression(p, projection->aggregates[i].call));
    for (size_t i = 0; i < projection->key_count; i++)
        GS_TRY(gs_plan_expression(p, projection->keys[i].expr));
out:
    return rc;
}

static gs_code plan_distinct(gs_planner *p, const gs_projection *projection)
{
    uint32_t *slots = gs_arena_array(&p->run->arena, projection->count, sizeof *slots);

    if (slots == NULL)
        return gs_fail_memory(p->err);
    for (size_t i = 0; i < projection->count; i++)
        slots[i] = projection->items[i].slot;
    return gs_plan_push(p, gs_distinct(p->run, p->top, slots, projection->count));
}

/* WITH and RETURN: group, compute, make distinct, sort, cut, filter. */
static gs_code plan_projection(gs_planner *p, gs_clause *clause)
{
    gs_projection *projection = &clause->projection;
    gs_run *run = p->run;
    uint32_t weight;
    gs_code rc;

    GS_TRY(plan_expressions(p, projection));
    if (projection->grouped) {
        GS_TRY(gs_plan_tally(&weight, p, projection));
        GS_TRY(gs_plan_push(p, gs_aggregate_rows(run, p->top, projection, weight)));
    }
    GS_TRY(gs_plan_push(p, gs_project(run, p->top, projection)));
    if (projection->distinct)
        GS_TRY(plan_distinct(p, projection));
    if (projection->key_count > 0)
        GS_TRY(gs_plan_push(p, gs_sort(run, p->top, projection)));
    if (clause->kind == GS_C_RETURN && run->settings.uncut && run->tree.count == 1 &&
        !p->inner) {
        run->skip = projection->skip;
        run->limit = projection->limit;
    } else if (projection->skip != NULL || projection->limit != NULL) {
        GS_TRY(
            gs_plan_push(p, gs_limit(run, p->top, projection->skip, projection->limit)));
    }
    if (clause->where != NULL) {
        GS_TRY(gs_plan_expression(p, clause->where));
        GS_TRY(gs_plan_push(p, gs_filter(run, p->top, clause->where, NULL)));
    }
out:
    return rc;
}

static gs_code plan_clause(gs_planner *p, gs_clause *clause)
{
    gs_code rc;

    switch (clause->kind) {
    case GS_C_MATCH:
        return clause->optional ? plan_optional(p, clause) : gs_plan_match(p, clause);
    case GS_C_UNWIND:
        GS_TRY(gs_plan_expression(p, clause->list));
        return gs_plan_push(p, gs_unwind(p->run, p->top, clause->list, clause->slot));
    default:
        return plan_projection(p, clause);
    }
out:
    return rc;
}

static gs_code plan_single(gs_planner *p, gs_single *single)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; i < single->count; i++)
        GS_TRY(plan_clause(p, &single->clauses[i]));
out:
    return rc;
}

static gs_code plan_union(gs_planner *p, gs_operator **parts)
{
    gs_run *run = p->run;
    uint32_t *slots;
    gs_code rc;

    GS_TRY(gs_plan_push(p, gs_union(run, parts, run->tree.singles, run->tree.count)));
    if (run->tree.singles[1].all)
        return GS_OK;
    slots = gs_arena_array(&run->arena, run->column_count, sizeof *slots);
    if (slots == NULL)
        return gs_fail_memory(p->err);
    for (size_t i = 0; i < run->column_count; i++)
        slots[i] = run->columns[i].slot;
    rc = gs_plan_push(p, gs_distinct(run, p->top, slots, run->column_count));
out:
    return rc;
}

gs_code gs_plan(gs_run *run, gs_error *err)
{
    gs_planner p = {.run = run, .err = err};
    gs_operator **parts =
        gs_arena_array(&run->arena, run->tree.count, sizeof(gs_operator *));
    gs_code rc = GS_OK;

    if (parts == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < run->tree.count; i++) {
        p.top = NULL;
        GS_TRY(gs_plan_push(&p, gs_once(run)));
        GS_TRY(plan_single(&p, &run->tree.singles[i]));
        parts[i] = p.top;
    }
    if (run->tree.count > 1)
        GS_TRY(plan_union(&p, parts));
    run->root = p.top;
out:
    return rc;
}
