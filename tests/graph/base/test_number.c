#include "graph/base/number.h"
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void writes(double number, const char *wanted)
{
    char text[GS_REAL_ROOM];
    size_t size = gs_real_write(text, number);

    assert_string_equal(text, wanted);
    assert_int_equal(size, strlen(wanted));
}

static void writes_the_shortest(void **state)
{
    (void)state;
    writes(0, "0.0");
    writes(-0.0, "-0.0");
    writes(1, "1.0");
    writes(-17, "-17.0");
    writes(0.1, "0.1");
    writes(0.1 + 0.2, "0.30000000000000004");
    writes(1e21, "1e+21");
    writes(5e-324, "5e-324");
    writes(2.2250738585072014e-308, "2.2250738585072014e-308");
    writes(1.7976931348623157e308, "1.7976931348623157e+308");
}

/* Bit patterns from a fixed sequence: all exponents come up. */
static void reads_back_what_it_wrote(void **state)
{
    uint64_t bits = 0x9e3779b97f4a7c15;

    (void)state;
    for (int i = 0; i < 200000; i++) {
        char text[GS_REAL_ROOM];
        double number, read;

        bits = bits * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        memcpy(&number, &bits, sizeof number);
        if (!isfinite(number))
            continue;
        assert_true(gs_real_read(&read, (gs_text){text, gs_real_write(text, number)}));
        assert_true(memcmp(&read, &number, sizeof read) == 0);
    }
}

static void reads_reals(void **state)
{
    static const char *const good[] = {"1", "-1.5", "+.5", "5.", "1e5", "1E-5", "00.1"};
    static const char *const bad[] = {"",    "-",   ".",    "e5",  "1e",  "1e+",
                                      " 1",  "1 ",  "0x1",  "inf", "nan", "1.2.3",
                                      "1,5", "--1", "1e5.", "١"};
    char longest[GS_REAL_LONGEST + 1];
    double read = 77;

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(gs_real_read(&read, gs_text_of(good[i])));
    read = 77;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(gs_real_read(&read, gs_text_of(bad[i])));
    memset(longest, '1', sizeof longest);
    assert_false(gs_real_read(&read, (gs_text){longest, sizeof longest}));
    assert_true(read == 77);
    assert_true(gs_real_read(&read, (gs_text){longest, sizeof longest - 1}));
    assert_true(isinf(read));
    assert_true(gs_real_read(&read, GS_TEXT("1.5\0"
                                            "9")) == false);
}

static void reads_integers(void **state)
{
    int64_t read = 77;

    (void)state;
    assert_true(gs_integer_read(&read, GS_TEXT("-9223372036854775808")) &&
                read == INT64_MIN);
    assert_true(gs_integer_read(&read, GS_TEXT("+9223372036854775807")) &&
                read == INT64_MAX);
    assert_true(gs_integer_read(&read, GS_TEXT("007")) && read == 7);
    assert_false(gs_integer_read(&read, GS_TEXT("9223372036854775808")));
    assert_false(gs_integer_read(&read, GS_TEXT("-9223372036854775809")));
    assert_false(
        gs_integer_read(&read, GS_TEXT("")) || gs_integer_read(&read, GS_TEXT("-")) ||
        gs_integer_read(&read, GS_TEXT("1.0")) || gs_integer_read(&read, GS_TEXT(" 1")));
    assert_true(read == 7);
}

/* Where the system has a locale with a decimal comma, it must make no difference. */
static void the_locale_makes_no_difference(void **state)
{
    static const char *const commas[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE",
                                         "ru_RU.UTF-8"};
    double read;

    (void)state;
    for (size_t i = 0; i < sizeof commas / sizeof *commas; i++) {
        if (setlocale(LC_ALL, commas[i]) == NULL)
            continue;
        writes(1.5, "1.5");
        assert_true(gs_real_read(&read, GS_TEXT("2.5")) && read == 2.5);
        assert_string_equal(localeconv()->decimal_point, ",");
        setlocale(LC_ALL, "C");
        return;
    }
    skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_the_shortest),
        cmocka_unit_test(reads_back_what_it_wrote),
        cmocka_unit_test(reads_reals),
        cmocka_unit_test(reads_integers),
        cmocka_unit_test(the_locale_makes_no_difference),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
