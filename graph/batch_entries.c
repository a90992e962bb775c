/* Entries of edges that change: an edge that ends marks both of its, and what they say of
 * a node may be true no more. */
#include "graph/adjacency.h"
#include "graph/batch_impl.h"
#include "graph/record.h"
#include "graph/timeline.h"

#include <inttypes.h>
#include <string.h>

enum { CHUNK = 1024 };

/* Flags that are set, and whether what it says of its neighbour goes. */
typedef struct change {
    uint8_t flags;
    bool uncover;
} change;

/* GS_OK with the entry at *entry, GS_END where the list has none of this edge. */
static gs_code find_entry(unsigned char entry[GS_ADJACENCY_ENTRY],
                          const gs_snapshot *snapshot, const gs_adjacency_row *row,
                          gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor;
    MDB_val key = gs_val(row->key, sizeof row->key);
    MDB_val value = gs_val(row->entry, sizeof row->entry);

    rc = gs_txn_cursor(&cursor, snapshot, GS_TABLE_ADJACENCY, err);
    if (rc != GS_OK)
        return rc;
    rc = gs_txn_move(cursor, &key, &value, MDB_GET_BOTH_RANGE, err);
    if (rc == GS_OK && (value.mv_size != sizeof row->entry ||
                        !gs_adjacent_is_same(value.mv_data, row->entry)))
        rc = GS_END;
    if (rc == GS_OK)
        memcpy(entry, value.mv_data, sizeof row->entry);
    mdb_cursor_close(cursor);
    return rc;
}

/* The row is one of the edge without flags, with nothing said: the first there can be. */
static gs_code change_entry(gs_batch *batch, const gs_adjacency_row *row, change how,
                            gs_error *err)
{
    gs_code rc;
    unsigned char old[GS_ADJACENCY_ENTRY], new[GS_ADJACENCY_ENTRY];
    gs_adjacent entry;
    MDB_val key = gs_val(row->key, sizeof row->key), value = gs_val(old, sizeof old);

    rc = find_entry(old, &batch->snapshot, row, err);
    if (rc != GS_OK)
        return rc == GS_END ? GS_OK : rc;
    entry = gs_adjacent_load(old);
    entry.touched = entry.touched || (how.flags & GS_ENTRY_TOUCHED) != 0;
    if (how.uncover) {
        entry.sort = GS_SORT_OTHER;
        entry.dated = false;
    }
    gs_adjacent_store(new, &entry);
    if (memcmp(old, new, sizeof new) == 0)
        return GS_OK;
    GS_TRY(gs_txn_delete(&batch->snapshot, GS_TABLE_ADJACENCY, key, &value, err));
    batch->scattered++;
    rc = gs_txn_put(&batch->snapshot, GS_TABLE_ADJACENCY, key, gs_val(new, sizeof new), 0,
                    err);
out:
    return rc;
}

static gs_adjacency_row bare_row(const gs_edge *edge, gs_direction direction)
{
    gs_edge bare = *edge;
    gs_adjacency_row row;

    bare.inferred = false;
    gs_edge_uncover(&bare, GS_START_UNCOVERED | GS_END_UNCOVERED);
    row = direction == GS_OUT ? gs_adjacency_out(&bare, false)
                              : gs_adjacency_in(&bare, false);
    row.entry[GS_ADJACENCY_FLAGS] = 0;
    return row;
}

gs_code gs_batch_touch_entries(gs_batch *batch, const gs_edge *edge, gs_error *err)
{
    const change touch = {.flags = GS_ENTRY_TOUCHED};
    const gs_adjacency_row out = bare_row(edge, GS_OUT), in = bare_row(edge, GS_IN);
    gs_code rc = change_entry(batch, &out, touch, err);

    return rc == GS_OK ? change_entry(batch, &in, touch, err) : rc;
}

static gs_code uncover_entry(gs_batch *batch, uint64_t node, uint64_t number,
                             gs_error *err)
{
    const change uncover = {.uncover = true};
    gs_adjacency_row row;
    gs_edge edge;
    gs_code rc;

    GS_TRY(gs_edge_record(&edge, NULL, &batch->snapshot, number, err));
    if (edge.start == node) {
        row = bare_row(&edge, GS_IN);
        GS_TRY(change_entry(batch, &row, uncover, err));
        GS_TRY(gs_batch_mark(batch, number, GS_START_UNCOVERED, err));
    }
    if (edge.end == node) {
        row = bare_row(&edge, GS_OUT);
        GS_TRY(change_entry(batch, &row, uncover, err));
        GS_TRY(gs_batch_mark(batch, number, GS_END_UNCOVERED, err));
    }
out:
    return rc;
}

gs_code gs_batch_uncover(gs_batch *batch, uint64_t node, gs_error *err)
{
    gs_code rc = gs_pending_edges_flush(&batch->pending.edges, &batch->snapshot, err);

    gs_batch_forget(batch, node);
    return rc == GS_OK ? gs_batch_each_edge(batch, node, uncover_entry, err) : rc;
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

gs_code gs_batch_each_edge(gs_batch *batch, uint64_t node, gs_edge_visit *visit,
                           gs_error *err)
{
    gs_code rc;
    uint64_t numbers[CHUNK];
    size_t count;
    gs_adjacency_row place = {0};

    gs_list_key_store(place.key, (gs_list_key){.node = node});
    do {
        GS_TRY(next_edges(numbers, &count, &place, &batch->snapshot, err));
        for (size_t i = 0; i < count; i++)
            GS_TRY(visit(batch, node, numbers[i], err));
    } while (count == CHUNK);
    rc = GS_OK;
out:
    return rc;
}
