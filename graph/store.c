#include "graph/store.h"

#include "graph/txn_impl.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* HEAD is read first: meanwhile the store can only have gone on. */
static gs_code check_head(gs_store *store, gs_error *err)
{
    gs_code rc;
    gs_snapshot *snapshot = NULL;
    gs_commit commit;
    gs_head head = gs_head_read(store->environment);
    char hash[sizeof head.hash];

    if (head.commit == 0)
        return GS_OK;
    rc = gs_snapshot_open(&snapshot, store, GS_NOW, err);
    if (rc != GS_OK)
        return rc;
    rc = gs_commit_read(&commit, snapshot, head.commit, err);
    if (rc == GS_END)
        rc = gs_fail(
            err, GS_DAMAGED,
            "%s: commit %" PRIu64 " is lost, the last one there is %" PRIu64
            "; restore the store from a backup, or remove its HEAD to go on without",
            store->environment->path, head.commit, gs_snapshot_commit(snapshot));
    GS_TRY(rc);
    gs_hex(hash, commit.hash, sizeof commit.hash);
    if (strcmp(hash, head.hash) != 0)
        rc = gs_fail(err, GS_DAMAGED,
                     "%s: commit %" PRIu64 " is not the one that HEAD names; restore the "
                     "store from a backup, or remove its HEAD to trust it",
                     store->environment->path, head.commit);
out:
    gs_snapshot_close(snapshot);
    return rc;
}

gs_code gs_store_open(gs_store **out, const char *directory,
                      const gs_store_options *options, gs_error *err)
{
    gs_code rc;
    gs_store *store = calloc(1, sizeof *store);

    if (store == NULL)
        return gs_fail_memory(err);
    GS_TRY(gs_environment_open(&store->environment, directory, options, err));
    store->write = options->write || options->create;
    store->wait_ms = options->wait_ms;
    if (store->write && store->environment->read_only) {
        rc = gs_fail(err, GS_STORAGE, "%s: it lies on a medium that cannot be written",
                     directory);
        goto out;
    }
    GS_TRY(check_head(store, err));
    *out = store;
    return GS_OK;
out:
    gs_store_close(store);
    return rc;
}

void gs_store_close(gs_store *store)
{
    if (store == NULL)
        return;
    if (store->environment != NULL)
        gs_environment_close(store->environment);
    free(store);
}
