#include "ingest/extract/content.h"
#include "ingest/extract/clause.h"
#include "ingest/extract/cues.h"
#include "ingest/extract/object.h"
#include "ingest/extract/source.h"

enum { QUOTE_CHAIN_MAX = 8 /* paragraphs of one quotation */ };

void gs_act_add_piece(const gs_reading *r, gs_act *act, gs_range piece)
{
    piece = gs_clause_trim(r, piece);
    if (gs_range_empty(piece) || act->piece_count == GS_PIECES_MAX)
        return;
    act->pieces[act->piece_count++] = piece;
}

/* The content from a token to its clause's end; the marks of a quotation that is all of
 * it are left out. */
static void add_until_end(gs_reading *r, gs_act *act, uint32_t i, uint32_t end)
{
    uint32_t to = gs_clause_content_end(r, i, end);

    if (i < end && (gs_tag_at(r, i) == GS_TAG_TO ||
                    (gs_page_phrase_at(r->page, i) != NULL && act->entry->kind == 0 &&
                     !gs_clause_begins(r, i, to))))
        to = gs_clause_object_end(r, i, to);

    if (i < to && gs_type_at(r, i) == GS_TOKEN_OPEN) {
        uint32_t quote = gs_token_at(r, i)->quote;
        uint32_t after = gs_clause_after_quote(r, i, to);

        act->open = true;
        if (quote != 0 && after + 1 >= to) {
            gs_range inside = r->page->quotations[quote - 1].inside;

            gs_act_add_piece(r, act, inside);
            return;
        }
    }
    gs_act_add_piece(r, act, (gs_range){i, to});
}

static uint32_t left_edge(const gs_act *act)
{
    if (act->trailing && act->source.first > act->cue.first)
        return act->verb.first;
    if (gs_range_empty(act->source) || act->source.first > act->verb.first)
        return act->verb.first;
    return act->source.first;
}

/* Where the complement of a cue begins: behind its verb, its inverted source, what it
 * says beside the point. */
static uint32_t complement(const gs_reading *r, const gs_act *act, uint32_t end,
                           uint32_t *time)
{
    uint32_t i = act->cue.end;

    if (act->source.first >= act->cue.end && act->source.first <= act->cue.end + 1)
        i = act->source.end; /* inverted, or "by X" */
    return gs_clause_aside(r, i, end, time);
}

/* Behind those who are told: "told reporters in Manila |". */
static uint32_t addressee(const gs_reading *r, const gs_act *act, uint32_t i,
                          uint32_t end, uint32_t *time)
{
    uint32_t after;

    if ((act->entry->frames & GS_FRAME_ADDRESSEE) == 0)
        return i;
    after = gs_clause_phrase_end(r, i, end);
    if (after == i)
        return i;
    if (after >= end || gs_type_at(r, after) != GS_TOKEN_WORD ||
        (gs_words_at(r, after) & GS_IN(THAT)) != 0 || gs_tag_at(r, after) == GS_TAG_TO ||
        gs_tag_at(r, after) == GS_TAG_PREPOSITION || r->marks[after].time != 0 ||
        gs_clause_begins(r, after, end) || !gs_clause_begins(r, i, end))
        return gs_clause_aside(r, after, end, time);
    return i;
}

/* "Ann Lee said, |"We ...": a comma there parts nothing. */
static bool comma_then_quote(const gs_reading *r, uint32_t i, uint32_t end)
{
    return i + 1 < end && gs_type_at(r, i) == GS_TOKEN_COMMA &&
           gs_type_at(r, i + 1) == GS_TOKEN_OPEN;
}

/* Whether a quotation ends before token `i`, or a clause stands there. */
static bool said_before(const gs_reading *r, uint32_t start, uint32_t i)
{
    return (i > start && gs_type_at(r, i - 1) == GS_TOKEN_CLOSE) ||
           gs_clause_has_finite(r, start, i);
}

static bool ends_here(const gs_reading *r, uint32_t i, uint32_t end)
{
    gs_token_type type;

    if (i >= end)
        return true;
    type = gs_type_at(r, i);
    return type == GS_TOKEN_STOP || type == GS_TOKEN_COMMA || type == GS_TOKEN_DASH ||
           type == GS_TOKEN_CLOSE || type == GS_TOKEN_COLON ||
           ((gs_words_at(r, i) & GS_IN(CLOSER)) != 0 &&
            gs_tag_at(r, i) != GS_TAG_PRONOUN) ||
           gs_tag_at(r, i) == GS_TAG_CONJUNCTION;
}

/* "'...,' Ann Lee said half an hour later": only "that" or another quotation could be
 * what she says. */
static bool behind_quotation(const gs_reading *r, const gs_act *act, uint32_t i,
                             uint32_t start)
{
    uint32_t at = act->source.first;

    return at > start && gs_type_at(r, at - 1) == GS_TOKEN_CLOSE &&
           gs_type_at(r, i) != GS_TOKEN_OPEN && gs_tag_at(r, i) != GS_TAG_TO &&
           (gs_words_at(r, i) & GS_IN(THAT)) == 0;
}

/* "Asked about it, he said: |'...'": what he says stands behind, for before it stands no
 * main clause. */
static bool quotes_behind(const gs_reading *r, const gs_act *act, uint32_t i,
                          uint32_t start, uint32_t end)
{
    gs_tag tag = gs_tag_at(r, start);
    uint32_t at = act->source.first;

    if (at > start && gs_type_at(r, at - 1) == GS_TOKEN_CLOSE)
        return false;
    if (i + 1 < end && gs_type_at(r, i) == GS_TOKEN_COLON &&
        gs_type_at(r, i + 1) == GS_TOKEN_OPEN)
        return true;
    return comma_then_quote(r, i, end) &&
           (!said_before(r, start, at) || tag == GS_TAG_SUBORDINATOR ||
            tag == GS_TAG_VERB_PARTICIPLE || tag == GS_TAG_VERB_GERUND ||
            tag == GS_TAG_PREPOSITION);
}

void gs_content_mark_trailing(gs_reading *r, gs_act *act)
{
    uint32_t start = gs_sentence_start(r, act->sentence), time = 0;
    uint32_t end = r->page->sentences[act->sentence].tokens.end, i, edge;

    if ((act->entry->frames & GS_FRAME_TRAIL) == 0 || act->entry->part == GS_CUE_NOUN)
        return;
    if (act->entry->part == GS_CUE_SOURCE) {
        act->source = (gs_range){act->cue.end, gs_source_after(r, act->cue.end, end)};
        act->trailing = act->cue.first > start;
    } else if (!act->trailing) {
        if (gs_range_empty(act->source) || act->source.first >= act->cue.first ||
            !gs_clause_after_content(r, act->source.first, start))
            return;
        i = complement(r, act, end, &time);
        if (i < end && (act->entry->frames & GS_FRAME_ADDRESSEE) != 0)
            i = addressee(r, act, i, end, &time);
        act->trailing = (ends_here(r, i, end) || behind_quotation(r, act, i, start)) &&
                        !quotes_behind(r, act, i, start, end);
    }
    if (!act->trailing)
        return;
    edge = act->entry->part == GS_CUE_SOURCE ? act->cue.first : left_edge(act);
    r->marks[edge].flags |= GS_MARK_BARRIER;
}

/* The whole quotation that ends before `end`, with the paragraphs it goes on from. */
static void add_quotation(gs_reading *r, gs_act *act, uint32_t quote)
{
    uint32_t first = quote, count = 0;

    while (first > 0 && count++ < QUOTE_CHAIN_MAX &&
           r->page->quotations[first - 1].continues)
        first--;
    for (uint32_t q = first; q <= quote; q++)
        gs_act_add_piece(r, act, r->page->quotations[q].inside);
}

/* Where the content before a trailing cue begins: behind an earlier act's clause. */
static uint32_t content_start(const gs_reading *r, const gs_act *act, uint32_t start)
{
    const gs_act *other = act;

    while (other > r->acts.items && other[-1].sentence == act->sentence) {
        other--;
        if (other->trailing && other->cue.end < act->cue.first)
            return other->source.end > other->cue.end ? other->source.end
                                                      : other->cue.end;
    }
    return start;
}

/* "It is safe, he said, |because it holds": behind the comma what is said goes on, unless
 * the speaker is described there or does something else. */
static bool goes_on(const gs_reading *r, const gs_act *act, uint32_t i, uint32_t end)
{
    gs_tag tag = gs_tag_at(r, i);

    if (act->open || tag == GS_TAG_VERB_GERUND || tag == GS_TAG_RELATIVE ||
        r->marks[i].act != 0)
        return false;
    if (act->source.first < act->cue.first)
        return true;
    return tag == GS_TAG_CONJUNCTION || tag == GS_TAG_SUBORDINATOR ||
           gs_clause_begins(r, i, end);
}

static void content_before(gs_reading *r, gs_act *act, uint32_t edge, uint32_t start,
                           uint32_t end, uint32_t after)
{
    uint32_t to = edge;

    start = content_start(r, act, start);
    if (to > start && gs_type_at(r, to - 1) == GS_TOKEN_COMMA)
        to--;
    if (to <= start)
        return;
    if (gs_type_at(r, to - 1) == GS_TOKEN_CLOSE && gs_token_at(r, to - 1)->quote != 0) {
        uint32_t quote = gs_token_at(r, to - 1)->quote - 1;

        act->open = true;
        if (r->page->quotations[quote].inside.first <= start + 1) {
            add_quotation(r, act, quote);
            return;
        }
    }
    gs_act_add_piece(r, act, (gs_range){start, to});
    if (after + 1 < end && gs_type_at(r, after) == GS_TOKEN_COMMA &&
        (!gs_clause_has_finite(r, start, to) || goes_on(r, act, after + 1, end)))
        add_until_end(r, act, after + 1, end);
}

/* The quotation that goes on behind its cue: "A," she said, "B." */
static void content_resumed(gs_reading *r, gs_act *act, uint32_t i, uint32_t end)
{
    while (i < end &&
           (gs_type_at(r, i) == GS_TOKEN_COMMA || gs_type_at(r, i) == GS_TOKEN_COLON))
        i++;
    if (i < end && gs_type_at(r, i) == GS_TOKEN_OPEN)
        add_until_end(r, act, i, end);
}

/* "'The dam is safe.' Ann Lee said.": the quotation before the sentence. */
static void quotation_before(gs_reading *r, gs_act *act, uint32_t start)
{
    uint32_t first = act->trailing ? act->verb.first : act->source.first;

    if (first != start || start == 0 || (act->entry->frames & GS_FRAME_TRAIL) == 0 ||
        gs_type_at(r, start - 1) != GS_TOKEN_CLOSE ||
        gs_token_at(r, start - 1)->quote == 0 ||
        gs_token_at(r, start - 1)->paragraph != gs_token_at(r, start)->paragraph)
        return;
    add_quotation(r, act, gs_token_at(r, start - 1)->quote - 1);
}

/* "He told the crowd:" at the end of a paragraph: the quotation that opens the next. */
static void quotation_behind(gs_reading *r, gs_act *act, uint32_t end)
{
    if ((act->entry->frames & GS_FRAME_QUOTE) == 0 || end >= r->page->token_count ||
        gs_type_at(r, end - 1) != GS_TOKEN_COLON || gs_type_at(r, end) != GS_TOKEN_OPEN ||
        gs_token_at(r, end)->quote == 0)
        return;
    act->open = true;
    gs_act_add_piece(r, act, r->page->quotations[gs_token_at(r, end)->quote - 1].inside);
}

/* "As Ann Lee noted, the dam is safe." */
static void as_clause(gs_reading *r, gs_act *act, uint32_t i, uint32_t start,
                      uint32_t end)
{
    uint32_t at = act->source.first;

    if ((act->entry->frames & GS_FRAME_TRAIL) == 0 || gs_range_empty(act->source) ||
        at <= start || at > act->verb.first || (gs_words_at(r, at - 1) & GS_IN(AS)) == 0)
        return;
    i = gs_clause_aside(r, i, end, &act->time);
    if (i < end && gs_type_at(r, i) == GS_TOKEN_COMMA)
        i++;
    if (i < end && i > act->cue.end && gs_type_at(r, i - 1) == GS_TOKEN_COMMA &&
        (gs_type_at(r, i) == GS_TOKEN_OPEN || gs_clause_begins(r, i, end)))
        add_until_end(r, act, i, end);
    else if (at - 1 > start && gs_type_at(r, at - 2) == GS_TOKEN_COMMA)
        content_before(r, act, at - 1, start, end, i);
}

static void trailing(gs_reading *r, gs_act *act, uint32_t start, uint32_t end)
{
    uint32_t i = complement(r, act, end, &act->time);

    i = addressee(r, act, i, end, &act->time);
    content_before(r, act, left_edge(act), start, end, i);
    content_resumed(r, act, i, end);
}

static void according(gs_reading *r, gs_act *act, uint32_t start, uint32_t end)
{
    uint32_t i = act->source.end;

    if (gs_range_empty(act->source)) {
        act->speech = false;
        return;
    }
    if (act->cue.first > start) {
        content_before(r, act, act->cue.first, start, end, i);
        return;
    }
    i = gs_clause_aside(r, i, end, &act->time);
    if (i < end && gs_type_at(r, i) == GS_TOKEN_COMMA)
        add_until_end(r, act, i + 1, end);
}

static bool is_question_word(const gs_reading *r, uint32_t i)
{
    gs_tag tag = gs_tag_at(r, i);

    return tag == GS_TAG_RELATIVE || tag == GS_TAG_SUBORDINATOR ||
           (tag == GS_TAG_ADVERB && gs_clause_begins(r, i + 1, UINT32_MAX));
}

/* "taking", "having taken", "ever being treated" */
static bool is_gerund(const gs_reading *r, uint32_t i, uint32_t end)
{
    const gs_verb *verb;

    while (i + 1 < end && gs_tag_at(r, i) == GS_TAG_ADVERB)
        i++;
    verb = gs_page_verb_at(r->page, i);
    return gs_tag_at(r, i) == GS_TAG_VERB_GERUND ||
           (verb != NULL && verb->gerund && verb->tokens.first == i);
}

/* The clause after a cue: "that ...", a quotation, an infinitive, a gerund, a bare
 * clause. False when none of them stands there. */
static bool clause_after(gs_reading *r, gs_act *act, uint32_t i, uint32_t end)
{
    uint32_t frames = act->entry->frames;
    bool that = (gs_words_at(r, i) & GS_IN(THAT)) != 0;

    if ((frames & GS_FRAME_THAT) != 0 && that && i + 1 < end &&
        gs_page_verb_at(r->page, i + 1) == NULL) {
        i = i + 1;
    } else if (gs_type_at(r, i) == GS_TOKEN_COLON) {
        if (i + 1 >= end)
            return false;
        i = i + 1;
    } else if (gs_type_at(r, i) == GS_TOKEN_OPEN) {
        if ((frames & (GS_FRAME_QUOTE | GS_FRAME_BARE)) == 0)
            return false;
    } else if (gs_tag_at(r, i) == GS_TAG_TO) {
        if ((frames & GS_FRAME_INF) == 0)
            return false;
    } else if (is_gerund(r, i, end)) {
        if ((frames & GS_FRAME_GERUND) == 0 &&
            ((frames & GS_FRAME_BARE) == 0 || !gs_clause_begins(r, i, end)))
            return false; /* but "said fixing it would take years" */
    } else if (!((frames & GS_FRAME_BARE) != 0 && gs_clause_begins(r, i, end)) &&
               !((frames & GS_FRAME_WH) != 0 && is_question_word(r, i)) &&
               !((frames & GS_FRAME_BARE) != 0 && (frames & GS_FRAME_OBJECT) == 0 &&
                 !ends_here(r, i, end))) {
        return false;
    }
    add_until_end(r, act, i, end);
    return act->piece_count > 0;
}

static bool self(gs_reading *r, gs_act *act, uint32_t end)
{
    uint32_t to = gs_clause_content_end(r, act->cue.end, end);

    /* "declined to answer, citing an investigation" says why: that belongs to it */
    if (to + 1 < end && gs_type_at(r, to) == GS_TOKEN_COMMA &&
        (gs_words_at(r, to + 1) & GS_IN(QUOTING)) != 0)
        to = gs_clause_content_end(r, to + 2, end);
    gs_act_add_piece(r, act, (gs_range){act->verb.first, to});
    return true;
}

/* A noun phrase or an infinitive that is what the cue is about, not what it says. */
static bool takes_matter(const gs_reading *r, const gs_act *act, uint32_t i)
{
    uint32_t frames = act->entry->frames;

    if (gs_tag_at(r, i) == GS_TAG_TO)
        return (frames & GS_FRAME_COURSE) != 0;
    return (frames & GS_FRAME_TOPIC) != 0 &&
           (gs_page_phrase_at(r->page, i) != NULL || gs_tag_at(r, i) == GS_TAG_PRONOUN ||
            gs_tag_at(r, i) == GS_TAG_VERB_GERUND);
}

/* What stands apart from a cue that has nothing behind it. */
static void elsewhere(gs_reading *r, gs_act *act, uint32_t i, uint32_t start,
                      uint32_t end)
{
    quotation_behind(r, act, end);
    if (act->piece_count == 0)
        as_clause(r, act, i, start, end);
    if (act->piece_count == 0 && ends_here(r, i, end))
        quotation_before(r, act, start);
}

/* "While he favours the dam, |the mayor left": a clause that opens the sentence ends with
 * the comma before the main one. */
static uint32_t opening_end(const gs_reading *r, const gs_act *act, uint32_t i,
                            uint32_t end)
{
    uint32_t start = gs_sentence_start(r, act->sentence), at = act->source.first;

    if (gs_range_empty(act->source) || at <= start || at > act->cue.first ||
        gs_tag_at(r, at - 1) != GS_TAG_SUBORDINATOR ||
        (gs_words_at(r, at - 1) & GS_IN(THAT)) != 0)
        return end;
    if (at - 1 > start && gs_type_at(r, at - 2) != GS_TOKEN_COMMA &&
        gs_tag_at(r, at - 2) != GS_TAG_CONJUNCTION &&
        gs_tag_at(r, at - 2) != GS_TAG_ADVERB)
        return end;
    for (uint32_t k = start; k + 1 < at; k++)
        if (gs_page_verb_at(r->page, k) != NULL)
            return end; /* the main clause stands before */
    return gs_clause_opening_end(r, i, end);
}

static void verb_content(gs_reading *r, gs_act *act, uint32_t start, uint32_t end)
{
    uint32_t frames = act->entry->frames;
    uint32_t i = complement(r, act, end, &act->time), whole = end;
    bool found = false;

    end = i < end ? opening_end(r, act, i, end) : end;
    i = addressee(r, act, i, end, &act->time);
    if (comma_then_quote(r, i, end))
        i++;
    if ((frames & GS_FRAME_WHOLE) != 0) {
        gs_act_add_piece(
            r, act,
            (gs_range){act->cue.first + 1, gs_clause_content_end(r, act->cue.end, end)});
        return;
    }
    if ((frames & GS_FRAME_SELF) != 0 && (frames & GS_FRAME_THAT) == 0) {
        found = self(r, act, end);
        return;
    }
    if (i < end && (frames & GS_FRAME_PAIR) != 0)
        found = gs_object_pair(r, act, i, end);
    if (!found && i < end)
        found = clause_after(r, act, i, end);
    if (!found && i < end && (frames & GS_FRAME_PREDICATE) != 0)
        found = gs_object_predicate(r, act, i, end);
    if (!found && i < end && (frames & (GS_FRAME_OBJECT | GS_FRAME_AS)) != 0)
        found = gs_object_read(r, act, i, end);
    if (!found && i < end && takes_matter(r, act, i)) {
        add_until_end(r, act, i, end);
        act->speech = false;
        return;
    }
    if (!found && (frames & GS_FRAME_SELF) != 0)
        found = self(r, act, end);
    if (!found)
        elsewhere(r, act, i, start, whole);
    if (act->piece_count == 0)
        act->speech = false;
}

void gs_content_find(gs_reading *r, gs_act *act)
{
    uint32_t start = gs_sentence_start(r, act->sentence);
    uint32_t end = r->page->sentences[act->sentence].tokens.end;

    if (act->entry->part == GS_CUE_NOUN)
        gs_object_claim(r, act, end);
    else if (act->entry->part == GS_CUE_SOURCE)
        according(r, act, start, end);
    else if (act->trailing)
        trailing(r, act, start, end);
    else
        verb_content(r, act, start, end);
    if (act->piece_count == 0)
        act->speech = false;
}
