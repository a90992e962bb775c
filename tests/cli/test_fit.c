/* Text in the cells of a terminal: cut and broken where no character is parted. */
#include "cli/output/fit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

typedef struct fit_case {
    const char *text;
    size_t width;
    const char *fitted;
} fit_case;

static void test_fit(void **state)
{
    static const fit_case cases[] = {
        {"short", 10, "short"},
        {"exactly ten", 11, "exactly ten"},
        {"exactly ten", 10, "exactly t…"},
        {"日本語", 6, "日本語"},
        {"日本語", 5, "日本…"},
        {"日本語", 4, "日…"}, /* half a character is none */
        {"e\xcc\x81\xcc\x82t\xcc\x81", 2, "e\xcc\x81\xcc\x82t\xcc\x81"},
        {"e\xcc\x81\xcc\x82tu", 2, "e\xcc\x81\xcc\x82…"}, /* marks stay with theirs */
        {"abc", 1, "…"},
        {"abc", 0, ""},
        {"", 0, ""},
        {"a\xff\xfez", 3, "a\xff…"}, /* bad bytes count as one */
    };
    gs_arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gs_text got = gs_fit(&arena, gs_text_of(cases[i].text), cases[i].width);

        assert_string_equal(gs_text_string(&arena, got), cases[i].fitted);
    }
    gs_arena_free(&arena);
}

typedef struct wrap_case {
    const char *text;
    size_t width;
    const char *lines; /* with | between them */
} wrap_case;

static void test_wrap(void **state)
{
    static const wrap_case cases[] = {
        {"one two three", 20, "one two three"},
        {"one two three", 8, "one two|three"},
        {"one two three", 7, "one two|three"},
        {"one two three", 6, "one|two|three"},
        {"unbreakable", 4, "unbr|eaka|ble"},
        {"ab unbreakable", 4, "ab|unbr|eaka|ble"},
        {"日本語日本語", 5, "日本|語日|本語"},
        {"日本", 1, "日|本"}, /* wider than the line, but never without a character */
        {"e\xcc\x81 e\xcc\x81", 1, "e\xcc\x81|e\xcc\x81"},
        {"a  b", 2, "a|b"},
        {"", 5, ""},
    };
    gs_arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gs_text rest = gs_text_of(cases[i].text), line;
        char got[64] = "";

        while ((line = gs_wrap(&rest, cases[i].width)).bytes != NULL) {
            strcat(got, got[0] == '\0' ? "" : "|");
            strcat(got, gs_text_string(&arena, gs_text_trim(line)));
        }
        assert_string_equal(got, cases[i].lines);
    }
    gs_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit),
        cmocka_unit_test(test_wrap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
