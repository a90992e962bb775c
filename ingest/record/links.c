#include "ingest/record/parts.h"
#include <math.h>
#include <stddef.h>

static const gs_field fields[] = {
    {GS_TEXT_INIT("id"), gs_field_name, offsetof(gs_link, id)},
    {GS_TEXT_INIT("text"), gs_field_text, offsetof(gs_link, text)},
    {GS_TEXT_INIT("speaker"), gs_field_name, offsetof(gs_link, speaker)},
    {GS_TEXT_INIT("date"), gs_field_date, offsetof(gs_link, date)},
    {GS_TEXT_INIT("inferred"), gs_field_flag, offsetof(gs_link, inferred)},
    {GS_TEXT_INIT("confidence"), gs_field_confidence, offsetof(gs_link, confidence)},
};

static gs_code read_link(gs_link *link, gs_value value, const gs_place *place,
                         gs_arena *arena, gs_error *err)
{
    gs_code rc;

    *link = (gs_link){.confidence = NAN};
    if (value.type == GS_STRING)
        return gs_field_name(&link->id, value, place, arena, err);
    if (value.type != GS_MAP)
        return gs_field_expected(err, place, value,
                                 "an id, or an object with id or text");
    rc = gs_fields_read(link, value,
                        (gs_fields){fields, sizeof fields / sizeof *fields, NULL}, place,
                        arena, err);
    if (rc == GS_OK && link->id.bytes == NULL && link->text.bytes == NULL)
        return gs_field_wrong(err, place, "names no statement; give its id, or its text");
    return rc;
}

gs_code gs_field_links(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                       gs_error *err)
{
    gs_links *links = to;
    bool single = value.type != GS_LIST;
    const gs_value *items;
    size_t count;
    gs_code rc = gs_field_items(&items, &count, &value, GS_ITEMS_MAX, place, err);

    if (rc != GS_OK)
        return rc;
    links->items = gs_arena_array(arena, count, sizeof *links->items);
    if (links->items == NULL)
        return gs_fail_memory(err);
    links->room = count;
    for (size_t i = 0; rc == GS_OK && i < count; i++) {
        gs_place here = {place, {NULL, 0}, i};
        gs_link *link = &links->items[links->count];

        if (items[i].type == GS_NULL)
            continue;
        rc = read_link(link, items[i], single ? place : &here, arena, err);
        if (rc == GS_OK && (link->id.bytes != NULL || link->text.bytes != NULL))
            links->count++;
    }
    return rc;
}

static gs_code read_pair(gs_span *out, gs_value value, const gs_place *place,
                         gs_error *err)
{
    const gs_value *pair;

    if (value.type != GS_LIST || value.as.list.count != 2 ||
        value.as.list.items[0].type != GS_INTEGER ||
        value.as.list.items[1].type != GS_INTEGER)
        return gs_field_expected(err, place, value, "a pair of numbers, [start, end]");
    pair = value.as.list.items;
    if (pair[0].as.integer < 0 || pair[0].as.integer >= pair[1].as.integer)
        return gs_field_wrong(err, place,
                              "ends before it begins; give [start, end) in "
                              "code points of the document's text");
    *out = (gs_span){(size_t)pair[0].as.integer, (size_t)pair[1].as.integer};
    return GS_OK;
}

gs_code gs_field_span(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                      gs_error *err)
{
    gs_spans *spans = to;

    spans->items = gs_arena_array(arena, 1, sizeof *spans->items);
    if (spans->items == NULL)
        return gs_fail_memory(err);
    spans->room = spans->count = 1;
    return read_pair(spans->items, value, place, err);
}

gs_code gs_field_spans(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                       gs_error *err)
{
    gs_spans *spans = to;
    const gs_value *items;
    size_t count;
    gs_code rc;

    if (value.type != GS_LIST)
        return gs_field_expected(err, place, value, "a list of [start, end] pairs");
    rc = gs_field_items(&items, &count, &value, GS_ITEMS_MAX, place, err);
    if (rc != GS_OK)
        return rc;
    spans->items = gs_arena_array(arena, count, sizeof *spans->items);
    if (spans->items == NULL)
        return gs_fail_memory(err);
    spans->room = count;
    for (size_t i = 0; rc == GS_OK && i < count; i++) {
        gs_place here = {place, {NULL, 0}, i};

        rc = read_pair(&spans->items[spans->count++], items[i], &here, err);
    }
    return rc;
}
