/* Sorted runs against a plain list of what went in: in batches of any size, over many
 * commits, each row is found and no other; there are few runs, whatever the batches. */
#include "tests/graph/support.h"

#include "graph/index_impl.h"
#include "graph/pending.h"

#include <stdlib.h>

enum { BATCHES = 60, ROWS_MAX = 200000 };

static gs_index_row rows[ROWS_MAX];
static size_t row_count;

static uint64_t random_of(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 20;
}

static gs_index_row make_row(uint64_t *state, uint64_t number)
{
    uint64_t hash = random_of(state) & ((UINT64_C(1) << 40) - 1);

    switch (random_of(state) % 20) {
    case 0:
        return (gs_index_row){7, number}; /* a key of many */
    case 1:
        return (gs_index_row){(UINT64_C(1) << 40) - 1, number};
    case 2:
        return (gs_index_row){0, number};
    case 3: /* a number of a node that is revised later */
        return (gs_index_row){hash, 1 + random_of(state) % number};
    default:
        return (gs_index_row){hash, number};
    }
}

static bool has(const gs_snapshot *s, gs_index_row row, size_t *seen)
{
    gs_candidates candidates;
    gs_error ignored;
    uint64_t number;
    bool found = false;

    *seen = 0;
    MUST(gs_candidates_open(&candidates, s, row.hash, &err));
    while (gs_candidates_next(&number, &candidates, &ignored) == GS_OK) {
        found = found || number == row.number;
        ++*seen;
    }
    return found;
}

static void check_rows(const gs_snapshot *s, size_t step)
{
    size_t seen;

    for (size_t i = 0; i < row_count; i += step) {
        if (!has(s, rows[i], &seen))
            fail_msg("row %zu of %zu is not found", i, row_count);
        assert_true(has(s, (gs_index_row){rows[i].hash ^ 1 << 9, UINT64_MAX}, &seen) ==
                    false);
    }
}

static void finds_what_went_in(void **unused)
{
    gs_store *store = fresh_store("runs.store");
    uint64_t state = 5, number = 1;

    (void)unused;
    row_count = 0;
    for (int i = 0; i < BATCHES; i++) {
        gs_batch *batch = begin(store);
        const gs_snapshot *s = gs_batch_snapshot(batch);
        size_t many = i % 7 == 0 ? random_of(&state) % 9000 : random_of(&state) % 5;

        for (size_t j = 0; j < many && row_count < ROWS_MAX; j++) {
            rows[row_count] = make_row(&state, number++);
            MUST(gs_pending_keys_add(&s->pending->keys, s, rows[row_count++], &err));
            if (j == many / 2 && i % 2 == 0) /* several runs of one transaction */
                MUST(gs_pending_keys_flush(&s->pending->keys, s, &err));
        }
        check_rows(s, 997);
        add_node(batch, GS_TOPIC, NULL);
        commit(batch);
    }
    {
        gs_snapshot *s = look(store, GS_NOW);

        check_rows(s, 1);
        assert_true(s->runs->count < 30);
        gs_snapshot_close(s);
    }
    gs_store_close(store);
}

/* A number has a hash once, in whichever batch it came again. */
static void has_each_once(void **unused)
{
    gs_store *store = fresh_store("runs.store");
    gs_entry names[] = {{GS_TEXT("name"), string_of("one")},
                        {GS_TEXT("aliases"), string_of("ONE")}};
    gs_entry url = {GS_TEXT("url"), string_of("https://a.example/")};
    gs_batch *batch = begin(store);
    gs_snapshot *s;
    uint32_t label = GS_ACTOR;
    uint64_t actor;
    size_t seen;

    (void)unused;
    MUST(gs_batch_node(&actor, batch, &label, 1, gs_map(names, 2), &err));
    add_node(batch, GS_DOCUMENT, "url", "https://a.example/", "identity",
             "https://a.example/", NULL);
    commit(batch);
    for (int i = 0; i < 3; i++) {
        batch = begin(store);
        MUST(gs_batch_revise(batch, actor, gs_map(names, 2), &err));
        MUST(gs_batch_revise(batch, actor + 1, gs_map(&url, 1), &err));
        commit(batch);
    }
    s = look(store, GS_NOW);
    assert_true(
        has(s, (gs_index_row){gs_key_hash(s, false, GS_TEXT("one")), actor}, &seen));
    assert_int_equal(seen, 1);
    assert_true(has(
        s, (gs_index_row){gs_key_hash(s, false, url.value.as.string), actor + 1}, &seen));
    assert_int_equal(seen, 1);
    gs_snapshot_close(s);
    gs_store_close(store);
}

/* Very many nodes under one key must not make each next one slower. */
static void takes_a_key_of_very_many(void **unused)
{
    enum { MANY = 200000 };
    gs_store *store = fresh_store("runs.store");
    gs_batch *batch = begin(store);
    const gs_snapshot *s = gs_batch_snapshot(batch);
    size_t seen;

    (void)unused;
    for (uint64_t i = 1; i <= MANY; i++)
        MUST(gs_pending_keys_add(&s->pending->keys, s, (gs_index_row){9, i}, &err));
    assert_true(has(s, (gs_index_row){9, 1}, &seen));
    assert_int_equal(seen, MANY);
    MUST(gs_pending_keys_flush(&s->pending->keys, s, &err));
    assert_true(has(s, (gs_index_row){9, MANY}, &seen));
    assert_int_equal(seen, MANY);
    gs_batch_abort(batch);
    gs_store_close(store);
}

static void sorts_by_hash_then_number(void **unused)
{
    enum { MANY = 5000 };
    static gs_index_row spare[MANY];
    uint64_t state = 11;

    (void)unused;
    for (int turn = 0; turn < 4; turn++) {
        size_t many = turn % 2 == 0 ? MANY : 50;

        for (size_t i = 0; i < many; i++)
            rows[i] = turn < 2 ? (gs_index_row){random_of(&state) % 900 << 25, i + 1}
                               : make_row(&state, i + 1);
        gs_index_rows_sort(rows, spare, many);
        for (size_t i = 1; i < many; i++)
            assert_true(rows[i - 1].hash < rows[i].hash ||
                        (rows[i - 1].hash == rows[i].hash &&
                         rows[i - 1].number <= rows[i].number));
    }
}

/* What is asked often is asked of a filter, which may say yes where there is nothing, and
 * never no where there is; what the batch adds is in it. */
static void knows_what_is_absent(void **unused)
{
    gs_store *store = fresh_store("runs.store");
    gs_batch *batch = begin(store);
    const gs_snapshot *s = gs_batch_snapshot(batch);
    uint64_t state = 11;
    size_t wrong = 0;

    (void)unused;
    for (row_count = 0; row_count < 9000; row_count++) {
        rows[row_count] = make_row(&state, row_count + 1);
        MUST(gs_pending_keys_add(&s->pending->keys, s, rows[row_count], &err));
        if (row_count == 8000)
            MUST(gs_pending_keys_flush(&s->pending->keys, s, &err));
        for (size_t i = 0; row_count > 8000 && i < 10; i++)
            assert_true(gs_index_runs_may_have(s->runs, s, rows[i].hash));
    }
    assert_true(s->runs->filter != NULL);
    MUST(gs_pending_keys_flush(&s->pending->keys, s, &err));
    for (size_t i = 0; i < row_count; i++) {
        assert_true(gs_index_runs_may_have(s->runs, s, rows[i].hash));
        wrong += gs_index_runs_may_have(s->runs, s, make_row(&state, 1).hash);
    }
    assert_true(wrong < row_count / 2);
    gs_batch_abort(batch);
    gs_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_went_in),
        cmocka_unit_test(has_each_once),
        cmocka_unit_test(takes_a_key_of_very_many),
        cmocka_unit_test(sorts_by_hash_then_number),
        cmocka_unit_test(knows_what_is_absent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
