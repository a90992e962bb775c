#include "query/questions/exchange.h"

#include "query/compare.h"
#include <stdlib.h>

static int by_date(const void *a, const void *b, void *context)
{
    const gs_act *acts = context;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    int order = gs_act_order(&acts[x], &acts[y]);

    return order != 0 ? order : (x > y) - (x < y);
}

gs_code gs_exchange_line_up(gs_exchange *exchange, gs_asked *asked, gs_error *err)
{
    size_t *order = gs_arena_array(&asked->arena, exchange->count, sizeof *order);

    if (order == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < exchange->count; i++)
        order[i] = i;
    if (exchange->count > 1)
        qsort_r(order, exchange->count, sizeof *order, by_date, exchange->acts);
    exchange->order = order;
    exchange->told = exchange->count;
    return GS_OK;
}

/* The latest-dated of two targets; an undated one only where there is no other. */
static bool later(const gs_act *a, const gs_act *b)
{
    if ((a->date.type == GS_DATE) != (b->date.type == GS_DATE))
        return a->date.type == GS_DATE;
    if (gs_order(a->date, b->date) != 0)
        return gs_order(a->date, b->date) > 0;
    return gs_order(a->shown.id, b->shown.id) < 0;
}

static void choose_parent(gs_exchange *exchange, gs_act *act)
{
    act->parent = GS_NO_ACT;
    for (size_t i = 0; i < act->target_count; i++) {
        size_t target = act->targets[i].act;
        if (target == GS_NO_ACT)
            continue;
        if (act->parent == GS_NO_ACT ||
            later(&exchange->acts[target], &exchange->acts[act->parent]))
            act->parent = target;
    }
}

/* A circle, entered at `at`, becomes a tree whose root is its oldest act. */
static void cut(gs_exchange *exchange, size_t at)
{
    size_t oldest = at;

    for (size_t i = exchange->acts[at].parent; i != at; i = exchange->acts[i].parent)
        if (gs_act_order(&exchange->acts[i], &exchange->acts[oldest]) < 0)
            oldest = i;
    exchange->acts[oldest].parent = GS_NO_ACT;
}

/* Who answers whom in a circle would hang in the air: each way up is followed once. */
static void cut_circles(gs_exchange *exchange, size_t *seen)
{
    for (size_t i = 0; i < exchange->count; i++) {
        size_t at = i;
        while (at != GS_NO_ACT && seen[at] == 0) {
            seen[at] = i + 1;
            at = exchange->acts[at].parent;
        }
        if (at != GS_NO_ACT && seen[at] == i + 1)
            cut(exchange, at);
    }
}

/* Children as lists: the first of each act, and the next beside it. */
typedef struct family {
    size_t *first, *next;
} family;

static void link_children(gs_exchange *exchange, family *f, const size_t *sorted)
{
    for (size_t i = 0; i < exchange->count; i++)
        f->first[i] = f->next[i] = GS_NO_ACT;
    for (size_t i = exchange->count; i-- > 0;) { /* so that the oldest ends up first */
        size_t parent = exchange->acts[sorted[i]].parent;
        if (parent == GS_NO_ACT)
            continue;
        f->next[sorted[i]] = f->first[parent];
        f->first[parent] = sorted[i];
    }
}

/* Writes a root and all below it, depth first. */
static void tell_tree(gs_exchange *exchange, const family *f, size_t root)
{
    size_t at = root, depth = 0;

    for (;;) {
        exchange->acts[at].depth = depth;
        exchange->order[exchange->told++] = at;
        if (f->first[at] != GS_NO_ACT) {
            at = f->first[at];
            depth++;
            continue;
        }
        while (at != root && f->next[at] == GS_NO_ACT) {
            at = exchange->acts[at].parent;
            depth--;
        }
        if (at == root)
            return;
        at = f->next[at];
    }
}

gs_code gs_exchange_plant(gs_exchange *exchange, gs_asked *asked, gs_error *err)
{
    size_t *sorted, *seen;
    family f;
    gs_code rc;

    GS_TRY(gs_exchange_line_up(exchange, asked, err));
    sorted = exchange->order;
    seen = gs_arena_array(&asked->arena, exchange->count, sizeof *seen);
    f.first = gs_arena_array(&asked->arena, exchange->count, sizeof *f.first);
    f.next = gs_arena_array(&asked->arena, exchange->count, sizeof *f.next);
    exchange->order =
        gs_arena_array(&asked->arena, exchange->count, sizeof *exchange->order);
    if (seen == NULL || f.first == NULL || f.next == NULL || exchange->order == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < exchange->count; i++)
        choose_parent(exchange, &exchange->acts[i]);
    cut_circles(exchange, seen);
    link_children(exchange, &f, sorted);
    exchange->told = 0;
    for (size_t i = 0; i < exchange->count; i++)
        if (exchange->acts[sorted[i]].parent == GS_NO_ACT)
            tell_tree(exchange, &f, sorted[i]);
out:
    return rc;
}
