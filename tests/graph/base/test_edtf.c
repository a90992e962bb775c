#include "graph/base/edtf.h"
#include "tests/graph/base/cases.h"
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *folder;

static gs_edtf date_of(const char *text)
{
    gs_edtf date;
    gs_error err;

    if (gs_edtf_parse(&date, gs_text_of(text), &err) != GS_OK)
        fail_msg("%s", err.text);
    return date;
}

static gs_text show_second(gs_arena *arena, int64_t second)
{
    int64_t day = second / 86400 - (second % 86400 < 0), rest = second - day * 86400;
    gs_day d = gs_day_of(day);

    if (second == GS_EDTF_OPEN_START || second == GS_EDTF_OPEN_END)
        return GS_TEXT("open");
    return gs_text_format(arena, "%04d-%02d-%02d %02d:%02d:%02d", (int)d.year, d.month,
                          d.day, (int)(rest / 3600), (int)(rest / 60 % 60),
                          (int)(rest % 60));
}

static gs_text show(gs_arena *arena, gs_text text)
{
    static const char *const precisions[] = {"open",  "range", "year",
                                             "month", "day",   "time"};
    gs_edtf date = {0};
    gs_error err;

    if (gs_edtf_parse(&date, text, &err) != GS_OK) {
        const char *why = strstr(err.text, " is no date: ");

        assert_int_equal(err.code, GS_INPUT);
        assert_int_equal(date.size, 0); /* not written */
        assert_non_null(why);
        why += strlen(" is no date: ");
        return gs_text_format(arena, "error: %.*s", (int)strcspn(why, ";"), why);
    }
    assert_int_equal(strlen(date.text), date.size);
    return gs_text_format(arena, "%s = %.*s to %.*s, %s%s%s", date.text,
                          GS_SHOW(show_second(arena, date.earliest)),
                          GS_SHOW(show_second(arena, date.latest)),
                          precisions[date.precision], date.approximate ? ", about" : "",
                          date.uncertain ? ", uncertain" : "");
}

static void reads_dates(void **state)
{
    char first[256], second[256];
    gs_text written, wanted;
    gs_arena arena = {0};
    cases c;

    (void)state;
    assert_true(cases_open(&c, folder, "edtf.case"));
    while (cases_next(&c, first, sizeof first, &written) &&
           cases_next(&c, second, sizeof second, &wanted)) {
        cases_judge(&c, wanted, show(&arena, written));
        gs_arena_reset(&arena);
    }
    gs_arena_free(&arena);
    fclose(c.file);
    assert_true(c.run > 50);
    assert_int_equal(c.failed, 0);
}

static void canonical_text_is_its_own(void **state)
{
    char room[256];
    gs_text text;
    gs_edtf date, again;
    gs_error err;
    cases c;

    (void)state;
    assert_true(cases_open(&c, folder, "edtf.case"));
    while (cases_next(&c, room, sizeof room, &text)) {
        if (gs_edtf_parse(&date, text, &err) != GS_OK)
            continue;
        assert_int_equal(gs_edtf_parse(&again, gs_edtf_text(&date), &err), GS_OK);
        assert_string_equal(again.text, date.text);
        assert_true(gs_edtf_equal(&again, &date));
        assert_int_equal(gs_edtf_order(&again, &date), 0);
    }
    fclose(c.file);
}

static void orders_dates(void **state)
{
    gs_edtf dates[64];
    char room[256];
    gs_text text;
    size_t count = 0;
    gs_error err;
    cases c;

    (void)state;
    assert_true(cases_open(&c, folder, "edtf_order.case"));
    while (count < 64 && cases_next(&c, room, sizeof room, &text))
        assert_int_equal(gs_edtf_parse(&dates[count++], text, &err), GS_OK);
    fclose(c.file);
    assert_true(count > 10);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            if (gs_edtf_order(&dates[i], &dates[j]) != (i > j) - (i < j))
                fail_msg("%s and %s are out of order", dates[i].text, dates[j].text);
}

static void compares_intervals(void **state)
{
    static const struct {
        const char *a, *b;
        gs_truth before, not_after;
        bool within;
    } table[] = {
        {"2022-11-07", "2022-11-08", GS_TRUE, GS_TRUE, false},
        {"2022-11-08", "2022-11-07", GS_FALSE, GS_FALSE, false},
        {"2022-11-08", "2022-11-08", GS_UNKNOWN, GS_UNKNOWN, true},
        {"2022-11-08", "2022-11", GS_UNKNOWN, GS_UNKNOWN, true},
        {"2022-11", "2022-11-08", GS_UNKNOWN, GS_UNKNOWN, false},
        {"2022-11-08T09:30:00Z", "2022-11-08T10:30:00+01:00", GS_FALSE, GS_TRUE, true},
        {"2022-11-08T00:00:00Z", "2022-11-08", GS_UNKNOWN, GS_TRUE, true},
        {"2022-11-08", "2022-11-08T00:00:00Z", GS_FALSE, GS_UNKNOWN, false},
        {"../2022", "2023", GS_TRUE, GS_TRUE, false},
        {"../2022", "2022", GS_UNKNOWN, GS_UNKNOWN, false},
        {"2022", "../2021", GS_FALSE, GS_FALSE, false},
        {"2022/..", "2023", GS_UNKNOWN, GS_UNKNOWN, false},
        {"2023", "2022/..", GS_UNKNOWN, GS_UNKNOWN, true},
        {"2021", "2022/..", GS_TRUE, GS_TRUE, false},
        {"2022-11-08~", "2022-11-08", GS_UNKNOWN, GS_UNKNOWN, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        gs_edtf a = date_of(table[i].a), b = date_of(table[i].b);

        if (gs_edtf_before(&a, &b) != table[i].before ||
            gs_edtf_not_after(&a, &b) != table[i].not_after ||
            gs_edtf_within(&a, &b) != table[i].within)
            fail_msg("%s against %s", a.text, b.text);
    }
}

static void equality_is_of_interval_and_marks(void **state)
{
    gs_edtf day = date_of("2022-11-08"), about = date_of("2022-11-08~"),
            range = date_of("2022-11-08/2022-11-08"), doubted = date_of("2022-11-08?"),
            here = date_of("2022-11-08T09:30:00Z"),
            there = date_of("2022-11-08T18:30:00+09:00");

    (void)state;
    assert_true(gs_edtf_equal(&day, &range));
    assert_true(gs_edtf_equal(&here, &there));
    assert_false(gs_edtf_equal(&day, &about));
    assert_false(gs_edtf_equal(&day, &doubted));
    assert_false(gs_edtf_equal(&about, &doubted));
    assert_false(gs_edtf_equal(&day, &here));
}

static void days_are_those_of_the_offset(void **state)
{
    static const struct {
        const char *text, *first, *last;
    } table[] = {
        {"2022", "2022-01-01", "2022-12-31"},
        {"2024-02", "2024-02-01", "2024-02-29"},
        {"2022-11-08T00:30:00+09:00", "2022-11-08", "2022-11-08"},
        {"2022-11-08T23:30:00-05:00", "2022-11-08", "2022-11-08"},
        {"2022-11-08T00:30:00+09:00/2022-11-09T23:30:00-05:00", "2022-11-08",
         "2022-11-09"},
        {"../2022-11~", NULL, "2022-11-30"},
        {"2022-11/..", "2022-11-01", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        gs_edtf date = date_of(table[i].text), wanted;
        int64_t day = INT64_MAX;

        assert_int_equal(gs_edtf_first_day(&date, &day), table[i].first != NULL);
        if (table[i].first != NULL) {
            wanted = date_of(table[i].first);
            assert_int_equal(day * 86400, wanted.earliest);
        }
        assert_int_equal(gs_edtf_last_day(&date, &day), table[i].last != NULL);
        if (table[i].last != NULL) {
            wanted = date_of(table[i].last);
            assert_int_equal(day * 86400, wanted.earliest);
        }
    }
}

static void makes_what_it_reads(void **state)
{
    int64_t eighth = gs_day_number((gs_day){2022, 11, 8});
    gs_edtf made[] = {
        gs_edtf_year(2022),
        gs_edtf_year(0),
        gs_edtf_month(2024, 2),
        gs_edtf_day(eighth),
        gs_edtf_range(eighth, eighth + 7),
        gs_edtf_until(eighth),
        gs_edtf_about(gs_edtf_day(eighth)),
        gs_edtf_about(date_of("2022?")),
        gs_edtf_about(gs_edtf_about(gs_edtf_until(eighth))),
        gs_edtf_about(date_of("2022-11/..")),
        gs_edtf_about(date_of("2022-11-08T09:30:00+02:00/2022-12?")),
    };
    static const char *const wanted[] = {
        "2022",
        "0000",
        "2024-02",
        "2022-11-08",
        "2022-11-08/2022-11-15",
        "../2022-11-08",
        "2022-11-08~",
        "2022%",
        "../2022-11-08~",
        "2022-11~/..",
        "2022-11-08T09:30:00+02:00~/2022-12%",
    };

    (void)state;
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        gs_edtf read = date_of(wanted[i]);

        assert_string_equal(made[i].text, wanted[i]);
        assert_true(gs_edtf_equal(&made[i], &read));
        assert_int_equal(made[i].precision, read.precision);
    }
}

/* Counted day by day over all the years, beside the formulas. */
/* A date is plain where its interval gives it back. */
static void plain_dates_are_their_intervals(void **state)
{
    static const char *const plain[] = {
        "2022",
        "0000",
        "9999",
        "2022-02",
        "2024-02",
        "1969-12",
        "1969-12-31",
        "2022-11-08",
        "0000-01-01",
        "../2022-11-08",
        "2022-11-08/..",
        "2025-06-09/2025-06-15",
        "1960-01-01/1961-12-31",
        "1969-12-31T23:59:59Z",
    };
    static const char *const marked[] = {
        "2022~",
        "2022-11-08?",
        "2022-11-08T09:30:00+02:00",
        "2022/2022-03",
        "2022-11/..",
        "../2022",
        "2025-06-09/2025-06-09",
        "2022/2023",
        "2022-11-08T09:30:00Z/..",
    };
    gs_edtf date, given;

    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        date = date_of(plain[i]);
        assert_true(gs_edtf_of_interval(&given, date.earliest, date.latest));
        assert_true(gs_text_equal(gs_edtf_text(&given), gs_edtf_text(&date)));
        assert_int_equal(given.precision, date.precision);
        assert_true(gs_edtf_is_plain(&date));
    }
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++) {
        date = date_of(marked[i]);
        assert_false(gs_edtf_is_plain(&date));
    }
    assert_false(gs_edtf_of_interval(&given, GS_EDTF_OPEN_START, GS_EDTF_OPEN_END));
    assert_false(gs_edtf_of_interval(&given, 1, 86399));
    assert_false(gs_edtf_of_interval(&given, INT64_MAX - 1, INT64_MAX - 1));
}

static void calendar_counts_every_day(void **state)
{
    int64_t number = gs_day_number((gs_day){0, 1, 1});

    (void)state;
    assert_int_equal(gs_day_number((gs_day){1970, 1, 1}), 0);
    assert_int_equal(gs_day_weekday(0), 3);
    assert_int_equal(gs_day_weekday(gs_day_number((gs_day){2022, 11, 8})), 1);
    for (int32_t year = 0; year <= 9999; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= gs_month_length(year, month); day++, number++) {
                gs_day d = gs_day_of(number);

                assert_true(d.year == year && d.month == month && d.day == day);
                assert_true(gs_day_number(d) == number);
                assert_true((gs_day_weekday(number) + 1) % 7 ==
                            gs_day_weekday(number + 1));
            }
    assert_int_equal(number, gs_day_number((gs_day){10000, 1, 1}));
    assert_int_equal(gs_month_length(2000, 2), 29);
    assert_int_equal(gs_month_length(1900, 2), 28);
    assert_int_equal(gs_month_length(2023, 2), 28);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_dates),
        cmocka_unit_test(canonical_text_is_its_own),
        cmocka_unit_test(orders_dates),
        cmocka_unit_test(compares_intervals),
        cmocka_unit_test(equality_is_of_interval_and_marks),
        cmocka_unit_test(days_are_those_of_the_offset),
        cmocka_unit_test(makes_what_it_reads),
        cmocka_unit_test(plain_dates_are_their_intervals),
        cmocka_unit_test(calendar_counts_every_day),
    };

    folder = count > 1 ? arguments[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
