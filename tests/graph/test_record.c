#include "tests/graph/support.h"

#include "graph/adjacency.h"
#include "graph/compact.h"
#include "graph/properties.h"
#include "graph/record.h"

static gs_edge edge_of(void)
{
    return (gs_edge){
        .number = 77,
        .start = 5,
        .end = GS_NUMBER_MAX,
        .type = UINT32_MAX,
        .earliest = GS_EDTF_OPEN_START,
        .latest = GS_EDTF_OPEN_END,
        .inferred = true,
        .start_dated = true,
        .start_sort = GS_SORT_ASSESSMENT,
        .end_sort = GS_SORT_ACTOR,
        .properties = {"\x81\x47\x01", 3},
    };
}

static void reads_nodes_that_it_wrote(void **unused)
{
    static const struct {
        uint32_t labels[4];
        size_t count, size;
    } cases[] = {
        {{0}, 0, 3},
        {{GS_ACTOR}, 1, 2},
        {{GS_STATEMENT, GS_CLAIM}, 2, 2},
        {{GS_CLAIM, GS_STATEMENT}, 2, 11},
        {{GS_STATEMENT, GS_COUNTERCLAIM, GS_CLAIM}, 3, 2},
        {{GS_STATEMENT, GS_COUNTERCLAIM, GS_CLAIM, UINT32_MAX}, 4, 19},
    };
    gs_buffer bytes = {0};
    gs_node node;

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gs_buffer_clear(&bytes);
        gs_record_node(&bytes, cases[i].labels, cases[i].count, GS_TEXT("\x80"));
        assert_int_equal(bytes.size, cases[i].size);
        assert_false(gs_record_is_edge(gs_buffer_view(&bytes)));
        MUST(gs_record_read_node(&node, 9, gs_buffer_view(&bytes), &err));
        assert_int_equal(node.number, 9);
        assert_int_equal(node.label_count, cases[i].count);
        for (uint32_t k = 0; k < node.label_count; k++)
            assert_int_equal(gs_node_label(&node, k), cases[i].labels[k]);
        assert_true(gs_text_equal(node.properties, GS_TEXT("\x80")));
        for (size_t size = 0; size < bytes.size; size++)
            REFUSED(GS_DAMAGED, "node 9",
                    gs_record_read_node(&node, 9, (gs_text){bytes.bytes, size}, &err));
    }
    bytes.bytes[0] = GS_SORTS;
    REFUSED(GS_DAMAGED, "node 9",
            gs_record_read_node(&node, 9, gs_buffer_view(&bytes), &err));
    gs_buffer_free(&bytes);
}

static void reads_edges_that_it_wrote(void **unused)
{
    static const char *const dates[] = {
        NULL,   "2022-11-08", "1969-12-31",    "0000-01-01", "9999-12-31",
        "2022", "2022~",      "../2022-11-08", "2022/..",    "2022-11-08T09:30:00+02:00",
    };
    gs_buffer bytes = {0};

    (void)unused;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        gs_edge edge = edge_of(), seen;
        gs_edtf date;

        if (dates[i] != NULL) {
            MUST(gs_edtf_parse(&date, gs_text_of(dates[i]), &err));
            edge.earliest = date.earliest;
            edge.latest = date.latest;
        }
        gs_buffer_clear(&bytes);
        gs_record_edge(&bytes, &edge, dates[i] != NULL ? &date : NULL);
        assert_true(gs_record_is_edge(gs_buffer_view(&bytes)));
        MUST(gs_record_read_edge(&seen, 77, gs_buffer_view(&bytes), &err));
        assert_int_equal(seen.start, edge.start);
        assert_int_equal(seen.end, edge.end);
        assert_int_equal(seen.type, edge.type);
        assert_true(seen.earliest == edge.earliest && seen.latest == edge.latest);
        assert_true(seen.inferred && seen.start_dated && !seen.end_dated);
        assert_int_equal(seen.start_sort, edge.start_sort);
        assert_int_equal(seen.end_sort, edge.end_sort);
        for (size_t size = 0; size + 3 < bytes.size; size++)
            REFUSED(GS_DAMAGED, "edge 77",
                    gs_record_read_edge(&seen, 77, (gs_text){bytes.bytes, size}, &err));
    }
    gs_buffer_free(&bytes);
}

static void keeps_order_in_bytes(void **unused)
{
    static const int64_t times[] = {INT64_MIN, INT64_MIN + 1, -62167219200,  -1,       0,
                                    1,         253402300799,  INT64_MAX - 1, INT64_MAX};
    unsigned char before[GS_TIME_SIZE], bytes[GS_TIME_SIZE];

    (void)unused;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        gs_store_time(bytes, times[i]);
        if (times[i] != INT64_MIN + 1 && times[i] != INT64_MAX - 1)
            assert_int_equal(gs_load_time(bytes), times[i]);
        if (i > 0)
            assert_true(memcmp(before, bytes, sizeof bytes) < 0);
        memcpy(before, bytes, sizeof bytes);
    }
}

static void classes_bound_their_lengths(void **unused)
{
    (void)unused;
    assert_int_equal(gs_length_class(0, 86399), 0);
    assert_int_equal(gs_length_class(0, 86401), 1);
    assert_int_equal(gs_length_class(0, INT64_C(31) * 86400), 1);
    assert_int_equal(gs_length_class(0, INT64_C(31) * 86400 + 1), 2);
    assert_int_equal(gs_length_class(0, INT64_C(366) * 86400), 2);
    assert_int_equal(gs_length_class(0, INT64_C(366) * 86400 + 1), 3);
    assert_int_equal(gs_length_class(INT64_MIN, 0), 3);
    assert_int_equal(gs_length_class(0, INT64_MAX), 3);
}

/* All entries of a map, whose keys count from 1, up to its last byte; or GS_DAMAGED. */
static gs_code walk(gs_text map)
{
    gs_error ignored;
    gs_property_cursor cursor;
    gs_text value;
    uint32_t key = 0, seen = 0;
    gs_code rc = gs_properties_first(&cursor, map, &ignored);

    while (rc == GS_OK &&
           (rc = gs_properties_next(&key, &value, &cursor, &ignored)) == GS_OK)
        assert_int_equal(key, ++seen);
    if (rc == GS_END)
        assert_int_equal(cursor.at, map.size);
    return rc;
}

#define MAP(literal)                                                                     \
    {                                                                                    \
        literal, sizeof(literal) - 1                                                     \
    }

/* Maps that hold, together, each head that MessagePack has. */
static void passes_every_value(void **unused)
{
    static const gs_text maps[] = {
        MAP("\x83\x01\xc0\x02\xc2\x03\xc3"),
        MAP("\x83\x01\xc4\x02yz\x02\xc5\x00\x01y\x03\xc6\x00\x00\x00\x01y"),
        MAP("\x83\x01\xc7\x02\x01yz\x02\xc8\x00\x01\x01y\x03\xc9\x00\x00\x00\x01\x01y"),
        MAP("\x82\x01\xca----\x02\xcb--------"),
        MAP("\x84\x01\xcc-\x02\xcd--\x03\xce----\x04\xcf--------"),
        MAP("\x84\x01\xd0-\x02\xd1--\x03\xd2----\x04\xd3--------"),
        MAP("\x85\x01\xd4--\x02\xd5---\x03\xd6-----\x04\xd7---------\x05\xd8-------------"
            "---"
            "-"),
        MAP("\x83\x01\xd9\x01x\x02\xda\x00\x01x\x03\xdb\x00\x00\x00\x01x"),
        MAP("\x83\x01\x92\x91\x01\x02\x02\xdc\x00\x02\x01\xa1x\x03\xdd\x00\x00\x00\x01"
            "\x90"),
        MAP("\x83\x01\x81\xa1x\x92\x01\x02\x02\xde\x00\x01\x01\x02\x03\xdf\x00\x00\x00"
            "\x01"
            "\x01\x80"),
        MAP("\xde\x00\x02\xcc\x01\x05\xcd\x00\x02\xff"),
        MAP("\xdf\x00\x00\x00\x01\xce\x00\x00\x00\x01\xa1x"),
    };

    (void)unused;
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        if (walk(maps[i]) != GS_END)
            fail_msg("map %zu is not passed", i);
        /* cut off anywhere, it is refused, and nothing behind it is read */
        for (size_t size = 0; size < maps[i].size; size++) {
            char *copy = malloc(size > 0 ? size : 1);

            assert_non_null(copy);
            memcpy(copy, maps[i].bytes, size);
            assert_int_equal(walk((gs_text){copy, size}), GS_DAMAGED);
            free(copy);
        }
    }
    assert_int_equal(walk(GS_TEXT("\x81\xa1x\x01")),
                     GS_DAMAGED); /* a key that is no number */
    assert_int_equal(walk(GS_TEXT("\x81\x01\xc1")), GS_DAMAGED);
    assert_int_equal(walk(GS_TEXT("\x81\x01\xdd\xff\xff\xff\xff\x01")), GS_DAMAGED);
    assert_int_equal(walk(GS_TEXT("\x01")), GS_DAMAGED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_nodes_that_it_wrote),
        cmocka_unit_test(reads_edges_that_it_wrote),
        cmocka_unit_test(keeps_order_in_bytes),
        cmocka_unit_test(classes_bound_their_lengths),
        cmocka_unit_test(passes_every_value),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
