#include "ingest/record/parts.h"
#include <stddef.h>

static const gs_text kinds[] = {
    GS_TEXT_INIT("state"),   GS_TEXT_INIT("organisation"), GS_TEXT_INIT("office"),
    GS_TEXT_INIT("person"),  GS_TEXT_INIT("outlet"),       GS_TEXT_INIT("group"),
    GS_TEXT_INIT("unnamed"), GS_TEXT_INIT("unknown"),
};

bool gs_is_actor_kind(gs_text word)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (gs_text_equal(kinds[i], word))
            return true;
    return false;
}

gs_code gs_field_actor_kind(void *to, gs_value value, const gs_place *place,
                            gs_arena *arena, gs_error *err)
{
    gs_text kind = {0};
    gs_code rc = gs_field_text(&kind, value, place, arena, err);

    if (rc != GS_OK || kind.bytes == NULL)
        return rc;
    if (!gs_is_actor_kind(kind))
        return gs_field_wrong(
            err, place,
            "no kind of actor; give state, organisation, office, person, "
            "outlet, group, unnamed or unknown");
    *(gs_text *)to = kind;
    return GS_OK;
}

static gs_code read_chain(void *to, gs_value value, const gs_place *place,
                          gs_arena *arena, gs_error *err)
{
    gs_party *party = to;
    gs_texts names = {0};
    gs_code rc = gs_field_names(&names, value, place, arena, err);

    if (rc == GS_OK && names.count > GS_CHAIN_MAX)
        return gs_field_wrong(err, place, "more than 16 items; leave out the far ones");
    party->speaks_for = names.items;
    party->speaks_for_count = names.count;
    return rc;
}

static const gs_field fields[] = {
    {GS_TEXT_INIT("name"), gs_field_name, offsetof(gs_party, name)},
    {GS_TEXT_INIT("kind"), gs_field_actor_kind, offsetof(gs_party, kind)},
    {GS_TEXT_INIT("role"), gs_field_name, offsetof(gs_party, role)},
    {GS_TEXT_INIT("speaks_for"), read_chain, 0},
};

gs_code gs_field_party(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                       gs_error *err)
{
    gs_party *party = to;
    gs_code rc;

    if (value.type == GS_STRING)
        return gs_field_name(&party->name, value, place, arena, err);
    if (value.type != GS_MAP)
        return gs_field_expected(err, place, value, "a name, or an object with one");
    rc = gs_fields_read(party, value,
                        (gs_fields){fields, sizeof fields / sizeof *fields, NULL}, place,
                        arena, err);
    if (rc == GS_OK && party->name.bytes == NULL &&
        (party->kind.bytes == NULL || party->role.bytes != NULL ||
         party->speaks_for_count > 0))
        return gs_field_wrong(err, place,
                              "has no name; give one as the source words it, like "
                              "\"a senior official\"");
    return rc;
}

gs_code gs_field_parties(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                         gs_error *err)
{
    gs_parties *parties = to;
    bool single = value.type != GS_LIST;
    const gs_value *items;
    size_t count;
    gs_code rc = gs_field_items(&items, &count, &value, GS_ITEMS_MAX, place, err);

    if (rc != GS_OK)
        return rc;
    parties->items = gs_arena_array(arena, count, sizeof *parties->items);
    if (parties->items == NULL)
        return gs_fail_memory(err);
    parties->room = count;
    for (size_t i = 0; rc == GS_OK && i < count; i++) {
        gs_place here = {place, {NULL, 0}, i};
        gs_party *party = &parties->items[parties->count];

        if (items[i].type == GS_NULL)
            continue;
        rc = gs_field_party(party, items[i], single ? place : &here, arena, err);
        if (rc == GS_OK && party->name.bytes != NULL)
            parties->count++;
    }
    return rc;
}
