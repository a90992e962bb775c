/* What a page is read as: page.case tells tokens, sentences, quotations, paragraphs,
 * tags, verb groups and phrases of texts, dates.case the times that stand in them. */
#include "ingest/extract/dates.h"
#include "ingest/extract/page.h"
#include "tests/graph/base/cases.h"
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { ROOM = 4096, LONG_TEXT = 1 << 18 };

static const char *folder;
static gs_lexicon *lexicon;

/* A text that is put together piece by piece. */
typedef struct writing {
    char bytes[ROOM];
    size_t size;
} writing;

__attribute__((format(printf, 2, 3))) static void put(writing *w, const char *format, ...)
{
    va_list args;
    int size;

    va_start(args, format);
    size = vsnprintf(w->bytes + w->size, ROOM - w->size, format, args);
    va_end(args);
    assert_true(size >= 0 && (size_t)size < ROOM - w->size);
    w->size += (size_t)size;
}

static gs_text written(const writing *w)
{
    return gs_text_trim((gs_text){w->bytes, w->size});
}

static gs_page page_of(gs_arena *arena, gs_text text, gs_text title, gs_text published)
{
    gs_page page;
    gs_error err;

    if (gs_page_read(&page, lexicon, text, title, published, arena, &err) != GS_OK)
        fail_msg("%s", err.text);
    return page;
}

static gs_text text_of(const gs_page *page, uint32_t token)
{
    return gs_page_text(page, (gs_range){token, token + 1});
}

/* Each token behind the sign of its type, where it is no plain word or number. */
static void show_tokens(const gs_page *page, writing *w)
{
    static const char *const types[] = {"",  "",  "'s", "<", ">", ".",
                                        ",", ":", "-",  "(", ")", "?"};

    for (uint32_t i = 0; i < page->token_count; i++)
        put(w, "%s%s%.*s", i > 0 ? " " : "", types[page->tokens[i].type],
            GS_SHOW(text_of(page, i)));
}

static void show_sentences(const gs_page *page, writing *w)
{
    for (uint32_t i = 0; i < page->sentence_count; i++)
        put(w, "%s%.*s", i > 0 ? " / " : "",
            GS_SHOW(gs_page_text(page, page->sentences[i].tokens)));
}

static void show_quotations(const gs_page *page, writing *w)
{
    for (uint32_t i = 0; i < page->quotation_count; i++) {
        const gs_quotation *q = &page->quotations[i];

        put(w, "%s%.*s%s", i > 0 ? " / " : "", GS_SHOW(gs_page_text(page, q->inside)),
            q->continues ? " (goes on)"
            : q->closed  ? ""
                         : " (open)");
        if (q->parent != 0)
            put(w, " in %u", q->parent);
    }
}

static void show_paragraphs(const gs_page *page, writing *w)
{
    static const char *const types[] = {"body", "headline", "furniture"};

    for (uint32_t i = 0; i < page->paragraph_count; i++) {
        const gs_paragraph *p = &page->paragraphs[i];

        put(w, "%s%s", i > 0 ? " / " : "", types[p->type]);
        if (p->dateline.end > p->dateline.first)
            put(w, " after %.*s", GS_SHOW(gs_page_text(page, p->dateline)));
    }
}

static void show_tags(const gs_page *page, writing *w)
{
    static const char *const tags[] = {
        "",    "noun", "name", "pron",    "det",  "adj",        "adv",
        "num", "prep", "and",  "sub",     "rel",  "aux",        "modal",
        "to",  "not",  "base", "present", "past", "participle", "gerund"};

    for (uint32_t i = 0; i < page->token_count; i++)
        if (page->tokens[i].tag != GS_TAG_OTHER)
            put(w, "%s%.*s/%s", i > 0 ? " " : "", GS_SHOW(text_of(page, i)),
                tags[page->tokens[i].tag]);
}

static void show_verbs(const gs_page *page, writing *w)
{
    for (uint32_t i = 0; i < page->verb_count; i++) {
        const gs_verb *v = &page->verbs[i];

        put(w, "%s%.*s = %.*s", i > 0 ? " / " : "",
            GS_SHOW(gs_page_text(page, v->tokens)), GS_SHOW(page->tokens[v->main].lemma));
        put(w, "%s%s%s%s%s%s", v->negated ? " not" : "", v->passive ? " passive" : "",
            v->past_perfect ? " before"
            : v->perfect    ? " perfect"
                            : "",
            v->modal ? " modal" : "", v->infinitive ? " to" : "",
            v->gerund ? " gerund" : "");
    }
}

static void show_phrases(const gs_page *page, writing *w)
{
    for (uint32_t i = 0; i < page->phrase_count; i++)
        put(w, "%s%.*s", i > 0 ? " / " : "",
            GS_SHOW(gs_page_text(page, page->phrases[i].tokens)));
}

static void show_lemmas(const gs_page *page, writing *w)
{
    for (uint32_t i = 0; i < page->token_count; i++)
        put(w, "%s%.*s", i > 0 ? " " : "", GS_SHOW(page->tokens[i].lemma));
}

static void show_stems(const gs_page *page, writing *w)
{
    gs_arena arena = {0};

    for (uint32_t i = 0; i < page->token_count; i++)
        put(w, "%s%.*s", i > 0 ? " " : "",
            GS_SHOW(gs_lexicon_stem(lexicon, page->tokens[i].folded, &arena)));
    gs_arena_free(&arena);
}

static const struct view {
    const char *name;
    void (*show)(const gs_page *page, writing *w);
} views[] = {{"tokens", show_tokens},
             {"sentences", show_sentences},
             {"quotations", show_quotations},
             {"paragraphs", show_paragraphs},
             {"tags", show_tags},
             {"verbs", show_verbs},
             {"phrases", show_phrases},
             {"lemmas", show_lemmas},
             {"stems", show_stems}};

/* "tokens: TEXT" in one line, what is wanted in the next. */
static void show(gs_text line, writing *w)
{
    size_t colon = gs_text_find(line, GS_TEXT(": "), 0);
    gs_text name = gs_text_slice(line, 0, colon);
    gs_text text = gs_text_slice(line, colon + 2, line.size), title = {NULL, 0};
    size_t bar = gs_text_find(text, GS_TEXT(" || "), 0);
    gs_arena arena = {0};
    bool known = false;

    if (bar != SIZE_MAX) {
        title = gs_text_slice(text, 0, bar);
        text = gs_text_slice(text, bar + 4, text.size);
    }
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        gs_page page;

        if (!gs_text_equal(name, gs_text_of(views[i].name)))
            continue;
        page = page_of(&arena, text, title, (gs_text){NULL, 0});
        views[i].show(&page, w);
        known = true;
    }
    if (!known)
        fail_msg("no view is named '%.*s'", GS_SHOW(name));
    gs_arena_free(&arena);
}

static void reads_pages(void **state)
{
    char first[ROOM], second[ROOM];
    gs_text line, wanted;
    cases c;

    (void)state;
    assert_true(cases_open(&c, folder, "page.case"));
    while (cases_next(&c, first, sizeof first, &line) &&
           cases_next(&c, second, sizeof second, &wanted)) {
        writing w = {.size = 0};

        show(line, &w);
        cases_judge(&c, wanted, written(&w));
    }
    fclose(c.file);
    assert_int_equal(c.failed, 0);
    assert_true(c.run > 60);
}

/* Relative times are told from the time before them in the text. */
static void show_times(const gs_page *page, writing *w)
{
    gs_arena arena = {0};
    gs_times times;
    gs_error err;
    gs_edtf anchor, date;
    bool anchored = false;

    assert_int_equal(gs_times_find(&times, lexicon, page, &arena, &err), GS_OK);
    for (uint32_t i = 0; i < times.count; i++) {
        const gs_time *time = &times.items[i];

        put(w, "%s%.*s", i > 0 ? "; " : "", GS_SHOW(gs_page_text(page, time->tokens)));
        if (time->relative && !anchored)
            put(w, " = relative");
        else if (!gs_time_resolve(&date, time, &anchor))
            put(w, " = unknown");
        else
            put(w, " %s %s", time->relative ? "->" : "=", date.text);
        if (time->describes)
            put(w, " of a noun");
        if (!time->relative) {
            anchor = time->date;
            anchored = true;
        }
    }
    if (times.count == 0)
        put(w, "none");
    gs_arena_free(&arena);
}

/* PUBLISHED | TEXT | times */
static void finds_times(void **state)
{
    char room[ROOM];
    gs_text line;
    cases c;

    (void)state;
    assert_true(cases_open(&c, folder, "dates.case"));
    while (cases_next(&c, room, sizeof room, &line)) {
        size_t first = gs_text_find(line, GS_TEXT("|"), 0);
        size_t second = gs_text_find(line, GS_TEXT("|"), first + 1);
        gs_text published = gs_text_trim(gs_text_slice(line, 0, first));
        gs_text text = gs_text_trim(gs_text_slice(line, first + 1, second));
        gs_text wanted = gs_text_trim(gs_text_slice(line, second + 1, line.size));
        gs_arena arena = {0};
        writing w = {.size = 0};
        gs_page page;

        assert_true(first != SIZE_MAX && second != SIZE_MAX);
        page = page_of(&arena, text, (gs_text){NULL, 0}, published);
        show_times(&page, &w);
        cases_judge(&c, wanted, written(&w));
        gs_arena_free(&arena);
    }
    fclose(c.file);
    assert_int_equal(c.failed, 0);
    assert_true(c.run >= 150);
}

static void refuses_no_text(void **state)
{
    static const char *const texts[] = {"",         "\n\n\n",
                                        " ",        "\xff\xfe\x80",
                                        "\xe2\x80", "“",
                                        "’",        "'",
                                        "\"",       ".",
                                        "...",      "-",
                                        "(",        "a",
                                        "the",      "Mr.",
                                        "U.S.",     "to",
                                        "not to",   "is",
                                        "\0",       "is expected to"};
    gs_arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        gs_page page = page_of(&arena, gs_text_of(texts[i]), (gs_text){NULL, 0},
                               GS_TEXT("2024-05-06"));
        gs_times times;
        gs_error err;

        assert_int_equal(gs_times_find(&times, lexicon, &page, &arena, &err), GS_OK);
        for (uint32_t k = 0; k < page.token_count; k++)
            assert_true(page.tokens[k].start < page.tokens[k].end);
    }
    gs_arena_free(&arena);
}

static void counts_code_points(void **state)
{
    gs_arena arena = {0};
    gs_page page = page_of(&arena, GS_TEXT("Añe “é” \xff x"), (gs_text){NULL, 0},
                           (gs_text){NULL, 0});

    (void)state;
    assert_int_equal(page.token_count, 6);
    assert_int_equal(page.tokens[0].point_end, 3);
    assert_int_equal(page.tokens[1].point_start, 4);
    assert_int_equal(page.tokens[3].point_end, 7);
    assert_int_equal(page.tokens[5].point_start, 10); /* a bad byte is a point */
    assert_int_equal(page.tokens[5].start, 16);
    gs_arena_free(&arena);
}

/* A text of `size` bytes, one piece after another. */
static gs_text repeat(gs_arena *arena, const char *piece, size_t size)
{
    size_t length = strlen(piece);
    char *bytes = gs_arena_take(arena, size + length);
    size_t at = 0;

    assert_non_null(bytes);
    for (; at + length <= size; at += length)
        memcpy(bytes + at, piece, length);
    return (gs_text){bytes, at};
}

/* What would take minutes if a step were repeated for every token before it. */
static void stays_linear(void **state)
{
    static const char *const pieces[] = {"“ word ‘",
                                         "word ” ’ ",
                                         "and the ",
                                         "not never only ",
                                         "a.b.c.d.",
                                         "'a ",
                                         "((((",
                                         "in the late ",
                                         "said that the ",
                                         "?!”",
                                         "of the U ",
                                         "United Kingdom ",
                                         "to be to have ",
                                         "who which that ",
                                         "\n\n",
                                         "Mr. No. ",
                                         "\xff",
                                         "2021 ",
                                         "which he said, ",
                                         "US claims "};

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        gs_arena arena = {0};
        gs_page page = page_of(&arena, repeat(&arena, pieces[i], LONG_TEXT),
                               (gs_text){NULL, 0}, GS_TEXT("2024-05-06"));
        gs_times times;
        gs_error err;

        assert_int_equal(gs_times_find(&times, lexicon, &page, &arena, &err), GS_OK);
        gs_arena_free(&arena);
    }
}

static void fails_without_memory(void **state)
{
    gs_text text = GS_TEXT("MANILA - “We deny it,” he said on Monday.\n\nThe ‘end’.");

    (void)state;
    for (size_t limit = 1; limit < 20000; limit += 97) {
        gs_arena arena = {.limit = limit};
        gs_page page;
        gs_times times;
        gs_error err = {0};
        gs_code rc = gs_page_read(&page, lexicon, text, GS_TEXT("End"),
                                  GS_TEXT("2024-05-06"), &arena, &err);

        if (rc == GS_OK)
            rc = gs_times_find(&times, lexicon, &page, &arena, &err);
        assert_true(rc == GS_OK || (rc == GS_MEMORY && err.code == GS_MEMORY));
        gs_arena_free(&arena);
    }
}

static void knows_no_other_language(void **state)
{
    gs_lexicon *none = NULL;
    gs_error err;

    (void)state;
    assert_int_equal(gs_lexicon_open(&none, GS_TEXT("xx"), &err), GS_USAGE);
    assert_null(none);
    assert_true(gs_lexicon_is_empty(lexicon, GS_TEXT("of")));
    assert_false(gs_lexicon_is_empty(lexicon, GS_TEXT("never")));
    assert_false(gs_lexicon_is_empty(lexicon, GS_TEXT("missile")));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_pages),
        cmocka_unit_test(finds_times),
        cmocka_unit_test(refuses_no_text),
        cmocka_unit_test(counts_code_points),
        cmocka_unit_test(stays_linear),
        cmocka_unit_test(fails_without_memory),
        cmocka_unit_test(knows_no_other_language),
    };
    gs_error err;
    int status;

    folder = argc > 1 ? argv[1] : ".";
    if (gs_lexicon_open(&lexicon, GS_TEXT("en"), &err) != GS_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    status = cmocka_run_group_tests(tests, NULL, NULL);
    gs_lexicon_close(lexicon);
    return status;
}
