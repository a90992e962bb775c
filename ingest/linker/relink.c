/* What a run that is taken back, or comes again, does to links of others: an answer lost
 * its claim, or has it back beside the one that it was given since. */
#include "graph/ranges.h"
#include "ingest/linker/linker.h"
#include "ingest/ruling.h"
#include "ingest/settle.h"

typedef struct turned {
    gs_linker *linker;
    const gs_snapshot *whole, *now;
    gs_arena arena;
} turned;

static gs_code touch_if_ours(turned *t, const gs_edge *edge, gs_error *err)
{
    gs_author author;
    gs_code rc = GS_OK;

    if (!edge->inferred)
        return GS_OK;
    rc = gs_edge_author(&author, t->whole, edge, &t->arena, err);
    if (rc == GS_OK && author == GS_BY_LINKER)
        rc = gs_linker_touch(t->linker, edge->start, true, err);
    return rc;
}

/* Those that answer it, or are the same, as the linker had it. */
static gs_code touch_linked(turned *t, uint64_t statement, gs_error *err)
{
    gs_timeline *timeline = NULL;
    gs_edge edge;
    gs_hop hop;
    gs_code rc = gs_timeline_open(&timeline, t->whole, statement, NULL, 0, GS_BOTH,
                                  GS_WINDOW_ALL, err);

    while (rc == GS_OK && (rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        if (!hop.inferred)
            continue;
        rc = gs_edge_read(&edge, t->whole, hop.edge, err);
        if (rc == GS_OK)
            rc = touch_if_ours(t, &edge, err);
    }
    gs_timeline_close(timeline);
    return rc == GS_END ? GS_OK : rc;
}

/* Whether it may itself be linked, as in gs_linker_touch. */
static gs_code is_open(bool *out, turned *t, const gs_node *node, gs_error *err)
{
    static const uint32_t types[] = {GS_DENIES,   GS_COUNTERS, GS_CONFIRMS,
                                     GS_RETRACTS, GS_DECLINES, GS_ASSESSES};
    gs_timeline *timeline = NULL;
    gs_value extractor;
    gs_hop hop;
    gs_code rc;

    GS_TRY(gs_property(&extractor, t->now, node->properties, GS_P_EXTRACTOR, &t->arena,
                       err));
    *out = extractor.type != GS_NULL;
    if (*out ||
        (gs_node_has_label(node, GS_CLAIM) && !gs_node_has_label(node, GS_COUNTERCLAIM)))
        return GS_OK;
    GS_TRY(gs_timeline_open(&timeline, t->now, node->number, types,
                            sizeof types / sizeof *types, GS_OUT, GS_WINDOW_ALL, err));
    rc = gs_timeline_next(&hop, timeline, err);
    *out = rc == GS_END || (rc == GS_OK && hop.inferred);
    rc = rc == GS_END ? GS_OK : rc;
out:
    gs_timeline_close(timeline);
    return rc;
}

static gs_code turn(turned *t, uint64_t number, gs_error *err)
{
    gs_node node;
    gs_edge edge;
    bool open = false;
    gs_code rc = gs_edge_read(&edge, t->whole, number, err);

    if (rc == GS_OK)
        return touch_if_ours(t, &edge, err);
    if (rc == GS_END)
        rc = gs_node_read(&node, t->whole, number, err);
    if (rc != GS_OK || !gs_node_has_label(&node, GS_STATEMENT))
        return rc == GS_END ? GS_OK : rc;
    GS_TRY(touch_linked(t, number, err));
    rc = gs_node_read(&node, t->now, number, err);
    if (rc == GS_OK)
        rc = is_open(&open, t, &node, err);
    if (rc == GS_OK)
        rc = gs_linker_touch(t->linker, number, open, err);
out:
    return rc == GS_END ? GS_OK : rc;
}

gs_code gs_linker_touch_turned(gs_linker *linker, gs_batch *batch, gs_error *err)
{
    turned t = {linker, gs_batch_whole(batch), gs_batch_snapshot(batch), {0}};
    gs_ranges numbers = {0};
    gs_code rc = gs_batch_turned(&numbers, batch, err);

    for (size_t i = 0; rc == GS_OK && i < numbers.count; i++)
        for (uint64_t n = numbers.items[i].first;
             rc == GS_OK && n <= numbers.items[i].last; n++) {
            rc = turn(&t, n, err);
            gs_arena_reset(&t.arena);
        }
    gs_ranges_free(&numbers);
    gs_arena_free(&t.arena);
    return rc;
}
