/* MessagePack to values. msgpack-c's own reader keeps a zone, copies, and stops at 32
 * levels; the store's bytes are read where they lie, so this one is ours. */
#include "graph/base/bytes.h"
#include "graph/base/value.h"
#include <string.h>

typedef struct reader {
    gs_arena *arena;
    const unsigned char *bytes;
    size_t size, at;
    size_t
        owed; /* values that open lists and maps still wait for: a byte each at least */
    gs_error *err;
} reader;

static gs_code unpack(reader *r, gs_value *out, int depth);

static gs_code bad(reader *r, const char *why)
{
    (void)gs_fail(r->err, GS_INPUT, "no MessagePack value at byte %zu: %s; send it again",
                  r->at, why);
    return GS_INPUT; /* a constant, so that the compiler sees what was not written */
}

/* Bytes that nobody waits for yet. */
static size_t left(const reader *r)
{
    return r->size - r->at - r->owed;
}

static gs_code need(reader *r, size_t size, const unsigned char **out)
{
    if (size > left(r))
        return bad(r, "it is cut off");
    *out = r->bytes + r->at;
    r->at += size;
    return GS_OK;
}

/* A big-endian number of 1, 2, 4 or 8 bytes. */
static gs_code take_number(reader *r, size_t width, uint64_t *out)
{
    const unsigned char *from;
    gs_code rc = need(r, width, &from);

    if (rc != GS_OK)
        return rc;
    *out = width == 1   ? from[0]
           : width == 2 ? gs_load_u16(from)
           : width == 4 ? gs_load_u32(from)
                        : gs_load_u64(from);
    return GS_OK;
}

static gs_code take_unsigned(reader *r, gs_value *out, size_t width)
{
    uint64_t number;
    gs_code rc = take_number(r, width, &number);

    if (rc != GS_OK)
        return rc;
    if (number > INT64_MAX)
        return bad(r, "an integer is larger than 9223372036854775807");
    *out = gs_integer((int64_t)number);
    return GS_OK;
}

static gs_code take_signed(reader *r, gs_value *out, size_t width)
{
    uint64_t number;
    gs_code rc = take_number(r, width, &number);

    if (rc != GS_OK)
        return rc;
    *out = gs_integer(width == 1   ? (int8_t)number
                      : width == 2 ? (int16_t)number
                      : width == 4 ? (int32_t)number
                                   : (int64_t)number);
    return GS_OK;
}

static gs_code take_float(reader *r, gs_value *out, size_t width)
{
    uint64_t bits;
    gs_code rc = take_number(r, width, &bits);

    if (rc != GS_OK)
        return rc;
    if (width == 4) {
        uint32_t low = (uint32_t)bits;
        float number;

        memcpy(&number, &low, sizeof number);
        *out = gs_real((double)number);
    } else {
        double number;

        memcpy(&number, &bits, sizeof number);
        *out = gs_real(number);
    }
    return GS_OK;
}

static gs_code take_string(reader *r, gs_value *out, uint64_t size)
{
    const unsigned char *bytes;
    gs_code rc = need(r, size, &bytes);

    if (rc == GS_OK)
        *out = gs_string((gs_text){(const char *)bytes, size});
    return rc;
}

static gs_code take_extension(reader *r, gs_value *out, uint64_t size)
{
    gs_code rc;
    const unsigned char *type, *body;
    gs_edtf *date;

    GS_TRY(need(r, 1, &type));
    GS_TRY(need(r, size, &body));
    if (*type != GS_EXT_DATE)
        return bad(r, "an extension type is unknown");
    date = gs_arena_take(r->arena, sizeof *date);
    if (date == NULL)
        return gs_fail_memory(r->err);
    GS_TRY(gs_edtf_parse(date, (gs_text){(const char *)body, size}, r->err));
    *out = gs_date(date);
out:
    return rc;
}

/* A list may say that four thousand million items follow; memory is taken for no more of
 * them than there are bytes left, counted over all the lists that it stands in. */
static gs_code owe(reader *r, uint64_t count)
{
    if (count > left(r))
        return bad(r, "it is cut off");
    r->owed += count;
    return GS_OK;
}

static gs_code unpack_owed(reader *r, gs_value *out, int depth)
{
    r->owed--;
    return unpack(r, out, depth);
}

static gs_code take_list(reader *r, gs_value *out, uint64_t count, int depth)
{
    gs_code rc;
    gs_value *items;

    GS_TRY(owe(r, count));
    items = gs_arena_array(r->arena, count, sizeof *items);
    if (items == NULL)
        return gs_fail_memory(r->err);
    for (size_t i = 0; i < count; i++)
        GS_TRY(unpack_owed(r, &items[i], depth + 1));
    *out = gs_list(items, count);
out:
    return rc;
}

static gs_code take_entry(reader *r, gs_entry *out, int depth)
{
    gs_code rc;
    gs_value key;

    GS_TRY(unpack_owed(r, &key, depth));
    if (key.type != GS_STRING)
        return bad(r, "a key is no string");
    out->key = key.as.string;
    rc = unpack_owed(r, &out->value, depth);
out:
    return rc;
}

static gs_code take_map(reader *r, gs_value *out, uint64_t count, int depth)
{
    gs_code rc;
    gs_entry *entries;
    gs_text repeated;

    GS_TRY(owe(r, 2 * count)); /* a count has 32 bits at most */
    entries = gs_arena_array(r->arena, count, sizeof *entries);
    if (entries == NULL)
        return gs_fail_memory(r->err);
    for (size_t i = 0; i < count; i++)
        GS_TRY(take_entry(r, &entries[i], depth + 1));
    GS_TRY(gs_map_check(&repeated, r->arena, entries, count, r->err));
    if (repeated.bytes != NULL)
        return bad(r, "a key stands twice in a map");
    *out = gs_map(entries, count);
out:
    return rc;
}

/* The kinds whose length follows in `width` bytes. */
static gs_code take_sized(reader *r, gs_value *out, unsigned char head, size_t width,
                          int depth)
{
    uint64_t size;
    gs_code rc = take_number(r, width, &size);

    if (rc != GS_OK)
        return rc;
    if (head >= 0xd9 && head <= 0xdb)
        return take_string(r, out, size);
    if (head >= 0xdc && head <= 0xdd)
        return take_list(r, out, size, depth);
    if (head >= 0xde)
        return take_map(r, out, size, depth);
    return take_extension(r, out, size);
}

static gs_code unpack_headed(reader *r, gs_value *out, unsigned char head, int depth)
{
    switch (head) {
    case 0xc0:
        *out = gs_null;
        return GS_OK;
    case 0xc2:
        *out = gs_boolean(false);
        return GS_OK;
    case 0xc3:
        *out = gs_boolean(true);
        return GS_OK;
    case 0xc7:
    case 0xd9:
        return take_sized(r, out, head, 1, depth);
    case 0xc8:
    case 0xda:
    case 0xdc:
    case 0xde:
        return take_sized(r, out, head, 2, depth);
    case 0xc9:
    case 0xdb:
    case 0xdd:
    case 0xdf:
        return take_sized(r, out, head, 4, depth);
    case 0xca:
        return take_float(r, out, 4);
    case 0xcb:
        return take_float(r, out, 8);
    case 0xcc:
    case 0xcd:
    case 0xce:
    case 0xcf:
        return take_unsigned(r, out, (size_t)1 << (head - 0xcc));
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3:
        return take_signed(r, out, (size_t)1 << (head - 0xd0));
    case 0xd4:
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8:
        return take_extension(r, out, (uint64_t)1 << (head - 0xd4));
    case 0xc4:
    case 0xc5:
    case 0xc6:
        return bad(r, "binary data has no place in a value");
    default:
        return bad(r, "the byte c1 means nothing");
    }
}

static gs_code unpack(reader *r, gs_value *out, int depth)
{
    const unsigned char *head;
    gs_code rc = need(r, 1, &head);

    if (rc != GS_OK)
        return rc;
    if (depth > GS_DEPTH_MAX)
        return bad(r, "it nests more than 64 deep");
    if (*head < 0x80 || *head >= 0xe0) {
        *out = gs_integer((int8_t)*head);
        return GS_OK;
    }
    if (*head < 0x90)
        return take_map(r, out, *head & 15, depth);
    if (*head < 0xa0)
        return take_list(r, out, *head & 15, depth);
    if (*head < 0xc0)
        return take_string(r, out, *head & 31);
    return unpack_headed(r, out, *head, depth);
}

gs_code gs_unpack(gs_value *out, size_t *used, gs_arena *arena, gs_text packed,
                  gs_error *err)
{
    reader r = {arena, (const unsigned char *)packed.bytes, packed.size, 0, 0, err};
    gs_value value;
    gs_code rc = unpack(&r, &value, 0);

    if (rc != GS_OK)
        return rc;
    *out = value;
    if (used != NULL)
        *used = r.at;
    return GS_OK;
}
