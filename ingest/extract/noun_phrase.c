#include "ingest/extract/lexicon.h"
#include "ingest/extract/words.h"
#include <string.h>

enum { OWNERS_MAX = 8 };

static gs_role_class reference_class(const gs_mention_reader *r, uint32_t token)
{
    const gs_listing *listing = gs_mention_reference(r, token);

    return listing == NULL ? GS_ROLE_NONE : listing->role;
}

static void read_determiner(gs_mention *m, const gs_mention_reader *r, uint32_t *i,
                            uint32_t limit)
{
    while (*i < limit && gs_word_token(r, *i)->type != GS_TOKEN_POSSESSIVE) {
        gs_role_class class = reference_class(r, *i);

        if (class == GS_ROLE_DEFINITE)
            m->definite = true;
        else if (class == GS_ROLE_INDEFINITE)
            m->indefinite = true;
        else if (class == GS_ROLE_POSSESSIVE)
            m->possessive = *i, m->definite = true;
        else if (class != GS_ROLE_OWN)
            break;
        (*i)++;
    }
}

static bool is_personal(gs_role_class class)
{
    return class == GS_ROLE_VOICE || class == GS_ROLE_OFFICE || class == GS_ROLE_POST ||
           class == GS_ROLE_CIVIC || class == GS_ROLE_PERSON || class == GS_ROLE_PEOPLE ||
           class == GS_ROLE_TITLE || class == GS_ROLE_HONORIFIC;
}

void gs_mention_take_noun(gs_mention *m, const gs_listing *noun, uint32_t first,
                          uint32_t end)
{
    m->noun = noun;
    m->role = (gs_range){m->words.first, end};
    m->plural = noun->plural;
    if (noun->gender != '-')
        m->gender = noun->gender;
    if (noun->type == GS_LISTING_TITLE) {
        m->titled = true;
        if (noun->role == GS_ROLE_HONORIFIC)
            m->role.end = first;
    }
}

/* A role, a title, or a body within the words of a mention. */
static void note(gs_mention *m, const gs_mention_reader *r, const gs_listing *listing,
                 uint32_t first, uint32_t end)
{
    bool last = end == m->words.end;

    if (listing->type == GS_LISTING_DEMONYM) {
        m->demonym = listing;
        return;
    }
    if ((listing->type & (GS_LISTING_ROLE | GS_LISTING_TITLE)) == 0) {
        m->modifier = listing;
        m->modifier_tokens = (gs_range){first, end};
        return;
    }
    if (last && m->noun != NULL && m->noun->role == GS_ROLE_HONORIFIC &&
        gs_word_is_name(r, first))
        return; /* "Mr King" is no king */
    if ((listing->role == GS_ROLE_PAPER || listing->role == GS_ROLE_WORK) &&
        gs_word_is_name(r, first) && first > m->words.first)
        return; /* "the journal Glacier Letters" */
    if (listing->role == GS_ROLE_ARM || listing->role == GS_ROLE_BODY) {
        m->arm = listing;
        m->arm_tokens = (gs_range){m->words.first, end};
    }
    if (last || (is_personal(listing->role) && listing->type == GS_LISTING_TITLE) ||
        (gs_words_name(r, end, m->words.end) &&
         (is_personal(listing->role) || gs_words_common(r, first, end))))
        gs_mention_take_noun(m, listing, first, end);
}

/* A word that no table has, written as a name, before the noun: "PCG spokesman". */
static void note_name(gs_mention *m, const gs_mention_reader *r, uint32_t i)
{
    if (m->noun != NULL || !gs_word_is_name(r, i) ||
        gs_lexicon_find(r->lexicon, gs_word_token(r, i)->folded) != NULL)
        return;
    if (!gs_range_none(m->modifier_name) && m->modifier_name.end == i)
        m->modifier_name.end = i + 1;
    else
        m->modifier_name = (gs_range){i, i + 1};
}

/* A noun of roles.tsv, or of one of its endings. */
static const gs_listing *common_at(const gs_mention_reader *r, uint32_t i, uint32_t end,
                                   uint32_t *length)
{
    const gs_token *t = gs_word_token(r, i);
    const gs_listing *found =
        gs_directory_match(r->directory, r->page, i, end, GS_LISTING_ROLE, length);

    if (found != NULL || t->lemma.bytes == NULL ||
        (t->tag != GS_TAG_NOUN && !gs_word_starts(r, i)))
        return found;
    *length = 1;
    return gs_directory_ending(r->directory, t->lemma);
}

/* A state whose name is also a demonym's plural ("Laos") is the state. */
static const gs_listing *named_alike(const gs_mention_reader *r,
                                     const gs_listing *demonym)
{
    const gs_listing *state =
        gs_directory_find(r->directory, demonym->key, GS_LISTING_STATE);

    return state != NULL ? state : demonym;
}

static const gs_listing *listing_at(const gs_mention_reader *r, uint32_t i, uint32_t end,
                                    uint32_t *length)
{
    unsigned common = GS_LISTING_ROLE, proper = GS_LISTING_NAMES | GS_LISTING_DEMONYM |
                                                GS_LISTING_CONTEXT | GS_LISTING_TITLE;
    const gs_listing *found = NULL;

    if (gs_word_token(r, i)->capital)
        found = gs_directory_match(r->directory, r->page, i, end, proper, length);
    if (found != NULL && found->type == GS_LISTING_DEMONYM)
        return named_alike(r, found);
    if (found == NULL)
        return common_at(r, i, end, length);
    if (found->type == GS_LISTING_TITLE) {
        uint32_t longer;
        const gs_listing *role =
            gs_directory_match(r->directory, r->page, i, end, common, &longer);

        if (role != NULL && (longer > *length || i + *length == end)) {
            *length = longer;
            return role;
        }
    }
    return found;
}

static void read_words(gs_mention *m, const gs_mention_reader *r)
{
    uint32_t i = m->words.first, length;

    while (i < m->words.end) {
        const gs_listing *found = listing_at(r, i, m->words.end, &length);

        if (found == NULL) {
            note_name(m, r, i);
            i++;
            continue;
        }
        note(m, r, found, i, i + length);
        i += length;
    }
}

/* The name behind the role, or the whole where it is written as a name. */
static void read_name(gs_mention *m, const gs_mention_reader *r)
{
    uint32_t first = m->words.first, end = m->words.end, length = 0;
    bool describes = m->noun != NULL && m->noun->type == GS_LISTING_ROLE &&
                     !gs_range_none(m->role) && m->role.end == end;

    if (m->noun != NULL && (m->role.end < end || m->noun->type == GS_LISTING_TITLE) &&
        !describes) {
        uint32_t from = m->role.end;

        while (from < end && !gs_word_is_name(r, from))
            from++;
        if (m->noun->role == GS_ROLE_HONORIFIC && from < end &&
            gs_directory_match(r->directory, r->page, from, from + 1, GS_LISTING_TITLE,
                               &length) != NULL)
            from++;
        m->name = (gs_range){from, gs_words_name_end(r, from, end)};
        if (!gs_range_none(m->name))
            m->words.end = m->tokens.end = m->text.end = m->reach = m->name.end;
    } else if (describes) {
        if (!is_personal(m->noun->role) && gs_words_name(r, first, end) &&
            !gs_words_common(r, end - 1, end) && end - first > 1)
            m->name = (gs_range){first, end};
    } else {
        while (first < end && !gs_words_name(r, first, end) &&
               !gs_words_listed(r, first, end))
            first++;
        m->name = (gs_range){first + gs_words_epithets(r, first, end), end};
    }
    if (!gs_range_none(m->name) && m->noun == NULL && m->demonym != NULL &&
        m->name.end - m->name.first == 1)
        m->name.end = m->name.first;
    if (m->noun == NULL || m->modifier_name.end > m->role.end)
        m->modifier_name.end = m->modifier_name.first;
    if (gs_range_none(m->name))
        return;
    if (m->modifier_name.first >= m->name.first)
        m->modifier_name.end = m->modifier_name.first;
    m->emblem = gs_words_emblem(r, m->name);
    m->known = gs_directory_match(r->directory, r->page, m->name.first, m->name.end,
                                  GS_LISTING_NAMES | GS_LISTING_CONTEXT, &length);
    if (m->known != NULL && length != m->name.end - m->name.first)
        m->known = NULL;
    if (m->modifier != NULL && m->modifier_tokens.first >= m->name.first &&
        m->modifier_tokens.end <= m->name.end)
        m->modifier = NULL;
    if (m->known != NULL && m->noun != NULL && m->role.end == m->name.end)
        m->role.end = m->role.first;
}

/* Drops what cannot end a noun phrase. */
static uint32_t trimmed(const gs_mention_reader *r, uint32_t first, uint32_t end)
{
    while (end > first) {
        uint8_t tag = gs_word_token(r, end - 1)->tag;
        uint32_t length;

        if (tag == GS_TAG_NOUN || tag == GS_TAG_PROPER || gs_word_is_name(r, end - 1) ||
            gs_directory_match(r->directory, r->page, end - 1, end, GS_LISTING_ROLE,
                               &length) != NULL)
            break;
        if (tag == GS_TAG_ADJECTIVE && end - first > 0 &&
            gs_text_find(gs_word_token(r, end - 1)->folded, GS_TEXT("-"), 0) != SIZE_MAX)
            break;
        end--;
    }
    return end;
}

/* A day before a name, or a verb's participle, is no part of the name's phrase. */
static bool may_begin(const gs_mention_reader *r, uint32_t i, bool determined)
{
    uint8_t tag = gs_word_token(r, i)->tag;

    if (gs_word_is_time(r, i))
        return i + 1 < r->page->token_count &&
               gs_word_token(r, i + 1)->type == GS_TOKEN_POSSESSIVE;
    return determined || gs_word_token(r, i)->capital ||
           (tag != GS_TAG_VERB_PARTICIPLE && tag != GS_TAG_VERB_GERUND);
}

/* Where the name begins that ends before `end`: "Hours later China" owns as China. */
static uint32_t owner_start(const gs_mention_reader *r, uint32_t first, uint32_t end)
{
    uint32_t i = end, length;

    while (i > first &&
           (gs_word_is_name(r, i - 1) || gs_word_may_be(r, i - 1, GS_ROLE_PARTICLE)))
        i--;
    if (i == end || i == first || gs_mention_reference(r, i - 1) != NULL ||
        gs_directory_match(r->directory, r->page, i - 1, i, GS_LISTING_ROLE, &length) !=
            NULL ||
        gs_word_token(r, i - 1)->type == GS_TOKEN_POSSESSIVE)
        return first;
    return i;
}

/* Determiner, owners before 's, words: everything up to the complement. */
bool gs_mention_simple(gs_mention *m, const gs_mention_reader *r, uint32_t first,
                       uint32_t limit)
{
    uint32_t i = first, end;

    memset(m, 0, sizeof *m);
    m->gender = '-';
    m->possessive = m->aged = GS_NO_TOKEN;
    read_determiner(m, r, &i, limit);
    if (i < limit && !may_begin(r, i, i > first))
        return false;
    for (int owners = 0; owners < OWNERS_MAX; owners++) {
        end = gs_words_end(r, i, limit);
        if (end == i || !gs_word_is(r, end, limit, GS_TOKEN_POSSESSIVE))
            break;
        if (!gs_word_is_time(r, i))
            m->owner = (gs_range){owner_start(r, first, end), end};
        if (m->owner.first > first && !gs_word_is_time(r, i) &&
            gs_mention_reference(r, first) == NULL)
            first = m->owner.first; /* "Hours later" belongs to neither */
        m->definite = true;
        m->indefinite = false;
        i = end + 1;
    }
    end = trimmed(r, i, end);
    if (end <= i) {
        if (gs_range_none(m->owner))
            return false;
        end = i; /* "Kyiv's", all by itself: the owner is the mention */
        m->words = m->owner;
        m->owner = (gs_range){0, 0};
        m->possessive = GS_NO_TOKEN;
        i = m->words.first;
        memset(m, 0, sizeof *m);
        m->gender = '-';
        m->possessive = m->aged = GS_NO_TOKEN;
        read_determiner(m, r, &i, limit);
        end = trimmed(r, i, gs_words_end(r, i, limit));
        if (end <= i)
            return false;
    }
    m->words = (gs_range){i, end};
    m->tokens = m->text = (gs_range){first, end};
    m->reach = end;
    m->text.first = i;
    read_words(m, r);
    read_name(m, r);
    if (m->noun == NULL && gs_range_none(m->name) && end - i <= 2 &&
        gs_word_token(r, end - 1)->folded.bytes[0] >= '0' &&
        gs_word_token(r, end - 1)->folded.bytes[0] <= '9')
        m->aged = end - 1;
    return true;
}

bool gs_mention_is_actor(const gs_mention *m)
{
    return !gs_range_none(m->name) || m->noun != NULL;
}
