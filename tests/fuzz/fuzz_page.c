/* Any bytes as prose: no crash, and tokens, sentences, phrases and verb groups in order,
 * each within the text. */
#include "ingest/extract/dates.h"
#include "ingest/extract/page.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check(bool good)
{
    if (!good)
        abort();
}

static void check_tokens(const gs_page *page)
{
    uint32_t byte = 0, point = 0;

    for (uint32_t i = 0; i < page->token_count; i++) {
        const gs_token *token = &page->tokens[i];

        check(token->start >= byte && token->start < token->end);
        /* a stray byte of a longer character counts as no code point */
        check(token->point_start >= point && token->point_start <= token->point_end);
        check(token->end <= page->text.size && token->lemma.bytes != NULL);
        check(token->quote <= page->quotation_count);
        check(token->sentence < page->sentence_count);
        check(token->paragraph < page->paragraph_count);
        byte = token->end;
        point = token->point_end;
    }
}

static uint32_t check_range(gs_range range, uint32_t from, uint32_t end)
{
    check(range.first >= from && range.first < range.end && range.end <= end);
    return range.end;
}

static void check_parts(const gs_page *page)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < page->sentence_count; i++) {
        check(page->sentences[i].tokens.first == at);
        at = check_range(page->sentences[i].tokens, at, page->token_count);
    }
    check(at == page->token_count);
    at = 0;
    for (uint32_t i = 0; i < page->phrase_count; i++)
        at = check_range(page->phrases[i].tokens, at, page->token_count);
    at = 0;
    for (uint32_t i = 0; i < page->verb_count; i++)
        at = check_range(page->verbs[i].tokens, at, page->token_count);
    for (uint32_t i = 0; i < page->quotation_count; i++) {
        check(page->quotations[i].inside.first <= page->quotations[i].inside.end);
        check(page->quotations[i].inside.end <= page->token_count);
        check(page->quotations[i].parent <= i);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static gs_lexicon *lexicon; /* opened once: the program ends with it */
    gs_text text = {(const char *)bytes, size};
    gs_arena arena = {0};
    gs_page page;
    gs_times times;
    gs_error err;
    uint32_t at = 0;

    if (lexicon == NULL)
        check(gs_lexicon_open(&lexicon, GS_TEXT("en"), &err) == GS_OK);
    check(gs_page_read(&page, lexicon, text, gs_text_slice(text, 0, 16),
                       GS_TEXT("2024-02-29"), &arena, &err) == GS_OK);
    check_tokens(&page);
    check_parts(&page);
    check(gs_times_find(&times, lexicon, &page, &arena, &err) == GS_OK);
    for (uint32_t i = 0; i < times.count; i++)
        at = check_range(times.items[i].tokens, at, page.token_count);
    gs_arena_free(&arena);
    return 0;
}
