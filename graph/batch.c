#include "graph/batch.h"

#include "graph/batch_impl.h"
#include "graph/compact.h"
#include "graph/hidden.h"
#include "graph/names.h"
#include "graph/record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

enum {
    PAGE = 4096,
};

static gs_code start(gs_batch *batch, uint64_t run, int64_t now, gs_error *err)
{
    gs_code rc;
    gs_snapshot *snapshot = &batch->snapshot;
    gs_commit_row *row = &batch->row;

    GS_TRY(gs_txn_last(&snapshot->commit, snapshot, GS_TABLE_COMMITS, err));
    if (snapshot->commit > 0)
        GS_TRY(gs_commit_row_read(&batch->before, snapshot, snapshot->commit, err));
    else
        batch->before.names = GS_NAME_FIRST_FREE - 1;
    snapshot->last = batch->before.commit.last;
    GS_TRY(gs_hidden_read(&snapshot->hidden, snapshot, err));
    GS_TRY(gs_ranges_copy(&batch->hidden_before, &snapshot->hidden, err));
    row->commit.number = snapshot->commit + 1;
    row->commit.run = run;
    row->commit.time = now;
    if (snapshot->commit > 0 && now < batch->before.commit.time)
        row->commit.time = batch->before.commit.time;
    row->commit.lmdb_txn = mdb_txn_id(snapshot->txn);
    if (getrandom(row->salt, sizeof row->salt, 0) != sizeof row->salt)
        rc = gs_fail(err, GS_STORAGE, "no random numbers: %s", strerror(errno));
out:
    return rc;
}

/* After a compaction what this process has open is the file that was. */
static gs_code need_same_file(const gs_environment *e, gs_error *err)
{
    struct stat open_file, named;
    mdb_filehandle_t file;

    if (mdb_env_get_fd(e->env, &file) == 0 && fstat(file, &open_file) == 0 &&
        fstatat(e->directory, "data.mdb", &named, AT_SYMLINK_NOFOLLOW) == 0 &&
        open_file.st_ino == named.st_ino && open_file.st_dev == named.st_dev)
        return GS_OK;
    return gs_fail(err, GS_STORAGE,
                   "%s: it was compacted meanwhile; open it anew (the same command goes "
                   "on with a run)",
                   e->path);
}

gs_code gs_batch_begin(gs_batch **out, gs_store *store, uint64_t run, int64_t now,
                       gs_error *err)
{
    gs_code rc;
    gs_batch *batch;

    if (!store->write)
        return gs_fail(err, GS_USAGE, "%s: the store was opened to be read, not written",
                       store->environment->path);
    rc = gs_lock_take(store->environment, store->wait_ms, err);
    if (rc != GS_OK)
        return rc;
    rc = need_same_file(store->environment, err);
    if (rc != GS_OK) {
        gs_lock_release(store->environment);
        return rc;
    }
    batch = calloc(1, sizeof *batch);
    if (batch == NULL) {
        gs_lock_release(store->environment);
        return gs_fail_memory(err);
    }
    batch->snapshot.store = store;
    batch->snapshot.scratch = &batch->snapshot.arena;
    batch->snapshot.runs = &batch->snapshot.own_runs;
    batch->snapshot.place = &batch->snapshot.place_itself;
    batch->snapshot.pending = &batch->pending;
    GS_TRY(gs_environment_begin(&batch->snapshot.txn, store->environment, 0, err));
    GS_TRY(start(batch, run, now, err));
    GS_TRY(gs_record_digest_begin(&batch->digest, batch->row.salt, err));
    *out = batch;
    return GS_OK;
out:
    gs_batch_abort(batch);
    return rc;
}

const gs_snapshot *gs_batch_snapshot(gs_batch *batch)
{
    return &batch->snapshot;
}

/* A load asks for the same fifteen names again and again. */
static uint8_t *hint_of(gs_batch *batch, gs_text name)
{
    size_t first = (unsigned char)name.bytes[0],
           last = (unsigned char)name.bytes[name.size - 1];

    return &batch->hints[(31 * first + 7 * last + name.size) % GS_NAME_HINTS];
}

gs_code gs_batch_name(uint32_t *out, gs_batch *batch, gs_text name, gs_error *err)
{
    uint8_t *hint = name.size > 0 ? hint_of(batch, name) : NULL;
    gs_code rc;

    if (hint != NULL && *hint != 0 && gs_text_equal(gs_name_fixed(*hint), name)) {
        *out = *hint;
        return GS_OK;
    }
    rc = gs_name_intern(out, &batch->snapshot, name, err);
    if (rc == GS_OK && hint != NULL && *out < GS_NAME_FIRST_FREE)
        *hint = (uint8_t)*out;
    return rc;
}

gs_code gs_batch_number(uint64_t *out, gs_batch *batch, gs_error *err)
{
    if (batch->snapshot.last >= GS_NUMBER_MAX)
        return gs_fail(err, GS_LIMIT, "the store has 2^48 records; no more fit");
    *out = ++batch->snapshot.last;
    return GS_OK;
}

/* At most as many pages as the tables have where puts go anywhere, or as went there. */
static size_t scattered_pages(const gs_batch *batch)
{
    size_t pages = 0;
    MDB_stat stat;

    for (int i = 0; batch->scattered > 0 && i < GS_TABLES; i++)
        if (mdb_stat(batch->snapshot.txn, gs_txn_table(&batch->snapshot, i), &stat) == 0)
            pages += stat.ms_leaf_pages;
    return pages < batch->scattered ? pages : batch->scattered;
}

size_t gs_batch_dirty(const gs_batch *batch)
{
    size_t pages = batch->pending.edges.pages + batch->pending.words.pages;

    if (batch->scattered > 0)
        pages += scattered_pages(batch);
    return batch->appended + batch->snapshot.runs->written + pages * PAGE;
}

static gs_code seal_commit(gs_batch *batch, gs_error *err)
{
    gs_code rc;
    gs_commit_row *row = &batch->row;
    unsigned char digest[GS_SHA256_SIZE];

    GS_TRY(
        gs_pending_records_flush(&batch->pending.records, &batch->snapshot, true, err));
    GS_TRY(gs_pending_labels_flush(&batch->pending.labels, &batch->snapshot, err));
    GS_TRY(gs_pending_edges_flush(&batch->pending.edges, &batch->snapshot, err));
    GS_TRY(gs_pending_words_flush(&batch->pending.words, &batch->snapshot, err));
    row->commit.last = batch->snapshot.last;
    row->names = gs_name_last(&batch->snapshot);
    GS_TRY(gs_batch_counts_write(batch, err));
    GS_TRY(gs_record_digest_end(digest, &batch->digest, err));
    if (batch->given.digest.bytes != NULL) {
        memcpy(digest, batch->given.digest.bytes, sizeof digest);
        row->commit.nodes = batch->given.nodes;
        row->commit.edges = batch->given.edges;
    }
    GS_TRY(gs_commit_row_hash(row, &batch->snapshot, &batch->before, digest, err));
    GS_TRY(gs_commit_row_write(&batch->snapshot, row, err));
out:
    return rc;
}

static gs_code commit(gs_commit *out, gs_batch *batch, gs_error *err)
{
    gs_code rc;
    int status;
    bool numbered;

    GS_TRY(gs_pending_keys_flush(&batch->pending.keys, &batch->snapshot, err));
    GS_TRY(gs_hides_write(batch, &batch->hidden_before, err));
    numbered = batch->snapshot.last != batch->before.commit.last;
    if (numbered)
        GS_TRY(seal_commit(batch, err));
    gs_place_end(batch->snapshot.place);
    status = mdb_txn_commit(batch->snapshot.txn);
    batch->snapshot.txn = NULL;
    gs_environment_end(batch->snapshot.store->environment, NULL);
    if (status != 0)
        return gs_lmdb_fail(err, status, "commit");
    if (numbered)
        gs_head_write(batch->snapshot.store->environment, &batch->row.commit);
    *out = numbered ? batch->row.commit : batch->before.commit;
    return GS_OK;
out:
    return rc;
}

static void free_batch(gs_batch *batch)
{
    gs_place_end(&batch->snapshot.place_itself);
    if (batch->snapshot.txn != NULL)
        gs_environment_end(batch->snapshot.store->environment, batch->snapshot.txn);
    gs_lock_release(batch->snapshot.store->environment);
    gs_pending_records_free(&batch->pending.records);
    gs_pending_labels_free(&batch->pending.labels);
    gs_pending_edges_free(&batch->pending.edges);
    gs_pending_keys_free(&batch->pending.keys);
    gs_index_runs_free(batch->snapshot.runs);
    gs_pending_words_free(&batch->pending.words);
    gs_arena_free(&batch->snapshot.arena);
    gs_ranges_free(&batch->snapshot.hidden);
    gs_ranges_free(&batch->hidden_before);
    gs_arena_free(&batch->arena);
    gs_buffer_free(&batch->record);
    gs_buffer_free(&batch->map);
    gs_record_digest_close(&batch->digest);
    free(batch->counts);
    free(batch);
}

gs_code gs_batch_commit(gs_commit *out, gs_batch *batch, gs_error *err)
{
    gs_code rc = commit(out, batch, err);

    free_batch(batch);
    return rc;
}

void gs_batch_abort(gs_batch *batch)
{
    if (batch != NULL)
        free_batch(batch);
}
