/* bench-lists [EDGES [BATCHES]]: the ways to keep a node's edges in the order of time that
 * were weighed, on the same edges: what they take of time and of the disk, and how long it
 * takes to read up to sixteen of a node's edges from some day on. All must read the same.
 * docs/format.md has the figures.
 *
 *   rows        a row an edge, its key node, time and edge
 *   duplicates  fixed duplicates of 32 bytes under the node
 *   packed      all of a node's in one value, rewritten when one is added
 *   blocks      blocks of up to 992 bytes, numbers in as few bytes as hold them: what
 *               graph/lists.h does */
#include "graph/lists.h"
#include "graph/base/bytes.h"
#include "graph/timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { ENTRY = 32, LOOKUPS = 200000, WINDOW = 16, DAY = 86400, DAYS = 730 };

typedef struct edge {
    uint64_t node;
    gs_adjacent entry;
} edge;

typedef struct way {
    const char *name;
    unsigned flags;
    /* Adds edges of one node, sorted. */
    void (*add)(MDB_cursor *cursor, uint64_t node, const edge *edges, size_t count);
    /* The sum of the numbers of up to WINDOW edges of a node from `order` on. */
    uint64_t (*window)(MDB_cursor *cursor, uint64_t node, int64_t order);
} way;

static size_t edge_count = 2000000, batches = 4;
static edge *edges;

__attribute__((noreturn)) static void fail(const char *what)
{
    fprintf(stderr, "bench-lists: %s\n", what);
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

/* Few actors are named often, most seldom. */
static uint64_t node_of(uint64_t random)
{
    uint64_t nodes = edge_count / 10 + 1;
    double part = (double)(random >> 11) / 9007199254740992.0;

    return 1 + (uint64_t)((double)nodes * part * part * part);
}

/* They come nearly in the order of time. */
static edge edge_of(size_t i)
{
    uint64_t random = mixed(i + 1);
    int64_t day = (int64_t)(i * DAYS / edge_count) - (int64_t)(random % 7);
    int64_t order = (18262 + day) * DAY;
    uint64_t number = edge_count + 3 * i;

    return (edge){node_of(mixed(random)),
                  {.order = order,
                   .earliest = order,
                   .latest = order + DAY - 1,
                   .edge = number,
                   .neighbour = number - 1 - random % 3,
                   .dated = true,
                   .sort = 1}};
}

static int compare(const void *a, const void *b)
{
    const edge *l = a, *r = b;

    if (l->node != r->node)
        return l->node < r->node ? -1 : 1;
    if (l->entry.order != r->entry.order)
        return l->entry.order < r->entry.order ? -1 : 1;
    return l->entry.edge < r->entry.edge ? -1 : l->entry.edge > r->entry.edge;
}

static void put(MDB_cursor *cursor, MDB_val key, MDB_val value)
{
    if (mdb_cursor_put(cursor, &key, &value, 0) != 0)
        fail("cannot write");
}

/* Order, edge, latest, neighbour: bytes sort as they do. */
static void store_entry(unsigned char to[ENTRY], const gs_adjacent *entry)
{
    gs_store_u64(to, (uint64_t)entry->order);
    gs_store_u64(to + 8, entry->edge);
    gs_store_u64(to + 16, (uint64_t)entry->latest);
    gs_store_u64(to + 24, entry->neighbour);
}

static void rows_add(MDB_cursor *cursor, uint64_t node, const edge *from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        unsigned char bytes[8 + ENTRY];

        gs_store_u64(bytes, node);
        store_entry(bytes + 8, &from[i].entry);
        put(cursor, (MDB_val){24, bytes}, (MDB_val){16, bytes + 24});
    }
}

static uint64_t rows_window(MDB_cursor *cursor, uint64_t node, int64_t order)
{
    unsigned char from[24] = {0};
    MDB_val key = {sizeof from, from}, value;
    uint64_t sum = 0;
    int rc;

    gs_store_u64(from, node);
    gs_store_u64(from + 8, (uint64_t)order);
    rc = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
    for (int i = 0; i < WINDOW && rc == 0; i++) {
        if (gs_load_u64(key.mv_data) != node)
            break;
        sum += gs_load_u64((const unsigned char *)key.mv_data + 16);
        rc = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
    }
    return sum;
}

static void duplicates_add(MDB_cursor *cursor, uint64_t node, const edge *from,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        unsigned char key[8], bytes[ENTRY];

        gs_store_u64(key, node);
        store_entry(bytes, &from[i].entry);
        put(cursor, (MDB_val){8, key}, (MDB_val){ENTRY, bytes});
    }
}

static uint64_t duplicates_window(MDB_cursor *cursor, uint64_t node, int64_t order)
{
    unsigned char at[8], from[ENTRY] = {0};
    MDB_val key = {8, at}, value = {ENTRY, from};
    uint64_t sum = 0;
    int rc;

    gs_store_u64(at, node);
    gs_store_u64(from, (uint64_t)order);
    rc = mdb_cursor_get(cursor, &key, &value, MDB_GET_BOTH_RANGE);
    for (int i = 0; i < WINDOW && rc == 0; i++) {
        sum += gs_load_u64((const unsigned char *)value.mv_data + 8);
        rc = mdb_cursor_get(cursor, &key, &value, MDB_NEXT_DUP);
    }
    return sum;
}

/* Merged with what there is, from the end on. */
static void packed_add(MDB_cursor *cursor, uint64_t node, const edge *from, size_t count)
{
    unsigned char at[8], *bytes;
    MDB_val key = {8, at}, value = {0, NULL};
    size_t old = 0, all;

    gs_store_u64(at, node);
    if (mdb_cursor_get(cursor, &key, &value, MDB_SET) == 0)
        old = value.mv_size / ENTRY;
    all = old + count;
    bytes = malloc(all * ENTRY);
    if (bytes == NULL)
        fail("out of memory");
    if (old > 0)
        memcpy(bytes, value.mv_data, old * ENTRY);
    for (size_t to = all; count > 0; to--) {
        unsigned char next[ENTRY];

        store_entry(next, &from[count - 1].entry);
        if (old > 0 && memcmp(bytes + (old - 1) * ENTRY, next, ENTRY) > 0)
            memmove(bytes + (to - 1) * ENTRY, bytes + --old * ENTRY, ENTRY);
        else
            memcpy(bytes + (to - 1) * ENTRY, next, ENTRY), count--;
    }
    put(cursor, (MDB_val){8, at}, (MDB_val){all * ENTRY, bytes});
    free(bytes);
}

static uint64_t packed_window(MDB_cursor *cursor, uint64_t node, int64_t order)
{
    unsigned char at[8];
    const unsigned char *bytes;
    MDB_val key = {8, at}, value;
    size_t low = 0, high;
    uint64_t sum = 0;

    gs_store_u64(at, node);
    if (mdb_cursor_get(cursor, &key, &value, MDB_SET) != 0)
        return 0;
    bytes = value.mv_data;
    for (high = value.mv_size / ENTRY; low < high;) {
        size_t middle = (low + high) / 2;

        if ((int64_t)gs_load_u64(bytes + middle * ENTRY) < order)
            low = middle + 1;
        else
            high = middle;
    }
    for (int i = 0; i < WINDOW && low < value.mv_size / ENTRY; i++, low++)
        sum += gs_load_u64(bytes + low * ENTRY + 8);
    return sum;
}

static void blocks_add(MDB_cursor *cursor, uint64_t node, const edge *from, size_t count)
{
    gs_adjacent *entries = calloc(count, sizeof *entries);
    gs_error err;

    if (entries == NULL)
        fail("out of memory");
    for (size_t i = 0; i < count; i++)
        entries[i] = from[i].entry;
    if (gs_list_add(cursor, (gs_list_key){node, 1, GS_OUT, 0}, entries, count, &err) !=
        GS_OK)
        fail(err.text);
    free(entries);
}

static uint64_t blocks_window(MDB_cursor *cursor, uint64_t node, int64_t order)
{
    gs_list_key list = {node, 1, GS_OUT, 0}, found = list;
    gs_adjacent from = {.order = order};
    gs_edge_block block;
    MDB_val key, value;
    uint64_t sum = 0;
    gs_error err;
    gs_code rc = gs_list_seek(&block, &key, &value, cursor, list, &from, &err);
    int left = WINDOW;

    while (rc == GS_OK && found.node == node && left > 0) {
        for (uint32_t at = gs_edge_block_find(&block, order);
             at < block.count && left > 0; at++, left--)
            sum += gs_edge_block_entry(&block, at).edge;
        if (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) != 0)
            break;
        rc = gs_list_open_block(&block, &found, key, value, &err);
    }
    return sum;
}

static void add_batch(const way *w, MDB_env *env, size_t first, size_t count)
{
    MDB_txn *txn;
    MDB_dbi dbi;
    MDB_cursor *cursor;

    for (size_t i = 0; i < count; i++)
        edges[i] = edge_of(first + i);
    qsort(edges, count, sizeof *edges, compare);
    if (mdb_txn_begin(env, NULL, 0, &txn) != 0 ||
        mdb_dbi_open(txn, NULL, w->flags, &dbi) != 0 ||
        mdb_cursor_open(txn, dbi, &cursor) != 0)
        fail("cannot write");
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && edges[next].node == edges[i].node;)
            next++;
        w->add(cursor, edges[i].node, edges + i, next - i);
    }
    mdb_cursor_close(cursor);
    if (mdb_txn_commit(txn) != 0)
        fail("cannot commit");
}

static uint64_t look(const way *w, MDB_env *env, double *took)
{
    double before = seconds();
    uint64_t sum = 0;
    MDB_cursor *cursor;
    MDB_txn *txn;
    MDB_dbi dbi;

    if (mdb_txn_begin(env, NULL, MDB_RDONLY, &txn) != 0 ||
        mdb_dbi_open(txn, NULL, 0, &dbi) != 0 || mdb_cursor_open(txn, dbi, &cursor) != 0)
        fail("cannot read");
    for (size_t i = 0; i < LOOKUPS; i++) {
        edge one = edge_of(mixed(i) % edge_count);

        sum += mixed(w->window(cursor, one.node, one.entry.order - 30 * DAY));
    }
    mdb_cursor_close(cursor);
    mdb_txn_abort(txn);
    *took = seconds() - before;
    return sum;
}

static void remove_store(const char *path)
{
    char command[256];

    snprintf(command, sizeof command, "rm -rf '%s'", path);
    if (system(command) != 0)
        fail("cannot remove a store");
}

static uint64_t measure(const way *w)
{
    static const char path[] = "lists.store", file[] = "lists.store/data.mdb";
    double before, loaded, looked;
    struct stat seen = {0};
    uint64_t sum;
    MDB_env *env;

    remove_store(path);
    mkdir(path, 0700);
    if (mdb_env_create(&env) != 0 || mdb_env_set_mapsize(env, (size_t)32 << 30) != 0 ||
        mdb_env_open(env, path, 0, 0600) != 0)
        fail("cannot make a store");
    before = seconds();
    for (size_t batch = 0; batch < batches; batch++)
        add_batch(w, env, edge_count / batches * batch, edge_count / batches);
    loaded = seconds() - before;
    sum = look(w, env, &looked);
    mdb_env_close(env);
    stat(file, &seen);
    printf("%-10s  load %6.2f s  %6.1f bytes an edge  window %5.2f us\n", w->name, loaded,
           (double)seen.st_size / (double)edge_count, looked / LOOKUPS * 1e6);
    remove_store(path);
    return sum;
}

int main(int argc, char **argv)
{
    static const way ways[] = {
        {"rows", 0, rows_add, rows_window},
        {"duplicates", MDB_DUPSORT | MDB_DUPFIXED, duplicates_add, duplicates_window},
        {"packed", 0, packed_add, packed_window},
        {"blocks", 0, blocks_add, blocks_window},
    };
    uint64_t first = 0;

    if (argc > 1)
        edge_count = strtoull(argv[1], NULL, 10);
    if (argc > 2)
        batches = strtoull(argv[2], NULL, 10);
    if (edge_count == 0 || batches == 0 || edge_count % batches != 0)
        fail("usage: bench-lists [EDGES [BATCHES]], EDGES a multiple of BATCHES");
    edges = calloc(edge_count / batches, sizeof *edges);
    if (edges == NULL)
        fail("out of memory");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        uint64_t sum = measure(&ways[i]);

        if (i > 0 && sum != first)
            fail("another answer than the first way's");
        first = sum;
    }
    free(edges);
    return 0;
}
