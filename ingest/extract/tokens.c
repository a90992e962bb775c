/* From bytes to tokens. Marks of quotation are GS_TOKEN_OTHER here; quotations.c says
 * which of them open and close. */
#include "ingest/extract/page_build.h"

enum {
    BYTES_A_TOKEN = 5, /* of prose, with the blank: for the first guess at their number */
    DOTTED_MOST = 15,  /* bytes of an abbreviation with inner dots, the last one aside */
};

typedef struct scanner {
    gs_page_build *build;
    gs_text text; /* up to the end of the paragraph at hand */
    size_t at;
    uint32_t point;
    bool space; /* before what comes */
    bool full;  /* the arena is */
} scanner;

static inline int32_t point_at(const scanner *s, size_t at)
{
    if (at >= s->text.size)
        return -1;
    if ((unsigned char)s->text.bytes[at] < 0x80)
        return s->text.bytes[at];
    return gs_utf8_next(s->text, &at);
}

static inline int32_t point_before(const scanner *s, size_t at)
{
    if (at > 0 && (unsigned char)s->text.bytes[at - 1] < 0x80)
        return s->text.bytes[at - 1];
    return gs_utf8_previous(s->text, &at);
}

static inline size_t after(const scanner *s, size_t at)
{
    if (at < s->text.size && (unsigned char)s->text.bytes[at] < 0x80)
        return at + 1;
    return gs_utf8_next(s->text, &at) < 0 ? at + 1 : at;
}

static bool is_letter(int32_t point)
{
    if (point < 0x80)
        return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
    return gs_point_is_letter(point);
}

static bool is_digit(int32_t point)
{
    return point < 0x80 ? point >= '0' && point <= '9' : gs_point_is_digit(point);
}

static bool is_word(int32_t point)
{
    return is_letter(point) || is_digit(point);
}

/* Soft hyphens, zero-width signs: part of the word they stand in, nothing elsewhere. */
static bool is_invisible(int32_t point)
{
    return point == 0xad || (point >= 0x200b && point <= 0x200f) || point == 0x2060 ||
           point == 0xfeff;
}

static bool is_space(int32_t point)
{
    return gs_point_is_space(point) || is_invisible(point);
}

static bool is_apostrophe(int32_t point)
{
    return point == '\'' || point == 0x2019 || point == 0x2bc;
}

static bool is_hyphen(int32_t point)
{
    return point == '-' || point == 0x2010 || point == 0x2011;
}

static bool is_dash(int32_t point)
{
    return point == 0x2012 || point == 0x2013 || point == 0x2014 || point == 0x2015;
}

/* Points pass for what they are even where the bytes are no UTF-8. */
static void advance(scanner *s, size_t to)
{
    for (; s->at < to; s->at++)
        s->point += ((unsigned char)s->text.bytes[s->at] & 0xc0) != 0x80;
}

/* The sign of ASCII that gs_fold makes of a typographer's, where three bytes are one; 0
 * for any other. */
static char plain_sign(const char *bytes, size_t size)
{
    unsigned char last;

    if (size < 3 || (unsigned char)bytes[0] != 0xe2 || (unsigned char)bytes[1] != 0x80)
        return 0;
    last = (unsigned char)bytes[2];
    if (last == 0x98 || last == 0x99) /* U+2018, U+2019 */
        return '\'';
    if (last == 0x9c || last == 0x9d) /* U+201C, U+201D */
        return '"';
    return last >= 0x90 && last <= 0x95 ? '-' : 0; /* U+2010 to U+2015 */
}

/* gs_fold, which most words of English need not wait for: lower-case ASCII is its own
 * folding, and ASCII with a typographer's signs is soon made. */
static gs_text fold(scanner *s, gs_text text)
{
    size_t i = 0, size = 0;
    char *bytes;

    while (i < text.size && (unsigned char)text.bytes[i] < 0x80 && text.bytes[i] != '`' &&
           !(text.bytes[i] >= 'A' && text.bytes[i] <= 'Z'))
        i++;
    if (i == text.size)
        return text;
    bytes = gs_arena_take(s->build->arena, text.size);
    if (bytes == NULL)
        return (gs_text){NULL, 0};
    for (i = 0; i < text.size; i++) {
        char c = text.bytes[i], sign = plain_sign(text.bytes + i, text.size - i);

        if (((unsigned char)c >= 0x80 && sign == 0) || c == '`')
            return gs_fold(s->build->arena, text);
        bytes[size++] = sign != 0 ? sign : c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        i += sign != 0 ? 2 : 0;
    }
    return (gs_text){bytes, size};
}

static void emit(scanner *s, size_t end, gs_token_type type)
{
    gs_page_build *build = s->build;
    gs_page *page = build->page;
    gs_text text = gs_text_slice(s->text, s->at, end);
    gs_token token = {.start = (uint32_t)s->at, .end = (uint32_t)end, .type = type};

    page->tokens = gs_arena_grow(build->arena, page->tokens, page->token_count,
                                 &build->token_room, sizeof token);
    token.folded = fold(s, text);
    if (page->tokens == NULL || token.folded.bytes == NULL) {
        s->full = true;
        return;
    }
    token.point_start = s->point;
    token.capital = gs_point_is_upper(point_at(s, s->at));
    token.space = s->space;
    s->space = false;
    token.paragraph = page->paragraph_count;
    token.lemma = token.folded;
    if (type == GS_TOKEN_WORD || type == GS_TOKEN_POSSESSIVE)
        token.word = gs_lexicon_find(build->lexicon, token.folded);
    advance(s, end);
    token.point_end = s->point;
    page->tokens[page->token_count++] = token;
}

/* Whether an apostrophe begins a word of its own: 's, 've, 'll. */
static const gs_word *find_clitic(const scanner *s, size_t at, size_t *end)
{
    char letters[4] = {'\''};
    size_t size = 1;

    *end = after(s, at);
    while (*end < s->text.size && is_letter(s->text.bytes[*end]) && size < sizeof letters)
        letters[size++] = (char)(s->text.bytes[(*end)++] | 0x20);
    if (size == 1 || is_word(point_at(s, *end)))
        return NULL;
    return gs_lexicon_find(s->build->lexicon, (gs_text){letters, size});
}

/* U.S, a.m, J: letters one by one, dots between. */
static bool is_dotted(gs_text word)
{
    if (word.size == 0 || word.size > DOTTED_MOST)
        return false;
    for (size_t i = 0; i < word.size; i++)
        if (i % 2 == 0 ? !is_letter(word.bytes[i]) : word.bytes[i] != '.')
            return false;
    return word.size % 2 == 1;
}

/* Whether a dot belongs to the word that it follows. */
static bool takes_dot(scanner *s, size_t start, size_t dot)
{
    gs_text word = gs_text_slice(s->text, start, dot);
    int32_t next = point_at(s, dot + 1);
    gs_abbreviation kind;

    if (is_word(next)) {
        if (is_dotted(word))
            return true;
        return is_digit(next) ||
               (next >= 'a' && next <= 'z' && !gs_point_is_upper(point_before(s, dot)));
    }
    if (next == '.')
        return false;
    if (is_dotted(word))
        return word.size > 1 || (word.bytes[0] != 'I' && word.bytes[0] <= 'Z');
    kind = gs_lexicon_abbreviation(s->build->lexicon, word);
    if (kind == GS_ABBREVIATION_NUMBER)
        return is_space(next) && is_digit(point_at(s, after(s, dot + 1)));
    return kind != GS_ABBREVIATION_NONE;
}

/* Where the word ends that begins at `start`. */
static size_t word_end(scanner *s, size_t start, size_t at)
{
    size_t clitic;

    for (;;) {
        int32_t point = point_at(s, at), next;

        if (is_word(point) || (is_invisible(point) && at > start)) {
            at = after(s, at);
            continue;
        }
        next = point < 0 ? -1 : point_at(s, after(s, at));
        if (is_apostrophe(point) ? is_letter(next) && find_clitic(s, at, &clitic) == NULL
            : point == '.'
                ? takes_dot(s, start, at)
                : (is_hyphen(point) || point == '&' || point == '@' || point == '_') &&
                      is_word(next))
            at = after(s, at);
        else
            return at;
        if (point == '.' && !is_word(next))
            return at;
    }
}

static size_t number_end(scanner *s, size_t at)
{
    for (;;) {
        int32_t point = point_at(s, at);

        if (is_digit(point))
            at = after(s, at);
        else if ((point == '.' || point == ',' || point == ':' || point == '/' ||
                  point == '-') &&
                 is_digit(point_at(s, at + 1)))
            at++;
        else
            return at;
    }
}

static bool is_address(scanner *s)
{
    gs_text rest = gs_text_slice(s->text, s->at, s->text.size);

    if (rest.bytes[0] != 'h' && rest.bytes[0] != 'w')
        return false;
    return gs_text_starts(rest, GS_TEXT("http://")) ||
           gs_text_starts(rest, GS_TEXT("https://")) ||
           gs_text_starts(rest, GS_TEXT("www."));
}

static size_t address_end(scanner *s)
{
    size_t at = s->at;

    while (at < s->text.size && !is_space(point_at(s, at)))
        at = after(s, at);
    for (size_t before = at; before > s->at; at = before) {
        int32_t point = gs_utf8_previous(s->text, &before);

        if (is_word(point) || point == '/' || point < 0)
            break;
    }
    return at;
}

static void scan_word(scanner *s)
{
    size_t end;

    if (is_address(s)) {
        emit(s, address_end(s), GS_TOKEN_WORD);
        return;
    }
    if (is_digit(point_at(s, s->at))) {
        end = number_end(s, s->at);
        if (!is_letter(point_at(s, end)) &&
            !(is_hyphen(point_at(s, end)) && is_letter(point_at(s, after(s, end))))) {
            emit(s, end, GS_TOKEN_NUMBER);
            return;
        }
        emit(s, word_end(s, s->at, end), GS_TOKEN_WORD);
        return;
    }
    end = is_word(point_at(s, s->at)) ? s->at : s->at + 1; /* #tag, @name */
    emit(s, word_end(s, s->at, end), GS_TOKEN_WORD);
}

/* An apostrophe: a clitic after a word, else maybe a mark of quotation. */
static void scan_apostrophe(scanner *s)
{
    size_t end;
    int32_t before = point_before(s, s->at);
    const gs_word *clitic =
        is_word(before) || before == '.' ? find_clitic(s, s->at, &end) : NULL;

    if (clitic == NULL)
        emit(s, after(s, s->at), GS_TOKEN_OTHER);
    else
        emit(s, end,
             clitic->classes & GS_CLASS_POSSESSIVE ? GS_TOKEN_POSSESSIVE : GS_TOKEN_WORD);
}

static size_t run_end(scanner *s)
{
    size_t at = s->at;
    int32_t point;

    while ((point = point_at(s, at)) == '.' || point == '?' || point == '!' ||
           point == 0x2026)
        at = after(s, at);
    return at;
}

static void scan_sign(scanner *s, int32_t point)
{
    size_t end = after(s, s->at);
    bool space_before = s->space;
    int32_t next = point_at(s, end);
    gs_token_type type = GS_TOKEN_OTHER;

    if (point == '.' || point == '?' || point == '!' || point == 0x2026) {
        emit(s, run_end(s), GS_TOKEN_STOP);
        return;
    }
    if (point == '-' && next == '-') {
        while (point_at(s, end) == '-')
            end++;
        type = GS_TOKEN_DASH;
    } else if (is_dash(point) ||
               (is_hyphen(point) && space_before && (next < 0 || is_space(next)))) {
        type = GS_TOKEN_DASH;
    } else if (point == ',') {
        type = GS_TOKEN_COMMA;
    } else if (point == ':' || point == ';') {
        type = GS_TOKEN_COLON;
    } else if (point == '(' || point == '[') {
        type = GS_TOKEN_PAREN_OPEN;
    } else if (point == ')' || point == ']') {
        type = GS_TOKEN_PAREN_CLOSE;
    } else if ((point == '`' || point == '\'') && next == point) {
        end++; /* typewriters' `` and '' */
    }
    emit(s, end, type);
}

static void scan_block(scanner *s, const gs_block *block)
{
    s->text.size = block->end;
    s->space = true;
    advance(s, block->start);
    while (s->at < block->end && !s->full) {
        int32_t point = point_at(s, s->at);

        if (is_space(point)) {
            advance(s, after(s, s->at));
            s->space = true;
        } else if (is_word(point) ||
                   ((point == '@' || point == '#') && is_letter(point_at(s, s->at + 1))))
            scan_word(s);
        else if (is_apostrophe(point) && point_at(s, s->at + 1) != '\'')
            scan_apostrophe(s);
        else
            scan_sign(s, point);
    }
}

bool gs_tokens_read(gs_page_build *build, const gs_blocks *blocks)
{
    gs_page *page = build->page;
    scanner s = {.build = build, .text = page->text};

    page->paragraphs =
        gs_arena_array(build->arena, blocks->count + 1, sizeof *page->paragraphs);
    build->token_room = page->text.size / BYTES_A_TOKEN + 16;
    page->tokens = gs_arena_array(build->arena, build->token_room, sizeof *page->tokens);
    if (page->paragraphs == NULL || page->tokens == NULL)
        return false;
    for (size_t i = 0; i < blocks->count && !s.full; i++) {
        uint32_t first = page->token_count;

        scan_block(&s, &blocks->items[i]);
        if (page->token_count > first)
            page->paragraph_count++;
    }
    return !s.full;
}
