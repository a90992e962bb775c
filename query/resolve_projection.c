#include "query/resolve_impl.h"

#include <stdlib.h>
#include <string.h>

/* What WITH and RETURN make of a scope: items, groups, and the scope that follows. */
typedef struct projecting {
    gs_resolver *r;
    gs_projection *p;
    gs_binding *before; /* the scope that the items were read in */
    size_t before_count;
    size_t aggregate_room;
} projecting;

static int by_name(const void *a, const void *b)
{
    return gs_text_compare(((const gs_item *)a)->name, ((const gs_item *)b)->name);
}

static gs_code make_variable(gs_resolver *r, gs_expr **out, gs_text name, gs_place place,
                             uint32_t slot)
{
    gs_expr *expr = gs_arena_take(&r->run->arena, sizeof *expr);

    if (expr == NULL)
        return gs_fail_memory(r->err);
    *expr = (gs_expr){.kind = GS_E_VARIABLE, .name = name, .place = place, .slot = slot};
    *out = expr;
    return GS_OK;
}

/* "*": all that is in scope, by name, before the items written out. */
static gs_code spread_star(projecting *j, gs_place place)
{
    gs_resolver *r = j->r;
    gs_item *items =
        gs_arena_array(&r->run->arena, r->count + j->p->count, sizeof *items);
    gs_code rc = GS_OK;

    if (items == NULL)
        return gs_fail_memory(r->err);
    if (r->count == 0)
        return gs_resolve_refuse(r, place, "NoVariablesInScope",
                                 "`*` stands for all variables, and there is none");
    for (size_t i = 0; i < r->count; i++) {
        items[i] = (gs_item){.name = r->scope[i].name, .place = place, .named = true};
        GS_TRY(make_variable(r, &items[i].expr, items[i].name, place, r->scope[i].slot));
    }
    qsort(items, r->count, sizeof *items, by_name);
    if (j->p->count > 0)
        memcpy(items + r->count, j->p->items, j->p->count * sizeof *items);
    j->p->items = items;
    j->p->count += r->count;
out:
    return rc;
}

static gs_code check_names(projecting *j, bool with)
{
    for (size_t i = 0; i < j->p->count; i++) {
        const gs_item *item = &j->p->items[i];
        if (with && !item->named && item->expr->kind != GS_E_VARIABLE)
            return gs_resolve_refuse(j->r, item->place, "NoExpressionAlias",
                                     "WITH names what it passes on; write `%.*s AS name`",
                                     GS_SHOW(item->name));
        for (size_t k = 0; k < i; k++)
            if (gs_text_equal(j->p->items[k].name, item->name))
                return gs_resolve_refuse(
                    j->r, item->place, "ColumnNameConflict",
                    "two columns are called `%.*s`; rename one by AS",
                    GS_SHOW(item->name));
    }
    return GS_OK;
}

static gs_code resolve_items(projecting *j)
{
    gs_code rc = GS_OK;

    j->r->may_aggregate = true;
    for (size_t i = 0; i < j->p->count; i++) {
        gs_item *item = &j->p->items[i];
        GS_TRY(gs_resolve_expression(j->r, item->expr));
        GS_TRY(gs_refuse_pattern(j->r, item->expr));
        item->slot =
            item->expr->kind == GS_E_VARIABLE ? item->expr->slot : gs_run_slot(j->r->run);
        j->p->grouped = j->p->grouped || gs_expr_has(item->expr, gs_expr_is_aggregate);
    }
out:
    j->r->may_aggregate = false;
    return rc;
}

/* The slot in which an aggregate's value will lie: one for each that is written alike. */
static gs_code register_aggregate(projecting *j, gs_expr **expr)
{
    gs_projection *p = j->p;
    size_t i = 0;

    while (i < p->aggregate_count && !gs_expr_same(p->aggregates[i].call, *expr))
        i++;
    if (i == p->aggregate_count) {
        p->aggregates =
            gs_arena_grow(&j->r->run->arena, p->aggregates, p->aggregate_count,
                          &j->aggregate_room, sizeof *p->aggregates);
        if (p->aggregates == NULL)
            return gs_fail_memory(j->r->err);
        p->aggregates[p->aggregate_count++] =
            (gs_call_site){*expr, gs_run_slot(j->r->run)};
    }
    return make_variable(j->r, expr, (*expr)->name, (*expr)->place,
                         p->aggregates[i].slot);
}

static bool was_in_scope(const projecting *j, uint32_t slot)
{
    for (size_t i = 0; i < j->before_count; i++)
        if (j->before[i].slot == slot)
            return true;
    return false;
}

/* The grouping item, or any item, that is written as `expr`; NULL where there is none. */
static const gs_item *item_like(const projecting *j, const gs_expr *expr)
{
    for (size_t i = 0; i < j->p->count; i++)
        if (gs_expr_same(j->p->items[i].expr, expr))
            return &j->p->items[i];
    return NULL;
}

static bool is_output(const projecting *j, uint32_t slot)
{
    for (size_t i = 0; i < j->p->count; i++)
        if (j->p->items[i].slot == slot)
            return true;
    return false;
}

/* Puts into an expression read behind the groups what is left of the rows: grouping items
 * and aggregates. With `whole` any item may stand for what is written like it, else only
 * variables and properties. */
static gs_code regroup(projecting *j, gs_expr **at, bool whole)
{
    gs_expr *expr = *at;
    const gs_item *item = NULL;
    gs_code rc = GS_OK;

    if (gs_expr_is_aggregate(expr))
        return register_aggregate(j, at);
    if (whole || expr->kind == GS_E_VARIABLE || expr->kind == GS_E_PROPERTY)
        item = item_like(j, expr);
    if (item != NULL)
        return make_variable(j->r, at, expr->name, expr->place, item->slot);
    if (expr->kind == GS_E_VARIABLE && was_in_scope(j, expr->slot) &&
        !is_output(j, expr->slot))
        return gs_resolve_refuse(
            j->r, expr->place,
            j->p->grouped ? "AmbiguousAggregationExpression" : "UndefinedVariable",
            j->p->grouped ? "`%.*s` is neither counted nor a column to group by"
                          : "`%.*s` is gone behind DISTINCT; return it too",
            GS_SHOW(expr->name));
    if (expr->part != NULL && j->p->grouped)
        return gs_resolve_refuse(j->r, expr->place, "AmbiguousAggregationExpression",
                                 "a pattern cannot stand beside an aggregate; name it in "
                                 "a WITH before");
    for (size_t i = 0; i < expr->count; i++)
        if (expr->args[i] != NULL)
            GS_TRY(regroup(j, &expr->args[i], whole));
out:
    return rc;
}

static gs_code regroup_items(projecting *j)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; j->p->grouped && i < j->p->count; i++)
        if (gs_expr_has(j->p->items[i].expr, gs_expr_is_aggregate))
            GS_TRY(regroup(j, &j->p->items[i].expr, false));
out:
    return rc;
}

/* What ORDER BY and WHERE read: the columns, and behind them what was there before. */
static gs_code bind_columns(projecting *j)
{
    gs_resolver *r = j->r;
    gs_code rc = GS_OK;

    r->scope = NULL;
    r->count = r->room = 0;
    for (size_t i = 0; i < j->before_count; i++)
        GS_TRY(gs_bind(r, j->before[i].name, j->before[i].slot, j->before[i].type));
    for (size_t i = 0; i < j->p->count; i++) {
        const gs_item *item = &j->p->items[i];
        gs_resolver then = *r;
        then.scope = j->before;
        then.count = j->before_count;
        GS_TRY(gs_bind(r, item->name, item->slot, gs_type_of(&then, item->expr)));
        r->scope[r->count - 1].known = gs_known_of(&then, item->expr);
    }
out:
    return rc;
}

/* Beside an aggregate only variables and properties stand for columns, as among the
 * items: openCypher counts `a + b` returned and `a + b + count(*)` sorted by as mistaken.
 */
static gs_code resolve_behind(projecting *j, gs_expr **expr, bool may_aggregate)
{
    gs_code rc;

    j->r->may_aggregate = may_aggregate;
    GS_TRY(gs_resolve_expression(j->r, *expr));
    if (j->p->grouped || j->p->distinct)
        GS_TRY(regroup(j, expr, !gs_expr_has(*expr, gs_expr_is_aggregate)));
out:
    j->r->may_aggregate = false;
    return rc;
}

static gs_code resolve_bound(gs_resolver *r, gs_expr *expr, const char *what)
{
    gs_code rc;

    if (expr == NULL)
        return GS_OK;
    r->constant = true;
    rc = gs_resolve_expression(r, expr);
    r->constant = false;
    if (rc != GS_OK)
        return rc;
    if (expr->kind == GS_E_NEGATE && expr->args[0]->kind == GS_E_LITERAL &&
        expr->args[0]->value.type == GS_INTEGER)
        return gs_resolve_refuse(r, expr->place, "NegativeIntegerArgument",
                                 "%s takes no negative number", what);
    if (expr->kind == GS_E_LITERAL && expr->value.type != GS_INTEGER)
        return gs_resolve_refuse(r, expr->place, "InvalidArgumentType",
                                 "%s takes a whole number, not %s", what,
                                 gs_type_name(expr->value.type));
    return GS_OK;
}

static void keep_slot(gs_projection *p, uint32_t slot)
{
    for (size_t i = 0; i < p->kept_count; i++)
        if (p->kept[i] == slot)
            return;
    p->kept[p->kept_count++] = slot;
}

/* What a row must carry past sorting: the columns; where WHERE follows, all it may read.
 */
static gs_code choose_kept(projecting *j, bool where)
{
    gs_projection *p = j->p;
    bool all = where && !p->grouped && !p->distinct;

    p->kept =
        gs_arena_array(&j->r->run->arena, p->count + j->before_count, sizeof *p->kept);
    if (p->kept == NULL)
        return gs_fail_memory(j->r->err);
    for (size_t i = 0; i < p->count; i++)
        keep_slot(p, p->items[i].slot);
    for (size_t i = 0; all && i < j->before_count; i++)
        keep_slot(p, j->before[i].slot);
    return GS_OK;
}

/* From here on the columns are all there is. */
static void leave_columns(projecting *j)
{
    gs_resolver *r = j->r;

    memmove(r->scope, r->scope + j->before_count,
            (r->count - j->before_count) * sizeof *r->scope);
    r->count -= j->before_count;
}

gs_code gs_resolve_projection(gs_resolver *r, gs_clause *clause)
{
    gs_projection *p = &clause->projection;
    projecting j = {.r = r, .p = p, .before = r->scope, .before_count = r->count};
    gs_code rc;

    if (p->star)
        GS_TRY(spread_star(&j, clause->place));
    GS_TRY(check_names(&j, clause->kind == GS_C_WITH));
    GS_TRY(resolve_items(&j));
    GS_TRY(regroup_items(&j));
    GS_TRY(bind_columns(&j));
    for (size_t i = 0; i < p->key_count; i++)
        GS_TRY(resolve_behind(&j, &p->keys[i].expr, p->grouped));
    GS_TRY(resolve_bound(r, p->skip, "SKIP"));
    GS_TRY(resolve_bound(r, p->limit, "LIMIT"));
    if (clause->where != NULL) {
        GS_TRY(resolve_behind(&j, &clause->where, false));
        GS_TRY(gs_check_condition(r, clause->where));
    }
    GS_TRY(choose_kept(&j, clause->where != NULL));
    leave_columns(&j);
out:
    return rc;
}
