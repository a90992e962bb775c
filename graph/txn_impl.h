/* LMDB, for the files of graph/ alone: the environment, what snapshots and batches share,
 * and reads and writes that turn LMDB's answers into errors of ours.
 *
 * Ownership  an environment is the registry's (environment.c); a store counts as one
 * reference. Values read point into the map, until the transaction ends or is written to.
 * Errors     GS_END where a key is not there.
 * Threads    `mutex` guards writing, live; the rest of an environment never changes.
 */
#ifndef GS_GRAPH_TXN_IMPL_H
#define GS_GRAPH_TXN_IMPL_H

#include "graph/base/arena.h"
#include "graph/base/buffer.h"
#include "graph/base/error.h"
#include "graph/base/hash.h"
#include "graph/base/text.h"
#include "graph/index_runs.h"
#include "graph/ranges.h"
#include "graph/snapshot.h"
#include "graph/store.h"
#include "graph/tables.h"
#include <lmdb.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct gs_environment {
    struct gs_environment *next;
    MDB_env *env;
    MDB_dbi tables[GS_TABLES];
    char *path;
    int directory; /* file descriptor: HEAD is written in it, writers lock it */
    dev_t device;
    ino_t inode;
    pid_t process; /* LMDB must not be used behind a fork */
    bool read_only;
    uint64_t references;
    uint64_t seed; /* of the hashes that are keys */
    pthread_mutex_t mutex;
    bool writing;  /* a batch of this process is open */
    uint64_t live; /* transactions: the map may only move while there is none */
} gs_environment;

struct gs_store {
    gs_environment *environment;
    bool write;
    uint32_t wait_ms;
};

struct gs_pending; /* pending.h */

/* Where the last record was read (records.h), so that one near it is no way down from the
 * root. */
typedef struct gs_place {
    MDB_cursor *cursor;
    const unsigned char *chunk; /* NULL: none; of a batch always, as chunks may move */
    size_t size, slots_end;
    uint64_t first;
    uint32_t count, verified;        /* the group whose checksum was right, from 1 */
    const unsigned char *cold_chunk; /* whose block of long properties `cold` is */
    uint64_t cold_first;             /* where it stands among all of the chunk */
    uint32_t cold_checksum;
    gs_buffer cold;
    struct ZSTD_DCtx_s *context;
} gs_place;

struct gs_snapshot {
    gs_store *store;
    MDB_txn *txn;
    struct gs_pending *pending; /* what a batch keeps back; NULL for readers */
    uint64_t commit, last;
    gs_place place_itself, *place; /* also for who may not change the rest */
    gs_ranges hidden;              /* numbers without effect: hidden.h */
    bool all;                      /* what has ended or is hidden is shown, too */
    gs_arena arena;
    gs_arena *scratch; /* `arena`, also for who may not change the rest; emptied by each
                        * function of the interface that uses it */
    gs_index_runs own_runs;
    gs_index_runs
        *runs; /* `own_runs`, likewise: of the table index, when first asked for */
};

/* environment.c: the one of a directory in this process, opened where it is not open yet.
 */
GS_CHECKED gs_code gs_environment_open(gs_environment **out, const char *directory,
                                       const gs_store_options *options, gs_error *err);
void gs_environment_close(gs_environment *environment);
GS_CHECKED gs_code gs_environment_begin(MDB_txn **out, gs_environment *environment,
                                        unsigned flags, gs_error *err);
/* A transaction that has been committed is NULL. */
void gs_environment_end(gs_environment *environment, MDB_txn *txn);

/* format.c: checks what the environment says it is, makes a store of an empty one where
 * `create` says so, and opens the tables. */
GS_CHECKED gs_code gs_format_open(gs_environment *environment,
                                  const gs_store_options *options, gs_error *err);

/* directory.c: a descriptor of a directory that is ours; *made where it was not there. */
GS_CHECKED gs_code gs_store_directory_open(int *out, bool *made, const char *path,
                                           bool create, gs_error *err);

/* lock.c: the right to write, over all processes. */
GS_CHECKED gs_code gs_lock_take(gs_environment *environment, uint32_t wait_ms,
                                gs_error *err);
void gs_lock_release(gs_environment *environment);

/* head.c: the file HEAD, which names the last commit. */
void gs_head_write(const gs_environment *environment, const gs_commit *commit);
typedef struct gs_head {
    uint64_t commit; /* 0 where there is no HEAD, or none that can be read */
    char hash[2 * GS_SHA256_SIZE + 1];
} gs_head;
gs_head gs_head_read(const gs_environment *environment);

/* txn.c */
gs_code gs_lmdb_fail(gs_error *err, int status, const char *doing);

static inline MDB_val gs_val(const void *bytes, size_t size)
{
    return (MDB_val){size, (void *)(uintptr_t)bytes};
}

static inline gs_text gs_val_text(MDB_val value)
{
    return (gs_text){value.mv_data, value.mv_size};
}

static inline MDB_dbi gs_txn_table(const gs_snapshot *snapshot, gs_table table)
{
    return snapshot->store->environment->tables[table];
}

GS_CHECKED gs_code gs_txn_get(MDB_val *out, const gs_snapshot *snapshot, gs_table table,
                              MDB_val key, gs_error *err);
/* GS_OK where the table has this value under this key (a table of duplicates), else
 * GS_END. */
GS_CHECKED gs_code gs_txn_has(const gs_snapshot *snapshot, gs_table table, MDB_val key,
                              MDB_val value, gs_error *err);
/* `flags` are LMDB's; that an entry is there already is no error. */
GS_CHECKED gs_code gs_txn_put(const gs_snapshot *snapshot, gs_table table, MDB_val key,
                              MDB_val value, unsigned flags, gs_error *err);
/* A row of integer keys that comes behind all others; GS_DAMAGED where it does not. */
GS_CHECKED gs_code gs_txn_append(const gs_snapshot *snapshot, gs_table table,
                                 uint64_t number, MDB_val value, gs_error *err);
GS_CHECKED gs_code gs_txn_delete(const gs_snapshot *snapshot, gs_table table, MDB_val key,
                                 MDB_val *value, gs_error *err);
GS_CHECKED gs_code gs_txn_cursor(MDB_cursor **out, const gs_snapshot *snapshot,
                                 gs_table table, gs_error *err);
GS_CHECKED gs_code gs_txn_move(MDB_cursor *cursor, MDB_val *key, MDB_val *value,
                               MDB_cursor_op op, gs_error *err);
/* How many pages a cursor has come over: counted where it stands, and not twice in a row.
 */
typedef struct gs_page_count {
    const char *last;
    size_t pages;
} gs_page_count;
void gs_page_count_add(gs_page_count *count, MDB_cursor *cursor);

/* The last key of a table of integer keys; 0 when it is empty. */
GS_CHECKED gs_code gs_txn_last(uint64_t *out, const gs_snapshot *snapshot, gs_table table,
                               gs_error *err);

#endif
