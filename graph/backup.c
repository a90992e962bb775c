#include "graph/backup.h"

#include "graph/check.h"
#include "graph/txn_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gs_code fail_file(const char *path, const char *name, gs_error *err)
{
    return gs_fail(err, GS_STORAGE, "%s/%s: %s", path, name, strerror(errno));
}

/* A copy of data.mdb under a name of its own, on disk. */
static gs_code copy_file(gs_environment *e, int directory, const char *path,
                         const char *name, unsigned flags, gs_error *err)
{
    int status = 0;
    int file = openat(directory, name,
                      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    gs_code rc = GS_OK;

    if (file < 0)
        return fail_file(path, name, err);
    status = mdb_env_copyfd2(e->env, file, flags);
    if (status != 0)
        rc = gs_lmdb_fail(err, status, "copy the store");
    else if (fsync(file) != 0)
        rc = fail_file(path, name, err);
    if (close(file) != 0 && rc == GS_OK)
        rc = fail_file(path, name, err);
    if (rc != GS_OK)
        unlinkat(directory, name, 0);
    return rc;
}

static gs_code put_in_place(int directory, const char *path, const char *name,
                            gs_error *err)
{
    if (renameat(directory, name, directory, "data.mdb") != 0 || fsync(directory) != 0)
        return fail_file(path, name, err);
    return GS_OK;
}

static gs_code need_free(int directory, const char *path, gs_error *err)
{
    struct stat seen;

    if (fstatat(directory, "data.mdb", &seen, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? GS_OK : fail_file(path, "data.mdb", err);
    return gs_fail(err, GS_USAGE, "%s: a store is there already; name another directory",
                   path);
}

static gs_code copy(gs_store *store, const char *path, gs_error *err)
{
    static const char part[] = "data.mdb.part";
    int directory = -1;
    bool made;
    gs_code rc;

    rc = gs_store_directory_open(&directory, &made, path, true, err);
    if (rc != GS_OK)
        return rc;
    rc = need_free(directory, path, err);
    if (rc == GS_OK)
        rc = copy_file(store->environment, directory, path, part, 0, err);
    if (rc == GS_OK)
        rc = put_in_place(directory, path, part, err);
    close(directory);
    if (rc != GS_OK && made)
        rmdir(path);
    return rc;
}

/* The copy as whoever restores it will find it. */
static gs_code verify(gs_commit *out, const char *path, gs_error *err)
{
    gs_store *store = NULL;
    gs_snapshot *snapshot = NULL;
    gs_checked checked;
    gs_commit commit = {0};
    gs_code rc;

    GS_TRY(gs_check(&checked, path, &(gs_check_options){0}, err));
    GS_TRY(gs_store_open(&store, path, &(gs_store_options){0}, err));
    GS_TRY(gs_snapshot_open(&snapshot, store, GS_NOW, err));
    if (gs_snapshot_commit(snapshot) > 0) {
        GS_TRY(gs_commit_read(&commit, snapshot, gs_snapshot_commit(snapshot), err));
        gs_head_write(store->environment, &commit);
    }
    *out = commit;
out:
    gs_snapshot_close(snapshot);
    gs_store_close(store);
    return rc;
}

gs_code gs_backup(gs_commit *out, gs_store *store, const char *directory, gs_error *err)
{
    gs_code rc = copy(store, directory, err);

    return rc == GS_OK ? verify(out, directory, err) : rc;
}

static gs_code size_of(uint64_t *out, const gs_environment *e, gs_error *err)
{
    struct stat seen;

    if (fstatat(e->directory, "data.mdb", &seen, AT_SYMLINK_NOFOLLOW) != 0)
        return fail_file(e->path, "data.mdb", err);
    *out = (uint64_t)seen.st_size;
    return GS_OK;
}

/* The lock file goes with the file whose readers it lists: whoever opens the store from
 * now on makes a new one, and those who have the old file keep theirs. */
static gs_code replace(gs_compacted *out, gs_environment *e, gs_error *err)
{
    static const char part[] = "data.mdb.part";
    gs_code rc;

    GS_TRY(size_of(&out->before, e, err));
    unlinkat(e->directory, part, 0); /* of a compaction that was cut off */
    GS_TRY(copy_file(e, e->directory, e->path, part, MDB_CP_COMPACT, err));
    GS_TRY(put_in_place(e->directory, e->path, part, err));
    unlinkat(e->directory, "lock.mdb", 0);
    rc = size_of(&out->after, e, err);
out:
    return rc;
}

gs_code gs_compact(gs_compacted *out, const char *directory, uint32_t wait_ms,
                   gs_error *err)
{
    gs_store_options options = {.write = true, .wait_ms = wait_ms};
    gs_store *store = NULL;
    gs_compacted compacted = {0};
    gs_code rc = gs_store_open(&store, directory, &options, err);

    if (rc != GS_OK)
        return rc;
    rc = gs_lock_take(store->environment, wait_ms, err);
    if (rc == GS_OK) {
        rc = replace(&compacted, store->environment, err);
        gs_lock_release(store->environment);
    }
    gs_store_close(store);
    if (rc == GS_OK)
        *out = compacted;
    return rc;
}
