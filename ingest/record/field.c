#include "ingest/record/field.h"
#include "graph/base/scan.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_ROOM = 160 };

/* "document.title", "answers[2].date", cut where it grows too long. */
static size_t path_write(char *out, size_t room, const gs_place *place)
{
    size_t used = place->up == NULL ? 0 : path_write(out, room, place->up);
    int more;

    if (place->name.bytes == NULL)
        more = snprintf(out + used, room - used, "[%zu]", place->index);
    else
        more = snprintf(out + used, room - used, "%s%.*s", used > 0 ? "." : "",
                        place->name.size > 40 ? 40 : (int)place->name.size,
                        place->name.bytes);
    if (more < 0)
        return used;
    return (size_t)more < room - used ? used + (size_t)more : room - 1;
}

static const char *path_of(char out[PATH_ROOM], const gs_place *place)
{
    out[0] = '\0';
    if (place == NULL)
        return "the record";
    path_write(out, PATH_ROOM, place);
    return out;
}

static const char *word_of(gs_value value)
{
    switch (value.type) {
    case GS_NULL:
        return "null";
    case GS_BOOLEAN:
        return value.as.boolean ? "true" : "false";
    case GS_INTEGER:
    case GS_FLOAT:
        return "a number";
    case GS_STRING:
        return "a string";
    case GS_DATE:
        return "a date";
    case GS_LIST:
        return "a list";
    default:
        return "an object";
    }
}

gs_code gs_field_expected(gs_error *err, const gs_place *place, gs_value found,
                          const char *expected)
{
    char path[PATH_ROOM];

    return gs_fail(err, GS_INPUT, "%s: %s stands there; give %s", path_of(path, place),
                   word_of(found), expected);
}

gs_code gs_field_wrong(gs_error *err, const gs_place *place, const char *why)
{
    char path[PATH_ROOM];

    return gs_fail(err, GS_INPUT, "%s: %s", path_of(path, place), why);
}

/* Nothing is kept that could not be printed again as JSON. */
static gs_code check_utf8(gs_value value, const gs_place *place, gs_error *err)
{
    gs_code rc = GS_OK;

    if (value.type == GS_STRING && !gs_utf8_valid(value.as.string, NULL))
        return gs_field_wrong(err, place, "invalid UTF-8; convert it to UTF-8");
    for (size_t i = 0; value.type == GS_LIST && rc == GS_OK && i < value.as.list.count;
         i++)
        rc = check_utf8(value.as.list.items[i], place, err);
    for (size_t i = 0; value.type == GS_MAP && rc == GS_OK && i < value.as.map.count;
         i++) {
        rc = check_utf8(gs_string(value.as.map.entries[i].key), place, err);
        if (rc == GS_OK)
            rc = check_utf8(value.as.map.entries[i].value, place, err);
    }
    return rc;
}

static int by_key(const void *a, const void *b)
{
    return gs_text_compare(((const gs_entry *)a)->key, ((const gs_entry *)b)->key);
}

static const gs_field *field_of(gs_fields fields, gs_text name)
{
    for (size_t i = 0; name.size > 0 && i < fields.count; i++)
        if (fields.items[i].name.size == name.size &&
            fields.items[i].name.bytes[0] == name.bytes[0] &&
            memcmp(fields.items[i].name.bytes, name.bytes, name.size) == 0)
            return &fields.items[i];
    return NULL;
}

static gs_code add_extra(gs_entry **extra, size_t *count, gs_value map, gs_entry entry,
                         const gs_place *place, gs_arena *arena, gs_error *err)
{
    gs_code rc = check_utf8(entry.value, place, err);

    if (rc == GS_OK)
        rc = check_utf8(gs_string(entry.key), place, err);
    if (rc != GS_OK)
        return rc;
    if (*extra == NULL)
        *extra = gs_arena_array(arena, map.as.map.count, sizeof **extra);
    if (*extra == NULL)
        return gs_fail_memory(err);
    (*extra)[(*count)++] = entry;
    return GS_OK;
}

gs_code gs_fields_read(void *to, gs_value map, gs_fields fields, const gs_place *place,
                       gs_arena *arena, gs_error *err)
{
    gs_code rc = GS_OK;
    gs_entry *extra = NULL;
    size_t extra_count = 0;

    if (map.type != GS_MAP)
        return gs_field_expected(err, place, map, "an object");
    for (size_t i = 0; rc == GS_OK && i < map.as.map.count; i++) {
        gs_entry entry = map.as.map.entries[i];
        const gs_field *field = field_of(fields, entry.key);
        gs_place here = {place, entry.key, 0};

        if (entry.value.type == GS_NULL)
            continue;
        if (field != NULL)
            rc = field->read((char *)to + field->offset, entry.value, &here, arena, err);
        else if (fields.extra != NULL)
            rc = add_extra(&extra, &extra_count, map, entry, &here, arena, err);
        else
            rc = gs_field_wrong(err, &here,
                                "no such field here; leave it out, or give it to the "
                                "record itself");
    }
    if (rc == GS_OK && extra_count > 0) {
        qsort(extra, extra_count, sizeof *extra, by_key);
        *fields.extra = gs_map(extra, extra_count);
    }
    return rc;
}

gs_code gs_field_text(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                      gs_error *err)
{
    gs_text text;

    (void)arena;
    if (value.type != GS_STRING)
        return gs_field_expected(err, place, value, "a string");
    text = value.as.string;
    if (!gs_utf8_valid(text, NULL))
        return gs_field_wrong(err, place, "invalid UTF-8; convert it to UTF-8");
    if (gs_text_trim(text).size > 0)
        *(gs_text *)to = text;
    return GS_OK;
}

gs_code gs_field_name(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                      gs_error *err)
{
    gs_text name = {0};
    gs_code rc = gs_field_text(&name, value, place, arena, err);

    if (rc != GS_OK)
        return rc;
    name = gs_text_trim(name);
    if (name.size > GS_NAME_MAX)
        return gs_field_wrong(err, place, "is too long for a name; shorten it");
    /* U+001F and its like separate the parts of an identity. */
    for (size_t i = 0; gs_scan_has_control(name) && i < name.size; i++)
        if ((unsigned char)name.bytes[i] < ' ' &&
            memchr("\t\n\r", name.bytes[i], 3) == NULL)
            return gs_field_wrong(err, place,
                                  "a control character stands in the name; remove it");
    if (name.size > 0)
        *(gs_text *)to = name;
    return GS_OK;
}

gs_code gs_field_date(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                      gs_error *err)
{
    gs_text text = {0}, canonical;
    gs_edtf date;
    gs_code rc = GS_OK;

    if (value.type == GS_DATE)
        text = gs_edtf_text(value.as.date);
    else if (value.type == GS_STRING)
        rc = gs_field_text(&text, value, place, arena, err);
    else
        return gs_field_expected(err, place, value, "a date like \"2022-11-08\"");
    if (rc != GS_OK || text.bytes == NULL)
        return rc;
    if (gs_edtf_parse(&date, gs_text_trim(text), err) != GS_OK) {
        gs_error why = *err;

        return gs_field_wrong(err, place, why.text);
    }
    canonical = gs_edtf_text(&date);
    if (!gs_text_equal(text, canonical) || value.type == GS_DATE)
        text = gs_text_copy(arena, canonical);
    *(gs_text *)to = text;
    return text.bytes == NULL ? gs_fail_memory(err) : GS_OK;
}

gs_code gs_field_tri(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                     gs_error *err)
{
    (void)arena;
    if (value.type != GS_BOOLEAN)
        return gs_field_expected(err, place, value, "true or false");
    *(gs_tri *)to = value.as.boolean ? GS_YES : GS_NO;
    return GS_OK;
}

gs_code gs_field_flag(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                      gs_error *err)
{
    (void)arena;
    if (value.type != GS_BOOLEAN)
        return gs_field_expected(err, place, value, "true or false");
    *(bool *)to = value.as.boolean;
    return GS_OK;
}

gs_code gs_field_confidence(void *to, gs_value value, const gs_place *place,
                            gs_arena *arena, gs_error *err)
{
    double number;

    (void)arena;
    if (value.type != GS_INTEGER && value.type != GS_FLOAT)
        return gs_field_expected(err, place, value, "a number from 0 to 1");
    number = value.type == GS_INTEGER ? (double)value.as.integer : value.as.real;
    if (!(number >= 0 && number <= 1))
        return gs_field_wrong(err, place, "out of range; give a number from 0 to 1");
    *(double *)to = number;
    return GS_OK;
}

gs_code gs_field_items(const gs_value **items, size_t *count, const gs_value *value,
                       size_t limit, const gs_place *place, gs_error *err)
{
    bool list = value->type == GS_LIST;
    char why[64];

    if (list && value->as.list.count > limit) {
        snprintf(why, sizeof why, "more than %zu items; split the record", limit);
        return gs_field_wrong(err, place, why);
    }
    *count = list ? value->as.list.count : 1;
    *items = list ? value->as.list.items : value;
    return GS_OK;
}

static gs_code read_list(gs_texts *to, gs_value value, const gs_place *place,
                         gs_field_read *read, gs_arena *arena, gs_error *err)
{
    bool single = value.type != GS_LIST;
    const gs_value *items;
    size_t count;
    gs_code rc = gs_field_items(&items, &count, &value, GS_ITEMS_MAX, place, err);

    if (rc != GS_OK)
        return rc;
    to->items = gs_arena_array(arena, count, sizeof *to->items);
    if (to->items == NULL)
        return gs_fail_memory(err);
    to->room = count;
    for (size_t i = 0; rc == GS_OK && i < count; i++) {
        gs_place here = {place, {NULL, 0}, i};
        gs_text *item = &to->items[to->count];

        if (items[i].type == GS_NULL)
            continue;
        rc = read(item, items[i], single ? place : &here, arena, err);
        if (rc == GS_OK && item->bytes != NULL)
            to->count++;
    }
    return rc;
}

gs_code gs_field_texts(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                       gs_error *err)
{
    return read_list(to, value, place, gs_field_text, arena, err);
}

gs_code gs_field_names(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                       gs_error *err)
{
    return read_list(to, value, place, gs_field_name, arena, err);
}

gs_code gs_field_nothing(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                         gs_error *err)
{
    (void)to, (void)value, (void)place, (void)arena, (void)err;
    return GS_OK;
}

gs_code gs_field_reserved(void *to, gs_value value, const gs_place *place,
                          gs_arena *arena, gs_error *err)
{
    (void)to, (void)value, (void)arena;
    return gs_field_wrong(err, place, "the store uses this name itself; give it another");
}
