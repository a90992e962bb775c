/* Clauses: rows out of rows. */
#include "tests/query/naive.h"

#include <stdlib.h>

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
        return nv_less(a, b, false) == GS_TRUE ? -1 : nv_less(b, a, false) == GS_TRUE;
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
        if (nv_truth(nv_evaluate(scope, where, &rows->rows[i])) == GS_TRUE)
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
