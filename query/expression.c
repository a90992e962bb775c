#include "query/expression.h"

#include "query/classes.h"
#include "query/expression_impl.h"
#include "query/functions/function.h"
#include "query/operators/operator.h"
#include "query/regex.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

enum { ARGUMENTS_MAX = 8 }; /* of a call whose arguments need no memory of their own */

gs_value gs_node_value(uint64_t number)
{
    return (gs_value){.type = GS_NODE, .as.element = {number, NULL}};
}

gs_value gs_edge_value(uint64_t number)
{
    return (gs_value){.type = GS_EDGE, .as.element = {number, NULL}};
}

gs_code gs_eval_refuse(const gs_eval *e, const char *detail, const char *format, ...)
{
    char text[256];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return gs_refuse_row(e->err, e->run->text, e->expr->place, "TypeError", detail, "%s",
                         text);
}

gs_code gs_operand(gs_value *out, const gs_eval *e, size_t index)
{
    if (e->expr->args[index] == NULL) {
        *out = gs_null;
        return GS_OK;
    }
    return gs_evaluate(out, e->run, e->expr->args[index], e->arena, e->err);
}

static gs_code operands(gs_value *a, gs_value *b, const gs_eval *e)
{
    gs_code rc;

    GS_TRY(gs_operand(a, e, 0));
    GS_TRY(gs_operand(b, e, 1));
out:
    return rc;
}

gs_code gs_evaluate_truth(gs_truth *out, gs_run *run, const gs_expr *expr,
                          gs_arena *arena, gs_error *err)
{
    gs_value value;
    gs_code rc = gs_evaluate(&value, run, expr, arena, err);

    if (rc != GS_OK)
        return rc;
    if (value.type != GS_NULL && value.type != GS_BOOLEAN)
        return gs_refuse_row(
            err, run->text, expr->place, "TypeError", "InvalidArgumentType",
            "a condition is true or false, not %s", gs_type_name(value.type));
    *out = value.type == GS_NULL ? GS_UNKNOWN : value.as.boolean ? GS_TRUE : GS_FALSE;
    return GS_OK;
}

/* NOT, and AND, OR and XOR of any number, as far as they must be read. */
static gs_code eval_logic(gs_value *out, const gs_eval *e)
{
    gs_truth all = e->expr->kind == GS_E_AND ? GS_TRUE : GS_FALSE, one;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < e->expr->count; i++) {
        GS_TRY(gs_evaluate_truth(&one, e->run, e->expr->args[i], e->arena, e->err));
        switch (e->expr->kind) {
        case GS_E_NOT:
            all = gs_truth_not(one);
            break;
        case GS_E_AND:
            all = gs_truth_and(all, one);
            if (all == GS_FALSE)
                i = e->expr->count - 1;
            break;
        case GS_E_OR:
            all = gs_truth_or(all, one);
            if (all == GS_TRUE)
                i = e->expr->count - 1;
            break;
        default:
            if (all == GS_UNKNOWN || one == GS_UNKNOWN)
                all = GS_UNKNOWN;
            else
                all = all == one ? GS_FALSE : GS_TRUE;
        }
    }
    *out = gs_truth_value(all);
out:
    return rc;
}

static bool are_intervals(gs_value a, gs_value b)
{
    gs_edtf x;

    return (a.type == GS_DATE || b.type == GS_DATE) && gs_read_date(&x, a) &&
           gs_read_date(&x, b);
}

/* A string beside a date, which is the same for the whole run, is read as one once. */
static gs_code as_date(gs_value *value, const gs_eval *e, size_t index, gs_value other)
{
    const gs_expr *expr = e->expr->args[index];
    gs_memo *memo;
    gs_edtf date, *kept;

    if (value->type != GS_STRING || other.type != GS_DATE || expr->memo == 0 ||
        expr->kind == GS_E_CALL)
        return GS_OK;
    memo = &e->run->memos[expr->memo - 1];
    if (!memo->known) {
        memo->value = *value;
        if (gs_read_date(&date, *value)) {
            kept = gs_arena_take(&e->run->keep, sizeof *kept);
            if (kept == NULL)
                return gs_fail_memory(e->err);
            *kept = date;
            memo->value = gs_date(kept);
        }
        memo->known = true;
    }
    *value = memo->value;
    return GS_OK;
}

/* Two operands by the rules of =: the id or name of any member is a merged node's. */
static gs_code equal_operands(gs_truth *out, const gs_eval *e, size_t one, gs_value a,
                              size_t other, gs_value b)
{
    gs_truth truth = gs_equal(a, b);
    gs_code rc;

    GS_TRY(gs_class_equal(&truth, e->run, e->expr->args[one], b, e->arena, e->err));
    GS_TRY(gs_class_equal(&truth, e->run, e->expr->args[other], a, e->arena, e->err));
    *out = truth;
out:
    return rc;
}

static gs_code eval_comparison(gs_value *out, const gs_eval *e)
{
    gs_expr_kind kind = e->expr->kind;
    bool or_equal = kind == GS_E_LESS_EQUAL || kind == GS_E_GREATER_EQUAL;
    gs_value a, b;
    gs_truth truth;
    gs_code rc;

    GS_TRY(operands(&a, &b, e));
    GS_TRY(as_date(&a, e, 0, b));
    GS_TRY(as_date(&b, e, 1, a));
    if (kind == GS_E_EQUAL || kind == GS_E_DIFFERENT) {
        GS_TRY(equal_operands(&truth, e, 0, a, 1, b));
        truth = kind == GS_E_EQUAL ? truth : gs_truth_not(truth);
    } else if (kind == GS_E_LESS || kind == GS_E_LESS_EQUAL)
        truth = gs_less(a, b, or_equal);
    else
        truth = gs_less(b, a, or_equal);
    if (truth == GS_UNKNOWN && e->run->overlapping != GS_STRICTLY && are_intervals(a, b))
        truth = e->run->overlapping == GS_POSSIBLY ? GS_TRUE : GS_FALSE;
    *out = gs_truth_value(truth);
out:
    return rc;
}

/* STARTS WITH and its kin; null where an operand is no string. */
static gs_code eval_text(gs_value *out, const gs_eval *e)
{
    gs_value a, b;
    bool found = false;
    gs_code rc;

    GS_TRY(operands(&a, &b, e));
    *out = gs_null;
    if (a.type != GS_STRING || b.type != GS_STRING)
        return GS_OK;
    GS_TRY(gs_run_bytes(e->run, a.as.string.size, e->err));
    if (e->expr->kind == GS_E_STARTS)
        found = gs_text_starts(a.as.string, b.as.string);
    else if (e->expr->kind == GS_E_ENDS)
        found = gs_text_ends(a.as.string, b.as.string);
    else if (e->expr->kind == GS_E_CONTAINS)
        found = gs_text_find(a.as.string, b.as.string, 0) != SIZE_MAX;
    else
        GS_TRY(gs_regex_match(&found, e->run, a.as.string, b.as.string, e->expr->place,
                              e->err));
    *out = gs_boolean(found);
out:
    return rc;
}

static gs_code eval_null_test(gs_value *out, const gs_eval *e)
{
    gs_value a;
    gs_code rc;

    GS_TRY(gs_operand(&a, e, 0));
    *out = gs_boolean((a.type == GS_NULL) == (e->expr->kind == GS_E_IS_NULL));
out:
    return rc;
}

static gs_code eval_arithmetic(gs_value *out, const gs_eval *e)
{
    gs_value a, b;
    gs_code rc;

    GS_TRY(operands(&a, &b, e));
    rc = gs_calculate(out, e->run, e->expr->kind, a, b, e->expr->place, e->arena, e->err);
out:
    return rc;
}

static gs_code eval_sign(gs_value *out, const gs_eval *e)
{
    gs_value a;
    gs_code rc;

    GS_TRY(gs_operand(&a, e, 0));
    if (a.type != GS_INTEGER && a.type != GS_FLOAT && a.type != GS_NULL)
        return gs_eval_refuse(e, "InvalidArgumentType", "%s has no sign",
                              gs_type_name(a.type));
    if (e->expr->kind == GS_E_PLUS || a.type == GS_NULL)
        *out = a;
    else if (a.type == GS_FLOAT)
        *out = gs_real(-a.as.real);
    else
        rc = gs_calculate(out, e->run, GS_E_SUBTRACT, gs_integer(0), a, e->expr->place,
                          e->arena, e->err);
out:
    return rc;
}

/* CASE x WHEN v THEN r: the first v that equals x; without x the first that is true. */
static gs_code eval_case(gs_value *out, const gs_eval *e)
{
    const gs_expr *subject = e->expr->args[0];
    gs_value of, when;
    gs_truth truth;
    gs_code rc;

    GS_TRY(gs_operand(&of, e, 0));
    for (size_t i = 1; i + 1 < e->expr->count - 1; i += 2) {
        if (subject == NULL) {
            GS_TRY(gs_evaluate_truth(&truth, e->run, e->expr->args[i], e->arena, e->err));
        } else {
            GS_TRY(gs_operand(&when, e, i));
            GS_TRY(equal_operands(&truth, e, 0, of, i, when));
        }
        if (truth == GS_TRUE)
            return gs_operand(out, e, i + 1);
    }
    rc = gs_operand(out, e, e->expr->count - 1);
out:
    return rc;
}

static gs_code has_labels(bool *out, const gs_eval *e, uint64_t number)
{
    const gs_node *node;
    gs_code rc;

    GS_TRY(gs_run_node(&node, e->run, number, e->err));
    *out = true;
    for (size_t i = 0; i < e->expr->name_count && *out; i++)
        *out = e->expr->keys[i] != 0 && gs_node_has_label(node, e->expr->keys[i]);
out:
    return rc;
}

static gs_code has_type(bool *out, const gs_eval *e, uint64_t number)
{
    gs_edge edge;
    gs_code rc;

    GS_TRY(gs_run_edge(&edge, e->run, number, e->err));
    *out = true;
    for (size_t i = 0; i < e->expr->name_count; i++)
        *out = *out && e->expr->keys[i] == edge.type;
out:
    return rc;
}

static gs_code eval_labels(gs_value *out, const gs_eval *e)
{
    gs_value a;
    bool has;
    gs_code rc;

    GS_TRY(gs_operand(&a, e, 0));
    *out = gs_null;
    if (a.type == GS_NULL)
        return GS_OK;
    if (a.type == GS_NODE)
        GS_TRY(has_labels(&has, e, a.as.element.number));
    else if (a.type == GS_EDGE)
        GS_TRY(has_type(&has, e, a.as.element.number));
    else
        return gs_eval_refuse(e, "InvalidArgumentType", "%s has no labels",
                              gs_type_name(a.type));
    *out = gs_boolean(has);
out:
    return rc;
}

gs_code gs_member(gs_value *out, gs_run *run, gs_value of, gs_text name, uint32_t key,
                  gs_place place, gs_arena *arena, gs_error *err)
{
    *out = gs_null;
    if (of.type == GS_NULL)
        return GS_OK;
    if (of.type == GS_MAP) {
        *out = gs_map_get(of, name);
        return GS_OK;
    }
    if (of.type != GS_NODE && of.type != GS_EDGE)
        return gs_refuse_row(err, run->text, place, "TypeError", "InvalidArgumentType",
                             "%s has no properties", gs_type_name(of.type));
    return key == 0 ? GS_OK : gs_element_property(out, run, of, key, arena, err);
}

static gs_code eval_property(gs_value *out, const gs_eval *e)
{
    gs_value of;
    gs_code rc;

    GS_TRY(gs_operand(&of, e, 0));
    rc = gs_member(out, e->run, of, e->expr->name, e->expr->key, e->expr->place, e->arena,
                   e->err);
out:
    return rc;
}

/* possibly(a < b), certainly(a < b): the comparison inside decides what overlaps. */
static gs_code eval_overlap(gs_value *out, const gs_eval *e)
{
    enum gs_truth_mode before = e->run->overlapping;
    gs_code rc;

    e->run->overlapping = e->expr->function->name[0] == 'p' ? GS_POSSIBLY : GS_CERTAINLY;
    rc = gs_operand(out, e, 0);
    e->run->overlapping = before;
    return rc;
}

static gs_code call_function(gs_value *out, const gs_eval *e)
{
    const gs_function *function = e->expr->function;
    gs_value few[ARGUMENTS_MAX], *args = few;
    gs_code rc = GS_OK;

    if (e->expr->count > ARGUMENTS_MAX) {
        args = gs_arena_array(e->arena, e->expr->count, sizeof *args);
        if (args == NULL)
            return gs_fail_memory(e->err);
    }
    *out = gs_null;
    for (size_t i = 0; i < e->expr->count; i++) {
        GS_TRY(gs_operand(&args[i], e, i));
        if (args[i].type == GS_NULL && !(function->flags & GS_F_NULLS))
            return GS_OK;
        if (args[i].type == GS_STRING)
            GS_TRY(gs_run_bytes(e->run, args[i].as.string.size, e->err));
    }
    rc = function->call(out, &(gs_call){.run = e->run,
                                        .expr = e->expr,
                                        .args = args,
                                        .count = e->expr->count,
                                        .arena = e->arena,
                                        .err = e->err});
out:
    return rc;
}

/* What the store answers the same all through a run is asked once. */
static gs_code eval_remembered(gs_value *out, const gs_eval *e)
{
    gs_memo *memo = &e->run->memos[e->expr->memo - 1];
    gs_eval kept = *e;
    gs_code rc = GS_OK;

    kept.arena = &e->run->keep;
    if (!memo->known)
        GS_TRY(call_function(&memo->value, &kept));
    memo->known = true;
    *out = memo->value;
out:
    return rc;
}

static gs_code eval_call(gs_value *out, const gs_eval *e)
{
    assert(e->expr->function != NULL && e->expr->function->aggregate == NULL);
    if (e->expr->function->flags & GS_F_DATES)
        return eval_overlap(out, e);
    return e->expr->memo > 0 ? eval_remembered(out, e) : call_function(out, e);
}

static gs_code eval_leaf(gs_value *out, const gs_eval *e)
{
    switch (e->expr->kind) {
    case GS_E_LITERAL:
        *out = e->expr->value;
        break;
    case GS_E_PARAMETER:
        *out = e->run->parameters[e->expr->slot];
        break;
    default:
        assert(e->expr->slot < e->run->slots);
        *out = e->run->frame[e->expr->slot];
    }
    return GS_OK;
}

gs_code gs_evaluate(gs_value *out, gs_run *run, const gs_expr *expr, gs_arena *arena,
                    gs_error *err)
{
    static gs_evaluator *const evaluators[] = {
        [GS_E_LITERAL] = eval_leaf,
        [GS_E_VARIABLE] = eval_leaf,
        [GS_E_PARAMETER] = eval_leaf,
        [GS_E_PROPERTY] = eval_property,
        [GS_E_INDEX] = gs_eval_index,
        [GS_E_SLICE] = gs_eval_slice,
        [GS_E_LIST] = gs_eval_list,
        [GS_E_MAP] = gs_eval_map,
        [GS_E_NOT] = eval_logic,
        [GS_E_AND] = eval_logic,
        [GS_E_OR] = eval_logic,
        [GS_E_XOR] = eval_logic,
        [GS_E_EQUAL] = eval_comparison,
        [GS_E_DIFFERENT] = eval_comparison,
        [GS_E_LESS] = eval_comparison,
        [GS_E_LESS_EQUAL] = eval_comparison,
        [GS_E_GREATER] = eval_comparison,
        [GS_E_GREATER_EQUAL] = eval_comparison,
        [GS_E_IN] = gs_eval_in,
        [GS_E_STARTS] = eval_text,
        [GS_E_ENDS] = eval_text,
        [GS_E_CONTAINS] = eval_text,
        [GS_E_MATCHES] = eval_text,
        [GS_E_IS_NULL] = eval_null_test,
        [GS_E_IS_NOT_NULL] = eval_null_test,
        [GS_E_ADD] = eval_arithmetic,
        [GS_E_SUBTRACT] = eval_arithmetic,
        [GS_E_MULTIPLY] = eval_arithmetic,
        [GS_E_DIVIDE] = eval_arithmetic,
        [GS_E_MODULO] = eval_arithmetic,
        [GS_E_POWER] = eval_arithmetic,
        [GS_E_NEGATE] = eval_sign,
        [GS_E_PLUS] = eval_sign,
        [GS_E_CALL] = eval_call,
        [GS_E_COUNT_ROWS] = NULL, /* the resolver puts a variable in its place */
        [GS_E_CASE] = eval_case,
        [GS_E_LABELS] = eval_labels,
        [GS_E_COMPREHENSION] = gs_eval_comprehension,
        [GS_E_ALL] = gs_eval_quantifier,
        [GS_E_ANY] = gs_eval_quantifier,
        [GS_E_NONE] = gs_eval_quantifier,
        [GS_E_SINGLE] = gs_eval_quantifier,
        [GS_E_REDUCE] = gs_eval_reduce,
        [GS_E_PATTERN] = gs_eval_pattern,
        [GS_E_PATTERN_LIST] = gs_eval_pattern_list,
        [GS_E_EXISTS] = gs_eval_pattern,
    };

    assert(evaluators[expr->kind] != NULL);
    return evaluators[expr->kind](out, &(gs_eval){run, expr, arena, err});
}

gs_code gs_evaluate_count(uint64_t *out, gs_run *run, const gs_expr *expr,
                          const char *what, gs_arena *arena, gs_error *err)
{
    gs_value value;
    gs_code rc = gs_evaluate(&value, run, expr, arena, err);

    if (rc != GS_OK)
        return rc;
    if (value.type != GS_INTEGER)
        return gs_refuse_row(err, run->text, expr->place, "SyntaxError",
                             "InvalidArgumentType", "%s takes a whole number, not %s",
                             what, gs_type_name(value.type));
    if (value.as.integer < 0)
        return gs_refuse_row(err, run->text, expr->place, "SyntaxError",
                             "NegativeIntegerArgument", "%s takes no negative number",
                             what);
    *out = (uint64_t)value.as.integer;
    return GS_OK;
}
