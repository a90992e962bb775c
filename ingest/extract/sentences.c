/* Where sentences end: at . ? ! and at the paragraph's end, but not at abbreviations,
 * and not at a mark within a quotation that the sentence goes on behind. */
#include "ingest/extract/page_build.h"

/* No sentence has more tokens; what goes on without a stop is cut there. What is done for
 * each cue looks at its sentence, so that this bounds the time of a text. */
enum { SENTENCE_MOST = 300 };

enum { NAME_WORDS = 6 }; /* between "?" and the verb: “Why?” Prime Minister X asked */

static bool is_dotted(const gs_page_build *build, uint32_t token)
{
    gs_text text = gs_build_text(build, token);

    return build->page->tokens[token].type == GS_TOKEN_WORD && text.size > 1 &&
           text.bytes[text.size - 1] == '.';
}

/* A word that is written with a capital only because a sentence begins with it. */
static bool is_common(const gs_page_build *build, uint32_t token)
{
    return (gs_build_classes(build, token) &
            (GS_CLASS_CLOSED | GS_CLASS_ADVERB | GS_CLASS_NUMBER)) != 0;
}

/* Whether a dot that belongs to a word is a full stop too. */
static bool dot_ends(const gs_page_build *build, uint32_t token, uint32_t next)
{
    gs_text text = gs_build_text(build, token);
    gs_text word = gs_text_slice(text, 0, text.size - 1);
    const gs_token *behind = &build->page->tokens[next];
    gs_abbreviation kind = gs_lexicon_abbreviation(build->lexicon, word);

    if (behind->type == GS_TOKEN_OPEN)
        return kind != GS_ABBREVIATION_TITLE && word.size > 1;
    if (behind->type != GS_TOKEN_WORD || !behind->capital)
        return false;
    if (kind == GS_ABBREVIATION_TITLE || kind == GS_ABBREVIATION_NUMBER)
        return false;
    if (word.size > 2 && word.bytes[0] >= 'a' && word.bytes[0] <= 'z')
        return !(gs_build_classes(build, next) & GS_CLASS_CALENDAR) &&
               !gs_point_is_upper(
                   gs_build_text(build, next).bytes[behind->end - behind->start - 1]);
    return is_common(build, next);
}

/* “Is it true?” Smith asked: a name, then a verb that takes a quotation. */
static bool goes_on(const gs_page_build *build, uint32_t token)
{
    const gs_page *page = build->page;

    if (!page->tokens[token].capital)
        return page->tokens[token].type == GS_TOKEN_WORD ||
               page->tokens[token].type == GS_TOKEN_COMMA;
    for (uint32_t i = token; i < page->token_count && i < token + NAME_WORDS; i++) {
        uint32_t classes = gs_build_classes(build, i);

        if (page->tokens[i].type != GS_TOKEN_WORD)
            return false;
        if (i > token && !page->tokens[i].capital)
            return (classes & GS_CLASS_CLAUSAL) && (classes & GS_CLASS_FINITE);
    }
    return false;
}

/* A closing mark at `token`, in the paragraph of the token before it. */
static bool closes(const gs_page *page, uint32_t token)
{
    return token < page->token_count &&
           page->tokens[token].paragraph == page->tokens[token - 1].paragraph &&
           (page->tokens[token].type == GS_TOKEN_CLOSE ||
            page->tokens[token].type == GS_TOKEN_PAREN_CLOSE);
}

/* Whether the sentence ends at `token`; *end is behind the marks that belong to it. */
static bool ends_at(gs_page_build *build, uint32_t token, uint32_t *end)
{
    const gs_page *page = build->page;
    bool stop = page->tokens[token].type == GS_TOKEN_STOP;
    gs_text text = gs_build_text(build, token);
    bool quoted;

    if (!stop && !is_dotted(build, token))
        return false;
    for (*end = token + 1; closes(page, *end); ++*end)
        ;
    if (*end == page->token_count ||
        page->tokens[*end].paragraph != page->tokens[token].paragraph)
        return true;
    quoted = *end > token + 1;
    if (!stop)
        return dot_ends(build, token, *end);
    if (page->tokens[*end].type == GS_TOKEN_COMMA)
        return false;
    if (quoted && (text.bytes[0] == '?' || text.bytes[0] == '!'))
        return !goes_on(build, *end);
    if (!page->tokens[*end].capital && page->tokens[*end].type == GS_TOKEN_WORD)
        return !quoted && text.size == 1 && page->tokens[*end].space &&
               text.bytes[0] == '.';
    return true;
}

static bool push(gs_page_build *build, uint32_t first, uint32_t end)
{
    gs_page *page = build->page;
    gs_paragraph *paragraph = &page->paragraphs[page->tokens[first].paragraph];
    gs_sentence sentence = {{first, end}, page->tokens[first].paragraph};

    page->sentences = gs_arena_grow(build->arena, page->sentences, page->sentence_count,
                                    &build->sentence_room, sizeof sentence);
    if (page->sentences == NULL)
        return false;
    if (paragraph->end_sentence == 0)
        paragraph->first_sentence = page->sentence_count;
    for (uint32_t i = first; i < end; i++)
        page->tokens[i].sentence = page->sentence_count;
    page->sentences[page->sentence_count++] = sentence;
    paragraph->end_sentence = page->sentence_count;
    return true;
}

bool gs_sentences_find(gs_page_build *build)
{
    const gs_page *page = build->page;
    uint32_t first = 0, i = 0;

    while (i < page->token_count) {
        uint32_t end = i + 1;
        bool last = end == page->token_count ||
                    page->tokens[end].paragraph != page->tokens[i].paragraph;

        if (ends_at(build, i, &end) || last || end - first >= SENTENCE_MOST) {
            if (!push(build, first, end))
                return false;
            first = end;
        }
        i = first == end ? end : i + 1;
    }
    return true;
}
