/* The lists of edges: blocks that are whole, sorted and in order, and in them one entry
 * for each end of each edge that does not stand right behind its node. */
#include "graph/check_impl.h"
#include "graph/lists.h"
#include "graph/record.h"
#include "graph/records.h"
#include "graph/timeline.h"

#include <inttypes.h>
#include <string.h>

enum { ROW = GS_LIST_KEY + 2 * GS_TIME_SIZE + GS_NUMBER_SIZE + 1 };

static const uint8_t directions[] = {GS_OUT, GS_IN};

static void add_up(gs_check_sum *sum, gs_list_key key, const gs_adjacent *entry)
{
    unsigned char row[ROW], *to = row + GS_LIST_KEY;
    gs_hash128 hash;
    uint64_t half;

    gs_list_key_store(row, key);
    gs_store_time(to, entry->order);
    gs_store_time(to + GS_TIME_SIZE, entry->latest);
    gs_store_number(to + 2 * GS_TIME_SIZE, entry->neighbour);
    row[ROW - 1] = gs_adjacent_flags(entry);
    hash = gs_hash_text(0, (gs_text){(const char *)row, ROW});
    memcpy(&half, hash.bytes, sizeof half);
    gs_check_sum_add(sum, half, entry->edge);
}

void gs_check_edge_entries(gs_check_state *state, const gs_edge *edge, bool touched)
{
    for (size_t i = 0; i < 2; i++) {
        gs_adjacent entry = gs_adjacent_of(edge, directions[i], touched);

        if (!gs_is_near(edge, directions[i]))
            add_up(&state->entries_wanted, gs_list_key_of(edge, directions[i]), &entry);
    }
}

static bool is_same_list(const unsigned char *key, const unsigned char *other)
{
    return memcmp(key, other, GS_LIST_KEY) == 0;
}

gs_code gs_check_block(gs_check_state *state, MDB_val at, MDB_val value, gs_error *err)
{
    unsigned char own[GS_EDGE_BLOCK_KEY];
    gs_list_key key;
    gs_edge_block block;
    gs_adjacent entry, before = {0};
    bool whole = true;
    gs_code rc = gs_list_open_block(&block, &key, at, value, err);

    if (rc != GS_OK)
        return rc;
    for (uint32_t i = 0; i < block.count; i++) {
        entry = gs_edge_block_entry(&block, i);
        whole = whole && (i == 0 || gs_adjacent_order(&before, &entry) < 0) &&
                gs_length_class(entry.earliest, entry.latest) == key.length_class;
        add_up(&state->entries_seen, key, &entry);
        before = entry;
    }
    entry = gs_edge_block_entry(&block, 0);
    gs_edge_block_key_store(own, key, &entry);
    if (at.mv_size == GS_EDGE_BLOCK_KEY) /* a list's first block has the bare key */
        whole = whole && is_same_list(at.mv_data, state->last_block) &&
                memcmp(at.mv_data, own, GS_EDGE_BLOCK_KEY) <= 0 &&
                memcmp(at.mv_data, state->last_block, GS_EDGE_BLOCK_KEY) > 0;
    gs_edge_block_key_store(state->last_block, key, &before);
    return whole ? GS_OK
                 : gs_fail(err, GS_DAMAGED,
                           "table adjacency: a list of node %" PRIu64
                           " is not in order, so that some edges will not be found",
                           key.node);
}

/* Names an edge without its entry. */
static gs_code look_up(gs_check_state *state, uint64_t *lacking, MDB_cursor *cursor,
                       const gs_edge *edge, uint8_t direction, bool touched,
                       gs_error *err)
{
    gs_adjacent wanted = gs_adjacent_of(edge, direction, touched), seen;
    gs_code rc =
        gs_list_find(&seen, cursor, gs_list_key_of(edge, direction), &wanted, err);

    if (rc == GS_OK && seen.neighbour == wanted.neighbour &&
        gs_adjacent_flags(&seen) == gs_adjacent_flags(&wanted))
        return GS_OK;
    if (rc != GS_OK && rc != GS_END && rc != GS_DAMAGED)
        return rc;
    ++*lacking;
    return gs_check_tell(state, err,
                         gs_fail(err, GS_DAMAGED,
                                 rc == GS_OK
                                     ? "table adjacency: an entry of edge %" PRIu64
                                       " says what is not so"
                                     : "table adjacency: it lacks record %" PRIu64,
                                 edge->number));
}

gs_code gs_check_lists(gs_check_state *state, gs_error *err)
{
    MDB_cursor *cursor = NULL;
    gs_record_walk walk;
    uint64_t number, lacking = 0;
    gs_text record;
    gs_edge edge;
    uint8_t marks;
    gs_code rc;

    if (memcmp(&state->entries_seen, &state->entries_wanted, sizeof(gs_check_sum)) == 0)
        return GS_OK;
    GS_TRY(gs_txn_cursor(&cursor, state->snapshot, GS_TABLE_ADJACENCY, err));
    gs_record_walk_start(&walk, state->snapshot, 1);
    while ((rc = gs_record_walk_next(&number, &record, &walk, err)) == GS_OK) {
        if (!gs_record_is_edge(record))
            continue;
        GS_TRY(gs_edge_record(&edge, &marks, state->snapshot, number, err));
        for (size_t i = 0; i < 2; i++)
            if (!gs_is_near(&edge, directions[i]))
                GS_TRY(look_up(state, &lacking, cursor, &edge, directions[i],
                               (marks & GS_TOUCHED) != 0, err));
    }
    if (rc == GS_END && lacking == 0)
        rc =
            gs_fail(err, GS_DAMAGED,
                    "table adjacency: it has other entries than the edges that it is of");
    if (rc == GS_END)
        rc = GS_OK;
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc == GS_DAMAGED ? gs_check_tell(state, err, rc) : rc;
}
