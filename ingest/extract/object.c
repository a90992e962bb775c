#include "ingest/extract/object.h"
#include "ingest/extract/clause.h"
#include "ingest/extract/content.h"
#include "ingest/extract/cues.h"

enum { NOUN_REACH = 40 }; /* tokens between a noun and its clause */

/* Whose noun it is, by what stands before its head: "Kyiv's claim", "a White House
 * claim".
 */
static void claimant_before(gs_noun_complement *out, const gs_reading *r, uint32_t first)
{
    uint32_t from = out->head, after;

    for (uint32_t i = first; i < out->head; i++) {
        if (gs_clause_time(r, i, &after)) {
            if (out->time == 0)
                out->time = r->marks[i].time;
            i = after > i ? after - 1 : i;
            first = i + 1;
            continue;
        }
        if ((gs_words_at(r, i) & GS_IN(POSSESSIVE)) != 0)
            out->own = true;
        if (gs_type_at(r, i) == GS_TOKEN_POSSESSIVE && i > first) {
            out->claimant = (gs_range){first, i};
            return;
        }
    }
    while (from > first && gs_tag_at(r, from - 1) == GS_TAG_PROPER)
        from--;
    if (from < out->head)
        out->claimant = (gs_range){from, out->head};
}

/* The head of the phrase at a token that stands for something said, or its own head. */
static uint32_t said_noun(const gs_reading *r, const gs_phrase *phrase, uint32_t from)
{
    for (uint32_t i = phrase->tokens.end; i > from; i--)
        if (gs_tag_at(r, i - 1) == GS_TAG_NOUN &&
            (gs_words_at(r, i - 1) & GS_IN(ASSERTION)) != 0)
            return i - 1;
    return phrase->head;
}

/* "by X", "of 4 February", "in March" behind a noun, up to its clause. */
static uint32_t after_noun(gs_noun_complement *out, const gs_reading *r, uint32_t i,
                           uint32_t end)
{
    uint32_t reach = end - i > NOUN_REACH ? i + NOUN_REACH : end, after;

    while (i < reach) {
        if (gs_clause_time(r, i, &after)) {
            if (out->time == 0)
                out->time = r->marks[i].time;
        } else if (gs_tag_at(r, i) == GS_TAG_PREPOSITION && i + 1 < reach &&
                   gs_clause_time(r, i + 1, &after)) {
            if (out->time == 0)
                out->time = r->marks[i + 1].time;
        } else if (gs_tag_at(r, i) == GS_TAG_PREPOSITION) {
            after = gs_clause_phrase_end(r, i + 1, reach);
            if (after == i + 1)
                break;
            if ((gs_words_at(r, i) & GS_IN(BY)) != 0)
                out->claimant = (gs_range){i + 1, after};
        } else {
            break;
        }
        i = after;
    }
    return i;
}

bool gs_object_noun(gs_noun_complement *out, const gs_reading *r, uint32_t i,
                    uint32_t end)
{
    const gs_phrase *phrase = i < end ? gs_page_phrase_at(r->page, i) : NULL;
    uint32_t at;

    *out = (gs_noun_complement){0};
    if (i >= end)
        return false;
    if (phrase == NULL) {
        if (gs_tag_at(r, i) != GS_TAG_PRONOUN)
            return false;
        out->noun = (gs_range){i, i + 1};
        out->head = i;
        return true;
    }
    at = phrase->tokens.end;
    if (at + 1 < end && gs_type_at(r, at) == GS_TOKEN_POSSESSIVE)
        at++; /* "Poland | 's claim", where the chunker cut it */
    if (at > phrase->tokens.end && gs_page_phrase_at(r->page, at) != NULL) {
        out->claimant = phrase->tokens;
        phrase = gs_page_phrase_at(r->page, at);
        at = phrase->tokens.end;
    }
    out->head = said_noun(r, phrase, phrase->tokens.first);
    at = out->head + 1 > at || (gs_words_at(r, out->head) & GS_IN(ASSERTION)) == 0
             ? at
             : out->head + 1;
    if (gs_range_empty(out->claimant))
        claimant_before(out, r, phrase->tokens.first > i ? phrase->tokens.first : i);
    at = after_noun(out, r, at, end);
    out->noun = (gs_range){i, at};
    if (at + 1 < end && (gs_words_at(r, at) & GS_IN(THAT)) != 0 &&
        (gs_words_at(r, out->head) & GS_IN(ASSERTION)) != 0)
        out->content = (gs_range){at + 1, gs_clause_content_end(r, at + 1, end)};
    return true;
}

/* Where "as" begins what is said of an object: within a content, outside its quotations.
 */
static uint32_t find_as(const gs_reading *r, uint32_t i, uint32_t end)
{
    while (i < end) {
        if (gs_type_at(r, i) == GS_TOKEN_OPEN) {
            i = gs_clause_after_quote(r, i, end);
            continue;
        }
        if ((gs_words_at(r, i) & GS_IN(AS)) != 0 && gs_page_verb_at(r->page, i) == NULL &&
            !gs_clause_begins(r, i + 1, end))
            return i;
        i++;
    }
    return end;
}

/* A time at the end of an object, which is the verb's: "rejected the claim on Monday". */
static uint32_t cut_time(const gs_reading *r, gs_act *act, uint32_t first, uint32_t end)
{
    uint32_t till = end > first ? r->marks[end].till : 0;

    if (till == 0 && end > first && gs_type_at(r, end - 1) == GS_TOKEN_COMMA)
        till = r->marks[end - 1].till;
    if (till == 0 || r->times.items[till - 1].tokens.first <= first)
        return end;
    if (act->time == 0)
        act->time = till;
    return r->times.items[till - 1].tokens.first;
}

static bool asks(const gs_reading *r, gs_range noun, uint32_t head, uint32_t end)
{
    const gs_phrase *next;

    if ((gs_words_at(r, head) & GS_IN(REQUEST)) != 0 &&
        (gs_words_at(r, head) & GS_IN(ALLEGATION)) == 0)
        return true;
    /* "denied the rider a licence" */
    next = noun.end < end ? gs_page_phrase_at(r->page, noun.end) : NULL;
    if (next != NULL && (gs_words_at(r, next->head) & GS_IN(REQUEST)) != 0)
        return true;
    for (uint32_t i = noun.first; i < noun.end; i++)
        if ((gs_words_at(r, i) & GS_IN(REQUEST)) != 0 && i > head)
            return true;
    return false;
}

/* "as absurd" before or after the object; sets `predicate`. Gives where to go on. */
static uint32_t read_as(const gs_reading *r, gs_act *act, uint32_t i, uint32_t end)
{
    uint32_t first = i, after;

    if ((gs_words_at(r, i) & GS_IN(AS)) == 0)
        return i;
    i++;
    if (i < end && gs_type_at(r, i) == GS_TOKEN_OPEN)
        after = gs_clause_after_quote(r, i, end);
    else {
        after = gs_clause_noun_end(r, i, end);
        while (after == i && i < end &&
               (gs_tag_at(r, i) == GS_TAG_ADJECTIVE || gs_tag_at(r, i) == GS_TAG_ADVERB ||
                gs_tag_at(r, i) == GS_TAG_VERB_PARTICIPLE))
            after = ++i;
    }
    act->predicate = (gs_range){first, after};
    return after;
}

/* Content that the object has of its own: its clause, without "as baseless" behind it. */
static void add_clause(gs_reading *r, gs_act *act, gs_range content)
{
    uint32_t as = find_as(r, content.first, content.end);

    if (as < content.end &&
        (gs_clause_words(r, (gs_range){as, content.end}) & GS_IN(NEGATIVE)) != 0) {
        act->predicate = (gs_range){as, content.end};
        content.end = as;
    }
    gs_act_add_piece(r, act, content);
}

static bool is_definite(gs_range noun, uint32_t head)
{
    return noun.end == head + 1;
}

static void add_object(gs_reading *r, gs_act *act, const gs_noun_complement *noun,
                       uint32_t end)
{
    uint32_t to = gs_clause_content_end(r, noun->noun.first, end), as;
    bool assertion = (gs_words_at(r, noun->head) & GS_IN(ALLEGATION)) != 0;

    to = gs_clause_object_end(r, noun->noun.first, to);
    as = find_as(r, noun->noun.end, to);
    if (as < to && (act->entry->frames & (GS_FRAME_AS | GS_CUE_ASSERTION)) != 0)
        act->predicate = (gs_range){as, to};
    to = cut_time(r, act, noun->noun.first, to);
    if (assertion && gs_range_empty(act->predicate) && to <= noun->noun.end &&
        is_definite(noun->noun, noun->head) && !noun->own)
        gs_act_add_piece(r, act, (gs_range){act->verb.first, to});
    else
        gs_act_add_piece(r, act, (gs_range){noun->noun.first, to});
}

bool gs_object_read(gs_reading *r, gs_act *act, uint32_t i, uint32_t end)
{
    gs_noun_complement noun;
    uint32_t frames = act->entry->frames;
    bool said;

    i = read_as(r, act, i, end);
    i = gs_clause_aside(r, i, end, &act->time);
    if (!gs_object_noun(&noun, r, i, end)) {
        if (i < end && gs_type_at(r, i) == GS_TOKEN_OPEN &&
            (frames & GS_FRAME_OBJECT) != 0) {
            gs_act_add_piece(r, act, (gs_range){i, gs_clause_content_end(r, i, end)});
            return true;
        }
        return false;
    }
    said = (gs_words_at(r, noun.head) & GS_IN(ASSERTION)) != 0 ||
           gs_tag_at(r, noun.head) == GS_TAG_PRONOUN;
    act->object = noun.noun;
    if (!gs_range_empty(noun.content))
        add_clause(r, act, noun.content);
    else
        add_object(r, act, &noun, end);
    if ((frames & GS_CUE_DENYING) != 0 && gs_range_empty(act->predicate))
        return false;
    if ((frames & GS_FRAME_OBJECT) == 0 && gs_range_empty(act->predicate))
        act->speech = false;
    if (gs_range_empty(act->predicate) &&
        ((asks(r, noun.noun, noun.head, end) && act->act == GS_ACT_DENIAL) ||
         ((frames & GS_CUE_ASSERTION) != 0 && !said)))
        act->speech = false;
    return true;
}

bool gs_object_predicate(gs_reading *r, gs_act *act, uint32_t i, uint32_t end)
{
    gs_noun_complement noun;
    uint32_t to;

    if (!gs_object_noun(&noun, r, i, end))
        return false;
    to = gs_clause_content_end(r, i, end);
    if (noun.noun.end >= to)
        return false; /* "called the police" */
    if (gs_type_at(r, noun.noun.end) == GS_TOKEN_COMMA ||
        gs_tag_at(r, noun.noun.end) == GS_TAG_PREPOSITION ||
        gs_tag_at(r, noun.noun.end) == GS_TAG_TO)
        return false;
    act->object = noun.noun;
    act->predicate = (gs_range){noun.noun.end, cut_time(r, act, noun.noun.end, to)};
    gs_act_add_piece(r, act, (gs_range){i, act->predicate.end});
    return true;
}

/* Behind ", the utility that runs the dam," where the pair goes on there; else `at`. */
static uint32_t behind_apposition(const gs_reading *r, uint32_t at, uint32_t end)
{
    enum { REACH = 24 /* tokens */ };

    if (at >= end || gs_type_at(r, at) != GS_TOKEN_COMMA)
        return at;
    for (uint32_t i = at + 1; i + 1 < end && i < at + REACH; i++) {
        if (gs_type_at(r, i) == GS_TOKEN_STOP || gs_type_at(r, i) == GS_TOKEN_OPEN)
            return at;
        if (gs_type_at(r, i) == GS_TOKEN_COMMA)
            return (gs_words_at(r, i + 1) & GS_IN(PAIRING)) != 0 ? i + 1 : at;
    }
    return at;
}

bool gs_object_pair(gs_reading *r, gs_act *act, uint32_t i, uint32_t end)
{
    uint32_t at = gs_clause_noun_end(r, i, end), to;

    if (!gs_range_empty(act->source) && act->source.first == act->cue.end) {
        at = i; /* "was accused by X of Y": the accused is the subject */
    } else if (at == i) {
        return false;
    }
    act->target = (gs_range){i, at};
    while (at < end && (gs_words_at(r, at) & GS_IN(PAIRING)) == 0) {
        uint32_t next;

        if (gs_tag_at(r, at) != GS_TAG_PREPOSITION &&
            gs_tag_at(r, at) != GS_TAG_CONJUNCTION &&
            gs_type_at(r, at) != GS_TOKEN_POSSESSIVE)
            break;
        next = gs_clause_noun_end(r, at + 1, end);
        if (next == at + 1)
            break;
        at = next;
        act->target.end = at;
    }
    at = behind_apposition(r, at, end);
    at = gs_clause_aside(r, at, end, &act->time) > at && at < end &&
                 (gs_words_at(r, at) & GS_IN(PAIRING)) == 0
             ? gs_clause_aside(r, at, end, &act->time)
             : at;
    if (at + 1 >= end || (gs_words_at(r, at) & GS_IN(PAIRING)) == 0)
        return false;
    to = gs_clause_content_end(r, at + 1, end);
    gs_act_add_piece(r, act, (gs_range){at + 1, to});
    return true;
}

/* The end of a clause that is itself a subject: "claims that X were | unfounded". */
static uint32_t subject_clause_end(const gs_reading *r, gs_range content)
{
    uint32_t finite = 0;

    for (uint32_t i = content.first; i < content.end; i++) {
        const gs_verb *verb = gs_page_verb_at(r->page, i);

        if (verb == NULL || i != verb->tokens.first || !gs_verb_finite(r, verb))
            continue;
        if (finite++ == 0 || i == content.first)
            continue;
        if (gs_tag_at(r, i - 1) == GS_TAG_RELATIVE ||
            (gs_words_at(r, i - 1) & GS_IN(THAT)) != 0 ||
            gs_tag_at(r, i - 1) == GS_TAG_CONJUNCTION)
            continue;
        if ((gs_clause_words(r, (gs_range){verb->tokens.first, content.end}) &
             GS_IN(NEGATIVE)) != 0)
            return i;
    }
    return content.end;
}

/* Whether a noun stands before its verb, not after: a subject. */
static bool is_subject(const gs_reading *r, const gs_act *act)
{
    const gs_phrase *phrase = gs_page_phrase_at(r->page, act->cue.first);
    uint32_t first = phrase != NULL ? phrase->tokens.first : act->cue.first;

    if (first == gs_sentence_start(r, act->sentence))
        return true;
    return (gs_words_at(r, first - 1) & GS_IN(THAT)) != 0 ||
           gs_type_at(r, first - 1) == GS_TOKEN_COMMA || r->marks[first].till != 0 ||
           gs_tag_at(r, first - 1) == GS_TAG_VERB_PAST;
}

void gs_object_claim(gs_reading *r, gs_act *act, uint32_t end)
{
    const gs_phrase *phrase = gs_page_phrase_at(r->page, act->cue.first);
    gs_noun_complement noun;

    act->speech = false;
    if (phrase == NULL || !gs_object_noun(&noun, r, phrase->tokens.first, end) ||
        noun.head != act->cue.first)
        return;
    act->time = noun.time;
    act->source = noun.claimant;
    act->object = noun.noun;
    if (gs_range_empty(noun.content))
        return;
    if (is_subject(r, act))
        noun.content.end = subject_clause_end(r, noun.content);
    else
        noun.content.end = find_as(r, noun.content.first, noun.content.end);
    gs_act_add_piece(r, act, noun.content);
    act->speech = act->piece_count > 0 && !gs_range_empty(act->source) &&
                  act->entry->kind != GS_ACT_NONE;
}
