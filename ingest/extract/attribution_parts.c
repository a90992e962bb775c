/* gs_attribution_read: from the clause that the stages of statements found to the words
 * that a corpus of attribution marks. */
#include "ingest/extract/attribution_parts.h"
#include "ingest/extract/clause.h"
#include "ingest/extract/cues.h"
#include "ingest/extract/source.h"

/* "has repeatedly said": the whole verb group. */
static gs_range whole_cue(const gs_reading *r, const gs_act *act)
{
    gs_range cue = act->cue;

    if (act->entry->part != GS_CUE_VERB)
        return cue;
    if (act->verb.first < cue.first && act->source.end <= act->verb.first)
        cue.first = act->verb.first;
    while (cue.first > 0 && gs_tag_at(r, cue.first - 1) == GS_TAG_ADVERB &&
           gs_token_at(r, cue.first - 1)->sentence == act->sentence &&
           cue.first - 1 >= act->source.end && !gs_range_empty(act->source))
        cue.first--;
    return cue;
}

/* A clause's content begins with the "that" or "to" before it. */
static gs_range whole_piece(const gs_reading *r, const gs_act *act, gs_range piece)
{
    if (piece.first > act->cue.end &&
        ((gs_words_at(r, piece.first - 1) & GS_IN(THAT)) != 0 ||
         gs_tag_at(r, piece.first - 1) == GS_TAG_TO))
        piece.first--;
    return piece;
}

/* "[declined] to comment": where the verb phrase is the content, what follows the verb.
 */
static void part_verb(const gs_reading *r, const gs_act *act, gs_range *cue,
                      gs_range *piece)
{
    uint32_t at = act->cue.first + 1;

    if (act->entry->part != GS_CUE_VERB || piece->first != act->verb.first ||
        act->piece_count != 1)
        return;
    while (at < act->cue.end && gs_tag_at(r, at) != GS_TAG_TO)
        at++;
    if (at >= piece->end)
        return;
    cue->end = at;
    piece->first = at;
}

/* "who" of "the mayor, who denied it": the corpora mark the pronoun. */
static bool by_relative(gs_range *out, const gs_reading *r, const gs_act *act)
{
    uint32_t i = act->verb.first;

    if (act->entry->part != GS_CUE_VERB)
        return false;
    while (i > 0 && gs_tag_at(r, i - 1) == GS_TAG_ADVERB)
        i--;
    if (i == 0 || gs_tag_at(r, i - 1) != GS_TAG_RELATIVE || i - 1 < act->source.first)
        return false;
    *out = (gs_range){i - 1, i};
    return true;
}

/* "a poll |taken in May", "an official |who was there": goes on without a comma. */
static bool describes(const gs_reading *r, uint32_t i, uint32_t end)
{
    const gs_verb *verb = i < end ? gs_page_verb_at(r->page, i) : NULL;

    return i < end &&
           (gs_tag_at(r, i) == GS_TAG_RELATIVE ||
            (verb != NULL && verb->tokens.first == i && !gs_verb_finite(r, verb)));
}

static uint32_t comma_from(const gs_reading *r, uint32_t i, uint32_t end)
{
    while (i < end && gs_type_at(r, i) != GS_TOKEN_COMMA &&
           gs_type_at(r, i) != GS_TOKEN_OPEN && gs_type_at(r, i) != GS_TOKEN_DASH)
        i++;
    return i;
}

/* Behind "(D-Ohio)" that stands behind a name; `i` where nothing such does. */
static uint32_t behind_parentheses(const gs_reading *r, uint32_t i, uint32_t end)
{
    enum { REACH = 12 /* tokens */ };

    if (i >= end || gs_type_at(r, i) != GS_TOKEN_PAREN_OPEN)
        return i;
    for (uint32_t at = i + 1; at < end && at < i + REACH; at++)
        if (gs_type_at(r, at) == GS_TOKEN_PAREN_CLOSE)
            return at + 1;
    return i;
}

/* "said Ann Lee, a lawyer who ...": behind its content, to the end of the clause. */
static gs_range whole_source(const gs_reading *r, const gs_act *act)
{
    gs_range source = act->source;
    uint32_t end = r->page->sentences[act->sentence].tokens.end, i = source.end;
    bool relative = false;

    if (!gs_range_empty(source))
        source.end = i = behind_parentheses(r, i, end);
    if (act->entry->part == GS_CUE_SOURCE && i > act->cue.end && describes(r, i, end))
        return (gs_range){source.first,
                          gs_clause_content_end(r, i, comma_from(r, i, end))};
    if (by_relative(&source, r, act) || gs_range_empty(source) ||
        source.first < act->cue.end || !act->trailing || i >= end ||
        gs_type_at(r, i) != GS_TOKEN_COMMA || i + 1 >= end)
        return source;
    if (gs_tag_at(r, i + 1) != GS_TAG_RELATIVE &&
        gs_page_phrase_at(r->page, i + 1) == NULL)
        return source;
    for (i++; i < end; i++) {
        gs_token_type type = gs_type_at(r, i);

        relative =
            gs_tag_at(r, i) == GS_TAG_RELATIVE || (relative && type != GS_TOKEN_COMMA);
        if (type == GS_TOKEN_STOP || type == GS_TOKEN_OPEN || type == GS_TOKEN_DASH ||
            type == GS_TOKEN_COLON || (r->marks[i].act != 0 && !relative))
            break;
        if (type == GS_TOKEN_COMMA && i + 1 < end &&
            (gs_type_at(r, i + 1) == GS_TOKEN_OPEN ||
             gs_tag_at(r, i + 1) == GS_TAG_VERB_GERUND ||
             gs_tag_at(r, i + 1) == GS_TAG_CONJUNCTION))
            break;
    }
    source.end = i;
    return gs_clause_trim(r, source);
}

static void add_piece(gs_attribution_parts *out, const gs_reading *r, gs_range piece)
{
    piece = gs_clause_trim(r, piece);
    if (!gs_range_empty(piece) && out->count < GS_ATTRIBUTION_PIECES_MAX)
        out->pieces[out->count++] = piece;
}

static void put_first(gs_attribution_parts *out, gs_range piece)
{
    if (out->count == GS_ATTRIBUTION_PIECES_MAX || gs_range_empty(piece))
        return;
    for (uint32_t p = out->count++; p > 0; p--)
        out->pieces[p] = out->pieces[p - 1];
    out->pieces[0] = piece;
}

/* "the plan known as Alpha", not "was known as Alpha" */
static bool is_reduced(const gs_reading *r, const gs_act *act)
{
    return act->verb.first == act->cue.first &&
           gs_tag_at(r, act->cue.first) == GS_TAG_VERB_PARTICIPLE;
}

/* What a passive says of its subject: "was blamed for the leak", "known as the Gate". */
static void passive_complement(gs_attribution_parts *out, const gs_reading *r,
                               const gs_act *act, uint32_t end)
{
    uint32_t at = act->cue.end;

    if (at >= end || out->count > 0)
        return;
    if ((gs_words_at(r, at) & (GS_IN(AS) | GS_IN(TOWARD))) != 0 &&
        gs_tag_at(r, at) != GS_TAG_TO && r->marks[at].time == 0) {
        if ((gs_words_at(r, at) & GS_IN(AS)) == 0 || is_reduced(r, act))
            out->cue.end = at + 1;
        at = out->cue.end;
    } else if (gs_tag_at(r, at) != GS_TAG_TO && gs_clause_noun_end(r, at, end) == at &&
               gs_type_at(r, at) != GS_TOKEN_OPEN) {
        return;
    }
    if (at < end && r->marks[at].time == 0)
        add_piece(out, r, (gs_range){at, gs_clause_content_end(r, at, end)});
}

/* "was seen as a victory |by some|": who says so, at the end of what is said. */
static void read_agent(gs_attribution_parts *out, const gs_reading *r)
{
    gs_range *last = &out->pieces[out->count - 1];

    for (uint32_t i = last->first + 1; i + 1 < last->end; i++) {
        uint32_t after;

        if (gs_page_verb_at(r->page, i) != NULL || gs_type_at(r, i) == GS_TOKEN_COMMA)
            return;
        if ((gs_words_at(r, i) & GS_IN(BY)) == 0 || r->marks[i + 1].time != 0 ||
            gs_tag_at(r, i + 1) == GS_TAG_NUMBER)
            continue;
        after = gs_clause_phrase_end(r, i + 1, last->end);
        if (after > i + 1 && after == last->end) {
            out->source = (gs_range){i + 1, after};
            last->end = i;
        }
        return;
    }
}

static bool is_passive(const gs_reading *r, const gs_act *act)
{
    const gs_verb *verb = gs_page_verb_at(r->page, act->cue.first);

    return verb != NULL && verb->passive &&
           gs_tag_at(r, act->cue.first) != GS_TAG_AUXILIARY;
}

/* "is expected to fail": the verb group goes on to what is expected. */
static bool is_awaited(const gs_reading *r, const gs_act *act)
{
    const gs_verb *verb = gs_page_verb_at(r->page, act->cue.first);

    return verb != NULL && verb->main > act->cue.first &&
           act->cue.first > act->verb.first &&
           gs_tag_at(r, act->cue.first) == GS_TAG_VERB_PARTICIPLE &&
           gs_tag_at(r, act->verb.first) == GS_TAG_AUXILIARY &&
           (gs_words_at(r, act->verb.first) & GS_IN(BE)) != 0;
}

/* A passive without somebody who says it: its subject is what is said. */
static void read_passive(gs_attribution_parts *out, const gs_reading *r,
                         const gs_act *act)
{
    uint32_t start = gs_sentence_start(r, act->sentence), time = 0;
    uint32_t first = act->verb.first;

    if (act->trailing)
        return;
    if (is_awaited(r, act)) {
        put_first(out, out->source);
        out->source = (gs_range){0};
        return;
    }
    if (!is_passive(r, act) ||
        (!gs_range_empty(act->source) && act->source.first < first))
        return;
    passive_complement(out, r, act, r->page->sentences[act->sentence].tokens.end);
    if (out->count > 0 && gs_range_empty(out->source))
        read_agent(out, r);
    if (out->count == 0 || first <= start || gs_type_at(r, first - 1) == GS_TOKEN_COMMA ||
        (act->entry->frames & GS_FRAME_ADDRESSEE) != 0)
        return;
    if (gs_tag_at(r, first - 1) == GS_TAG_RELATIVE)
        put_first(out, (gs_range){first - 1, first});
    else
        put_first(out, gs_source_subject(r, first, start, &time));
}

static bool is_relative(const gs_reading *r, uint32_t i)
{
    return gs_tag_at(r, i) == GS_TAG_RELATIVE || (gs_words_at(r, i) & GS_IN(WHAT)) != 0;
}

/* "which" of "which he called a mistake": part of what he says. */
static void read_relative(gs_attribution_parts *out, const gs_reading *r,
                          const gs_act *act)
{
    uint32_t start = gs_sentence_start(r, act->sentence), i = act->source.first;
    uint32_t end = r->page->sentences[act->sentence].tokens.end;

    if (act->entry->part != GS_CUE_VERB || act->trailing || gs_range_empty(act->source) ||
        i <= start || i >= act->verb.first || !is_relative(r, i - 1) ||
        (i - 1 > start && gs_tag_at(r, i - 2) == GS_TAG_PREPOSITION) ||
        (out->count > 0 && (gs_words_at(r, out->pieces[0].first) & GS_IN(THAT)) != 0))
        return;
    if (out->count == 0 && (act->entry->frames & GS_FRAME_PREDICATE) != 0 &&
        act->cue.end < end)
        add_piece(out, r,
                  (gs_range){act->cue.end, gs_clause_content_end(r, act->cue.end, end)});
    put_first(out, (gs_range){i - 1, i});
}

/* Up to the verb of the clause that the noun is the subject of. */
static uint32_t before_predicate(const gs_reading *r, uint32_t i, uint32_t end)
{
    bool inner = false;

    for (; i < end; i++) {
        const gs_verb *verb = gs_page_verb_at(r->page, i);
        gs_tag tag = gs_tag_at(r, i);

        if (tag == GS_TAG_RELATIVE || tag == GS_TAG_SUBORDINATOR)
            inner = true;
        if (verb == NULL || verb->tokens.first != i || !gs_verb_finite(r, verb))
            continue;
        if (!inner)
            return i;
        inner = false;
    }
    return end;
}

/* "her decision to leave"; what "his call for a vote" is about says too little. */
static void read_noun(gs_attribution_parts *out, const gs_reading *r, const gs_act *act)
{
    uint32_t end = r->page->sentences[act->sentence].tokens.end, at = act->cue.end;
    const gs_phrase *phrase = gs_page_phrase_at(r->page, act->cue.first);

    if (act->entry->part != GS_CUE_NOUN || phrase == NULL || phrase->head != at - 1)
        return;
    if (gs_range_empty(out->source) &&
        (gs_words_at(r, phrase->tokens.first) & GS_IN(POSSESSIVE)) != 0)
        out->source = (gs_range){phrase->tokens.first, phrase->tokens.first + 1};
    if (out->count > 0 || at + 1 >= end)
        return;
    end = gs_clause_content_end(r, at, end);
    if ((act->entry->frames & GS_FRAME_COURSE) != 0 && gs_tag_at(r, at) == GS_TAG_TO)
        add_piece(out, r, (gs_range){at, before_predicate(r, at, end)});
}

/* "accused |the mayor of theft|": whom it accuses is part of what is said. */
static void read_pair(gs_attribution_parts *out, const gs_act *act)
{
    if ((act->entry->frames & GS_FRAME_PAIR) != 0 && out->count == 1 &&
        act->target.first == act->cue.end && act->target.end <= out->pieces[0].first &&
        !gs_range_empty(act->target))
        out->pieces[0].first = act->target.first;
}

/* "|The dam| seems safe": nobody says so. */
static void read_impersonal(gs_attribution_parts *out, const gs_reading *r,
                            const gs_act *act)
{
    uint32_t end = r->page->sentences[act->sentence].tokens.end;

    if ((act->entry->frames & GS_CUE_IMPERSONAL) == 0)
        return;
    if (out->count == 0 && act->cue.end < end)
        add_piece(out, r,
                  (gs_range){act->cue.end, gs_clause_content_end(r, act->cue.end, end)});
    if (out->count == 0)
        return;
    put_first(out, out->source);
    out->source = (gs_range){0};
}

/* What is asked of whom, or a quotation, behind a verb whose cue has no frame for it. */
static void read_rest(gs_attribution_parts *out, const gs_reading *r, const gs_act *act)
{
    uint32_t end = r->page->sentences[act->sentence].tokens.end, at = act->cue.end;
    bool quoted;

    if (out->count > 0 || act->entry->part != GS_CUE_VERB ||
        gs_range_empty(out->source) || at >= end)
        return;
    quoted = gs_type_at(r, at) == GS_TOKEN_OPEN && gs_token_at(r, at)->quote != 0;
    if (!quoted && ((act->entry->frames & GS_CUE_REQUEST) == 0 ||
                    gs_clause_noun_end(r, at, end) == at))
        return;
    end = gs_clause_content_end(r, at, end);
    add_piece(out, r, (gs_range){at, gs_clause_object_end(r, at, end)});
}

void gs_attribution_read(gs_attribution_parts *out, const gs_reading *r,
                         const gs_act *act)
{
    out->cue = whole_cue(r, act);
    out->source = whole_source(r, act);
    out->count = 0;
    for (uint32_t p = 0; p < act->piece_count; p++)
        add_piece(out, r, whole_piece(r, act, act->pieces[p]));
    if (out->count > 0)
        part_verb(r, act, &out->cue, &out->pieces[0]);
    read_pair(out, act);
    read_noun(out, r, act);
    read_passive(out, r, act);
    read_relative(out, r, act);
    read_rest(out, r, act);
    read_impersonal(out, r, act);
}
