/* Which marks open and close quotations, and which words stand in them.
 *
 * A paragraph at a time, with a stack: what is still open at its end is unclosed, and
 * goes on if the next paragraph opens again with the same mark. */
#include "ingest/extract/page_build.h"

typedef enum mark {
    MARK_NONE,
    MARK_DOUBLE_OPEN, /* by its shape */
    MARK_DOUBLE_CLOSE,
    MARK_DOUBLE, /* straight: by its place */
    MARK_SINGLE_OPEN,
    MARK_SINGLE_CLOSE, /* or an apostrophe */
    MARK_SINGLE,
} mark;

typedef struct marks {
    gs_page_build *build;
    uint32_t *stack; /* quotations that are open, the innermost last */
    size_t depth, room;
    size_t doubles;  /* of them in double marks */
    uint32_t *later; /* of each token, how many single marks behind it in its paragraph
                        can close */
    bool full;
} marks;

static bool is_single(mark kind)
{
    return kind >= MARK_SINGLE_OPEN;
}

static mark mark_of(const gs_page_build *build, uint32_t token)
{
    gs_text text = gs_build_text(build, token);
    size_t at = 0;

    if (build->page->tokens[token].type != GS_TOKEN_OTHER)
        return MARK_NONE;
    switch (gs_utf8_next(text, &at)) {
    case '"':
    case 0xff02:
        return MARK_DOUBLE;
    case 0x201c:
    case 0x201e:
    case 0xab:
        return MARK_DOUBLE_OPEN;
    case 0x201d:
    case 0xbb:
        return MARK_DOUBLE_CLOSE;
    case 0x2018:
    case 0x201a:
    case 0x2039:
        return MARK_SINGLE_OPEN;
    case 0x2019:
    case 0x203a:
        return MARK_SINGLE_CLOSE;
    case '\'':
        return text.size == 2 ? MARK_DOUBLE : MARK_SINGLE; /* ''so'' or ``so'' */
    case '`':
        return text.size == 2 ? MARK_DOUBLE_OPEN : MARK_SINGLE_OPEN;
    default:
        return MARK_NONE;
    }
}

static bool space_behind(const gs_page *page, uint32_t token)
{
    return token + 1 >= page->token_count || page->tokens[token + 1].space ||
           page->tokens[token + 1].paragraph != page->tokens[token].paragraph;
}

static bool word_behind(const gs_page *page, uint32_t token)
{
    return !space_behind(page, token) && page->tokens[token + 1].type <= GS_TOKEN_NUMBER;
}

/* Nothing stands before it but white space, a bracket, a dash or another mark. */
static bool free_before(const gs_page *page, uint32_t token)
{
    const gs_token *before;

    if (page->tokens[token].space || token == 0)
        return true;
    before = &page->tokens[token - 1];
    return before->paragraph != page->tokens[token].paragraph ||
           before->type == GS_TOKEN_PAREN_OPEN || before->type == GS_TOKEN_DASH ||
           before->type == GS_TOKEN_OPEN;
}

static bool can_close_single(const gs_page_build *build, uint32_t token)
{
    mark kind = mark_of(build, token);

    return (kind == MARK_SINGLE_CLOSE || kind == MARK_SINGLE) &&
           !build->page->tokens[token].space && !word_behind(build->page, token);
}

/* ministers' : the s of a plural, and a word behind a blank. */
static bool maybe_possessive(const gs_page_build *build, uint32_t token)
{
    const gs_page *page = build->page;
    gs_text before;

    if (token == 0 || page->tokens[token - 1].type != GS_TOKEN_WORD ||
        page->tokens[token].space)
        return false;
    before = page->tokens[token - 1].folded;
    return before.size > 1 && before.bytes[before.size - 1] == 's' &&
           token + 1 < page->token_count &&
           page->tokens[token + 1].type <= GS_TOKEN_NUMBER;
}

/* From the end of each paragraph on: the single marks that can close, without plurals'.
 */
static bool count_closing(marks *m)
{
    const gs_page *page = m->build->page;

    m->later = gs_arena_array(m->build->arena, page->token_count + 1, sizeof *m->later);
    if (m->later == NULL)
        return false;
    for (uint32_t i = page->token_count; i-- > 0;) {
        bool same = i + 1 < page->token_count &&
                    page->tokens[i + 1].paragraph == page->tokens[i].paragraph;

        m->later[i] = same ? m->later[i + 1] + can_close_single(m->build, i + 1) : 0;
        if (mark_of(m->build, i) == MARK_SINGLE_OPEN && word_behind(page, i))
            m->later[i] = 0; /* those behind belong to it */
    }
    return true;
}

static void open_quotation(marks *m, uint32_t token, mark kind)
{
    gs_page *page = m->build->page;
    gs_quotation quotation = {.inside = {token + 1, token + 1},
                              .parent = m->depth ? m->stack[m->depth - 1] + 1 : 0};

    page->quotations =
        gs_arena_grow(m->build->arena, page->quotations, page->quotation_count,
                      &m->build->quotation_room, sizeof quotation);
    m->stack =
        gs_arena_grow(m->build->arena, m->stack, m->depth, &m->room, sizeof *m->stack);
    m->full = page->quotations == NULL || m->stack == NULL;
    if (m->full)
        return;
    page->tokens[token].type = GS_TOKEN_OPEN;
    m->doubles += !is_single(kind);
    m->stack[m->depth++] = page->quotation_count;
    page->quotations[page->quotation_count++] = quotation;
}

static bool in_single(const marks *m, size_t depth)
{
    const gs_page *page = m->build->page;
    gs_text mark_text =
        gs_build_text(m->build, page->quotations[m->stack[depth]].inside.first - 1);
    size_t at = 0;
    int32_t point = gs_utf8_next(mark_text, &at);

    return (point == '\'' && mark_text.size == 1) || point == 0x2018 || point == 0x201a ||
           point == 0x2039 || (point == '`' && mark_text.size == 1);
}

static void pop(marks *m, uint32_t end, bool closed)
{
    gs_quotation *quotation = &m->build->page->quotations[m->stack[m->depth - 1]];

    m->doubles -= !in_single(m, m->depth - 1);
    quotation->inside.end = end;
    quotation->closed = closed;
    m->depth--;
}

/* What a double mark closes: the innermost in double marks, and all within it. */
static void close_double(marks *m, uint32_t token)
{
    if (m->doubles == 0)
        return;
    while (in_single(m, m->depth - 1))
        pop(m, token, false);
    m->build->page->tokens[token].type = GS_TOKEN_CLOSE;
    m->build->page->tokens[token].quote = m->stack[m->depth - 1] + 1;
    pop(m, token, true);
}

static void close_single(marks *m, uint32_t token)
{
    gs_token *tokens = m->build->page->tokens;
    bool open = m->depth > 0 && in_single(m, m->depth - 1);

    if (word_behind(m->build->page, token) || tokens[token].space)
        return;
    if (maybe_possessive(m->build, token) && (!open || m->later[token] > 0)) {
        tokens[token].type = GS_TOKEN_POSSESSIVE;
        return;
    }
    if (!open)
        return;
    tokens[token].type = GS_TOKEN_CLOSE;
    tokens[token].quote = m->stack[m->depth - 1] + 1;
    pop(m, token, true);
}

static void read_double(marks *m, uint32_t token)
{
    const gs_page *page = m->build->page;
    bool before = free_before(page, token), behind = !space_behind(page, token);

    if (m->doubles == 0 ? behind || before
                        : before && behind && page->tokens[token].space)
        open_quotation(m, token, MARK_DOUBLE);
    else
        close_double(m, token);
}

/* 90s */
static bool is_decade(const gs_page *page, uint32_t token)
{
    gs_text text;

    if (token >= page->token_count)
        return false;
    text = page->tokens[token].folded;
    return text.size > 2 && text.bytes[0] >= '0' && text.bytes[0] <= '9' &&
           text.bytes[text.size - 1] == 's';
}

/* '90s and 'em are no quotations: nothing closes them. */
static void read_single(marks *m, uint32_t token, mark kind)
{
    const gs_page *page = m->build->page;

    if (kind == MARK_SINGLE_CLOSE || !free_before(page, token)) {
        close_single(m, token);
        return;
    }
    if (!word_behind(page, token) && space_behind(page, token))
        return;
    if (kind == MARK_SINGLE && (m->later[token] == 0 || is_decade(page, token + 1)))
        return;
    if (kind == MARK_SINGLE_OPEN && page->tokens[token + 1].type == GS_TOKEN_NUMBER &&
        m->later[token] == 0)
        return;
    open_quotation(m, token, kind);
}

static void read_mark(marks *m, uint32_t token)
{
    mark kind = mark_of(m->build, token);

    switch (kind) {
    case MARK_NONE:
        break;
    case MARK_DOUBLE_OPEN:
        open_quotation(m, token, kind);
        break;
    case MARK_DOUBLE_CLOSE:
        close_double(m, token);
        break;
    case MARK_DOUBLE:
        read_double(m, token);
        break;
    default:
        read_single(m, token, kind);
        break;
    }
}

/* What is open at the end of a paragraph; `next` is the first token of the one behind. */
static void end_paragraph(marks *m, uint32_t next)
{
    gs_page *page = m->build->page;
    mark opening = next < page->token_count ? mark_of(m->build, next) : MARK_NONE;
    bool again = opening == MARK_DOUBLE_OPEN || opening == MARK_DOUBLE;

    while (m->depth > 0) {
        gs_quotation *quotation = &page->quotations[m->stack[m->depth - 1]];

        quotation->continues = again && m->depth == 1 && m->doubles == 1;
        pop(m, next, false);
    }
}

bool gs_quotations_find(gs_page_build *build)
{
    gs_page *page = build->page;
    marks m = {.build = build};

    if (!count_closing(&m))
        return false;
    for (uint32_t i = 0; i < page->token_count && !m.full; i++) {
        if (i > 0 && page->tokens[i].paragraph != page->tokens[i - 1].paragraph)
            end_paragraph(&m, i);
        read_mark(&m, i);
        if (!m.full && page->tokens[i].quote == 0 && m.depth > 0)
            page->tokens[i].quote = m.stack[m.depth - 1] + 1;
    }
    if (!m.full)
        end_paragraph(&m, page->token_count);
    return !m.full;
}
