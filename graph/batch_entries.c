/* Entries of edges that change: an edge that ends marks both of its, and what they say of
 * a node may be true no more. */
#include "graph/batch_impl.h"
#include "graph/lists.h"
#include "graph/near.h"
#include "graph/record.h"
#include "graph/timeline.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The entry of an edge at one end, where it has one, says what the edge says now. */
static gs_code change_entry(gs_batch *batch, const gs_edge *edge, uint8_t direction,
                            bool touched, gs_error *err)
{
    gs_adjacent entry = gs_adjacent_of(edge, direction, touched);
    MDB_cursor *cursor = NULL;
    gs_code rc;

    if (gs_is_near(edge, direction))
        return GS_OK;
    batch->scattered++;
    GS_TRY(gs_txn_cursor(&cursor, &batch->snapshot, GS_TABLE_ADJACENCY, err));
    rc = gs_list_change(cursor, gs_list_key_of(edge, direction), &entry, err);
    if (rc == GS_END)
        rc = gs_fail(err, GS_DAMAGED,
                     "table adjacency: it lacks record %" PRIu64
                     "; restore the store from a backup",
                     edge->number);
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

/* Sets marks of an edge; its entries follow. */
static gs_code mark_edge(gs_batch *batch, uint64_t number, uint8_t marks, gs_error *err)
{
    gs_edge edge;
    uint8_t all;
    gs_code rc;

    GS_TRY(gs_batch_mark(batch, number, marks, err));
    rc = gs_edge_record(&edge, &all, &batch->snapshot, number, err);
    if (rc == GS_END)
        rc = gs_fail(err, GS_DAMAGED,
                     "edge %" PRIu64 " is gone; restore the store from a backup", number);
    GS_TRY(rc);
    GS_TRY(change_entry(batch, &edge, GS_OUT, (all & GS_TOUCHED) != 0, err));
    rc = change_entry(batch, &edge, GS_IN, (all & GS_TOUCHED) != 0, err);
out:
    return rc;
}

gs_code gs_batch_touch_edge(gs_batch *batch, uint64_t edge, gs_error *err)
{
    return mark_edge(batch, edge, GS_TOUCHED, err);
}

static gs_code uncover_edge(gs_batch *batch, uint64_t node, uint64_t number,
                            gs_error *err)
{
    gs_edge edge;
    gs_code rc = gs_edge_record(&edge, NULL, &batch->snapshot, number, err);

    if (rc != GS_OK)
        return rc == GS_END ? GS_OK : rc; /* which check tells of */
    return mark_edge(batch, number,
                     (uint8_t)((edge.start == node ? GS_START_UNCOVERED : 0) |
                               (edge.end == node ? GS_END_UNCOVERED : 0)),
                     err);
}

gs_code gs_batch_uncover(gs_batch *batch, uint64_t node, gs_error *err)
{
    gs_code rc = gs_pending_edges_flush(&batch->pending.edges, &batch->snapshot, err);

    gs_batch_forget(batch, node);
    return rc == GS_OK ? gs_batch_each_edge(batch, node, uncover_edge, err) : rc;
}

/* A loop is at both ends of its node, in a list or right behind it. */
static bool is_second_of_loop(uint64_t node, uint8_t direction, const gs_adjacent *entry)
{
    return direction == GS_IN && entry->neighbour == node;
}

static gs_code each_near(gs_batch *batch, uint64_t node, gs_edge_visit *visit,
                         gs_error *err)
{
    gs_near_entry entries[GS_NEAR_ENTRIES];
    size_t count;
    gs_code rc;

    GS_TRY(gs_near_read(entries, &count, &batch->snapshot, node, err));
    for (size_t i = 0; i < count; i++) {
        if (is_second_of_loop(node, entries[i].direction, &entries[i].entry))
            continue;
        GS_TRY(visit(batch, node, entries[i].entry.edge, err));
    }
out:
    return rc;
}

static gs_code each_of_block(gs_batch *batch, MDB_val at, MDB_val value,
                             gs_edge_visit *visit, gs_error *err)
{
    gs_list_key key;
    gs_edge_block block;
    uint64_t *numbers = NULL;
    size_t count = 0;
    gs_code rc;

    GS_TRY(gs_list_open_block(&block, &key, at, value, err));
    numbers = malloc(block.count * sizeof *numbers);
    if (numbers == NULL)
        return gs_fail_memory(err);
    for (uint32_t i = 0; i < block.count; i++) {
        gs_adjacent entry = gs_edge_block_entry(&block, i);

        if (!is_second_of_loop(key.node, key.direction, &entry))
            numbers[count++] = entry.edge;
    }
    for (size_t i = 0; i < count; i++)
        GS_TRY(visit(batch, key.node, numbers[i], err));
out:
    free(numbers);
    return rc;
}

gs_code gs_batch_each_edge(gs_batch *batch, uint64_t node, gs_edge_visit *visit,
                           gs_error *err)
{
    MDB_cursor *cursor = NULL;
    unsigned char place[GS_EDGE_BLOCK_KEY];
    MDB_val key, value;
    gs_code rc;

    GS_TRY(each_near(batch, node, visit, err));
    gs_store_number(place, node);
    key = gs_val(place, GS_NUMBER_SIZE);
    GS_TRY(gs_txn_cursor(&cursor, &batch->snapshot, GS_TABLE_ADJACENCY, err));
    rc = gs_txn_move(cursor, &key, &value, MDB_SET_RANGE, err);
    while (rc == GS_OK && gs_list_key_is_of(node, key.mv_data, key.mv_size)) {
        size_t size = key.mv_size < sizeof place ? key.mv_size : sizeof place;

        memcpy(place, key.mv_data, size);
        GS_TRY(each_of_block(batch, key, value, visit, err));
        /* blocks keep their keys, but may have moved */
        key = gs_val(place, size);
        rc = gs_txn_move(cursor, &key, &value, MDB_SET_RANGE, err);
        if (rc == GS_OK)
            rc = gs_txn_move(cursor, &key, &value, MDB_NEXT, err);
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}
