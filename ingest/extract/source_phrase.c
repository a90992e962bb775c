/* gs_source_phrase_start: back over a noun phrase with what it hangs on. */
#include "ingest/extract/clause.h"
#include "ingest/extract/lexicon.h"
#include "ingest/extract/source.h"

enum { STEPS_MAX = 12 /* noun phrases that hang on one another */ };

bool gs_source_ends_noun(const gs_reading *r, uint32_t i)
{
    gs_tag tag = gs_tag_at(r, i);

    return gs_page_phrase_at(r->page, i) != NULL || tag == GS_TAG_NOUN ||
           tag == GS_TAG_PROPER || tag == GS_TAG_PRONOUN || tag == GS_TAG_NUMBER ||
           gs_type_at(r, i) == GS_TOKEN_PAREN_CLOSE;
}

static bool has_class(const gs_reading *r, uint32_t i, uint32_t classes)
{
    const gs_word *word = gs_token_at(r, i)->word;

    return word != NULL && (word->classes & classes) != 0;
}

/* "the senator |himself|": an object's pronoun behind a noun. */
static bool is_emphatic(const gs_reading *r, uint32_t i)
{
    gs_tag before = gs_tag_at(r, i - 1);

    return gs_tag_at(r, i) == GS_TAG_PRONOUN && has_class(r, i, GS_CLASS_OBJECT) &&
           !has_class(r, i, GS_CLASS_SUBJECT) &&
           (before == GS_TAG_NOUN || before == GS_TAG_PROPER);
}

/* The first token of the bare noun phrase that ends at token `i`. */
static uint32_t phrase_first(const gs_reading *r, uint32_t i, uint32_t start)
{
    const gs_phrase *phrase;

    if (gs_type_at(r, i) == GS_TOKEN_PAREN_CLOSE) {
        while (i > start && gs_type_at(r, i) != GS_TOKEN_PAREN_OPEN)
            i--;
        if (i > start)
            i--;
    }
    if (i > start && is_emphatic(r, i))
        i--;
    phrase = gs_page_phrase_at(r->page, i);
    if (phrase != NULL)
        return phrase->tokens.first > start ? phrase->tokens.first : start;
    return i;
}

/* The noun that a clause without subject hangs on, where the token before `k` is its
 * verb: "a lawyer who represents [k", "a person briefed on [k". `k` when it hangs on
 * none. */
static uint32_t before_verb(const gs_reading *r, uint32_t k, uint32_t start)
{
    const gs_verb *verb = gs_page_verb_at(r->page, k - 1);
    uint32_t first = verb != NULL ? verb->tokens.first : k - 1;

    if (first <= start)
        return k;
    if (gs_tag_at(r, first - 1) == GS_TAG_RELATIVE && first - 1 > start &&
        gs_source_ends_noun(r, first - 2))
        return phrase_first(r, first - 2, start);
    if (verb != NULL && !gs_verb_finite(r, verb) && !verb->infinitive &&
        gs_source_ends_noun(r, first - 1))
        return phrase_first(r, first - 1, start);
    return k;
}

/* The noun that a preposition before `k` hangs on; `k` when it hangs on none. */
static uint32_t before_preposition(const gs_reading *r, uint32_t k, uint32_t start)
{
    gs_tag tag;

    if (k < start + 2)
        return k;
    if (gs_source_ends_noun(r, k - 2) && r->marks[k - 1].till == 0)
        return phrase_first(r, k - 2, start);
    tag = gs_tag_at(r, k - 2);
    if (tag == GS_TAG_ADJECTIVE && k - 2 > start && gs_source_ends_noun(r, k - 3))
        return phrase_first(r, k - 3, start);
    if (gs_tag_is_verb(tag))
        return before_verb(r, k - 1, start);
    return k;
}

/* The other of two subjects: "The United States and [k". `k` when what stands before the
 * conjunction is no subject. */
static uint32_t before_conjunction(const gs_reading *r, uint32_t k, uint32_t start)
{
    uint32_t first, at = k - 1;

    for (int steps = 0; steps < STEPS_MAX; steps++) {
        if (at > start && gs_type_at(r, at - 1) == GS_TOKEN_COMMA)
            at--;
        if (at <= start || !gs_source_ends_noun(r, at - 1))
            return k;
        first = phrase_first(r, at - 1, start);
        if (first <= start || gs_tag_at(r, first - 1) == GS_TAG_SUBORDINATOR ||
            gs_type_at(r, first - 1) == GS_TOKEN_CLOSE ||
            gs_type_at(r, first - 1) == GS_TOKEN_COLON ||
            has_class(r, first, GS_CLASS_SUBJECT))
            return first;
        if (gs_type_at(r, first - 1) != GS_TOKEN_COMMA)
            return k;
        if (first - 1 <= start || !gs_source_ends_noun(r, first - 2))
            return first;
        k = first; /* where what stands before is no list: "In Ohio, |Lee and Hale" */
        at = first - 1;
    }
    return k;
}

/* Before "nearly", "not", "at least" that limit the noun phrase at `k`. */
static uint32_t qualified(const gs_reading *r, uint32_t k, uint32_t start)
{
    gs_tag tag = gs_tag_at(r, k);

    if (k <= start || (tag != GS_TAG_NUMBER && tag != GS_TAG_DETERMINER &&
                       tag != GS_TAG_PRONOUN && tag != GS_TAG_NOUN))
        return k;
    if (gs_tag_at(r, k - 1) == GS_TAG_NEGATION)
        return k - 1;
    if (tag == GS_TAG_PRONOUN)
        return k;
    if (gs_tag_at(r, k - 1) == GS_TAG_PREPOSITION && has_class(r, k, GS_CLASS_DEGREE))
        return k - 1;
    return gs_tag_at(r, k - 1) == GS_TAG_ADVERB && has_class(r, k - 1, GS_CLASS_DEGREE)
               ? k - 1
               : k;
}

uint32_t gs_source_phrase_start(const gs_reading *r, uint32_t end, uint32_t start)
{
    uint32_t k = phrase_first(r, end - 1, start);

    for (int steps = 0; steps < STEPS_MAX && k > start; steps++) {
        uint32_t next = k;
        gs_tag tag = gs_tag_at(r, k - 1);

        if (r->marks[k].till != 0)
            break;
        if (gs_type_at(r, k - 1) == GS_TOKEN_POSSESSIVE && k >= start + 2)
            next = phrase_first(r, k - 2, start);
        else if (tag == GS_TAG_PREPOSITION)
            next = before_preposition(r, k, start);
        else if (tag == GS_TAG_CONJUNCTION)
            next = before_conjunction(r, k, start);
        else if (gs_tag_is_verb(tag))
            next = before_verb(r, k, start);
        if (next == k)
            break;
        k = next;
    }
    return qualified(r, k, start);
}
