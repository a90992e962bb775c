/* Ends. What has ended is marked where it is met: in its record, in the entries of its
 * edges at both their nodes, and in those edges' records; only what is marked asks
 * `ends`. */
#include "graph/batch_impl.h"
#include "graph/record.h"
#include "graph/version.h"

#include <inttypes.h>
/* An edge that was visible and is hidden from now on. */
static gs_code touch_edge(gs_batch *batch, const gs_edge *edge, gs_error *err)
{
    gs_code rc;

    GS_TRY(gs_batch_touch_edge(batch, edge->number, err));
    GS_TRY(gs_batch_count_type(batch, 0, -1, err));
    GS_TRY(gs_batch_count_type(batch, edge->type, -1, err));
out:
    return rc;
}

/* Of a node that ends: those that are visible still; and those that another run hid with
 * their other node, which may come back when this one has ended. */
static gs_code touch_visible(gs_batch *batch, uint64_t node, uint64_t number,
                             gs_error *err)
{
    gs_edge edge;
    gs_code rc = gs_edge_read(&edge, &batch->snapshot, number, err);

    (void)node;
    if (rc == GS_OK)
        return touch_edge(batch, &edge, err);
    return rc == GS_END ? gs_batch_touch_edge(batch, number, err) : rc;
}

static gs_code end_node(gs_batch *batch, const gs_node *node, gs_error *err)
{
    gs_code rc;

    GS_TRY(gs_batch_count_label(batch, 0, -1, err));
    for (uint32_t i = 0; i < node->label_count; i++)
        GS_TRY(gs_batch_count_label(batch, gs_node_label(node, i), -1, err));
    gs_batch_forget(batch, node->number);
    GS_TRY(gs_batch_each_edge(batch, node->number, touch_visible, err));
    GS_TRY(gs_batch_mark(batch, node->number, GS_TOUCHED, err));
out:
    return rc;
}

static gs_code end_record(gs_batch *batch, uint64_t number, gs_error *err)
{
    gs_code rc;
    gs_node node;
    gs_edge edge;

    rc = gs_node_read(&node, &batch->snapshot, number, err);
    if (rc == GS_OK)
        return end_node(batch, &node, err);
    if (rc == GS_END)
        rc = gs_edge_read(&edge, &batch->snapshot, number, err);
    if (rc == GS_OK)
        return touch_edge(batch, &edge, err);
    if (rc == GS_END)
        rc = gs_fail(err, GS_FAILED, "there is no node or edge %" PRIu64 " to end",
                     number);
    return rc;
}

/* What happened gets a number of its own, and is in the commit's hash. */
static gs_code write(gs_batch *batch, uint64_t number, uint64_t what, gs_error *err)
{
    gs_code rc;
    uint64_t at;
    unsigned char bytes[8];

    GS_TRY(gs_batch_number(&at, batch, err));
    GS_TRY(gs_end_write(&batch->snapshot, number, at, what, err));
    gs_store_u64(bytes, number);
    GS_TRY(gs_record_digest_add(&batch->digest, what == GS_ENDED ? 'x' : 'y',
                                (gs_text){(const char *)bytes, sizeof bytes}, err));
out:
    return rc;
}

gs_code gs_batch_end(gs_batch *batch, uint64_t number, gs_error *err)
{
    gs_code rc;

    GS_TRY(gs_pending_edges_flush(&batch->pending.edges, &batch->snapshot, err));
    GS_TRY(end_record(batch, number, err));
    rc = write(batch, number, GS_ENDED, err);
out:
    return rc;
}

/* An edge that was not visible, and may be now. */
static gs_code count_again(gs_batch *batch, uint64_t node, uint64_t number, gs_error *err)
{
    gs_edge edge;
    gs_code rc = gs_edge_read(&edge, &batch->snapshot, number, err);

    (void)node;
    if (rc != GS_OK)
        return rc == GS_END ? GS_OK : rc;
    GS_TRY(gs_batch_count_type(batch, 0, 1, err));
    GS_TRY(gs_batch_count_type(batch, edge.type, 1, err));
out:
    return rc;
}

static gs_code revive_node(gs_batch *batch, const gs_node *node, gs_error *err)
{
    gs_code rc;

    GS_TRY(gs_batch_count_label(batch, 0, 1, err));
    for (uint32_t i = 0; i < node->label_count; i++)
        GS_TRY(gs_batch_count_label(batch, gs_node_label(node, i), 1, err));
    gs_batch_forget(batch, node->number);
    GS_TRY(gs_batch_each_edge(batch, node->number, count_again, err));
out:
    return rc;
}

gs_code gs_batch_revive(gs_batch *batch, uint64_t number, gs_error *err)
{
    bool ended = false;
    gs_node node;
    gs_edge edge;
    gs_code rc;

    GS_TRY(gs_pending_edges_flush(&batch->pending.edges, &batch->snapshot, err));
    GS_TRY(gs_end_covers(&ended, &batch->snapshot, number, err));
    if (!ended)
        return gs_fail(err, GS_FAILED, "record %" PRIu64 " has not ended", number);
    GS_TRY(write(batch, number, GS_REVIVED, err));
    rc = gs_node_read(&node, &batch->snapshot, number, err);
    if (rc == GS_OK)
        return revive_node(batch, &node, err);
    if (rc == GS_END)
        rc = gs_edge_read(&edge, &batch->snapshot, number, err);
    if (rc == GS_OK)
        rc = count_again(batch, 0, number, err);
    rc = rc == GS_END ? GS_OK : rc; /* an edge one of whose nodes is not visible */
out:
    return rc;
}

const gs_snapshot *gs_batch_ever(gs_batch *batch)
{
    batch->ever = batch->snapshot;
    batch->ever.all = true;
    return &batch->ever;
}

const gs_snapshot *gs_batch_whole(gs_batch *batch)
{
    batch->ever = batch->snapshot;
    batch->ever.all = true;
    batch->ever.hidden = (gs_ranges){0};
    return &batch->ever;
}

gs_code gs_batch_turned(gs_ranges *out, gs_batch *batch, gs_error *err)
{
    gs_ranges gone = {0}, back = {0};
    gs_code rc;

    GS_TRY(gs_ranges_minus(&gone, &batch->snapshot.hidden, &batch->hidden_before, err));
    GS_TRY(gs_ranges_minus(&back, &batch->hidden_before, &batch->snapshot.hidden, err));
    rc = gs_ranges_join(out, &gone, &back, err);
out:
    gs_ranges_free(&gone);
    gs_ranges_free(&back);
    return rc;
}
