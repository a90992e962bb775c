#include "graph/base/text.h"
#include "tests/graph/base/cases.h"
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *folder;

static void folds(void **state)
{
    char first[512], second[512];
    gs_text written, wanted;
    gs_arena arena = {0};
    cases c;

    (void)state;
    assert_true(cases_open(&c, folder, "fold.case"));
    while (cases_next(&c, first, sizeof first, &written) &&
           cases_next(&c, second, sizeof second, &wanted)) {
        gs_text folded = gs_fold(&arena, written);
        gs_text pieces[] = {GS_TEXT("|"), folded, GS_TEXT("|")};

        cases_judge(&c, wanted, gs_text_join(&arena, pieces, 3, GS_TEXT("")));
        gs_arena_reset(&arena);
    }
    gs_arena_free(&arena);
    fclose(c.file);
    assert_true(c.run > 30);
    assert_int_equal(c.failed, 0);
}

/* Else what is stored folded could not be found by folding what is asked. */
static void folding_twice_changes_nothing(void **state)
{
    gs_arena arena = {0};

    (void)state;
    for (int32_t point = 0; point <= 0x10ffff; point++) {
        char bytes[16] = "ab ";
        size_t size =
            point >= 0xd800 && point <= 0xdfff ? 0 : gs_utf8_put(bytes + 2, point);
        gs_text text = {bytes, size + 3}, once, twice;

        bytes[size + 2] = 'C';
        once = gs_fold(&arena, text);
        twice = gs_fold(&arena, once);
        if (once.bytes == NULL || !gs_text_equal(once, twice))
            fail_msg("U+%04X: %.*s, then %.*s", (unsigned)point, GS_SHOW(once),
                     GS_SHOW(twice));
        once = gs_normalise(&arena, text);
        twice = gs_normalise(&arena, once);
        if (once.bytes == NULL || !gs_text_equal(once, twice))
            fail_msg("U+%04X is not normalised", (unsigned)point);
        gs_arena_reset(&arena);
    }
    gs_arena_free(&arena);
}

static void a_name_has_no_article(void **state)
{
    static const char *const names[][2] = {
        {"The Pentagon", "pentagon"},
        {"the  White House", "white house"},
        {"A spokesman", "spokesman"},
        {"an official", "official"},
        {"Theresa May", "theresa may"},
        {"The", "the"},
        {"Anna", "anna"},
        {"A", "a"},
        {"The Économist", "economist"},
        {"the the", "the"},
    };
    gs_arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        gs_text folded = gs_fold_name(&arena, gs_text_of(names[i][0]));

        if (!gs_text_equal(folded, gs_text_of(names[i][1])))
            fail_msg("%s became %.*s", names[i][0], GS_SHOW(folded));
    }
    gs_arena_free(&arena);
}

static void normalising_keeps_case_and_signs(void **state)
{
    gs_arena arena = {0};

    (void)state;
    assert_true(gs_text_equal(
        gs_normalise(&arena, GS_TEXT(" A\t‘e\xcc\x81’ \xc2\xa0 ﬁ \xef\xbb\xbf ")),
        GS_TEXT("A ‘é’ ﬁ \xef\xbb\xbf")));
    assert_true(gs_text_equal(gs_normalise(&arena, GS_TEXT("  The  U.S. ")),
                              GS_TEXT("The U.S.")));
    assert_true(gs_text_equal(gs_normalise(&arena, GS_TEXT("\xff\xc3\xa9")),
                              GS_TEXT("\xef\xbf\xbd\xc3\xa9")));
    gs_arena_free(&arena);
}

static void missing_stays_missing_and_empty_empty(void **state)
{
    gs_arena arena = {0};

    (void)state;
    assert_null(gs_fold(&arena, (gs_text){NULL, 0}).bytes);
    assert_null(gs_fold_name(&arena, (gs_text){NULL, 0}).bytes);
    assert_null(gs_normalise(&arena, (gs_text){NULL, 0}).bytes);
    assert_non_null(gs_fold(&arena, GS_TEXT("")).bytes);
    assert_int_equal(gs_fold(&arena, GS_TEXT("")).size, 0);
    gs_arena_free(&arena);
}

/* One point becomes eighteen (U+FDFA), many do not fit the room that a name gets. */
static void long_texts_fold(void **state)
{
    gs_arena arena = {0};
    char bytes[3 * 500];
    gs_text folded;

    (void)state;
    for (size_t i = 0; i < sizeof bytes; i += 3)
        memcpy(bytes + i, "\xef\xb7\xba", 3);
    folded = gs_fold(&arena, (gs_text){bytes, sizeof bytes});
    assert_int_equal(gs_utf8_count(folded), 18 * 500);
    gs_arena_free(&arena);
}

static void want_of_memory_is_the_missing_text(void **state)
{
    gs_arena arena = {.limit = 16};

    (void)state;
    assert_null(gs_fold(&arena, GS_TEXT("a name that is longer than the limit")).bytes);
    assert_null(gs_fold(&arena, GS_TEXT("ä name that is longer than the limit")).bytes);
    assert_null(
        gs_fold_name(&arena, GS_TEXT("the näme that is longer than the limit")).bytes);
    gs_arena_free(&arena);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds),
        cmocka_unit_test(folding_twice_changes_nothing),
        cmocka_unit_test(a_name_has_no_article),
        cmocka_unit_test(normalising_keeps_case_and_signs),
        cmocka_unit_test(missing_stays_missing_and_empty_empty),
        cmocka_unit_test(long_texts_fold),
        cmocka_unit_test(want_of_memory_is_the_missing_text),
    };

    folder = count > 1 ? arguments[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
