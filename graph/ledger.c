#include "graph/base/bytes.h"
#include "graph/batch_impl.h"
#include "graph/record.h"

#include <inttypes.h>
#include <string.h>

enum { KEY_SIZE = 9 }; /* ledger 1, number 8 */

static void store_key(unsigned char to[KEY_SIZE], gs_ledger ledger, uint64_t number)
{
    to[0] = (unsigned char)ledger;
    gs_store_u64(to + 1, number);
}

static bool is_of(MDB_val key, gs_ledger ledger)
{
    return key.mv_size == KEY_SIZE && *(const unsigned char *)key.mv_data == ledger;
}

static uint64_t number_of(MDB_val key)
{
    return gs_load_u64((const unsigned char *)key.mv_data + 1);
}

static gs_code unpack(gs_value *out, uint64_t number, gs_text bytes, gs_arena *arena,
                      gs_error *err)
{
    gs_code rc = GS_INPUT;

    if (gs_sealed(bytes, number))
        rc = gs_unpack(out, NULL, arena,
                       gs_text_slice(bytes, 0, bytes.size - GS_CHECKSUM_SIZE), err);
    if (rc == GS_INPUT)
        rc = gs_fail(err, GS_DAMAGED,
                     "ledger entry %" PRIu64
                     " is damaged; restore the store from a backup",
                     number);
    return rc;
}

gs_code gs_ledger_read(uint64_t *number, gs_value *out, const gs_snapshot *snapshot,
                       gs_ledger ledger, uint64_t from, gs_arena *arena, gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    unsigned char wanted[KEY_SIZE] = {0};
    MDB_val key = gs_val(wanted, sizeof wanted), value;

    store_key(wanted, ledger, from);
    GS_TRY(gs_txn_cursor(&cursor, snapshot, GS_TABLE_LEDGER, err));
    GS_TRY(gs_txn_move(cursor, &key, &value, MDB_SET_RANGE, err));
    if (!is_of(key, ledger)) {
        rc = GS_END;
        goto out;
    }
    GS_TRY(unpack(out, number_of(key), gs_val_text(value), arena, err));
    *number = number_of(key);
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

static gs_code next_free(uint64_t *out, const gs_snapshot *snapshot, gs_ledger ledger,
                         gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    unsigned char wanted[KEY_SIZE] = {0};
    MDB_val key = gs_val(wanted, sizeof wanted), value;

    store_key(wanted, (gs_ledger)(ledger + 1), 0);
    GS_TRY(gs_txn_cursor(&cursor, snapshot, GS_TABLE_LEDGER, err));
    rc = gs_txn_move(cursor, &key, &value, MDB_SET_RANGE, err);
    if (rc == GS_OK || rc == GS_END)
        rc = gs_txn_move(cursor, &key, &value, rc == GS_OK ? MDB_PREV : MDB_LAST, err);
    if (rc == GS_OK || rc == GS_END) {
        *out = rc == GS_OK && is_of(key, ledger) ? number_of(key) + 1 : 1;
        rc = GS_OK;
    }
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

gs_code gs_ledger_write(uint64_t *out, gs_batch *batch, gs_ledger ledger, uint64_t number,
                        gs_value map, gs_error *err)
{
    gs_code rc = GS_OK;
    unsigned char key[KEY_SIZE];

    if (number == 0)
        GS_TRY(next_free(&number, &batch->snapshot, ledger, err));
    store_key(key, ledger, number);
    gs_buffer_clear(&batch->record);
    gs_pack(&batch->record, map);
    gs_seal(&batch->record, number);
    if (batch->record.failed) {
        gs_buffer_free(&batch->record);
        return gs_fail(err, GS_LIMIT, "an entry nested too deep, or no memory left");
    }
    GS_TRY(gs_txn_put(&batch->snapshot, GS_TABLE_LEDGER, gs_val(key, sizeof key),
                      gs_val(batch->record.bytes, batch->record.size), 0, err));
    batch->appended += batch->record.size;
    *out = number;
out:
    return rc;
}

gs_code gs_ledger_delete(gs_batch *batch, gs_ledger ledger, uint64_t number,
                         gs_error *err)
{
    unsigned char key[KEY_SIZE];
    gs_code rc;

    store_key(key, ledger, number);
    rc = gs_txn_delete(&batch->snapshot, GS_TABLE_LEDGER, gs_val(key, sizeof key), NULL,
                       err);
    return rc == GS_END ? GS_OK : rc;
}
