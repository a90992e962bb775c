#include "graph/base/error.h"
#include "graph/base/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void fills_all_and_clears_the_rest(void **state)
{
    gs_error err = {
        .line = 3, .column = 4, .length = 5, .type = "x", .phase = "y", .detail = "z"};

    (void)state;
    assert_int_equal(gs_fail(&err, GS_INPUT, "line %d: %s", 7, "bad"), GS_INPUT);
    assert_int_equal(err.code, GS_INPUT);
    assert_string_equal(err.text, "line 7: bad");
    assert_true(err.line == 0 && err.column == 0 && err.length == 0);
    assert_true(err.type == NULL && err.phase == NULL && err.detail == NULL);
    assert_int_equal(gs_fail_at(&err, GS_QUERY, 1, 2, 3, "no"), GS_QUERY);
    assert_true(err.line == 1 && err.column == 2 && err.length == 3);
    assert_int_equal(gs_fail_memory(&err), GS_MEMORY);
    assert_int_equal(err.line, 0);
}

/* The message is cut at each of the places within a character. */
static void is_cut_at_the_end_of_a_character(void **state)
{
    gs_error err;
    char text[2000] = "";

    (void)state;
    for (size_t i = 0; i < 400; i++)
        strcat(text, "𝄞");
    for (size_t shift = 0; shift < 4; shift++) {
        gs_text message;

        (void)gs_fail(&err, GS_INPUT, "%.*s%s", (int)shift, "abc", text);
        message = gs_text_of(err.text);
        assert_true(gs_utf8_valid(message, NULL));
        assert_true(message.size >= sizeof err.text - 4 &&
                    message.size < sizeof err.text);
        assert_int_equal((message.size - shift) % 4, shift == 4 ? 1 : 0);
    }
}

static void is_one_line_of_utf8_whatever_it_quotes(void **state)
{
    gs_error err;

    (void)state;
    (void)gs_fail(&err, GS_INPUT, "%s", "a\nb\x1b[c\xff\xc3(\xc2\x9b\xe2\x80\xa8é");
    assert_string_equal(err.text, "a b [c\?\?(     é");
}

static void may_quote_itself(void **state)
{
    gs_error err;

    (void)state;
    (void)gs_fail(&err, GS_INPUT, "inner");
    (void)gs_fail(&err, GS_INPUT, "outer: %s", err.text);
    assert_string_equal(err.text, "outer: inner");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_all_and_clears_the_rest),
        cmocka_unit_test(is_cut_at_the_end_of_a_character),
        cmocka_unit_test(is_one_line_of_utf8_whatever_it_quotes),
        cmocka_unit_test(may_quote_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
