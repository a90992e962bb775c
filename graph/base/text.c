#include "graph/base/text.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const gs_text missing = {NULL, 0};

gs_text gs_text_of(const char *string)
{
    return string == NULL ? missing : (gs_text){string, strlen(string)};
}

bool gs_text_equal(gs_text a, gs_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

int gs_text_compare(gs_text a, gs_text b)
{
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = shared == 0 ? 0 : memcmp(a.bytes, b.bytes, shared);

    if (order != 0)
        return order < 0 ? -1 : 1;
    return (a.size > b.size) - (a.size < b.size);
}

bool gs_text_starts(gs_text text, gs_text prefix)
{
    return text.size >= prefix.size &&
           gs_text_equal((gs_text){text.bytes, prefix.size}, prefix);
}

bool gs_text_ends(gs_text text, gs_text suffix)
{
    if (text.size < suffix.size)
        return false;
    if (suffix.size == 0)
        return true;
    return memcmp(text.bytes + (text.size - suffix.size), suffix.bytes, suffix.size) == 0;
}

size_t gs_text_find(gs_text text, gs_text part, size_t from)
{
    const char *found;

    if (from > text.size)
        return SIZE_MAX;
    if (part.size == 0)
        return from;
    if (part.size > text.size - from)
        return SIZE_MAX;
    found = memmem(text.bytes + from, text.size - from, part.bytes, part.size);
    return found == NULL ? SIZE_MAX : (size_t)(found - text.bytes);
}

gs_text gs_text_slice(gs_text text, size_t start, size_t end)
{
    if (end > text.size)
        end = text.size;
    if (start > end)
        start = end;
    return text.bytes == NULL ? missing : (gs_text){text.bytes + start, end - start};
}

static bool is_ink(char c)
{
    return c > ' ' && c < 0x7f;
}

gs_text gs_text_trim(gs_text text)
{
    size_t start = 0, end = text.size, at;

    if (end > 0 && is_ink(text.bytes[0]) && is_ink(text.bytes[end - 1]))
        return text; /* as most are */
    for (at = start; gs_point_is_space(gs_utf8_next(text, &at)); start = at)
        ;
    for (at = end; end > start && gs_point_is_space(gs_utf8_previous(text, &at));
         end = at)
        ;
    return gs_text_slice(text, start, end);
}

gs_text gs_text_copy(gs_arena *arena, gs_text text)
{
    const char *copy = gs_text_string(arena, text);

    return copy == NULL ? (gs_text){0} : (gs_text){copy, text.size};
}

const char *gs_text_string(gs_arena *arena, gs_text text)
{
    char *copy;

    if (text.size == SIZE_MAX)
        return NULL;
    copy = gs_arena_take(arena, text.size + 1);
    if (copy != NULL && text.size > 0)
        memcpy(copy, text.bytes, text.size);
    return copy;
}

gs_text gs_text_format(gs_arena *arena, const char *format, ...)
{
    va_list args, again;
    gs_text text = missing;
    int size;

    va_start(args, format);
    va_copy(again, args);
    size = vsnprintf(NULL, 0, format, args);
    if (size >= 0) {
        char *bytes = gs_arena_take(arena, (size_t)size + 1);

        if (bytes != NULL) {
            vsnprintf(bytes, (size_t)size + 1, format, again);
            text = (gs_text){bytes, (size_t)size};
        }
    }
    va_end(again);
    va_end(args);
    return text;
}

static bool joined_size(size_t *size, const gs_text *pieces, size_t count,
                        gs_text between)
{
    *size = 1; /* the NUL, for debuggers and printf */
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && __builtin_add_overflow(*size, between.size, size))
            return false;
        if (__builtin_add_overflow(*size, pieces[i].size, size))
            return false;
    }
    return true;
}

static char *put(char *to, gs_text text)
{
    if (text.size > 0)
        memcpy(to, text.bytes, text.size);
    return to + text.size;
}

gs_text gs_text_join(gs_arena *arena, const gs_text *pieces, size_t count,
                     gs_text between)
{
    size_t size;
    char *bytes, *to;

    if (!joined_size(&size, pieces, count, between))
        return missing;
    bytes = to = gs_arena_take(arena, size);
    if (bytes == NULL)
        return missing;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            to = put(to, between);
        to = put(to, pieces[i]);
    }
    return (gs_text){bytes, size - 1};
}
