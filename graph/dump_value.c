#include "graph/dump_value.h"

#include "graph/base/hash.h"

#include <math.h>
#include <string.h>

static gs_code tag(gs_value *out, const char *key, gs_value value, gs_arena *arena,
                   gs_error *err)
{
    gs_entry *entry = gs_arena_take(arena, sizeof *entry);

    if (entry == NULL)
        return gs_fail_memory(err);
    *entry = (gs_entry){gs_text_of(key), value};
    *out = gs_map(entry, 1);
    return GS_OK;
}

static bool is_tagged(gs_value value)
{
    return value.type == GS_MAP && value.as.map.count == 1 &&
           gs_text_starts(value.as.map.entries[0].key, GS_TEXT("@"));
}

static gs_code write_bytes(gs_value *out, gs_text bytes, gs_arena *arena, gs_error *err)
{
    char *hex = gs_arena_take(arena, 2 * bytes.size + 1);

    if (hex == NULL)
        return gs_fail_memory(err);
    gs_hex(hex, (const unsigned char *)bytes.bytes, bytes.size);
    return tag(out, "@bytes", gs_string((gs_text){hex, 2 * bytes.size}), arena, err);
}

static gs_code write_float(gs_value *out, double real, gs_arena *arena, gs_error *err)
{
    gs_text text = isnan(real)  ? GS_TEXT("NaN")
                   : real < 0.0 ? GS_TEXT("-Infinity")
                                : GS_TEXT("Infinity");

    return tag(out, "@float", gs_string(text), arena, err);
}

gs_code gs_dump_value(gs_value *out, gs_value value, gs_arena *arena, gs_error *err)
{
    size_t bad;
    gs_code rc;

    switch (value.type) {
    case GS_DATE:
        return tag(out, "@date", gs_string(gs_edtf_text(value.as.date)), arena, err);
    case GS_FLOAT:
        if (!isfinite(value.as.real))
            return write_float(out, value.as.real, arena, err);
        break;
    case GS_STRING:
        if (!gs_utf8_valid(value.as.string, &bad))
            return write_bytes(out, value.as.string, arena, err);
        break;
    case GS_LIST:
        return gs_list_convert(out, value, gs_dump_value, arena, err);
    case GS_MAP:
        rc = gs_map_convert(out, value, gs_dump_value, arena, err);
        return rc == GS_OK && is_tagged(value) ? tag(out, "@map", *out, arena, err) : rc;
    default:
        break;
    }
    *out = value;
    return GS_OK;
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool gs_unhex(unsigned char *out, size_t size, gs_text hex)
{
    if (hex.size != 2 * size)
        return false;
    for (size_t i = 0; i < size; i++) {
        int high = digit_of(hex.bytes[2 * i]), low = digit_of(hex.bytes[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

static gs_code read_bytes(gs_value *out, gs_text hex, gs_arena *arena, gs_error *err)
{
    char *bytes = gs_arena_take(arena, hex.size / 2 + 1);

    if (bytes == NULL)
        return gs_fail_memory(err);
    if (!gs_unhex((unsigned char *)bytes, hex.size / 2, hex))
        return gs_fail(err, GS_INPUT, "@bytes: no hexadecimal digits");
    *out = gs_string((gs_text){bytes, hex.size / 2});
    return GS_OK;
}

static gs_code read_float(gs_value *out, gs_text text, gs_error *err)
{
    double real = INFINITY;

    if (gs_text_equal(text, GS_TEXT("NaN")))
        real = NAN;
    else if (gs_text_equal(text, GS_TEXT("-Infinity")))
        real = -INFINITY;
    else if (!gs_text_equal(text, GS_TEXT("Infinity")))
        return gs_fail(err, GS_INPUT, "@float: it is NaN, Infinity or -Infinity");
    *out = gs_real(real);
    return GS_OK;
}

static gs_code read_date(gs_value *out, gs_text text, gs_arena *arena, gs_error *err)
{
    gs_edtf *date = gs_arena_take(arena, sizeof *date);
    gs_code rc = date == NULL ? gs_fail_memory(err) : gs_edtf_parse(date, text, err);

    if (rc == GS_OK)
        *out = gs_date(date);
    return rc;
}

static gs_code read_tagged(gs_value *out, gs_entry entry, gs_arena *arena, gs_error *err)
{
    if (gs_text_equal(entry.key, GS_TEXT("@map")) && entry.value.type == GS_MAP)
        return gs_map_convert(out, entry.value, gs_dump_value_read, arena, err);
    if (entry.value.type != GS_STRING)
        return gs_fail(err, GS_INPUT, "%.*s: it has no text",
                       GS_SHOW(gs_text_slice(entry.key, 0, 64)));
    if (gs_text_equal(entry.key, GS_TEXT("@date")))
        return read_date(out, entry.value.as.string, arena, err);
    if (gs_text_equal(entry.key, GS_TEXT("@float")))
        return read_float(out, entry.value.as.string, err);
    if (gs_text_equal(entry.key, GS_TEXT("@bytes")))
        return read_bytes(out, entry.value.as.string, arena, err);
    return gs_fail(err, GS_INPUT, "%.*s: a dump has no such value",
                   GS_SHOW(gs_text_slice(entry.key, 0, 64)));
}

gs_code gs_dump_value_read(gs_value *out, gs_value value, gs_arena *arena, gs_error *err)
{
    if (is_tagged(value))
        return read_tagged(out, value.as.map.entries[0], arena, err);
    if (value.type == GS_LIST)
        return gs_list_convert(out, value, gs_dump_value_read, arena, err);
    if (value.type == GS_MAP)
        return gs_map_convert(out, value, gs_dump_value_read, arena, err);
    *out = value;
    return GS_OK;
}
