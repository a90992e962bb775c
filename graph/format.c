/* What the file says it is, and its first transaction. */
#include "graph/base/bytes.h"
#include "graph/txn_impl.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum {
    VERSION = 9,
    BYTE_ORDER_MARK = 0x01020304,
    /* of the row */
    AT_VERSION = 8,
    AT_BYTE_ORDER = 12,
    AT_FEATURES = 16,
    AT_SEED = 24,
    AT_CHECKSUM = 32,
    ROW_SIZE = 36,
};

static const char magic[8] = "gainsay";
static const char row_key[] = "format";

static gs_code make_row(unsigned char row[ROW_SIZE], gs_error *err)
{
    const uint32_t order = BYTE_ORDER_MARK;

    memcpy(row, magic, sizeof magic);
    gs_store_u32(row + AT_VERSION, VERSION);
    memcpy(row + AT_BYTE_ORDER, &order, sizeof order); /* as this machine has it */
    gs_store_u64(row + AT_FEATURES, 0);
    if (getrandom(row + AT_SEED, 8, 0) != 8)
        return gs_fail(err, GS_STORAGE, "no random numbers: %s", strerror(errno));
    gs_store_u32(row + AT_CHECKSUM, gs_checksum(row, AT_CHECKSUM));
    return GS_OK;
}

static gs_code check_row(gs_environment *e, gs_text row, gs_error *err)
{
    const unsigned char *bytes = (const unsigned char *)row.bytes;
    const uint32_t order = BYTE_ORDER_MARK;
    uint32_t version;

    if (row.size < AT_BYTE_ORDER || memcmp(bytes, magic, sizeof magic) != 0)
        return gs_fail(err, GS_FORMAT,
                       "%s: a database, but no gainsay store; name another place",
                       e->path);
    version = gs_load_u32(bytes + AT_VERSION);
    if (version != VERSION)
        return gs_fail(
            err, GS_FORMAT,
            "%s: a store of format %" PRIu32 ", this program knows format %d; open "
            "it with the gainsay that made it, export its records and ingest them "
            "anew",
            e->path, version, VERSION);
    if (row.size != ROW_SIZE ||
        gs_load_u32(bytes + AT_CHECKSUM) != gs_checksum(bytes, AT_CHECKSUM))
        return gs_fail(err, GS_DAMAGED,
                       "%s: its format row is damaged; restore it from a backup",
                       e->path);
    if (memcmp(bytes + AT_BYTE_ORDER, &order, sizeof order) != 0)
        return gs_fail(err, GS_FORMAT,
                       "%s: a store of a machine with another byte order; open it there",
                       e->path);
    if (gs_load_u64(bytes + AT_FEATURES) != 0)
        return gs_fail(err, GS_FORMAT,
                       "%s: the store uses features (%" PRIx64
                       ") that this program does not "
                       "know; open it with the gainsay that made it",
                       e->path, gs_load_u64(bytes + AT_FEATURES));
    e->seed = gs_load_u64(bytes + AT_SEED);
    return GS_OK;
}

/* GS_NO_STORE for an environment without a table. */
static gs_code check_format(gs_environment *e, MDB_txn *txn, gs_error *err)
{
    MDB_dbi all, meta;
    MDB_stat stat = {0};
    MDB_val key = gs_val(row_key, sizeof row_key - 1), row = {0};
    int status = mdb_dbi_open(txn, NULL, 0, &all);

    if (status == 0)
        status = mdb_stat(txn, all, &stat);
    if (status == 0 && stat.ms_entries == 0)
        return gs_fail(err, GS_NO_STORE, "%s: no store there; `gainsay ingest` makes one",
                       e->path);
    if (status == 0)
        status = mdb_dbi_open(txn, gs_lmdb_tables[GS_TABLE_META].name, 0, &meta);
    if (status == 0)
        status = mdb_get(txn, meta, &key, &row);
    if (status != 0 && status != MDB_NOTFOUND && status != MDB_INCOMPATIBLE)
        return gs_lmdb_fail(err, status, "open the store");
    return check_row(e, gs_val_text(row), err);
}

static gs_code open_tables(gs_environment *e, MDB_txn *txn, unsigned flags, gs_error *err)
{
    for (size_t i = 0; i < GS_TABLES; i++) {
        int status = mdb_dbi_open(txn, gs_lmdb_tables[i].name,
                                  gs_lmdb_tables[i].flags | flags, &e->tables[i]);

        if (status == MDB_NOTFOUND)
            return gs_fail(err, GS_DAMAGED,
                           "%s: the table %s is gone; restore the store from a backup",
                           e->path, gs_lmdb_tables[i].name);
        if (status != 0)
            return gs_lmdb_fail(err, status, "open the store");
    }
    return GS_OK;
}

/* Handles of tables stay once the transaction that opened them is committed. */
static gs_code finish(gs_environment *e, MDB_txn **txn, const char *doing, gs_error *err)
{
    int status = mdb_txn_commit(*txn);

    *txn = NULL;
    gs_environment_end(e, NULL);
    return status == 0 ? GS_OK : gs_lmdb_fail(err, status, doing);
}

static gs_code write_first(gs_environment *e, gs_error *err)
{
    gs_code rc;
    MDB_txn *txn = NULL;
    unsigned char bytes[ROW_SIZE];
    MDB_val key = gs_val(row_key, sizeof row_key - 1), row = gs_val(bytes, sizeof bytes);
    int status;

    rc = gs_environment_begin(&txn, e, 0, err);
    if (rc != GS_OK)
        return rc;
    /* another process may have been faster */
    rc = check_format(e, txn, err);
    if (rc != GS_NO_STORE)
        goto out;
    GS_TRY(make_row(bytes, err));
    GS_TRY(open_tables(e, txn, MDB_CREATE, err));
    status = mdb_put(txn, e->tables[GS_TABLE_META], &key, &row, 0);
    if (status != 0) {
        rc = gs_lmdb_fail(err, status, "make the store");
        goto out;
    }
    rc = finish(e, &txn, "make the store", err);
    if (rc == GS_OK && fsync(e->directory) != 0 && errno != EINVAL)
        rc = gs_fail(err, GS_STORAGE, "%s: %s", e->path, strerror(errno));
out:
    if (txn != NULL)
        gs_environment_end(e, txn);
    return rc;
}

static gs_code read_format(gs_environment *e, gs_error *err)
{
    gs_code rc;
    MDB_txn *txn;

    rc = gs_environment_begin(&txn, e, MDB_RDONLY, err);
    if (rc != GS_OK)
        return rc;
    GS_TRY(check_format(e, txn, err));
    GS_TRY(open_tables(e, txn, 0, err));
    return finish(e, &txn, "open the store", err);
out:
    gs_environment_end(e, txn);
    return rc;
}

gs_code gs_format_open(gs_environment *e, const gs_store_options *options, gs_error *err)
{
    gs_code rc = read_format(e, err);

    if (rc != GS_NO_STORE || !options->create)
        return rc;
    rc = gs_lock_take(e, options->wait_ms, err);
    if (rc != GS_OK)
        return rc;
    rc = write_first(e, err);
    gs_lock_release(e);
    return rc == GS_OK ? read_format(e, err) : rc;
}
