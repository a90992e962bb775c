#include "ingest/extract/clause.h"

enum {
    ASIDE_REACH = 30,   /* tokens within the commas of an aside */
    CUE_REACH = 14,     /* tokens between a conjunction and the cue of a new clause */
    CONTENT_MAX = 2000, /* tokens of content in one sentence */
    OPENING_MAX = 120   /* tokens of a clause before the main one */
};

uint32_t gs_clause_after_quote(const gs_reading *r, uint32_t open, uint32_t end)
{
    uint32_t quote = gs_token_at(r, open)->quote;
    const gs_quotation *q;
    uint32_t after;

    if (quote == 0)
        return open + 1;
    q = &r->page->quotations[quote - 1];
    after = q->inside.end + (q->closed ? 1 : 0);
    return after <= open ? open + 1 : after > end ? end : after;
}

static bool is_break(const gs_reading *r, uint32_t i)
{
    gs_token_type type = gs_type_at(r, i);

    return type == GS_TOKEN_COMMA || type == GS_TOKEN_STOP || type == GS_TOKEN_DASH;
}

bool gs_clause_after_content(const gs_reading *r, uint32_t i, uint32_t start)
{
    while (i > start && gs_type_at(r, i - 1) == GS_TOKEN_CLOSE)
        i--; /* "'...,'" she said */
    return i > start && is_break(r, i - 1);
}

bool gs_clause_time(const gs_reading *r, uint32_t i, uint32_t *after)
{
    uint32_t time = r->marks[i].time;

    if (time == 0)
        return false;
    *after = r->times.items[time - 1].tokens.end;
    return true;
}

bool gs_verb_finite(const gs_reading *r, const gs_verb *verb)
{
    gs_tag first = gs_tag_at(r, verb->tokens.first);

    if (verb->infinitive || verb->gerund)
        return false;
    if (verb->tokens.end - verb->tokens.first > 1 && first != GS_TAG_VERB_PARTICIPLE)
        return true;
    return gs_tag_at(r, verb->main) != GS_TAG_VERB_PARTICIPLE &&
           gs_tag_at(r, verb->main) != GS_TAG_VERB_GERUND;
}

bool gs_clause_has_finite(const gs_reading *r, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        const gs_verb *verb = gs_page_verb_at(r->page, i);

        if (verb != NULL && gs_verb_finite(r, verb))
            return true;
    }
    return false;
}

uint32_t gs_clause_noun_end(const gs_reading *r, uint32_t i, uint32_t end)
{
    const gs_phrase *phrase;

    if (i >= end)
        return i;
    phrase = gs_page_phrase_at(r->page, i);
    if (phrase != NULL && phrase->tokens.end > i)
        return phrase->tokens.end < end ? phrase->tokens.end : end;
    return gs_tag_at(r, i) == GS_TAG_PRONOUN ? i + 1 : i;
}

uint32_t gs_clause_phrase_end(const gs_reading *r, uint32_t i, uint32_t end)
{
    uint32_t at = gs_clause_noun_end(r, i, end), after;

    if (at == i)
        return i;
    while (at < end && (gs_tag_at(r, at) == GS_TAG_PREPOSITION ||
                        gs_type_at(r, at) == GS_TOKEN_POSSESSIVE)) {
        uint32_t next;

        if (gs_clause_time(r, at, &after))
            break;
        next = gs_clause_noun_end(r, at + 1, end);
        if (next == at + 1)
            break;
        at = next;
    }
    return at;
}

/* Whether what stands from `i` on can follow an aside between commas. */
static bool resumes(const gs_reading *r, uint32_t i, uint32_t end)
{
    if (i >= end)
        return false;
    return (gs_words_at(r, i) & GS_IN(THAT)) != 0 || gs_type_at(r, i) == GS_TOKEN_OPEN ||
           gs_page_phrase_at(r->page, i) != NULL || gs_tag_at(r, i) == GS_TAG_PRONOUN ||
           gs_tag_at(r, i) == GS_TAG_VERB_GERUND;
}

/* Behind an aside between commas that begins with the comma at `i`; `i` when it is none.
 */
static uint32_t comma_aside(const gs_reading *r, uint32_t i, uint32_t end, uint32_t *time)
{
    uint32_t reach = end - i > ASIDE_REACH ? i + ASIDE_REACH : end, at = i + 1, after;
    gs_tag tag = i + 1 < end ? gs_tag_at(r, i + 1) : GS_TAG_OTHER;

    if (i + 1 >= end)
        return i;
    if (tag != GS_TAG_PREPOSITION && tag != GS_TAG_ADVERB && tag != GS_TAG_VERB_GERUND &&
        !gs_clause_time(r, i + 1, &after) &&
        (gs_words_at(r, i + 1) & (GS_IN(ASIDE) | GS_IN(CLOSER))) == 0)
        return i;
    for (; at < reach; at++) {
        if (gs_type_at(r, at) == GS_TOKEN_OPEN || gs_type_at(r, at) == GS_TOKEN_STOP)
            return i;
        if (r->marks[at].time != 0 && *time == 0)
            *time = r->marks[at].time;
        if (gs_type_at(r, at) == GS_TOKEN_COMMA)
            return resumes(r, at + 1, end) ? at + 1 : i;
    }
    return i;
}

/* Behind a preposition and its noun phrase; `i` when they do not stand there. */
static uint32_t preposition_aside(const gs_reading *r, uint32_t i, uint32_t end)
{
    uint32_t after;

    if (gs_tag_at(r, i) != GS_TAG_PREPOSITION && gs_tag_at(r, i) != GS_TAG_TO)
        return i;
    if ((gs_words_at(r, i) & (GS_IN(AS) | GS_IN(THAT))) != 0)
        return i;
    after = gs_clause_phrase_end(r, i + 1, end);
    if (after == i + 1)
        return i;
    return after;
}

static bool is_loose_adverb(const gs_reading *r, uint32_t i, uint32_t end)
{
    if ((gs_words_at(r, i) & GS_IN(ASIDE)) != 0)
        return true;
    if (gs_tag_at(r, i) != GS_TAG_ADVERB || (gs_words_at(r, i) & GS_IN(NEGATION)) != 0)
        return false;
    return i + 1 >= end || gs_type_at(r, i + 1) != GS_TOKEN_WORD ||
           (gs_words_at(r, i + 1) & GS_IN(THAT)) != 0 ||
           gs_tag_at(r, i + 1) == GS_TAG_PREPOSITION || r->marks[i + 1].time != 0;
}

uint32_t gs_clause_aside(const gs_reading *r, uint32_t i, uint32_t end, uint32_t *time)
{
    while (i < end) {
        uint32_t next = i, after;

        if (gs_clause_time(r, i, &after)) {
            if (*time == 0)
                *time = r->marks[i].time;
            next = after;
        } else if (gs_type_at(r, i) == GS_TOKEN_COMMA) {
            next = comma_aside(r, i, end, time);
        } else if (is_loose_adverb(r, i, end)) {
            next = i + 1;
        } else {
            next = preposition_aside(r, i, end);
        }
        if (next == i)
            break;
        i = next;
    }
    return i;
}

bool gs_clause_begins(const gs_reading *r, uint32_t i, uint32_t end)
{
    uint32_t start = i;

    if (i >= end)
        return false;
    if (gs_tag_at(r, i) == GS_TAG_SUBORDINATOR)
        return true;
    end = end - i > GS_CLAUSE_REACH ? i + GS_CLAUSE_REACH : end;
    while (i < end) {
        const gs_verb *verb = gs_page_verb_at(r->page, i);
        gs_token_type type = gs_type_at(r, i);

        if (verb != NULL) {
            if (gs_verb_finite(r, verb))
                return i > start;
            i = verb->tokens.end > i ? verb->tokens.end : i + 1;
        } else if (type == GS_TOKEN_OPEN) {
            i = gs_clause_after_quote(r, i, end);
        } else if (type == GS_TOKEN_COMMA || type == GS_TOKEN_STOP ||
                   type == GS_TOKEN_COLON || gs_tag_at(r, i) == GS_TAG_SUBORDINATOR ||
                   gs_tag_at(r, i) == GS_TAG_RELATIVE) {
            return false;
        } else {
            i++;
        }
    }
    return false;
}

/* Whether a verb that says something begins at `i`, adverbs and times before it: "and
 * [on Monday] accused". */
static bool cue_follows(const gs_reading *r, uint32_t i, uint32_t end)
{
    uint32_t after;

    while (i < end && r->marks[i].act == 0) {
        if (gs_clause_time(r, i, &after))
            i = after;
        else if (gs_tag_at(r, i) == GS_TAG_ADVERB)
            i++;
        else
            break;
    }
    if (i < end && r->marks[i].act != 0) {
        const gs_act *act = &r->acts.items[r->marks[i].act - 1];
        const gs_verb *verb = gs_page_verb_at(r->page, i);

        return act->entry->part == GS_CUE_VERB && act->entry->kind != GS_ACT_NONE &&
               (verb == NULL || gs_verb_finite(r, verb));
    }
    return false;
}

/* Whether a subject and a verb that says something begin at `i`: "Manila said". */
static bool said_clause(const gs_reading *r, uint32_t i, uint32_t end)
{
    uint32_t reach = end - i > CUE_REACH ? i + CUE_REACH : end;

    for (; i < reach; i++) {
        const gs_verb *verb = gs_page_verb_at(r->page, i);

        if (gs_type_at(r, i) == GS_TOKEN_OPEN || gs_type_at(r, i) == GS_TOKEN_STOP)
            return false;
        if (r->marks[i].act != 0) {
            const gs_act *act = &r->acts.items[r->marks[i].act - 1];

            return act->entry->part == GS_CUE_VERB && act->entry->kind != GS_ACT_NONE &&
                   (verb == NULL || gs_verb_finite(r, verb));
        }
        if (verb != NULL)
            return false;
    }
    return false;
}

/* Whether the words after a comma no longer belong to what is said. */
static bool closes(const gs_reading *r, uint32_t i, uint32_t end)
{
    uint32_t after;

    if (i >= end || (r->marks[i].flags & GS_MARK_BARRIER) != 0)
        return true;
    if ((gs_words_at(r, i) & GS_IN(CLOSER)) != 0 ||
        gs_tag_at(r, i) == GS_TAG_VERB_GERUND || gs_tag_at(r, i) == GS_TAG_RELATIVE)
        return true;
    if (gs_tag_at(r, i) == GS_TAG_CONJUNCTION)
        return cue_follows(r, i + 1, end) || said_clause(r, i + 1, end);
    if (gs_clause_time(r, i, &after))
        return after >= end || (gs_words_at(r, after) & GS_IN(AFTER)) != 0 ||
               gs_type_at(r, after) == GS_TOKEN_STOP;
    after = gs_clause_noun_end(r, i, end);
    return after > i && after < end && after - i <= 4 &&
           (gs_words_at(r, after) & GS_IN(AFTER)) != 0;
}

/* "denied X after a newspaper reported Y": a subordinate clause that tells another act.
 */
static bool tells_other(const gs_reading *r, uint32_t i, uint32_t end)
{
    return (gs_words_at(r, i) & GS_IN(CLOSER)) != 0 &&
           (gs_tag_at(r, i) == GS_TAG_SUBORDINATOR ||
            (gs_words_at(r, i) & GS_IN(AFTER)) != 0) &&
           said_clause(r, i + 1, end);
}

uint32_t gs_clause_content_end(const gs_reading *r, uint32_t i, uint32_t end)
{
    uint32_t start = i;

    end = end - i > CONTENT_MAX ? i + CONTENT_MAX : end;
    while (i < end) {
        gs_token_type type = gs_type_at(r, i);

        if (i > start && (r->marks[i].flags & GS_MARK_BARRIER) != 0)
            return i;
        if (type == GS_TOKEN_OPEN) {
            uint32_t after = gs_clause_after_quote(r, i, end);

            if (after < end && after >= 2 && gs_type_at(r, after - 1) == GS_TOKEN_CLOSE &&
                gs_type_at(r, after - 2) == GS_TOKEN_COMMA && closes(r, after, end))
                return after;
            i = after;
            continue;
        }
        if (type == GS_TOKEN_STOP)
            return i;
        if (type == GS_TOKEN_COLON &&
            gs_text_equal(gs_token_at(r, i)->folded, GS_TEXT(";")))
            return i;
        if (type == GS_TOKEN_COMMA && closes(r, i + 1, end))
            return i;
        if (gs_tag_at(r, i) == GS_TAG_CONJUNCTION && i > start &&
            cue_follows(r, i + 1, end))
            return i;
        if (i > start && tells_other(r, i, end))
            return i;
        i++;
    }
    return end;
}

/* Adverbs and times before a verb. */
static uint32_t skip_adverbs(const gs_reading *r, uint32_t i, uint32_t end)
{
    uint32_t after;

    while (i < end) {
        if (gs_clause_time(r, i, &after) && after > i)
            i = after;
        else if (gs_tag_at(r, i) == GS_TAG_ADVERB)
            i++;
        else
            break;
    }
    return i;
}

static bool finite_at(const gs_reading *r, uint32_t i, uint32_t end)
{
    const gs_verb *verb;

    i = skip_adverbs(r, i, end);
    verb = i < end ? gs_page_verb_at(r->page, i) : NULL;
    return verb != NULL && verb->tokens.first <= i && gs_verb_finite(r, verb);
}

static bool in_phrase(const gs_reading *r, uint32_t i)
{
    const gs_phrase *phrase = gs_page_phrase_at(r->page, i);

    return phrase != NULL && phrase->tokens.first < i;
}

uint32_t gs_clause_object_end(const gs_reading *r, uint32_t i, uint32_t end)
{
    for (; i < end; i++) {
        gs_tag tag = gs_tag_at(r, i);

        if (gs_type_at(r, i) == GS_TOKEN_OPEN) {
            i = gs_clause_after_quote(r, i, end) - 1;
            continue;
        }
        if (tag == GS_TAG_RELATIVE || tag == GS_TAG_SUBORDINATOR)
            return end; /* what follows may be of the clause within */
        if (tag == GS_TAG_CONJUNCTION && !in_phrase(r, i) &&
            (finite_at(r, i + 1, end) || gs_clause_begins(r, i + 1, end)))
            return i;
        if (gs_type_at(r, i) == GS_TOKEN_COMMA && finite_at(r, i + 1, end))
            return i;
    }
    return end;
}

uint32_t gs_clause_opening_end(const gs_reading *r, uint32_t first, uint32_t end)
{
    uint32_t reach = end - first > OPENING_MAX ? first + OPENING_MAX : end;

    for (uint32_t i = first; i + 1 < reach; i++) {
        if (gs_type_at(r, i) == GS_TOKEN_OPEN)
            i = gs_clause_after_quote(r, i, reach) - 1;
        else if (gs_type_at(r, i) == GS_TOKEN_COMMA &&
                 gs_clause_noun_end(r, i + 1, reach) > i + 1 &&
                 gs_clause_begins(r, i + 1, reach))
            return i;
    }
    return end;
}

gs_range gs_clause_trim(const gs_reading *r, gs_range range)
{
    while (range.first < range.end) {
        gs_token_type type = gs_type_at(r, range.first);

        if (type != GS_TOKEN_COMMA && type != GS_TOKEN_STOP && type != GS_TOKEN_CLOSE &&
            type != GS_TOKEN_DASH && type != GS_TOKEN_COLON)
            break;
        range.first++;
    }
    while (range.first < range.end) {
        gs_token_type type = gs_type_at(r, range.end - 1);

        if (type != GS_TOKEN_COMMA && type != GS_TOKEN_DASH && type != GS_TOKEN_COLON &&
            type != GS_TOKEN_OPEN)
            break;
        range.end--;
    }
    return range;
}

gs_word_set gs_clause_words(const gs_reading *r, gs_range range)
{
    gs_word_set set = 0;

    for (uint32_t i = range.first; i < range.end; i++)
        set |= gs_vocabulary_phrase(r->language->vocabulary, r->page, r->marks, i,
                                    range.end, NULL);
    return set;
}
