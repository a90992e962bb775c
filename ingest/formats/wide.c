#include "ingest/formats/wide.h"
#include <string.h>

enum { MARK = 0xFEFF, LOST = 0xFFFD };

gs_wide gs_wide_find(gs_text head)
{
    static const struct {
        char bytes[GS_WIDE_HEAD];
        unsigned count, unit;
        bool big;
    } known[] = {
        {"\xFF\xFE\0\0", 4, 4, false}, {"\0\0\xFE\xFF", 4, 4, true},
        {"\xFF\xFE", 2, 2, false},     {"\xFE\xFF", 2, 2, true},
        {"<\0\0\0", 4, 4, false},      {"\0\0\0<", 4, 4, true},
        {"<\0", 2, 2, false},          {"\0<", 2, 2, true},
        {"{\0", 2, 2, false},          {"\0{", 2, 2, true},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (head.size >= GS_WIDE_HEAD &&
            memcmp(head.bytes, known[i].bytes, known[i].count) == 0)
            return (gs_wide){known[i].unit, known[i].big, false, 0};
    return (gs_wide){0};
}

static uint32_t unit_at(const gs_wide *wide, const char *bytes)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < wide->unit; i++) {
        unsigned at = wide->big ? i : wide->unit - 1 - i;

        value = value << 8 | (unsigned char)bytes[at];
    }
    return value;
}

static size_t put(char *to, uint32_t point)
{
    if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000))
        point = LOST;
    return gs_utf8_put(to, (int32_t)point);
}

static size_t put_unit(gs_wide *wide, char *to, uint32_t unit)
{
    size_t size = 0;
    uint32_t high = wide->high;

    wide->high = 0;
    if (high != 0 && unit >= 0xDC00 && unit < 0xE000)
        return put(to, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
    if (high != 0)
        size = put(to, LOST);
    if (wide->unit == 2 && unit >= 0xD800 && unit < 0xDC00)
        wide->high = unit;
    else if (wide->started || unit != MARK)
        size += put(to + size, unit);
    return size;
}

size_t gs_wide_run(gs_wide *wide, char *to, gs_text from, size_t *taken, bool last)
{
    size_t at = 0, size = 0;

    for (; at + wide->unit <= from.size; at += wide->unit) {
        size += put_unit(wide, to + size, unit_at(wide, from.bytes + at));
        wide->started = true;
    }
    if (last && (at < from.size || wide->high != 0)) {
        size += put(to + size, LOST);
        wide->high = 0;
        at = from.size;
    }
    *taken = at;
    return size;
}
