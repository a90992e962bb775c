/* The derived id, by the test vectors that schemas/ gives to others, and what is the same
 * document. */
#include "ingest/record/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *folder;

static gs_text read_file(const char *name, gs_arena *arena)
{
    char path[512];
    char *bytes = gs_arena_take(arena, 1 << 16);
    size_t size;
    FILE *file;

    snprintf(path, sizeof path, "%s/../../schemas/%s", folder, name);
    file = fopen(path, "rb");
    assert_non_null(file);
    size = fread(bytes, 1, 1 << 16, file);
    fclose(file);
    assert_true(size > 0 && size < 1 << 16);
    return (gs_text){bytes, size};
}

static void ids_follow_the_recipe(void **state)
{
    gs_arena arena = {0};
    gs_value vectors;
    gs_error err;

    (void)state;
    assert_int_equal(
        gs_json_parse(&vectors, &arena, read_file("identity.json", &arena), &err), GS_OK);
    assert_true(vectors.as.list.count > 10);
    for (size_t i = 0; i < vectors.as.list.count; i++) {
        gs_value vector = vectors.as.list.items[i];
        gs_text wanted = gs_map_get(vector, GS_TEXT("id")).as.string, got;
        gs_record record;

        assert_int_equal(
            gs_record_read(&record, gs_map_get(vector, GS_TEXT("record")), &arena, &err),
            GS_OK);
        assert_int_equal(gs_statement_identity(&got, &record.as.statement, &arena, &err),
                         GS_OK);
        if (!gs_text_equal(wanted, got))
            fail_msg("%.*s: wanted %.*s, got %.*s",
                     GS_SHOW(gs_map_get(vector, GS_TEXT("note")).as.string),
                     GS_SHOW(wanted), GS_SHOW(got));
    }
    gs_arena_free(&arena);
}

/* Whatever changes the id changes the digest that tells two records of one id apart. */
static void digests_follow_the_ids(void **state)
{
    gs_arena arena = {0};
    gs_value vectors;
    gs_error err;
    int64_t digests[32];
    gs_text ids[32];
    size_t count;

    (void)state;
    assert_int_equal(
        gs_json_parse(&vectors, &arena, read_file("identity.json", &arena), &err), GS_OK);
    count = vectors.as.list.count;
    assert_true(count < 32);
    for (size_t i = 0; i < count; i++) {
        gs_value vector = vectors.as.list.items[i];
        gs_record record;

        ids[i] = gs_map_get(vector, GS_TEXT("id")).as.string;
        assert_int_equal(
            gs_record_read(&record, gs_map_get(vector, GS_TEXT("record")), &arena, &err),
            GS_OK);
        assert_int_equal(
            gs_statement_digest(&digests[i], &record.as.statement, &arena, &err), GS_OK);
        for (size_t j = 0; j < i; j++)
            assert_int_equal(gs_text_equal(ids[i], ids[j]), digests[i] == digests[j]);
    }
    gs_arena_free(&arena);
}

static gs_text identity(gs_source source, gs_arena *arena)
{
    gs_text out;
    gs_error err;

    assert_int_equal(gs_source_identity(&out, &source, arena, &err), GS_OK);
    return out;
}

static void assert_text(gs_text got, const char *wanted)
{
    if (!gs_text_equal(got, gs_text_of(wanted)))
        fail_msg("wanted %s, got %.*s", wanted, GS_SHOW(got));
}

static void documents_are_their_url_text_file_or_title(void **state)
{
    const char *hash = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
    gs_arena arena = {0};
    gs_source s = {.title = GS_TEXT("T")};

    (void)state;
    assert_text(identity(s, &arena), "T");
    s.file = GS_TEXT("a.txt");
    assert_text(identity(s, &arena), "a.txt");
    s.text = GS_TEXT("x"); /* printf x | sha256sum */
    assert_text(identity(s, &arena), hash);
    s.text = (gs_text){0};
    s.sha256 = gs_text_of(hash);
    assert_text(identity(s, &arena), hash);
    s.url = GS_TEXT("https://a.example/?q=1#top");
    assert_text(identity(s, &arena), "https://a.example/?q=1");
    assert_null(identity((gs_source){0}, &arena).bytes);
    gs_arena_free(&arena);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_follow_the_recipe),
        cmocka_unit_test(digests_follow_the_ids),
        cmocka_unit_test(documents_are_their_url_text_file_or_title),
    };

    folder = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
