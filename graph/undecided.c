/* Answers whose claim no record names, by the actors whose part they take and by time: a
 * claim that comes later finds here whom it may concern. */
#include "graph/base/bytes.h"
#include "graph/batch_impl.h"

#include <inttypes.h>
#include <string.h>

enum {
    KEY_ACTOR = 0,
    KEY_TIME = 8,
    KEY_NUMBER = 16,
    KEY_SIZE = 24,
    VALUE_CHECKSUM = 8, /* behind the earliest time; over the key, and that */
    VALUE_SIZE = 12
};

static void key_of(unsigned char key[KEY_SIZE], uint64_t actor, int64_t latest,
                   uint64_t statement)
{
    gs_store_u64(key + KEY_ACTOR, actor);
    gs_store_i64(key + KEY_TIME, latest);
    gs_store_u64(key + KEY_NUMBER, statement);
}

static uint32_t checksum_of(const unsigned char *key, const unsigned char *earliest)
{
    unsigned char both[KEY_SIZE + VALUE_CHECKSUM];

    memcpy(both, key, KEY_SIZE);
    memcpy(both + KEY_SIZE, earliest, VALUE_CHECKSUM);
    return gs_checksum(both, sizeof both);
}

bool gs_undecided_whole(MDB_val key, MDB_val value)
{
    const unsigned char *at = value.mv_data;

    return key.mv_size == KEY_SIZE && value.mv_size == VALUE_SIZE &&
           gs_load_u32(at + VALUE_CHECKSUM) == checksum_of(key.mv_data, at);
}

gs_code gs_batch_undecided(gs_batch *batch, const gs_undecided *answer, gs_error *err)
{
    unsigned char key[KEY_SIZE], value[VALUE_SIZE];

    key_of(key, answer->actor, answer->latest, answer->statement);
    gs_store_i64(value, answer->earliest);
    gs_store_u32(value + VALUE_CHECKSUM, checksum_of(key, value));
    batch->scattered++;
    return gs_txn_put(&batch->snapshot, GS_TABLE_UNDECIDED, gs_val(key, sizeof key),
                      gs_val(value, sizeof value), MDB_NOOVERWRITE, err);
}

gs_code gs_batch_decided(gs_batch *batch, const gs_undecided *answer, gs_error *err)
{
    unsigned char key[KEY_SIZE];
    gs_code rc;

    key_of(key, answer->actor, answer->latest, answer->statement);
    rc = gs_txn_delete(&batch->snapshot, GS_TABLE_UNDECIDED, gs_val(key, sizeof key),
                       NULL, err);
    return rc == GS_END ? GS_OK : rc;
}

/* Whether a row is still one of the actor's that may begin in time. */
static bool is_near(MDB_val key, uint64_t actor, int64_t end)
{
    const unsigned char *at = key.mv_data;

    return key.mv_size == KEY_SIZE && gs_load_u64(at + KEY_ACTOR) == actor &&
           gs_load_i64(at + KEY_TIME) <= end;
}

gs_code gs_batch_find_undecided(uint64_t **out, size_t *count, gs_batch *batch,
                                uint64_t actor, gs_window window, int64_t length,
                                gs_arena *arena, gs_error *err)
{
    int64_t end = window.last > INT64_MAX - length ? INT64_MAX : window.last + length;
    MDB_cursor *cursor = NULL;
    unsigned char from[KEY_SIZE] = {0};
    MDB_val key = gs_val(from, sizeof from), value;
    uint64_t *numbers = NULL;
    size_t found = 0, room = 0;
    gs_code rc;

    key_of(from, actor, window.first, 0);
    GS_TRY(gs_txn_cursor(&cursor, &batch->snapshot, GS_TABLE_UNDECIDED, err));
    for (rc = gs_txn_move(cursor, &key, &value, MDB_SET_RANGE, err);
         rc == GS_OK && is_near(key, actor, end);
         rc = gs_txn_move(cursor, &key, &value, MDB_NEXT, err)) {
        if (!gs_undecided_whole(key, value)) {
            rc = gs_fail(err, GS_DAMAGED,
                         "table undecided: a row of actor %" PRIu64
                         " is damaged; run `gainsay check`",
                         actor);
            goto out;
        }
        if (gs_load_i64(value.mv_data) > window.last)
            continue;
        numbers = gs_arena_grow(arena, numbers, found, &room, sizeof *numbers);
        if (numbers == NULL) {
            rc = gs_fail_memory(err);
            goto out;
        }
        numbers[found++] = gs_load_u64((const unsigned char *)key.mv_data + KEY_NUMBER);
    }
    if (rc == GS_OK || rc == GS_END) {
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
