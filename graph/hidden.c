#include "graph/hidden.h"

#include "graph/base/bytes.h"
#include "graph/base/grow.h"
#include "graph/batch_impl.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_SIZE = 24 };

static gs_code load(gs_hide *out, MDB_val key, MDB_val value, gs_error *err)
{
    const unsigned char *row = value.mv_data;

    if (key.mv_size != sizeof out->first || value.mv_size != ROW_SIZE)
        return gs_fail(err, GS_DAMAGED,
                       "table hides: a row is damaged; restore the store from a backup");
    memcpy(&out->first, key.mv_data, sizeof out->first);
    out->last = gs_load_u64(row);
    out->ended = gs_load_u64(row + 8);
    out->restored = gs_load_u64(row + 16);
    return GS_OK;
}

static void store(unsigned char row[ROW_SIZE], const gs_hide *from)
{
    gs_store_u64(row, from->last);
    gs_store_u64(row + 8, from->ended);
    gs_store_u64(row + 16, from->restored);
}

gs_code gs_hides_read(gs_hide **out, size_t *count, const gs_snapshot *snapshot,
                      gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    MDB_val key, value;
    gs_hide *rows = NULL;
    size_t used = 0, room = 0;

    GS_TRY(gs_txn_cursor(&cursor, snapshot, GS_TABLE_HIDES, err));
    while ((rc = gs_txn_move(cursor, &key, &value, MDB_NEXT, err)) == GS_OK) {
        gs_hide *grown = gs_grow(rows, used, &room, sizeof *grown);

        if (grown == NULL) {
            rc = gs_fail_memory(err);
            goto out;
        }
        rows = grown;
        GS_TRY(load(&rows[used++], key, value, err));
    }
    if (rc == GS_END) {
        *out = rows;
        *count = used;
        rows = NULL;
        rc = GS_OK;
    }
out:
    free(rows);
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

gs_code gs_hidden_read(gs_ranges *out, const gs_snapshot *snapshot, gs_error *err)
{
    gs_hide *rows = NULL;
    size_t count = 0;
    gs_code rc = gs_hides_read(&rows, &count, snapshot, err);

    for (size_t i = 0; rc == GS_OK && i < count; i++)
        if (rows[i].ended <= snapshot->last && snapshot->last < rows[i].restored)
            rc = gs_ranges_append(out, rows[i].first, rows[i].last, err);
    free(rows);
    return rc;
}

gs_code gs_hides_bytes(gs_buffer *out, const gs_hide *rows, size_t count, uint64_t number,
                       bool restored, gs_error *err)
{
    gs_ranges ranges = {0};
    unsigned char ends[16];
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < count; i++)
        if ((restored ? rows[i].restored : rows[i].ended) == number)
            rc = gs_ranges_append(&ranges, rows[i].first, rows[i].last, err);
    for (size_t i = 0; rc == GS_OK && i < ranges.count; i++) {
        gs_store_u64(ends, ranges.items[i].first);
        gs_store_u64(ends + 8, ranges.items[i].last);
        gs_buffer_bytes(out, ends, sizeof ends);
    }
    gs_ranges_free(&ranges);
    return rc == GS_OK && out->failed ? gs_fail_memory(err) : rc;
}

static gs_code put(const gs_snapshot *snapshot, const gs_hide *row, gs_error *err)
{
    unsigned char bytes[ROW_SIZE] = {0};

    store(bytes, row);
    return gs_txn_put(snapshot, GS_TABLE_HIDES, gs_val(&row->first, sizeof row->first),
                      gs_val(bytes, sizeof bytes), 0, err);
}

static gs_code drop(const gs_snapshot *snapshot, const gs_hide *row, gs_error *err)
{
    unsigned char bytes[ROW_SIZE] = {0};
    MDB_val value = gs_val(bytes, sizeof bytes);

    store(bytes, row);
    return gs_txn_delete(snapshot, GS_TABLE_HIDES, gs_val(&row->first, sizeof row->first),
                         &value, err);
}

static gs_code put_ranges(const gs_snapshot *snapshot, const gs_ranges *ranges,
                          uint64_t ended, uint64_t restored, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < ranges->count; i++)
        rc = put(
            snapshot,
            &(gs_hide){ranges->items[i].first, ranges->items[i].last, ended, restored},
            err);
    return rc;
}

/* A row of which a part is shown again becomes two or more. */
static gs_code split(const gs_snapshot *snapshot, const gs_hide *row,
                     const gs_ranges *shown, uint64_t number, gs_error *err)
{
    gs_stretch whole = {row->first, row->last};
    gs_ranges all = {&whole, 1, 1}, kept = {0}, gone = {0};
    gs_code rc;

    GS_TRY(gs_ranges_minus(&kept, &all, shown, err));
    if (kept.count == 1 && kept.items[0].first == row->first &&
        kept.items[0].last == row->last)
        goto out;
    GS_TRY(gs_ranges_minus(&gone, &all, &kept, err));
    GS_TRY(drop(snapshot, row, err));
    GS_TRY(put_ranges(snapshot, &kept, row->ended, UINT64_MAX, err));
    rc = put_ranges(snapshot, &gone, row->ended, number, err);
out:
    gs_ranges_free(&kept);
    gs_ranges_free(&gone);
    return rc;
}

static gs_code digest(gs_batch *batch, const gs_ranges *ranges, char kind,
                      uint64_t number, gs_error *err)
{
    gs_code rc = GS_OK;

    gs_buffer_clear(&batch->map);
    for (size_t i = 0; rc == GS_OK && i < ranges->count; i++) {
        gs_hide row = {.first = ranges->items[i].first,
                       .last = ranges->items[i].last,
                       .ended = number};

        rc = gs_hides_bytes(&batch->map, &row, 1, number, false, err);
    }
    if (rc == GS_OK)
        rc = gs_record_digest_add(&batch->digest, kind, gs_buffer_view(&batch->map), err);
    return rc;
}

static gs_code show(gs_batch *batch, const gs_ranges *shown, gs_error *err)
{
    gs_hide *rows = NULL;
    size_t count = 0;
    uint64_t number;
    gs_code rc;

    GS_TRY(gs_hides_read(&rows, &count, &batch->snapshot, err));
    GS_TRY(gs_batch_number(&number, batch, err));
    for (size_t i = 0; i < count; i++)
        if (rows[i].restored == UINT64_MAX)
            GS_TRY(split(&batch->snapshot, &rows[i], shown, number, err));
    rc = digest(batch, shown, 'r', number, err);
out:
    free(rows);
    return rc;
}

static gs_code hide(gs_batch *batch, const gs_ranges *hidden, gs_error *err)
{
    uint64_t number;
    gs_code rc;

    GS_TRY(gs_batch_number(&number, batch, err));
    GS_TRY(put_ranges(&batch->snapshot, hidden, number, UINT64_MAX, err));
    rc = digest(batch, hidden, 'h', number, err);
out:
    return rc;
}

gs_code gs_hides_write(gs_batch *batch, const gs_ranges *before, gs_error *err)
{
    gs_ranges hidden = {0}, shown = {0};
    gs_code rc;

    GS_TRY(gs_ranges_minus(&shown, before, &batch->snapshot.hidden, err));
    GS_TRY(gs_ranges_minus(&hidden, &batch->snapshot.hidden, before, err));
    if (shown.count > 0)
        GS_TRY(show(batch, &shown, err));
    if (hidden.count > 0)
        rc = hide(batch, &hidden, err);
out:
    gs_ranges_free(&hidden);
    gs_ranges_free(&shown);
    return rc;
}
