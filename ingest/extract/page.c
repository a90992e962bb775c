#include "ingest/extract/page.h"
#include "ingest/extract/page_build.h"

/* The calendar day of publication, in its own offset. */
static void read_published(gs_page *page, gs_text published)
{
    gs_edtf date;
    gs_error ignored;

    page->dated = published.size > 0 &&
                  gs_edtf_parse(&date, published, &ignored) == GS_OK &&
                  gs_edtf_first_day(&date, &page->published);
}

static bool build_page(gs_page_build *build)
{
    gs_blocks blocks = {0};

    if (!gs_blocks_find(&blocks, build->page->text, build->arena) ||
        !gs_tokens_read(build, &blocks) || !gs_quotations_find(build) ||
        !gs_sentences_find(build))
        return false;
    gs_paragraphs_classify(build);
    return gs_tags_choose(build) && gs_verbs_find(build) && gs_phrases_find(build);
}

gs_code gs_page_read(gs_page *out, const gs_lexicon *lexicon, gs_text text, gs_text title,
                     gs_text published, gs_arena *arena, gs_error *err)
{
    gs_page page = {.text = text, .title = title};
    gs_page_build build = {.page = &page, .lexicon = lexicon, .arena = arena};

    if (text.size >= UINT32_MAX || !build_page(&build))
        return gs_fail_memory(err);
    read_published(&page, published);
    *out = page;
    return GS_OK;
}

gs_text gs_page_text(const gs_page *page, gs_range range)
{
    if (range.first >= range.end)
        return GS_TEXT("");
    return gs_text_slice(page->text, page->tokens[range.first].start,
                         page->tokens[range.end - 1].end);
}

const gs_phrase *gs_page_phrase_at(const gs_page *page, uint32_t token)
{
    uint32_t low = 0, high = page->phrase_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (page->phrases[middle].tokens.end <= token)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == page->phrase_count || page->phrases[low].tokens.first > token)
        return NULL;
    return &page->phrases[low];
}

const gs_verb *gs_page_verb_at(const gs_page *page, uint32_t token)
{
    uint32_t low = 0, high = page->verb_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (page->verbs[middle].tokens.end <= token)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == page->verb_count || page->verbs[low].tokens.first > token)
        return NULL;
    return &page->verbs[low];
}
