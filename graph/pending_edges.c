#include "graph/pending.h"
#include "graph/txn_impl.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 19 };

/* What sorts a row, mostly without a look at it: node, type as far as it goes, direction
 * and length class. */
struct gs_pending_row {
    uint64_t list;
    const gs_adjacency_row *row;
};

static uint64_t list_of(const gs_adjacency_row *row)
{
    gs_list_key key = gs_list_key_load(row->key);
    uint64_t type = key.type < 0xff ? key.type : 0xff;

    return key.node << 16 | type << 8 | (uint64_t)(key.direction << 4) | key.length_class;
}

static int compare(const void *a, const void *b)
{
    const struct gs_pending_row *x = a, *y = b;

    if (x->list != y->list)
        return x->list < y->list ? -1 : 1;
    return memcmp(x->row, y->row, sizeof *x->row);
}

gs_code gs_pending_edges_add(gs_pending_edges *pending, const gs_snapshot *snapshot,
                             const gs_adjacency_row *row, gs_error *err)
{
    if (pending->rows == NULL) {
        pending->rows = calloc(ROOM, sizeof *pending->rows);
        pending->order = calloc(ROOM, sizeof *pending->order);
    }
    if (pending->rows == NULL || pending->order == NULL) {
        gs_pending_edges_free(pending);
        return gs_fail_memory(err);
    }
    pending->rows[pending->count] = *row;
    pending->order[pending->count] =
        (struct gs_pending_row){list_of(row), &pending->rows[pending->count]};
    pending->count++;
    return pending->count == ROOM ? gs_pending_edges_flush(pending, snapshot, err)
                                  : GS_OK;
}

/* The last key of the table: lists behind it are appended. */
static gs_code last_key(unsigned char out[GS_ADJACENCY_KEY], MDB_cursor *cursor,
                        gs_error *err)
{
    MDB_val key, value;
    gs_code rc = gs_txn_move(cursor, &key, &value, MDB_LAST, err);

    memset(out, 0, GS_ADJACENCY_KEY);
    if (rc == GS_OK && key.mv_size == GS_ADJACENCY_KEY)
        memcpy(out, key.mv_data, GS_ADJACENCY_KEY);
    return rc == GS_END ? GS_OK : rc;
}

/* Entries of a list mostly come later than those it has: APPENDDUP, which would otherwise
 * leave pages half empty. */
static int put(MDB_cursor *cursor, const gs_adjacency_row *row, bool new_list)
{
    MDB_val key = gs_val(row->key, sizeof row->key);
    MDB_val entry = gs_val(row->entry, sizeof row->entry);
    int status =
        mdb_cursor_put(cursor, &key, &entry, new_list ? MDB_APPEND : MDB_APPENDDUP);

    if (status == MDB_KEYEXIST)
        status = mdb_cursor_put(cursor, &key, &entry, 0);
    return status;
}

gs_code gs_pending_edges_flush(gs_pending_edges *pending, const gs_snapshot *snapshot,
                               gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    unsigned char last[GS_ADJACENCY_KEY];

    if (pending->count == 0)
        return GS_OK;
    qsort(pending->order, pending->count, sizeof *pending->order, compare);
    GS_TRY(gs_txn_cursor(&cursor, snapshot, GS_TABLE_ADJACENCY, err));
    GS_TRY(last_key(last, cursor, err));
    for (size_t i = 0; i < pending->count; i++) {
        const gs_adjacency_row *row = pending->order[i].row;
        bool new_list = memcmp(row->key, last, sizeof last) > 0;
        int status = put(cursor, row, new_list);

        if (status != 0) {
            rc = gs_lmdb_fail(err, status, "write to the store");
            goto out;
        }
        if (new_list)
            memcpy(last, row->key, sizeof last);
    }
    pending->count = 0;
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

void gs_pending_edges_free(gs_pending_edges *pending)
{
    free(pending->rows);
    free(pending->order);
    *pending = (gs_pending_edges){0};
}
