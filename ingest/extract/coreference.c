#include "ingest/extract/cast.h"
#include <string.h>

/* How far back is looked: an actor that has not been heard of for so long is named anew.
 */
enum { SIGHTINGS_BACK = 300, SENTENCES_BACK = 6, CHAIN_MAX = 8, ACTS_BACK = 12 };

size_t gs_cast_before(const gs_cast *cast, uint32_t token)
{
    size_t low = 0, high = cast->sighting_count;

    if (!cast->sorted)
        return high == 0 ? SIZE_MAX : high - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (cast->sightings[middle].tokens.first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? SIZE_MAX : low - 1;
}

static bool shares_word(const gs_page *page, gs_range a, gs_range b)
{
    for (uint32_t i = a.first; i < a.end; i++)
        for (uint32_t j = b.first; j < b.end; j++)
            if (gs_text_equal(page->tokens[i].lemma, page->tokens[j].lemma))
                return true;
    return false;
}

static bool tells_which(const gs_page *page, gs_range range)
{
    for (uint32_t i = range.first; i < range.end; i++)
        if (page->tokens[i].tag == GS_TAG_NOUN || page->tokens[i].tag == GS_TAG_PROPER)
            return true;
    return false;
}

/* Words before the noun that say which one: both say it, and differently. */
static bool modifiers_clash(const gs_cast *cast, const gs_mention *m, const gs_entity *e)
{
    gs_range mine = {m->words.first, m->role.end}, theirs = e->modifiers;

    if (m->noun->type != GS_LISTING_ROLE || gs_range_none(mine) || gs_range_none(theirs))
        return false;
    mine.end--;
    theirs.end--;
    if (!tells_which(cast->reader.page, mine))
        return false;
    if (!tells_which(cast->reader.page, theirs))
        return true;
    return !shares_word(cast->reader.page, mine, theirs);
}

static bool same_noun(const gs_cast *cast, const gs_mention *m, const gs_entity *e)
{
    if (e->noun != NULL && m->noun->role == GS_ROLE_COMPANY && !e->named &&
        !gs_text_equal(e->noun->key, m->noun->key))
        return false; /* a group of farmers is not "the company" */
    return e->noun != NULL && e->plural == m->plural &&
           gs_text_equal(e->noun->name, m->noun->name) && !modifiers_clash(cast, m, e);
}

/* A body of which no noun has told what it is may be "the company" or "the university".
 */
static bool may_be_called(const gs_mention *m, const gs_entity *e)
{
    bool body = gs_text_equal(e->kind, GS_TEXT("organisation")) ||
                gs_text_equal(e->kind, GS_TEXT("unknown"));

    if (m->plural || !e->named || m->words.end - m->words.first > 1)
        return false;
    switch (m->noun->role) {
    case GS_ROLE_COMPANY:
        return body && e->state == NULL && e->owner == 0 &&
               (e->noun == NULL || e->noun->role == GS_ROLE_EITHER ||
                e->noun->role == GS_ROLE_FIRM);
    case GS_ROLE_FIRM:
        return body && e->state == NULL && e->owner == 0 &&
               (e->noun == NULL || e->noun->role == GS_ROLE_EITHER ||
                e->noun->role == GS_ROLE_COMPANY);
    case GS_ROLE_SOCIETY:
    case GS_ROLE_BODY:
        return body && e->state == NULL && e->owner == 0 && e->noun == NULL;
    case GS_ROLE_OUTLET:
        return gs_text_equal(e->kind, GS_TEXT("outlet"));
    case GS_ROLE_POST:
        return e->noun == NULL && gs_text_equal(e->kind, GS_TEXT("person"));
    default:
        return false;
    }
}

/* "the dairy" after "the dairy group X" */
static bool is_called_after(const gs_cast *cast, const gs_mention *m, const gs_entity *e)
{
    gs_range noun = {m->role.end - 1, m->role.end};

    return e->named && e->noun != NULL && !m->plural && !gs_range_none(m->role) &&
           (m->noun->role == GS_ROLE_FIRM || m->noun->role == GS_ROLE_SOCIETY) &&
           (e->noun->role == GS_ROLE_COMPANY || e->noun->role == GS_ROLE_FIRM ||
            e->noun->role == GS_ROLE_SOCIETY) &&
           shares_word(cast->reader.page, noun, e->modifiers);
}

size_t gs_cast_find_noun(const gs_cast *cast, const gs_mention *m)
{
    size_t at = gs_cast_before(cast, m->tokens.first), maybe = SIZE_MAX;

    for (int n = 0; at != SIZE_MAX && n < SIGHTINGS_BACK; n++, at--) {
        size_t i = cast->sightings[at].entity;
        const gs_entity *e = &cast->entities[i];

        if ((same_noun(cast, m, e) && !e->by_emblem) || is_called_after(cast, m, e))
            return i;
        if ((may_be_called(m, e) || same_noun(cast, m, e)) &&
            (maybe == SIZE_MAX || cast->entities[maybe].seen < e->seen))
            maybe = i;
        if (at == 0)
            break;
    }
    return maybe;
}

size_t gs_cast_speaker(const gs_cast *cast, const gs_act *act)
{
    uint32_t found = act->source.first < cast->reader.page->token_count &&
                             act->source.first < act->source.end
                         ? cast->speakers[act->source.first]
                         : 0;

    return found == 0 ? SIZE_MAX : found - 1;
}

static bool genders_agree(char a, char b)
{
    return a == '-' || b == '-' || a == b;
}

/* Whether a pronoun may mean an entity. */
static bool fits(const gs_entity *e, const gs_listing *pronoun)
{
    bool person = gs_entity_is_person(e) ||
                  (gs_text_equal(e->kind, GS_TEXT("unknown")) && !e->plural);

    if (e->noun != NULL &&
        (e->noun->role == GS_ROLE_CRAFT || e->noun->role == GS_ROLE_PAPER))
        return pronoun->gender == 't';
    switch (pronoun->gender) {
    case 'm':
    case 'f':
        return person && !e->plural && e->state == NULL &&
               genders_agree(pronoun->gender, e->gender);
    case 't':
        return !gs_entity_is_person(e) && !e->plural;
    default:
        return true;
    }
}

/* The entity or, where it only speaks for somebody, that one: "her" after "her
 * publicist said" is no publicist. SIZE_MAX: neither fits. */
static size_t fitting(const gs_cast *cast, size_t entity, const gs_listing *pronoun)
{
    for (int n = 0; n < CHAIN_MAX; n++) {
        if (fits(&cast->entities[entity], pronoun))
            return entity;
        if (cast->entities[entity].owner == 0)
            break;
        entity = cast->entities[entity].owner - 1;
    }
    return SIZE_MAX;
}

/* The last act before a token whose speaker fits. */
static size_t last_act(const gs_cast *cast, uint32_t token, const gs_listing *pronoun,
                       const gs_acts *earlier)
{
    for (size_t n = earlier == NULL ? 0 : earlier->count; n-- > 0;) {
        const gs_act *act = &earlier->items[n];
        size_t i = gs_cast_speaker(cast, act);

        if (act->sentence + SENTENCES_BACK < cast->reader.page->tokens[token].sentence)
            break;
        if (act->source.first >= token || i == SIZE_MAX)
            continue;
        if (fitting(cast, i, pronoun) != SIZE_MAX)
            return n;
    }
    return SIZE_MAX;
}

static size_t speaker_meant(const gs_cast *cast, const gs_act *act,
                            const gs_listing *pronoun)
{
    size_t i = gs_cast_speaker(cast, act);

    return i == SIZE_MAX ? SIZE_MAX : fitting(cast, i, pronoun);
}

/* The last sighting before a token that fits: the subject of the nearest sentence that
 * has one, else the nearest of all. */
static size_t last_sighting(const gs_cast *cast, uint32_t token,
                            const gs_listing *pronoun)
{
    const gs_page *page = cast->reader.page;
    size_t at = gs_cast_before(cast, token), nearest = SIZE_MAX;

    for (int n = 0; at != SIZE_MAX && n < SIGHTINGS_BACK; n++, at--) {
        const gs_sighting *s = &cast->sightings[at];

        if (page->tokens[s->tokens.first].sentence + SENTENCES_BACK <
            page->tokens[token].sentence)
            break;
        if (fits(&cast->entities[s->entity], pronoun) &&
            page->tokens[s->tokens.first].quote == 0) {
            if (s->subject)
                return at;
            if (nearest == SIZE_MAX)
                nearest = at;
        }
        if (at == 0)
            break;
    }
    return nearest;
}

/* "who": whoever ends right before it. */
size_t gs_cast_just_before(const gs_cast *cast, uint32_t token)
{
    size_t at = gs_cast_before(cast, token), found = SIZE_MAX;

    for (int n = 0; at != SIZE_MAX && n < CHAIN_MAX; n++, at--) {
        const gs_sighting *s = &cast->sightings[at];

        if (s->tokens.end == token || s->tokens.end + 1 == token)
            found = s->entity;
        if (at == 0)
            break;
    }
    return found;
}

size_t gs_cast_find_antecedent(const gs_cast *cast, uint32_t token,
                               const gs_listing *kind, const gs_acts *earlier)
{
    const gs_page *page = cast->reader.page;
    size_t act, seen;

    if (kind->role == GS_ROLE_RELATIVE)
        return gs_cast_just_before(cast, token);
    act = last_act(cast, token, kind, earlier);
    seen = last_sighting(cast, token, kind);
    if (seen == SIZE_MAX)
        return act == SIZE_MAX ? SIZE_MAX : gs_cast_speaker(cast, &earlier->items[act]);
    if (act != SIZE_MAX) {
        uint32_t said = page->tokens[earlier->items[act].source.first].sentence;
        uint32_t stood = page->tokens[cast->sightings[seen].tokens.first].sentence;

        if (!cast->sightings[seen].subject || said >= stood)
            return speaker_meant(cast, &earlier->items[act], kind);
    }
    return cast->sightings[seen].entity;
}

size_t gs_cast_side(gs_cast *cast, size_t entity, uint32_t token, const gs_acts *earlier)
{
    for (int n = 0; n < CHAIN_MAX; n++) {
        uint32_t owner = gs_cast_owner(cast, entity, token, earlier);

        if (owner == 0)
            break;
        entity = owner - 1;
    }
    return entity;
}

/* Whether an entity may be the one that a role without owner belongs to: a state for
 * those of states, a body for all others. */
static bool may_own(const gs_entity *e, const gs_entity *owner)
{
    if (e->noun->role == GS_ROLE_POST || e->noun->role == GS_ROLE_ARM)
        return owner->state != NULL;
    return owner->state == NULL && owner->named && !gs_entity_is_person(owner) &&
           !gs_text_equal(owner->kind, GS_TEXT("outlet"));
}

static size_t end_of_chain(const gs_cast *cast, size_t entity)
{
    for (int up = 0; up < CHAIN_MAX && cast->entities[entity].owner != 0; up++)
        entity = cast->entities[entity].owner - 1;
    return entity;
}

/* The side of the last act before a token that may own the role. */
static uint32_t side_of_acts(const gs_cast *cast, size_t entity, uint32_t token,
                             const gs_acts *earlier)
{
    int looked = 0;

    for (size_t n = earlier == NULL ? 0 : earlier->count;
         n-- > 0 && looked < ACTS_BACK;) {
        size_t i = gs_cast_speaker(cast, &earlier->items[n]);

        looked++;
        if (i == SIZE_MAX || i == entity || earlier->items[n].source.first >= token)
            continue;
        i = end_of_chain(cast, i);
        if (i != entity && may_own(&cast->entities[entity], &cast->entities[i]))
            return (uint32_t)i + 1;
    }
    return 0;
}

/* The same by the subjects of the sentences before. */
static uint32_t side_of_subjects(const gs_cast *cast, size_t entity, uint32_t token)
{
    const gs_page *page = cast->reader.page;
    size_t at = gs_cast_before(cast, token);

    for (int n = 0; at != SIZE_MAX && n < SIGHTINGS_BACK; n++, at--) {
        const gs_sighting *s = &cast->sightings[at];
        size_t i = end_of_chain(cast, s->entity);

        if (page->tokens[s->tokens.first].sentence + SENTENCES_BACK / 2 <
            page->tokens[token].sentence)
            break;
        if (s->subject && i != entity &&
            may_own(&cast->entities[entity], &cast->entities[i]))
            return (uint32_t)i + 1;
        if (at == 0)
            break;
    }
    return 0;
}

/* The body that was named last; for offices alone, of which a text has but one. */
static uint32_t side_of_bodies(const gs_cast *cast, size_t entity, uint32_t token)
{
    size_t at = gs_cast_before(cast, token), found = SIZE_MAX;

    if (cast->entities[entity].noun->role != GS_ROLE_OFFICE)
        return 0;
    for (int n = 0; at != SIZE_MAX && n < SIGHTINGS_BACK; n++, at--) {
        size_t i = end_of_chain(cast, cast->sightings[at].entity);

        if (i != entity && may_own(&cast->entities[entity], &cast->entities[i])) {
            if (found != SIZE_MAX && found != i)
                return 0;
            found = i;
        }
        if (at == 0)
            break;
    }
    return found == SIZE_MAX ? 0 : (uint32_t)found + 1;
}

/* "Energy Minister X" follows on what her government said; "President X" needs no
 * introduction, and may be anybody's. */
static bool has_portfolio(const gs_entity *e)
{
    uint32_t words = 1;

    for (size_t i = 0; i < e->noun->key.size; i++)
        words += e->noun->key.bytes[i] == ' ';
    return e->noun->role != GS_ROLE_POST || e->modifiers.end - e->modifiers.first > words;
}

static uint32_t owner_by_context(const gs_cast *cast, size_t entity, uint32_t token,
                                 const gs_acts *earlier)
{
    const gs_entity *e = &cast->entities[entity];
    uint32_t owner = 0;

    if (has_portfolio(e)) {
        owner = side_of_acts(cast, entity, token, earlier);
        if (owner == 0)
            owner = side_of_subjects(cast, entity, token);
        if (owner == 0)
            owner = side_of_bodies(cast, entity, token);
    }
    if (owner == 0 && (e->noun->role == GS_ROLE_POST || e->noun->role == GS_ROLE_ARM))
        owner = cast->dateline;
    return owner;
}

uint32_t gs_cast_owner(gs_cast *cast, size_t entity, uint32_t token,
                       const gs_acts *earlier)
{
    gs_entity *e = &cast->entities[entity];
    uint32_t owner = 0;

    if (e->owner != 0 || !e->asks || e->noun == NULL)
        return e->owner;
    if (e->possessive != GS_NO_TOKEN) {
        const gs_listing *kind = gs_mention_reference(&cast->reader, e->possessive);
        size_t i = kind == NULL
                       ? SIZE_MAX
                       : gs_cast_find_antecedent(cast, e->possessive, kind, earlier);

        owner = i == SIZE_MAX || i == entity ? 0 : (uint32_t)i + 1;
    } else {
        owner = owner_by_context(cast, entity, token, earlier);
    }
    if (owner != 0 && owner - 1 != entity &&
        cast->entities[owner - 1].owner != entity + 1)
        e->owner = owner;
    e->asks = false;
    return e->owner;
}
