/* Noun phrases: from a determiner to the last noun of a run. */
#include "ingest/extract/page_build.h"

enum { MODIFIERS_MOST = 40 }; /* tokens without a noun: what bounds each search */

typedef struct reader {
    gs_page_build *build;
    uint32_t at, end;
} reader;

static gs_tag tag_at(const reader *r, uint32_t token)
{
    return token < r->end ? (gs_tag)r->build->page->tokens[token].tag : GS_TAG_OTHER;
}

static uint8_t type_at(const reader *r, uint32_t token)
{
    return token < r->end ? r->build->page->tokens[token].type : GS_TOKEN_STOP;
}

static bool is_head(gs_tag tag)
{
    return tag == GS_TAG_NOUN || tag == GS_TAG_PROPER;
}

static bool is_sign(const reader *r, uint32_t token, char sign)
{
    const gs_page *page = r->build->page;

    return type_at(r, token) == GS_TOKEN_OTHER && token < r->end &&
           page->tokens[token].end - page->tokens[token].start == 1 &&
           page->text.bytes[page->tokens[token].start] == sign;
}

/* "45%": the sign is a noun. */
static bool is_percent(const reader *r, uint32_t token)
{
    return token > 0 && is_sign(r, token, '%') && tag_at(r, token - 1) == GS_TAG_NUMBER;
}

static bool is_possessive(const reader *r, uint32_t token)
{
    return type_at(r, token) == GS_TOKEN_POSSESSIVE && tag_at(r, token) == GS_TAG_OTHER;
}

static bool in_verb(const reader *r, uint32_t token)
{
    return gs_page_verb_at(r->build->page, token) != NULL;
}

static bool modifies(const reader *r, uint32_t token)
{
    gs_tag tag = tag_at(r, token);

    if (tag == GS_TAG_ADJECTIVE || tag == GS_TAG_NUMBER || is_head(tag) ||
        is_possessive(r, token) || is_percent(r, token))
        return true;
    if (tag == GS_TAG_VERB_PARTICIPLE || tag == GS_TAG_VERB_GERUND)
        return !in_verb(r, token);
    return tag == GS_TAG_ADVERB &&
           (tag_at(r, token + 1) == GS_TAG_ADJECTIVE ||
            (tag_at(r, token + 1) == GS_TAG_VERB_PARTICIPLE && !in_verb(r, token + 1)));
}

/* Joined within the phrase: "military and civilian airports", "a Times/Post poll". */
static bool joins(const reader *r, uint32_t token)
{
    if (is_sign(r, token, '/'))
        return is_head(tag_at(r, token - 1)) && is_head(tag_at(r, token + 1));
    return tag_at(r, token) == GS_TAG_CONJUNCTION &&
           tag_at(r, token - 1) == GS_TAG_ADJECTIVE &&
           tag_at(r, token + 1) == GS_TAG_ADJECTIVE;
}

/* Behind marks of quotation within a phrase: an unfounded “arms deal” rumour. A mark
 * closes only what opened within. */
static uint32_t skip_marks(const reader *r, uint32_t token, uint32_t *open)
{
    for (;; token++) {
        uint8_t type = type_at(r, token);

        if (type == GS_TOKEN_OPEN)
            ++*open;
        else if (type == GS_TOKEN_CLOSE && *open > 0)
            --*open;
        else
            return token;
    }
}

static uint32_t when_at(const reader *r, uint32_t token)
{
    const gs_word *word = r->build->page->tokens[token].word;

    return word == NULL ? 0 : word->when;
}

/* Whether another phrase begins although both words could stand in one: "weapons tests
 * last week", "Monday evening Smith", "Tuesday claims". */
static bool breaks(const reader *r, uint32_t before, uint32_t next)
{
    gs_tag tag = tag_at(r, next);
    uint32_t when = when_at(r, before);
    bool weekday = when & GS_WHEN_WEEKDAY && !is_possessive(r, before);

    if (tag_at(r, before) == GS_TAG_NOUN &&
        (tag == GS_TAG_ADJECTIVE || when_at(r, next) & GS_WHEN_WEEKDAY))
        return true;
    if (when & (GS_WHEN_PART | GS_WHEN_UNIT) && tag_at(r, before) == GS_TAG_NOUN)
        return tag == GS_TAG_PROPER;
    return weekday && is_head(tag) && !(when_at(r, next) & GS_WHEN_PART) &&
           (before == 0 || (tag_at(r, before - 1) != GS_TAG_DETERMINER &&
                            !is_possessive(r, before - 1)));
}

/* From `first` on: where the run of modifiers and nouns ends, and its last noun. */
static uint32_t run_end(const reader *r, uint32_t first, uint32_t open, uint32_t *head)
{
    uint32_t end = first, at = first;

    for (;;) {
        uint32_t next = at == first ? at : skip_marks(r, at, &open);

        if (at > first && next == at && joins(r, at)) {
            at++;
            continue;
        }
        if (next - end > MODIFIERS_MOST || !modifies(r, next) ||
            type_at(r, next) == GS_TOKEN_OPEN || (at > first && breaks(r, at - 1, next)))
            return end;
        at = next + 1;
        if (is_head(tag_at(r, next)) || is_percent(r, next) ||
            (*head == UINT32_MAX && tag_at(r, next) == GS_TAG_NUMBER)) {
            *head = next;
            end = at;
        }
    }
}

/* "of" and the name behind it, where the head is part of a name: Ministry of Defence. */
static uint32_t name_end(const reader *r, uint32_t head, uint32_t end)
{
    while (tag_at(r, head) == GS_TAG_PROPER && tag_at(r, end) == GS_TAG_PREPOSITION &&
           gs_build_classes(r->build, end) & GS_CLASS_OF && head + 1 == end) {
        uint32_t at = end + 1, inner = UINT32_MAX, behind;

        if (tag_at(r, at) == GS_TAG_DETERMINER)
            at++;
        behind = run_end(r, at, 0, &inner);
        if (inner == UINT32_MAX || tag_at(r, at) != GS_TAG_PROPER)
            break;
        end = behind;
        head = inner;
    }
    return end;
}

static bool push(reader *r, gs_phrase phrase)
{
    gs_page *page = r->build->page;

    page->phrases = gs_arena_grow(r->build->arena, page->phrases, page->phrase_count,
                                  &r->build->phrase_room, sizeof phrase);
    if (page->phrases == NULL)
        return false;
    page->phrases[page->phrase_count++] = phrase;
    return true;
}

static bool read_phrase(reader *r)
{
    uint32_t first = r->at, at = first, head = UINT32_MAX, end, open;

    if (tag_at(r, at) == GS_TAG_PRONOUN) {
        r->at++;
        return push(r, (gs_phrase){{first, r->at}, first});
    }
    while (tag_at(r, at) == GS_TAG_DETERMINER)
        at++;
    open = at > first && type_at(r, at) == GS_TOKEN_OPEN; /* the “rumour” */
    at += open;
    end = run_end(r, at, open, &head);
    if (head == UINT32_MAX) {
        r->at = at > first ? at : first + 1;
        return true;
    }
    end = name_end(r, head, end);
    r->at = end;
    return push(r, (gs_phrase){{first, end}, head});
}

bool gs_phrases_find(gs_page_build *build)
{
    const gs_page *page = build->page;

    for (uint32_t i = 0; i < page->sentence_count; i++) {
        reader r = {build, page->sentences[i].tokens.first,
                    page->sentences[i].tokens.end};

        while (r.at < r.end)
            if (!read_phrase(&r))
                return false;
    }
    return true;
}
