#include "query/resolve_impl.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

gs_code gs_resolve_refuse(gs_resolver *r, gs_place place, const char *detail,
                          const char *format, ...)
{
    char text[384];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return gs_refuse(r->err, r->run->text, place, "SyntaxError", detail, "%s", text);
}

gs_binding *gs_bound(gs_resolver *r, gs_text name)
{
    for (size_t i = r->count; i-- > 0;)
        if (gs_text_equal(r->scope[i].name, name))
            return &r->scope[i];
    return NULL;
}

gs_code gs_bind(gs_resolver *r, gs_text name, uint32_t slot, gs_bound_type type)
{
    r->scope =
        gs_arena_grow(&r->run->arena, r->scope, r->count, &r->room, sizeof *r->scope);
    if (r->scope == NULL)
        return gs_fail_memory(r->err);
    r->scope[r->count++] = (gs_binding){name, slot, type,
                                        type == GS_B_NODE    ? (int)GS_NODE
                                        : type == GS_B_EDGE  ? (int)GS_EDGE
                                        : type == GS_B_EDGES ? (int)GS_LIST
                                        : type == GS_B_PATH  ? (int)GS_PATH
                                                             : GS_UNKNOWN_TYPE};
    return GS_OK;
}

static gs_code resolve_variable(gs_resolver *r, gs_expr *expr)
{
    gs_binding *binding = gs_bound(r, expr->name);
    gs_suggestion near = {.asked = expr->name};

    if (r->constant)
        return gs_resolve_refuse(r, expr->place, "NonConstantExpression",
                                 "`%.*s`: no variable may stand here, only a constant",
                                 GS_SHOW(expr->name));
    if (binding != NULL) {
        expr->slot = binding->slot;
        return GS_OK;
    }
    for (size_t i = 0; i < r->count; i++)
        gs_suggest(&near, r->scope[i].name);
    return gs_resolve_refuse(r, expr->place, "UndefinedVariable",
                             "the variable `%.*s` is not defined%s", GS_SHOW(expr->name),
                             gs_did_you_mean(&near, &r->run->arena));
}

static gs_code resolve_parameter(gs_resolver *r, gs_expr *expr)
{
    gs_run *run = r->run;
    gs_suggestion near = {.asked = expr->name};

    for (size_t i = 0; i < run->parameter_count; i++) {
        if (gs_text_equal(run->parameter_names[i], expr->name)) {
            expr->slot = (uint32_t)i;
            run->parameter_used[i] = true;
            return GS_OK;
        }
        gs_suggest(&near, run->parameter_names[i]);
    }
    return gs_refuse(r->err, run->text, expr->place, "ParameterMissing",
                     "MissingParameter", "no value was given for the parameter `%.*s`%s",
                     GS_SHOW(expr->name), gs_did_you_mean(&near, &run->arena));
}

gs_bound_type gs_type_of(gs_resolver *r, const gs_expr *expr)
{
    static const char *const nodes[] = {"startNode", "endNode", "actor", "on_behalf_of"};
    gs_binding *binding;

    switch (expr->kind) {
    case GS_E_VARIABLE:
        binding = gs_bound(r, expr->name);
        return binding == NULL ? GS_B_ANY : binding->type;
    case GS_E_LITERAL:
        return expr->value.type == GS_NULL ? GS_B_ANY : GS_B_VALUE;
    case GS_E_LIST:
    case GS_E_MAP:
        return GS_B_VALUE;
    case GS_E_CALL:
        for (size_t i = 0; expr->function && i < sizeof nodes / sizeof *nodes; i++)
            if (strcmp(expr->function->name, nodes[i]) == 0)
                return GS_B_NODE;
        return GS_B_ANY;
    default:
        return GS_B_ANY;
    }
}

static gs_code resolve_all(gs_resolver *r, gs_expr *expr)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; i < expr->count; i++)
        if (expr->args[i] != NULL)
            GS_TRY(gs_resolve_expression(r, expr->args[i]));
out:
    return rc;
}

/* What is surely neither node, relationship nor map has no properties. */
static gs_code refuse_scalar(gs_resolver *r, const gs_expr *expr)
{
    int known = gs_known_of(r, expr->args[0]);

    if (known == GS_UNKNOWN_TYPE || known == GS_NODE || known == GS_EDGE ||
        known == GS_MAP)
        return GS_OK;
    return gs_refuse(
        r->err, r->run->text, expr->place, known == GS_PATH ? "SyntaxError" : "TypeError",
        "InvalidArgumentType", "%s has no properties", gs_type_name((gs_type)known));
}

static gs_code resolve_member(gs_resolver *r, gs_expr *expr)
{
    gs_bound_type type;
    gs_place name = expr->place;
    gs_code rc;

    GS_TRY(resolve_all(r, expr));
    GS_TRY(refuse_scalar(r, expr));
    type = gs_type_of(r, expr->args[0]);
    if (name.size > expr->name.size) { /* the name is the expression's last part */
        name.start += name.size - (uint32_t)expr->name.size;
        name.size = (uint32_t)expr->name.size;
    }
    rc = gs_resolve_property(r, &expr->key, expr->name, name,
                             type == GS_B_NODE || type == GS_B_EDGE);
out:
    return rc;
}

static gs_code find_function(gs_resolver *r, gs_expr *expr)
{
    gs_suggestion near = {.asked = expr->name};
    const gs_function *f;

    expr->function = gs_function_find(expr->name);
    if (expr->function != NULL)
        return GS_OK;
    for (size_t i = 0; (f = gs_function_at(i)) != NULL; i++)
        gs_suggest(&near, gs_text_of(f->name));
    return gs_resolve_refuse(r, (gs_place){expr->place.start, (uint32_t)expr->name.size},
                             "UnknownFunction", "there is no function `%.*s`%s",
                             GS_SHOW(expr->name), gs_did_you_mean(&near, &r->run->arena));
}

static gs_code check_arguments(gs_resolver *r, const gs_expr *expr)
{
    const gs_function *f = expr->function;

    if (expr->count >= f->least && expr->count <= f->most)
        return GS_OK;
    if (f->least == f->most)
        return gs_resolve_refuse(r, expr->place, "InvalidNumberOfArguments",
                                 "%s() takes %d argument%s, not %zu", f->name, f->least,
                                 f->least == 1 ? "" : "s", expr->count);
    return gs_resolve_refuse(r, expr->place, "InvalidNumberOfArguments",
                             "%s() takes %d to %d arguments, not %zu", f->name, f->least,
                             f->most, expr->count);
}

/* possibly() and certainly() decide comparisons; under NOT they would decide the opposite
 * of what was asked. */
static bool is_comparison(const gs_expr *expr)
{
    if (expr->kind == GS_E_AND || expr->kind == GS_E_OR) {
        for (size_t i = 0; i < expr->count; i++)
            if (!is_comparison(expr->args[i]))
                return false;
        return true;
    }
    return expr->kind >= GS_E_EQUAL && expr->kind <= GS_E_GREATER_EQUAL;
}

/* The same in every row: what a steady function is asked may be remembered. */
static bool is_fixed(const gs_expr *expr)
{
    if (expr->kind == GS_E_LITERAL || expr->kind == GS_E_PARAMETER)
        return true;
    return expr->kind == GS_E_CALL && expr->memo > 0;
}

static gs_code resolve_aggregate(gs_resolver *r, gs_expr *expr)
{
    gs_code rc;

    if (r->aggregating)
        return gs_resolve_refuse(r, expr->place, "NestedAggregation",
                                 "one aggregate cannot take another; count in a WITH "
                                 "before");
    if (!r->may_aggregate)
        return gs_resolve_refuse(r, expr->place, "InvalidAggregation",
                                 "nothing can be counted or collected here, only in "
                                 "RETURN and WITH");
    r->aggregating = true;
    rc = resolve_all(r, expr);
    r->aggregating = false;
    return rc;
}

static bool is_call(const gs_expr *expr, const char *name)
{
    return gs_text_equal(gs_text_of(expr->function->name), gs_text_of(name));
}

/* score(s) is by the words that has_words(s, ...) asks for. */
static gs_code complete_score(gs_resolver *r, gs_expr *expr)
{
    const gs_expr *by = r->searched;
    gs_expr **args;

    if (!is_call(expr, "score") || expr->count != 1)
        return GS_OK;
    if (by == NULL || expr->args[0]->kind != GS_E_VARIABLE ||
        !gs_text_equal(by->args[0]->name, expr->args[0]->name))
        return gs_resolve_refuse(r, expr->place, "InvalidNumberOfArguments",
                                 "score() of what has_words() does not ask for wants the "
                                 "words: score(s, 'some words')");
    args = gs_arena_array(&r->run->arena, 2, sizeof(gs_expr *));
    if (args == NULL)
        return gs_fail_memory(r->err);
    args[0] = expr->args[0];
    args[1] = by->args[1];
    expr->args = args;
    expr->count = 2;
    return GS_OK;
}

/* Words that stand for themselves can be ranked by later on. */
static void note_search(gs_resolver *r, const gs_expr *expr)
{
    if (is_call(expr, "has_words") && expr->args[0]->kind == GS_E_VARIABLE &&
        (expr->args[1]->kind == GS_E_PARAMETER || expr->args[1]->kind == GS_E_LITERAL))
        r->searched = expr;
}

static gs_code resolve_call(gs_resolver *r, gs_expr *expr)
{
    bool fixed = true;
    gs_code rc;

    GS_TRY(find_function(r, expr));
    GS_TRY(check_arguments(r, expr));
    GS_TRY(complete_score(r, expr));
    if (expr->function->aggregate != NULL)
        return resolve_aggregate(r, expr);
    if (expr->distinct)
        return gs_resolve_refuse(
            r, expr->place, "UnexpectedSyntax",
            "DISTINCT stands within aggregates only, such as count()");
    GS_TRY(resolve_all(r, expr));
    for (size_t i = 0; i < expr->count; i++)
        GS_TRY(gs_refuse_pattern(r, expr->args[i]));
    GS_TRY(gs_check_types(r, expr));
    note_search(r, expr);
    if (expr->function->flags & GS_F_DATES && !is_comparison(expr->args[0]))
        return gs_resolve_refuse(r, expr->args[0]->place, "InvalidArgumentType",
                                 "%s() takes a comparison of dates, such as d < e",
                                 expr->function->name);
    for (size_t i = 0; i < expr->count; i++)
        fixed = fixed && is_fixed(expr->args[i]);
    if (fixed && expr->function->flags & GS_F_STEADY)
        expr->memo = ++r->run->memo_count;
out:
    return rc;
}

static gs_code resolve_label_test(gs_resolver *r, gs_expr *expr)
{
    gs_bound_type type;
    gs_code rc;

    GS_TRY(resolve_all(r, expr));
    expr->keys = gs_arena_array(&r->run->arena, expr->name_count, sizeof *expr->keys);
    if (expr->keys == NULL)
        return gs_fail_memory(r->err);
    type = gs_type_of(r, expr->args[0]);
    for (size_t i = 0; i < expr->name_count; i++) {
        expr->keys[i] = gs_name_find(r->run->snapshot, expr->names[i]);
        if (type != GS_B_EDGE)
            GS_TRY(gs_resolve_label(r, &expr->keys[i], expr->names[i], expr->place));
    }
out:
    return rc;
}

/* A variable that lives in the rest of its expression only. */
static gs_code bind_local(gs_resolver *r, gs_text name, uint32_t *slot)
{
    *slot = gs_run_slot(r->run);
    return gs_bind(r, name, *slot, GS_B_ANY);
}

/* List first, outside; then filter and result with the variable. */
static gs_code resolve_over_list(gs_resolver *r, gs_expr *expr)
{
    size_t outside = r->count;
    bool aggregate = r->may_aggregate;
    gs_code rc;

    GS_TRY(gs_resolve_expression(r, expr->args[0]));
    GS_TRY(bind_local(r, expr->name, &expr->slot));
    r->scope[r->count - 1].known = gs_known_item(r, expr->args[0]);
    r->may_aggregate = false;
    for (size_t i = 1; i < expr->count; i++)
        if (expr->args[i] != NULL)
            GS_TRY(gs_resolve_expression(r, expr->args[i]));
out:
    r->may_aggregate = aggregate;
    r->count = outside;
    return rc;
}

static gs_code resolve_reduce(gs_resolver *r, gs_expr *expr)
{
    size_t outside = r->count;
    bool aggregate = r->may_aggregate;
    gs_code rc;

    GS_TRY(gs_resolve_expression(r, expr->args[0]));
    GS_TRY(gs_resolve_expression(r, expr->args[1]));
    GS_TRY(bind_local(r, expr->name, &expr->slot));
    GS_TRY(bind_local(r, expr->other, &expr->other_slot));
    r->may_aggregate = false;
    GS_TRY(gs_resolve_expression(r, expr->args[2]));
out:
    r->may_aggregate = aggregate;
    r->count = outside;
    return rc;
}

/* A pattern that asks whether it has a match may name only what is known. */
static gs_code refuse_new_names(gs_resolver *r, const gs_path_pattern *path)
{
    for (size_t i = 0; i <= path->edge_count; i++) {
        const gs_node_pattern *node = &path->nodes[i];
        if (node->name.bytes != NULL && gs_bound(r, node->name) == NULL)
            return gs_resolve_refuse(r, node->place, "UndefinedVariable",
                                     "the variable `%.*s` is not defined, and a pattern "
                                     "within a condition defines none",
                                     GS_SHOW(node->name));
        if (i < path->edge_count && path->edges[i].name.bytes != NULL &&
            gs_bound(r, path->edges[i].name) == NULL)
            return gs_resolve_refuse(r, path->edges[i].place, "UndefinedVariable",
                                     "the variable `%.*s` is not defined, and a pattern "
                                     "within a condition defines none",
                                     GS_SHOW(path->edges[i].name));
    }
    return GS_OK;
}

/* A subquery sees what is around it, and nothing of it is seen outside. */
static gs_code resolve_part(gs_resolver *r, gs_expr *expr)
{
    gs_resolver inside = *r;
    gs_code rc;

    if (r->constant)
        return gs_resolve_refuse(r, expr->place, "NonConstantExpression",
                                 "no pattern may stand here, only a constant");
    if (expr->kind == GS_E_PATTERN)
        GS_TRY(refuse_new_names(r, &expr->part->clauses[0].paths[0]));
    inside.scope = NULL;
    inside.count = inside.room = 0;
    inside.may_aggregate = false;
    for (size_t i = 0; i < r->count; i++)
        GS_TRY(gs_bind(&inside, r->scope[i].name, r->scope[i].slot, r->scope[i].type));
    GS_TRY(gs_resolve_single(&inside, expr->part));
    rc = resolve_all(&inside, expr);
out:
    return rc;
}

gs_code gs_resolve_expression(gs_resolver *r, gs_expr *expr)
{
    gs_code rc;

    switch (expr->kind) {
    case GS_E_VARIABLE:
        return resolve_variable(r, expr);
    case GS_E_PARAMETER:
        return resolve_parameter(r, expr);
    case GS_E_PROPERTY:
        return resolve_member(r, expr);
    case GS_E_CALL:
        return resolve_call(r, expr);
    case GS_E_COUNT_ROWS:
        return resolve_aggregate(r, expr);
    case GS_E_LABELS:
        return resolve_label_test(r, expr);
    case GS_E_COMPREHENSION:
    case GS_E_ALL:
    case GS_E_ANY:
    case GS_E_NONE:
    case GS_E_SINGLE:
        return resolve_over_list(r, expr);
    case GS_E_REDUCE:
        return resolve_reduce(r, expr);
    case GS_E_PATTERN:
    case GS_E_PATTERN_LIST:
    case GS_E_EXISTS:
        return resolve_part(r, expr);
    default:
        GS_TRY(resolve_all(r, expr));
        return gs_check_types(r, expr);
    }
out:
    return rc;
}
