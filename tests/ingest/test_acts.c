/* What the acts of a short text are to one another: kinds, dates, answers, repeats. */
#include "graph/base/arena.h"
#include "ingest/stage.h"
#include "tests/graph/base/cases.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *folder;

static size_t place_of(const gs_statements *all, gs_text id)
{
    for (size_t i = 0; i < all->count; i++)
        if (gs_text_equal(all->items[i].id, id))
            return i + 1;
    return 0;
}

static gs_text add_links(gs_arena *arena, gs_text line, const char *sign,
                         const gs_statements *all, const gs_links *links)
{
    for (size_t i = 0; i < links->count; i++)
        line = gs_text_format(arena, "%.*s %s%zu", GS_SHOW(line), sign,
                              place_of(all, links->items[i].id));
    return line;
}

/* "claim 2024-05-14; denial 2024-05-15 >1": in the order of the text, > answers, = tells
 * again. */
static gs_text acts_of(const gs_language *language, gs_text text, gs_arena *arena)
{
    const gs_source document = {
        .text = text, .file = GS_TEXT("a.txt"), .published = GS_TEXT("2024-05-16")};
    gs_statements all;
    gs_error err = {0};
    gs_text line = GS_TEXT("");

    assert_int_equal(gs_extract(&all, language, &document, arena, &err), GS_OK);
    for (size_t i = 0; i < all.count; i++) {
        const gs_statement *s = &all.items[i];

        line = gs_text_format(arena, "%.*s%s%.*s %.*s", GS_SHOW(line), i > 0 ? "; " : "",
                              GS_SHOW(s->kind), GS_SHOW(s->date));
        line = add_links(arena, line, ">", &all, &s->answers);
        line = add_links(arena, line, "=", &all, &s->same_as);
    }
    return line;
}

static void test_acts(void **state)
{
    char text_room[4096], wanted_room[1024];
    gs_language *language;
    gs_error err = {0};
    gs_text text, wanted;
    cases c;

    (void)state;
    assert_int_equal(gs_language_open(&language, GS_TEXT("en"), &err), GS_OK);
    assert_true(cases_open(&c, folder, "acts.case"));
    while (cases_next(&c, text_room, sizeof text_room, &text) &&
           cases_next(&c, wanted_room, sizeof wanted_room, &wanted)) {
        gs_arena arena = {0};

        cases_judge(&c, wanted, acts_of(language, text, &arena));
        gs_arena_free(&arena);
    }
    fclose(c.file);
    gs_language_close(language);
    assert_int_equal(c.failed, 0);
    assert_true(c.run >= 10);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_acts)};

    folder = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
