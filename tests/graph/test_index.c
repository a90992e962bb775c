#include "tests/graph/support.h"

static void finds_by_each_index(void **unused)
{
    gs_store *store = fresh_store("index.store");
    gs_batch *batch = begin(store);
    gs_snapshot *s;
    gs_value aliases[] = {string_of("DPRK"), string_of("Pyong\xc3\xa1ng"), gs_integer(1)};
    gs_entry entries[] = {{GS_TEXT("name"), string_of("The  North Korea")},
                          {GS_TEXT("aliases"), gs_list(aliases, 3)}};
    uint32_t label = GS_ACTOR;
    uint64_t number;

    (void)unused;
    MUST(gs_batch_node(&number, batch, &label, 1, gs_map(entries, 2), &err));
    add_node(batch, GS_STATEMENT, "id", "S1", "name", "north korea", NULL);
    add_node(batch, GS_DOCUMENT, "url", "https://a.example/", "file", "a.txt", "sha256",
             "00ff", "identity", "https://a.example/", NULL);
    add_node(batch, GS_TOPIC, "identity", "arms", "url", "https://a.example/", NULL);
    add_node(batch, GS_ACTOR, "id", "S1", "identity", "arms", NULL);
    commit(batch);
    s = look(store, GS_NOW);
    assert_int_equal(found_by(s, GS_BY_NAME, "north korea"), 1);
    assert_int_equal(found_by(s, GS_BY_NAME, "NORTH KOREA"), 1);
    assert_int_equal(found_by(s, GS_BY_NAME, "dprk"), 1);
    assert_int_equal(found_by(s, GS_BY_NAME, "pyongyang"), 0);
    assert_int_equal(found_by(s, GS_BY_NAME, "pyongang"), 1);
    assert_int_equal(found_by(s, GS_BY_NAME, ""), 0);
    assert_int_equal(found_by(s, GS_BY_ID, "S1"), 1);
    assert_int_equal(found_by(s, GS_BY_ID, "s1"), 0);
    assert_int_equal(found_by(s, GS_BY_URL, "https://a.example/"), 1);
    assert_int_equal(found_by(s, GS_BY_FILE, "a.txt"), 1);
    assert_int_equal(found_by(s, GS_BY_SHA256, "00ff"), 1);
    assert_int_equal(found_by(s, GS_BY_IDENTITY, "https://a.example/"), 1);
    assert_int_equal(found_by(s, GS_BY_IDENTITY, "arms"), 2);
    gs_snapshot_close(s);
    gs_store_close(store);
}

static void finds_what_a_revision_changed(void **unused)
{
    gs_store *store = fresh_store("index.store");
    gs_batch *batch = begin(store);
    gs_entry name = {GS_TEXT("name"), string_of("Kyiv")};
    uint64_t actor = add_node(batch, GS_ACTOR, "name", "Kiev", NULL);
    gs_snapshot *then, *now;

    (void)unused;
    commit(batch);
    batch = begin(store);
    MUST(gs_batch_revise(batch, actor, gs_map(&name, 1), &err));
    assert_int_equal(found_by(gs_batch_snapshot(batch), GS_BY_NAME, "kyiv"), 1);
    commit(batch);
    then = look(store, 1);
    now = look(store, 2);
    assert_int_equal(found_by(then, GS_BY_NAME, "kiev"), 1);
    assert_int_equal(found_by(then, GS_BY_NAME, "kyiv"), 0);
    assert_int_equal(found_by(now, GS_BY_NAME, "kiev"), 0);
    assert_int_equal(found_by(now, GS_BY_NAME, "kyiv"), 1);
    gs_snapshot_close(then);
    gs_snapshot_close(now);
    gs_store_close(store);
}

static void finds_actors_by_a_part(void **unused)
{
    gs_store *store = fresh_store("index.store");
    gs_batch *batch = begin(store);
    gs_snapshot *s;
    gs_arena arena = {0};
    uint64_t *found;
    size_t count;

    (void)unused;
    add_node(batch, GS_ACTOR, "name", "Ministry of Defence", NULL);
    add_node(batch, GS_ACTOR, "name", "Ministry of Justice", NULL);
    add_node(batch, GS_TOPIC, "name", "Defence", NULL);
    commit(batch);
    s = look(store, GS_NOW);
    MUST(gs_index_actors_like(&found, &count, s, GS_TEXT("DEFENCE"), &arena, &err));
    assert_int_equal(count, 1);
    assert_int_equal(found[0], 1);
    MUST(gs_index_actors_like(&found, &count, s, GS_TEXT("try of "), &arena, &err));
    assert_int_equal(count, 2);
    gs_arena_free(&arena);
    gs_snapshot_close(s);
    gs_store_close(store);
}

/* Text, words asked, whether it has them. */
static const struct {
    const char *text, *words;
    bool has;
} cases[] = {
    {"North Korea denied it.", "denied korea", true},
    {"North Korea denied it.", "deny", false},
    {"North Korea denied it.", "DENIED", true},
    {"Caf\xc3\xa9 au lait", "cafe", true},
    {"\xd0\x9a\xd0\xb8\xd1\x97\xd0\xb2, "
     "\xd1\x81\xd1\x82\xd0\xbe\xd0\xbb\xd0\xb8\xd1\x86\xd1\x8f",
     "\xd1\x81\xd1\x82\xd0\xbe\xd0\xbb\xd0\xb8\xd1\x86\xd1\x8f", true},
    {"in 2022-11", "2022", true},
    {"in 2022-11", "11 2022 in", true},
    {"it's", "s", true},
    {"", "x", false},
    {"x", "", false},
    {"x", " .,!", false},
    {"a\xff"
     "b",
     "b", true}, /* a byte that is no UTF-8 sets words apart */
    {"0123456789012345678901234567890123456789x",
     "0123456789012345678901234567890123456789x", true},
    {"0123456789012345678901234567890123456789x",
     "0123456789012345678901234567890123456789y", false},
    {"012345678901234567890123456789012345678", "012345678901234567890123456789012345678",
     true},
};

static void finds_by_words(void **unused)
{
    gs_store *store = fresh_store("index.store");
    gs_batch *batch = begin(store);
    gs_arena arena = {0};
    gs_snapshot *s;
    bool has;

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        add_node(batch, GS_STATEMENT, "text", cases[i].text, NULL);
    commit(batch);
    s = look(store, GS_NOW);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t *found = NULL;
        size_t count = 0, at = 0;

        MUST(gs_words_in(&has, gs_text_of(cases[i].text), gs_text_of(cases[i].words),
                         &arena, &err));
        if (has != cases[i].has)
            fail_msg("case %zu: %d", i, has);
        MUST(gs_words_find(&found, &count, s, gs_text_of(cases[i].words), &arena, &err));
        while (at < count && found[at] != i + 1)
            at++;
        if ((at < count) != cases[i].has)
            fail_msg("case %zu is %sfound", i, at < count ? "" : "not ");
    }
    gs_arena_free(&arena);
    gs_snapshot_close(s);
    gs_store_close(store);
}

/* More words than lists are opened for: the rest is compared in the text. */
static void finds_by_very_many_words(void **unused)
{
    gs_store *store = fresh_store("index.store");
    gs_batch *batch = begin(store);
    gs_arena arena = {0};
    gs_snapshot *s;
    char text[1024] = "";
    uint64_t *found;
    size_t count;

    (void)unused;
    for (int i = 0; i < 100; i++)
        sprintf(text + strlen(text), "word%d ", i);
    add_node(batch, GS_STATEMENT, "text", text, NULL);
    commit(batch);
    s = look(store, GS_NOW);
    MUST(gs_words_find(&found, &count, s, gs_text_of(text), &arena, &err));
    assert_int_equal(count, 1);
    strcat(text, "missing");
    MUST(gs_words_find(&found, &count, s, gs_text_of(text), &arena, &err));
    assert_int_equal(count, 0);
    gs_arena_free(&arena);
    gs_snapshot_close(s);
    gs_store_close(store);
}

/* Enough words for the batch to write them in several goes. */
static void keeps_words_of_a_large_batch(void **unused)
{
    enum { STATEMENTS = 60000 };
    gs_store *store = fresh_store("index.store");
    gs_batch *batch = begin(store);
    gs_arena arena = {0};
    gs_snapshot *s;
    uint64_t *found;
    size_t count;

    (void)unused;
    for (int i = 0; i < STATEMENTS; i++) {
        char text[64];

        snprintf(text, sizeof text, "all n%d m%d k%d", i, i * 7 % STATEMENTS, i % 100);
        add_node(batch, GS_STATEMENT, "text", text, NULL);
    }
    commit(batch);
    s = look(store, GS_NOW);
    MUST(gs_words_find(&found, &count, s, GS_TEXT("all"), &arena, &err));
    assert_int_equal(count, STATEMENTS);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(found[i], i + 1);
    MUST(gs_words_find(&found, &count, s, GS_TEXT("k7 all"), &arena, &err));
    assert_int_equal(count, STATEMENTS / 100);
    MUST(gs_words_find(&found, &count, s, GS_TEXT("n59999 k99"), &arena, &err));
    assert_int_equal(count, 1);
    assert_int_equal(found[0], STATEMENTS);
    gs_arena_free(&arena);
    gs_snapshot_close(s);
    gs_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_by_each_index),
        cmocka_unit_test(finds_what_a_revision_changed),
        cmocka_unit_test(finds_actors_by_a_part),
        cmocka_unit_test(finds_by_words),
        cmocka_unit_test(finds_by_very_many_words),
        cmocka_unit_test(keeps_words_of_a_large_batch),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
