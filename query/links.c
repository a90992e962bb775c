#include "query/links.h"

#include "query/classes.h"

#include <assert.h>
#include <stdlib.h>

/* Edges of one type between two classes. */
typedef struct bundle {
    uint64_t edge, dated; /* the one that stands for all; the one with the best date */
    int64_t earliest, latest;
    bool inferred;
} bundle;

static void take_edge(bundle *b, const gs_hop *hop)
{
    if (b->edge == 0 ||
        gs_date_is_better(hop->earliest, hop->latest, b->earliest, b->latest)) {
        b->earliest = hop->earliest;
        b->latest = hop->latest;
        b->dated = hop->edge;
    }
    if (b->edge == 0 || (b->inferred && !hop->inferred) ||
        (b->inferred == hop->inferred && hop->edge < b->edge)) {
        b->edge = hop->edge;
        b->inferred = hop->inferred;
    }
}

/* A bundle as read from one of its ends. */
typedef struct side {
    const uint64_t *members;
    size_t count, at;
    uint64_t other; /* the number of the other end's class */
    gs_timeline *timeline;
    bundle bundle;
} side;

static gs_code open_side(side *s, gs_run *run, const uint64_t *node, uint64_t other,
                         uint32_t type, gs_direction direction, gs_error *err)
{
    const gs_class *class;
    gs_code rc;

    GS_TRY(gs_class_of(&class, run, *node, err));
    s->members = class != NULL ? class->members : node;
    s->count = class != NULL ? class->count : 1;
    s->other = other;
    rc = gs_timeline_open(&s->timeline, run->snapshot, s->members[0], &type, 1, direction,
                          GS_WINDOW_ALL, err);
out:
    return rc;
}

/* One edge more of this side; GS_END when it has no more. */
static gs_code step_side(side *s, gs_run *run, gs_error *err)
{
    uint64_t neighbour;
    gs_hop hop;
    gs_code rc;

    GS_TRY(gs_run_tick(run, err));
    rc = gs_timeline_next(&hop, s->timeline, err);
    if (rc == GS_END && s->at + 1 < s->count)
        return gs_timeline_reset(s->timeline, s->members[++s->at], err);
    GS_TRY(rc);
    if (hop.inferred && run->settings.stated_only)
        return GS_OK;
    GS_TRY(gs_class_number(&neighbour, run, hop.neighbour, err));
    if (neighbour == s->other)
        take_edge(&s->bundle, &hop);
out:
    return rc;
}

/* The bundle of a type between two classes, read from both ends in turn until the shorter
 * one is through. */
static gs_code find_bundle(bundle *out, gs_run *run, uint64_t start, uint64_t end,
                           uint32_t type, gs_error *err)
{
    side sides[2] = {{0}};
    size_t turn = 0;
    gs_code rc;

    GS_TRY(open_side(&sides[0], run, &start, end, type, GS_OUT, err));
    GS_TRY(open_side(&sides[1], run, &end, start, type, GS_IN, err));
    while ((rc = step_side(&sides[turn], run, err)) == GS_OK)
        turn = 1 - turn;
    if (rc == GS_END) {
        *out = sides[turn].bundle;
        rc = GS_OK;
    }
out:
    gs_timeline_close(sides[0].timeline);
    gs_timeline_close(sides[1].timeline);
    return rc;
}

/* A bundle that has been given out. */
typedef struct given {
    uint64_t neighbour; /* 0 is free */
    uint32_t type;
    uint8_t direction;
} given;

struct gs_links {
    gs_run *run;
    gs_timeline *timeline;
    gs_direction direction;
    gs_window window;
    uint64_t node;
    const gs_class *class; /* of the node; NULL where it is alone */
    size_t member;
    gs_arena arena;
    given *given;
    size_t given_count, given_room;
};

static given *slot_of(const gs_links *l, given wanted)
{
    size_t mask = l->given_room - 1;
    size_t at = (size_t)((wanted.neighbour * 16 + wanted.type * 4 + wanted.direction) *
                             UINT64_C(0x9e3779b97f4a7c15) >>
                         20) &
                mask;

    while (l->given[at].neighbour != 0 && !(l->given[at].neighbour == wanted.neighbour &&
                                            l->given[at].type == wanted.type &&
                                            l->given[at].direction == wanted.direction))
        at = (at + 1) & mask;
    return &l->given[at];
}

/* *added: it had not been given out before. */
static gs_code note(bool *added, gs_links *l, given what, gs_error *err)
{
    given *old = l->given, *slot;
    size_t room = l->given_room;

    if (l->given_count * 2 >= room) {
        l->given_room = room > 0 ? room * 2 : 32;
        l->given = gs_arena_array(&l->arena, l->given_room, sizeof *l->given);
        if (l->given == NULL)
            return gs_fail_memory(err);
        for (size_t i = 0; i < room; i++)
            if (old[i].neighbour != 0)
                *slot_of(l, old[i]) = old[i];
    }
    slot = slot_of(l, what);
    *added = slot->neighbour == 0;
    l->given_count += *added;
    *slot = what;
    return GS_OK;
}

static bool lies_in(gs_window window, const bundle *b)
{
    if (window.first == INT64_MIN && window.last == INT64_MAX)
        return true;
    if (b->earliest == INT64_MIN && b->latest == INT64_MAX)
        return window.undated;
    return b->earliest <= window.last && b->latest >= window.first;
}

/* Puts a bundle in its edge's place; *ok is false where it is none, or was given out. */
static gs_code merge(bool *ok, gs_hop *hop, gs_links *l, const gs_class *other,
                     gs_error *err)
{
    bool inside = l->class != NULL && other == l->class;
    bool forth;
    bundle b;
    gs_code rc;

    *ok = !(inside && hop->type == GS_SAME_AS);
    if (!*ok)
        return GS_OK;
    if (other != NULL)
        hop->neighbour = other->chosen;
    if (inside && l->direction == GS_BOTH)
        hop->direction = GS_OUT; /* a loop comes once */
    GS_TRY(note(ok, l, (given){hop->neighbour, hop->type, hop->direction}, err));
    if (!*ok)
        return GS_OK;
    forth = hop->direction == GS_OUT;
    GS_TRY(find_bundle(&b, l->run, forth ? l->node : hop->neighbour,
                       forth ? hop->neighbour : l->node, hop->type, err));
    hop->edge = b.edge;
    hop->earliest = b.earliest;
    hop->latest = b.latest;
    hop->inferred = b.inferred;
    hop->sort = GS_SORT_OTHER; /* the list tells of one member */
    hop->dated = false;
    *ok = lies_in(l->window, &b);
out:
    return rc;
}

static gs_code next_merged(gs_hop *out, gs_links *l, gs_error *err)
{
    const gs_class *other;
    bool ok = false;
    gs_code rc = GS_OK;

    while (!ok) {
        GS_TRY(gs_run_tick(l->run, err));
        rc = gs_timeline_next(out, l->timeline, err);
        if (rc == GS_END && l->class != NULL && l->member + 1 < l->class->count) {
            GS_TRY(gs_timeline_reset(l->timeline, l->class->members[++l->member], err));
            continue;
        }
        GS_TRY(rc);
        if (out->inferred && l->run->settings.stated_only)
            continue;
        GS_TRY(gs_class_of(&other, l->run, out->neighbour, err));
        ok = l->class == NULL && other == NULL;
        if (!ok)
            GS_TRY(merge(&ok, out, l, other, err));
    }
out:
    return rc;
}

gs_code gs_links_next(gs_hop *out, gs_links *l, gs_error *err)
{
    if (l->run->classes == NULL)
        return gs_timeline_next(out, l->timeline, err);
    return next_merged(out, l, err);
}

/* The node whose list is read first. */
static gs_code begin(uint64_t *out, gs_links *l, uint64_t node, gs_error *err)
{
    gs_code rc = GS_OK;

    *out = l->node = node;
    if (l->run->classes == NULL)
        return GS_OK;
    gs_arena_reset(&l->arena);
    l->given = NULL;
    l->given_count = l->given_room = 0;
    l->member = 0;
    GS_TRY(gs_class_of(&l->class, l->run, node, err));
    if (l->class != NULL) {
        l->node = l->class->chosen;
        *out = l->class->members[0];
    }
out:
    return rc;
}

gs_code gs_links_reset(gs_links *l, uint64_t node, gs_error *err)
{
    uint64_t first;
    gs_code rc;

    GS_TRY(begin(&first, l, node, err));
    rc = gs_timeline_reset(l->timeline, first, err);
out:
    return rc;
}

gs_code gs_links_open(gs_links **out, gs_run *run, uint64_t node, const uint32_t *types,
                      size_t type_count, gs_direction direction, gs_window window,
                      gs_error *err)
{
    gs_links *l = calloc(1, sizeof *l);
    uint64_t first;
    gs_code rc;

    if (l == NULL)
        return gs_fail_memory(err);
    *l = (gs_links){.run = run,
                    .direction = direction,
                    .window = window,
                    .arena.budget = &run->budget};
    GS_TRY(begin(&first, l, node, err));
    GS_TRY(gs_timeline_open(&l->timeline, run->snapshot, first, types, type_count,
                            direction, window, err));
    *out = l;
    return GS_OK;
out:
    gs_links_close(l);
    return rc;
}

void gs_links_look(gs_links *l, gs_window window)
{
    l->window = window;
    gs_timeline_look(l->timeline, window);
}

void gs_links_sift(gs_links *l, const gs_sieve *sieve)
{
    assert(sieve == NULL || l->run->classes == NULL);
    gs_timeline_sift(l->timeline, sieve);
}

gs_code gs_links_sweep(size_t *count, gs_links *l, size_t most, const gs_sieve *into,
                       gs_error *err)
{
    assert(l->run->classes == NULL);
    return gs_timeline_sweep(count, l->timeline, most, into, err);
}

void gs_links_close(gs_links *l)
{
    if (l == NULL)
        return;
    gs_timeline_close(l->timeline);
    gs_arena_free(&l->arena);
    free(l);
}

/* The bundle of an edge whose ends are as the query sees them; false where it is alone. */
static gs_code bundle_of(bool *found, bundle *out, gs_edge *edge, gs_run *run,
                         gs_error *err)
{
    const gs_class *start, *end;
    gs_code rc;

    *found = false;
    if (run->classes == NULL)
        return GS_OK;
    GS_TRY(gs_class_of(&start, run, edge->start, err));
    GS_TRY(gs_class_of(&end, run, edge->end, err));
    if (start == NULL && end == NULL)
        return GS_OK;
    edge->start = start != NULL ? start->chosen : edge->start;
    edge->end = end != NULL ? end->chosen : edge->end;
    GS_TRY(find_bundle(out, run, edge->start, edge->end, edge->type, err));
    *found = out->edge != 0;
out:
    return rc;
}

gs_code gs_edge_merge(gs_edge *edge, gs_run *run, gs_error *err)
{
    bundle b;
    bool found;
    gs_code rc = bundle_of(&found, &b, edge, run, err);

    if (rc == GS_OK && found) {
        edge->earliest = b.earliest;
        edge->latest = b.latest;
    }
    return rc;
}

gs_code gs_edge_dated(uint64_t *out, gs_run *run, uint64_t number, gs_error *err)
{
    gs_edge edge;
    bundle b;
    bool found;
    gs_code rc;

    *out = number;
    if (run->classes == NULL)
        return GS_OK;
    GS_TRY(gs_run_edge(&edge, run, number, err));
    GS_TRY(bundle_of(&found, &b, &edge, run, err));
    if (found)
        *out = b.dated;
out:
    return rc;
}
