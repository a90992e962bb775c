#include "query/links.h"
#include "query/operators/clock.h"
#include "query/operators/operators.h"
#include "query/reported.h"

#include <string.h>

/* A way that has been found: its last relationship and the way before it. */
typedef struct way {
    uint64_t node, edge;
    size_t before; /* SIZE_MAX for the way of no step */
    size_t same;   /* another settled way to this node; SIZE_MAX is none */
    uint32_t hops;
    gs_clock clock;
} way;

/* shortestPath, allShortestPaths, earliestPath: ways are settled in the order of hops
 * (earliest: of arrival), each unless one settled at its node is as good in all. */
typedef struct shortest {
    gs_operator base;
    gs_expand_spec spec;
    gs_links *links;
    gs_arena once; /* what lives as long as the input's row */
    way *ways;
    size_t count, room;
    size_t *heap; /* ways that wait, the next first */
    size_t heap_count, heap_room;
    size_t *settled; /* hash of nodes: a settled way + 1, 0 is free */
    size_t settled_count, bucket_count;
    gs_value properties;
    int64_t within;
    bool active;
} shortest;

static void shortest_close(gs_operator *self)
{
    shortest *s = (shortest *)self;

    gs_links_close(s->links);
    s->links = NULL;
    gs_arena_free(&s->once);
}

static gs_code shortest_open(gs_operator *self, gs_error *err)
{
    ((shortest *)self)->active = false;
    return gs_open(self->input, err);
}

/* Whether way `a` is settled before `b`. */
static bool goes_first(const shortest *s, size_t a, size_t b)
{
    const way *x = &s->ways[a], *y = &s->ways[b];
    bool earliest = s->spec.path->kind == GS_PATH_EARLIEST;

    if (earliest && x->clock.floor != y->clock.floor)
        return x->clock.floor < y->clock.floor;
    if (x->hops != y->hops)
        return x->hops < y->hops;
    return x->clock.floor != y->clock.floor ? x->clock.floor < y->clock.floor : a < b;
}

static gs_code push(shortest *s, size_t number, gs_error *err)
{
    size_t at = s->heap_count;

    s->heap = gs_arena_grow(&s->once, s->heap, at, &s->heap_room, sizeof *s->heap);
    if (s->heap == NULL)
        return gs_fail_memory(err);
    s->heap_count++;
    for (; at > 0 && goes_first(s, number, s->heap[(at - 1) / 2]); at = (at - 1) / 2)
        s->heap[at] = s->heap[(at - 1) / 2];
    s->heap[at] = number;
    return GS_OK;
}

static size_t pop(shortest *s)
{
    size_t first = s->heap[0], last = s->heap[--s->heap_count], at = 0, child;

    while ((child = at * 2 + 1) < s->heap_count) {
        if (child + 1 < s->heap_count &&
            goes_first(s, s->heap[child + 1], s->heap[child]))
            child++;
        if (!goes_first(s, s->heap[child], last))
            break;
        s->heap[at] = s->heap[child];
        at = child;
    }
    s->heap[at] = last;
    return first;
}

static size_t *bucket_of(const shortest *s, uint64_t node)
{
    size_t i = (size_t)(node * UINT64_C(0x9e3779b97f4a7c15) >> 20) % s->bucket_count;

    while (s->settled[i] != 0 && s->ways[s->settled[i] - 1].node != node)
        i = (i + 1) % s->bucket_count;
    return &s->settled[i];
}

static gs_code more_buckets(shortest *s, gs_error *err)
{
    size_t *old = s->settled, count = s->bucket_count;

    if (s->settled_count * 2 < count)
        return GS_OK;
    s->bucket_count = count > 0 ? count * 2 : 64;
    s->settled = gs_arena_array(&s->once, s->bucket_count, sizeof *s->settled);
    if (s->settled == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        if (old[i] != 0)
            *bucket_of(s, s->ways[old[i] - 1].node) = old[i];
    return GS_OK;
}

/* Whether a settled way to the same node is as good: then this one leads nowhere new. Of
 * all shortest ones those of as many hops stand beside each other, and where no hop is
 * none, being at the start already does not tell how to come back to it. */
static bool is_beaten(const shortest *s, const way *w)
{
    bool all = s->spec.path->kind == GS_PATH_ALL_SHORTEST;

    for (size_t i = *bucket_of(s, w->node); i != 0; i = s->ways[i - 1].same + 1) {
        const way *other = &s->ways[i - 1];
        if (other->hops == 0 && s->spec.edge->least > 0)
            continue;
        if (other->clock.floor <= w->clock.floor && other->hops <= w->hops &&
            (s->within < 0 || other->clock.before >= w->clock.before) &&
            !(all && other->hops == w->hops))
            return true;
    }
    return false;
}

/* The fewest hops to a node so far; UINT32_MAX where it has not been reached. */
static uint32_t fewest(const shortest *s, uint64_t node)
{
    uint32_t least = UINT32_MAX;

    for (size_t i = *bucket_of(s, node); i != 0; i = s->ways[i - 1].same + 1)
        least = s->ways[i - 1].hops < least ? s->ways[i - 1].hops : least;
    return least;
}

static gs_code add(shortest *s, way w, gs_error *err)
{
    s->ways = gs_arena_grow(&s->once, s->ways, s->count, &s->room, sizeof *s->ways);
    if (s->ways == NULL)
        return gs_fail_memory(err);
    s->ways[s->count] = w;
    return push(s, s->count++, err);
}

static bool is_on_way(const shortest *s, size_t number, uint64_t edge)
{
    for (; number != SIZE_MAX; number = s->ways[number].before)
        if (s->ways[number].before != SIZE_MAX && s->ways[number].edge == edge)
            return true;
    return false;
}

static gs_code start(shortest *s, gs_error *err)
{
    gs_run *run = s->base.run;
    const gs_edge_pattern *edge = s->spec.edge;
    way first = {.before = SIZE_MAX, .same = SIZE_MAX, .clock = GS_CLOCK_NEW};
    bool ok;
    gs_value from;
    gs_code rc;

    do {
        GS_TRY(gs_next(s->base.input, err));
        from = run->frame[s->spec.from];
    } while (from.type != GS_NODE);
    gs_arena_reset(&s->once);
    s->ways = NULL;
    s->heap = s->settled = NULL;
    s->count = s->room = s->heap_count = s->heap_room = 0;
    s->settled_count = s->bucket_count = 0;
    s->properties = gs_null;
    if (edge->properties != NULL)
        GS_TRY(gs_evaluate(&s->properties, run, edge->properties, &s->once, err));
    GS_TRY(gs_clock_within(&s->within, run, s->spec.path, &s->once, err));
    if (s->spec.timed)
        GS_TRY(gs_clock_here(&ok, &first.clock, run, s->spec.path, 0, false, s->within,
                             &s->once, err));
    first.node = from.as.element.number;
    GS_TRY(more_buckets(s, err));
    GS_TRY(add(s, first, err));
    s->active = true;
out:
    return rc;
}

/* The way one hop further, where it may be taken. */
static gs_code try_hop(shortest *s, size_t number, const gs_hop *hop, gs_error *err)
{
    gs_run *run = s->base.run;
    way next = {.node = hop->neighbour,
                .edge = hop->edge,
                .before = number,
                .same = SIZE_MAX,
                .hops = s->ways[number].hops + 1,
                .clock = s->ways[number].clock};
    bool ok = false;
    gs_code rc;

    if ((hop->inferred && run->settings.stated_only) ||
        gs_edge_is_used(run, &s->spec.used, hop->edge) ||
        is_on_way(s, number, hop->edge) ||
        (s->spec.timed &&
         !gs_clock_step(&next.clock, hop->earliest, hop->latest, s->within, false)) ||
        is_beaten(s, &next))
        return GS_OK;
    GS_TRY(gs_edge_has(&ok, run, s->properties, hop->edge, &s->base.arena, err));
    if (ok)
        GS_TRY(gs_seen(&ok, run, hop->neighbour, err));
    if (ok)
        GS_TRY(add(s, next, err));
out:
    return rc;
}

static gs_code spread(shortest *s, size_t number, gs_error *err)
{
    const gs_edge_pattern *edge = s->spec.edge;
    gs_hop hop;
    gs_code rc = GS_OK;

    if (s->ways[number].hops >= edge->most || (!edge->any && edge->key_count == 0))
        return GS_OK;
    if (s->links != NULL)
        GS_TRY(gs_links_reset(s->links, s->ways[number].node, err));
    else
        GS_TRY(gs_links_open(&s->links, s->base.run, s->ways[number].node, edge->keys,
                             edge->key_count, s->spec.direction, GS_WINDOW_ALL, err));
    while ((rc = gs_links_next(&hop, s->links, err)) == GS_OK) {
        s->base.looked++;
        GS_TRY(gs_run_tick(s->base.run, err));
        GS_TRY(try_hop(s, number, &hop, err));
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    return rc;
}

/* Settles a way; *found tells whether it is an answer. */
static gs_code settle(bool *found, shortest *s, size_t number, gs_error *err)
{
    bool all = s->spec.path->kind == GS_PATH_ALL_SHORTEST;
    uint64_t node = s->ways[number].node;
    uint32_t hops = s->ways[number].hops, least = fewest(s, node);
    size_t *bucket;
    gs_code rc;

    *found = hops >= s->spec.edge->least &&
             (least == UINT32_MAX || (all && least == hops) ||
              (node == s->ways[0].node && least < s->spec.edge->least));
    GS_TRY(more_buckets(s, err));
    bucket = bucket_of(s, node);
    s->ways[number].same = *bucket - 1; /* 0 - 1 is SIZE_MAX: none */
    s->settled_count += *bucket == 0;
    *bucket = number + 1;
    rc = spread(s, number, err);
out:
    return rc;
}

static gs_code give(shortest *s, size_t number, gs_error *err)
{
    gs_run *run = s->base.run;
    size_t count = s->ways[number].hops;
    gs_value *items = gs_arena_array(&s->base.arena, count, sizeof *items);

    if (items == NULL)
        return gs_fail_memory(err);
    run->frame[s->spec.to.slot] = gs_node_value(s->ways[number].node);
    for (size_t i = count; i-- > 0; number = s->ways[number].before)
        items[s->spec.reversed ? count - 1 - i : i] = gs_edge_value(s->ways[number].edge);
    run->frame[s->spec.edge->slot] =
        s->spec.edge->hops ? gs_list(items, count) : items[0];
    return GS_OK;
}

static gs_code shortest_next(gs_operator *self, gs_error *err)
{
    shortest *s = (shortest *)self;
    size_t number = 0;
    bool found = false;
    gs_code rc = GS_OK;

    gs_arena_reset(&self->arena);
    while (!found) {
        GS_TRY(gs_run_tick(self->run, err));
        if (!s->active)
            GS_TRY(start(s, err));
        if (s->heap_count == 0) {
            s->active = false;
            continue;
        }
        number = pop(s);
        if (is_beaten(s, &s->ways[number]))
            continue;
        GS_TRY(settle(&found, s, number, err));
        if (found)
            GS_TRY(gs_target_fits(&found, self->run, &s->spec.to, s->ways[number].node,
                                  err));
    }
    if (s->spec.to.bound && s->spec.path->kind != GS_PATH_ALL_SHORTEST)
        s->active = false; /* the one end has its one way */
    rc = give(s, number, err);
out:
    return rc;
}

static void shortest_explain(const gs_operator *self, gs_buffer *details)
{
    const shortest *s = (const shortest *)self;

    gs_explain_place(self, details, s->spec.path->place);
    if (s->spec.reversed)
        gs_buffer_text(details, GS_TEXT(" from its right end"));
}

static const gs_operator_class shortest_class = {"Seek the way", sizeof(shortest),
                                                 shortest_open,  shortest_next,
                                                 shortest_close, shortest_explain};

gs_operator *gs_shortest(gs_run *run, gs_operator *input, const gs_expand_spec *spec)
{
    shortest *s = gs_operator_make(run, &shortest_class, input);

    if (s == NULL)
        return NULL;
    s->spec = *spec;
    s->once.budget = &run->budget;
    return &s->base;
}
