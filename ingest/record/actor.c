#include "ingest/record/parts.h"
#include <stddef.h>

static const gs_field office_fields[] = {
    {GS_TEXT_INIT("name"), gs_field_name, offsetof(gs_office, name)},
    {GS_TEXT_INIT("identity"), gs_field_text, offsetof(gs_office, identity)},
    {GS_TEXT_INIT("from"), gs_field_date, offsetof(gs_office, from)},
    {GS_TEXT_INIT("to"), gs_field_date, offsetof(gs_office, to)},
};

static gs_code read_office(gs_office *to, gs_value value, const gs_place *place,
                           gs_arena *arena, gs_error *err)
{
    gs_fields fields = {office_fields, sizeof office_fields / sizeof *office_fields,
                        NULL};
    gs_code rc;

    if (value.type == GS_STRING)
        return gs_field_name(&to->name, value, place, arena, err);
    if (value.type != GS_MAP)
        return gs_field_expected(err, place, value, "a name, or an object with one");
    rc = gs_fields_read(to, value, fields, place, arena, err);
    if (rc == GS_OK && to->name.bytes == NULL)
        return gs_field_wrong(err, place, "has no name; say for whom the actor speaks");
    return rc;
}

static gs_code read_offices(void *to, gs_value value, const gs_place *place,
                            gs_arena *arena, gs_error *err)
{
    gs_actor *actor = to;
    bool single = value.type != GS_LIST;
    const gs_value *items;
    size_t count;
    gs_code rc = gs_field_items(&items, &count, &value, GS_ITEMS_MAX, place, err);

    if (rc != GS_OK)
        return rc;
    actor->speaks_for = gs_arena_array(arena, count, sizeof *actor->speaks_for);
    if (actor->speaks_for == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; rc == GS_OK && i < count; i++) {
        gs_place here = {place, {NULL, 0}, i};
        gs_office *office = &actor->speaks_for[actor->speaks_for_count];

        if (items[i].type == GS_NULL)
            continue;
        rc = read_office(office, items[i], single ? place : &here, arena, err);
        if (rc == GS_OK && office->name.bytes != NULL)
            actor->speaks_for_count++;
    }
    return rc;
}

static gs_code read_ids(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                        gs_error *err)
{
    gs_code rc = GS_OK;

    if (value.type != GS_MAP)
        return gs_field_expected(err, place, value,
                                 "an object like {\"iso3166\": \"PRK\"}");
    for (size_t i = 0; rc == GS_OK && i < value.as.map.count; i++) {
        gs_place here = {place, value.as.map.entries[i].key, 0};
        gs_text id;

        if (!gs_utf8_valid(here.name, NULL))
            return gs_field_wrong(err, place, "invalid UTF-8; convert it to UTF-8");
        rc = gs_field_name(&id, value.as.map.entries[i].value, &here, arena, err);
    }
    if (rc == GS_OK)
        *(gs_value *)to = value;
    return rc;
}

static const gs_field fields[] = {
    {GS_TEXT_INIT("type"), gs_field_nothing, 0},
    {GS_TEXT_INIT("v"), gs_field_nothing, 0},
    {GS_TEXT_INIT("name"), gs_field_name, offsetof(gs_actor, party.name)},
    {GS_TEXT_INIT("kind"), gs_field_actor_kind, offsetof(gs_actor, party.kind)},
    {GS_TEXT_INIT("role"), gs_field_name, offsetof(gs_actor, party.role)},
    {GS_TEXT_INIT("aliases"), gs_field_names, offsetof(gs_actor, aliases)},
    {GS_TEXT_INIT("ids"), read_ids, offsetof(gs_actor, ids)},
    {GS_TEXT_INIT("speaks_for"), read_offices, 0},
    {GS_TEXT_INIT("identity"), gs_field_text, offsetof(gs_actor, identity)},
    {GS_TEXT_INIT("at"), gs_field_date, offsetof(gs_actor, at)},
    {GS_TEXT_INIT("by"), gs_field_name, offsetof(gs_actor, by)},
};

gs_code gs_actor_read(gs_actor *out, gs_value map, gs_arena *arena, gs_error *err)
{
    gs_actor actor = {0};
    gs_code rc;

    GS_TRY(gs_fields_read(
        &actor, map, (gs_fields){fields, sizeof fields / sizeof *fields, &actor.extra},
        NULL, arena, err));
    if (actor.party.name.bytes == NULL)
        return gs_fail(err, GS_INPUT, "name: missing; give the actor's name");
    *out = actor;
out:
    return rc;
}
