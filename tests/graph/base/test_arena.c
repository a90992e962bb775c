#include "graph/base/arena.h"
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool is_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

/* Twice over: what is taken after a reset was written to before it. */
static void pieces_are_zeroed_aligned_and_apart(void **state)
{
    gs_arena arena = {0};
    unsigned char *pieces[600];

    (void)state;
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < 600; i++) {
            size_t size = i % 50 == 0 ? 300000 + i : i * 7;

            pieces[i] = gs_arena_take(&arena, size);
            assert_non_null(pieces[i]);
            assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
            assert_true(is_zero(pieces[i], size));
            memset(pieces[i], (int)(i % 255) + 1, size);
        }
        for (size_t i = 1; i < 600; i++)
            if (i % 50 != 0)
                assert_int_equal(pieces[i][i * 7 - 1], i % 255 + 1);
        gs_arena_reset(&arena);
        assert_int_equal(arena.used, 0);
    }
    gs_arena_free(&arena);
    assert_null(arena.head);
}

static void the_limit_holds(void **state)
{
    gs_arena arena = {.limit = 1000};

    (void)state;
    assert_non_null(gs_arena_take(&arena, 600));
    assert_null(gs_arena_take(&arena, 600));
    assert_non_null(gs_arena_take(&arena, 300)); /* a refusal takes nothing */
    assert_null(gs_arena_take(&arena, SIZE_MAX));
    gs_arena_reset(&arena);
    assert_non_null(gs_arena_take(&arena, 900));
    gs_arena_free(&arena);
}

static void sizes_that_overflow_are_refused(void **state)
{
    gs_arena arena = {0};

    (void)state;
    assert_null(gs_arena_array(&arena, SIZE_MAX / 2, 3));
    assert_null(gs_arena_take(&arena, SIZE_MAX));
    assert_null(gs_arena_take(&arena, SIZE_MAX - 40));
    assert_non_null(gs_arena_array(&arena, 0, 8));
    assert_non_null(gs_arena_take(&arena, 0));
    gs_arena_free(&arena);
}

static void arrays_grow_and_keep_their_items(void **state)
{
    gs_arena arena = {0};
    int *items = NULL;
    size_t room = 0, copies = 0;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        int *grown = gs_arena_grow(&arena, items, (size_t)i, &room, sizeof *items);

        assert_non_null(grown);
        assert_true(room > (size_t)i);
        copies += grown != items;
        items = grown;
        items[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    assert_true(copies < 12);
    gs_arena_free(&arena);
}

static void nothing_to_free(void **state)
{
    gs_arena arena = {0};

    (void)state;
    gs_arena_reset(&arena);
    gs_arena_free(&arena);
    gs_arena_free(&arena);
}

/* Blocks count with their heads; one that is kept for the next use counts too. */
static void a_budget_is_given_back(void **state)
{
    gs_budget budget = {.limit = 1000};
    gs_arena a = {.budget = &budget}, b = {.budget = &budget};

    (void)state;
    for (int i = 0; i < 20; i++) {
        assert_non_null(gs_arena_take(&a, 400));
        assert_non_null(gs_arena_take(&b, 400));
        assert_in_range(budget.used, 801, 1000);
        assert_null(gs_arena_take(&a, 400));
        gs_arena_reset(&a);
        gs_arena_free(&b);
        assert_in_range(budget.used, 0, 500);
    }
    gs_arena_free(&a);
    assert_int_equal(budget.used, 0);
}

static void a_budget_counts_what_is_kept(void **state)
{
    gs_budget budget = {.limit = 1 << 20};
    gs_arena arenas[100];
    size_t given = 0;

    (void)state;
    for (int i = 0; i < 100; i++) {
        arenas[i] = (gs_arena){.budget = &budget};
        given += gs_arena_take(&arenas[i], 200 << 10) != NULL;
        gs_arena_reset(&arenas[i]);
    }
    assert_true(given == 100 || given < 6);
    assert_true(budget.used <= budget.limit);
    for (int i = 0; i < 100; i++)
        gs_arena_free(&arenas[i]);
    assert_int_equal(budget.used, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(the_limit_holds),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(arrays_grow_and_keep_their_items),
        cmocka_unit_test(nothing_to_free),
        cmocka_unit_test(a_budget_is_given_back),
        cmocka_unit_test(a_budget_counts_what_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
