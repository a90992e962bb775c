#include "graph/base/value.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Unpacks an exact copy, so that ASan sees who reads behind it. */
static gs_code read_copy(gs_value *out, size_t *used, gs_arena *arena, const char *bytes,
                         size_t size)
{
    char *exact = gs_arena_take(arena, size);
    gs_error err;

    memcpy(exact, bytes, size);
    return gs_unpack(out, used, arena, (gs_text){exact, size}, &err);
}

#define READ(value, arena, literal)                                                      \
    read_copy(value, NULL, arena, literal, sizeof(literal) - 1)

static void returns_unchanged(void **state)
{
    static const int64_t integers[] = {
        0,  1,   127, 128,  255,  256,    65535,  65536,     UINT32_MAX, INT64_MAX,
        -1, -32, -33, -128, -129, -32768, -32769, INT32_MIN, INT64_MIN};
    static const double reals[] = {0.0,    -0.0,     1.5,       1e300,
                                   5e-324, INFINITY, -INFINITY, NAN};
    gs_edtf dates[] = {gs_edtf_day(19304), gs_edtf_until(0),
                       gs_edtf_about(gs_edtf_year(2022))};
    gs_value items[64];
    gs_entry entries[20];
    char keys[20][8];
    size_t count = 0, used = 0;
    gs_value value, read;
    gs_buffer packed = {0};
    gs_arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++)
        items[count++] = gs_integer(integers[i]);
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        items[count++] = gs_real(reals[i]);
    for (size_t i = 0; i < 3; i++)
        items[count++] = gs_date(&dates[i]);
    items[count++] = gs_null;
    items[count++] = gs_boolean(true);
    items[count++] = gs_boolean(false);
    items[count++] = gs_string(GS_TEXT(""));
    items[count++] = gs_string(GS_TEXT("a\0é"));
    for (size_t length = 31; length < 70000; length = length * 16)
        items[count++] = gs_string((gs_text){gs_arena_take(&arena, length), length});
    for (size_t i = 0; i < 20; i++) {
        snprintf(keys[i], sizeof keys[i], "k%zu", i);
        entries[i] = (gs_entry){gs_text_of(keys[i]), items[i]};
    }
    items[count++] = gs_map(entries, 20);
    items[count++] = gs_map(entries, 2);
    items[count++] = gs_list(items, 3);
    value = gs_list(items, count);
    gs_pack(&packed, value);
    assert_false(packed.failed);
    assert_int_equal(read_copy(&read, &used, &arena, packed.bytes, packed.size), GS_OK);
    assert_int_equal(used, packed.size);
    assert_true(gs_value_same(read, value));
    assert_true(
        signbit(read.as.list.items[sizeof integers / sizeof *integers + 1].as.real));
    for (size_t cut = 0; cut < packed.size; cut += cut < 400 ? 1 : 997)
        assert_int_equal(read_copy(&read, NULL, &arena, packed.bytes, cut), GS_INPUT);
    gs_buffer_free(&packed);
    gs_arena_free(&arena);
}

/* Every form of the specification, also those that our writer never chooses. */
static void reads_every_form(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        int64_t integer;
    } forms[] = {
        {"\x07", 1, 7},
        {"\xff", 1, -1},
        {"\xe0", 1, -32},
        {"\xcc\x07", 2, 7},
        {"\xcd\x01\x00", 3, 256},
        {"\xce\xff\xff\xff\xff", 5, UINT32_MAX},
        {"\xcf\x7f\xff\xff\xff\xff\xff\xff\xff", 9, INT64_MAX},
        {"\xd0\x80", 2, -128},
        {"\xd1\x80\x00", 3, -32768},
        {"\xd2\x80\x00\x00\x00", 5, INT32_MIN},
        {"\xd3\x80\x00\x00\x00\x00\x00\x00\x00", 9, INT64_MIN},
    };
    gs_arena arena = {0};
    gs_value value;

    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        assert_int_equal(read_copy(&value, NULL, &arena, forms[i].bytes, forms[i].size),
                         GS_OK);
        assert_int_equal(value.type, GS_INTEGER);
        assert_true(value.as.integer == forms[i].integer);
    }
    assert_int_equal(READ(&value, &arena, "\xca\x3f\xc0\x00\x00"), GS_OK);
    assert_true(value.type == GS_FLOAT && value.as.real == 1.5);
    assert_int_equal(READ(&value, &arena, "\xdb\x00\x00\x00\x01x"), GS_OK);
    assert_true(gs_text_equal(value.as.string, GS_TEXT("x")));
    assert_int_equal(READ(&value, &arena, "\xdd\x00\x00\x00\x01\xc0"), GS_OK);
    assert_int_equal(value.as.list.count, 1);
    assert_int_equal(READ(&value, &arena, "\xdf\x00\x00\x00\x01\xa1x\x05"), GS_OK);
    assert_int_equal(gs_map_get(value, GS_TEXT("x")).as.integer, 5);
    assert_int_equal(READ(&value, &arena,
                          "\xd6\x01"
                          "2022"),
                     GS_OK);
    assert_string_equal(value.as.date->text, "2022");
    assert_int_equal(READ(&value, &arena,
                          "\xc7\x05\x01"
                          "2022~"),
                     GS_OK);
    assert_true(value.as.date->approximate);
    gs_arena_free(&arena);
}

static void refuses(void **state)
{
    gs_arena arena = {0};
    gs_value value = gs_integer(77);

    (void)state;
    assert_int_equal(READ(&value, &arena, "\xc1"), GS_INPUT);
    assert_int_equal(READ(&value, &arena, "\xc4\x01x"), GS_INPUT); /* binary */
    assert_int_equal(READ(&value, &arena, "\xd4\x02x"), GS_INPUT); /* extension */
    assert_int_equal(READ(&value, &arena,
                          "\xd6\x01"
                          "20x2"),
                     GS_INPUT);                                       /* no date */
    assert_int_equal(READ(&value, &arena, "\x81\x01\x01"), GS_INPUT); /* key */
    assert_int_equal(READ(&value, &arena, "\x82\xa1x\x01\xa1x\x02"),
                     GS_INPUT); /* twice */
    assert_int_equal(READ(&value, &arena, "\xcf\x80\0\0\0\0\0\0\0"), GS_INPUT); /* 2^63 */
    assert_int_equal(READ(&value, &arena, "\xdd\xff\xff\xff\xff\xc0"), GS_INPUT);
    assert_int_equal(READ(&value, &arena, "\xdf\xff\xff\xff\xff\xa0\xc0"), GS_INPUT);
    assert_int_equal(READ(&value, &arena, "\xdb\xff\xff\xff\xff\xa0\xc0"), GS_INPUT);
    assert_int_equal(value.as.integer, 77); /* not written */
    gs_arena_free(&arena);
}

/* Lists within each other that each claim all that is left take memory but once. */
static void claims_do_not_multiply(void **state)
{
    enum { SIZE = 1 << 20 };
    char *bytes = calloc(1, SIZE);
    gs_arena arena = {0};
    gs_value value;
    gs_error err;

    (void)state;
    for (size_t i = 0; i < 60; i++) {
        uint32_t claimed = (uint32_t)(SIZE - (i + 1) * 5);

        bytes[i * 5] = (char)0xdd;
        bytes[i * 5 + 1] = (char)(claimed >> 24);
        bytes[i * 5 + 2] = (char)(claimed >> 16);
        bytes[i * 5 + 3] = (char)(claimed >> 8);
        bytes[i * 5 + 4] = (char)claimed;
    }
    assert_int_equal(gs_unpack(&value, NULL, &arena, (gs_text){bytes, SIZE}, &err),
                     GS_INPUT);
    assert_true(arena.used < (size_t)SIZE * 64);
    free(bytes);
    gs_arena_free(&arena);
}

static void depth_is_bounded(void **state)
{
    gs_value values[67];
    gs_buffer packed = {0};
    gs_arena arena = {0};
    gs_value read;
    char nested[70];

    (void)state;
    values[0] = gs_null;
    for (int i = 1; i < 67; i++)
        values[i] = gs_list(&values[i - 1], 1);
    gs_pack(&packed, values[64]);
    assert_false(packed.failed);
    assert_int_equal(read_copy(&read, NULL, &arena, packed.bytes, packed.size), GS_OK);
    gs_pack(&packed, values[65]);
    assert_true(packed.failed);
    memset(nested, '\x91', sizeof nested);
    nested[65] = '\xc0';
    assert_int_equal(read_copy(&read, NULL, &arena, nested, 66), GS_INPUT);
    assert_int_equal(read_copy(&read, NULL, &arena, nested + 1, 65), GS_OK);
    gs_buffer_free(&packed);
    gs_arena_free(&arena);
}

static void reads_one_of_a_stream(void **state)
{
    gs_arena arena = {0};
    gs_value value;
    size_t used = 0;

    (void)state;
    assert_int_equal(read_copy(&value, &used, &arena,
                               "\xa2"
                               "ab\x05",
                               4),
                     GS_OK);
    assert_int_equal(used, 3);
    assert_true(gs_text_equal(value.as.string, GS_TEXT("ab")));
    gs_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(returns_unchanged), cmocka_unit_test(reads_every_form),
        cmocka_unit_test(refuses),           cmocka_unit_test(claims_do_not_multiply),
        cmocka_unit_test(depth_is_bounded),  cmocka_unit_test(reads_one_of_a_stream),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
