/* Where paragraphs begin and end, and which of them are text of the article. */
#include "ingest/extract/page_build.h"

enum {
    LONG_LINE = 120, /* bytes: no file is wrapped at more */
    HEADLINE_WORDS = 30,
    CROSSHEAD_WORDS = 9,
    TITLE_PLACES = 6, /* paragraphs at the top where the title is looked for */
    DATELINE_TOKENS = 16,
};

/* Lines from one blank line to the next. */
typedef struct group {
    size_t first, end; /* in the lines */
    bool wrapped;      /* one paragraph over several lines */
} group;

static gs_block trim(gs_text text, size_t start, size_t end)
{
    gs_text line = gs_text_slice(text, start, end), trimmed = gs_text_trim(line);
    size_t at = (size_t)(trimmed.bytes - text.bytes);

    return (gs_block){at, at + trimmed.size};
}

static bool push(gs_blocks *list, gs_arena *arena, gs_block block)
{
    list->items =
        gs_arena_grow(arena, list->items, list->count, &list->room, sizeof block);
    if (list->items == NULL)
        return false;
    list->items[list->count++] = block;
    return true;
}

/* LF, CRLF, CR, U+2028 and U+2029; a blank line is an empty block. */
static bool find_lines(gs_blocks *lines, gs_text text, gs_arena *arena)
{
    size_t start = 0, at = 0;

    while (at < text.size) {
        size_t end = at;
        int32_t point = gs_utf8_next(text, &at);

        at += point < 0;
        if (point != '\n' && point != '\r' && point != 0x2028 && point != 0x2029)
            continue;
        if (point == '\r' && at < text.size && text.bytes[at] == '\n')
            at++;
        if (!push(lines, arena, trim(text, start, end)))
            return false;
        start = at;
    }
    return start == text.size || push(lines, arena, trim(text, start, text.size));
}

/* Whether a line ends as a sentence does. */
static bool is_complete(gs_text text, gs_block line)
{
    size_t at = line.end;

    while (at > line.start) {
        int32_t point = gs_utf8_previous(text, &at);

        if (point == '.' || point == '?' || point == '!' || point == 0x2026 ||
            point == ':')
            return true;
        if (point != '"' && point != '\'' && point != ')' && point != 0x201d &&
            point != 0x2019)
            return false;
    }
    return false;
}

static bool is_wrapped(gs_text text, const gs_blocks *lines, size_t first, size_t end)
{
    size_t complete = 0;

    for (size_t i = first; i + 1 < end; i++) {
        if (lines->items[i].end - lines->items[i].start > LONG_LINE)
            return false;
        complete += is_complete(text, lines->items[i]);
    }
    return 2 * complete < end - first - 1 &&
           lines->items[end - 1].end - lines->items[end - 1].start <= LONG_LINE;
}

static bool push_group(gs_blocks *out, gs_text text, const gs_blocks *lines, size_t first,
                       size_t end, gs_arena *arena)
{
    if (first == end)
        return true;
    if (is_wrapped(text, lines, first, end))
        return push(out, arena,
                    (gs_block){lines->items[first].start, lines->items[end - 1].end});
    for (size_t i = first; i < end; i++)
        if (!push(out, arena, lines->items[i]))
            return false;
    return true;
}

bool gs_blocks_find(gs_blocks *out, gs_text text, gs_arena *arena)
{
    gs_blocks lines = {0};
    size_t first = 0;

    if (!find_lines(&lines, text, arena))
        return false;
    for (size_t i = 0; i <= lines.count; i++) {
        if (i < lines.count && lines.items[i].end > lines.items[i].start)
            continue;
        if (!push_group(out, text, &lines, first, i, arena))
            return false;
        first = i + 1;
    }
    return true;
}

static gs_range tokens_of(const gs_page *page, const gs_paragraph *paragraph)
{
    return (gs_range){page->sentences[paragraph->first_sentence].tokens.first,
                      page->sentences[paragraph->end_sentence - 1].tokens.end};
}

static uint32_t count_words(const gs_page *page, gs_range range)
{
    uint32_t count = 0;

    for (uint32_t i = range.first; i < range.end; i++)
        count += page->tokens[i].type <= GS_TOKEN_NUMBER;
    return count;
}

/* Ends in . ? ! or a colon, marks of quotation and brackets aside. */
static bool is_closed(const gs_page *page, gs_range range)
{
    uint32_t i = range.end;

    while (i > range.first && (page->tokens[i - 1].type == GS_TOKEN_CLOSE ||
                               page->tokens[i - 1].type == GS_TOKEN_PAREN_CLOSE))
        i--;
    if (i == range.first)
        return false;
    if (page->tokens[i - 1].type == GS_TOKEN_STOP ||
        page->tokens[i - 1].type == GS_TOKEN_COLON)
        return true;
    return page->text.bytes[page->tokens[i - 1].end - 1] == '.';
}

static bool is_title(const gs_page_build *build, gs_range range)
{
    const gs_page *page = build->page;
    gs_text title = gs_fold(build->arena, page->title);
    gs_text text = gs_fold(build->arena, gs_page_text(page, range));

    return title.size > 0 && gs_text_equal(title, text);
}

/* – Sign of scarcity –, ## Background, * * * */
static bool is_crosshead(const gs_page *page, gs_range range)
{
    const gs_token *first = &page->tokens[range.first];
    const gs_token *last = &page->tokens[range.end - 1];
    uint32_t words = count_words(page, range);

    if (words == 0)
        return true;
    if (page->text.bytes[first->start] == '#' && first->type == GS_TOKEN_OTHER)
        return true;
    if (words > CROSSHEAD_WORDS || is_closed(page, range))
        return false;
    if (first->type == GS_TOKEN_DASH)
        return last->type == GS_TOKEN_DASH && range.end - range.first > 2;
    return first->capital && first->type == GS_TOKEN_WORD &&
           last->type != GS_TOKEN_COMMA && last->type != GS_TOKEN_COLON &&
           last->type != GS_TOKEN_DASH;
}

static bool is_byline(const gs_page *page, gs_range range)
{
    return !is_closed(page, range) && range.end - range.first > 1 &&
           page->tokens[range.first + 1].capital &&
           count_words(page, range) <= 2 * CROSSHEAD_WORDS;
}

static bool is_furniture(const gs_page_build *build, gs_range range)
{
    gs_text first = build->page->tokens[range.first].folded, text = {NULL, 0};
    size_t count;
    const gs_furniture *items = gs_lexicon_furniture(build->lexicon, &count);

    for (size_t i = 0; i < count; i++) {
        gs_text words = items[i].words;

        if (!gs_text_starts(words, first))
            continue;
        if (text.bytes == NULL)
            text = gs_fold(build->arena,
                           gs_text_slice(gs_page_text(build->page, range), 0, LONG_LINE));
        if (items[i].place == GS_FURNITURE_START ? gs_text_starts(text, words)
            : items[i].place == GS_FURNITURE_WHOLE
                ? gs_text_equal(text, words)
                : gs_text_equal(build->page->tokens[range.first].folded, words) &&
                      is_byline(build->page, range))
            return true;
    }
    return false;
}

/* MANILA, March 3 (Wire) - : capitals, maybe more of the place, a date, an agency; then a
 * dash. */
static gs_range find_dateline(const gs_page_build *build, gs_range range)
{
    const gs_page *page = build->page;
    uint32_t i = range.first, capitals = 0, limit = range.first + DATELINE_TOKENS;
    bool certain = false;

    for (; i < range.end && i < limit && page->tokens[i].type != GS_TOKEN_DASH; i++) {
        const gs_token *token = &page->tokens[i];
        gs_text text = gs_build_text(build, i);

        certain |= token->type == GS_TOKEN_PAREN_OPEN || token->type == GS_TOKEN_NUMBER;
        if (token->type == GS_TOKEN_WORD && !token->capital)
            return (gs_range){range.first, range.first};
        if (token->type > GS_TOKEN_NUMBER && token->type != GS_TOKEN_COMMA &&
            token->type != GS_TOKEN_PAREN_OPEN && token->type != GS_TOKEN_PAREN_CLOSE &&
            text.bytes[0] != '/')
            return (gs_range){range.first, range.first};
        capitals += i == range.first && text.size > 2 &&
                    text.bytes[text.size - 1] >= 'A' && text.bytes[text.size - 1] <= 'Z';
    }
    if (i == range.end || i == limit || i == range.first || (!certain && !capitals))
        return (gs_range){range.first, range.first};
    return (gs_range){range.first, i + 1};
}

/* A Headline Like This, with a full stop that somebody put behind it. */
static bool is_titled(const gs_page *page, gs_range range)
{
    uint32_t words = 0, capitals = 0;

    for (uint32_t i = range.first; i < range.end; i++) {
        const gs_token *token = &page->tokens[i];

        if (token->type != GS_TOKEN_WORD || token->end - token->start < 4)
            continue;
        words++;
        capitals += token->capital;
    }
    return words >= 4 && capitals * 10 >= words * 9;
}

static uint8_t classify(const gs_page_build *build, uint32_t number, gs_range range,
                        bool body_begun)
{
    const gs_page *page = build->page;

    if (number < TITLE_PLACES && is_title(build, range))
        return GS_PARAGRAPH_HEADLINE;
    if (count_words(page, range) <= HEADLINE_WORDS && is_furniture(build, range))
        return GS_PARAGRAPH_FURNITURE;
    if (!body_begun && number + 1 < page->paragraph_count &&
        count_words(page, range) <= HEADLINE_WORDS &&
        (!is_closed(page, range) || is_titled(page, range)))
        return GS_PARAGRAPH_HEADLINE;
    if (page->paragraph_count > 1 && is_crosshead(page, range))
        return GS_PARAGRAPH_HEADLINE;
    return GS_PARAGRAPH_BODY;
}

void gs_paragraphs_classify(gs_page_build *build)
{
    gs_page *page = build->page;
    bool body_begun = false;

    for (uint32_t i = 0; i < page->paragraph_count; i++) {
        gs_paragraph *paragraph = &page->paragraphs[i];
        gs_range range = tokens_of(page, paragraph);

        paragraph->dateline = (gs_range){range.first, range.first};
        paragraph->type = classify(build, i, range, body_begun);
        if (paragraph->type != GS_PARAGRAPH_BODY)
            continue;
        if (!body_begun)
            paragraph->dateline = find_dateline(build, range);
        body_begun = true;
    }
}
