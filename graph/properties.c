#include "graph/properties.h"

#include "graph/base/bytes.h"
#include "graph/record.h"
#include "graph/short.h"
#include "graph/version.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 24 };

static int compare_entries(const void *a, const void *b)
{
    const gs_property_entry *x = a, *y = b;

    return (x->key > y->key) - (x->key < y->key);
}

static void put_tagged(gs_buffer *out, unsigned char tag, uint32_t n, size_t size)
{
    unsigned char bytes[5];

    gs_store_u32(bytes + 1, n);
    bytes[4 - size] = tag;
    gs_buffer_bytes(out, bytes + 4 - size, size + 1);
}

/* Mostly they come sorted, or nearly. */
static void sort_few(gs_property_entry *entries, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        gs_property_entry entry = entries[i];
        size_t at = i;

        for (; at > 0 && entries[at - 1].key > entry.key; at--)
            entries[at] = entries[at - 1];
        entries[at] = entry;
    }
}

void gs_properties_head(gs_buffer *out, size_t count)
{
    if (count < 16)
        gs_buffer_char(out, (char)(0x80 | count));
    else if (count <= UINT16_MAX)
        put_tagged(out, 0xde, (uint32_t)count, 2);
    else
        put_tagged(out, 0xdf, (uint32_t)count, 4);
}

static void put_key(gs_buffer *out, uint32_t key)
{
    if (key < 0x80)
        gs_buffer_char(out, (char)key);
    else if (key <= UINT8_MAX)
        put_tagged(out, 0xcc, key, 1);
    else if (key <= UINT16_MAX)
        put_tagged(out, 0xcd, key, 2);
    else
        put_tagged(out, 0xce, key, 4);
}

void gs_properties_pack(gs_buffer *out, gs_property_entry *entries, size_t count)
{
    if (count > FEW)
        qsort(entries, count, sizeof *entries, compare_entries);
    else
        sort_few(entries, count);
    gs_properties_head(out, count);
    for (size_t i = 0; i < count; i++) {
        put_key(out, entries[i].key);
        gs_pack(out, entries[i].value);
    }
}

static gs_code fail_map(gs_error *err)
{
    return gs_fail(err, GS_DAMAGED,
                   "properties of a record are damaged; restore the store from a backup");
}

/* A big-endian number of 1, 2 or 4 bytes. */
static bool take_number(uint32_t *out, gs_text from, size_t *at, size_t size)
{
    uint32_t n = 0;

    if (from.size - *at < size)
        return false;
    for (size_t i = 0; i < size; i++)
        n = n << 8 | (unsigned char)from.bytes[(*at)++];
    *out = n;
    return true;
}

/* What follows the tags 0xc0 to 0xdf: bytes of a length, bytes besides, and how many
 * values each of the length stands for (0: it counts bytes). 0xc1 is no MessagePack. */
static const struct {
    uint8_t length, fixed, values;
} tags[32] = {
    {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0},  {1, 0, 0}, {2, 0, 0}, {4, 0, 0},
    {1, 1, 0}, {2, 1, 0}, {4, 1, 0}, {0, 4, 0},  {0, 8, 0}, {0, 1, 0}, {0, 2, 0},
    {0, 4, 0}, {0, 8, 0}, {0, 1, 0}, {0, 2, 0},  {0, 4, 0}, {0, 8, 0}, {0, 2, 0},
    {0, 3, 0}, {0, 5, 0}, {0, 9, 0}, {0, 17, 0}, {1, 0, 0}, {2, 0, 0}, {4, 0, 0},
    {2, 0, 1}, {4, 0, 1}, {2, 0, 2}, {4, 0, 2},
};

/* Passes one head: *skip bytes follow it, then *values values. */
static bool pass_head(gs_text from, size_t *at, uint64_t *skip, uint64_t *values)
{
    unsigned char tag;
    uint32_t length = 0;

    *skip = *values = 0;
    if (*at >= from.size)
        return false;
    tag = (unsigned char)from.bytes[(*at)++];
    if (tag >= 0xa0 && tag <= 0xbf) {
        *skip = tag & 0x1f;
    } else if (tag >= 0x90 && tag <= 0x9f) {
        *values = tag & 0x0f;
    } else if (tag >= 0x80 && tag <= 0x8f) {
        *values = 2 * (uint64_t)(tag & 0x0f);
    } else if (tag >= 0xc0 && tag <= 0xdf) {
        if (tag == 0xc1 || !take_number(&length, from, at, tags[tag - 0xc0].length))
            return false;
        *values = (uint64_t)length * tags[tag - 0xc0].values;
        *skip = tags[tag - 0xc0].fixed + (*values == 0 ? (uint64_t)length : 0);
    }
    return true;
}

/* Without recursion: depth costs nothing. */
static bool pass_value(gs_text from, size_t *at)
{
    uint64_t pending = 1, skip, values;

    while (pending > 0) {
        pending--;
        if (!pass_head(from, at, &skip, &values) || skip > from.size - *at ||
            values > from.size - *at)
            return false;
        *at += (size_t)skip;
        pending += values;
    }
    return true;
}

/* What most values are: a small number, a string of less than 256 bytes. */
static bool pass_short(gs_text from, size_t *at)
{
    size_t left = from.size - *at, size = 1;
    unsigned char tag;

    if (left < 2)
        return false;
    tag = (unsigned char)from.bytes[*at];
    if (tag >= 0xa0 && tag <= 0xbf)
        size += tag & 0x1f;
    else if (tag == 0xd9)
        size += 1 + (size_t)(unsigned char)from.bytes[*at + 1];
    else if (tag >= 0x80 && tag < 0xe0)
        return false;
    if (size > left)
        return false;
    *at += size;
    return true;
}

static bool take_key(uint32_t *out, gs_text from, size_t *at)
{
    unsigned char tag;

    if (*at >= from.size)
        return false;
    tag = (unsigned char)from.bytes[(*at)++];
    *out = tag;
    if (tag < 0x80)
        return true;
    return tag >= 0xcc && tag <= 0xce &&
           take_number(out, from, at, (size_t)1 << (tag - 0xcc));
}

gs_code gs_properties_first(gs_property_cursor *out, gs_text map, gs_error *err)
{
    unsigned char tag;
    uint32_t count;
    size_t at = 1;

    if (map.size == 0)
        return fail_map(err);
    tag = (unsigned char)map.bytes[0];
    count = tag & 0x0f;
    if ((tag & 0xf0) != 0x80 && ((tag != 0xde && tag != 0xdf) ||
                                 !take_number(&count, map, &at, tag == 0xde ? 2 : 4)))
        return fail_map(err);
    *out = (gs_property_cursor){map, at, count};
    return GS_OK;
}

gs_code gs_properties_next(uint32_t *key, gs_text *value, gs_property_cursor *cursor,
                           gs_error *err)
{
    size_t start;

    if (cursor->left == 0)
        return GS_END;
    if (!take_key(key, cursor->map, &cursor->at))
        return fail_map(err);
    start = cursor->at;
    if (!pass_short(cursor->map, &cursor->at) && !pass_value(cursor->map, &cursor->at))
        return fail_map(err);
    cursor->left--;
    *value = (gs_text){cursor->map.bytes + start, cursor->at - start};
    return GS_OK;
}

bool gs_packed_string(gs_text *out, gs_text packed)
{
    uint64_t size, values;
    size_t at = 0;
    unsigned char tag = packed.size > 0 ? (unsigned char)packed.bytes[0] : 0;

    if (((tag < 0xa0 || tag > 0xbf) && (tag < 0xd9 || tag > 0xdb)) ||
        !pass_head(packed, &at, &size, &values) || size > packed.size - at)
        return false;
    *out = (gs_text){packed.bytes + at, (size_t)size};
    return true;
}

gs_code gs_properties_find(gs_text *out, gs_text map, uint32_t key, gs_error *err)
{
    gs_code rc;
    gs_property_cursor cursor;
    uint32_t seen = 0;
    gs_text value;

    rc = gs_properties_first(&cursor, map, err);
    while (rc == GS_OK &&
           (rc = gs_properties_next(&seen, &value, &cursor, err)) == GS_OK && seen < key)
        ;
    if (rc == GS_OK && seen != key)
        rc = GS_END;
    if (rc == GS_OK)
        *out = value;
    return rc;
}

static gs_code unpack(gs_value *out, gs_text packed, gs_arena *arena, gs_error *err)
{
    gs_code rc = gs_unpack(out, NULL, arena, packed, err);

    return rc == GS_INPUT ? fail_map(err) : rc;
}

/* The date of an edge, where its interval is it. */
static gs_code date_of(gs_value *out, const gs_edge_section *section, gs_arena *arena,
                       gs_error *err)
{
    gs_edtf *date = gs_arena_take(arena, sizeof *date);

    if (date == NULL)
        return gs_fail_memory(err);
    if (!gs_edtf_of_interval(date, section->earliest, section->latest))
        return fail_map(err);
    *out = gs_date(date);
    return GS_OK;
}

gs_code gs_property(gs_value *out, const gs_snapshot *snapshot, gs_text packed,
                    uint32_t key, gs_arena *arena, gs_error *err)
{
    gs_code rc = GS_OK;
    gs_text value;
    gs_edge_section section;

    if (gs_edge_section_is(packed)) {
        if (!gs_edge_section_read(&section, packed))
            return fail_map(err);
        if (section.plain && key == GS_P_DATE)
            return date_of(out, &section, arena, err);
        packed = section.map;
    }
    while (packed.bytes != NULL) {
        rc = gs_short_is(packed)
                 ? gs_short_find(&value, snapshot, packed, key, arena, err)
                 : gs_properties_find(&value, gs_version_map(packed), key, err);
        if (rc == GS_OK)
            return unpack(out, value, arena, err);
        if (rc == GS_END)
            rc = gs_version_previous(&packed, snapshot, packed, err);
        if (rc != GS_OK)
            break;
    }
    if (rc == GS_END || packed.bytes == NULL) {
        *out = gs_null;
        rc = GS_OK;
    }
    return rc;
}

typedef struct shown {
    struct shown_entry {
        uint32_t key;
        gs_text value;
    } * entries;
    size_t count, room;
} shown;

/* Adds the entries of an older map whose keys no newer one has; both ascend. */
static gs_code add_older(shown *all, gs_text map, gs_arena *arena, gs_error *err)
{
    gs_code rc;
    shown both = {0};
    size_t i = 0;
    gs_property_cursor cursor;
    struct shown_entry old;

    GS_TRY(gs_properties_first(&cursor, map, err));
    both.entries = gs_arena_array(arena, all->count + cursor.left, sizeof old);
    if (both.entries == NULL)
        return gs_fail_memory(err);
    while ((rc = gs_properties_next(&old.key, &old.value, &cursor, err)) == GS_OK) {
        while (i < all->count && all->entries[i].key < old.key)
            both.entries[both.count++] = all->entries[i++];
        if (i == all->count || all->entries[i].key != old.key)
            both.entries[both.count++] = old;
    }
    if (rc != GS_END)
        goto out;
    while (i < all->count)
        both.entries[both.count++] = all->entries[i++];
    *all = both;
    rc = GS_OK;
out:
    return rc;
}

static gs_code show(gs_value *out, const gs_snapshot *snapshot, const shown *all,
                    gs_arena *arena, gs_error *err)
{
    gs_entry *entries = gs_arena_array(arena, all->count, sizeof *entries);
    size_t count = 0;

    if (entries == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < all->count; i++) {
        gs_code rc = unpack(&entries[count].value, all->entries[i].value, arena, err);

        if (rc != GS_OK)
            return rc;
        entries[count].key = gs_name_text(snapshot, all->entries[i].key);
        if (entries[count].value.type != GS_NULL)
            count++;
    }
    *out = gs_map(entries, count);
    return GS_OK;
}

/* Of an edge: the date that its interval is comes first; *packed is then the rest. */
static gs_code add_date(shown *all, gs_text *packed, gs_arena *arena, gs_error *err)
{
    gs_code rc;
    gs_buffer bytes = {0};
    gs_edge_section section;
    gs_value date;

    if (!gs_edge_section_read(&section, *packed))
        return fail_map(err);
    *packed = section.map;
    if (!section.plain)
        return GS_OK;
    GS_TRY(date_of(&date, &section, arena, err));
    gs_pack(&bytes, date);
    all->entries = gs_arena_array(arena, 1, sizeof *all->entries);
    if (bytes.failed || all->entries == NULL) {
        rc = gs_fail_memory(err);
        goto out;
    }
    all->entries[0] =
        (struct shown_entry){GS_P_DATE, gs_text_copy(arena, gs_buffer_view(&bytes))};
    all->count = 1;
    if (all->entries[0].value.bytes == NULL)
        rc = gs_fail_memory(err);
out:
    gs_buffer_free(&bytes);
    return rc;
}

gs_code gs_properties(gs_value *out, const gs_snapshot *snapshot, gs_text packed,
                      gs_arena *arena, gs_error *err)
{
    gs_code rc = GS_OK;
    shown all = {0};

    if (gs_edge_section_is(packed))
        GS_TRY(add_date(&all, &packed, arena, err));
    if (packed.bytes == NULL)
        return show(out, snapshot, &all, arena, err);
    do {
        gs_text map = gs_version_map(packed);

        if (gs_short_is(packed))
            GS_TRY(gs_short_map(&map, snapshot, packed, arena, err));
        GS_TRY(add_older(&all, map, arena, err));
        rc = gs_version_previous(&packed, snapshot, packed, err);
    } while (rc == GS_OK);
    if (rc == GS_END)
        rc = show(out, snapshot, &all, arena, err);
out:
    return rc;
}
