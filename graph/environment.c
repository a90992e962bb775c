/* The LMDB environments of this process. LMDB forbids to open a file twice in one process
 * (closing one would drop the other's locks), so they are counted by device and inode.
 * This registry is the one thing in the program that changes and belongs to nobody. */
#include "graph/txn_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READERS = 510 };

static const size_t map_size = (size_t)256 << 30;
static const size_t map_smallest = (size_t)64 << 20;

static struct {
    pthread_mutex_t mutex;
    gs_environment *first;
} registry = {PTHREAD_MUTEX_INITIALIZER, NULL};

static gs_environment *find(const struct stat *seen)
{
    gs_environment *e = registry.first;

    while (e != NULL && (e->device != seen->st_dev || e->inode != seen->st_ino ||
                         e->process != getpid()))
        e = e->next;
    return e;
}

static int open_map(gs_environment *e, size_t size, unsigned flags)
{
    int status = mdb_env_create(&e->env);

    if (status != 0)
        return status;
    status = mdb_env_set_maxdbs(e->env, GS_TABLES);
    if (status == 0)
        status = mdb_env_set_maxreaders(e->env, READERS);
    if (status == 0)
        status = mdb_env_set_mapsize(e->env, size);
    if (status == 0)
        status = mdb_env_open(e->env, e->path, flags, 0600);
    if (status != 0) {
        mdb_env_close(e->env);
        e->env = NULL;
    }
    return status;
}

/* Where address space is short (ulimit -v), half of it, and again. */
static int open_halving(gs_environment *e, unsigned flags)
{
    size_t size = map_size;
    int status = open_map(e, size, flags);

    while (status == ENOMEM && size > map_smallest) {
        size /= 2;
        status = open_map(e, size, flags);
    }
    return status;
}

static gs_code fail_open(const gs_environment *e, int status, gs_error *err)
{
    switch (status) {
    case MDB_INVALID:
    case MDB_VERSION_MISMATCH:
        return gs_fail(
            err, GS_FORMAT,
            "%s: data.mdb is no database that this program can read; name another "
            "store, or restore this one from a backup",
            e->path);
    case ENOENT: /* an empty data.mdb, opened to be read */
        return gs_fail(err, GS_NO_STORE, "%s: no store there; `gainsay ingest` makes one",
                       e->path);
    default:
        return gs_lmdb_fail(err, status, "open the store");
    }
}

static gs_code open_lmdb(gs_environment *e, gs_error *err)
{
    int dead;
    int status = open_halving(e, MDB_NOTLS);

    if (status == EROFS || (status == EACCES &&
                            faccessat(e->directory, "data.mdb", W_OK, AT_EACCESS) != 0)) {
        /* a medium that nobody writes to needs no lock, and has no place for one */
        e->read_only = true;
        status = open_halving(e, MDB_NOTLS | MDB_RDONLY | MDB_NOLOCK);
    }
    if (status != 0)
        return fail_open(e, status, err);
    if (!e->read_only)
        mdb_reader_check(e->env, &dead); /* what a killed reader held is free again */
    return GS_OK;
}

static void free_environment(gs_environment *e)
{
    if (e == NULL)
        return;
    /* behind a fork, closing it would empty the parent's slots in the lock table */
    if (e->env != NULL && e->process == getpid())
        mdb_env_close(e->env);
    if (e->directory >= 0)
        close(e->directory);
    pthread_mutex_destroy(&e->mutex);
    free(e->path);
    free(e);
}

/* The environment owns `directory` from here on, also when this fails. */
static gs_code make(gs_environment **out, const char *path, int directory,
                    const struct stat *seen, gs_error *err)
{
    gs_code rc;
    gs_environment *e = calloc(1, sizeof *e);

    if (e == NULL) {
        close(directory);
        return gs_fail_memory(err);
    }
    pthread_mutex_init(&e->mutex, NULL);
    e->directory = directory;
    e->device = seen->st_dev;
    e->inode = seen->st_ino;
    e->process = getpid();
    e->path = strdup(path);
    if (e->path == NULL) {
        free_environment(e);
        return gs_fail_memory(err);
    }
    rc = open_lmdb(e, err);
    if (rc != GS_OK) {
        free_environment(e);
        return rc;
    }
    *out = e;
    return GS_OK;
}

static gs_code open_locked(gs_environment **out, const char *path, int directory,
                           const gs_store_options *options, gs_error *err)
{
    gs_code rc;
    struct stat seen;
    gs_environment *e;

    if (fstat(directory, &seen) != 0) {
        close(directory);
        return gs_fail(err, GS_STORAGE, "%s: %s", path, strerror(errno));
    }
    e = find(&seen);
    if (e != NULL) {
        close(directory);
        e->references++;
        *out = e;
        return GS_OK;
    }
    rc = make(&e, path, directory, &seen, err);
    if (rc != GS_OK)
        return rc;
    rc = gs_format_open(e, options, err);
    if (rc != GS_OK) {
        free_environment(e);
        return rc;
    }
    e->references = 1;
    e->next = registry.first;
    registry.first = e;
    *out = e;
    return GS_OK;
}

gs_code gs_environment_open(gs_environment **out, const char *path,
                            const gs_store_options *options, gs_error *err)
{
    gs_code rc;
    int directory;
    bool made;

    rc = gs_store_directory_open(&directory, &made, path, options->create, err);
    if (rc != GS_OK)
        return rc;
    pthread_mutex_lock(&registry.mutex);
    rc = open_locked(out, path, directory, options, err);
    pthread_mutex_unlock(&registry.mutex);
    if (rc != GS_OK && made)
        rmdir(path); /* stays where something is in it */
    return rc;
}

void gs_environment_close(gs_environment *e)
{
    pthread_mutex_lock(&registry.mutex);
    e->references--;
    if (e->references == 0) {
        gs_environment **link = &registry.first;

        while (*link != e)
            link = &(*link)->next;
        *link = e->next;
        free_environment(e);
    }
    pthread_mutex_unlock(&registry.mutex);
}

/* Another process has made the map larger. Moving it under a live reader is a SIGSEGV. */
static int follow_growth(gs_environment *e, unsigned flags, MDB_txn **txn)
{
    int status;

    if (e->live != 0)
        return MDB_MAP_RESIZED;
    status = mdb_env_set_mapsize(e->env, 0);
    return status == 0 ? mdb_txn_begin(e->env, NULL, flags, txn) : status;
}

gs_code gs_environment_begin(MDB_txn **out, gs_environment *e, unsigned flags,
                             gs_error *err)
{
    MDB_txn *txn = NULL;
    int status;

    if (e->process != getpid())
        return gs_fail(err, GS_USAGE,
                       "%s: the store was opened before a fork; open it in this process",
                       e->path);
    pthread_mutex_lock(&e->mutex);
    status = mdb_txn_begin(e->env, NULL, flags, &txn);
    if (status == MDB_MAP_RESIZED)
        status = follow_growth(e, flags, &txn);
    if (status == 0)
        e->live++;
    pthread_mutex_unlock(&e->mutex);
    if (status != 0)
        return gs_lmdb_fail(err, status, "begin a transaction");
    *out = txn;
    return GS_OK;
}

void gs_environment_end(gs_environment *e, MDB_txn *txn)
{
    /* behind a fork it is the parent's, and what is shared must stay as it is */
    if (txn != NULL && e->process == getpid())
        mdb_txn_abort(txn);
    pthread_mutex_lock(&e->mutex);
    e->live--;
    pthread_mutex_unlock(&e->mutex);
}
