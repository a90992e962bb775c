#include "graph/base/grow.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_numbers_keep_their_order(void **state)
{
    gs_numbers numbers = {0};
    gs_error err;

    (void)state;
    for (uint64_t i = 0; i < 1000; i++)
        assert_int_equal(gs_numbers_add(&numbers, i * i, &err), GS_OK);
    assert_int_equal(numbers.count, 1000);
    assert_true(numbers.room >= numbers.count);
    for (uint64_t i = 0; i < 1000; i++)
        assert_int_equal(numbers.items[i], i * i);
    free(numbers.items);
}

static void test_what_is_too_large_leaves_the_old(void **state)
{
    size_t room = 0;
    char *items = gs_grow(NULL, 0, &room, 1), *more;

    (void)state;
    assert_non_null(items);
    items[0] = 'x';
    assert_ptr_equal(gs_grow(items, 1, &room, 1), items); /* room is left */
    more = gs_grow(items, room, &(size_t){room}, SIZE_MAX / 4);
    assert_null(more);
    assert_int_equal(items[0], 'x');
    free(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_keep_their_order),
        cmocka_unit_test(test_what_is_too_large_leaves_the_old),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
