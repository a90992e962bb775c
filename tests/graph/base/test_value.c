#include "graph/base/value.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void makes(void **state)
{
    (void)state;
    assert_int_equal(gs_string((gs_text){NULL, 0}).type, GS_NULL);
    assert_int_equal(gs_string(GS_TEXT("")).type, GS_STRING);
    assert_int_equal(gs_date(NULL).type, GS_NULL);
    assert_string_equal(gs_type_name(GS_NULL), "NULL");
    assert_string_equal(gs_type_name(GS_DATE), "DATE");
    assert_string_equal(gs_type_name(GS_PATH), "PATH");
}

static void finds_entries(void **state)
{
    gs_entry entries[] = {{GS_TEXT("a"), gs_integer(1)}, {GS_TEXT("ab"), gs_null}};
    gs_value map = gs_map(entries, 2);

    (void)state;
    assert_int_equal(gs_map_get(map, GS_TEXT("a")).as.integer, 1);
    assert_int_equal(gs_map_get(map, GS_TEXT("ab")).type, GS_NULL);
    assert_int_equal(gs_map_get(map, GS_TEXT("b")).type, GS_NULL);
    assert_int_equal(gs_map_get(gs_integer(1), GS_TEXT("a")).type, GS_NULL);
}

static gs_value one_of_each(gs_value *items, gs_entry *entries, gs_edtf *date,
                            gs_shown *shown)
{
    *date = gs_edtf_day(19304);
    entries[0] = (gs_entry){GS_TEXT("x"), gs_integer(7)};
    entries[1] = (gs_entry){GS_TEXT("y"), gs_date(date)};
    *shown = (gs_shown){gs_list(&items[0], 1), gs_map(entries, 2), 3, 4};
    items[0] = gs_string(GS_TEXT("text"));
    items[1] = gs_real(NAN);
    items[2] = gs_boolean(true);
    items[3] = gs_map(entries, 2);
    items[4] = (gs_value){.type = GS_NODE, .as.element = {5, shown}};
    items[5] = (gs_value){.type = GS_PATH, .as.path = {&items[4], 1}};
    items[6] = gs_null;
    return gs_list(items, 7);
}

static void copies_borrow_nothing(void **state)
{
    gs_value items[7], copy, again;
    gs_entry entries[2];
    gs_edtf date;
    gs_shown shown;
    gs_arena arena = {0}, other = {0};
    gs_error err;
    gs_value value = one_of_each(items, entries, &date, &shown);
    const gs_shown *made;

    (void)state;
    assert_int_equal(gs_value_copy(&copy, &arena, value, &err), GS_OK);
    assert_true(gs_value_same(copy, value));
    assert_int_equal(gs_value_copy(&again, &other, copy, &err), GS_OK);
    gs_arena_free(&arena); /* ASan sees a copy that borrows */
    assert_true(gs_value_same(again, value));
    made = again.as.list.items[4].as.element.shown;
    assert_ptr_not_equal(made, &shown);
    assert_true(gs_value_same(made->properties, shown.properties));
    assert_true(gs_value_same(made->labels, shown.labels));
    assert_true(made->start == 3 && made->end == 4);
    gs_arena_free(&other);
}

static void copies_may_fail(void **state)
{
    gs_value items[7], copy = gs_integer(77), nested[GS_NESTING_MAX + 3];
    gs_entry entries[2];
    gs_edtf date;
    gs_shown shown;
    gs_error err;
    gs_value value = one_of_each(items, entries, &date, &shown);
    gs_arena whole = {0};

    (void)state;
    for (size_t limit = 1; limit < 400; limit += 3) {
        gs_arena arena = {.limit = limit};

        assert_int_equal(gs_value_copy(&copy, &arena, value, &err), GS_MEMORY);
        gs_arena_free(&arena);
    }
    nested[0] = gs_null;
    for (int i = 1; i < GS_NESTING_MAX + 3; i++)
        nested[i] = gs_list(&nested[i - 1], 1);
    assert_int_equal(gs_value_copy(&copy, &whole, nested[GS_NESTING_MAX + 2], &err),
                     GS_LIMIT);
    assert_int_equal(copy.as.integer, 77); /* not written */
    assert_int_equal(gs_value_copy(&copy, &whole, nested[GS_NESTING_MAX], &err), GS_OK);
    gs_arena_free(&whole);
}

static void same_is_type_and_content(void **state)
{
    gs_entry one[] = {{GS_TEXT("a"), gs_integer(1)}, {GS_TEXT("b"), gs_null}};
    gs_entry two[] = {{GS_TEXT("b"), gs_null}, {GS_TEXT("a"), gs_integer(1)}};
    gs_entry three[] = {{GS_TEXT("a"), gs_integer(1)}, {GS_TEXT("c"), gs_null}};
    gs_value items[] = {gs_integer(1), gs_integer(2)};
    gs_value node = {.type = GS_NODE, .as.element = {1, NULL}};
    gs_value edge = {.type = GS_EDGE, .as.element = {1, NULL}};

    (void)state;
    assert_true(gs_value_same(gs_map(one, 2), gs_map(two, 2)));
    assert_false(gs_value_same(gs_map(one, 2), gs_map(three, 2)));
    assert_false(gs_value_same(gs_map(one, 2), gs_map(one, 1)));
    assert_false(gs_value_same(gs_list(items, 2), gs_list(items, 1)));
    assert_false(gs_value_same(gs_list(items, 1), gs_list(items + 1, 1)));
    assert_false(gs_value_same(gs_integer(1), gs_real(1)));
    assert_true(gs_value_same(gs_real(NAN), gs_real(NAN)));
    assert_false(gs_value_same(gs_real(NAN), gs_real(1)));
    assert_false(gs_value_same(gs_boolean(true), gs_boolean(false)));
    assert_true(gs_value_same(node, node));
    assert_false(gs_value_same(node, edge));
    assert_true(gs_value_same(gs_null, gs_null));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes),
        cmocka_unit_test(finds_entries),
        cmocka_unit_test(copies_borrow_nothing),
        cmocka_unit_test(copies_may_fail),
        cmocka_unit_test(same_is_type_and_content),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
