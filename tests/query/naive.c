/* Expressions and clauses. */
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

void nv_add_row(nv_rows *rows, const nv_scope *scope, const nv_row *row)
{
    if (*scope->left == 0)
        return;
    --*scope->left;
    rows->rows = gs_arena_grow(scope->arena, rows->rows, rows->count, &rows->room,
                               sizeof *rows->rows);
    if (rows->rows == NULL)
        abort();
    rows->rows[rows->count++] = *row;
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

static gs_truth truth_in(gs_value value)
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
static gs_truth less(gs_value a, gs_value b, bool or_equal)
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
        return less(a, b, false);
    case NV_LESS_EQUAL:
        return less(a, b, true);
    case NV_GREATER:
        return less(b, a, false);
    default:
        return less(b, a, true);
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
        if (truth_in(nv_evaluate(scope, e->args[1], &inner)) == GS_TRUE)
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
        counts[truth_in(nv_evaluate(scope, e->args[1], &inner))]++;
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
    gs_truth truth = truth_in(of);

    if (e->kind == NV_CASE_OF)
        truth = nv_equal(of, nv_evaluate(scope, e->args[1], row));
    return nv_evaluate(scope, e->args[e->count - (truth == GS_TRUE ? 2 : 1)], row);
}

static gs_value logic(const nv_scope *scope, const nv_expr *e, const nv_row *row)
{
    gs_truth a = truth_in(nv_evaluate(scope, e->args[0], row)), b = GS_UNKNOWN;

    if (e->kind == NV_NOT)
        return value_of(not(a));
    b = truth_in(nv_evaluate(scope, e->args[1], row));
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

/* The order of all values, by type first; null comes last. */
static int rank(gs_value v)
{
    static const gs_type ranks[] = {GS_NODE,   GS_EDGE,    GS_LIST,    GS_PATH, GS_DATE,
                                    GS_STRING, GS_BOOLEAN, GS_INTEGER, GS_NULL};
    int at = 0;

    while (ranks[at] != (v.type == GS_FLOAT ? GS_INTEGER : v.type))
        at++;
    return at;
}

static int order(gs_value a, gs_value b)
{
    int by = rank(a) - rank(b);
    size_t i = 0;

    if (by != 0 || a.type == GS_NULL)
        return by;
    if (a.type == GS_DATE)
        return gs_edtf_order(a.as.date, b.as.date);
    if (a.type != GS_LIST)
        return less(a, b, false) == GS_TRUE ? -1 : less(b, a, false) == GS_TRUE;
    for (; i < a.as.list.count && i < b.as.list.count && by == 0; i++)
        by = order(a.as.list.items[i], b.as.list.items[i]);
    return by != 0 ? by
                   : (a.as.list.count > b.as.list.count) -
                         (a.as.list.count < b.as.list.count);
}

/* For DISTINCT and groups: null is null. */
static bool is_same(gs_value a, gs_value b)
{
    gs_buffer x = {0}, y = {0};
    bool same;

    nv_write_value(&x, a, false);
    nv_write_value(&y, b, false);
    same = gs_text_equal(gs_buffer_view(&x), gs_buffer_view(&y));
    gs_buffer_free(&x);
    gs_buffer_free(&y);
    return same;
}

static bool is_aggregate(const nv_expr *e)
{
    return e->kind >= NV_COUNT_ROWS;
}

/* One aggregate over the rows of a group. */
static gs_value aggregate(const nv_scope *scope, const nv_expr *e, const nv_rows *rows)
{
    gs_value *items = nv_take(scope->arena, rows->count * sizeof *items);
    gs_value best = gs_null;
    size_t count = 0;
    int64_t sum = 0;

    if (e->kind == NV_COUNT_ROWS)
        return gs_integer((int64_t)rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        gs_value value = nv_evaluate(scope, e->args[0], &rows->rows[i]);
        bool seen = value.type == GS_NULL;

        for (size_t k = 0; e->kind == NV_COUNT_DISTINCT && k < count && !seen; k++)
            seen = is_same(items[k], value);
        if (seen)
            continue;
        items[count++] = value;
        sum += value.type == GS_INTEGER ? value.as.integer : 0;
        if (best.type == GS_NULL || (order(value, best) < 0) == (e->kind == NV_MIN))
            best = value;
    }
    if (e->kind == NV_SUM)
        return gs_integer(sum);
    if (e->kind == NV_COLLECT)
        return gs_list(items, count);
    return e->kind == NV_MIN || e->kind == NV_MAX ? best : gs_integer((int64_t)count);
}

static bool same_group(const nv_clause *c, const nv_row *a, const nv_row *b)
{
    for (size_t i = 0; i < c->count; i++)
        if (!is_aggregate(c->items[i]) &&
            !is_same(a->vars[c->vars[i]], b->vars[c->vars[i]]))
            return false;
    return true;
}

static bool has_keys(const nv_clause *c)
{
    for (size_t i = 0; i < c->count; i++)
        if (!is_aggregate(c->items[i]))
            return true;
    return false;
}

static nv_row project(const nv_scope *scope, const nv_clause *c, const nv_row *row)
{
    nv_row out = {{{0}}};

    for (size_t i = 0; i < c->count; i++)
        if (!is_aggregate(c->items[i]))
            out.vars[c->vars[i]] = nv_evaluate(scope, c->items[i], row);
    return out;
}

/* For each group, in the order of its first row: all rows of it. */
static void group(nv_rows *out, const nv_scope *scope, const nv_clause *c,
                  const nv_rows *in)
{
    nv_rows keys = {0};

    for (size_t i = 0; i < in->count; i++) {
        nv_row key = project(scope, c, &in->rows[i]);

        nv_add_row(&keys, scope, &key);
    }
    for (size_t i = 0; i < keys.count || (i == 0 && !has_keys(c)); i++) {
        nv_rows members = {0};
        nv_row row = {{{0}}};
        bool first = true;

        for (size_t k = 0; k < i && first; k++)
            first = !same_group(c, &keys.rows[k], &keys.rows[i]);
        if (!first)
            continue;
        for (size_t k = i; k < keys.count; k++)
            if (same_group(c, &keys.rows[k], &keys.rows[i]))
                nv_add_row(&members, scope, &in->rows[k]);
        if (i < keys.count)
            row = keys.rows[i];
        for (size_t k = 0; k < c->count; k++)
            if (is_aggregate(c->items[k]))
                row.vars[c->vars[k]] = aggregate(scope, c->items[k], &members);
        nv_add_row(out, scope, &row);
    }
}

static int order_rows(const nv_clause *c, const nv_row *a, const nv_row *b)
{
    int by = 0;

    for (size_t i = 0; i < c->count && by == 0; i++) {
        by = order(a->vars[c->vars[i]], b->vars[c->vars[i]]);
        by = c->descending[i] ? -by : by;
    }
    return by;
}

static void sort(const nv_clause *c, nv_rows *rows)
{
    for (size_t i = 1; i < rows->count; i++)
        for (size_t k = i; k > 0 && order_rows(c, &rows->rows[k], &rows->rows[k - 1]) < 0;
             k--) {
            nv_row kept = rows->rows[k];

            rows->rows[k] = rows->rows[k - 1];
            rows->rows[k - 1] = kept;
        }
}

static void keep_distinct(const nv_scope *scope, const nv_clause *c, nv_rows *rows)
{
    nv_rows kept = {0};

    for (size_t i = 0; i < rows->count; i++) {
        bool seen = false;

        for (size_t k = 0; k < kept.count && !seen; k++) {
            seen = true;
            for (size_t v = 0; v < c->count && seen; v++)
                seen = is_same(kept.rows[k].vars[c->vars[v]],
                               rows->rows[i].vars[c->vars[v]]);
        }
        if (!seen)
            nv_add_row(&kept, scope, &rows->rows[i]);
    }
    *rows = kept;
}

static void cut(const nv_clause *c, nv_rows *rows)
{
    size_t skip = c->skip < 0 ? 0 : (size_t)c->skip;

    skip = skip > rows->count ? rows->count : skip;
    rows->rows += skip;
    rows->count -= skip;
    if (c->limit >= 0 && rows->count > (size_t)c->limit)
        rows->count = (size_t)c->limit;
}

static void keep_where(const nv_scope *scope, const nv_expr *where, nv_rows *rows)
{
    size_t kept = 0;

    for (size_t i = 0; where != NULL && i < rows->count; i++)
        if (truth_in(nv_evaluate(scope, where, &rows->rows[i])) == GS_TRUE)
            rows->rows[kept++] = rows->rows[i];
    if (where != NULL)
        rows->count = kept;
}

static void match_rows(nv_rows *out, const nv_scope *scope, const nv_clause *c,
                       const nv_rows *in)
{
    for (size_t i = 0; i < in->count; i++) {
        nv_rows found = {0};

        nv_match(&found, scope, &c->pattern, &in->rows[i]);
        keep_where(scope, c->where, &found);
        for (size_t k = 0; k < found.count; k++)
            nv_add_row(out, scope, &found.rows[k]);
        if (found.count == 0 && c->kind == NV_OPTIONAL)
            nv_add_row(out, scope, &in->rows[i]); /* what is not set is null */
    }
}

static void unwind(nv_rows *out, const nv_scope *scope, const nv_clause *c,
                   const nv_rows *in)
{
    for (size_t i = 0; i < in->count; i++) {
        nv_row row = in->rows[i];
        gs_value list = nv_evaluate(scope, c->list, &row);

        for (size_t k = 0; list.type == GS_LIST && k < list.as.list.count; k++) {
            row.vars[c->vars[0]] = list.as.list.items[k];
            nv_add_row(out, scope, &row);
        }
    }
}

static void project_rows(nv_rows *out, const nv_scope *scope, const nv_clause *c,
                         const nv_rows *in)
{
    if (c->grouped)
        group(out, scope, c, in);
    for (size_t i = 0; !c->grouped && i < in->count; i++) {
        nv_row row = project(scope, c, &in->rows[i]);

        nv_add_row(out, scope, &row);
    }
    if (c->distinct)
        keep_distinct(scope, c, out);
    if (c->ordered) {
        sort(c, out);
        cut(c, out);
    }
    keep_where(scope, c->where, out);
}

void nv_evaluate_query(nv_rows *out, const nv_scope *scope, const nv_query *query)
{
    nv_rows rows = {0};

    nv_add_row(&rows, scope, &(nv_row){{{0}}});
    for (size_t i = 0; i < query->count; i++) {
        const nv_clause *c = &query->clauses[i];
        nv_rows next = {0};

        if (c->kind == NV_WITH)
            project_rows(&next, scope, c, &rows);
        else if (c->kind == NV_UNWIND)
            unwind(&next, scope, c, &rows);
        else
            match_rows(&next, scope, c, &rows);
        rows = next;
    }
    *out = rows;
}
