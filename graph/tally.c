#include "graph/tally.h"

#include "graph/adjacency.h"
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

static gs_code count_entries(const counting *c, MDB_val entries, gs_error *err)
{
    const unsigned char *at = entries.mv_data;
    gs_code rc = GS_OK;

    if (entries.mv_size % GS_ADJACENCY_ENTRY != 0)
        return gs_fail(err, GS_DAMAGED,
                       "an edge of node %" PRIu64
                       " is damaged; restore the store from a backup",
                       c->node);
    for (size_t left = entries.mv_size / GS_ADJACENCY_ENTRY; left > 0; left--) {
        gs_adjacent entry = gs_adjacent_load(at);
        bool hidden;

        at += GS_ADJACENCY_ENTRY;
        if (entry.inferred && c->stated_only)
            continue;
        GS_TRY(is_hidden(&hidden, c, &entry, err));
        c->counts[entry.sort < GS_SORTS ? entry.sort : GS_SORT_OTHER] += !hidden;
    }
out:
    return rc;
}

/* The list on whose first entry the cursor stands. LMDB gives pages of duplicates, and of
 * a single one nothing. */
static gs_code count_list(const counting *c, MDB_cursor *cursor, MDB_val first,
                          gs_error *err)
{
    MDB_val key, entries = first;
    size_t count;
    gs_code rc = GS_OK;

    if (mdb_cursor_count(cursor, &count) != 0 || count < 2)
        return count_entries(c, first, err);
    rc = gs_txn_move(cursor, &key, &entries, MDB_GET_MULTIPLE, err);
    for (; rc == GS_OK; rc = gs_txn_move(cursor, &key, &entries, MDB_NEXT_MULTIPLE, err))
        GS_TRY(count_entries(c, entries, err));
    if (rc == GS_END)
        rc = GS_OK;
out:
    return rc;
}

gs_code gs_tally_count(uint64_t counts[GS_SORTS], gs_tally *tally, uint64_t node,
                       uint32_t type, gs_direction direction, bool stated_only,
                       gs_error *err)
{
    const counting c = {tally->snapshot, counts, node, stated_only};
    unsigned char wanted[GS_ADJACENCY_KEY];
    MDB_val key = gs_val(wanted, sizeof wanted), entry;
    gs_list_key list;
    gs_code rc;

    memset(counts, 0, GS_SORTS * sizeof *counts);
    gs_list_key_store(wanted, (gs_list_key){node, type, (uint8_t)direction, 0});
    rc = gs_txn_move(tally->cursor, &key, &entry, MDB_SET_RANGE, err);
    for (; rc == GS_OK;
         rc = gs_txn_move(tally->cursor, &key, &entry, MDB_NEXT_NODUP, err)) {
        if (!gs_list_key_is_of(node, key.mv_data, key.mv_size) ||
            !gs_list_key_is_whole(key.mv_data, key.mv_size))
            return GS_OK;
        list = gs_list_key_load(key.mv_data);
        if (list.type != type || list.direction != direction)
            return GS_OK;
        GS_TRY(count_list(&c, tally->cursor, entry, err));
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    return rc;
}
