#include "ingest/extract/nesting.h"
#include "ingest/extract/clause.h"
#include "ingest/extract/content.h"
#include "ingest/extract/source.h"

/* Whether only words beside the point stand between two tokens: "said that [in January]
 * Beijing denied". */
static bool nothing_between(const gs_reading *r, uint32_t first, uint32_t end)
{
    uint32_t time = 0;

    while (first < end && gs_type_at(r, first) == GS_TOKEN_COMMA)
        first++;
    if (first >= end)
        return true;
    return gs_clause_aside(r, first, end, &time) >= end;
}

/* Whether `inner` is the main clause of what `outer` says. */
static bool carries(const gs_reading *r, const gs_act *outer, const gs_act *inner)
{
    gs_range piece = outer->piece_count > 0 ? outer->pieces[0] : (gs_range){0};
    uint32_t first =
        inner->source.first < inner->cue.first && !gs_range_empty(inner->source)
            ? inner->source.first
            : inner->verb.first;

    if (outer == inner || inner->entry->part != GS_CUE_VERB || outer->piece_count != 1 ||
        outer->entry->part == GS_CUE_NOUN)
        return false;
    if (!gs_range_has(piece, inner->cue.first) || gs_token_at(r, first)->quote != 0)
        return false;
    return first >= piece.first && nothing_between(r, piece.first, first);
}

static bool is_pronoun(const gs_reading *r, gs_range source)
{
    return source.end == source.first + 1 && gs_tag_at(r, source.first) == GS_TAG_PRONOUN;
}

/* "TV Sund said it stood by its report": one act, with the speaker of the outer one and
 * the kind of the inner one. */
static void merge(gs_act *outer, gs_act *inner)
{
    if (inner->act == GS_ACT_CLAIM || inner->entry->kind == GS_ACT_NONE ||
        inner->before) {
        inner->speech = false;
        return;
    }
    outer->act = inner->act;
    if ((inner->entry->frames & GS_FRAME_SELF) == 0 && inner->piece_count > 0) {
        for (uint32_t p = 0; p < inner->piece_count; p++)
            outer->pieces[p] = inner->pieces[p];
        outer->piece_count = inner->piece_count;
    }
    outer->object = inner->object;
    outer->target = inner->target;
    outer->predicate = inner->predicate;
    inner->speech = false;
}

static void wrap(gs_reading *r, gs_act *outer, gs_act *inner)
{
    if (!inner->speech || !outer->speech)
        return;
    if (is_pronoun(r, inner->source) && !gs_range_empty(outer->source)) {
        merge(outer, inner);
        return;
    }
    inner->via = outer->source;
    inner->parent = (uint32_t)(outer - r->acts.items) + 1;
    outer->wrapped = true;
    outer->speech = false;
}

/* The acts of one sentence, [first, end). */
static void nest(gs_reading *r, size_t first, size_t end)
{
    enum { NEAR_MAX = 8 }; /* further acts of an endless sentence are not compared */

    for (size_t i = first; i < end; i++)
        for (size_t j = i > first + NEAR_MAX ? i - NEAR_MAX : first;
             j < end && j < i + NEAR_MAX; j++)
            if (i != j && carries(r, &r->acts.items[i], &r->acts.items[j]))
                wrap(r, &r->acts.items[i], &r->acts.items[j]);
}

/* "said Y in a statement, according to Z": Z carries what the sentence's speaker said. */
static void according(gs_reading *r, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        gs_act *act = &r->acts.items[i];

        if (act->entry->part != GS_CUE_SOURCE || !act->speech)
            continue;
        for (size_t j = first; j < i; j++) {
            gs_act *other = &r->acts.items[j];

            if (!other->speech || other->entry->part != GS_CUE_VERB)
                continue;
            other->via = act->source;
            act->wrapped = true;
            act->speech = false;
        }
    }
}

/* "quoted a doctor as saying X": the doctor's, via who quotes. */
static void quoted(gs_reading *r, gs_act *act)
{
    uint32_t start = r->page->sentences[act->sentence].tokens.first;
    uint32_t i = act->verb.first, subject = 0;

    if (i <= start || (gs_words_at(r, i - 1) & GS_IN(AS)) == 0)
        return;
    for (uint32_t at = i - 1; at > start && at + GS_CLAUSE_REACH > i; at--) {
        const gs_verb *verb = gs_page_verb_at(r->page, at);

        if (verb == NULL || (gs_words_at(r, verb->main) & GS_IN(QUOTING)) == 0)
            continue;
        act->before = false;
        if (verb->passive) {
            act->source = gs_source_subject(r, verb->tokens.first, start, &act->time);
            return;
        }
        act->via = gs_source_subject(r, verb->tokens.first, start, &subject);
        act->source = (gs_range){verb->main + 1, i - 1};
        while (act->source.end > act->source.first &&
               gs_type_at(r, act->source.end - 1) == GS_TOKEN_COMMA)
            act->source.end--;
        if (act->time == 0)
            act->time = subject;
        return;
    }
}

/* ", citing two sources,": theirs, via who reports. */
static void citing(gs_reading *r, gs_act *act)
{
    uint32_t end = r->page->sentences[act->sentence].tokens.end;
    uint32_t reach = end - act->cue.end > GS_CLAUSE_REACH * 2
                         ? act->cue.end + GS_CLAUSE_REACH * 2
                         : end;

    if (act->act != GS_ACT_CLAIM || act->entry->part == GS_CUE_NOUN)
        return;
    for (uint32_t i = act->cue.end; i + 1 < reach; i++) {
        uint32_t after;
        const gs_phrase *phrase;

        if (gs_tag_at(r, i) != GS_TAG_VERB_GERUND || gs_token_at(r, i)->quote != 0 ||
            (gs_words_at(r, i) & GS_IN(QUOTING)) == 0)
            continue;
        after = gs_clause_phrase_end(r, i + 1, end);
        phrase = gs_page_phrase_at(r->page, i + 1);
        if (after == i + 1 || phrase == NULL ||
            ((gs_words_at(r, phrase->head) & GS_IN(INFORMANT)) == 0 &&
             gs_tag_at(r, phrase->head) != GS_TAG_PROPER))
            return;
        act->via = act->source;
        act->source = (gs_range){i + 1, after};
        return;
    }
}

void gs_nesting_read(gs_reading *r)
{
    size_t first = 0;

    while (first < r->acts.count) {
        size_t end = first + 1;

        while (end < r->acts.count &&
               r->acts.items[end].sentence == r->acts.items[first].sentence)
            end++;
        for (size_t i = first; i < end; i++) {
            quoted(r, &r->acts.items[i]);
            citing(r, &r->acts.items[i]);
        }
        nest(r, first, end);
        according(r, first, end);
        first = end;
    }
}

/* The claim that tells what an answer is about: the noun within its object, or the act in
 * whose relative clause it stands ("claims by X, who said Y"). */
static gs_act *within(gs_reading *r, size_t a)
{
    gs_act *act = &r->acts.items[a];

    for (size_t i = a + 1; i < r->acts.count && i < a + 4; i++) {
        gs_act *other = &r->acts.items[i];
        bool relative;

        if (other->sentence != act->sentence)
            break;
        if (!other->speech)
            continue;
        if (other->entry->part == GS_CUE_NOUN &&
            (gs_range_has(act->object, other->cue.first) ||
             (act->piece_count > 0 && other->cue.first == act->pieces[0].first)))
            return other;
        relative = other->entry->part == GS_CUE_VERB && !gs_range_empty(other->source) &&
                   gs_range_has(act->object, other->source.first) &&
                   other->verb.first > act->object.end;
        if (relative)
            return other;
    }
    return NULL;
}

/* A claim that is the subject of what is said of it: "said that claims by X that Y were
 * unfounded". */
static gs_act *denied_subject(gs_reading *r, size_t a)
{
    gs_act *act = &r->acts.items[a];

    if (act->piece_count == 0 || a + 1 >= r->acts.count)
        return NULL;
    for (size_t i = a + 1; i < r->acts.count && i < a + 3; i++) {
        gs_act *other = &r->acts.items[i];
        const gs_phrase *phrase;

        if (other->sentence != act->sentence || other->entry->part != GS_CUE_NOUN ||
            !other->speech)
            continue;
        phrase = gs_page_phrase_at(r->page, other->cue.first);
        if (phrase != NULL && phrase->tokens.first == act->pieces[0].first &&
            other->pieces[0].end < act->pieces[0].end)
            return other;
    }
    return NULL;
}

static void link(gs_reading *r, gs_act *act, gs_act *claim)
{
    act->answers = (uint32_t)(claim - r->acts.items) + 1;
    act->stated = true;
    act->answer_confidence = 1;
    claim->parent = (uint32_t)(act - r->acts.items) + 1;
}

/* "retracted X, saying Y": what is taken back, and why, in one. */
static void join_reason(gs_reading *r, gs_act *act, gs_act *reason)
{
    if (act->act != GS_ACT_RETRACTION || reason->sentence != act->sentence ||
        !reason->speech || reason->act != GS_ACT_CLAIM || reason->verb.first == 0 ||
        gs_tag_at(r, reason->cue.first) != GS_TAG_VERB_GERUND ||
        gs_type_at(r, reason->verb.first - 1) != GS_TOKEN_COMMA)
        return;
    for (uint32_t p = 0; p < reason->piece_count; p++)
        gs_act_add_piece(r, act, reason->pieces[p]);
    reason->speech = false;
}

void gs_nesting_objects(gs_reading *r)
{
    for (size_t a = 0; a + 1 < r->acts.count; a++)
        if (r->acts.items[a].speech)
            join_reason(r, &r->acts.items[a], &r->acts.items[a + 1]);
    for (size_t a = 0; a < r->acts.count; a++) {
        gs_act *act = &r->acts.items[a], *claim;

        if (!act->speech || act->entry->part != GS_CUE_VERB)
            continue;
        claim = gs_range_empty(act->object) ? denied_subject(r, a) : within(r, a);
        if (claim == NULL)
            continue;
        link(r, act, claim);
        if (claim->entry->part == GS_CUE_VERB && act->act == GS_ACT_DENIAL &&
            claim->piece_count > 0) {
            act->pieces[0] = claim->pieces[0]; /* "dismissed claims by X, who said Y" */
            act->piece_count = 1;
        }
    }
}
