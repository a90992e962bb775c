/* Nodes are made short when their chunk is written: what is read of them is the same
 * before and behind it, and the commits' hashes hold. */
#include "tests/graph/support.h"

#include "graph/base/buffer.h"
#include "graph/check.h"

static const char path[] = "short.store";

enum { NODES = 1500, KEYS = 9 };

static const char *const keys[KEYS] = {"id",  "kind", "text",     "date",   "checked",
                                       "url", "name", "identity", "strange"};

static uint64_t seed;

static uint64_t dice(uint64_t sides)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (seed >> 33) % sides;
}

/* Texts of any length, mostly like one another, some like nothing. */
static gs_value any_text(gs_arena *arena)
{
    size_t size = dice(30) == 0 ? dice(20000) : dice(90);
    char *bytes = gs_arena_take(arena, size + 1);

    assert_non_null(bytes);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)('a' + (dice(9) == 0 ? dice(26) : i % 26));
    return gs_string((gs_text){bytes, size});
}

static gs_value any_date(gs_arena *arena)
{
    static const char *const dates[] = {"2022-11-08", "1969-12-31", "0000-01-01", "2022",
                                        "2022-11-08~"};
    gs_edtf *date = gs_arena_take(arena, sizeof *date);

    assert_non_null(date);
    MUST(gs_edtf_parse(date, gs_text_of(dates[dice(5)]), &err));
    return gs_date(date);
}

static gs_value any_value(size_t key, gs_arena *arena)
{
    static const char *const kinds[] = {"claim", "denial", "counterclaim"};

    if (dice(4) == 0)
        return gs_null;
    switch (key) {
    case 1:
        return string_of(kinds[dice(3)]);
    case 3:
        return dice(9) == 0 ? any_text(arena) : any_date(arena);
    case 4:
        return gs_integer((int64_t)dice(1 << 30));
    default:
        return any_text(arena);
    }
}

static uint64_t add_any(gs_batch *batch)
{
    static const uint32_t labels[][3] = {{GS_ACTOR},
                                         {GS_DOCUMENT},
                                         {GS_STATEMENT, GS_CLAIM},
                                         {GS_STATEMENT, GS_DENIAL},
                                         {GS_STATEMENT, GS_COUNTERCLAIM, GS_CLAIM},
                                         {GS_CLAIM}};
    static const size_t counts[] = {1, 1, 2, 2, 3, 1};
    gs_entry entries[KEYS];
    gs_arena arena = {0};
    uint64_t number = 0;
    size_t set = dice(6);

    for (size_t i = 0; i < KEYS; i++)
        entries[i] = (gs_entry){gs_text_of(keys[i]), any_value(i, &arena)};
    MUST(gs_batch_node(&number, batch, labels[set], counts[set], gs_map(entries, KEYS),
                       &err));
    gs_arena_free(&arena);
    return number;
}

/* All that is read of a node, one way and the other. */
static char *read_all(const gs_snapshot *s, uint64_t number)
{
    gs_arena arena = {0};
    gs_buffer out = {0};
    gs_node node;
    gs_value all, one;

    MUST(gs_node_read(&node, s, number, &err));
    gs_buffer_format(&out, "%u labels ", node.label_count);
    MUST(gs_properties(&all, s, node.properties, &arena, &err));
    gs_json_write(&out, all);
    for (size_t i = 0; i < KEYS; i++) {
        MUST(gs_property(&one, s, node.properties, gs_name_find(s, gs_text_of(keys[i])),
                         &arena, &err));
        if (!gs_value_same(one, gs_map_get(all, gs_text_of(keys[i]))))
            fail_msg("node %d: another %s", (int)number, keys[i]);
    }
    gs_buffer_char(&out, '\0');
    assert_false(out.failed);
    gs_arena_free(&arena);
    return out.bytes;
}

static void is_read_as_before(gs_store *store, char **wanted)
{
    gs_snapshot *s = look(store, GS_NOW);

    for (uint64_t i = 0; i < NODES; i++) {
        uint64_t number = 1 + i * 7919 % NODES; /* to and fro */
        char *seen = read_all(s, number);

        assert_string_equal(seen, wanted[number]);
        free(seen);
    }
    gs_snapshot_close(s);
}

static void reads_the_same_when_short(void **unused)
{
    static const gs_entry changed = {{"strange", 7}, {.type = GS_INTEGER}};
    static char *wanted[NODES + 1];
    gs_store *store = fresh_store(path);
    gs_check_options options = {0};
    gs_checked done;
    uint64_t number = 0;

    (void)unused;
    seed = 3;
    while (number < NODES) { /* commits of any size, whose chunks are merged */
        gs_batch *batch = begin(store);

        for (uint64_t left = 1 + dice(dice(9) == 0 ? 700 : 20);
             left > 0 && number < NODES; left--) {
            number = add_any(batch);
            wanted[number] = read_all(gs_batch_snapshot(batch), number);
            if (number % 9 == 0)
                free(read_all(gs_batch_snapshot(batch), 1 + dice(number)));
        }
        commit(batch);
    }
    is_read_as_before(store, wanted);
    MUST(gs_check(&done, path, &options, &err));
    {
        gs_batch *batch = begin(store);

        for (uint64_t n = 1; n <= NODES; n += 3) {
            MUST(gs_batch_revise(batch, n, gs_map(&changed, 1), &err));
            free(wanted[n]);
            wanted[n] = read_all(gs_batch_snapshot(batch), n);
            assert_non_null(strstr(wanted[n], "\"strange\": 0"));
        }
        commit(batch);
    }
    is_read_as_before(store, wanted);
    gs_store_close(store);
    MUST(gs_check(&done, path, &options, &err));
    for (number = 1; number <= NODES; number++)
        free(wanted[number]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_the_same_when_short)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
