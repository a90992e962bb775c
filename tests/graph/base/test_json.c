#include "graph/base/value.h"
#include "tests/graph/base/cases.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *folder;

static gs_text through(gs_arena *arena, gs_text json)
{
    gs_value value = gs_integer(77);
    gs_buffer written = {0};
    gs_error err;
    gs_text text;

    if (gs_json_parse(&value, arena, json, &err) != GS_OK) {
        const char *why = strstr(err.text, "no JSON: ");

        assert_int_equal(err.code, GS_INPUT);
        assert_int_equal(value.as.integer, 77); /* not written */
        assert_non_null(why);
        why += strlen("no JSON: ");
        return gs_text_format(arena, "%u:%u %.*s", err.line, err.column,
                              (int)strcspn(why, ";"), why);
    }
    gs_json_write(&written, value);
    assert_false(written.failed);
    text = gs_text_copy(arena, gs_buffer_view(&written));
    gs_buffer_free(&written);
    return text;
}

static void reads_and_writes(void **state)
{
    char first[512], second[512];
    gs_text written, wanted;
    gs_arena arena = {0};
    cases c;

    (void)state;
    assert_true(cases_open(&c, folder, "json.case"));
    while (cases_next(&c, first, sizeof first, &written) &&
           cases_next(&c, second, sizeof second, &wanted)) {
        /* a copy of its own size, so that ASan sees who reads behind it */
        char *exact = malloc(written.size);

        memcpy(exact, written.bytes, written.size);
        cases_judge(&c, wanted, through(&arena, (gs_text){exact, written.size}));
        free(exact);
        gs_arena_reset(&arena);
    }
    gs_arena_free(&arena);
    fclose(c.file);
    assert_true(c.run > 60);
    assert_int_equal(c.failed, 0);
}

static void empty_text_is_no_json(void **state)
{
    gs_arena arena = {0};
    gs_value value;
    gs_error err;

    (void)state;
    assert_int_equal(gs_json_parse(&value, &arena, GS_TEXT(""), &err), GS_INPUT);
    assert_int_equal(gs_json_parse(&value, &arena, (gs_text){NULL, 0}, &err), GS_INPUT);
    gs_arena_free(&arena);
}

static gs_code parse_nested(size_t depth, char open, char close)
{
    char text[2048];
    gs_arena arena = {0};
    gs_value value;
    gs_error err;
    gs_code rc;

    memset(text, open, depth);
    memset(text + depth, close, depth);
    rc = gs_json_parse(&value, &arena, (gs_text){text, 2 * depth}, &err);
    if (rc != GS_OK)
        assert_non_null(strstr(err.text, "64 deep"));
    gs_arena_free(&arena);
    return rc;
}

static void depth_is_bounded(void **state)
{
    (void)state;
    assert_int_equal(parse_nested(64, '[', ']'), GS_OK);
    assert_int_equal(parse_nested(65, '[', ']'), GS_INPUT);
    assert_int_equal(parse_nested(1000, '[', ']'), GS_INPUT);
}

static void value_lives_without_its_text(void **state)
{
    char text[] = "{\"key\": [\"value\", \"\\u0041\"]}";
    gs_arena arena = {0};
    gs_value value, list;
    gs_error err;

    (void)state;
    assert_int_equal(gs_json_parse(&value, &arena, gs_text_of(text), &err), GS_OK);
    memset(text, '#', sizeof text);
    list = gs_map_get(value, GS_TEXT("key"));
    assert_int_equal(list.type, GS_LIST);
    assert_true(gs_text_equal(list.as.list.items[0].as.string, GS_TEXT("value")));
    assert_true(gs_text_equal(list.as.list.items[1].as.string, GS_TEXT("A")));
    gs_arena_free(&arena);
}

static void many_keys_are_looked_through(void **state)
{
    gs_buffer text = {0};
    gs_arena arena = {0};
    gs_value value;
    gs_error err;

    (void)state;
    gs_buffer_char(&text, '{');
    for (int i = 0; i < 20000; i++)
        gs_buffer_format(&text, "\"k%d\": %d, ", i, i);
    gs_buffer_text(&text, GS_TEXT("\"last\": 0}"));
    assert_int_equal(gs_json_parse(&value, &arena, gs_buffer_view(&text), &err), GS_OK);
    assert_int_equal(gs_map_get(value, GS_TEXT("k19999")).as.integer, 19999);
    text.size--;
    gs_buffer_text(&text, GS_TEXT(", \"k7\": 1}"));
    assert_int_equal(gs_json_parse(&value, &arena, gs_buffer_view(&text), &err),
                     GS_INPUT);
    gs_buffer_free(&text);
    gs_arena_free(&arena);
}

static void memory_may_be_wanting(void **state)
{
    gs_text json = GS_TEXT("{\"a\": [1, \"b\", {\"c\": \"\\n\"}], \"d\": [[[]]]}");
    gs_value value;
    gs_error err;

    (void)state;
    for (size_t limit = 1; limit < 3000; limit += 7) {
        gs_arena arena = {.limit = limit};
        gs_code rc = gs_json_parse(&value, &arena, json, &err);

        assert_true(rc == GS_OK || rc == GS_MEMORY);
        gs_arena_free(&arena);
    }
}

static void writes(gs_value value, const char *wanted)
{
    gs_buffer written = {0};

    gs_json_write(&written, value);
    gs_buffer_char(&written, '\0');
    assert_string_equal(written.bytes, wanted);
    gs_buffer_free(&written);
}

static void writes_what_json_lacks(void **state)
{
    gs_edtf day = gs_edtf_day(0);
    gs_value label = gs_string(GS_TEXT("Actor"));
    gs_entry entry = {GS_TEXT("name"), gs_string(GS_TEXT("KCNA"))};
    gs_shown actor = {gs_list(&label, 1), gs_map(&entry, 1), 0, 0};
    gs_shown made = {gs_list(&label, 1), gs_map(NULL, 0), 7, 8};
    gs_value items[] = {
        {.type = GS_NODE, .as.element = {7, &actor}},
        {.type = GS_EDGE, .as.element = {9, &made}},
        {.type = GS_NODE, .as.element = {8, NULL}},
    };

    (void)state;
    writes(gs_real(NAN), "\"NaN\"");
    writes(gs_real(INFINITY), "\"Infinity\"");
    writes(gs_real(-INFINITY), "\"-Infinity\"");
    writes(gs_date(&day), "\"1970-01-01\"");
    writes(gs_string(GS_TEXT("a\xff\xc3z")), "\"a\xef\xbf\xbd\xef\xbf\xbdz\"");
    writes(
        (gs_value){.type = GS_PATH, .as.path = {items, 3}},
        "[{\"node\": 7, \"labels\": [\"Actor\"], \"properties\": {\"name\": \"KCNA\"}}, "
        "{\"edge\": 9, \"type\": \"Actor\", \"start\": 7, \"end\": 8, \"properties\": "
        "{}}, "
        "{\"node\": 8}]");
}

static void nesting_past_all_measure_fails_the_buffer(void **state)
{
    gs_value values[GS_NESTING_MAX + 3];
    gs_buffer written = {0};

    (void)state;
    values[0] = gs_null;
    for (int i = 1; i < GS_NESTING_MAX + 3; i++)
        values[i] = gs_list(&values[i - 1], 1);
    gs_json_write(&written, values[GS_NESTING_MAX]);
    assert_false(written.failed);
    gs_json_write(&written, values[GS_NESTING_MAX + 2]);
    assert_true(written.failed);
    gs_buffer_free(&written);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_writes),
        cmocka_unit_test(empty_text_is_no_json),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(value_lives_without_its_text),
        cmocka_unit_test(many_keys_are_looked_through),
        cmocka_unit_test(memory_may_be_wanting),
        cmocka_unit_test(writes_what_json_lacks),
        cmocka_unit_test(nesting_past_all_measure_fails_the_buffer),
    };

    folder = count > 1 ? arguments[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
