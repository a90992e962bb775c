/* Ends. What has ended is marked where it is met: in its record, in the entries of its
 * edges at both their nodes, and in those edges' records; only what is marked asks
 * `ends`. */
#include "graph/adjacency.h"
#include "graph/batch_impl.h"
#include "graph/record.h"
#include "graph/timeline.h"
#include "graph/version.h"

#include <inttypes.h>
#include <string.h>

enum { CHUNK = 1024 };

static gs_code touch_entry(gs_batch *batch, gs_adjacency_row plain,
                           gs_adjacency_row touched, gs_error *err)
{
    gs_code rc;
    MDB_val key = gs_val(plain.key, sizeof plain.key);
    MDB_val old = gs_val(plain.entry, sizeof plain.entry);

    rc = gs_txn_delete(&batch->snapshot, GS_TABLE_ADJACENCY, key, &old, err);
    if (rc == GS_END)
        return GS_OK; /* it is touched already */
    if (rc != GS_OK)
        return rc;
    batch->scattered++;
    return gs_txn_put(&batch->snapshot, GS_TABLE_ADJACENCY, key,
                      gs_val(touched.entry, sizeof touched.entry), 0, err);
}

/* An edge that was visible and is hidden from now on. */
static gs_code touch_edge(gs_batch *batch, const gs_edge *edge, gs_error *err)
{
    gs_code rc;

    GS_TRY(touch_entry(batch, gs_adjacency_out(edge, false), gs_adjacency_out(edge, true),
                       err));
    GS_TRY(touch_entry(batch, gs_adjacency_in(edge, false), gs_adjacency_in(edge, true),
                       err));
    GS_TRY(gs_batch_mark(batch, GS_TABLE_EDGES, edge->number, GS_TOUCHED, err));
    GS_TRY(gs_batch_count_type(batch, 0, -1, err));
    GS_TRY(gs_batch_count_type(batch, edge->type, -1, err));
out:
    return rc;
}

/* A loop is in two lists of its node. */
static bool is_second_of_loop(MDB_val key, MDB_val value)
{
    gs_list_key list = gs_list_key_load(key.mv_data);

    return list.direction == GS_IN &&
           gs_adjacent_load(value.mv_data).neighbour == list.node;
}

static gs_code check_row(uint64_t node, MDB_val key, MDB_val value, gs_error *err)
{
    bool whole = gs_list_key_is_whole(key.mv_data, key.mv_size);

    if (whole && value.mv_size == GS_ADJACENCY_ENTRY)
        return GS_OK;
    return gs_fail(err, GS_DAMAGED,
                   "%s of node %" PRIu64 " is damaged; restore the store from a backup",
                   whole ? "an edge" : "a list", node);
}

/* Up to CHUNK numbers of edges of a node, behind the entry at `place` (all 0: from the
 * first on), which moves on. */
static gs_code next_edges(uint64_t *numbers, size_t *count, gs_adjacency_row *place,
                          const gs_snapshot *snapshot, gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    MDB_val key = gs_val(place->key, sizeof place->key);
    MDB_val value = gs_val(place->entry, sizeof place->entry);
    uint64_t node = gs_list_key_load(place->key).node;
    bool first = place->key[GS_ADJACENCY_KEY - 2] == 0;

    *count = 0;
    if (first)
        key.mv_size = sizeof node;
    GS_TRY(gs_txn_cursor(&cursor, snapshot, GS_TABLE_ADJACENCY, err));
    rc = gs_txn_move(cursor, &key, &value, first ? MDB_SET_RANGE : MDB_GET_BOTH_RANGE,
                     err);
    /* the entry at `place` is now touched, which sorts right behind what it was */
    if (rc == GS_OK && !first)
        rc = gs_txn_move(cursor, &key, &value, MDB_NEXT, err);
    while (rc == GS_OK && *count < CHUNK &&
           gs_list_key_is_of(node, key.mv_data, key.mv_size)) {
        GS_TRY(check_row(node, key, value, err));
        if (!is_second_of_loop(key, value))
            numbers[(*count)++] = gs_adjacent_load(value.mv_data).edge;
        memcpy(place->key, key.mv_data, sizeof place->key);
        memcpy(place->entry, value.mv_data, sizeof place->entry);
        rc = gs_txn_move(cursor, &key, &value, MDB_NEXT, err);
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

static gs_code touch_edges_of(gs_batch *batch, uint64_t node, gs_error *err)
{
    gs_code rc;
    uint64_t numbers[CHUNK];
    size_t count;
    gs_adjacency_row place = {0};
    gs_edge edge;

    gs_list_key_store(place.key, (gs_list_key){.node = node});
    do {
        GS_TRY(next_edges(numbers, &count, &place, &batch->snapshot, err));
        for (size_t i = 0; i < count; i++) {
            rc = gs_edge_read(&edge, &batch->snapshot, numbers[i], err);
            if (rc == GS_OK)
                rc = touch_edge(batch, &edge, err);
            if (rc != GS_OK && rc != GS_END)
                goto out;
        }
    } while (count == CHUNK);
    rc = GS_OK;
out:
    return rc;
}

static gs_code end_node(gs_batch *batch, const gs_node *node, gs_error *err)
{
    gs_code rc;

    GS_TRY(gs_batch_count_label(batch, 0, -1, err));
    for (uint32_t i = 0; i < node->label_count; i++)
        GS_TRY(gs_batch_count_label(batch, gs_node_label(node, i), -1, err));
    gs_batch_forget(batch, node->number);
    GS_TRY(touch_edges_of(batch, node->number, err));
    GS_TRY(gs_batch_mark(batch, GS_TABLE_NODES, node->number, GS_TOUCHED, err));
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

gs_code gs_batch_end(gs_batch *batch, uint64_t number, gs_error *err)
{
    gs_code rc;
    uint64_t ended;
    unsigned char bytes[8];

    GS_TRY(gs_pending_edges_flush(&batch->pending.edges, &batch->snapshot, err));
    GS_TRY(end_record(batch, number, err));
    GS_TRY(gs_batch_number(&ended, batch, err));
    GS_TRY(gs_end_write(&batch->snapshot, number, ended, err));
    gs_store_u64(bytes, number);
    GS_TRY(gs_batch_digest(batch, 'x', ended,
                           (gs_text){(const char *)bytes, sizeof bytes}, err));
out:
    return rc;
}
