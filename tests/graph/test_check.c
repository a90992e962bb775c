/* A whole store is whole; what is changed behind its back is found and named; no flipped
 * bit is fatal, and none that changes what is read goes unnoticed. */
#include "tests/graph/support.h"

#include "graph/base/hash.h"
#include "graph/check.h"
#include "graph/tables.h"

#include <lmdb.h>

enum { STEP = 331, TOLD = 4096 };

static const char path[] = "check.store", copy[] = "check.copy";

static void note(void *context, const gs_error *found)
{
    strncat(context, found->text, TOLD - strlen(context) - 1);
}

static gs_code check(char told[TOLD], const char *of)
{
    gs_check_options options = {.report = note, .context = told};
    gs_checked done;
    gs_error err = {0};

    told[0] = '\0';
    return gs_check(&done, of, &options, &err);
}

static void make_store(void)
{
    static const gs_entry changed[] = {
        {{"mood", 4}, {.type = GS_STRING, .as.string = {"angry", 5}}}};
    gs_store *store = fresh_store(path);
    gs_batch *batch = begin(store);
    uint64_t actor = add_node(batch, GS_ACTOR, "name", "somebody", "mood", "calm", NULL);

    for (int i = 0; i < 12; i++)
        add_edge(batch, GS_MADE, actor,
                 add_node(batch, GS_STATEMENT, "id", "s", "text", "some words", NULL),
                 i % 2 == 0 ? "2022" : "2021-05-04");
    MUST(gs_batch_text(batch, actor, GS_TEXT("a text"), &err));
    MUST(gs_batch_undecided(batch, &(gs_undecided){actor, 2, 500, 700}, &err));
    commit(batch);
    batch = begin(store);
    MUST(gs_batch_revise(batch, actor, gs_map(changed, 1), &err));
    MUST(gs_batch_end(batch, 2, &err));
    commit(batch);
    gs_store_close(store);
}

static void whole_stores_are_whole(void **unused)
{
    char told[TOLD];

    (void)unused;
    make_store();
    assert_int_equal(check(told, path), GS_OK);
    assert_string_equal(told, "");
    gs_store_close(fresh_store(copy));
    assert_int_equal(check(told, copy), GS_OK);
    remove_tree(copy);
    assert_int_equal(check(told, copy), GS_NO_STORE);
}

/* One transaction past the back of the store: takes the first row of a table away, or
 * puts it there once more under a key that is larger by one. */
static void change_first(gs_table table, bool twice)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    MDB_cursor *cursor;
    MDB_val key, value;
    char larger[64];

    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, GS_TABLES), 0);
    assert_int_equal(mdb_env_open(env, path, 0, 0600), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
    assert_int_equal(
        mdb_dbi_open(txn, gs_lmdb_tables[table].name, gs_lmdb_tables[table].flags, &dbi),
        0);
    assert_int_equal(mdb_cursor_open(txn, dbi, &cursor), 0);
    assert_int_equal(mdb_cursor_get(cursor, &key, &value, MDB_FIRST), 0);
    if (twice) {
        assert_true(key.mv_size <= sizeof larger);
        memcpy(larger, key.mv_data, key.mv_size);
        larger[gs_lmdb_tables[table].flags & MDB_INTEGERKEY ? 0 : key.mv_size - 1]++;
        key.mv_data = larger;
        assert_int_equal(mdb_put(txn, dbi, &key, &value, 0), 0);
    } else {
        assert_int_equal(mdb_cursor_del(cursor, 0), 0);
    }
    mdb_cursor_close(cursor);
    assert_int_equal(mdb_txn_commit(txn), 0);
    mdb_env_close(env);
}

static void lost_rows_are_named(void **unused)
{
    static const struct {
        gs_table table;
        const char *message;
    } cases[] = {
        {GS_TABLE_NAMES, "commit 1: its hash is not that of its records"},
        {GS_TABLE_RECORDS, "commit 1: its record 1 is gone"},
        {GS_TABLE_MARKS, "node 1: it is not marked as revised"},
        {GS_TABLE_VERSIONS, "commit 2: its record"},
        {GS_TABLE_ENDS, "commit 2: its record"},
        {GS_TABLE_TEXTS, "commit 1: its record"},
        {GS_TABLE_LABELS, "table labels: it lacks record 1"},
        {GS_TABLE_ADJACENCY, "table adjacency: it lacks record"},
        {GS_TABLE_INDEX, "table index: it lacks"},
        {GS_TABLE_WORDS, "table words: it lacks node 2"},
        {GS_TABLE_COMMITS, "commit 1 is gone"},
    };
    char told[TOLD];

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make_store();
        change_first(cases[i].table, false);
        assert_int_equal(check(told, path), GS_DAMAGED);
        if (strstr(told, cases[i].message) == NULL)
            fail_msg("wanted %s, got %s", cases[i].message, told);
    }
}

static void rows_too_many_are_named(void **unused)
{
    static const gs_table tables[] = {GS_TABLE_INDEX, GS_TABLE_WORDS};
    char told[TOLD], wanted[64];

    (void)unused;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        make_store();
        change_first(tables[i], true);
        assert_int_equal(check(told, path), GS_DAMAGED);
        snprintf(wanted, sizeof wanted, "table %s: it has other rows",
                 gs_lmdb_tables[tables[i]].name);
        if (strstr(told, wanted) == NULL)
            fail_msg("wanted %s, got %s", wanted, told);
    }
}

static void changed_rows_are_named(void **unused)
{
    char told[TOLD];

    (void)unused;
    make_store();
    change_first(GS_TABLE_UNDECIDED,
                 true); /* a row under a key that it was not made for */
    assert_int_equal(check(told, path), GS_DAMAGED);
    assert_non_null(strstr(told, "table undecided: a row is damaged"));
}

/* All that a reader sees of the nodes and edges there are; 0 where it is refused. */
static uint32_t seen(const char *of)
{
    gs_store *store = NULL;
    gs_snapshot *s = NULL;
    gs_error err = {0};
    gs_node node;
    gs_edge edge;
    uint32_t sum = 1;

    if (gs_store_open(&store, of, &(gs_store_options){0}, &err) != GS_OK ||
        gs_snapshot_open(&s, store, GS_NOW, &err) != GS_OK) {
        gs_store_close(store);
        return 0;
    }
    for (uint64_t i = 1; i <= gs_snapshot_last(s); i++) {
        if (gs_node_read(&node, s, i, &err) == GS_OK)
            sum = 31 * sum + gs_checksum(node.properties.bytes, node.properties.size);
        if (gs_edge_read(&edge, s, i, &err) == GS_OK)
            sum = 31 * sum + (uint32_t)(edge.start + 7 * edge.end + 77 * edge.type);
    }
    gs_snapshot_close(s);
    gs_store_close(store);
    return sum;
}

static void write_copy(const char *bytes, size_t size)
{
    FILE *file = fopen("check.copy/data.mdb", "w");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void no_bit_goes_unnoticed(void **unused)
{
    static char bytes[1 << 20];
    char told[TOLD];
    uint32_t truth;
    size_t size, found = 0;
    FILE *file;

    (void)unused;
    make_store();
    truth = seen(path);
    remove_tree(copy);
    assert_int_equal(system("cp -r check.store check.copy"), 0);
    file = fopen("check.store/data.mdb", "r");
    assert_non_null(file);
    size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    for (size_t at = 0; at < size; at += STEP) {
        gs_code rc;

        bytes[at] = (char)(bytes[at] ^ 1 << at % 8);
        write_copy(bytes, size);
        rc = check(told, copy);
        found += rc != GS_OK;
        if (rc == GS_OK && seen(copy) != truth)
            fail_msg("byte %zu: another store, and nothing said", at);
        bytes[at] = (char)(bytes[at] ^ 1 << at % 8);
    }
    assert_true(found > 0);
    write_copy(bytes, size - 4096);
    assert_int_equal(check(told, copy), GS_DAMAGED);
    assert_non_null(strstr(told, "cut off"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_stores_are_whole),
        cmocka_unit_test(lost_rows_are_named),
        cmocka_unit_test(rows_too_many_are_named),
        cmocka_unit_test(changed_rows_are_named),
        cmocka_unit_test(no_bit_goes_unnoticed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
