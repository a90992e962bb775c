#include "graph/version.h"

#include "graph/base/bytes.h"
#include "graph/hidden.h"
#include "graph/properties.h"
#include "graph/record.h"
#include "graph/snapshot_impl.h"

#include <inttypes.h>
#include <string.h>

enum {
    MARK = 0xc1, /* starts no MessagePack */
    AT_NODE = 1,
    AT_NUMBER = 9,
    HEAD = 17,
    KEY_SIZE = 16,
    END_SIZE = 16, /* number, what happened */
};

static bool is_version(gs_text packed)
{
    return packed.size >= HEAD && (unsigned char)packed.bytes[0] == MARK;
}

gs_text gs_version_map(gs_text packed)
{
    return is_version(packed) ? gs_text_slice(packed, HEAD, packed.size) : packed;
}

static gs_code fail_damaged(uint64_t node, gs_error *err)
{
    return gs_fail(err, GS_DAMAGED,
                   "a version of node %" PRIu64
                   " is damaged; restore the store from a backup",
                   node);
}

/* Puts the cursor on the last row with a key <= `wanted`. */
static gs_code move_before(MDB_cursor *cursor, MDB_val *key, MDB_val *value,
                           const unsigned char wanted[KEY_SIZE], gs_error *err)
{
    gs_code rc;

    *key = gs_val(wanted, KEY_SIZE);
    rc = gs_txn_move(cursor, key, value, MDB_SET_RANGE, err);
    if (rc == GS_END)
        return gs_txn_move(cursor, key, value, MDB_LAST, err);
    if (rc == GS_OK && memcmp(key->mv_data, wanted, KEY_SIZE) != 0)
        return gs_txn_move(cursor, key, value, MDB_PREV, err);
    return rc;
}

/* Back to a version that is not hidden, of whatever node. */
static gs_code skip_hidden(MDB_cursor *cursor, MDB_val *key, MDB_val *value,
                           const gs_snapshot *snapshot, gs_error *err)
{
    gs_code rc = GS_OK;

    while (rc == GS_OK && key->mv_size == KEY_SIZE &&
           gs_is_hidden(snapshot, gs_load_u64((const unsigned char *)key->mv_data + 8)))
        rc = gs_txn_move(cursor, key, value, MDB_PREV, err);
    return rc;
}

gs_code gs_version_find(gs_text *out, const gs_snapshot *snapshot, uint64_t node,
                        uint64_t last, gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    MDB_val key, value;
    unsigned char wanted[KEY_SIZE];
    gs_text bytes;

    gs_store_u64(wanted, node);
    gs_store_u64(wanted + 8, last);
    GS_TRY(gs_txn_cursor(&cursor, snapshot, GS_TABLE_VERSIONS, err));
    GS_TRY(move_before(cursor, &key, &value, wanted, err));
    GS_TRY(skip_hidden(cursor, &key, &value, snapshot, err));
    if (key.mv_size != KEY_SIZE || memcmp(key.mv_data, wanted, 8) != 0) {
        rc = GS_END;
        goto out;
    }
    bytes = gs_val_text(value);
    if (!gs_sealed(bytes, node) || !is_version(bytes) ||
        memcmp(bytes.bytes + AT_NODE, key.mv_data, KEY_SIZE) != 0) {
        rc = fail_damaged(node, err);
        goto out;
    }
    *out = (gs_text){bytes.bytes, bytes.size - GS_CHECKSUM_SIZE};
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

gs_code gs_version_previous(gs_text *out, const gs_snapshot *snapshot, gs_text packed,
                            gs_error *err)
{
    gs_code rc;
    const unsigned char *bytes = (const unsigned char *)packed.bytes;
    uint64_t node;
    gs_node first;

    if (!is_version(packed))
        return GS_END;
    node = gs_load_u64(bytes + AT_NODE);
    rc = gs_version_find(out, snapshot, node, gs_load_u64(bytes + AT_NUMBER) - 1, err);
    if (rc != GS_END)
        return rc;
    rc = gs_node_record(&first, NULL, snapshot, node, err);
    if (rc == GS_OK)
        *out = first.properties;
    return rc == GS_END ? fail_damaged(node, err) : rc;
}

static gs_code has_key(bool *out, gs_text map, uint32_t key, gs_error *err)
{
    gs_property_cursor cursor;
    gs_text packed;
    uint32_t its = 0;
    gs_code rc = gs_properties_first(&cursor, map, err);

    *out = false;
    while (rc == GS_OK && !*out &&
           (rc = gs_properties_next(&its, &packed, &cursor, err)) == GS_OK)
        *out = its == key;
    return rc == GS_END ? GS_OK : rc;
}

gs_code gs_version_of(uint64_t *out, const gs_snapshot *snapshot, gs_text packed,
                      uint32_t key, gs_error *err)
{
    bool has;
    gs_code rc;

    *out = 0;
    while (is_version(packed)) {
        GS_TRY(has_key(&has, gs_version_map(packed), key, err));
        if (has) {
            *out = gs_load_u64((const unsigned char *)packed.bytes + AT_NUMBER);
            return GS_OK;
        }
        GS_TRY(gs_version_previous(&packed, snapshot, packed, err));
    }
    rc = GS_OK;
out:
    return rc;
}

gs_code gs_version_write(gs_buffer *out, const gs_snapshot *snapshot, uint64_t node,
                         uint64_t number, gs_text map, gs_error *err)
{
    unsigned char head[HEAD] = {MARK};

    gs_store_u64(head + AT_NODE, node);
    gs_store_u64(head + AT_NUMBER, number);
    gs_buffer_bytes(out, head, sizeof head);
    gs_buffer_text(out, map);
    gs_seal(out, node);
    if (out->failed)
        return gs_fail_memory(err);
    return gs_txn_put(snapshot, GS_TABLE_VERSIONS, gs_val(head + AT_NODE, KEY_SIZE),
                      gs_val(out->bytes, out->size), 0, err);
}

/* Rows of a record are in the order of their numbers: the last that counts tells. */
gs_code gs_end_covers(bool *out, const gs_snapshot *snapshot, uint64_t number,
                      gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    MDB_val key = gs_val(&number, sizeof number), value;
    bool covers = false;

    if (snapshot->all) {
        *out = false;
        return GS_OK;
    }
    GS_TRY(gs_txn_cursor(&cursor, snapshot, GS_TABLE_ENDS, err));
    rc = gs_txn_move(cursor, &key, &value, MDB_SET, err);
    while (rc == GS_OK) {
        const unsigned char *row = value.mv_data;

        if (value.mv_size != END_SIZE) {
            rc = gs_fail(err, GS_DAMAGED,
                         "the end of record %" PRIu64
                         " is damaged; restore the store from a backup",
                         number);
            break;
        }
        if (gs_load_u64(row) <= snapshot->last &&
            !gs_is_hidden(snapshot, gs_load_u64(row)))
            covers = gs_load_u64(row + 8) == GS_ENDED;
        rc = gs_txn_move(cursor, &key, &value, MDB_NEXT_DUP, err);
    }
    if (rc == GS_END) {
        *out = covers;
        rc = GS_OK;
    }
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

gs_code gs_end_write(const gs_snapshot *snapshot, uint64_t number, uint64_t at,
                     uint64_t what, gs_error *err)
{
    unsigned char row[END_SIZE];

    gs_store_u64(row, at);
    gs_store_u64(row + 8, what);
    return gs_txn_put(snapshot, GS_TABLE_ENDS, gs_val(&number, sizeof number),
                      gs_val(row, sizeof row), 0, err);
}

/* The key of the first row that is not before `wanted`. */
static gs_code next_key(MDB_val *out, const gs_snapshot *snapshot, gs_table table,
                        MDB_val wanted, gs_error *err)
{
    MDB_cursor *cursor;
    MDB_val value;
    gs_code rc = gs_txn_cursor(&cursor, snapshot, table, err);

    if (rc != GS_OK)
        return rc;
    rc = gs_txn_move(cursor, &wanted, &value, MDB_SET_RANGE, err);
    mdb_cursor_close(cursor);
    if (rc == GS_OK)
        *out = wanted;
    return rc;
}

gs_code gs_end_next(uint64_t *number, const gs_snapshot *snapshot, gs_error *err)
{
    MDB_val key;
    gs_code rc =
        next_key(&key, snapshot, GS_TABLE_ENDS, gs_val(number, sizeof *number), err);

    if (rc == GS_OK)
        memcpy(number, key.mv_data, sizeof *number);
    return rc;
}

gs_code gs_version_next(uint64_t *node, const gs_snapshot *snapshot, gs_error *err)
{
    unsigned char wanted[KEY_SIZE] = {0};
    MDB_val key;
    gs_code rc;

    gs_store_u64(wanted, *node);
    rc = next_key(&key, snapshot, GS_TABLE_VERSIONS, gs_val(wanted, sizeof wanted), err);
    if (rc == GS_OK && key.mv_size < sizeof *node)
        return fail_damaged(*node, err);
    if (rc == GS_OK)
        *node = gs_load_u64(key.mv_data);
    return rc;
}
