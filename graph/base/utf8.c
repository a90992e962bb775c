/* Code points: reading, writing, and what Unicode says of them. */
#include "graph/base/scan.h"
#include <utf8proc.h>

int32_t gs_utf8_next(gs_text text, size_t *at)
{
    utf8proc_int32_t point;
    utf8proc_ssize_t size;
    size_t left;

    if (*at >= text.size)
        return -1;
    if ((unsigned char)text.bytes[*at] < 0x80)
        return text.bytes[(*at)++];
    left = text.size - *at < 4 ? text.size - *at : 4;
    size = utf8proc_iterate((const utf8proc_uint8_t *)text.bytes + *at,
                            (utf8proc_ssize_t)left, &point);
    if (size <= 0)
        return -1;
    *at += (size_t)size;
    return point;
}

int32_t gs_utf8_previous(gs_text text, size_t *at)
{
    size_t start = *at, end;
    int32_t point;

    if (start == 0 || start > text.size)
        return -1;
    do
        start--;
    while (start > 0 && *at - start < 4 &&
           ((unsigned char)text.bytes[start] & 0xc0) == 0x80);
    end = start;
    point = gs_utf8_next((gs_text){text.bytes, *at}, &end);
    if (point < 0 || end != *at)
        return -1;
    *at = start;
    return point;
}

size_t gs_utf8_put(char out[4], int32_t point)
{
    return (size_t)utf8proc_encode_char(point, (utf8proc_uint8_t *)out);
}

bool gs_utf8_valid(gs_text text, size_t *bad)
{
    size_t at = 0;

    for (;;) {
        at = gs_scan_ascii(text, at); /* most text is mostly ASCII */
        if (at == text.size)
            return true;
        if (gs_utf8_next(text, &at) >= 0)
            continue;
        if (bad != NULL)
            *bad = at;
        return false;
    }
}

size_t gs_utf8_count(gs_text text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.size; i++)
        count += ((unsigned char)text.bytes[i] & 0xc0) != 0x80;
    return count;
}

/* Unicode's property White_Space, which is not the same as the category Z. */
bool gs_point_is_space(int32_t point)
{
    if (point < 0x80)
        return point == ' ' || (point >= '\t' && point <= '\r');
    return point == 0x85 || point == 0xa0 || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200a) || point == 0x2028 || point == 0x2029 ||
           point == 0x202f || point == 0x205f || point == 0x3000;
}

bool gs_point_is_letter(int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);

    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

bool gs_point_is_digit(int32_t point)
{
    return utf8proc_category(point) == UTF8PROC_CATEGORY_ND;
}

bool gs_point_is_upper(int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);

    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}
