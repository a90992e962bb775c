#include "graph/base/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define assert_text(got, wanted) assert_true(gs_text_equal(got, GS_TEXT(wanted)))

static void compares(void **state)
{
    (void)state;
    assert_true(gs_text_equal((gs_text){NULL, 0}, GS_TEXT("")));
    assert_false(gs_text_equal(GS_TEXT("a"), GS_TEXT("b")));
    assert_int_equal(gs_text_compare(GS_TEXT("a"), GS_TEXT("ab")), -1);
    assert_int_equal(gs_text_compare(GS_TEXT("ab"), GS_TEXT("a")), 1);
    assert_int_equal(gs_text_compare(GS_TEXT("\x7f"), GS_TEXT("\x80")), -1);
    assert_int_equal(gs_text_compare(GS_TEXT("a\0b"), GS_TEXT("a\0c")), -1);
    assert_int_equal(gs_text_compare((gs_text){NULL, 0}, GS_TEXT("")), 0);
    assert_true(gs_text_starts(GS_TEXT("abc"), GS_TEXT("ab")));
    assert_false(gs_text_starts(GS_TEXT("a"), GS_TEXT("ab")));
    assert_true(gs_text_ends(GS_TEXT("abc"), GS_TEXT("bc")));
    assert_true(gs_text_ends(GS_TEXT(""), GS_TEXT("")));
    assert_false(gs_text_ends(GS_TEXT("abc"), GS_TEXT("ab")));
}

static void finds_and_cuts(void **state)
{
    gs_text text = GS_TEXT("abcabc");

    (void)state;
    assert_int_equal(gs_text_find(text, GS_TEXT("bc"), 0), 1);
    assert_int_equal(gs_text_find(text, GS_TEXT("bc"), 2), 4);
    assert_int_equal(gs_text_find(text, GS_TEXT("bc"), 5), SIZE_MAX);
    assert_int_equal(gs_text_find(text, GS_TEXT("bc"), 7), SIZE_MAX);
    assert_int_equal(gs_text_find(text, GS_TEXT(""), 6), 6);
    assert_int_equal(gs_text_find((gs_text){NULL, 0}, GS_TEXT("a"), 0), SIZE_MAX);
    assert_text(gs_text_slice(text, 1, 3), "bc");
    assert_text(gs_text_slice(text, 4, 99), "bc");
    assert_text(gs_text_slice(text, 99, 100), "");
    assert_text(gs_text_slice(text, 3, 1), "");
    assert_null(gs_text_slice((gs_text){NULL, 0}, 1, 3).bytes);
    assert_text(gs_text_trim(GS_TEXT(" \t\xc2\xa0 a b \xe3\x80\x80\n")), "a b");
    assert_text(gs_text_trim(GS_TEXT("  ")), "");
    assert_text(gs_text_trim(GS_TEXT("\xa0 a \xa0")),
                "\xa0 a \xa0"); /* no UTF-8, no blank */
}

static void makes(void **state)
{
    gs_arena arena = {0};
    gs_text pieces[] = {GS_TEXT("a"), {NULL, 0}, GS_TEXT("c")}, copy;

    (void)state;
    copy = gs_text_copy(&arena, GS_TEXT("a\0b"));
    assert_text(copy, "a\0b");
    assert_int_equal(copy.bytes[3], '\0');
    assert_string_equal(gs_text_string(&arena, gs_text_slice(GS_TEXT("abc"), 0, 2)),
                        "ab");
    assert_non_null(gs_text_copy(&arena, GS_TEXT("")).bytes);
    assert_text(gs_text_format(&arena, "%d-%.*s", 7, GS_SHOW(pieces[1])), "7-");
    assert_text(gs_text_join(&arena, pieces, 3, GS_TEXT(", ")), "a, , c");
    assert_text(gs_text_join(&arena, pieces, 0, GS_TEXT(", ")), "");
    assert_null(gs_text_of(NULL).bytes);
    assert_text(gs_text_of("ab"), "ab");
    gs_arena_free(&arena);
}

static void reads_every_point_both_ways(void **state)
{
    (void)state;
    for (int32_t point = 0; point <= 0x10ffff; point++) {
        char bytes[4];
        size_t size, at = 0;

        if (point >= 0xd800 && point <= 0xdfff)
            continue;
        size = gs_utf8_put(bytes, point);
        assert_true(gs_utf8_next((gs_text){bytes, size}, &at) == point && at == size);
        assert_true(gs_utf8_previous((gs_text){bytes, size}, &at) == point && at == 0);
        assert_true(gs_utf8_next((gs_text){bytes, size - 1}, &at) == -1 && at == 0);
    }
}

static void refuses_what_is_no_utf8(void **state)
{
    static const char *const bad[] = {
        "\x80",
        "\xc0\x80",
        "\xc1\xbf",
        "\xe0\x80\x80",
        "\xed\xa0\x80",
        "\xf0\x80\x80\x80",
        "\xf4\x90\x80\x80",
        "\xf8\x88\x80\x80\x80",
        "\xff",
        "\xc3(",
        "\xe2\x82",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t at = 0;

        assert_int_equal(gs_utf8_next(gs_text_of(bad[i]), &at), -1);
        assert_int_equal(at, 0);
        for (size_t before = 0; before < 20; before++) {
            char bytes[32] = "";
            size_t found = 99;

            memset(bytes, 'x', before);
            strcat(bytes, bad[i]);
            assert_false(gs_utf8_valid(gs_text_of(bytes), &found));
            assert_int_equal(found, before);
            assert_false(gs_utf8_valid(gs_text_of(bytes), NULL));
        }
    }
    assert_true(gs_utf8_valid(GS_TEXT("abc€𝄞 and more behind"), NULL));
    assert_int_equal(gs_utf8_count(GS_TEXT("a€𝄞é")), 4);
}

static void knows_points(void **state)
{
    (void)state;
    assert_true(gs_point_is_space(0x3000) && gs_point_is_space('\n'));
    assert_false(gs_point_is_space(0x200b) || gs_point_is_space(-1) ||
                 gs_point_is_space(0x1c));
    assert_true(gs_point_is_letter('a') && gs_point_is_letter(0x301) &&
                gs_point_is_letter(0x65e5));
    assert_false(gs_point_is_letter('1') || gs_point_is_letter('-') ||
                 gs_point_is_letter(-1));
    assert_true(gs_point_is_digit('7') && gs_point_is_digit(0x662));
    assert_false(gs_point_is_digit(0xbd) || gs_point_is_digit('a') ||
                 gs_point_is_digit(-1));
    assert_true(gs_point_is_upper('A') && gs_point_is_upper(0x1c5) &&
                gs_point_is_upper(0x410));
    assert_false(gs_point_is_upper('a') || gs_point_is_upper(0x65e5) ||
                 gs_point_is_upper(-1));
}

static void shows_what_must_not_be_obeyed(void **state)
{
    gs_arena arena = {0};
    gs_text safe =
        GS_TEXT("plain, é, 日本, \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xa7");

    (void)state;
    assert_ptr_equal(gs_printable(&arena, safe).bytes, safe.bytes);
    assert_text(gs_printable(&arena, GS_TEXT("a\x1b[2Jb\x7f")), "a\\x1b[2Jb\\x7f");
    assert_text(gs_printable(&arena, GS_TEXT("\xc2\x9b"
                                             "31m")),
                "\\u009b31m");
    assert_text(gs_printable(&arena, GS_TEXT("\xe2\x80\xaegpj")), "\\u202egpj");
    assert_text(gs_printable(&arena, GS_TEXT("\xf3\xa0\x80\xa0")), "\\U000e0020");
    assert_text(gs_printable(&arena, GS_TEXT("a\nb\tc\r\xe2\x80\xa8\xc2\x85"
                                             "d")),
                "a b c   d");
    assert_text(gs_printable(&arena, GS_TEXT("\xff\xc3(")), "\\xff\\xc3(");
    assert_text(gs_printable(&arena, GS_TEXT("a\0b")), "a\\x00b");
    gs_arena_free(&arena);
}

static void measures_columns(void **state)
{
    (void)state;
    assert_int_equal(gs_text_width(GS_TEXT("abc")), 3);
    assert_int_equal(gs_text_width(GS_TEXT("日本")), 4);
    assert_int_equal(gs_text_width(GS_TEXT("e\xcc\x81")), 1);
    assert_int_equal(gs_text_width(GS_TEXT("\xff")), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares),
        cmocka_unit_test(finds_and_cuts),
        cmocka_unit_test(makes),
        cmocka_unit_test(reads_every_point_both_ways),
        cmocka_unit_test(refuses_what_is_no_utf8),
        cmocka_unit_test(knows_points),
        cmocka_unit_test(shows_what_must_not_be_obeyed),
        cmocka_unit_test(measures_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
