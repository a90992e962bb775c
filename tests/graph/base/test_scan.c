/* Each scan against its rule said byte by byte: every byte value, at every place of texts
 * that end before, within and behind a block. */
#include "graph/base/scan.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { LONGEST = 50 };

static size_t first_bad(gs_text text, size_t at, bool of_string)
{
    for (; at < text.size; at++) {
        unsigned char c = (unsigned char)text.bytes[at];

        if (of_string ? c < ' ' || c == '"' || c == '\\' : c >= 0x80)
            break;
    }
    return at;
}

static bool is_plain(gs_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.bytes[i];

        if (c < ' ' || c >= 0x80)
            return false;
        if (c == ' ' && (i == 0 || i + 1 == text.size || text.bytes[i - 1] == ' '))
            return false;
    }
    return true;
}

static bool has_control(gs_text text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.bytes[i] < ' ')
            return true;
    return false;
}

static void judge(gs_text text)
{
    for (size_t at = 0; at <= text.size; at += 7) {
        assert_int_equal(gs_scan_ascii(text, at), first_bad(text, at, false));
        assert_int_equal(gs_scan_string(text, at), first_bad(text, at, true));
    }
    assert_int_equal(gs_scan_is_plain(text), is_plain(text));
    assert_int_equal(gs_scan_has_control(text), has_control(text));
}

static void one_byte_is_seen_anywhere(void **state)
{
    char bytes[LONGEST];

    (void)state;
    for (size_t size = 0; size <= LONGEST; size++)
        for (size_t at = 0; at < size; at++)
            for (int c = 0; c < 256; c++) {
                memset(bytes, 'x', sizeof bytes);
                bytes[at] = (char)c;
                judge((gs_text){bytes, size});
            }
    judge((gs_text){NULL, 0});
}

static void two_blanks_are_seen_anywhere(void **state)
{
    char bytes[LONGEST];

    (void)state;
    for (size_t size = 2; size <= LONGEST; size++)
        for (size_t a = 0; a < size; a++)
            for (size_t b = 0; b < size; b++) {
                memset(bytes, 'x', sizeof bytes);
                bytes[a] = bytes[b] = ' ';
                judge((gs_text){bytes, size});
            }
}

static void capitals_are_made_small(void **state)
{
    char from[128 + LONGEST], to[128 + LONGEST];

    (void)state;
    for (size_t i = 0; i < sizeof from; i++)
        from[i] = (char)(i % 128);
    for (size_t start = 0; start < LONGEST; start++) {
        gs_text text = {from + start, sizeof from - start};

        gs_scan_lower(to, text);
        for (size_t i = 0; i < text.size; i++) {
            char c = text.bytes[i];

            c = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c == '`' ? '\'' : c);
            assert_int_equal(to[i], c);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_byte_is_seen_anywhere),
        cmocka_unit_test(two_blanks_are_seen_anywhere),
        cmocka_unit_test(capitals_are_made_small),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
