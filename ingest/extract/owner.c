#include "ingest/extract/cast_impl.h"

enum { OWNERS_MAX = 4, LATELY = 8 };

bool gs_role_speaks(gs_role_class class)
{
    return class == GS_ROLE_VOICE || class == GS_ROLE_OFFICE || class == GS_ROLE_POST ||
           class == GS_ROLE_CIVIC || class == GS_ROLE_ARM || class == GS_ROLE_CRAFT;
}

/* An entity that speaks for another one, unless that would close a ring. */
void gs_cast_set_owner(gs_cast *cast, size_t entity, size_t owner)
{
    size_t up = owner;

    if (entity == SIZE_MAX || owner == SIZE_MAX)
        return;
    for (int i = 0; i < OWNERS_MAX; i++) {
        if (up == entity)
            return;
        if (cast->entities[up].owner == 0)
            break;
        up = cast->entities[up].owner - 1;
    }
    cast->entities[entity].owner = (uint32_t)owner + 1;
    cast->entities[entity].asks = false;
}

/* "ministry spokesman": the ministry told of before. */
static size_t known_arm(const gs_cast *cast, const gs_mention *m, gs_range words)
{
    gs_mention arm = {.tokens = words, .words = words, .role = words, .noun = m->arm};

    if (m->demonym != NULL || m->modifier != NULL || !gs_range_none(m->owner) ||
        m->indefinite)
        return SIZE_MAX;
    return gs_cast_find_noun(cast, &arm);
}

/* "foreign ministry" within "foreign ministry spokeswoman": a body of its own. */
static size_t enter_arm(gs_cast *cast, const gs_mention *m)
{
    gs_range words = m->arm_tokens;
    size_t i = known_arm(cast, m, words);

    if (i != SIZE_MAX)
        return i;
    if (m->demonym != NULL && cast->reader.page->tokens[words.first].capital &&
        words.first + 1 < words.end)
        words.first++;
    i = gs_cast_new(cast, m->tokens.first);
    if (i == SIZE_MAX)
        return i;
    cast->entities[i].name = gs_page_text(cast->reader.page, words);
    cast->entities[i].kind = GS_TEXT("office");
    cast->entities[i].noun = m->arm;
    cast->entities[i].asks = m->arm->role == GS_ROLE_ARM;
    if (m->demonym != NULL)
        gs_cast_set_owner(cast, i, gs_cast_state(cast, m->demonym->state));
    gs_cast_sight(cast, words, i);
    return i;
}

/* Who was seen lately in exactly these tokens; SIZE_MAX: nobody. */
size_t gs_cast_seen_lately(const gs_cast *cast, gs_range range)
{
    for (size_t n = 0; n < LATELY && n < cast->sighting_count; n++) {
        const gs_sighting *s = &cast->sightings[cast->sighting_count - 1 - n];

        if (s->tokens.first == range.first && s->tokens.end == range.end)
            return s->entity;
    }
    return SIZE_MAX;
}

size_t gs_cast_modifier(gs_cast *cast, const gs_mention *m)
{
    size_t i = gs_cast_seen_lately(cast, m->modifier_tokens);

    if (i != SIZE_MAX)
        return i;
    i = gs_cast_known(cast, m->modifier);
    if (i != SIZE_MAX)
        gs_cast_sight(cast, m->modifier_tokens, i);
    return i;
}

/* Whom the words of a mention say that it speaks for; SIZE_MAX: they do not say. */
size_t gs_cast_stated_owner(gs_cast *cast, const gs_mention *m)
{
    gs_role_class class = m->noun == NULL ? GS_ROLE_NONE : m->noun->role;
    size_t owner, holder;

    if (!gs_range_none(m->owner)) {
        owner = gs_cast_meant(cast, m->owner);
        holder = gs_range_none(m->holder) ? SIZE_MAX : gs_cast_meant(cast, m->holder);
        if (owner == SIZE_MAX)
            return holder;
        if (holder != SIZE_MAX && cast->entities[owner].owner == 0)
            gs_cast_set_owner(cast, owner, holder);
        if (!gs_role_speaks(class) || class == GS_ROLE_POST || class == GS_ROLE_CIVIC ||
            m->arm == NULL || m->arm == m->noun)
            return owner;
    }
    if (!gs_range_none(m->modifier_name) && class != GS_ROLE_PERSON &&
        (m->modifier == NULL || m->modifier_tokens.first < m->modifier_name.first))
        return gs_cast_meant(cast, m->modifier_name);
    if ((class == GS_ROLE_WORK || class == GS_ROLE_PAPER) && m->modifier != NULL &&
        m->modifier->type != GS_LISTING_STATE)
        return gs_cast_modifier(cast, m); /* "a White House statement" */
    if (!gs_role_speaks(class))
        return SIZE_MAX;
    if (m->arm != NULL && m->arm != m->noun) {
        size_t arm = enter_arm(cast, m);

        if (arm != SIZE_MAX && !gs_range_none(m->owner))
            gs_cast_set_owner(cast, arm, gs_cast_meant(cast, m->owner));
        else if (arm != SIZE_MAX && m->modifier != NULL)
            gs_cast_set_owner(cast, arm, gs_cast_modifier(cast, m));
        return arm;
    }
    if (m->modifier != NULL)
        return gs_cast_modifier(cast, m);
    if (m->demonym != NULL)
        return gs_cast_state(cast, m->demonym->state);
    return SIZE_MAX;
}

/* Whether a role of this class is held for the owner found. */
bool gs_cast_held_for(const gs_cast *cast, const gs_mention *m, size_t owner)
{
    const gs_entity *o = &cast->entities[owner];

    switch (m->noun == NULL ? GS_ROLE_NONE : m->noun->role) {
    case GS_ROLE_COMPANY:
    case GS_ROLE_FIRM:
    case GS_ROLE_SOCIETY:
        return gs_entity_is_person(o) || o->plural;
    case GS_ROLE_BODY:
        return o->state != NULL;
    case GS_ROLE_PERSON:
    case GS_ROLE_PEOPLE:
    case GS_ROLE_OUTLET:
    case GS_ROLE_NONE:
        return false;
    default:
        return true;
    }
}
