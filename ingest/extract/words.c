#include "ingest/extract/words.h"
#include "ingest/extract/lexicon.h"

/* No phrase of a text that makes sense is longer: bounds the time of one that does not.
 */
enum { PARTICIPLE_MIN = 4, RUN_MAX = 40, NAME_MAX = 10 };

const gs_listing *gs_mention_reference(const gs_mention_reader *r, uint32_t token)
{
    uint32_t length;

    return gs_directory_match(r->directory, r->page, token, token + 1,
                              GS_LISTING_REFERENCE, &length);
}

/* Whether a small word may be read as this class; one word may have several. */
bool gs_word_may_be(const gs_mention_reader *r, uint32_t token, gs_role_class class)
{
    const gs_listing *listing = gs_mention_reference(r, token);

    while (listing != NULL &&
           (listing->type != GS_LISTING_REFERENCE || listing->role != class))
        listing = listing->next;
    return listing != NULL;
}

bool gs_word_starts(const gs_mention_reader *r, uint32_t token)
{
    return token == 0 ||
           gs_word_token(r, token - 1)->sentence != gs_word_token(r, token)->sentence ||
           gs_word_token(r, token - 1)->type == GS_TOKEN_OPEN ||
           gs_word_token(r, token - 1)->type == GS_TOKEN_COLON;
}

static bool is_closed_class(const gs_mention_reader *r, uint32_t token)
{
    const gs_word *word = gs_lexicon_find(r->lexicon, gs_word_token(r, token)->folded);

    return word != NULL && (word->classes & GS_CLASS_CLOSED) != 0;
}

bool gs_word_is_time(const gs_mention_reader *r, uint32_t token)
{
    const gs_word *word = gs_lexicon_find(r->lexicon, gs_word_token(r, token)->folded);

    return word != NULL && gs_word_token(r, token)->capital &&
           (word->classes & (GS_CLASS_CALENDAR)) != 0;
}

/* "London-based": begins with a capital and is no name. */
static bool is_compound_adjective(const gs_mention_reader *r, uint32_t token)
{
    gs_text folded = gs_word_token(r, token)->folded, tail = folded;
    const gs_word *word;
    size_t hyphen;

    while ((hyphen = gs_text_find(tail, GS_TEXT("-"), 0)) != SIZE_MAX)
        tail = gs_text_slice(tail, hyphen + 1, tail.size);
    if (tail.size == folded.size || tail.size < PARTICIPLE_MIN)
        return false;
    word = gs_lexicon_find(r->lexicon, tail);
    return ((word != NULL ? word->classes : gs_lexicon_guess(r->lexicon, tail)) &
            GS_CLASS_PARTICIPLE) != 0;
}

static bool is_adverb(const gs_mention_reader *r, uint32_t token)
{
    const gs_word *word = gs_lexicon_find(r->lexicon, gs_word_token(r, token)->folded);

    if (word != NULL)
        return (word->classes & (GS_CLASS_ADVERB | GS_CLASS_CLOSED)) != 0 &&
               (word->classes & GS_CLASS_NOUN) == 0;
    return (gs_lexicon_guess(r->lexicon, gs_word_token(r, token)->folded) &
            GS_CLASS_ADVERB) != 0;
}

/* Part of a name by its looks. */
bool gs_word_is_name(const gs_mention_reader *r, uint32_t token)
{
    const gs_token *t = gs_word_token(r, token);

    if (t->type != GS_TOKEN_WORD || !t->capital || is_compound_adjective(r, token) ||
        gs_word_is_time(r, token))
        return false;
    if (gs_word_starts(r, token))
        return t->tag == GS_TAG_PROPER && !is_adverb(r, token);
    return t->tag == GS_TAG_PROPER || !is_closed_class(r, token);
}

static bool is_verbal(const gs_token *token)
{
    return token->tag == GS_TAG_VERB_PAST || token->tag == GS_TAG_VERB_BASE ||
           token->tag == GS_TAG_VERB_PRESENT;
}

static bool is_nominal(const gs_mention_reader *r, uint32_t token)
{
    switch (gs_word_token(r, token)->tag) {
    case GS_TAG_NOUN:
    case GS_TAG_PROPER:
    case GS_TAG_ADJECTIVE:
    case GS_TAG_NUMBER:
    case GS_TAG_VERB_GERUND:
    case GS_TAG_VERB_PARTICIPLE:
        return true;
    default:
        return gs_word_is_name(r, token);
    }
}

bool gs_word_is_common(const gs_mention_reader *r, uint32_t token)
{
    const gs_word *word = gs_lexicon_find(r->lexicon, gs_word_token(r, token)->folded);

    return word != NULL && (word->classes & (GS_CLASS_NOUN | GS_CLASS_ADJECTIVE)) != 0;
}

/* "and" within one name: between words of the language, the last of which tells a body
 * ("Food and Drug Administration"). */
static bool joins_words(const gs_mention_reader *r, uint32_t token, uint32_t limit)
{
    uint32_t i = token + 1, length;
    bool body = false;

    if (!gs_word_is_common(r, token - 1))
        return false;
    for (; i < limit && i - token < NAME_MAX && gs_word_is_name(r, i); i++)
        body = gs_directory_match(r->directory, r->page, i, i + 1, GS_LISTING_EMBLEM,
                                  &length) != NULL;
    return body && i > token + 2;
}

/* "of" or a particle between two parts of one name. */
static bool joins_names(const gs_mention_reader *r, uint32_t token, uint32_t first,
                        uint32_t limit)
{
    const gs_listing *before = NULL;
    uint32_t next = token + 1, length;

    if (token == first || token + 1 >= limit || !gs_word_is_name(r, token - 1))
        return false;
    if (gs_word_may_be(r, token, GS_ROLE_PARTICLE))
        return gs_word_is_name(r, next) || gs_word_may_be(r, next, GS_ROLE_PARTICLE);
    if (gs_word_may_be(r, token, GS_ROLE_BOTH))
        return joins_words(r, token, limit);
    if (!gs_word_may_be(r, token, GS_ROLE_JOINT) || !gs_word_is_name(r, next))
        return false;
    before = gs_directory_match(r->directory, r->page, token - 1, token,
                                GS_LISTING_ROLE | GS_LISTING_TITLE, &length);
    if (before != NULL && before->role != GS_ROLE_ARM && before->role != GS_ROLE_FIRM &&
        before->role != GS_ROLE_COMPANY && before->role != GS_ROLE_SOCIETY &&
        before->role != GS_ROLE_BODY)
        return false;
    return gs_directory_match(r->directory, r->page, next, limit,
                              GS_LISTING_STATE | GS_LISTING_CONTEXT, &length) == NULL;
}

/* The end of the run of nominal words from `first` on. */
uint32_t gs_words_end(const gs_mention_reader *r, uint32_t first, uint32_t limit)
{
    uint32_t i = first, length;

    while (i < limit && i - first < RUN_MAX) {
        const gs_token *t = gs_word_token(r, i);
        const gs_listing *known = NULL;

        if (t->type != GS_TOKEN_WORD && t->type != GS_TOKEN_NUMBER)
            break;
        if (t->capital)
            known = gs_directory_match(r->directory, r->page, i, limit,
                                       GS_LISTING_NAMES | GS_LISTING_CONTEXT, &length);
        if (known == NULL)
            known = gs_directory_match(r->directory, r->page, i, limit, GS_LISTING_ROLE,
                                       &length);
        if (known != NULL && known->type == GS_LISTING_ROLE && length == 1 &&
            is_verbal(t))
            known = NULL;
        if (known != NULL && !gs_word_is_time(r, i))
            i += length;
        else if (gs_word_is_time(r, i) && i > first)
            break;
        else if (is_nominal(r, i) || joins_names(r, i, first, limit) ||
                 (t->tag == GS_TAG_PREPOSITION && i > first &&
                  gs_word_may_be(r, i, GS_ROLE_PARTICLE) &&
                  joins_names(r, i, first, limit)))
            i++;
        else
            break;
    }
    return i;
}

/* Lower case, or a capital that the sentence's start gave it. */
bool gs_words_common(const gs_mention_reader *r, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (gs_word_token(r, i)->capital && !gs_word_starts(r, i))
            return false;
    return true;
}

bool gs_words_name(const gs_mention_reader *r, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (!gs_word_is_name(r, i) && !gs_word_may_be(r, i, GS_ROLE_PARTICLE) &&
            !gs_word_may_be(r, i, GS_ROLE_JOINT) && !gs_word_may_be(r, i, GS_ROLE_BOTH) &&
            gs_word_token(r, i)->type != GS_TOKEN_NUMBER)
            return false;
    return first < end && gs_word_is_name(r, first);
}

/* Where a name ends that stands before other words: "Mr Lee relies". */
uint32_t gs_words_name_end(const gs_mention_reader *r, uint32_t first, uint32_t end)
{
    uint32_t i = first;

    while (i < end && (gs_word_is_name(r, i) || gs_word_may_be(r, i, GS_ROLE_PARTICLE) ||
                       gs_word_may_be(r, i, GS_ROLE_JOINT) ||
                       gs_word_token(r, i)->type == GS_TOKEN_NUMBER))
        i++;
    return i;
}

/* Whether all of a range is one name of the directory. */
bool gs_words_listed(const gs_mention_reader *r, uint32_t first, uint32_t end)
{
    uint32_t length = 0;

    return gs_word_token(r, first)->capital &&
           gs_directory_match(r->directory, r->page, first, end, GS_LISTING_NAMES,
                              &length) != NULL &&
           length == end - first;
}

/* What a word of the name tells of its bearer; the last such word does. */
const gs_listing *gs_words_emblem(const gs_mention_reader *r, gs_range name)
{
    const gs_listing *found = NULL, *emblem;
    uint32_t length;

    for (uint32_t i = name.first; i < name.end && name.end - name.first > 1; i++) {
        emblem = gs_directory_match(r->directory, r->page, i, name.end, GS_LISTING_EMBLEM,
                                    &length);
        if (emblem != NULL)
            found = emblem->noun;
    }
    return found;
}

/* 1 where a name of two words or more, none of them common, follows on what its bearer
 * is: "Republican Ann Lee". */
uint32_t gs_words_epithets(const gs_mention_reader *r, uint32_t first, uint32_t end)
{
    uint32_t length;

    if (end - first < 3 || gs_words_listed(r, first, end) ||
        !gs_word_is_name(r, first + 1))
        return 0;
    for (uint32_t i = first + 1; i < end; i++)
        if (gs_word_is_common(r, i))
            return 0;
    return gs_word_is_common(r, first) ||
           gs_directory_match(r->directory, r->page, first, first + 1,
                              GS_LISTING_DEMONYM | GS_LISTING_CONTEXT, &length) != NULL;
}
