/* Records in chunks: found whatever stands beside them, whether of one commit or many,
 * while they are written and after; small commits leave few chunks; what is damaged is
 * named and hides nothing but its group. */
#include "tests/graph/support.h"

#include "graph/record.h"
#include "graph/records.h"

#include <lmdb.h>

static const char path[] = "records.store";

static char *long_text(size_t size, int salt)
{
    char *text = malloc(size + 1);

    assert_non_null(text);
    for (size_t i = 0; i < size; i++)
        text[i] = (char)('a' + (i * 7 + (size_t)salt) % 23);
    text[size] = '\0';
    return text;
}

/* The property `text` of a node is the long text of its number. */
static void is_there(const gs_snapshot *s, uint64_t number, size_t size)
{
    gs_arena arena = {0};
    gs_node node;
    gs_value value;
    char *wanted = long_text(size, (int)number);

    MUST(gs_node_read(&node, s, number, &err));
    MUST(gs_property(&value, s, node.properties, GS_P_TEXT, &arena, &err));
    assert_true(gs_text_equal(value.as.string, gs_text_of(wanted)));
    free(wanted);
    gs_arena_free(&arena);
}

static uint64_t add_long(gs_batch *batch, uint64_t number, size_t size)
{
    char *text = long_text(size, (int)number);

    assert_int_equal(add_node(batch, GS_TOPIC, "text", text, NULL), number);
    free(text);
    return number;
}

static size_t size_of(uint64_t number)
{
    static const size_t sizes[] = {0, 1, 40, 126, 127, 128, 900, 5000, 16384, 70000};

    return sizes[number % (sizeof sizes / sizeof *sizes)];
}

static void finds_records_of_any_size(void **unused)
{
    enum { NODES = 700 };
    gs_store *store = fresh_store(path);
    gs_batch *batch = begin(store);
    gs_snapshot *s;
    gs_node node;
    gs_error ignored;

    (void)unused;
    for (uint64_t n = 1; n <= NODES; n++) {
        add_long(batch, n, size_of(n));
        is_there(gs_batch_snapshot(batch), n, size_of(n));
        is_there(gs_batch_snapshot(batch), n / 2 + 1, size_of(n / 2 + 1));
    }
    commit(batch);
    s = look(store, GS_NOW);
    for (uint64_t n = 1; n <= NODES; n++) {
        is_there(s, n, size_of(n));
        is_there(s, NODES + 1 - n, size_of(NODES + 1 - n));
    }
    assert_int_equal(gs_node_read(&node, s, NODES + 1, &ignored), GS_END);
    assert_int_equal(gs_node_read(&node, s, 0, &ignored), GS_END);
    gs_snapshot_close(s);
    gs_store_close(store);
}

static size_t chunk_count(void)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    MDB_stat stat;

    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, GS_TABLES), 0);
    assert_int_equal(mdb_env_open(env, path, MDB_RDONLY, 0600), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn), 0);
    assert_int_equal(mdb_dbi_open(txn, gs_lmdb_tables[GS_TABLE_RECORDS].name,
                                  gs_lmdb_tables[GS_TABLE_RECORDS].flags, &dbi),
                     0);
    assert_int_equal(mdb_stat(txn, dbi, &stat), 0);
    mdb_txn_abort(txn);
    mdb_env_close(env);
    return stat.ms_entries;
}

/* The longest takes in what comes until it is long enough; behind it are a handful. */
static void small_commits_leave_few_chunks(void **unused)
{
    enum { COMMITS = 500, SIZE = 150 };
    gs_store *store = fresh_store(path);
    gs_snapshot *s;

    (void)unused;
    for (uint64_t n = 1; n <= COMMITS; n++) {
        gs_batch *batch = begin(store);

        add_long(batch, n, SIZE);
        commit(batch);
        if (n % 67 == 0) {
            s = look(store, GS_NOW);
            for (uint64_t k = 1; k <= n; k++)
                is_there(s, k, SIZE);
            gs_snapshot_close(s);
        }
    }
    gs_store_close(store);
    assert_in_range(chunk_count(), 1, 12);
}

/* Numbers of ends, versions and texts lie between those of records. */
static void passes_numbers_of_other_things(void **unused)
{
    gs_store *store = fresh_store(path);
    gs_batch *batch = begin(store);
    gs_snapshot *s;
    gs_nodes *nodes;
    gs_node node;
    gs_error ignored;
    uint64_t number, first, last, seen = 0;

    (void)unused;
    for (int i = 0; i < 300; i++) {
        first = add_node(batch, GS_TOPIC, NULL);
        for (int k = 0; k < i % 100; k++)
            MUST(gs_batch_text(batch, first, GS_TEXT("a text"), &err));
        last = add_node(batch, GS_TOPIC, NULL);
        if (i % 100 > 0)
            assert_int_equal(
                gs_node_read(&node, gs_batch_snapshot(batch), first + 1, &ignored),
                GS_END);
        MUST(gs_node_read(&node, gs_batch_snapshot(batch), first, &err));
        MUST(gs_node_read(&node, gs_batch_snapshot(batch), last, &err));
    }
    MUST(gs_nodes_open(&nodes, gs_batch_snapshot(batch), 0, &err));
    while (gs_nodes_next(&number, nodes, &ignored) == GS_OK)
        seen++;
    gs_nodes_close(nodes);
    assert_int_equal(seen, 600);
    commit(batch);
    s = look(store, GS_NOW);
    MUST(gs_nodes_open(&nodes, s, 0, &err));
    for (seen = 0; gs_nodes_next(&number, nodes, &ignored) == GS_OK; seen++)
        MUST(gs_node_read(&node, s, number, &err));
    gs_nodes_close(nodes);
    assert_int_equal(seen, 600);
    gs_snapshot_close(s);
    gs_store_close(store);
}

static void change_chunk(uint64_t number, size_t at, unsigned char flip)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    MDB_val key = {sizeof number, &number}, value, to;

    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, GS_TABLES), 0);
    assert_int_equal(mdb_env_open(env, path, 0, 0600), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
    assert_int_equal(mdb_dbi_open(txn, gs_lmdb_tables[GS_TABLE_RECORDS].name,
                                  gs_lmdb_tables[GS_TABLE_RECORDS].flags, &dbi),
                     0);
    assert_int_equal(mdb_get(txn, dbi, &key, &value), 0);
    to = (MDB_val){value.mv_size, NULL};
    {
        unsigned char *bytes = malloc(value.mv_size);

        assert_non_null(bytes);
        memcpy(bytes, value.mv_data, value.mv_size);
        bytes[at % value.mv_size] ^= flip;
        to.mv_data = bytes;
        assert_int_equal(mdb_put(txn, dbi, &key, &to, 0), 0);
        free(bytes);
    }
    assert_int_equal(mdb_txn_commit(txn), 0);
    mdb_env_close(env);
}

/* Each byte of a chunk in turn: what is read is right, or refused. */
static void no_flipped_byte_is_read(void **unused)
{
    enum { NODES = 40, SIZE = 30, BYTES = 1400 };
    gs_store *store = fresh_store(path);
    gs_batch *batch = begin(store);
    size_t refused = 0;

    (void)unused;
    for (uint64_t n = 1; n <= NODES; n++)
        add_long(batch, n, SIZE);
    commit(batch);
    gs_store_close(store);
    for (size_t at = 0; at < BYTES; at += 11) {
        gs_snapshot *s;
        gs_arena arena = {0};
        size_t lost = 0;

        change_chunk(1, at, (unsigned char)(1 << at % 8));
        store = open_store(path);
        s = look(store, GS_NOW);
        for (uint64_t n = 1; n <= NODES; n++) {
            gs_node node;
            gs_value value;
            gs_error err = {0};
            gs_code rc = gs_node_read(&node, s, n, &err);

            if (rc == GS_OK)
                rc = gs_property(&value, s, node.properties, GS_P_TEXT, &arena, &err);
            if (rc == GS_OK)
                is_there(s, n, SIZE);
            else
                lost++;
        }
        refused += lost;
        gs_arena_free(&arena);
        assert_true(lost > 0);
        gs_snapshot_close(s);
        gs_store_close(store);
        change_chunk(1, at, (unsigned char)(1 << at % 8));
    }
    assert_true(refused > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_records_of_any_size),
        cmocka_unit_test(small_commits_leave_few_chunks),
        cmocka_unit_test(passes_numbers_of_other_things),
        cmocka_unit_test(no_flipped_byte_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
