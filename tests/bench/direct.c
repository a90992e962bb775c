/* The questions asked of the store itself, through the interfaces of graph/. */
#include "graph/index.h"
#include "graph/snapshot.h"
#include "graph/store.h"
#include "graph/timeline.h"
#include "tests/bench/bench.h"

#include <stdlib.h>
#include <string.h>

enum { ANSWER_TYPES = GS_ASSESSES - GS_DENIES + 1 };

typedef struct direct {
    gs_store *store;
    gs_snapshot *snapshot;
    gs_arena arena; /* of one question */
    /* one cursor for each list that the questions walk; chains need one a hop */
    gs_timeline *accused, *made, *accuses, *replies[GS_BENCH_CHAIN];
} direct;

static void check(gs_code rc, const gs_error *err)
{
    if (rc != GS_OK && rc != GS_END)
        gs_bench_fail("store", err->text);
}

static void *open_store(const char *directory)
{
    direct *d = calloc(1, sizeof *d);
    gs_store_options options = {0};
    gs_error err;

    if (d == NULL)
        gs_bench_fail("store", "out of memory");
    check(gs_store_open(&d->store, directory, &options, &err), &err);
    check(gs_snapshot_open(&d->snapshot, d->store, GS_NOW, &err), &err);
    return d;
}

static void close_store(void *self)
{
    direct *d = self;

    gs_timeline_close(d->accused);
    gs_timeline_close(d->made);
    gs_timeline_close(d->accuses);
    for (size_t i = 0; i < GS_BENCH_CHAIN; i++)
        gs_timeline_close(d->replies[i]);
    gs_snapshot_close(d->snapshot);
    gs_store_close(d->store);
    gs_arena_free(&d->arena);
    free(d);
}

/* The cursor at `*timeline`, made where it is none yet, on this node. */
static gs_timeline *walk(gs_timeline **timeline, direct *d, uint64_t node,
                         const uint32_t *types, size_t count, gs_direction direction,
                         gs_window window)
{
    gs_error err;

    if (*timeline != NULL)
        check(gs_timeline_reset(*timeline, node, &err), &err);
    else
        check(gs_timeline_open(timeline, d->snapshot, node, types, count, direction,
                               window, &err),
              &err);
    return *timeline;
}

static bool next(gs_hop *hop, gs_timeline *timeline)
{
    gs_error err;
    gs_code rc = gs_timeline_next(hop, timeline, &err);

    check(rc, &err);
    return rc == GS_OK;
}

/* 0 where there is none. */
static uint64_t find(direct *d, gs_index index, gs_text key)
{
    uint64_t *numbers;
    size_t count;
    gs_error err;

    check(gs_index_find(&numbers, &count, d->snapshot, index, key, &d->arena, &err),
          &err);
    return count > 0 ? numbers[0] : 0;
}

static gs_node read_node(direct *d, uint64_t number)
{
    gs_node node = {0};
    gs_error err;

    check(gs_node_read(&node, d->snapshot, number, &err), &err);
    return node;
}

static gs_window window_of(gs_value parameters)
{
    gs_edtf first, last;
    gs_error err;

    check(gs_edtf_parse(&first, gs_bench_parameter(parameters, 1), &err), &err);
    check(gs_edtf_parse(&last, gs_bench_parameter(parameters, 2), &err), &err);
    return (gs_window){.first = first.earliest, .last = last.latest};
}

/* Cursors with a window are made anew for the next one. */
static void drop(gs_timeline **timeline)
{
    gs_timeline_close(*timeline);
    *timeline = NULL;
}

static uint64_t accusations(direct *d, gs_value parameters)
{
    const uint32_t type = GS_ACCUSES;
    uint64_t actor = find(d, GS_BY_NAME, gs_bench_parameter(parameters, 0)), count = 0;
    gs_timeline *t = walk(&d->accused, d, actor, &type, 1, GS_IN, window_of(parameters));
    gs_hop hop;

    while (next(&hop, t)) {
        gs_node node;
        gs_value id;
        gs_error err;

        if (!gs_sort_has_label(hop.sort, GS_CLAIM))
            continue;
        node = read_node(d, hop.neighbour);
        check(gs_property(&id, d->snapshot, node.properties, GS_P_ID, &d->arena, &err),
              &err);
        count += id.type == GS_STRING;
    }
    drop(&d->accused);
    return count;
}

/* Paths of replies behind a statement, none earlier than the one before it. */
static uint64_t replies(direct *d, uint64_t statement, int64_t since, size_t depth)
{
    static const uint32_t types[ANSWER_TYPES] = {GS_DENIES,   GS_COUNTERS, GS_CONFIRMS,
                                                 GS_RETRACTS, GS_DECLINES, GS_ASSESSES};
    uint64_t count = 0;
    gs_timeline *t;
    gs_hop hop;

    if (depth == GS_BENCH_CHAIN)
        return 0;
    t = walk(&d->replies[depth], d, statement, types, ANSWER_TYPES, GS_IN, GS_WINDOW_ALL);
    while (next(&hop, t))
        if (hop.latest >= since)
            count += 1 + replies(d, hop.neighbour,
                                 hop.earliest > since ? hop.earliest : since, depth + 1);
    return count;
}

static uint64_t chains(direct *d, gs_value parameters)
{
    uint64_t root = find(d, GS_BY_ID, gs_bench_parameter(parameters, 0));

    return root == 0 ? 0 : replies(d, root, INT64_MIN, 0);
}

typedef struct numbers {
    uint64_t *items;
    size_t count, room;
} numbers;

static void add(numbers *to, uint64_t number, gs_arena *arena)
{
    to->items = gs_arena_grow(arena, to->items, to->count, &to->room, sizeof number);
    if (to->items == NULL)
        gs_bench_fail("store", "out of memory");
    to->items[to->count++] = number;
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static void sort_unique(numbers *of)
{
    size_t kept = 0;

    if (of->count > 1)
        qsort(of->items, of->count, sizeof *of->items, compare);
    for (size_t i = 0; i < of->count; i++)
        if (i == 0 || of->items[i] != of->items[i - 1])
            of->items[kept++] = of->items[i];
    of->count = kept;
}

/* Adds whom an actor accuses with a claim in the window. */
static void accused_by(numbers *to, direct *d, uint64_t actor, gs_window window)
{
    const uint32_t made = GS_MADE, accuses = GS_ACCUSES;
    gs_timeline *claims = walk(&d->made, d, actor, &made, 1, GS_OUT, window), *whom;
    gs_hop claim, hop;

    while (next(&claim, claims)) {
        if (claim.sort != GS_SORT_CLAIM)
            continue;
        whom = walk(&d->accuses, d, claim.neighbour, &accuses, 1, GS_OUT, GS_WINDOW_ALL);
        while (next(&hop, whom))
            add(to, hop.neighbour, &d->arena);
    }
}

static uint64_t reach(direct *d, gs_value parameters)
{
    gs_window window = window_of(parameters);
    numbers all = {0}, from = {0};

    add(&from, find(d, GS_BY_NAME, gs_bench_parameter(parameters, 0)), &d->arena);
    for (int step = 0; step < GS_BENCH_REACH; step++) {
        numbers to = {0};

        for (size_t i = 0; i < from.count; i++)
            accused_by(&to, d, from.items[i], window);
        sort_unique(&to);
        for (size_t i = 0; i < to.count; i++)
            add(&all, to.items[i], &d->arena);
        from = to;
    }
    sort_unique(&all);
    drop(&d->made);
    return all.count;
}

static uint64_t month_of(int64_t time)
{
    gs_day day = gs_day_of(time / 86400 - (time % 86400 < 0));

    return (uint64_t)(day.year * 12 + day.month);
}

static uint64_t pairs(direct *d, gs_value parameters)
{
    const uint32_t made = GS_MADE, accuses = GS_ACCUSES;
    uint64_t speaker = find(d, GS_BY_NAME, gs_bench_parameter(parameters, 0));
    uint64_t accused = find(d, GS_BY_NAME, gs_bench_parameter(parameters, 1));
    numbers by = {0}, months = {0};
    gs_timeline *t = walk(&d->made, d, speaker, &made, 1, GS_OUT, GS_WINDOW_ALL);
    gs_hop hop;

    while (next(&hop, t))
        add(&by, hop.neighbour, &d->arena);
    sort_unique(&by);
    t = walk(&d->accused, d, accused, &accuses, 1, GS_IN, GS_WINDOW_ALL);
    while (next(&hop, t)) {
        if ((hop.sort == GS_SORT_CLAIM || hop.sort == GS_SORT_DENIAL) &&
            bsearch(&hop.neighbour, by.items, by.count, sizeof *by.items, compare) !=
                NULL)
            add(&months, month_of(hop.earliest), &d->arena);
    }
    sort_unique(&months);
    drop(&d->made);
    drop(&d->accused);
    return months.count;
}

static uint64_t most_accused(direct *d)
{
    const uint32_t accuses = GS_ACCUSES;
    gs_nodes *actors;
    numbers counts = {0};
    uint64_t actor;
    gs_error err;
    gs_code rc;

    check(gs_nodes_open(&actors, d->snapshot, GS_ACTOR, &err), &err);
    while ((rc = gs_nodes_next(&actor, actors, &err)) == GS_OK) {
        gs_timeline *t = walk(&d->accused, d, actor, &accuses, 1, GS_IN, GS_WINDOW_ALL);
        uint64_t count = 0;
        gs_hop hop;

        while (next(&hop, t))
            count += hop.sort == GS_SORT_CLAIM;
        add(&counts, count, &d->arena);
    }
    check(rc, &err);
    gs_nodes_close(actors);
    drop(&d->accused);
    if (counts.count == 0)
        return 0;
    qsort(counts.items, counts.count, sizeof *counts.items, compare);
    return counts.items[counts.count - 1];
}

static uint64_t search(direct *d, gs_value parameters)
{
    gs_text words[] = {gs_bench_parameter(parameters, 0),
                       gs_bench_parameter(parameters, 1)};
    uint64_t *found;
    size_t count;
    gs_error err;

    check(gs_words_find(&found, &count, d->snapshot,
                        gs_text_join(&d->arena, words, 2, GS_TEXT(" ")), &d->arena, &err),
          &err);
    return count;
}

static uint64_t ask(void *self, gs_bench_question question, gs_value parameters)
{
    direct *d = self;

    gs_arena_reset(&d->arena);
    switch (question) {
    case GS_BENCH_ACCUSATIONS:
        return accusations(d, parameters);
    case GS_BENCH_CHAINS:
        return chains(d, parameters);
    case GS_BENCH_REACHED:
        return reach(d, parameters);
    case GS_BENCH_PAIRS:
        return pairs(d, parameters);
    case GS_BENCH_MOST:
        return most_accused(d);
    default:
        return search(d, parameters);
    }
}

const gs_bench_asker gs_bench_direct = {", direct", open_store, ask, close_store};
