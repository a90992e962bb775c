/* The lists of labels: numbers of nodes, which ascend. */
#include "graph/base/large.h"
#include "graph/pending.h"
#include "graph/txn_impl.h"

#include <stdlib.h>

enum { ROOM_FIRST = 1 << 8, ROOM = 1 << 16 };

gs_code gs_pending_labels_add(gs_pending_labels *pending, const gs_snapshot *snapshot,
                              uint32_t label, uint64_t number, gs_error *err)
{
    gs_index_row *rows = gs_large_grow(pending->rows, pending->count, &pending->room,
                                       ROOM_FIRST, sizeof *pending->rows);

    if (rows == NULL)
        return gs_fail_memory(err);
    pending->rows = rows;
    pending->rows[pending->count++] = (gs_index_row){label, number};
    return pending->count == ROOM ? gs_pending_labels_flush(pending, snapshot, err)
                                  : GS_OK;
}

/* At the end of a label's list. One number is no list yet, and LMDB takes it otherwise. */
static gs_code append(MDB_cursor *cursor, uint64_t label, uint64_t *numbers, size_t count,
                      gs_error *err)
{
    MDB_val key = gs_val(&label, sizeof label);
    MDB_val values[] = {{sizeof *numbers, numbers}, {count, NULL}};
    unsigned several = count > 1 ? MDB_MULTIPLE : 0;
    int status = mdb_cursor_put(cursor, &key, values, MDB_APPENDDUP | several);

    if (status == MDB_KEYEXIST)
        return gs_fail(err, GS_DAMAGED,
                       "the table labels has a row behind the last number; restore the "
                       "store from a backup");
    return status == 0 ? GS_OK : gs_lmdb_fail(err, status, "write to the store");
}

gs_code gs_pending_labels_flush(gs_pending_labels *pending, const gs_snapshot *snapshot,
                                gs_error *err)
{
    gs_code rc = GS_OK;
    MDB_cursor *cursor = NULL;
    gs_index_row *spare;
    uint64_t *numbers;
    size_t count;

    if (pending->count == 0)
        return GS_OK;
    spare = calloc(pending->count, sizeof *spare);
    if (spare == NULL)
        return gs_fail_memory(err);
    gs_index_rows_sort(pending->rows, spare, pending->count);
    numbers = (uint64_t *)(void *)spare; /* it has been used */
    for (size_t i = 0; i < pending->count; i++)
        numbers[i] = pending->rows[i].number;
    GS_TRY(gs_txn_cursor(&cursor, snapshot, GS_TABLE_LABELS, err));
    for (size_t i = 0; i < pending->count; i += count) {
        uint64_t label = pending->rows[i].hash;

        for (count = 1;
             i + count < pending->count && pending->rows[i + count].hash == label;)
            count++;
        GS_TRY(append(cursor, label, numbers + i, count, err));
    }
    pending->count = 0;
out:
    free(spare);
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

void gs_pending_labels_free(gs_pending_labels *pending)
{
    free(pending->rows);
    *pending = (gs_pending_labels){0};
}
