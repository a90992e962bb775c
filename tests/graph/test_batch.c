#include "tests/graph/support.h"

#include "graph/base/bytes.h"
#include "graph/records.h"
#include "graph/snapshot_impl.h"

static void numbers_its_commits(void **unused)
{
    gs_store *store = fresh_store("batch.store");
    gs_commit first, second, third, seen;
    gs_batch *batch = begin(store);
    gs_snapshot *s;
    uint64_t at;
    gs_error ignored;

    (void)unused;
    add_node(batch, GS_TOPIC, NULL);
    add_node(batch, GS_TOPIC, NULL);
    add_edge(batch, GS_ABOUT, 1, 2, NULL);
    first = commit(batch);
    assert_int_equal(first.number, 1);
    assert_int_equal(first.last, 3);
    assert_int_equal(first.nodes, 2);
    assert_int_equal(first.edges, 1);
    assert_int_equal(first.run, 1);
    assert_int_equal(first.time, 1000);
    second = commit(begin(store)); /* nothing in it */
    assert_memory_equal(&second, &first, sizeof first);
    MUST(gs_batch_begin(&batch, store, 7, 400, &err)); /* a clock that was set back */
    add_node(batch, GS_TOPIC, NULL);
    second = commit(batch);
    assert_int_equal(second.number, 2);
    assert_int_equal(second.time, 1000);
    assert_int_equal(second.run, 7);
    MUST(gs_batch_begin(&batch, store, 7, 2000, &err));
    add_node(batch, GS_TOPIC, NULL);
    third = commit(batch);
    assert_true(third.lmdb_txn > second.lmdb_txn);
    assert_memory_not_equal(third.hash, second.hash, sizeof third.hash);
    s = look(store, GS_NOW);
    MUST(gs_commit_read(&seen, s, 2, &err));
    assert_memory_equal(&seen, &second, sizeof seen);
    assert_int_equal(gs_commit_read(&seen, s, 4, &ignored), GS_END);
    assert_int_equal(gs_commit_read(&seen, s, 0, &ignored), GS_END);
    gs_snapshot_close(s);
    MUST(gs_snapshot_commit_at(&at, store, 999, &err));
    assert_int_equal(at, 0);
    MUST(gs_snapshot_commit_at(&at, store, 1000, &err));
    assert_int_equal(at, 2);
    MUST(gs_snapshot_commit_at(&at, store, 1999, &err));
    assert_int_equal(at, 2);
    MUST(gs_snapshot_commit_at(&at, store, INT64_MAX, &err));
    assert_int_equal(at, 3);
    REFUSED(GS_USAGE, "commit 9: the last one is 3",
            gs_snapshot_open(&s, store, 9, &err));
    gs_store_close(store);
}

/* A record as the digest of its commit has it. */
static void add_record(gs_buffer *to, const gs_snapshot *s, char kind, uint64_t number)
{
    unsigned char size[4];
    gs_text bytes;

    MUST(gs_record_find(&bytes, s, number, &err));
    gs_store_u32(size, (uint32_t)bytes.size);
    gs_buffer_char(to, kind);
    gs_buffer_bytes(to, size, sizeof size);
    gs_buffer_text(to, bytes);
}

/* A commit's hash as docs/format.md gives it, from the bytes of the tables. */
static void hash_by_the_book(unsigned char out[GS_SHA256_SIZE], const gs_snapshot *s,
                             uint64_t number, const char before[GS_SHA256_SIZE],
                             gs_text names, gs_text records)
{
    unsigned char bytes[8], digest[GS_SHA256_SIZE];
    MDB_val row;

    gs_store_u64(bytes, number);
    MUST(gs_txn_get(&row, s, GS_TABLE_COMMITS, gs_val(&number, sizeof number), &err));
    MUST(gs_sha256(digest, &records, 1, &err));
    {
        const gs_text pieces[] = {GS_TEXT("gainsay commit 2"),
                                  {before, GS_SHA256_SIZE},
                                  {(const char *)bytes, sizeof bytes},
                                  {row.mv_data, 48},
                                  names,
                                  {(const char *)digest, sizeof digest}};

        MUST(gs_sha256(out, pieces, 6, &err));
    }
}

static void proves_its_commits(void **unused)
{
    static const char zeros[GS_SHA256_SIZE];
    gs_store *store = fresh_store("batch.store");
    gs_batch *batch = begin(store);
    gs_snapshot *s;
    gs_commit_row first, second;
    gs_buffer records = {0};
    unsigned char hash[GS_SHA256_SIZE];

    (void)unused;
    add_node(batch, GS_TOPIC, "name", "a", "strange", "b", NULL);
    add_node(batch, GS_TOPIC, NULL);
    commit(batch);
    batch = begin(store);
    add_edge(batch, GS_ABOUT, 1, 2, "2022");
    commit(batch);
    s = look(store, GS_NOW);
    MUST(gs_commit_row_read(&first, s, 1, &err));
    MUST(gs_commit_row_read(&second, s, 2, &err));
    gs_buffer_bytes(&records, first.salt, sizeof first.salt);
    add_record(&records, s, 'n', 1);
    add_record(&records, s, 'n', 2);
    hash_by_the_book(hash, s, 1, zeros, GS_TEXT("\0\0\0\7strange"),
                     gs_buffer_view(&records));
    assert_memory_equal(first.commit.hash, hash, sizeof hash);
    gs_buffer_clear(&records);
    gs_buffer_bytes(&records, second.salt, sizeof second.salt);
    add_record(&records, s, 'e', 3);
    hash_by_the_book(hash, s, 2, (const char *)first.commit.hash, GS_TEXT(""),
                     gs_buffer_view(&records));
    assert_memory_equal(second.commit.hash, hash, sizeof hash);
    gs_buffer_free(&records);
    gs_snapshot_close(s);
    gs_store_close(store);
}

static void leaves_nothing_when_aborted(void **unused)
{
    gs_store *store = fresh_store("batch.store");
    gs_batch *batch = begin(store);
    gs_snapshot *s;
    uint32_t name;

    (void)unused;
    add_node(batch, GS_ACTOR, "name", "gone", "strange", "x", NULL);
    MUST(gs_batch_name(&name, batch, GS_TEXT("strange"), &err));
    assert_int_equal(name, GS_NAME_FIRST_FREE);
    gs_batch_abort(batch);
    gs_batch_abort(NULL);
    s = look(store, GS_NOW);
    assert_int_equal(gs_snapshot_last(s), 0);
    assert_int_equal(gs_name_find(s, GS_TEXT("strange")), 0);
    assert_int_equal(found_by(s, GS_BY_NAME, "gone"), 0);
    gs_snapshot_close(s);
    gs_store_close(store);
}

static void interns_names(void **unused)
{
    gs_store *store = fresh_store("batch.store");
    gs_batch *batch = begin(store);
    gs_snapshot *s;
    uint32_t one, two, again;
    char *longest = calloc(1, 70000);

    (void)unused;
    memset(longest, 'x', 65536);
    MUST(gs_batch_name(&one, batch, GS_TEXT("MADE"), &err));
    assert_int_equal(one, GS_MADE);
    MUST(gs_batch_name(&one, batch, gs_text_of(longest), &err));
    MUST(gs_batch_name(&two, batch, GS_TEXT("made"), &err));
    MUST(gs_batch_name(&again, batch, gs_text_of(longest), &err));
    assert_int_equal(one, GS_NAME_FIRST_FREE);
    assert_int_equal(two, one + 1);
    assert_int_equal(again, one);
    longest[65536] = 'x';
    REFUSED(GS_LIMIT, "a name of 65537 bytes",
            gs_batch_name(&again, batch, gs_text_of(longest), &err));
    commit(batch); /* the batch is none the worse */
    s = look(store, GS_NOW);
    longest[65536] = '\0';
    assert_int_equal(gs_name_find(s, gs_text_of(longest)), one);
    assert_true(gs_text_equal(gs_name_text(s, two), GS_TEXT("made")));
    assert_true(gs_text_equal(gs_name_text(s, GS_P_EVENT_DATE), GS_TEXT("event_date")));
    assert_int_equal(gs_name_find(s, GS_TEXT("NoComment")), GS_NOCOMMENT);
    assert_null(gs_name_text(s, 31).bytes);
    assert_null(gs_name_text(s, two + 1).bytes);
    assert_int_equal(gs_name_last(s), two);
    assert_int_equal(gs_name_find(s, GS_TEXT("")), 0);
    for (uint32_t i = GS_P_ID; i < GS_NAME_FIRST_FREE && gs_name_fixed(i).bytes; i++)
        assert_int_equal(gs_name_find(s, gs_name_fixed(i)), i);
    for (uint32_t i = GS_P_ID; i <= GS_P_READ_BY; i++) /* each has a text */
        assert_non_null(gs_name_fixed(i).bytes);
    gs_snapshot_close(s);
    gs_store_close(store);
    free(longest);
}

static void refuses_what_does_not_fit(void **unused)
{
    gs_store *store = fresh_store("batch.store");
    gs_batch *batch = begin(store);
    uint32_t labels[65];
    uint64_t number, node;
    gs_value deep = gs_integer(1), list[70];
    gs_entry entry = {GS_TEXT("x"), gs_null};

    (void)unused;
    for (uint32_t i = 0; i < 65; i++)
        labels[i] = 200 + i;
    REFUSED(GS_LIMIT, "65 labels",
            gs_batch_node(&number, batch, labels, 65, gs_null, &err));
    MUST(gs_batch_node(&node, batch, labels, 64, gs_null, &err));
    for (size_t i = 0; i < 70; i++) {
        list[i] = deep;
        deep = gs_list(&list[i], 1);
    }
    entry.value = deep;
    REFUSED(GS_LIMIT, "nested too deep",
            gs_batch_node(&number, batch, labels, 1, gs_map(&entry, 1), &err));
    assert_int_equal(commit(batch).last, 1);
    batch = begin(store);
    REFUSED(GS_FAILED, "no node 9",
            gs_batch_edge(&number, batch, 40, node, 9, NULL, gs_null, &err));
    gs_batch_abort(batch);
    batch = begin(store);
    REFUSED(GS_FAILED, "no node 0",
            gs_batch_edge(&number, batch, 40, 0, node, NULL, gs_null, &err));
    gs_batch_abort(batch);
    batch = begin(store);
    MUST(gs_batch_end(batch, node, &err));
    REFUSED(GS_FAILED, "no node or edge 1", gs_batch_end(batch, node, &err));
    gs_batch_abort(batch);
    batch = begin(store);
    MUST(gs_batch_end(batch, node, &err));
    REFUSED(GS_FAILED, "no node 1",
            gs_batch_edge(&number, batch, 40, node, node, NULL, gs_null, &err));
    gs_batch_abort(batch);
    batch = begin(store);
    add_edge(batch, 40, node, node, NULL);
    MUST(gs_batch_end(batch, node, &err));
    REFUSED(GS_FAILED, "no node 1",
            gs_batch_edge(&number, batch, 40, node, node, NULL, gs_null, &err));
    gs_batch_abort(batch);
    batch = begin(store);
    REFUSED(GS_FAILED, "no node 5", gs_batch_revise(batch, 5, gs_map(&entry, 1), &err));
    gs_batch_abort(batch);
    gs_store_close(store);
}

static void keeps_texts_by_version(void **unused)
{
    gs_store *store = fresh_store("batch.store");
    gs_batch *batch = begin(store);
    uint64_t document = add_node(batch, GS_DOCUMENT, NULL), other;
    gs_arena arena = {0};
    gs_text text;
    gs_error ignored;
    gs_snapshot *s;

    (void)unused;
    other = add_node(batch, GS_DOCUMENT, NULL);
    MUST(gs_batch_text(batch, document, GS_TEXT("first, first, first, first"), &err));
    MUST(gs_document_text(&text, gs_batch_snapshot(batch), document, &arena, &err));
    assert_true(gs_text_equal(text, GS_TEXT("first, first, first, first")));
    commit(batch);
    batch = begin(store);
    MUST(gs_batch_text(batch, document, GS_TEXT(""), &err));
    assert_int_equal(commit(batch).number, 2);
    batch = begin(store);
    MUST(gs_batch_end(batch, document, &err));
    commit(batch);
    for (uint64_t at = 0; at <= 3; at++) {
        static const gs_code codes[] = {GS_END, GS_OK, GS_OK, GS_END};

        s = look(store, at);
        assert_int_equal(gs_document_text(&text, s, document, &arena, &ignored),
                         codes[at]);
        assert_int_equal(gs_document_text(&text, s, other, &arena, &ignored), GS_END);
        if (codes[at] == GS_OK)
            assert_int_equal(text.size, at == 1 ? 26 : 0);
        gs_snapshot_close(s);
    }
    gs_arena_free(&arena);
    gs_store_close(store);
}

static void knows_who_waits(void **unused)
{
    gs_store *store = fresh_store("batch.store");
    gs_batch *batch = begin(store);
    gs_arena arena = {0};
    uint64_t *numbers;
    size_t count;

    (void)unused;
    MUST(gs_batch_wait(batch, GS_TEXT("later"), 9, &err));
    MUST(gs_batch_wait(batch, GS_TEXT("later"), 4, &err));
    MUST(gs_batch_wait(batch, GS_TEXT("later"), 9, &err));
    MUST(gs_batch_wait(batch, GS_TEXT("never"), 5, &err));
    commit(batch);
    batch = begin(store);
    MUST(gs_batch_waiting(&numbers, &count, batch, GS_TEXT("later"), &arena, &err));
    assert_int_equal(count, 2);
    assert_int_equal(numbers[0], 4);
    assert_int_equal(numbers[1], 9);
    MUST(gs_batch_arrived(batch, GS_TEXT("later"), &err));
    MUST(gs_batch_arrived(batch, GS_TEXT("later"), &err));
    MUST(gs_batch_waiting(&numbers, &count, batch, GS_TEXT("later"), &arena, &err));
    assert_int_equal(count, 0);
    MUST(gs_batch_waiting(&numbers, &count, batch, GS_TEXT("never"), &arena, &err));
    assert_int_equal(count, 1);
    commit(batch);
    gs_arena_free(&arena);
    gs_store_close(store);
}

static void knows_what_is_undecided(void **unused)
{
    static const gs_undecided answers[] = {
        {7, 12, 500, 500}, {7, 13, -500, -500}, {7, 11, 500, 500}, {7, 11, 500, 500},
        {8, 14, 500, 500}, {7, 15, 400, 900},   {7, 16, 600, 1000}};
    gs_store *store = fresh_store("batch.store");
    gs_batch *batch = begin(store);
    gs_arena arena = {0};
    uint64_t *found;
    size_t count;
    bool any;

    (void)unused;
    MUST(gs_batch_any_undecided(&any, batch, &err));
    assert_false(any);
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        MUST(gs_batch_undecided(batch, &answers[i], &err));
    MUST(gs_batch_find_undecided(&found, &count, batch, 7, (gs_window){-500, 500, false},
                                 1000, &arena, &err));
    assert_int_equal(count, 4);
    assert_int_equal(found[0], 13);
    assert_int_equal(found[1], 11);
    assert_int_equal(found[2], 12);
    assert_int_equal(found[3], 15); /* it ends later, and begins in time */
    MUST(gs_batch_find_undecided(&found, &count, batch, 7, (gs_window){-499, 399, false},
                                 200, &arena, &err));
    assert_int_equal(count, 0);
    MUST(gs_batch_decided(batch, &answers[2], &err));
    MUST(gs_batch_decided(batch, &(gs_undecided){7, 99, 500, 500}, &err));
    MUST(gs_batch_find_undecided(&found, &count, batch, 7, (gs_window){0, 600, false}, 0,
                                 &arena, &err));
    assert_int_equal(count, 1);
    assert_int_equal(found[0], 12);
    MUST(gs_batch_any_undecided(&any, batch, &err));
    assert_true(any);
    gs_batch_abort(batch);
    gs_arena_free(&arena);
    gs_store_close(store);
}

/* What was read of the batch is handed to its next write, pages of which it lies in. */
static void copies_what_it_reads(void **unused)
{
    gs_store *store = fresh_store("batch.store");
    gs_batch *batch = begin(store);
    gs_arena arena = {0};
    char name[64];
    uint32_t label = GS_ACTOR;
    uint64_t number;

    (void)unused;
    add_node(batch, GS_ACTOR, "name", "actor 0", NULL);
    for (uint64_t i = 1; i < 2000; i++) {
        gs_node node;
        gs_entry entries[] = {{GS_TEXT("kind"), gs_null}, {GS_TEXT("name"), gs_null}};

        MUST(gs_node_read(&node, gs_batch_snapshot(batch), i, &err));
        MUST(gs_property(&entries[0].value, gs_batch_snapshot(batch), node.properties,
                         GS_P_NAME, &arena, &err));
        snprintf(name, sizeof name, "actor %d", (int)i);
        entries[1].value = i % 2 ? string_of(name) : entries[0].value;
        MUST(gs_batch_node(&number, batch, &label, 1, gs_map(entries, 2), &err));
    }
    for (int i = 1; i < 1999; i += 2) {
        snprintf(name, sizeof name, "actor %d", i);
        assert_int_equal(found_by(gs_batch_snapshot(batch), GS_BY_NAME, name), 2);
    }
    gs_batch_abort(batch);
    gs_arena_free(&arena);
    gs_store_close(store);
}

static void keeps_ledgers(void **unused)
{
    gs_store *store = fresh_store("batch.store");
    gs_batch *batch = begin(store);
    gs_arena arena = {0};
    gs_entry entry = {GS_TEXT("job"), gs_integer(1)};
    gs_value map = gs_map(&entry, 1), seen;
    uint64_t number;
    gs_error ignored;
    gs_snapshot *s;

    (void)unused;
    MUST(gs_ledger_write(&number, batch, GS_LEDGER_RUNS, 0, map, &err));
    assert_int_equal(number, 1);
    MUST(gs_ledger_write(&number, batch, GS_LEDGER_REJECTS, 7, map, &err));
    MUST(gs_ledger_write(&number, batch, GS_LEDGER_RUNS, 0, map, &err));
    assert_int_equal(number, 2);
    MUST(gs_ledger_write(&number, batch, GS_LEDGER_REJECTS, 0, map, &err));
    assert_int_equal(number, 8);
    entry.value = gs_integer(2);
    MUST(gs_ledger_write(&number, batch, GS_LEDGER_RUNS, 1, map, &err));
    assert_int_equal(commit(batch).number, 0); /* nothing was numbered */
    s = look(store, GS_NOW);
    MUST(gs_ledger_read(&number, &seen, s, GS_LEDGER_RUNS, 0, &arena, &err));
    assert_int_equal(number, 1);
    assert_true(gs_value_same(seen, map));
    MUST(gs_ledger_read(&number, &seen, s, GS_LEDGER_RUNS, 2, &arena, &err));
    assert_int_equal(number, 2);
    assert_int_equal(
        gs_ledger_read(&number, &seen, s, GS_LEDGER_RUNS, 3, &arena, &ignored), GS_END);
    MUST(gs_ledger_read(&number, &seen, s, GS_LEDGER_REJECTS, 1, &arena, &err));
    assert_int_equal(number, 7);
    assert_int_equal(
        gs_ledger_read(&number, &seen, s, GS_LEDGER_REJECTS, 9, &arena, &ignored),
        GS_END);
    gs_snapshot_close(s);
    gs_arena_free(&arena);
    gs_store_close(store);
}

/* More edges than are read in one go when their node ends. */
static void ends_a_node_of_many_edges(void **unused)
{
    enum { EDGES = 5000 };
    gs_store *store = fresh_store("batch.store");
    gs_batch *batch = begin(store);
    uint64_t hub = add_node(batch, GS_ACTOR, NULL),
             other = add_node(batch, GS_ACTOR, NULL);
    gs_timeline *t;
    gs_hop hop;
    gs_error ignored;
    gs_snapshot *s;
    size_t seen[3] = {0};

    (void)unused;
    for (int i = 0; i < EDGES; i++)
        add_edge(batch, (uint32_t)(GS_MADE + i % 7), i % 2 ? hub : other,
                 i % 3 ? other : hub, i % 5 ? "2022-11-08" : "2022");
    commit(batch);
    batch = begin(store);
    MUST(gs_batch_end(batch, hub, &err));
    commit(batch);
    for (uint64_t at = 0; at <= 2; at++) {
        s = look(store, at);
        MUST(gs_timeline_open(&t, s, other, NULL, 0, GS_BOTH, GS_WINDOW_ALL, &err));
        while (gs_timeline_next(&hop, t, &ignored) == GS_OK)
            seen[at]++;
        gs_timeline_close(t);
        if (at == 2)
            assert_int_equal(gs_count_edges(s, 0), seen[2]);
        gs_snapshot_close(s);
    }
    assert_int_equal(seen[0], 0);
    assert_int_equal(seen[1], EDGES - (EDGES + 2) / 6);
    /* from `other` to itself: even, and not a multiple of three */
    assert_int_equal(seen[2], EDGES / 2 - (EDGES + 5) / 6);
    gs_store_close(store);
}

/* A node that ends and is there again takes its edges along, as of each commit. */
static void revives_what_has_ended(void **unused)
{
    gs_store *store = fresh_store("batch.store");
    gs_batch *batch = begin(store);
    uint64_t one = add_node(batch, GS_ACTOR, NULL), two = add_node(batch, GS_ACTOR, NULL);
    uint64_t edge = add_edge(batch, GS_MADE, one, two, "2022-11-08");
    uint64_t far = add_edge(batch, GS_MADE, two, one, NULL);
    static const uint64_t nodes[] = {0, 2, 1, 2, 2, 2}, edges[] = {0, 2, 0, 2, 1, 2};
    gs_snapshot *s;
    gs_node node;
    gs_edge record;
    gs_error ignored;

    (void)unused;
    commit(batch);
    batch = begin(store);
    REFUSED(GS_FAILED, "record 1 has not ended", gs_batch_revive(batch, one, &err));
    gs_batch_abort(batch);
    batch = begin(store);
    MUST(gs_batch_end(batch, one, &err));
    assert_int_equal(gs_node_read(&node, gs_batch_ever(batch), one, &ignored), GS_OK);
    commit(batch);
    batch = begin(store);
    MUST(gs_batch_revive(batch, one, &err));
    commit(batch);
    batch = begin(store);
    MUST(gs_batch_end(batch, edge, &err));
    commit(batch);
    batch = begin(store);
    MUST(gs_batch_revive(batch, edge, &err));
    commit(batch);
    for (uint64_t at = 1; at <= 5; at++) {
        s = look(store, at);
        assert_int_equal(gs_node_read(&node, s, one, &ignored) == GS_OK, nodes[at] == 2);
        assert_int_equal(gs_edge_read(&record, s, edge, &ignored) == GS_OK,
                         edges[at] == 2);
        assert_int_equal(gs_edge_read(&record, s, far, &ignored) == GS_OK, edges[at] > 0);
        if (at == 5) {
            assert_int_equal(gs_count_nodes(s, GS_ACTOR), 2);
            assert_int_equal(gs_count_edges(s, GS_MADE), 2);
        }
        gs_snapshot_close(s);
    }
    gs_store_close(store);
}

/* Each byte of a record flipped in the file: the read says which record it is. */
static void names_a_damaged_record(void **unused)
{
    static const char marker[] = "a text that is easily found in the file";
    gs_store *store = fresh_store("batch.store");
    gs_batch *batch = begin(store);
    uint64_t number = add_node(batch, GS_STATEMENT, "id", marker, NULL);
    char *bytes = malloc(1 << 20);
    gs_snapshot *s;
    gs_node node;
    size_t size, hits = 0;
    FILE *file;

    (void)unused;
    commit(batch);
    gs_store_close(store);
    file = fopen("batch.store/data.mdb", "r+");
    assert_non_null(file);
    size = fread(bytes, 1, 1 << 20, file);
    for (size_t i = 0; i + sizeof marker <= size; i++)
        if (memcmp(bytes + i, marker, sizeof marker - 1) == 0) {
            fseek(file, (long)i + 3, SEEK_SET);
            fputc(bytes[i + 3] ^ 1, file);
            hits++;
        }
    fclose(file);
    free(bytes);
    assert_true(hits > 0);
    store = open_store("batch.store");
    s = look(store, GS_NOW);
    REFUSED(GS_DAMAGED, "record 1 is damaged", gs_node_read(&node, s, number, &err));
    gs_snapshot_close(s);
    gs_store_close(store);
}

static void says_how_much_it_holds(void **unused)
{
    gs_store *store = fresh_store("batch.store");
    gs_batch *batch = begin(store);
    size_t before = gs_batch_dirty(batch), after;

    (void)unused;
    for (int i = 0; i < 5000; i++) {
        uint64_t node =
            add_node(batch, GS_STATEMENT, "text", "some words of a statement", NULL);

        add_edge(batch, GS_SAME_AS, node, node, "2022");
    }
    after = gs_batch_dirty(batch);
    assert_true(before < 65536);
    assert_true(after > 200000 && after < 20000000);
    gs_batch_abort(batch);
    gs_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_its_commits),
        cmocka_unit_test(proves_its_commits),
        cmocka_unit_test(leaves_nothing_when_aborted),
        cmocka_unit_test(interns_names),
        cmocka_unit_test(refuses_what_does_not_fit),
        cmocka_unit_test(keeps_texts_by_version),
        cmocka_unit_test(knows_who_waits),
        cmocka_unit_test(knows_what_is_undecided),
        cmocka_unit_test(copies_what_it_reads),
        cmocka_unit_test(keeps_ledgers),
        cmocka_unit_test(ends_a_node_of_many_edges),
        cmocka_unit_test(revives_what_has_ended),
        cmocka_unit_test(names_a_damaged_record),
        cmocka_unit_test(says_how_much_it_holds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
