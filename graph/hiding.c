#include "graph/hiding.h"

#include "graph/base/grow.h"
#include "graph/hidden.h"
#include "graph/index.h"
#include "graph/support.h"
#include "graph/timeline.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What a number of a run that is taken back is. */
enum { NO_NODE, KEPT, GONE, CANDIDATE };

typedef struct candidate { /* a node that is no statement */
    uint64_t number;
    bool alive;
} candidate;

typedef struct hiding {
    const gs_numbers *undone;
    gs_snapshot whole; /* everything there has ever been */
    gs_commit *commits;
    size_t commit_count;
    gs_supported *supported;
    size_t supported_count;
    gs_ranges universe;   /* the numbers of the runs that are taken back */
    gs_ranges gone;       /* statements */
    unsigned char *kinds; /* of the numbers of the universe, in turn */
    candidate *candidates;
    size_t candidate_count, candidate_room;
    gs_owned *owned;
    size_t owned_count;
} hiding;

bool gs_runs_has(const gs_numbers *runs, uint64_t run)
{
    for (size_t i = 0; i < runs->count; i++)
        if (runs->items[i] == run)
            return true;
    return false;
}

static gs_code read_commits(hiding *h, const gs_snapshot *snapshot, gs_error *err)
{
    uint64_t last = 0;
    gs_code rc = GS_OK;

    h->commit_count = gs_snapshot_commit(snapshot);
    h->commits = calloc(h->commit_count + 1, sizeof *h->commits);
    if (h->commits == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < h->commit_count; i++) {
        gs_commit *commit = &h->commits[i];

        GS_TRY(gs_commit_read(commit, snapshot, i + 1, err));
        if (commit->last > last && gs_runs_has(h->undone, commit->run))
            GS_TRY(gs_ranges_append(&h->universe, last + 1, commit->last, err));
        last = commit->last;
    }
out:
    return rc;
}

static uint64_t run_of(const hiding *h, uint64_t number)
{
    size_t low = 0, high = h->commit_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (h->commits[middle].last < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < h->commit_count ? h->commits[low].run : 0;
}

/* An entry's ranges hold only its label's, but other nodes lie between them. */
static bool is_met(const hiding *h, uint64_t node, uint32_t label)
{
    for (size_t i = 0; i < h->supported_count; i++) {
        const gs_supported *s = &h->supported[i];

        if (s->label == label && !gs_runs_has(h->undone, s->run) &&
            gs_ranges_has(&s->ranges, node))
            return true;
    }
    return false;
}

static bool run_supports(const hiding *h, uint64_t run, uint64_t statement)
{
    if (run_of(h, statement) == run)
        return true;
    for (size_t i = 0; i < h->supported_count; i++)
        if (h->supported[i].run == run && h->supported[i].label == GS_STATEMENT &&
            gs_ranges_has(&h->supported[i].ranges, statement))
            return true;
    return false;
}

static gs_code add_candidate(hiding *h, const gs_node *node, gs_error *err)
{
    candidate one = {.number = node->number}, *grown;

    one.alive =
        (gs_node_has_label(node, GS_DOCUMENT) && is_met(h, node->number, GS_DOCUMENT)) ||
        (gs_node_has_label(node, GS_ACTOR) && is_met(h, node->number, GS_ACTOR)) ||
        ((gs_node_has_label(node, GS_DECISION) ||
          gs_node_has_label(node, GS_WITHDRAWAL)) &&
         is_met(h, node->number, 0));
    grown = gs_grow(h->candidates, h->candidate_count, &h->candidate_room, sizeof *grown);
    if (grown == NULL)
        return gs_fail_memory(err);
    h->candidates = grown;
    h->candidates[h->candidate_count++] = one;
    return GS_OK;
}

static gs_code sort_number(unsigned char *kind, hiding *h, uint64_t number, gs_error *err)
{
    gs_node node;
    gs_code rc = gs_node_read(&node, &h->whole, number, err);

    *kind = NO_NODE;
    if (rc != GS_OK)
        return rc == GS_END ? GS_OK : rc;
    if (!gs_node_has_label(&node, GS_STATEMENT)) {
        *kind = CANDIDATE;
        return add_candidate(h, &node, err);
    }
    *kind = is_met(h, number, GS_STATEMENT) ? KEPT : GONE;
    return *kind == GONE ? gs_ranges_append(&h->gone, number, number, err) : GS_OK;
}

static gs_code sort_numbers(hiding *h, gs_error *err)
{
    size_t total = 0, at = 0;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < h->universe.count; i++)
        total += h->universe.items[i].last - h->universe.items[i].first + 1;
    h->kinds = malloc(total + 1);
    if (h->kinds == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < h->universe.count; i++)
        for (uint64_t n = h->universe.items[i].first; n <= h->universe.items[i].last; n++)
            GS_TRY(sort_number(&h->kinds[at++], h, n, err));
out:
    return rc;
}

static candidate *find_candidate(const hiding *h, uint64_t number)
{
    size_t low = 0, high = h->candidate_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (h->candidates[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < h->candidate_count && h->candidates[low].number == number
               ? &h->candidates[low]
               : NULL;
}

static bool is_gone(const hiding *h, uint64_t node)
{
    const candidate *one;

    if (gs_ranges_has(&h->gone, node))
        return true;
    one = find_candidate(h, node);
    return one != NULL && !one->alive;
}

static bool joins_statements(uint32_t type)
{
    return gs_is_answer(type) || type == GS_SAME_AS;
}

/* Something of a node that stays (of an edge its type, else 0): it stays where another run
 * has met it, too. A statement has what came with it; and a link that the run did not
 * state came because what another record names had come: it stays as long as both do. */
static bool stands(const hiding *h, uint64_t number, uint32_t type, uint64_t owner)
{
    uint64_t run = run_of(h, number);

    if (!gs_ranges_has(&h->universe, number) || is_met(h, number, 0))
        return true;
    if (joins_statements(type) && !run_supports(h, run, owner))
        return true;
    return type != GS_SPEAKS_FOR && type != 0 && run_of(h, owner) == run;
}

/* The other end of this hop names the node it starts from; *statement: it is one. */
static bool names(const gs_hop *hop, bool *statement)
{
    *statement = hop->type != GS_PUBLISHED_BY && hop->type != GS_SPEAKS_FOR;
    switch (hop->type) {
    case GS_MADE:
        return hop->direction == GS_OUT;
    case GS_ACCUSES:
    case GS_VIA:
    case GS_REPORTED_IN:
    case GS_ABOUT:
    case GS_ASSERTS:
    case GS_REJECTS:
    case GS_PUBLISHED_BY:
    case GS_SPEAKS_FOR:
        return hop->direction == GS_IN;
    default:
        return false;
    }
}

static gs_code is_corrected(bool *out, gs_text *id, const hiding *h, uint64_t statement,
                            gs_arena *arena, gs_error *err)
{
    gs_value corrected, its;
    gs_node node;
    gs_code rc;

    GS_TRY(gs_node_read(&node, &h->whole, statement, err));
    GS_TRY(
        gs_property(&corrected, &h->whole, node.properties, GS_P_CORRECTED, arena, err));
    *out = corrected.type == GS_STRING;
    GS_TRY(gs_property(&its, &h->whole, node.properties, GS_P_ID, arena, err));
    GS_TRY(gs_value_copy(&its, arena, its, err));
    *id = its.type == GS_STRING ? its.as.string : (gs_text){0};
out:
    return rc;
}

/* Whether a statement is gone, or stands for one as it was corrected that is gone however it
 * was told. */
static gs_code is_lost(bool *out, const hiding *h, uint64_t statement, gs_error *err)
{
    gs_arena arena = {0};
    uint64_t *found;
    size_t count;
    bool corrected;
    gs_text id, its;
    gs_code rc = GS_OK;

    *out = gs_ranges_has(&h->gone, statement);
    if (*out)
        return GS_OK;
    GS_TRY(is_corrected(out, &id, h, statement, &arena, err));
    if (!*out || id.bytes == NULL)
        goto out;
    GS_TRY(gs_index_find(&found, &count, &h->whole, GS_BY_ID, id, &arena, err));
    for (size_t i = 0; *out && i < count; i++) {
        GS_TRY(is_corrected(&corrected, &its, h, found[i], &arena, err));
        *out = corrected || !gs_text_equal(its, id) || gs_ranges_has(&h->gone, found[i]);
    }
out:
    gs_arena_free(&arena);
    return rc;
}

/* Whether something names it that stays whatever becomes of the candidates. */
static gs_code is_named(bool *out, const hiding *h, uint64_t node, gs_error *err)
{
    gs_timeline *timeline = NULL;
    gs_hop hop;
    bool named = false, lost = false, statement;
    gs_code rc = gs_timeline_open(&timeline, &h->whole, node, NULL, 0, GS_BOTH,
                                  GS_WINDOW_ALL, err);

    while (rc == GS_OK && !named &&
           (rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        if (!names(&hop, &statement) || !stands(h, hop.edge, hop.type, hop.neighbour))
            continue;
        if (statement)
            rc = is_lost(&lost, h, hop.neighbour, err);
        else
            lost = find_candidate(h, hop.neighbour) != NULL;
        named = rc == GS_OK && !lost;
    }
    gs_timeline_close(timeline);
    *out = named;
    return rc == GS_END ? GS_OK : rc;
}

/* What a living document or actor names lives, too. */
static gs_code spread(hiding *h, uint64_t from, gs_error *err)
{
    static const uint32_t types[] = {GS_PUBLISHED_BY, GS_SPEAKS_FOR};
    gs_timeline *timeline = NULL;
    gs_hop hop;
    gs_code rc = gs_timeline_open(&timeline, &h->whole, from, types, 2, GS_OUT,
                                  GS_WINDOW_ALL, err);

    while (rc == GS_OK && (rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        candidate *one = find_candidate(h, hop.neighbour);

        if (one == NULL || one->alive || !stands(h, hop.edge, hop.type, from))
            continue;
        one->alive = true;
        rc = spread(h, one->number, err); /* as deep as offices stand above each other */
    }
    gs_timeline_close(timeline);
    return rc == GS_END ? GS_OK : rc;
}

static gs_code mark_alive(hiding *h, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; i < h->candidate_count; i++)
        if (!h->candidates[i].alive)
            GS_TRY(is_named(&h->candidates[i].alive, h, h->candidates[i].number, err));
    for (size_t i = 0; i < h->candidate_count; i++)
        if (h->candidates[i].alive)
            GS_TRY(spread(h, h->candidates[i].number, err));
out:
    return rc;
}

static uint64_t owner_of(const gs_edge *edge)
{
    return edge->type == GS_MADE ? edge->end : edge->start;
}

static gs_code hides_edge(bool *out, const hiding *h, const gs_edge *edge, gs_error *err)
{
    (void)err;
    *out = is_gone(h, edge->start) || is_gone(h, edge->end) ||
           !stands(h, edge->number, edge->type, owner_of(edge));
    return GS_OK;
}

static const gs_owned *find_owned(const hiding *h, uint64_t number)
{
    size_t low = 0, high = h->owned_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (h->owned[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < h->owned_count && h->owned[low].number == number ? &h->owned[low] : NULL;
}

/* A version that says what is open stands right behind the link that it is about; an end
 * stands right before the edge that came instead. */
static gs_code hides_owned(bool *out, const hiding *h, uint64_t number, gs_error *err)
{
    const gs_owned *one = find_owned(h, number);
    gs_edge edge, ended;
    uint64_t owner;
    gs_code rc;

    *out = false; /* of a range that was hidden or shown: it stands for itself */
    if (one == NULL)
        return GS_OK;
    owner = one->owner;
    rc = one->kind == 'x' ? gs_edge_read(&ended, &h->whole, owner, err) : GS_END;
    if (rc == GS_OK)
        owner = owner_of(&ended);
    else if (rc != GS_END)
        return rc;
    rc = gs_edge_read(&edge, &h->whole, one->kind == 'x' ? number + 1 : number - 1, err);
    if (rc == GS_OK && owner_of(&edge) == owner && !is_gone(h, owner) &&
        (one->kind == 'x' || joins_statements(edge.type)))
        return hides_edge(out, h, &edge, err);
    *out = is_gone(h, owner) || !stands(h, number, 0, owner);
    return rc == GS_END ? GS_OK : rc;
}

static gs_code decide(bool *out, hiding *h, unsigned char kind, uint64_t number,
                      gs_error *err)
{
    gs_edge edge;
    gs_code rc;

    if (kind != NO_NODE) {
        *out = kind != KEPT && is_gone(h, number);
        return GS_OK;
    }
    rc = gs_edge_read(&edge, &h->whole, number, err);
    if (rc == GS_OK)
        return hides_edge(out, h, &edge, err);
    return rc == GS_END ? hides_owned(out, h, number, err) : rc;
}

static gs_code decide_all(gs_ranges *hidden, hiding *h, gs_error *err)
{
    size_t at = 0;
    bool hide = false;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < h->universe.count; i++)
        for (uint64_t n = h->universe.items[i].first; n <= h->universe.items[i].last;
             n++) {
            GS_TRY(decide(&hide, h, h->kinds[at++], n, err));
            if (hide)
                GS_TRY(gs_ranges_append(hidden, n, n, err));
        }
out:
    return rc;
}

static void free_hiding(hiding *h)
{
    free(h->commits);
    free(h->kinds);
    free(h->candidates);
    free(h->owned);
    gs_ranges_free(&h->universe);
    gs_ranges_free(&h->gone);
    gs_supported_free(h->supported, h->supported_count);
}

gs_code gs_hiding(gs_ranges *hidden, gs_owned **owned, size_t *owned_count,
                  const gs_snapshot *snapshot, const gs_numbers *undone, gs_error *err)
{
    hiding h = {.undone = undone, .whole = *snapshot};
    gs_ranges both = {0};
    gs_code rc;

    h.whole.hidden = (gs_ranges){0};
    h.whole.all = true;
    GS_TRY(read_commits(&h, snapshot, err));
    GS_TRY(gs_supported_read(&h.supported, &h.supported_count, snapshot, err));
    GS_TRY(gs_ranges_join(&both, &h.universe, &snapshot->hidden, err));
    GS_TRY(gs_owned_read(&h.owned, &h.owned_count, snapshot, &both, err));
    GS_TRY(sort_numbers(&h, err));
    GS_TRY(mark_alive(&h, err));
    GS_TRY(decide_all(hidden, &h, err));
    *owned = h.owned;
    *owned_count = h.owned_count;
    h.owned = NULL;
out:
    gs_ranges_free(&both);
    free_hiding(&h);
    return rc;
}
