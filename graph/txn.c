#include "graph/txn_impl.h"

#include <errno.h>
#include <string.h>

gs_code gs_lmdb_fail(gs_error *err, int status, const char *doing)
{
    switch (status) {
    case ENOMEM:
        return gs_fail_memory(err);
    case ENOSPC:
    case EDQUOT:
        return gs_fail(err, GS_STORAGE,
                       "cannot %s: the disk is full; make room and try again", doing);
    case MDB_MAP_FULL:
        return gs_fail(err, GS_STORAGE,
                       "cannot %s: the address space reserved for the store is used up; "
                       "raise the limit of virtual memory (ulimit -v)",
                       doing);
    case MDB_READERS_FULL:
        return gs_fail(err, GS_STORAGE,
                       "cannot %s: too many readers have the store open; close some",
                       doing);
    case MDB_TXN_FULL:
        return gs_fail(err, GS_LIMIT,
                       "cannot %s: one transaction would change too many pages; bring "
                       "less at once",
                       doing);
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_CURSOR_FULL: /* a tree deeper than any can be */
    case MDB_PAGE_FULL:   /* a page that holds more than it can */
        return gs_fail(err, GS_DAMAGED,
                       "cannot %s: the store is damaged (%s); restore it from a backup",
                       doing, mdb_strerror(status));
    case MDB_PANIC:
        return gs_fail(err, GS_STORAGE,
                       "cannot %s: an earlier write failed; open the store anew", doing);
    default:
        return gs_fail(err, GS_STORAGE, "cannot %s: %s", doing, mdb_strerror(status));
    }
}

gs_code gs_txn_get(MDB_val *out, const gs_snapshot *snapshot, gs_table table, MDB_val key,
                   gs_error *err)
{
    MDB_val value;
    int status = mdb_get(snapshot->txn, gs_txn_table(snapshot, table), &key, &value);

    if (status == MDB_NOTFOUND)
        return GS_END;
    if (status != 0)
        return gs_lmdb_fail(err, status, "read the store");
    *out = value;
    return GS_OK;
}

gs_code gs_txn_has(const gs_snapshot *snapshot, gs_table table, MDB_val key,
                   MDB_val value, gs_error *err)
{
    MDB_cursor *cursor;
    gs_code rc = gs_txn_cursor(&cursor, snapshot, table, err);

    if (rc != GS_OK)
        return rc;
    rc = gs_txn_move(cursor, &key, &value, MDB_GET_BOTH, err);
    mdb_cursor_close(cursor);
    return rc;
}

gs_code gs_txn_put(const gs_snapshot *snapshot, gs_table table, MDB_val key,
                   MDB_val value, unsigned flags, gs_error *err)
{
    int status =
        mdb_put(snapshot->txn, gs_txn_table(snapshot, table), &key, &value, flags);

    if (status != 0 && status != MDB_KEYEXIST)
        return gs_lmdb_fail(err, status, "write to the store");
    return GS_OK;
}

gs_code gs_txn_append(const gs_snapshot *snapshot, gs_table table, uint64_t number,
                      MDB_val value, gs_error *err)
{
    MDB_val key = gs_val(&number, sizeof number);
    int status =
        mdb_put(snapshot->txn, gs_txn_table(snapshot, table), &key, &value, MDB_APPEND);

    if (status == MDB_KEYEXIST)
        return gs_fail(err, GS_DAMAGED,
                       "the table %s has a row behind the last number; restore the store "
                       "from a backup",
                       gs_lmdb_tables[table].name);
    return status == 0 ? GS_OK : gs_lmdb_fail(err, status, "write to the store");
}

gs_code gs_txn_delete(const gs_snapshot *snapshot, gs_table table, MDB_val key,
                      MDB_val *value, gs_error *err)
{
    int status = mdb_del(snapshot->txn, gs_txn_table(snapshot, table), &key, value);

    if (status == MDB_NOTFOUND)
        return GS_END;
    if (status != 0)
        return gs_lmdb_fail(err, status, "write to the store");
    return GS_OK;
}

gs_code gs_txn_cursor(MDB_cursor **out, const gs_snapshot *snapshot, gs_table table,
                      gs_error *err)
{
    int status = mdb_cursor_open(snapshot->txn, gs_txn_table(snapshot, table), out);

    return status == 0 ? GS_OK : gs_lmdb_fail(err, status, "read the store");
}

gs_code gs_txn_move(MDB_cursor *cursor, MDB_val *key, MDB_val *value, MDB_cursor_op op,
                    gs_error *err)
{
    int status = mdb_cursor_get(cursor, key, value, op);

    if (status == MDB_NOTFOUND)
        return GS_END;
    return status == 0 ? GS_OK : gs_lmdb_fail(err, status, "read the store");
}

void gs_page_count_add(gs_page_count *count, MDB_cursor *cursor)
{
    enum { PAGE = 4096 };
    MDB_val key, value;
    const char *at;

    if (mdb_cursor_get(cursor, &key, &value, MDB_GET_CURRENT) != 0)
        return;
    at = key.mv_data;
    if (count->last == NULL || at - count->last >= PAGE || count->last - at >= PAGE)
        count->pages++;
    count->last = at;
}

gs_code gs_txn_last(uint64_t *out, const gs_snapshot *snapshot, gs_table table,
                    gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    MDB_val key, value;

    GS_TRY(gs_txn_cursor(&cursor, snapshot, table, err));
    rc = gs_txn_move(cursor, &key, &value, MDB_LAST, err);
    if (rc == GS_END) {
        *out = 0;
        rc = GS_OK;
    } else if (rc == GS_OK && key.mv_size != sizeof *out) {
        rc = gs_fail(err, GS_DAMAGED, "table %s: a key of %zu bytes; restore a backup",
                     gs_lmdb_tables[table].name, key.mv_size);
    } else if (rc == GS_OK) {
        memcpy(out, key.mv_data, sizeof *out);
    }
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}
