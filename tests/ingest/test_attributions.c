/* attributions.case: texts, and the attributions that they hold. */
#include "graph/base/buffer.h"
#include "ingest/stage.h"
#include "tests/graph/base/cases.h"
#include <setjmp.h>
#include <stdarg.h>
#include <time.h>

#include <cmocka.h>

enum { ROOM = 4096 };

static const char *folder;
static gs_language *language;

/* The texts of the cases are ASCII, so that code points are bytes. */
static void put_span(gs_buffer *out, gs_text text, gs_span span)
{
    assert_true(span.start < span.end && span.end <= text.size);
    gs_buffer_text(out, gs_text_slice(text, span.start, span.end));
}

static void show(gs_buffer *out, gs_text text, const gs_attributions *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const gs_attribution *a = &found->items[i];

        gs_buffer_format(out, "%s", i > 0 ? " / " : "");
        if (a->sourced)
            put_span(out, text, a->source);
        else
            gs_buffer_char(out, '-');
        gs_buffer_format(out, " [");
        put_span(out, text, a->cue);
        gs_buffer_format(out, "]");
        for (size_t c = 0; c < a->contents.count; c++) {
            gs_buffer_format(out, c > 0 ? " + " : " ");
            put_span(out, text, a->contents.items[c]);
        }
    }
    if (found->count == 0)
        gs_buffer_format(out, "none");
}

static void finds_attributions(void **state)
{
    char first[ROOM], second[ROOM];
    gs_text text, wanted;
    cases c;

    (void)state;
    assert_true(cases_open(&c, folder, "attributions.case"));
    while (cases_next(&c, first, sizeof first, &text) &&
           cases_next(&c, second, sizeof second, &wanted)) {
        gs_source document = {.text = text};
        gs_attributions found;
        gs_arena arena = {0};
        gs_buffer got = {0};
        gs_error err;

        assert_int_equal(gs_attributions_find(&found, language, &document, &arena, &err),
                         GS_OK);
        show(&got, text, &found);
        cases_judge(&c, wanted, (gs_text){got.bytes, got.size});
        gs_buffer_free(&got);
        gs_arena_free(&arena);
    }
    fclose(c.file);
    assert_int_equal(c.failed, 0);
    assert_true(c.run > 5);
}

static void reads_odd_texts(void **state)
{
    static const char *const texts[] = {"",
                                        "said",
                                        "said he",
                                        "\"",
                                        "\"a,\" said",
                                        "\xff said that \xff",
                                        "according to"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        gs_source document = {.text = gs_text_of(texts[i])};
        gs_attributions found;
        gs_arena arena = {0};
        gs_error err;

        assert_int_equal(gs_attributions_find(&found, language, &document, &arena, &err),
                         GS_OK);
        for (size_t a = 0; a < found.count; a++)
            assert_true(found.items[a].cue.start < found.items[a].cue.end);
        gs_arena_free(&arena);
    }
}

/* The processor's seconds for a sentence of so many cues without a stop. */
static double seconds(gs_text words, size_t times)
{
    gs_buffer text = {0};
    gs_arena arena = {0};
    gs_attributions attributions;
    gs_statements statements;
    gs_source document;
    clock_t begun;
    gs_error err;

    for (size_t i = 0; i < times; i++)
        gs_buffer_text(&text, words);
    document = (gs_source){.text = {text.bytes, text.size}, .url = GS_TEXT("a:b")};
    begun = clock();
    assert_int_equal(
        gs_attributions_find(&attributions, language, &document, &arena, &err), GS_OK);
    assert_int_equal(gs_extract(&statements, language, &document, &arena, &err), GS_OK);
    gs_arena_free(&arena);
    gs_buffer_free(&text);
    return (double)(clock() - begun) / CLOCKS_PER_SEC;
}

/* Twenty times the text takes some twenty times as long; it was some four hundred. */
static void time_grows_with_the_text(void **state)
{
    gs_text words = GS_TEXT(", said and denied ");
    double few = seconds(words, 1000);

    (void)state;
    assert_true(seconds(words, 20000) < 80 * few + 1);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_attributions),
        cmocka_unit_test(reads_odd_texts),
        cmocka_unit_test(time_grows_with_the_text),
    };
    gs_error err;
    int failed;

    folder = argc > 1 ? argv[1] : ".";
    if (gs_language_open(&language, GS_TEXT("en"), &err) != GS_OK)
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    gs_language_close(language);
    return failed;
}
