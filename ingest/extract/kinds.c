#include "ingest/extract/kinds.h"
#include "ingest/extract/clause.h"
#include "ingest/extract/confidence.h"
#include "ingest/extract/cues.h"

enum {
    OPENING = 14, /* first words of an answer, which tell a bare denial */
    LOOK_BACK = 64
};

/* Whether the cue itself is negated, beyond what the cue's own words say: "did not deny".
 */
static bool is_negated(const gs_reading *r, const gs_act *act)
{
    for (uint32_t i = act->verb.first; i < act->cue.first; i++)
        if (gs_tag_at(r, i) == GS_TAG_NEGATION ||
            (r->marks[i].flags & GS_MARK_NOT) != 0 ||
            ((gs_words_at(r, i) & GS_IN(NEGATION)) != 0 &&
             gs_tag_at(r, i) == GS_TAG_ADVERB))
            return true;
    return !gs_range_empty(act->source) && act->source.first < act->cue.first &&
           (gs_words_at(r, act->source.first) & GS_IN(NEGATION)) != 0;
}

/* "expected to deny", "has yet to deny", "will deny": nothing has been said yet. */
static bool is_prospect(const gs_reading *r, const gs_act *act)
{
    const gs_verb *verb = gs_page_verb_at(r->page, act->cue.first);
    uint32_t i = act->verb.first;

    if (verb == NULL)
        return false;
    for (uint32_t k = act->verb.first; k < act->cue.first; k++)
        if ((gs_words_at(r, k) & GS_IN(PERSIST)) != 0)
            return false;
    if (verb->modal && gs_tag_at(r, act->cue.first) != GS_TAG_MODAL)
        return true;
    for (; i < act->cue.first; i++)
        if (gs_tag_at(r, i) == GS_TAG_MODAL)
            return true;
    if (!verb->infinitive && gs_tag_at(r, act->cue.first) != GS_TAG_VERB_BASE)
        return false;
    if (verb->tokens.first > 0 && gs_tag_at(r, act->cue.first) == GS_TAG_VERB_BASE &&
        !verb->infinitive)
        return gs_tag_at(r, verb->tokens.first) == GS_TAG_MODAL;
    i = verb->tokens.first;
    while (i > 0 && (gs_tag_at(r, i) == GS_TAG_TO || i == verb->tokens.first))
        i--;
    return (gs_words_at(r, i) & GS_IN(PERSIST)) == 0;
}

/* "if she denied", "whether he still denies" */
static bool is_condition(const gs_reading *r, const gs_act *act)
{
    uint32_t start = gs_sentence_start(r, act->sentence);
    uint32_t from = gs_range_empty(act->source) || act->source.first > act->verb.first
                        ? act->verb.first
                        : act->source.first;

    for (int steps = 0; steps < 3 && from > start; steps++, from--)
        if ((gs_words_at(r, from - 1) & GS_IN(CONDITION)) != 0 &&
            gs_tag_at(r, from - 1) == GS_TAG_SUBORDINATOR)
            return true;
    return false;
}

static bool is_question(const gs_reading *r, const gs_act *act)
{
    gs_range tokens = r->page->sentences[act->sentence].tokens;
    uint32_t last = tokens.end - 1;

    return gs_token_at(r, last)->quote == 0 &&
           gs_text_equal(gs_token_at(r, last)->folded, GS_TEXT("?"));
}

static bool is_without(const gs_reading *r, const gs_act *act)
{
    return act->verb.first > 0 && gs_tag_at(r, act->cue.first) == GS_TAG_VERB_GERUND &&
           (gs_words_at(r, act->verb.first - 1) & GS_IN(WITHOUT)) != 0;
}

static gs_text verdict_of(gs_word_set set)
{
    static const struct {
        gs_word_set bit;
        const char *name;
    } verdicts[] = {
        {GS_IN(VERDICT_MISLEADING), "misleading"}, {GS_IN(VERDICT_FALSE), "false"},
        {GS_IN(VERDICT_UNPROVEN), "unproven"},     {GS_IN(VERDICT_TRUE), "true"},
        {GS_IN(VERDICT_PLAUSIBLE), "plausible"},
    };

    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
        if ((set & verdicts[i].bit) != 0)
            return gs_text_of(verdicts[i].name);
    return (gs_text){0};
}

/* What "called", "described", "dismissed ... as" make of an object that is a claim. */
static void by_predicate(gs_reading *r, gs_act *act)
{
    gs_word_set said, noun;

    if (gs_range_empty(act->predicate))
        return;
    said = gs_clause_words(r, act->predicate);
    noun = gs_clause_words(r, act->object);
    if ((act->entry->frames & GS_CUE_VERDICT) != 0) {
        act->verdict = verdict_of(said);
        if (act->verdict.size == 0)
            act->act = GS_ACT_CLAIM;
        else
            act->pieces[0].first = act->verb.first;
        return;
    }
    if ((act->entry->frames & GS_CUE_DENYING) == 0 || (said & GS_IN(NEGATIVE)) == 0)
        return;
    if ((noun & GS_IN(ASSERTION)) != 0 ||
        gs_tag_at(r, act->object.first) == GS_TAG_PRONOUN)
        act->act = GS_ACT_DENIAL;
}

/* "said the claims were unfounded", "said there was no evidence that" */
static void by_content(gs_reading *r, gs_act *act)
{
    gs_range piece, head;
    const gs_phrase *phrase;
    gs_word_set words;

    if (act->act != GS_ACT_CLAIM || act->piece_count == 0)
        return;
    piece = act->pieces[0];
    phrase = gs_page_phrase_at(r->page, piece.first);
    head =
        (gs_range){piece.first,
                   piece.end - piece.first > OPENING ? piece.first + OPENING : piece.end};
    words = gs_clause_words(r, head);
    if ((words & GS_IN(VERDICT_UNPROVEN)) != 0 && (words & GS_IN(HEDGE)) != 0) {
        act->act = GS_ACT_DENIAL;
        return;
    }
    if (phrase == NULL || (gs_words_at(r, phrase->head) & GS_IN(ALLEGATION)) == 0)
        return;
    if ((gs_clause_words(r, (gs_range){phrase->tokens.end, piece.end}) &
         GS_IN(NEGATIVE)) != 0)
        act->act = GS_ACT_DENIAL;
}

void gs_kinds_read(gs_reading *r, gs_act *act)
{
    if (act->entry->part == GS_CUE_VERB) {
        if (is_negated(r, act) || is_prospect(r, act) || is_condition(r, act) ||
            is_question(r, act) || is_without(r, act))
            act->speech = false;
        by_predicate(r, act);
        if ((act->entry->frames & GS_CUE_UNPROVEN) != 0)
            act->verdict = GS_TEXT("unproven");
        if ((act->entry->frames & GS_CUE_FALSE) != 0)
            act->verdict = GS_TEXT("false");
    }
    by_content(r, act);
}

/* ---- what the neighbours allege */

static bool accuses(const gs_act *act, const gs_party *party)
{
    gs_text side = gs_party_side(party);

    for (size_t i = 0; i < act->accused.count; i++)
        if (gs_party_same_side(&act->accused.items[i], party) ||
            gs_text_equal(act->accused.items[i].name, side))
            return true;
    return false;
}

/* Whether the text names the act as what another one answers: then it came first. */
static bool is_answered(const gs_reading *r, size_t a)
{
    const gs_act *act = &r->acts.items[a];

    return act->parent != 0 && r->acts.items[act->parent - 1].answers == a + 1;
}

/* Whether `other` was surely said after `act`, however the text orders them. */
static bool is_later(const gs_act *other, const gs_act *act)
{
    return act->dated && other->dated && other->date.earliest > act->date.latest;
}

/* Whether something earlier (or in the same sentence) is alleged against the speaker, or
 * his side has denied something. */
static bool is_charged(const gs_reading *r, size_t a)
{
    const gs_act *act = &r->acts.items[a];
    size_t from = a > LOOK_BACK ? a - LOOK_BACK : 0;

    for (size_t i = from; i < r->acts.count && i < a + 4; i++) {
        const gs_act *other = &r->acts.items[i];

        if (i == a || !other->speech || is_later(other, act))
            continue;
        if (gs_party_same_side(&other->party, &act->party)) {
            if (i < a && other->act == GS_ACT_DENIAL)
                return true;
        } else if (accuses(other, &act->party)) {
            return true;
        }
    }
    return false;
}

/* "did not know if", "cannot say whether": what is left open is not denied. */
static bool leaves_open(const gs_reading *r, uint32_t negation, uint32_t end)
{
    for (uint32_t i = negation + 1; i < end && i < negation + 5; i++)
        if ((gs_words_at(r, i) & GS_IN(CONDITION)) != 0 &&
            gs_tag_at(r, i) == GS_TAG_SUBORDINATOR)
            return true;
    return false;
}

static bool begins_negative(const gs_reading *r, const gs_act *act)
{
    for (uint32_t p = 0; p < act->piece_count; p++) {
        gs_range piece = act->pieces[p];
        gs_range head = {piece.first, piece.end - piece.first > OPENING
                                          ? piece.first + OPENING
                                          : piece.end};

        for (uint32_t i = head.first; i < head.end; i++)
            if (((gs_words_at(r, i) & GS_IN(NEGATION)) != 0 ||
                 (r->marks[i].flags & GS_MARK_NOT) != 0) &&
                !leaves_open(r, i, piece.end))
                return true;
    }
    return false;
}

static bool first_person(const gs_reading *r, const gs_act *act)
{
    return (gs_clause_words(r, act->pieces[0]) & GS_IN(FIRST_PERSON)) != 0;
}

/* "I lied", "we got it wrong", said by one whose side had said otherwise. */
static bool takes_back(const gs_reading *r, size_t a)
{
    const gs_act *act = &r->acts.items[a];

    if (!first_person(r, act) ||
        (gs_clause_words(r, act->pieces[0]) & GS_IN(TAKEBACK)) == 0)
        return false;
    for (size_t i = a; i-- > 0 && i + 6 > a;) {
        const gs_act *other = &r->acts.items[i];

        if (other->speech && gs_party_same_side(&other->party, &act->party) &&
            (other->act == GS_ACT_RETRACTION || other->act == GS_ACT_CONFIRMATION ||
             other->act == GS_ACT_DENIAL))
            return true;
    }
    return false;
}

/* The nearest earlier statement that accuses the speaker's side and whose speaker is
 * accused in turn. */
static bool hits_back(const gs_reading *r, size_t a)
{
    const gs_act *act = &r->acts.items[a];

    if (act->accused.count == 0 || is_answered(r, a))
        return false;
    for (size_t i = a > LOOK_BACK ? a - LOOK_BACK : 0; i < a; i++) {
        const gs_act *other = &r->acts.items[i];

        if (other->speech && !is_later(other, act) && accuses(act, &other->party) &&
            !gs_party_same_side(&act->party, &other->party) &&
            (accuses(other, &act->party) || other->act == GS_ACT_DENIAL))
            return true;
    }
    return false;
}

static bool same_paragraph(const gs_reading *r, const gs_act *a, const gs_act *b)
{
    return r->page->sentences[a->sentence].paragraph ==
           r->page->sentences[b->sentence].paragraph;
}

/* "would sue", "will receive": a pledge or a forecast answers nothing. */
static bool looks_ahead(const gs_reading *r, const gs_act *act)
{
    for (uint32_t i = act->pieces[0].first; i < act->pieces[0].end; i++)
        if (gs_tag_at(r, i) == GS_TAG_MODAL)
            return true;
    return false;
}

/* A denial of the same side's stands right before: what it blames another for there, or
 * goes on to say of itself in a quotation, answers what the denial answers. */
static bool follows_denial(const gs_reading *r, size_t a)
{
    const gs_act *act = &r->acts.items[a], *other = a > 0 ? act - 1 : NULL;

    if (other == NULL || is_answered(r, a) || looks_ahead(r, act))
        return false;
    while (other > r->acts.items && !other->speech && other->sentence == act->sentence &&
           other->entry->kind != GS_ACT_DENIAL)
        other--;
    if (other->entry->kind == GS_ACT_DENIAL && !other->speech)
        return other->sentence == act->sentence && is_negated(r, other) &&
               !gs_range_empty(other->source);
    return other->speech && other->act == GS_ACT_DENIAL &&
           gs_party_same_side(&other->party, &act->party) &&
           same_paragraph(r, other, act) &&
           (act->accused.count > 0 || gs_confidence_quoted(r, act));
}

/* Whether the sentence before says that its subject does not give in. */
static bool after_defiance(const gs_reading *r, const gs_act *act)
{
    uint32_t start = gs_sentence_start(r, act->sentence), s = act->sentence;
    gs_range tokens;

    for (uint32_t i = start; i < act->cue.first; i++)
        if (gs_token_at(r, i)->quote == 0 &&
            (gs_vocabulary_phrase(r->language->vocabulary, r->page, r->marks, i,
                                  act->cue.first, NULL) &
             GS_IN(DEFIANCE)) != 0)
            return true;
    if (s == 0 || r->page->sentences[s - 1].paragraph != r->page->sentences[s].paragraph)
        return false;
    tokens = r->page->sentences[s - 1].tokens;
    return gs_token_at(r, tokens.first)->quote == 0 && tokens.end - tokens.first < 30 &&
           (gs_clause_words(r, tokens) & GS_IN(DEFIANCE)) != 0;
}

static bool is_checker(const gs_reading *r, const gs_act *act)
{
    return (gs_clause_words(r, act->source) & GS_IN(CHECKER)) != 0;
}

static void settle_claim(gs_reading *r, size_t a)
{
    gs_act *act = &r->acts.items[a];
    gs_word_set words = gs_clause_words(r, act->pieces[0]);

    if (is_checker(r, act) && verdict_of(words).size != 0 &&
        act->entry->part == GS_CUE_VERB && a > 0) {
        act->act = GS_ACT_ASSESSMENT;
        act->verdict = verdict_of(words);
    } else if (takes_back(r, a)) {
        act->act = GS_ACT_RETRACTION;
    } else if (begins_negative(r, act) && is_charged(r, a)) {
        act->act = GS_ACT_DENIAL;
    } else if ((words & GS_IN(INSISTENCE)) != 0 || hits_back(r, a) ||
               follows_denial(r, a) || (after_defiance(r, act) && a > 0)) {
        act->act = GS_ACT_COUNTERCLAIM;
    }
}

void gs_kinds_settle(gs_reading *r)
{
    for (size_t a = 0; a < r->acts.count; a++) {
        gs_act *act = &r->acts.items[a];

        if (!act->speech || act->piece_count == 0)
            continue;
        if (act->act == GS_ACT_ASSESSMENT && (act->entry->frames & GS_FRAME_WHOLE) != 0 &&
            !is_checker(r, act))
            act->act = GS_ACT_DENIAL;
        if (act->act == GS_ACT_CLAIM)
            settle_claim(r, a);
    }
}

void gs_kinds_name(gs_reading *r)
{
    for (size_t a = 0; a < r->acts.count; a++)
        r->acts.items[a].kind = gs_act_kind_name(r->acts.items[a].act);
}
