#include "ingest/extract/cast_impl.h"

size_t gs_cast_new(gs_cast *cast, uint32_t place)
{
    gs_entity *grown = gs_arena_grow(cast->arena, cast->entities, cast->entity_count,
                                     &cast->entity_room, sizeof *grown);

    if (grown == NULL) {
        cast->failed = true;
        return SIZE_MAX;
    }
    cast->entities = grown;
    grown[cast->entity_count] =
        (gs_entity){.gender = '-', .place = place, .possessive = GS_NO_TOKEN};
    return cast->entity_count++;
}

static size_t known_entity(const gs_cast *cast, gs_text name, gs_text kind)
{
    for (size_t i = 0; i < cast->known_count; i++) {
        const gs_entity *e = &cast->entities[cast->known[i]];

        if (gs_text_equal(e->name, name) && gs_text_equal(e->kind, kind))
            return cast->known[i];
    }
    return SIZE_MAX;
}

/* An entity that the directory has; there are few of them in a document. */
static size_t enter_known(gs_cast *cast, gs_text name, gs_text kind)
{
    size_t i = known_entity(cast, name, kind);
    uint32_t *grown;

    if (i != SIZE_MAX)
        return i;
    grown = gs_arena_grow(cast->arena, cast->known, cast->known_count, &cast->known_room,
                          sizeof *grown);
    if (grown == NULL) {
        cast->failed = true;
        return SIZE_MAX;
    }
    cast->known = grown;
    i = gs_cast_new(cast, 0);
    if (i == SIZE_MAX)
        return i;
    grown[cast->known_count++] = (uint32_t)i;
    cast->entities[i].name = name;
    cast->entities[i].kind = kind;
    cast->entities[i].named = true;
    return i;
}

size_t gs_cast_state(gs_cast *cast, const gs_state *state)
{
    size_t i = enter_known(cast, state->name, GS_TEXT("state"));

    if (i != SIZE_MAX)
        cast->entities[i].state = state;
    return i;
}

/* "the North": the one state of these codes that the document has named so far. */
static size_t enter_context(gs_cast *cast, const gs_listing *listing)
{
    gs_text rest = listing->code;
    size_t found = SIZE_MAX;

    while (rest.size >= 3) {
        const gs_state *state =
            gs_state_of_code(cast->reader.directory, gs_text_slice(rest, 0, 3));
        size_t i =
            state == NULL ? SIZE_MAX : known_entity(cast, state->name, GS_TEXT("state"));

        if (i != SIZE_MAX && found != SIZE_MAX)
            return SIZE_MAX;
        if (i != SIZE_MAX)
            found = i;
        rest = gs_text_slice(rest, 4, rest.size);
    }
    return found;
}

size_t gs_cast_known(gs_cast *cast, const gs_listing *listing)
{
    size_t i, state;

    switch (listing->type) {
    case GS_LISTING_STATE:
    case GS_LISTING_DEMONYM:
        return gs_cast_state(cast, listing->state);
    case GS_LISTING_CONTEXT:
        return enter_context(cast, listing);
    case GS_LISTING_OUTLET:
        return enter_known(cast, listing->name, GS_TEXT("outlet"));
    case GS_LISTING_SEAT:
        state = gs_cast_state(cast, listing->state);
        i = enter_known(cast, listing->name, GS_TEXT("organisation"));
        if (i != SIZE_MAX && state != SIZE_MAX)
            cast->entities[i].owner = (uint32_t)state + 1;
        return i;
    default:
        return enter_known(cast, listing->name, GS_TEXT("organisation"));
    }
}

void gs_cast_sight(gs_cast *cast, gs_range tokens, size_t entity)
{
    gs_sighting *grown = gs_arena_grow(cast->arena, cast->sightings, cast->sighting_count,
                                       &cast->sighting_room, sizeof *grown);

    if (grown == NULL) {
        cast->failed = true;
        return;
    }
    cast->sightings = grown;
    grown[cast->sighting_count] =
        (gs_sighting){.tokens = tokens, .entity = (uint32_t)entity};
    cast->sighting_count++;
    cast->entities[entity].seen++;
}
