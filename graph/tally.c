#include "graph/tally.h"

#include "graph/lists.h"
#include "graph/near.h"
#include "graph/txn_impl.h"
#include "graph/version.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct gs_tally {
    const gs_snapshot *snapshot;
    MDB_cursor *cursor;
};

gs_code gs_tally_open(gs_tally **out, const gs_snapshot *snapshot, gs_error *err)
{
    gs_tally *tally = calloc(1, sizeof *tally);
    gs_code rc;

    assert(snapshot->pending == NULL);
    if (tally == NULL)
        return gs_fail_memory(err);
    tally->snapshot = snapshot;
    rc = gs_txn_cursor(&tally->cursor, snapshot, GS_TABLE_ADJACENCY, err);
    if (rc == GS_OK)
        *out = tally;
    else
        free(tally);
    return rc;
}

void gs_tally_close(gs_tally *tally)
{
    if (tally == NULL)
        return;
    mdb_cursor_close(tally->cursor);
    free(tally);
}

/* What is asked, and where it is counted. */
typedef struct counting {
    const gs_snapshot *snapshot;
    uint64_t *counts, node;
    bool stated_only;
} counting;

static gs_code is_hidden(bool *out, const counting *c, const gs_adjacent *entry,
                         gs_error *err)
{
    const uint64_t numbers[] = {entry->edge, entry->neighbour, c->node};
    gs_code rc = GS_OK;

    *out = entry->edge > c->snapshot->last;
    for (size_t i = 0; rc == GS_OK && entry->touched && !*out && i < 3; i++)
        rc = gs_end_covers(out, c->snapshot, numbers[i], err);
    return rc;
}

static gs_code count_entry(const counting *c, const gs_adjacent *entry, gs_error *err)
{
    bool hidden;
    gs_code rc;

    if (entry->inferred && c->stated_only)
        return GS_OK;
    rc = is_hidden(&hidden, c, entry, err);
    if (rc == GS_OK)
        c->counts[entry->sort] += !hidden;
    return rc;
}

/* Most entries are told by their flags and their edge's number alone. */
static gs_code count_block(const counting *c, MDB_val key, MDB_val value, gs_error *err)
{
    gs_list_key list;
    gs_edge_block block;
    gs_code rc = gs_list_open_block(&block, &list, key, value, err);

    for (uint32_t i = 0; rc == GS_OK && i < block.count; i++) {
        uint8_t flags, sort;

        if (gs_edge_block_edge(&block, i, &flags, &sort) <= c->snapshot->last &&
            (flags & (GS_ENTRY_TOUCHED | GS_ENTRY_INFERRED)) == 0) {
            c->counts[sort]++;
        } else {
            gs_adjacent entry = gs_edge_block_entry(&block, i);

            rc = count_entry(c, &entry, err);
        }
    }
    return rc;
}

/* Those that the node was born with. */
static gs_code count_near(const counting *c, uint32_t type, uint8_t direction,
                          gs_error *err)
{
    gs_near_entry entries[GS_NEAR_ENTRIES];
    size_t count;
    gs_code rc = GS_OK;

    if ((gs_near_directions(type) & direction) == 0)
        return GS_OK;
    GS_TRY(gs_near_read(entries, &count, c->snapshot, c->node, err));
    for (size_t i = 0; i < count; i++)
        if (entries[i].type == type && entries[i].direction == direction)
            GS_TRY(count_entry(c, &entries[i].entry, err));
out:
    return rc;
}

gs_code gs_tally_count(uint64_t counts[GS_SORTS], gs_tally *tally, uint64_t node,
                       uint32_t type, gs_direction direction, bool stated_only,
                       gs_error *err)
{
    const counting c = {tally->snapshot, counts, node, stated_only};
    unsigned char wanted[GS_LIST_KEY] = {0};
    MDB_val key = gs_val(wanted, sizeof wanted), value;
    gs_list_key list;
    gs_code rc;

    memset(counts, 0, GS_SORTS * sizeof *counts);
    gs_list_key_store(wanted, (gs_list_key){node, type, (uint8_t)direction, 0});
    GS_TRY(count_near(&c, type, (uint8_t)direction, err));
    rc = gs_txn_move(tally->cursor, &key, &value, MDB_SET_RANGE, err);
    for (; rc == GS_OK; rc = gs_txn_move(tally->cursor, &key, &value, MDB_NEXT, err)) {
        if (!gs_list_key_is_of(node, key.mv_data, key.mv_size))
            return GS_OK;
        if (!gs_list_key_is_whole(key.mv_data, key.mv_size))
            return gs_fail(err, GS_DAMAGED,
                           "table adjacency: a key of node %" PRIu64
                           " is damaged; run `gainsay check`",
                           node);
        list = gs_list_key_load(key.mv_data);
        if (list.type != type || list.direction != direction)
            return GS_OK;
        GS_TRY(count_block(&c, key, value, err));
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    return rc;
}
