#include "ingest/extract/lexicon.h"
#include "ingest/extract/words.h"

enum { COMPLEMENTS_MAX = 3, ALIAS_WORDS_MAX = 6, LIST_MAX = 12, RELATIVE_MAX = 12 };

/* "of the club", "for the singer X", "at the ministry": the first that may own the role.
 */
static void read_complement(gs_mention *m, const gs_mention_reader *r, uint32_t limit)
{
    uint32_t i = m->tokens.end;

    if (m->noun == NULL || !gs_range_none(m->name))
        return;
    for (int n = 0; n < COMPLEMENTS_MAX && i + 1 < limit; n++) {
        gs_mention inner;
        bool owns =
            gs_word_may_be(r, i, GS_ROLE_OWNER) ||
            (m->noun->role == GS_ROLE_VOICE && gs_word_may_be(r, i, GS_ROLE_TOWARD));

        if (gs_word_token(r, i)->tag != GS_TAG_PREPOSITION &&
            gs_word_token(r, i)->tag != GS_TAG_TO)
            return;
        if ((gs_word_token(r, i)->tag == GS_TAG_TO && !owns) ||
            !gs_mention_simple(&inner, r, i + 1, limit))
            return;
        if (owns && gs_mention_is_actor(&inner) && gs_range_none(m->holder)) {
            m->holder = m->owner;
            m->owner = inner.tokens;
            m->tokens.end = m->text.end = m->reach = inner.tokens.end;
            return;
        }
        m->reach = inner.tokens.end;
        i = inner.tokens.end;
    }
}

/* Whether a participle at a token, before "by", ties a noun to whoever follows: a writing
 * to who wrote it, a body to who heads it. */
static bool ties(const gs_mention *m, const gs_mention_reader *r, uint32_t token)
{
    if (m->noun->role == GS_ROLE_WORK || m->noun->role == GS_ROLE_PAPER)
        return gs_word_may_be(r, token, GS_ROLE_WRITTEN);
    return (m->noun->role == GS_ROLE_COMPANY || m->noun->role == GS_ROLE_SOCIETY) &&
           gs_word_may_be(r, token, GS_ROLE_LEAD);
}

/* ", brought by a group of farmers", "led by X" */
static void read_author(gs_mention *m, const gs_mention_reader *r, uint32_t limit)
{
    uint32_t i = m->tokens.end;
    bool writing, tied;
    gs_mention inner;

    if (m->noun == NULL || !gs_range_none(m->owner) || !gs_range_none(m->name))
        return;
    writing = m->noun->role == GS_ROLE_WORK || m->noun->role == GS_ROLE_PAPER;
    i += writing && gs_word_is(r, i, limit, GS_TOKEN_COMMA);
    tied = i < limit && ties(m, r, i);
    i += tied;
    if (i + 1 >= limit || (!tied && !writing) || !gs_word_may_be(r, i, GS_ROLE_AUTHOR) ||
        !gs_mention_simple(&inner, r, i + 1, limit))
        return;
    read_complement(&inner, r, limit);
    if (!gs_mention_is_actor(&inner))
        return;
    m->owner = inner.tokens;
    m->tokens.end = m->reach = inner.tokens.end;
    if (!writing)
        m->text.end = m->tokens.end;
}

/* A name in parentheses: "(PCG)". */
static void read_acronym(gs_mention *m, const gs_mention_reader *r, uint32_t limit)
{
    uint32_t i = m->tokens.end;

    if (!gs_word_is(r, i, limit, GS_TOKEN_PAREN_OPEN) ||
        !gs_word_is(r, i + 2, limit, GS_TOKEN_PAREN_CLOSE) ||
        !gs_word_is(r, i + 1, limit, GS_TOKEN_WORD) || !gs_word_token(r, i + 1)->capital)
        return;
    m->acronym = (gs_range){i + 1, i + 2};
    m->tokens.end = i + 3;
}

/* What ends an apposition: a comma, the end, a dash, a mark. */
static bool closes(const gs_mention_reader *r, uint32_t token, uint32_t limit)
{
    if (token >= limit)
        return true;
    if (gs_word_token(r, token)->tag == GS_TAG_RELATIVE)
        return true;
    switch (gs_word_token(r, token)->type) {
    case GS_TOKEN_COMMA:
    case GS_TOKEN_STOP:
    case GS_TOKEN_COLON:
    case GS_TOKEN_DASH:
    case GS_TOKEN_PAREN_CLOSE:
        return true;
    default:
        return false;
    }
}

/* The words of a name and what the name tells come from `from`. */
static void take_name(gs_mention *m, const gs_mention *from)
{
    m->name = from->name;
    m->known = from->known;
    m->emblem = from->emblem;
    m->tokens.end = from->tokens.end;
    if (gs_range_none(m->acronym))
        m->acronym = from->acronym;
    m->titled = m->titled || from->titled;
    if (from->gender != '-')
        m->gender = from->gender;
}

/* The role and the owners come from `from`. */
static void take_role(gs_mention *m, const gs_mention *from)
{
    gs_mention whole = *from;

    whole.name = m->name;
    whole.known = m->known;
    whole.emblem = m->emblem;
    whole.tokens = (gs_range){m->tokens.first, from->tokens.end};
    if (gs_range_none(whole.acronym))
        whole.acronym = m->acronym;
    if (m->noun != NULL && m->titled) {
        whole.titled = true;
        whole.gender = m->gender != '-' ? m->gender : whole.gender;
    }
    whole.definite = true;
    whole.indefinite = false;
    *m = whole;
}

/* "X, the lender named in the report": a participle goes on about the noun. */
static bool described_on(const gs_mention_reader *r, const gs_mention *m, uint32_t limit)
{
    uint32_t next = m->tokens.end;
    const gs_word *word;

    if (m->noun == NULL || !gs_range_none(m->name) || !m->definite || next + 1 >= limit)
        return false;
    word = gs_lexicon_find(r->lexicon, gs_word_token(r, next)->folded);
    if (gs_word_token(r, next)->tag == GS_TAG_VERB_PAST)
        return gs_word_token(r, next + 1)->tag == GS_TAG_PREPOSITION &&
               (word == NULL || (word->classes & GS_CLASS_CLAUSAL) == 0);
    return gs_word_token(r, next)->tag == GS_TAG_VERB_PARTICIPLE;
}

/* Behind "who worked on the bid", up to its comma; `i` itself where no such clause is. */
static uint32_t after_relative(const gs_mention_reader *r, uint32_t i, uint32_t limit)
{
    uint32_t at_comma = i;

    if (i >= limit || gs_word_token(r, i)->tag != GS_TAG_RELATIVE)
        return i;
    while (at_comma < limit && at_comma - i < RELATIVE_MAX &&
           gs_word_token(r, at_comma)->type != GS_TOKEN_COMMA)
        at_comma++;
    return gs_word_is(r, at_comma, limit, GS_TOKEN_COMMA) ? at_comma : i;
}

static void read_apposition(gs_mention *m, const gs_mention_reader *r, uint32_t limit)
{
    uint32_t i = m->reach > m->tokens.end ? m->reach : m->tokens.end;
    gs_mention other;

    if (gs_range_none(m->name) && m->noun != NULL)
        i = after_relative(r, i, limit);
    if (!gs_word_is(r, i, limit, GS_TOKEN_COMMA) || m->known != NULL ||
        !gs_mention_simple(&other, r, i + 1, limit))
        return;
    read_complement(&other, r, limit);
    read_acronym(&other, r, limit);
    if (!closes(r, other.tokens.end, limit) && !described_on(r, &other, limit))
        return;
    if (gs_range_none(m->name) && m->noun != NULL && !gs_range_none(other.name) &&
        (other.known == NULL || other.known->type == GS_LISTING_OUTLET))
        take_name(m, &other);
    else if (!gs_range_none(m->name) && gs_range_none(other.name) && other.noun != NULL &&
             (m->noun == NULL || m->titled))
        take_role(m, &other);
}

/* ", who performs as X,": the name that a described person goes by. */
static void read_alias(gs_mention *m, const gs_mention_reader *r, uint32_t limit)
{
    bool comma = gs_word_is(r, m->tokens.end, limit, GS_TOKEN_COMMA);
    uint32_t i = m->tokens.end + comma, last = i + (comma ? ALIAS_WORDS_MAX : 1);
    gs_mention other;

    if (!gs_range_none(m->name) || m->noun == NULL ||
        (!comma && i < limit && gs_word_token(r, i)->tag == GS_TAG_PREPOSITION))
        return;
    for (; i < last && i + 1 < limit && gs_word_token(r, i)->type == GS_TOKEN_WORD; i++) {
        uint32_t name = i + 1;

        if (!gs_word_may_be(r, i, GS_ROLE_ALIAS))
            continue;
        name += gs_word_token(r, name)->type == GS_TOKEN_OPEN;
        if (gs_mention_simple(&other, r, name, limit) && !gs_range_none(other.name) &&
            other.noun == NULL && other.known == NULL) {
            take_name(m, &other);
            return;
        }
    }
}

/* "economy, transport and defence ministries": the noun that closes a list of words. */
static void read_list(gs_mention *m, const gs_mention_reader *r, uint32_t limit)
{
    uint32_t i = m->words.end, end;

    if (m->noun != NULL || !gs_range_none(m->name))
        return;
    while (i < limit && i < m->words.end + LIST_MAX &&
           (gs_word_token(r, i)->type == GS_TOKEN_COMMA ||
            gs_word_may_be(r, i, GS_ROLE_BOTH))) {
        gs_mention next;

        if (!gs_mention_simple(&next, r, i + 1, limit) ||
            next.tokens.first != next.words.first)
            return;
        end = next.words.end;
        if (next.noun != NULL && next.noun->plural && gs_range_none(next.name)) {
            m->words.end = m->text.end = m->tokens.end = end;
            gs_mention_take_noun(m, next.noun, end - 1, end);
            return;
        }
        if (gs_mention_is_actor(&next))
            return;
        i = end;
    }
}

bool gs_mention_read(gs_mention *out, const gs_mention_reader *r, uint32_t first,
                     uint32_t limit)
{
    gs_mention m;

    if (first >= limit || !gs_mention_simple(&m, r, first, limit))
        return false;
    read_list(&m, r, limit);
    read_complement(&m, r, limit);
    read_author(&m, r, limit);
    read_acronym(&m, r, limit);
    read_apposition(&m, r, limit);
    read_alias(&m, r, limit);
    *out = m;
    return true;
}
