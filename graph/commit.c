/* Commits, each with a hash over the one before it: docs/format.md says over which bytes.
 */
#include "graph/base/bytes.h"
#include "graph/record.h"
#include "graph/snapshot_impl.h"

#include <inttypes.h>
#include <string.h>

enum {
    AT_LAST = 0,
    AT_TIME = 8,
    AT_RUN = 16,
    AT_NODES = 24,
    AT_EDGES = 32,
    AT_NAMES = 40,
    FIGURES = 48, /* up to here the hash covers the row */
    AT_TXN = 48,
    AT_SALT = 56,
    AT_HASH = 72,
    ROW_SIZE = 104, /* and the checksum */
    HASHED_AT_ONCE = 32 << 10,
};

static const char head[] = "gainsay commit 2";

static void store_row(unsigned char row[ROW_SIZE], const gs_commit_row *from)
{
    gs_store_u64(row + AT_LAST, from->commit.last);
    gs_store_i64(row + AT_TIME, from->commit.time);
    gs_store_u64(row + AT_RUN, from->commit.run);
    gs_store_u64(row + AT_NODES, from->commit.nodes);
    gs_store_u64(row + AT_EDGES, from->commit.edges);
    gs_store_u64(row + AT_NAMES, from->names);
    gs_store_u64(row + AT_TXN, from->commit.lmdb_txn);
    memcpy(row + AT_SALT, from->salt, sizeof from->salt);
    memcpy(row + AT_HASH, from->commit.hash, sizeof from->commit.hash);
}

static gs_commit_row load_row(uint64_t number, const unsigned char *row)
{
    gs_commit_row to = {
        .commit =
            {
                .number = number,
                .last = gs_load_u64(row + AT_LAST),
                .time = gs_load_i64(row + AT_TIME),
                .run = gs_load_u64(row + AT_RUN),
                .nodes = gs_load_u64(row + AT_NODES),
                .edges = gs_load_u64(row + AT_EDGES),
                .lmdb_txn = gs_load_u64(row + AT_TXN),
            },
        .names = gs_load_u64(row + AT_NAMES),
    };

    memcpy(to.salt, row + AT_SALT, sizeof to.salt);
    memcpy(to.commit.hash, row + AT_HASH, sizeof to.commit.hash);
    return to;
}

gs_code gs_commit_row_read(gs_commit_row *out, const gs_snapshot *snapshot,
                           uint64_t number, gs_error *err)
{
    MDB_val value;
    gs_code rc = gs_txn_get(&value, snapshot, GS_TABLE_COMMITS,
                            gs_val(&number, sizeof number), err);

    if (rc != GS_OK)
        return rc;
    if (value.mv_size != ROW_SIZE + GS_CHECKSUM_SIZE ||
        !gs_sealed(gs_val_text(value), number))
        return gs_fail(err, GS_DAMAGED,
                       "commit %" PRIu64 " is damaged; restore the store from a backup",
                       number);
    *out = load_row(number, value.mv_data);
    return GS_OK;
}

gs_code gs_commit_row_write(const gs_snapshot *snapshot, const gs_commit_row *row,
                            gs_error *err)
{
    gs_code rc;
    unsigned char bytes[ROW_SIZE];
    gs_buffer sealed = {0};

    store_row(bytes, row);
    gs_buffer_bytes(&sealed, bytes, sizeof bytes);
    gs_seal(&sealed, row->commit.number);
    rc = sealed.failed
             ? gs_fail_memory(err)
             : gs_txn_put(snapshot, GS_TABLE_COMMITS,
                          gs_val(&row->commit.number, sizeof row->commit.number),
                          gs_val(sealed.bytes, sealed.size), MDB_APPEND, err);
    gs_buffer_free(&sealed);
    return rc;
}

/* The names behind `first` up to `last`, each with its size before it. */
static void list_names(gs_buffer *out, const gs_snapshot *snapshot, uint64_t first,
                       uint64_t last)
{
    unsigned char size[4];

    for (uint64_t i = first + 1; i <= last; i++) {
        gs_text name = gs_name_text(snapshot, (uint32_t)i);

        gs_store_u32(size, (uint32_t)name.size);
        gs_buffer_bytes(out, size, sizeof size);
        gs_buffer_text(out, name);
    }
}

gs_code gs_commit_row_hash(gs_commit_row *row, const gs_snapshot *snapshot,
                           const gs_commit_row *before,
                           const unsigned char digest[GS_SHA256_SIZE], gs_error *err)
{
    gs_code rc;
    unsigned char bytes[ROW_SIZE], number[8];
    gs_buffer names = {0};

    store_row(bytes, row);
    gs_store_u64(number, row->commit.number);
    list_names(&names, snapshot, before->names, row->names);
    rc = gs_fail_memory(err);
    if (!names.failed) {
        const gs_text pieces[] = {
            {head, sizeof head - 1},
            {(const char *)before->commit.hash, sizeof before->commit.hash},
            {(const char *)number, sizeof number},
            {(const char *)bytes, FIGURES},
            gs_buffer_view(&names),
            {(const char *)digest, GS_SHA256_SIZE},
        };

        rc = gs_sha256(row->commit.hash, pieces, sizeof pieces / sizeof *pieces, err);
    }
    gs_buffer_free(&names);
    return rc;
}

gs_code gs_record_digest_begin(gs_record_digest *digest,
                               const unsigned char salt[GS_SALT_SIZE], gs_error *err)
{
    gs_code rc;

    gs_hasher_close(digest->hasher); /* of one that was not ended */
    digest->hasher = NULL;
    rc = gs_hasher_open(&digest->hasher, err);
    gs_buffer_clear(&digest->bytes);
    gs_buffer_bytes(&digest->bytes, salt, GS_SALT_SIZE);
    return rc;
}

static void hash_kept(gs_record_digest *digest)
{
    gs_hasher_add(digest->hasher, gs_buffer_view(&digest->bytes));
    gs_buffer_clear(&digest->bytes);
}

gs_code gs_record_digest_add(gs_record_digest *digest, char kind, gs_text bytes,
                             gs_error *err)
{
    unsigned char size[4];

    gs_store_u32(size, (uint32_t)bytes.size);
    gs_buffer_char(&digest->bytes, kind);
    gs_buffer_bytes(&digest->bytes, size, sizeof size);
    if (bytes.size < HASHED_AT_ONCE)
        gs_buffer_text(&digest->bytes, bytes);
    if (digest->bytes.failed)
        return gs_fail_memory(err);
    if (digest->bytes.size >= HASHED_AT_ONCE || bytes.size >= HASHED_AT_ONCE)
        hash_kept(digest);
    if (bytes.size >= HASHED_AT_ONCE)
        gs_hasher_add(digest->hasher, bytes);
    return GS_OK;
}

gs_code gs_record_digest_end(unsigned char out[GS_SHA256_SIZE], gs_record_digest *digest,
                             gs_error *err)
{
    if (digest->bytes.failed)
        return gs_fail_memory(err);
    hash_kept(digest);
    gs_hasher_end(out, digest->hasher);
    return GS_OK;
}

void gs_record_digest_close(gs_record_digest *digest)
{
    gs_hasher_close(digest->hasher);
    gs_buffer_free(&digest->bytes);
    *digest = (gs_record_digest){0};
}

gs_code gs_commit_read(gs_commit *out, const gs_snapshot *snapshot, uint64_t number,
                       gs_error *err)
{
    gs_commit_row row;
    gs_code rc = gs_commit_row_read(&row, snapshot, number, err);

    if (rc == GS_OK)
        *out = row.commit;
    return rc;
}
