/* Rows that no batch of ours has written: what reads them says so, and goes on to no end
 * and past no value. */
#include "tests/graph/support.h"

#include "graph/adjacency.h"
#include "graph/base/bytes.h"
#include "graph/base/hash.h"
#include "graph/tables.h"

#include <lmdb.h>
#include <unistd.h>

static const char path[] = "damage.store";

/* One transaction past the back of the store: a put, or without a value a removal. */
static void change(gs_table table, MDB_val key, MDB_val *value)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;

    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, GS_TABLES), 0);
    assert_int_equal(mdb_env_open(env, path, 0, 0600), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
    assert_int_equal(
        mdb_dbi_open(txn, gs_lmdb_tables[table].name, gs_lmdb_tables[table].flags, &dbi),
        0);
    assert_int_equal(value != NULL ? mdb_put(txn, dbi, &key, value, 0)
                                   : mdb_del(txn, dbi, &key, NULL),
                     0);
    assert_int_equal(mdb_txn_commit(txn), 0);
    mdb_env_close(env);
}

static void put(gs_table table, const void *key, size_t key_size, const void *value,
                size_t value_size)
{
    MDB_val row = {value_size, (void *)(uintptr_t)value};

    change(table, (MDB_val){key_size, (void *)(uintptr_t)key}, &row);
}

static void drop(gs_table table, const void *key, size_t key_size)
{
    change(table, (MDB_val){key_size, (void *)(uintptr_t)key}, NULL);
}

/* A store of two commits: a statement and an actor, then an edge between them. */
static void make_store(uint64_t *statement, uint64_t *actor)
{
    gs_store *store = fresh_store(path);
    gs_batch *batch = begin(store);

    *statement = add_node(batch, GS_STATEMENT, "id", "s", "text", "some words", NULL);
    *actor = add_node(batch, GS_ACTOR, "name", "somebody", "mood", "calm", NULL);
    commit(batch);
    batch = begin(store);
    add_edge(batch, GS_MADE, *actor, *statement, "2022");
    commit(batch);
    gs_store_close(store);
}

static void refuses_a_walk(uint64_t node, gs_direction direction, const char *message)
{
    gs_store *store = open_store(path);
    gs_snapshot *s = look(store, GS_NOW);
    gs_timeline *t;
    gs_hop hop;
    gs_error err = {0};
    gs_code rc;

    assert_int_equal(
        gs_timeline_open(&t, s, node, NULL, 0, direction, GS_WINDOW_ALL, &err), GS_OK);
    while ((rc = gs_timeline_next(&hop, t, &err)) == GS_OK)
        ;
    assert_int_equal(rc, GS_DAMAGED);
    assert_non_null(strstr(err.text, message));
    gs_timeline_close(t);
    gs_snapshot_close(s);
    gs_store_close(store);
}

static const gs_adjacent nothing = {0};

static void lists_go_in_or_out(void **unused)
{
    static const uint8_t directions[] = {0, 4, 255};
    uint64_t statement, actor;
    unsigned char key[GS_LIST_KEY], block[GS_EDGE_BLOCK_MAX];
    size_t size;

    (void)unused;
    for (size_t i = 0; i < sizeof directions; i++) {
        make_store(&statement, &actor);
        gs_list_key_store(key, (gs_list_key){actor, GS_MADE, directions[i], 0});
        gs_edge_block_store(block, &size, actor, &nothing, 1);
        put(GS_TABLE_ADJACENCY, key, sizeof key, block, size);
        alarm(20); /* a walk that never ends */
        refuses_a_walk(actor, GS_BOTH, "a list of node 2 is damaged");
        alarm(0);
    }
}

static void refuses_an_end(uint64_t number, const char *message)
{
    gs_store *store = open_store(path);
    gs_batch *batch = begin(store);

    REFUSED(GS_DAMAGED, message, gs_batch_end(batch, number, &err));
    gs_batch_abort(batch);
    gs_store_close(store);
}

static void lists_have_whole_keys(void **unused)
{
    uint64_t statement, actor;
    unsigned char key[GS_LIST_KEY], block[GS_EDGE_BLOCK_MAX];
    size_t size;

    (void)unused;
    make_store(&statement, &actor);
    gs_list_key_store(key, (gs_list_key){actor, GS_MADE, GS_OUT, 0});
    gs_edge_block_store(block, &size, actor, &nothing, 1);
    put(GS_TABLE_ADJACENCY, key, 10, block, size);
    refuses_a_walk(actor, GS_OUT, "a list of node 2 is damaged");
    refuses_an_end(actor, "a list of node 2 is damaged");
}

static void entries_are_whole(void **unused)
{
    uint64_t statement, actor;
    unsigned char key[GS_LIST_KEY], block[GS_EDGE_BLOCK_MAX];
    size_t size;

    (void)unused;
    make_store(&statement, &actor);
    gs_list_key_store(key, (gs_list_key){actor, GS_VIA, GS_OUT, 0});
    gs_edge_block_store(block, &size, actor, &nothing, 1);
    put(GS_TABLE_ADJACENCY, key, sizeof key, block, size - 1);
    refuses_a_walk(actor, GS_OUT, "an edge of node 2 is damaged");
    refuses_an_end(actor, "an edge of node 2 is damaged");
}

/* A record that stands behind the last number is never written over, nor skipped. */
static void numbers_are_free(void **unused)
{
    const uint64_t later = 1000;
    uint64_t statement, actor;
    gs_store *store;
    gs_batch *batch;
    gs_commit done;

    (void)unused;
    make_store(&statement, &actor);
    put(GS_TABLE_RECORDS, &later, sizeof later, "\0\1--------", 10);
    store = open_store(path);
    batch = begin(store);
    add_node(batch, GS_ACTOR, NULL);
    REFUSED(GS_DAMAGED, "record 1000", gs_batch_commit(&done, batch, &err));
    gs_store_close(store);
}

static void commits_are_all_there(void **unused)
{
    const uint64_t first = 1;
    uint64_t statement, actor;
    gs_store *store;
    gs_snapshot *s;

    (void)unused;
    make_store(&statement, &actor);
    drop(GS_TABLE_COMMITS, &first, sizeof first);
    store = open_store(path);
    REFUSED(GS_DAMAGED, "commit 1 is gone", gs_snapshot_open(&s, store, 1, &err));
    s = look(store, 2);
    gs_snapshot_close(s);
    gs_store_close(store);
}

static void refuses_a_name(gs_text name, const char *message)
{
    gs_store *store = open_store(path);
    gs_batch *batch = begin(store);
    uint32_t number;

    REFUSED(GS_DAMAGED, message, gs_batch_name(&number, batch, name, &err));
    assert_int_equal(gs_name_find(gs_batch_snapshot(batch), name), 0);
    gs_batch_abort(batch);
    gs_store_close(store);
}

static void names_are_where_the_index_says(void **unused)
{
    const uint64_t first = GS_NAME_FIRST_FREE;
    uint64_t statement, actor;
    const uint64_t run = 1000;

    (void)unused;
    make_store(&statement, &actor);
    drop(GS_TABLE_NAMES, &first, sizeof first);
    refuses_a_name(GS_TEXT("mood"), "name 128");
    make_store(&statement, &actor);
    put(GS_TABLE_INDEX, &run, sizeof run, "xxxx", 4); /* no whole run */
    refuses_a_name(GS_TEXT("weather"), "the table index");
}

static void words_list_numbers(void **unused)
{
    uint64_t statement, actor, *found;
    size_t count;
    gs_arena arena = {0};
    gs_store *store;
    gs_snapshot *s;

    (void)unused;
    make_store(&statement, &actor);
    put(GS_TABLE_WORDS, "odd\0\0\0\0\0\0\1", 10, "xxxx", 4);
    store = open_store(path);
    s = look(store, GS_NOW);
    REFUSED(GS_DAMAGED, "the table words",
            gs_words_find(&found, &count, s, GS_TEXT("odd"), &arena, &err));
    gs_snapshot_close(s);
    gs_store_close(store);
    gs_arena_free(&arena);
}

/* A label's list names a node that has no record. */
static void listed_nodes_have_records(void **unused)
{
    uint64_t statement, actor, *found;
    size_t count;
    gs_arena arena = {0};
    gs_store *store;
    gs_snapshot *s;

    (void)unused;
    make_store(&statement, &actor);
    drop(GS_TABLE_RECORDS, &statement, sizeof statement);
    store = open_store(path);
    s = look(store, GS_NOW);
    REFUSED(GS_DAMAGED, "node 2",
            gs_index_actors_like(&found, &count, s, GS_TEXT("some"), &arena, &err));
    gs_snapshot_close(s);
    gs_store_close(store);
    gs_arena_free(&arena);
}

/* A row of `versions` with a short key beside those of a node. */
static void versions_have_whole_keys(void **unused)
{
    static const gs_entry changed[] = {
        {{"mood", 4}, {.type = GS_STRING, .as.string = {"angry", 5}}}};
    uint64_t statement, actor;
    unsigned char key[9];
    gs_arena arena = {0};
    gs_store *store;
    gs_batch *batch;
    gs_snapshot *s;
    gs_node node;
    gs_value mood;

    (void)unused;
    make_store(&statement, &actor);
    store = open_store(path);
    batch = begin(store);
    MUST(gs_batch_revise(batch, actor, gs_map(changed, 1), &err));
    commit(batch);
    gs_store_close(store);
    gs_store_u64(key, actor);
    key[8] = 1; /* behind all versions of the node */
    put(GS_TABLE_VERSIONS, key, sizeof key, "x", 1);
    store = open_store(path);
    s = look(store, GS_NOW);
    MUST(gs_node_read(&node, s, actor, &err));
    MUST(gs_property(&mood, s, node.properties, gs_name_find(s, GS_TEXT("mood")), &arena,
                     &err));
    assert_true(gs_text_equal(mood.as.string, GS_TEXT("angry")));
    gs_snapshot_close(s);
    gs_store_close(store);
    gs_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_go_in_or_out),
        cmocka_unit_test(lists_have_whole_keys),
        cmocka_unit_test(entries_are_whole),
        cmocka_unit_test(numbers_are_free),
        cmocka_unit_test(commits_are_all_there),
        cmocka_unit_test(names_are_where_the_index_says),
        cmocka_unit_test(words_list_numbers),
        cmocka_unit_test(listed_nodes_have_records),
        cmocka_unit_test(versions_have_whole_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
