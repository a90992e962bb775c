#include "graph/base/bytes.h"
#include "graph/base/hash.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void digests(const gs_text *pieces, size_t count, const char *wanted)
{
    unsigned char digest[GS_SHA256_SIZE];
    char hex[2 * GS_SHA256_SIZE + 1];
    gs_error err;

    assert_int_equal(gs_sha256(digest, pieces, count, &err), GS_OK);
    gs_hex(hex, digest, sizeof digest);
    assert_string_equal(hex, wanted);
}

/* The vectors of FIPS 180-4; pieces are as one text. */
static void sha256_is_the_standard(void **state)
{
    static const char *const abc =
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const gs_text whole = GS_TEXT("abc");
    const gs_text pieces[] = {GS_TEXT("a"), {NULL, 0}, GS_TEXT("bc")};

    (void)state;
    digests(NULL, 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    digests(&whole, 1, abc);
    digests(pieces, 3, abc);
}

/* XXH3 is kept in stores: these values must never change. */
static void xxh3_is_the_published_one(void **state)
{
    char hex[33];

    (void)state;
    gs_hex(hex, gs_hash_text(0, GS_TEXT("")).bytes, 16);
    assert_string_equal(hex, "99aa06d3014798d86001c324468d497f");
    gs_hex(hex, gs_hash_text(0, (gs_text){NULL, 0}).bytes, 16);
    assert_string_equal(hex, "99aa06d3014798d86001c324468d497f");
    assert_int_equal(gs_checksum("", 0),
                     0x38d394c2); /* of 2d06800538d394c2 with seed 0 */
}

static void seeds_and_texts_differ(void **state)
{
    gs_hash128 a = gs_hash_text(0, GS_TEXT("a")), b = gs_hash_text(1, GS_TEXT("a")),
               c = gs_hash_text(0, GS_TEXT("b"));

    (void)state;
    assert_memory_not_equal(a.bytes, b.bytes, 16);
    assert_memory_not_equal(a.bytes, c.bytes, 16);
}

static void bytes_sort_as_numbers_do(void **state)
{
    static const int64_t numbers[] = {INT64_MIN, INT64_MIN + 1, -256, -1,       0,
                                      1,         255,           256,  INT64_MAX};
    unsigned char before[8] = {0}, bytes[8];

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        gs_store_i64(bytes, numbers[i]);
        assert_true(gs_load_i64(bytes) == numbers[i]);
        if (i > 0)
            assert_true(memcmp(before, bytes, 8) < 0);
        memcpy(before, bytes, 8);
    }
    gs_store_u64(bytes, UINT64_C(0x0102030405060708));
    assert_memory_equal(bytes, "\1\2\3\4\5\6\7\10", 8);
    assert_true(gs_load_u64(bytes) == UINT64_C(0x0102030405060708));
    gs_store_u32(bytes, 0xfffefdfc);
    assert_int_equal(gs_load_u32(bytes), 0xfffefdfc);
    gs_store_u16(bytes, 0xfffe);
    assert_int_equal(gs_load_u16(bytes), 0xfffe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_is_the_standard),
        cmocka_unit_test(xxh3_is_the_published_one),
        cmocka_unit_test(seeds_and_texts_differ),
        cmocka_unit_test(bytes_sort_as_numbers_do),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
