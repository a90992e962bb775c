/* bench-index [KEYS [BATCHES]]: the ways to keep an index of keys that were weighed, on the
 * same random keys: what they take of time and of the disk, and how fast a key is found
 * and one that is not there is known to be absent. docs/format.md has the figures.
 *
 *   hashes   a B-tree of whole hashes with duplicates, put as they come
 *   sorted   the same, each batch sorted first
 *   short    a B-tree of 5 bytes of hash and 6 of number, each batch sorted
 *   runs     sorted runs, merged by size: what graph/index_runs.h does */
#include "graph/batch.h"
#include "graph/pending.h"
#include "graph/txn_impl.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { HASH_BITS = 8 * GS_INDEX_HASH, LOOKUPS = 200000 };

static size_t keys = 2000000, batches = 4;
static gs_index_row *rows, *spare;

static void fail(const char *what)
{
    fprintf(stderr, "bench-index: %s\n", what);
    exit(1);
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static uint64_t mixed(uint64_t n)
{
    n = (n ^ n >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    n = (n ^ n >> 27) * UINT64_C(0x94d049bb133111eb);
    return n ^ n >> 31;
}

static gs_index_row row_of(size_t i)
{
    return (gs_index_row){mixed(i + 1) >> (64 - HASH_BITS), 3 * i + 1};
}

static void remove_store(const char *path)
{
    char command[256];

    snprintf(command, sizeof command, "rm -rf '%s'", path);
    if (system(command) != 0)
        fail("cannot remove a store");
}

static double size_of(const char *path)
{
    char file[256];
    struct stat seen;

    snprintf(file, sizeof file, "%s/data.mdb", path);
    return stat(file, &seen) == 0 ? (double)seen.st_size : 0;
}

static void tell(const char *name, double took, double size, double found, double absent)
{
    printf("%-8s load %6.2f s  %5.1f bytes a key  found %5.2f us  absent %5.2f us\n",
           name, took, size / (double)keys, found / LOOKUPS * 1e6,
           absent / LOOKUPS * 1e6);
}

/* A B-tree: its keys' bytes from a row. */
typedef struct tree {
    const char *name;
    unsigned flags;
    bool sorted, whole;
} tree;

static MDB_val key_of(const tree *t, unsigned char bytes[16], gs_index_row row)
{
    uint64_t hash = row.hash << (64 - HASH_BITS), rest = mixed(row.hash);

    for (int i = 0; i < 8; i++) {
        bytes[i] = (unsigned char)(hash >> (56 - 8 * i));
        bytes[8 + i] = (unsigned char)(rest >> (56 - 8 * i));
    }
    for (int i = 0; !t->whole && i < 6; i++)
        bytes[GS_INDEX_HASH + i] = (unsigned char)(row.number >> (40 - 8 * i));
    return (MDB_val){t->whole ? 16 : GS_INDEX_HASH + 6, bytes};
}

static double look_in_tree(const tree *t, MDB_txn *txn, MDB_dbi dbi, size_t from)
{
    double before = seconds();
    MDB_cursor *cursor;

    if (mdb_cursor_open(txn, dbi, &cursor) != 0)
        fail("cannot read");
    for (size_t i = 0; i < LOOKUPS; i++) {
        unsigned char bytes[16];
        gs_index_row row = row_of(from + i * 7919 % keys);
        MDB_val key =
            key_of(t, bytes, (gs_index_row){row.hash, t->whole ? row.number : 0});
        MDB_val value;

        mdb_cursor_get(cursor, &key, &value, t->whole ? MDB_SET : MDB_SET_RANGE);
    }
    mdb_cursor_close(cursor);
    return seconds() - before;
}

static void measure_tree(const tree *t)
{
    const char path[] = "index.tree";
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    double before, took, found;

    remove_store(path);
    mkdir(path, 0700);
    if (mdb_env_create(&env) != 0 || mdb_env_set_mapsize(env, (size_t)16 << 30) != 0 ||
        mdb_env_open(env, path, 0, 0600) != 0)
        fail("cannot make a tree");
    before = seconds();
    for (size_t batch = 0; batch < batches; batch++) {
        size_t first = keys / batches * batch, count = keys / batches;

        for (size_t i = 0; i < count; i++)
            rows[i] = row_of(first + i);
        if (t->sorted)
            gs_index_rows_sort(rows, spare, count);
        if (mdb_txn_begin(env, NULL, 0, &txn) != 0 ||
            mdb_dbi_open(txn, NULL, t->flags, &dbi) != 0)
            fail("cannot write");
        for (size_t i = 0; i < count; i++) {
            unsigned char bytes[16];
            MDB_val key = key_of(t, bytes, rows[i]);
            MDB_val value = {t->whole ? 8 : 0, &rows[i].number};

            if (mdb_put(txn, dbi, &key, &value, 0) != 0)
                fail("cannot write");
        }
        if (mdb_txn_commit(txn) != 0)
            fail("cannot commit");
    }
    took = seconds() - before;
    if (mdb_txn_begin(env, NULL, MDB_RDONLY, &txn) != 0)
        fail("cannot read");
    found = look_in_tree(t, txn, dbi, 0);
    tell(t->name, took, size_of(path), found, look_in_tree(t, txn, dbi, keys));
    mdb_txn_abort(txn);
    mdb_env_close(env);
    remove_store(path);
}

static double look_in_runs(const gs_snapshot *snapshot, size_t from)
{
    double before = seconds();
    gs_error err;

    for (size_t i = 0; i < LOOKUPS; i++) {
        gs_index_row row = row_of(from + i * 7919 % keys);

        for (size_t run = snapshot->runs->count; run-- > 0;) {
            gs_index_run_view view;
            size_t at;

            if (gs_index_run_open(&view, snapshot, &snapshot->runs->items[run], &err) !=
                GS_OK)
                fail(err.text);
            at = gs_index_run_find(&view, row.hash);
            if (at < view.count && gs_index_run_row(&view, at).hash == row.hash)
                break;
        }
    }
    return seconds() - before;
}

static void write_run(gs_store *store, size_t first, size_t count)
{
    gs_error err = {0};
    gs_batch *batch;
    gs_commit commit;
    const gs_snapshot *s;

    if (gs_batch_begin(&batch, store, 1, 1, &err) != GS_OK)
        fail(err.text);
    s = gs_batch_snapshot(batch);
    for (size_t i = 0; i < count; i++)
        if (gs_pending_keys_add(&s->pending->keys, s, row_of(first + i), &err) != GS_OK)
            fail(err.text);
    if (gs_batch_commit(&commit, batch, &err) != GS_OK)
        fail(err.text);
}

static void measure_runs(void)
{
    const char path[] = "index.runs";
    gs_error err = {0};
    gs_store *store;
    gs_snapshot *snapshot;
    double before, took, found;

    remove_store(path);
    if (gs_store_open(&store, path, &(gs_store_options){.create = true, .write = true},
                      &err) != GS_OK)
        fail(err.text);
    before = seconds();
    for (size_t batch = 0; batch < batches; batch++)
        write_run(store, keys / batches * batch, keys / batches);
    took = seconds() - before;
    if (gs_snapshot_open(&snapshot, store, GS_NOW, &err) != GS_OK ||
        gs_index_runs_load(snapshot->runs, snapshot, &err) != GS_OK)
        fail(err.text);
    found = look_in_runs(snapshot, 0);
    tell("runs", took, size_of(path), found, look_in_runs(snapshot, keys));
    gs_snapshot_close(snapshot);
    gs_store_close(store);
    remove_store(path);
}

int main(int argc, char **argv)
{
    static const tree trees[] = {
        {"hashes", MDB_DUPSORT | MDB_DUPFIXED | MDB_INTEGERDUP, false, true},
        {"sorted", MDB_DUPSORT | MDB_DUPFIXED | MDB_INTEGERDUP, true, true},
        {"short", 0, true, false},
    };

    if (argc > 1)
        keys = strtoull(argv[1], NULL, 10);
    if (argc > 2)
        batches = strtoull(argv[2], NULL, 10);
    if (keys == 0 || batches == 0 || keys < batches)
        fail("usage: bench-index [KEYS [BATCHES]]");
    rows = calloc(keys, sizeof *rows);
    spare = calloc(keys, sizeof *spare);
    if (rows == NULL || spare == NULL)
        fail("out of memory");
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++)
        measure_tree(&trees[i]);
    measure_runs();
    free(rows);
    free(spare);
    return 0;
}
