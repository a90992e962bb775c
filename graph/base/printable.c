/* Text for a terminal: what it may show, and how wide that is. */
#include "graph/base/text.h"
#include <stdio.h>
#include <utf8proc.h>

static bool is_break(int32_t point)
{
    return (point >= '\t' && point <= '\r') || point == 0x85 || point == 0x2028 ||
           point == 0x2029;
}

/* Controls, and those format characters that turn or hide what follows; U+200C and U+200D
 * join letters and emoji and stay. */
static bool is_unsafe(int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);

    if (category == UTF8PROC_CATEGORY_CC)
        return true;
    return category == UTF8PROC_CATEGORY_CF && point != 0x200c && point != 0x200d &&
           point != 0xad;
}

static bool is_plain(gs_text text)
{
    size_t at = 0;

    while (at < text.size) {
        int32_t point = gs_utf8_next(text, &at);

        if (point < ' ' || (point >= 0x7f && (is_break(point) || is_unsafe(point))))
            return false;
    }
    return true;
}

enum { WIDEST = 4 }; /* \x1b: the most that one byte can become */

static size_t show(char *to, int32_t point)
{
    if (point < 0x80)
        return (size_t)sprintf(to, "\\x%02x", (unsigned)point);
    if (point < 0x10000)
        return (size_t)sprintf(to, "\\u%04x", (unsigned)point);
    return (size_t)sprintf(to, "\\U%08x", (unsigned)point);
}

gs_text gs_printable(gs_arena *arena, gs_text text)
{
    char *bytes;
    size_t size = 0, at = 0;

    if (is_plain(text))
        return text;
    bytes = text.size > SIZE_MAX / WIDEST - 1
                ? NULL
                : gs_arena_take(arena, text.size * WIDEST + 1);
    if (bytes == NULL)
        return (gs_text){NULL, 0};
    while (at < text.size) {
        int32_t point = gs_utf8_next(text, &at);

        if (point < 0)
            size +=
                (size_t)sprintf(bytes + size, "\\x%02x", (unsigned char)text.bytes[at++]);
        else if (is_break(point))
            bytes[size++] = ' ';
        else if (is_unsafe(point))
            size += show(bytes + size, point);
        else
            size += gs_utf8_put(bytes + size, point);
    }
    return (gs_text){bytes, size};
}

size_t gs_text_width(gs_text text)
{
    size_t width = 0, at = 0;

    while (at < text.size) {
        int32_t point = gs_utf8_next(text, &at);

        if (point < 0) {
            at++;
            width++;
        } else {
            width += (size_t)utf8proc_charwidth(point);
        }
    }
    return width;
}
