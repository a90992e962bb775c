/* Answers whose claim no record names, by the actors whose part they take and by time: a
 * claim that comes later finds here whom it may concern. */
#include "graph/base/bytes.h"
#include "graph/batch_impl.h"

#include <string.h>

enum { KEY_ACTOR = 0, KEY_TIME = 8, KEY_NUMBER = 16, KEY_SIZE = 24 };

static void key_of(unsigned char key[KEY_SIZE], uint64_t actor, int64_t time,
                   uint64_t statement)
{
    gs_store_u64(key + KEY_ACTOR, actor);
    gs_store_i64(key + KEY_TIME, time);
    gs_store_u64(key + KEY_NUMBER, statement);
}

gs_code gs_batch_undecided(gs_batch *batch, uint64_t actor, int64_t time,
                           uint64_t statement, gs_error *err)
{
    unsigned char key[KEY_SIZE];

    key_of(key, actor, time, statement);
    batch->scattered++;
    return gs_txn_put(&batch->snapshot, GS_TABLE_UNDECIDED, gs_val(key, sizeof key),
                      gs_val("", 0), MDB_NOOVERWRITE, err);
}

gs_code gs_batch_decided(gs_batch *batch, uint64_t actor, int64_t time,
                         uint64_t statement, gs_error *err)
{
    unsigned char key[KEY_SIZE];
    gs_code rc;

    key_of(key, actor, time, statement);
    rc = gs_txn_delete(&batch->snapshot, GS_TABLE_UNDECIDED, gs_val(key, sizeof key),
                       NULL, err);
    return rc == GS_END ? GS_OK : rc;
}

gs_code gs_batch_find_undecided(uint64_t **out, size_t *count, gs_batch *batch,
                                uint64_t actor, int64_t first, int64_t last,
                                gs_arena *arena, gs_error *err)
{
    MDB_cursor *cursor = NULL;
    unsigned char from[KEY_SIZE];
    MDB_val key = gs_val(from, sizeof from), value;
    uint64_t *numbers = NULL;
    size_t found = 0, room = 0;
    gs_code rc;

    key_of(from, actor, first, 0);
    GS_TRY(gs_txn_cursor(&cursor, &batch->snapshot, GS_TABLE_UNDECIDED, err));
    for (rc = gs_txn_move(cursor, &key, &value, MDB_SET_RANGE, err); rc == GS_OK;
         rc = gs_txn_move(cursor, &key, &value, MDB_NEXT, err)) {
        const unsigned char *at = key.mv_data;

        if (key.mv_size != KEY_SIZE || gs_load_u64(at + KEY_ACTOR) != actor ||
            gs_load_i64(at + KEY_TIME) > last) {
            rc = GS_END;
            break;
        }
        numbers = gs_arena_grow(arena, numbers, found, &room, sizeof *numbers);
        if (numbers == NULL) {
            rc = gs_fail_memory(err);
            goto out;
        }
        numbers[found++] = gs_load_u64(at + KEY_NUMBER);
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

gs_code gs_batch_any_undecided(bool *out, gs_batch *batch, gs_error *err)
{
    MDB_stat stat;
    int status = mdb_stat(batch->snapshot.txn,
                          gs_txn_table(&batch->snapshot, GS_TABLE_UNDECIDED), &stat);

    if (status != 0)
        return gs_lmdb_fail(err, status, "read the store");
    *out = stat.ms_entries > 0;
    return GS_OK;
}
