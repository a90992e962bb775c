/* "Did you mean": the nearest of what is known, and nothing where nothing is near. */
#include "graph/base/suggest.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char *suggest(gs_arena *arena, const char *asked, const char *const *known)
{
    gs_suggestion suggestion = {.asked = gs_text_of(asked)};

    for (size_t i = 0; known[i] != NULL; i++)
        gs_suggest(&suggestion, gs_text_of(known[i]));
    return gs_did_you_mean(&suggestion, arena);
}

static void test_suggest(void **state)
{
    static const char *const known[] = {"ANSWERS", "chain", "chains",
                                        "status",  "s",     NULL};
    static const struct {
        const char *asked, *said;
    } cases[] = {
        {"ANSWER", "; did you mean `ANSWERS`?"},  /* left out */
        {"chian", "; did you mean `chain`?"},     /* swapped */
        {"staatus", "; did you mean `status`?"},  /* put in */
        {"stetus", "; did you mean `status`?"},   /* exchanged */
        {"answers", "; did you mean `ANSWERS`?"}, /* only the case differs */
        {"chainz", "; did you mean `chain`?"},    /* of two as near, the first */
        {"chain", "; did you mean `chains`?"},    /* what is known itself is none */
        {"frobnicate", ""},
        {"", ""},
    };
    gs_arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(suggest(&arena, cases[i].asked, known), cases[i].said);
    gs_arena_free(&arena);
}

static void test_too_long(void **state)
{
    char name[200];
    const char *known[] = {name, NULL};
    gs_arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof name - 1; i++)
        name[i] = 'x';
    name[sizeof name - 1] = '\0';
    assert_string_equal(suggest(&arena, "xxx", known), "");
    assert_string_equal(suggest(&arena, name, known), "");
    gs_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_suggest),
        cmocka_unit_test(test_too_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
