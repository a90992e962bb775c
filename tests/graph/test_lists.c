/* Lists in blocks: whatever entries and in whatever order they come, they are read as if
 * they had come sorted, and blocks stay full enough. */
#include "tests/graph/support.h"

#include "graph/adjacency.h"
#include "graph/check.h"
#include "graph/near.h"
#include "graph/tables.h"

#include <lmdb.h>

enum { DAY = 86400 };

static const char path[] = "lists.store";

static uint64_t seed;

static uint64_t dice(uint64_t sides)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (seed >> 33) % sides;
}

static int64_t any_time(void)
{
    static const int64_t times[] = {INT64_C(-62167219200), -1, 0, INT64_C(253402300799)};

    return dice(8) == 0 ? times[dice(4)] : (int64_t)dice(1 << 30) * 3;
}

static gs_adjacent any_entry(bool days)
{
    gs_adjacent e = {.edge = dice(1 << 20) + 1, .sort = (uint8_t)dice(GS_SORTS)};

    e.earliest = days ? (int64_t)dice(40000) * DAY : any_time();
    e.latest = days ? e.earliest + DAY - 1 : e.earliest + (int64_t)dice(3) * 1000;
    if (!days && dice(5) == 0)
        e.earliest = INT64_MIN;
    if (!days && dice(5) == 0)
        e.latest = INT64_MAX;
    e.order = e.earliest == INT64_MIN ? e.latest : e.earliest;
    e.neighbour = dice(2) == 0 ? GS_NUMBER_MAX - dice(9) : dice(1 << 21);
    e.touched = dice(2) == 0;
    e.dated = dice(2) == 0;
    e.inferred = dice(2) == 0;
    return e;
}

static int compare(const void *a, const void *b)
{
    return gs_adjacent_order(a, b);
}

static void is_same(const gs_adjacent *a, const gs_adjacent *b)
{
    assert_true(a->order == b->order && a->earliest == b->earliest &&
                a->latest == b->latest);
    assert_int_equal(a->edge, b->edge);
    assert_int_equal(a->neighbour, b->neighbour);
    assert_int_equal(gs_adjacent_flags(a), gs_adjacent_flags(b));
}

/* A sieve lets all of its numbers through, and what shares their low bits alone. */
static void sifts(const gs_edge_block *block, const gs_adjacent *entries)
{
    uint64_t bits[2][4] = {{0}};
    const gs_sieve some = {bits[0], 255}, all = {bits[1], 255};
    uint32_t at = 0;

    for (uint32_t i = 0; i < block->count; i += 3)
        gs_sieve_put(&some, entries[i].neighbour);
    for (uint32_t i = 0; i < block->count; i++, at++) {
        bool has = gs_sieve_may_have(&some, entries[i].neighbour);

        assert_true(has || i % 3 != 0);
        assert_true(gs_edge_block_sift(block, i, &some) == i || !has);
        assert_true(gs_edge_block_sift(block, i, &some) > i || has);
    }
    gs_edge_block_mark(block, 1, &all);
    for (uint32_t i = 1; i < block->count; i++)
        assert_true(gs_sieve_may_have(&all, entries[i].neighbour));
    bits[1][0] = bits[1][1] = bits[1][2] = bits[1][3] = 0;
    assert_int_equal(gs_edge_block_sift(block, 0, &all), block->count);
}

static void blocks_hold_any_entries(void **unused)
{
    gs_adjacent entries[700];
    unsigned char bytes[GS_EDGE_BLOCK_MAX];
    size_t size, took, most = 0;

    (void)unused;
    seed = 1;
    for (int turn = 0; turn < 3000; turn++) {
        size_t count = 1 + (size_t)dice(turn % 3 == 0 ? 700 : 9);
        gs_edge_block block;

        for (size_t i = 0; i < count; i++)
            entries[i] = any_entry(turn % 2 == 0);
        qsort(entries, count, sizeof *entries, compare);
        took = gs_edge_block_store(bytes, &size, 77, entries, count);
        assert_in_range(took, 1, count);
        assert_in_range(size, 1, GS_EDGE_BLOCK_MAX);
        assert_true(gs_edge_block_open(&block, 77, bytes, size));
        assert_int_equal(block.count, took);
        for (uint32_t i = 0; i < took; i++) {
            gs_adjacent seen = gs_edge_block_entry(&block, i);
            uint8_t flags, sort;

            is_same(&seen, &entries[i]);
            assert_int_equal(gs_edge_block_edge(&block, i, &flags, &sort), seen.edge);
            assert_int_equal(flags << 4 | sort, gs_adjacent_flags(&seen));
            assert_int_equal(bytes[gs_edge_block_flags(&block, bytes, i)],
                             gs_adjacent_flags(&seen));
            assert_in_range(gs_edge_block_find(&block, seen.order), 0, i);
        }
        sifts(&block, entries);
        for (size_t cut = 0; cut < size; cut++)
            if (cut + 40 > size || cut < 40)
                assert_false(gs_edge_block_open(&block, 77, bytes, cut));
        most = took > most ? took : most;
    }
    assert_true(most > 60);
}

/* One reply: a key of 11 bytes, and not much besides. */
static void short_lists_are_short(void **unused)
{
    gs_adjacent reply = {.order = INT64_C(18500) * DAY,
                         .earliest = INT64_C(18500) * DAY,
                         .latest = INT64_C(18501) * DAY - 1,
                         .edge = 1000200,
                         .neighbour = 1000190};
    unsigned char bytes[GS_EDGE_BLOCK_MAX];
    size_t size;

    (void)unused;
    assert_int_equal(gs_edge_block_store(bytes, &size, 1000000, &reply, 1), 1);
    assert_in_range(size, 1, 14);
}

static MDB_stat stat_of_table(void)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    MDB_stat stat;

    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, GS_TABLES), 0);
    assert_int_equal(mdb_env_open(env, path, MDB_RDONLY, 0600), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn), 0);
    assert_int_equal(mdb_dbi_open(txn, gs_lmdb_tables[GS_TABLE_ADJACENCY].name, 0, &dbi),
                     0);
    assert_int_equal(mdb_stat(txn, dbi, &stat), 0);
    mdb_txn_abort(txn);
    mdb_env_close(env);
    return stat;
}

/* The edges of a node all come, in the order of dates. */
static void walks_in_order(gs_store *store, uint64_t node, size_t wanted)
{
    gs_snapshot *s = look(store, GS_NOW);
    gs_timeline *t;
    gs_hop hop, before = {.earliest = INT64_MIN};
    gs_error ignored;
    const uint32_t type = GS_ACCUSES;
    size_t count = 0;

    MUST(gs_timeline_open(&t, s, node, &type, 1, GS_IN, GS_WINDOW_ALL, &err));
    for (; gs_timeline_next(&hop, t, &ignored) == GS_OK; count++, before = hop)
        assert_true(hop.earliest > before.earliest ||
                    (hop.earliest == before.earliest && hop.edge > before.edge));
    assert_int_equal(count, wanted);
    gs_timeline_close(t);
    gs_snapshot_close(s);
}

/* What a sieve lets through of a list, and what a sweep puts into one. */
static void sweeps(gs_store *store, uint64_t node, const uint64_t *others, size_t wanted)
{
    static uint64_t bits[1 << 10], few[1 << 10];
    const gs_sieve all = {bits, sizeof bits * 8 - 1}, one = {few, sizeof few * 8 - 1};
    const uint32_t type = GS_ACCUSES;
    gs_snapshot *s = look(store, GS_NOW);
    size_t count = 0, seen = 0;
    gs_timeline *t;
    gs_hop hop;
    gs_error ignored;

    MUST(gs_timeline_open(&t, s, node, &type, 1, GS_OUT, GS_WINDOW_ALL, &err));
    while (gs_timeline_sweep(&count, t, 50, &all, &ignored) == GS_OK)
        assert_true(count <= wanted);
    assert_int_equal(count, wanted);
    for (size_t i = 0; i < wanted; i++)
        assert_true(gs_sieve_may_have(&all, others[i]));
    gs_sieve_put(&one, others[wanted / 2]);
    gs_timeline_sift(t, &one);
    MUST(gs_timeline_reset(t, node, &err));
    for (; gs_timeline_next(&hop, t, &ignored) == GS_OK; seen++)
        assert_int_equal(hop.neighbour, others[wanted / 2]);
    assert_int_equal(seen, 1);
    gs_timeline_close(t);
    gs_snapshot_close(s);
}

static void long_lists_are_sifted(void **unused)
{
    enum { OTHERS = 3000 };
    static uint64_t others[OTHERS];
    gs_store *store = fresh_store(path);
    gs_batch *batch = begin(store);
    uint64_t hub = add_node(batch, GS_ACTOR, NULL);

    (void)unused;
    for (size_t i = 0; i < OTHERS; i++)
        others[i] = add_node(batch, GS_TOPIC, NULL);
    for (size_t i = 0; i < OTHERS; i++)
        add_edge(batch, GS_ACCUSES, hub, others[i],
                 i % 5 == 0   ? NULL
                 : i % 2 == 0 ? "2022-01-05"
                              : "2021");
    commit(batch);
    sweeps(store, hub, others, OTHERS);
    gs_store_close(store);
}

static void is_whole(void)
{
    gs_check_options options = {0};
    gs_checked done;

    MUST(gs_check(&done, path, &options, &err));
}

/* EDGES entries of one list by COMMITS commits; `way` is how their days come. */
static void grow(int way)
{
    enum { EDGES = 4000, COMMITS = 40 };
    gs_store *store = fresh_store(path);
    gs_batch *batch = begin(store);
    uint64_t hub = add_node(batch, GS_ACTOR, NULL),
             other = add_node(batch, GS_ACTOR, NULL);
    char day[64];
    size_t added = 0;

    seed = 7;
    for (int c = 0; c < COMMITS; c++) {
        for (int i = 0; i < EDGES / COMMITS; i++, added++) {
            size_t at = way == 0 ? added : way == 1 ? EDGES - added : (size_t)dice(EDGES);

            snprintf(day, sizeof day, "%04zu-%02zu-%02zu", 1990 + at / 336,
                     1 + at / 28 % 12, 1 + at % 28);
            add_edge(batch, GS_ACCUSES, other, hub, day);
        }
        commit(batch);
        if (c % 13 == 0)
            walks_in_order(store, hub, added);
        if (c + 1 < COMMITS)
            batch = begin(store);
    }
    walks_in_order(store, hub, EDGES);
    gs_store_close(store);
    is_whole();
    /* the list of `other` is as long; a block holds some 160 entries */
    assert_in_range(stat_of_table().ms_entries, 2 * EDGES / 200, 2 * EDGES / 75);
}

static void grows_in_any_order(void **unused)
{
    (void)unused;
    for (int way = 0; way < 3; way++)
        grow(way);
}

/* What a node was born with has no entry, and is read as if it had. */
static void reads_what_stands_behind_a_node(void **unused)
{
    gs_store *store = fresh_store(path);
    gs_batch *batch = begin(store);
    uint64_t actor = add_node(batch, GS_ACTOR, NULL), edges[40];
    uint64_t statement = add_node(batch, GS_STATEMENT, NULL);
    const uint32_t type = GS_ACCUSES;
    gs_near_entry near[GS_NEAR_ENTRIES];
    gs_snapshot *s;
    gs_timeline *t;
    gs_hop hop;
    size_t count;
    gs_error ignored;

    (void)unused;
    for (int i = 0; i < 40; i++)
        edges[i] = add_edge(batch, GS_ACCUSES, statement, actor, i % 2 ? "2022" : NULL);
    commit(batch);
    batch = begin(store);
    MUST(gs_batch_end(batch, edges[1], &err));
    commit(batch);
    s = look(store, GS_NOW);
    MUST(gs_near_read(near, &count, s, statement, &err));
    assert_int_equal(count, GS_NEAR);
    MUST(gs_near_read(near, &count, s, actor, &err));
    assert_int_equal(count, 0);
    for (int way = 0; way < 2; way++) {
        MUST(gs_timeline_open(&t, s, statement, &type, (size_t)way, GS_BOTH,
                              GS_WINDOW_ALL, &err));
        for (int dated = 1; dated >= 0; dated--)
            for (int i = dated; i < 40; i += 2)
                if (i != 1) { /* which has ended */
                    MUST(gs_timeline_next(&hop, t, &err));
                    assert_int_equal(hop.edge, edges[i]);
                }
        assert_int_equal(gs_timeline_next(&hop, t, &ignored), GS_END);
        gs_timeline_close(t);
    }
    gs_snapshot_close(s);
    gs_store_close(store);
    is_whole();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_hold_any_entries),
        cmocka_unit_test(short_lists_are_short),
        cmocka_unit_test(long_lists_are_sifted),
        cmocka_unit_test(grows_in_any_order),
        cmocka_unit_test(reads_what_stands_behind_a_node),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
