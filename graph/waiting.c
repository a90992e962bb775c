/* Who waits for a statement that has not come, by the hash of its id. */
#include "graph/batch_impl.h"

#include <string.h>

static gs_hash128 hash_of(const gs_batch *batch, gs_text id)
{
    return gs_hash_text(batch->snapshot.store->environment->seed, id);
}

gs_code gs_batch_wait(gs_batch *batch, gs_text id, uint64_t statement, gs_error *err)
{
    gs_hash128 hash = hash_of(batch, id);

    batch->scattered++;
    return gs_txn_put(&batch->snapshot, GS_TABLE_WAITING, gs_val(&hash, sizeof hash),
                      gs_val(&statement, sizeof statement), MDB_NODUPDATA, err);
}

gs_code gs_batch_waiting(uint64_t **out, size_t *count, gs_batch *batch, gs_text id,
                         gs_arena *arena, gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    gs_hash128 hash = hash_of(batch, id);
    MDB_val key = gs_val(&hash, sizeof hash), value;
    uint64_t *numbers = NULL;
    size_t found = 0, room = 0;

    GS_TRY(gs_txn_cursor(&cursor, &batch->snapshot, GS_TABLE_WAITING, err));
    for (rc = gs_txn_move(cursor, &key, &value, MDB_SET, err); rc == GS_OK;
         rc = gs_txn_move(cursor, &key, &value, MDB_NEXT_DUP, err)) {
        numbers = gs_arena_grow(arena, numbers, found, &room, sizeof *numbers);
        if (numbers == NULL) {
            rc = gs_fail_memory(err);
            goto out;
        }
        memcpy(&numbers[found++], value.mv_data, sizeof *numbers);
    }
    if (rc == GS_END) {
        *out = numbers;
        *count = found;
        rc = GS_OK;
    }
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

gs_code gs_batch_arrived(gs_batch *batch, gs_text id, gs_error *err)
{
    gs_hash128 hash = hash_of(batch, id);
    gs_code rc = gs_txn_delete(&batch->snapshot, GS_TABLE_WAITING,
                               gs_val(&hash, sizeof hash), NULL, err);

    return rc == GS_END ? GS_OK : rc;
}
