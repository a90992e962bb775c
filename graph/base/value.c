#include "graph/base/value.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

const gs_value gs_null = {.type = GS_NULL};

gs_value gs_boolean(bool b)
{
    return (gs_value){.type = GS_BOOLEAN, .as.boolean = b};
}

gs_value gs_integer(int64_t n)
{
    return (gs_value){.type = GS_INTEGER, .as.integer = n};
}

gs_value gs_real(double d)
{
    return (gs_value){.type = GS_FLOAT, .as.real = d};
}

gs_value gs_string(gs_text text)
{
    return text.bytes == NULL ? gs_null
                              : (gs_value){.type = GS_STRING, .as.string = text};
}

gs_value gs_list(const gs_value *items, size_t count)
{
    return (gs_value){.type = GS_LIST, .as.list = {items, count}};
}

gs_value gs_map(const gs_entry *entries, size_t count)
{
    return (gs_value){.type = GS_MAP, .as.map = {entries, count}};
}

gs_value gs_date(const gs_edtf *date)
{
    return date == NULL ? gs_null : (gs_value){.type = GS_DATE, .as.date = date};
}

const char *gs_type_name(gs_type type)
{
    static const char *const names[] = {
        [GS_NULL] = "NULL",   [GS_BOOLEAN] = "BOOLEAN", [GS_INTEGER] = "INTEGER",
        [GS_FLOAT] = "FLOAT", [GS_STRING] = "STRING",   [GS_DATE] = "DATE",
        [GS_LIST] = "LIST",   [GS_MAP] = "MAP",         [GS_NODE] = "NODE",
        [GS_EDGE] = "EDGE",   [GS_PATH] = "PATH",
    };

    assert(type <= GS_PATH);
    return names[type];
}

gs_value gs_map_get(gs_value map, gs_text key)
{
    if (map.type != GS_MAP)
        return gs_null;
    for (size_t i = 0; i < map.as.map.count; i++)
        if (map.as.map.entries[i].key.size == key.size &&
            gs_text_equal(map.as.map.entries[i].key, key))
            return map.as.map.entries[i].value;
    return gs_null;
}

static int compare_keys(const void *a, const void *b)
{
    return gs_text_compare(*(const gs_text *)a, *(const gs_text *)b);
}

static const gs_entry *find_repeated(const gs_entry *entries, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (entries[i].key.size == entries[j].key.size && /* before any call */
                gs_text_equal(entries[i].key, entries[j].key))
                return &entries[i];
    return NULL;
}

gs_code gs_map_check(gs_text *repeated, gs_arena *arena, const gs_entry *entries,
                     size_t count, gs_error *err)
{
    gs_text *keys;

    *repeated = (gs_text){NULL, 0};
    if (count <= 16) {
        const gs_entry *entry = find_repeated(entries, count);

        if (entry != NULL)
            *repeated = entry->key;
        return GS_OK;
    }
    keys = gs_arena_array(arena, count, sizeof *keys);
    if (keys == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        keys[i] = entries[i].key;
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 1; i < count && repeated->bytes == NULL; i++)
        if (gs_text_equal(keys[i - 1], keys[i]))
            *repeated = keys[i];
    return GS_OK;
}

static gs_code copy(gs_value *out, gs_arena *arena, gs_value value, int depth,
                    gs_error *err);

static gs_code copy_text(gs_text *out, gs_arena *arena, gs_text text, gs_error *err)
{
    *out = gs_text_copy(arena, text);
    return out->bytes == NULL ? gs_fail_memory(err) : GS_OK;
}

static gs_code copy_items(const gs_value **out, gs_arena *arena, const gs_value *items,
                          size_t count, int depth, gs_error *err)
{
    gs_code rc = GS_OK;
    gs_value *copies = gs_arena_array(arena, count, sizeof *copies);

    if (copies == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        GS_TRY(copy(&copies[i], arena, items[i], depth, err));
    *out = copies;
out:
    return rc;
}

static gs_code copy_entries(const gs_entry **out, gs_arena *arena,
                            const gs_entry *entries, size_t count, int depth,
                            gs_error *err)
{
    gs_code rc = GS_OK;
    gs_entry *copies = gs_arena_array(arena, count, sizeof *copies);

    if (copies == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        GS_TRY(copy_text(&copies[i].key, arena, entries[i].key, err));
        GS_TRY(copy(&copies[i].value, arena, entries[i].value, depth, err));
    }
    *out = copies;
out:
    return rc;
}

static gs_code copy_shown(const gs_shown **out, gs_arena *arena, const gs_shown *shown,
                          int depth, gs_error *err)
{
    gs_code rc = GS_OK;
    gs_shown *made;

    if (shown == NULL)
        return GS_OK;
    made = gs_arena_take(arena, sizeof *made);
    if (made == NULL)
        return gs_fail_memory(err);
    *made = *shown;
    GS_TRY(copy(&made->labels, arena, shown->labels, depth, err));
    GS_TRY(copy(&made->properties, arena, shown->properties, depth, err));
    *out = made;
out:
    return rc;
}

static gs_code copy_date(const gs_edtf **out, gs_arena *arena, gs_error *err)
{
    gs_edtf *made = gs_arena_take(arena, sizeof *made);

    if (made == NULL)
        return gs_fail_memory(err);
    *made = **out;
    *out = made;
    return GS_OK;
}

static gs_code copy(gs_value *out, gs_arena *arena, gs_value value, int depth,
                    gs_error *err)
{
    gs_code rc = GS_OK;

    if (depth > GS_NESTING_MAX)
        return gs_fail(err, GS_LIMIT, "a value nests more than %d deep; flatten it",
                       GS_NESTING_MAX);
    switch (value.type) {
    case GS_STRING:
        rc = copy_text(&value.as.string, arena, value.as.string, err);
        break;
    case GS_DATE:
        rc = copy_date(&value.as.date, arena, err);
        break;
    case GS_LIST:
    case GS_PATH:
        rc = copy_items(&value.as.list.items, arena, value.as.list.items,
                        value.as.list.count, depth + 1, err);
        break;
    case GS_MAP:
        rc = copy_entries(&value.as.map.entries, arena, value.as.map.entries,
                          value.as.map.count, depth + 1, err);
        break;
    case GS_NODE:
    case GS_EDGE:
        rc = copy_shown(&value.as.element.shown, arena, value.as.element.shown, depth + 1,
                        err);
        break;
    case GS_NULL:
    case GS_BOOLEAN:
    case GS_INTEGER:
    case GS_FLOAT:
        break;
    }
    if (rc == GS_OK)
        *out = value;
    return rc;
}

gs_code gs_value_copy(gs_value *out, gs_arena *arena, gs_value value, gs_error *err)
{
    return copy(out, arena, value, 0, err);
}

static bool same(gs_value a, gs_value b, int depth);

static bool same_items(const gs_value *a, const gs_value *b, size_t count, int depth)
{
    for (size_t i = 0; i < count; i++)
        if (!same(a[i], b[i], depth))
            return false;
    return true;
}

static const gs_entry *entry_of(gs_value map, gs_text key)
{
    for (size_t i = 0; i < map.as.map.count; i++)
        if (gs_text_equal(map.as.map.entries[i].key, key))
            return &map.as.map.entries[i];
    return NULL;
}

static bool same_map(gs_value a, gs_value b, int depth)
{
    for (size_t i = 0; i < a.as.map.count; i++) {
        const gs_entry *entry = &a.as.map.entries[i], *other = entry_of(b, entry->key);

        if (other == NULL || !same(entry->value, other->value, depth))
            return false;
    }
    return true;
}

static bool same(gs_value a, gs_value b, int depth)
{
    if (a.type != b.type || depth > GS_NESTING_MAX)
        return false;
    switch (a.type) {
    case GS_NULL:
        return true;
    case GS_BOOLEAN:
        return a.as.boolean == b.as.boolean;
    case GS_INTEGER:
        return a.as.integer == b.as.integer;
    case GS_FLOAT:
        return a.as.real == b.as.real ||
               (a.as.real != a.as.real && b.as.real != b.as.real);
    case GS_STRING:
        return gs_text_equal(a.as.string, b.as.string);
    case GS_DATE:
        return gs_edtf_equal(a.as.date, b.as.date);
    case GS_LIST:
    case GS_PATH:
        return a.as.list.count == b.as.list.count &&
               same_items(a.as.list.items, b.as.list.items, a.as.list.count, depth + 1);
    case GS_MAP:
        return a.as.map.count == b.as.map.count && same_map(a, b, depth + 1);
    case GS_NODE:
    case GS_EDGE:
        return a.as.element.number == b.as.element.number;
    }
    return false;
}

bool gs_value_same(gs_value a, gs_value b)
{
    return same(a, b, 0);
}

gs_code gs_list_convert(gs_value *out, gs_value list, gs_convert *convert,
                        gs_arena *arena, gs_error *err)
{
    size_t count = list.as.list.count;
    gs_value *items = gs_arena_array(arena, count, sizeof *items);
    gs_code rc = items == NULL ? gs_fail_memory(err) : GS_OK;

    for (size_t i = 0; rc == GS_OK && i < count; i++)
        rc = convert(&items[i], list.as.list.items[i], arena, err);
    if (rc == GS_OK)
        *out = gs_list(items, count);
    return rc;
}

gs_code gs_map_convert(gs_value *out, gs_value map, gs_convert *convert, gs_arena *arena,
                       gs_error *err)
{
    size_t count = map.as.map.count;
    gs_entry *entries = gs_arena_array(arena, count, sizeof *entries);
    gs_code rc = entries == NULL ? gs_fail_memory(err) : GS_OK;

    for (size_t i = 0; rc == GS_OK && i < count; i++) {
        entries[i].key = map.as.map.entries[i].key;
        rc = convert(&entries[i].value, map.as.map.entries[i].value, arena, err);
    }
    if (rc == GS_OK)
        *out = gs_map(entries, count);
    return rc;
}
