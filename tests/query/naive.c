/* Expressions. */
#include "tests/query/naive.h"

#include <stdlib.h>
#include <string.h>

void *nv_take(gs_arena *arena, size_t size)
{
    void *taken = gs_arena_take(arena, size);

    if (taken == NULL)
        abort();
    return taken;
}

static gs_truth not(gs_truth a)
{
    return a == GS_UNKNOWN ? a : a == GS_TRUE ? GS_FALSE : GS_TRUE;
}

static gs_truth both(gs_truth a, gs_truth b)
{
    if (a == GS_FALSE || b == GS_FALSE)
        return GS_FALSE;
    return a == GS_TRUE && b == GS_TRUE ? GS_TRUE : GS_UNKNOWN;
}

static gs_truth truth_of(bool b)
{
    return b ? GS_TRUE : GS_FALSE;
}

static gs_value value_of(gs_truth truth)
{
    return truth == GS_UNKNOWN ? gs_null : gs_boolean(truth == GS_TRUE);
}

gs_truth nv_truth(gs_value value)
{
    return value.type == GS_BOOLEAN ? truth_of(value.as.boolean) : GS_UNKNOWN;
}

static gs_truth equal_lists(const gs_value *a, size_t a_count, const gs_value *b,
                            size_t b_count)
{
    gs_truth all = truth_of(a_count == b_count);

    for (size_t i = 0; i < a_count && all != GS_FALSE; i++)
        all = both(all, nv_equal(a[i], b[i]));
    return all;
}

static bool is_number(gs_value v)
{
    return v.type == GS_INTEGER || v.type == GS_FLOAT;
}

static double number_of(gs_value v)
{
    return v.type == GS_INTEGER ? (double)v.as.integer : v.as.real;
}

gs_truth nv_equal(gs_value a, gs_value b)
{
    if (a.type == GS_NULL || b.type == GS_NULL)
        return GS_UNKNOWN;
    if (is_number(a) && is_number(b))
        return truth_of(number_of(a) == number_of(b));
    if (a.type != b.type)
        return GS_FALSE;
    switch (a.type) {
    case GS_BOOLEAN:
        return truth_of(a.as.boolean == b.as.boolean);
    case GS_STRING:
        return truth_of(gs_text_equal(a.as.string, b.as.string));
    case GS_DATE:
        return truth_of(gs_edtf_equal(a.as.date, b.as.date));
    case GS_LIST:
        return equal_lists(a.as.list.items, a.as.list.count, b.as.list.items,
                           b.as.list.count);
    case GS_PATH:
        return equal_lists(a.as.path.items, a.as.path.count, b.as.path.items,
                           b.as.path.count);
    default:
        return truth_of(a.as.element.number == b.as.element.number);
    }
}

/* a < b, or a <= b. */
gs_truth nv_less(gs_value a, gs_value b, bool or_equal)
{
    int order;

    if (a.type == GS_DATE && b.type == GS_DATE)
        return or_equal ? gs_edtf_not_after(a.as.date, b.as.date)
                        : gs_edtf_before(a.as.date, b.as.date);
    if (is_number(a) && is_number(b))
        order = (number_of(a) > number_of(b)) - (number_of(a) < number_of(b));
    else if (a.type != b.type)
        return GS_UNKNOWN;
    else if (a.type == GS_STRING)
        order = gs_text_compare(a.as.string, b.as.string);
    else if (a.type == GS_BOOLEAN)
        order = (int)a.as.boolean - (int)b.as.boolean;
    else
        return GS_UNKNOWN;
    return truth_of(order < 0 || (or_equal && order == 0));
}

static gs_truth compare(const nv_expr *e, gs_value a, gs_value b)
{
    switch (e->kind) {
    case NV_EQUAL:
        return nv_equal(a, b);
    case NV_DIFFERENT:
        return not(nv_equal(a, b));
    case NV_LESS:
        return nv_less(a, b, false);
    case NV_LESS_EQUAL:
        return nv_less(a, b, true);
    case NV_GREATER:
        return nv_less(b, a, false);
    default:
        return nv_less(b, a, true);
    }
}

static gs_truth is_in(gs_value value, gs_value list)
{
    gs_truth found = GS_FALSE;

    if (list.type != GS_LIST)
        return GS_UNKNOWN;
    for (size_t i = 0; i < list.as.list.count; i++)
        found = not(both(not(found), not(nv_equal(value, list.as.list.items[i]))));
    return found;
}

static gs_value calculate(nv_kind kind, gs_value a, gs_value b)
{
    if (a.type != GS_INTEGER || b.type != GS_INTEGER)
        return gs_null;
    if (kind == NV_ADD)
        return gs_integer(a.as.integer + b.as.integer);
    if (kind == NV_SUBTRACT)
        return gs_integer(a.as.integer - b.as.integer);
    return gs_integer(a.as.integer * b.as.integer);
}

static const gs_value *properties_of(const nv_scope *scope, gs_value element)
{
    for (size_t i = 0; element.type == GS_NODE && i < scope->graph->node_count; i++)
        if (scope->graph->nodes[i].number == element.as.element.number)
            return scope->graph->nodes[i].properties;
    for (size_t i = 0; element.type == GS_EDGE && i < scope->graph->edge_count; i++)
        if (scope->graph->edges[i].number == element.as.element.number)
            return scope->graph->edges[i].properties;
    return NULL;
}

static gs_value property(const nv_scope *scope, gs_value of, size_t key)
{
    const gs_value *properties = properties_of(scope, of);

    return properties == NULL ? gs_null : properties[key];
}

static gs_value has_label(const nv_scope *scope, gs_value of, unsigned label)
{
    for (size_t i = 0; of.type == GS_NODE && i < scope->graph->node_count; i++)
        if (scope->graph->nodes[i].number == of.as.element.number)
            return gs_boolean((scope->graph->nodes[i].labels & label) != 0);
    return gs_null;
}

static gs_value type_of(const nv_scope *scope, gs_value of)
{
    for (size_t i = 0; of.type == GS_EDGE && i < scope->graph->edge_count; i++)
        if (scope->graph->edges[i].number == of.as.element.number)
            for (size_t t = 0; t < NV_TYPES; t++)
                if (scope->graph->edges[i].type == 1U << t)
                    return gs_string(gs_text_of(nv_types[t]));
    return gs_null;
}

static gs_value element_at(gs_value list, gs_value index)
{
    int64_t at = index.as.integer;

    if (list.type != GS_LIST || index.type != GS_INTEGER)
        return gs_null;
    at += at < 0 ? (int64_t)list.as.list.count : 0;
    return at < 0 || at >= (int64_t)list.as.list.count ? gs_null : list.as.list.items[at];
}

/* The items that pass, each as args[2] makes it. */
static gs_value comprehend(const nv_scope *scope, const nv_expr *e, const nv_row *row)
{
    gs_value list = nv_evaluate(scope, e->args[0], row);
    nv_row inner = *row;
    gs_value *items;
    size_t count = 0;

    if (list.type != GS_LIST)
        return gs_null;
    items = nv_take(scope->arena, list.as.list.count * sizeof *items);
    for (size_t i = 0; i < list.as.list.count; i++) {
        inner.vars[e->var] = list.as.list.items[i];
        if (nv_truth(nv_evaluate(scope, e->args[1], &inner)) == GS_TRUE)
            items[count++] = nv_evaluate(scope, e->args[2], &inner);
    }
    return gs_list(items, count);
}

/* all, any, none and single are what AND and OR of all items' answers make of them. */
static gs_value quantify(const nv_scope *scope, const nv_expr *e, const nv_row *row)
{
    gs_value list = nv_evaluate(scope, e->args[0], row);
    nv_row inner = *row;
    size_t counts[3] = {0};

    if (list.type != GS_LIST)
        return gs_null;
    for (size_t i = 0; i < list.as.list.count; i++) {
        inner.vars[e->var] = list.as.list.items[i];
        counts[nv_truth(nv_evaluate(scope, e->args[1], &inner))]++;
    }
    switch (e->kind) {
    case NV_ALL:
        return counts[GS_FALSE] > 0     ? gs_boolean(false)
               : counts[GS_UNKNOWN] > 0 ? gs_null
                                        : gs_boolean(true);
    case NV_ANY:
    case NV_NONE:
        if (counts[GS_TRUE] == 0 && counts[GS_UNKNOWN] > 0)
            return gs_null;
        return gs_boolean((counts[GS_TRUE] > 0) == (e->kind == NV_ANY));
    default:
        if (counts[GS_TRUE] > 1)
            return gs_boolean(false);
        return counts[GS_UNKNOWN] > 0 ? gs_null : gs_boolean(counts[GS_TRUE] == 1);
    }
}

static gs_value choose(const nv_scope *scope, const nv_expr *e, const nv_row *row)
{
    gs_value of = nv_evaluate(scope, e->args[0], row);
    gs_truth truth = nv_truth(of);

    if (e->kind == NV_CASE_OF)
        truth = nv_equal(of, nv_evaluate(scope, e->args[1], row));
    return nv_evaluate(scope, e->args[e->count - (truth == GS_TRUE ? 2 : 1)], row);
}

static gs_value logic(const nv_scope *scope, const nv_expr *e, const nv_row *row)
{
    gs_truth a = nv_truth(nv_evaluate(scope, e->args[0], row)), b = GS_UNKNOWN;

    if (e->kind == NV_NOT)
        return value_of(not(a));
    b = nv_truth(nv_evaluate(scope, e->args[1], row));
    if (e->kind == NV_AND)
        return value_of(both(a, b));
    if (e->kind == NV_OR)
        return value_of(not(both(not(a), not(b))));
    return a == GS_UNKNOWN || b == GS_UNKNOWN ? gs_null : gs_boolean(a != b);
}

/* possibly(a < b), certainly(a < b): of two dates the answer is never unknown. */
static gs_value overlap(const nv_scope *scope, const nv_expr *e, const nv_row *row)
{
    const nv_expr *comparison = e->args[0];
    gs_value a = nv_evaluate(scope, comparison->args[0], row);
    gs_value b = nv_evaluate(scope, comparison->args[1], row);
    gs_truth truth = compare(comparison, a, b);

    if (truth == GS_UNKNOWN && a.type == GS_DATE && b.type == GS_DATE)
        truth = truth_of(e->kind == NV_POSSIBLY);
    return value_of(truth);
}

static gs_value make_list(const nv_scope *scope, const nv_expr *e, const nv_row *row)
{
    gs_value *items = nv_take(scope->arena, e->count * sizeof *items);

    for (size_t i = 0; i < e->count; i++)
        items[i] = nv_evaluate(scope, e->args[i], row);
    return gs_list(items, e->count);
}

static gs_value exists(const nv_scope *scope, const nv_expr *e, const nv_row *row)
{
    nv_rows found = {0};

    nv_match(&found, scope, e->pattern, row);
    return gs_boolean(found.count > 0);
}

static gs_value size_of(gs_value value)
{
    if (value.type == GS_PATH)
        return gs_integer((int64_t)value.as.path.count / 2);
    return value.type == GS_LIST ? gs_integer((int64_t)value.as.list.count) : gs_null;
}

gs_value nv_evaluate(const nv_scope *scope, const nv_expr *e, const nv_row *row)
{
    gs_value a = gs_null, b = gs_null;

    if (e->kind >= NV_NOT && e->kind <= NV_XOR)
        return logic(scope, e, row);
    if (e->kind == NV_POSSIBLY || e->kind == NV_CERTAINLY)
        return overlap(scope, e, row);
    if (e->kind == NV_CASE || e->kind == NV_CASE_OF)
        return choose(scope, e, row);
    if (e->kind == NV_COMPREHENSION)
        return comprehend(scope, e, row);
    if (e->kind >= NV_ALL && e->kind <= NV_SINGLE)
        return quantify(scope, e, row);
    if (e->count > 0)
        a = nv_evaluate(scope, e->args[0], row);
    if (e->count > 1)
        b = nv_evaluate(scope, e->args[1], row);
    switch (e->kind) {
    case NV_LITERAL:
        return e->value;
    case NV_VAR:
        return row->vars[e->var];
    case NV_PROPERTY:
        return property(scope, a, e->key);
    case NV_LABEL:
        return has_label(scope, a, e->label);
    case NV_IN:
        return value_of(is_in(a, b));
    case NV_IS_NULL:
    case NV_IS_NOT_NULL:
        return gs_boolean((a.type == GS_NULL) == (e->kind == NV_IS_NULL));
    case NV_ADD:
    case NV_SUBTRACT:
    case NV_MULTIPLY:
        return calculate(e->kind, a, b);
    case NV_LIST:
        return make_list(scope, e, row);
    case NV_ELEMENT:
        return element_at(a, b);
    case NV_SIZE:
    case NV_LENGTH:
        return size_of(a);
    case NV_TYPE:
        return type_of(scope, a);
    case NV_COALESCE:
        return a.type == GS_NULL ? b : a;
    case NV_EXISTS:
        return exists(scope, e, row);
    default:
        return value_of(compare(e, a, b));
    }
}
