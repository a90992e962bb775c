#include "query/functions/function.h"

#include "graph/base/number.h"
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

static gs_code text_of(gs_text *out, const gs_call *call, size_t index)
{
    if (call->args[index].type != GS_STRING)
        return gs_call_wants(call, "a string", call->args[index]);
    *out = call->args[index].as.string;
    return GS_OK;
}

static gs_code give(gs_value *out, const gs_call *call, gs_text text)
{
    if (text.bytes == NULL)
        return gs_call_memory(call);
    *out = gs_string(text);
    return GS_OK;
}

static gs_code call_to_string(gs_value *out, const gs_call *call)
{
    gs_value of = call->args[0];

    switch (of.type) {
    case GS_STRING:
        *out = of;
        return GS_OK;
    case GS_DATE:
        return give(out, call, gs_edtf_text(of.as.date));
    case GS_BOOLEAN:
        return give(out, call, of.as.boolean ? GS_TEXT("true") : GS_TEXT("false"));
    case GS_INTEGER:
    case GS_FLOAT:
        return give(out, call, gs_number_text(call->arena, of));
    default:
        return gs_call_wants(call, "a string, a number, a boolean or a date", of);
    }
}

static gs_code call_to_integer(gs_value *out, const gs_call *call)
{
    gs_value of = call->args[0];
    gs_text text;
    int64_t n;
    double d;

    *out = of;
    if (of.type == GS_INTEGER)
        return GS_OK;
    if (of.type != GS_FLOAT && of.type != GS_STRING)
        return gs_call_wants(call, "a number or a string", of);
    *out = gs_null;
    d = of.type == GS_FLOAT ? of.as.real : 0;
    if (of.type == GS_STRING) {
        text = gs_text_trim(of.as.string);
        if (gs_integer_read(&n, text))
            *out = gs_integer(n);
        if (out->type == GS_INTEGER || !gs_real_read(&d, text))
            return GS_OK;
    }
    if (d >= -0x1p63 && d < 0x1p63)
        *out = gs_integer((int64_t)d);
    return GS_OK;
}

static gs_code call_to_float(gs_value *out, const gs_call *call)
{
    gs_value of = call->args[0];
    double d;

    *out = gs_null;
    if (of.type == GS_FLOAT)
        *out = of;
    else if (of.type == GS_INTEGER)
        *out = gs_real((double)of.as.integer);
    else if (of.type != GS_STRING)
        return gs_call_wants(call, "a number or a string", of);
    else if (gs_real_read(&d, gs_text_trim(of.as.string)))
        *out = gs_real(d);
    return GS_OK;
}

static gs_code call_to_boolean(gs_value *out, const gs_call *call)
{
    gs_value of = call->args[0];
    gs_text text;

    *out = of;
    if (of.type == GS_BOOLEAN)
        return GS_OK;
    if (of.type != GS_STRING)
        return gs_call_wants(call, "a string", of);
    text = gs_text_trim(of.as.string);
    *out = gs_null;
    if (text.size == 4 && strncasecmp(text.bytes, "true", 4) == 0)
        *out = gs_boolean(true);
    else if (text.size == 5 && strncasecmp(text.bytes, "false", 5) == 0)
        *out = gs_boolean(false);
    return GS_OK;
}

static gs_code map_points(gs_value *out, const gs_call *call,
                          utf8proc_int32_t (*map)(utf8proc_int32_t))
{
    gs_text text;
    size_t at = 0, size = 0;
    char *bytes;
    int32_t point;
    gs_code rc;

    GS_TRY(text_of(&text, call, 0));
    if (text.size > SIZE_MAX / 4 - 1 ||
        (bytes = gs_arena_take(call->arena, text.size * 4 + 1)) == NULL)
        return gs_call_memory(call);
    while ((point = gs_utf8_next(text, &at)) >= 0) {
        GS_TRY(gs_run_tick(call->run, call->err));
        size += gs_utf8_put(bytes + size, map(point));
    }
    *out = gs_string((gs_text){bytes, size});
out:
    return rc;
}

static gs_code call_upper(gs_value *out, const gs_call *call)
{
    return map_points(out, call, utf8proc_toupper);
}

static gs_code call_lower(gs_value *out, const gs_call *call)
{
    return map_points(out, call, utf8proc_tolower);
}

/* Without white space at the ends asked for. */
static gs_code trim(gs_value *out, const gs_call *call, bool left, bool right)
{
    gs_text text, trimmed;
    size_t start, end;
    gs_code rc;

    GS_TRY(text_of(&text, call, 0));
    trimmed = gs_text_trim(text);
    start = left && trimmed.size > 0 ? (size_t)(trimmed.bytes - text.bytes) : 0;
    end = right && trimmed.size > 0 ? (size_t)(trimmed.bytes - text.bytes) + trimmed.size
                                    : text.size;
    *out = gs_string(trimmed.size > 0 ? gs_text_slice(text, start, end) : GS_TEXT(""));
out:
    return rc;
}

static gs_code call_trim(gs_value *out, const gs_call *call)
{
    return trim(out, call, true, true);
}

static gs_code call_ltrim(gs_value *out, const gs_call *call)
{
    return trim(out, call, true, false);
}

static gs_code call_rtrim(gs_value *out, const gs_call *call)
{
    return trim(out, call, false, true);
}

/* The pieces between one text's occurrences of another; an empty one cuts between all
 * characters. */
static gs_code cut(gs_value **out, size_t *count, const gs_call *call, gs_text text,
                   gs_text at)
{
    size_t room = 0, from = 0, end, next;
    gs_code rc = GS_OK;

    *out = NULL;
    *count = 0;
    do {
        GS_TRY(gs_run_tick(call->run, call->err));
        if (at.size > 0) {
            end = gs_text_find(text, at, from);
            next = end == SIZE_MAX ? SIZE_MAX : end + at.size;
        } else {
            next = from;
            end = gs_utf8_next(text, &next) < 0 || next == text.size ? SIZE_MAX : next;
            next = end;
        }
        *out = gs_arena_grow(call->arena, *out, *count, &room, sizeof **out);
        if (*out == NULL)
            return gs_call_memory(call);
        (*out)[(*count)++] =
            gs_string(gs_text_slice(text, from, end == SIZE_MAX ? text.size : end));
        from = next;
    } while (end != SIZE_MAX);
out:
    return rc;
}

static gs_code call_split(gs_value *out, const gs_call *call)
{
    gs_text text, at;
    gs_value *items;
    size_t count;
    gs_code rc;

    GS_TRY(text_of(&text, call, 0));
    GS_TRY(text_of(&at, call, 1));
    GS_TRY(cut(&items, &count, call, text, at));
    *out = gs_list(items, count);
out:
    return rc;
}

static gs_code call_replace(gs_value *out, const gs_call *call)
{
    gs_text text, at, with, *pieces;
    gs_value *items;
    size_t count;
    gs_code rc;

    GS_TRY(text_of(&text, call, 0));
    GS_TRY(text_of(&at, call, 1));
    GS_TRY(text_of(&with, call, 2));
    if (at.size == 0)
        return give(out, call, text);
    GS_TRY(cut(&items, &count, call, text, at));
    pieces = gs_arena_array(call->arena, count, sizeof *pieces);
    if (pieces == NULL)
        return gs_call_memory(call);
    for (size_t i = 0; i < count; i++)
        pieces[i] = items[i].as.string;
    GS_TRY(give(out, call, gs_text_join(call->arena, pieces, count, with)));
    rc = gs_run_bytes(call->run, out->as.string.size, call->err);
out:
    return rc;
}

/* The byte behind so many code points, at most the text's end. */
static size_t byte_of(gs_text text, uint64_t points)
{
    size_t at = 0;

    while (points-- > 0 && gs_utf8_next(text, &at) >= 0)
        ;
    return at;
}

static gs_code count_of(uint64_t *out, const gs_call *call, size_t index)
{
    gs_value of = call->args[index];

    if (of.type != GS_INTEGER)
        return gs_call_wants(call, "a whole number", of);
    if (of.as.integer < 0)
        return gs_refuse_row(call->err, call->run->text, call->expr->place,
                             "ArgumentError", "NumberOutOfRange",
                             "%s() takes no negative number", call->expr->function->name);
    *out = (uint64_t)of.as.integer;
    return GS_OK;
}

static gs_code call_substring(gs_value *out, const gs_call *call)
{
    uint64_t start, length = UINT64_MAX;
    gs_text text;
    gs_code rc;

    GS_TRY(text_of(&text, call, 0));
    GS_TRY(count_of(&start, call, 1));
    if (call->count == 3)
        GS_TRY(count_of(&length, call, 2));
    text = gs_text_slice(text, byte_of(text, start), text.size);
    *out = gs_string(gs_text_slice(text, 0, byte_of(text, length)));
out:
    return rc;
}

static gs_code call_left(gs_value *out, const gs_call *call)
{
    uint64_t length;
    gs_text text;
    gs_code rc;

    GS_TRY(text_of(&text, call, 0));
    GS_TRY(count_of(&length, call, 1));
    *out = gs_string(gs_text_slice(text, 0, byte_of(text, length)));
out:
    return rc;
}

static gs_code call_right(gs_value *out, const gs_call *call)
{
    uint64_t length, all;
    gs_text text;
    gs_code rc;

    GS_TRY(text_of(&text, call, 0));
    GS_TRY(count_of(&length, call, 1));
    all = gs_utf8_count(text);
    *out = gs_string(
        gs_text_slice(text, byte_of(text, all > length ? all - length : 0), text.size));
out:
    return rc;
}

/* Of a list its items, of a string its code points, from the last to the first. */
static gs_code call_reverse(gs_value *out, const gs_call *call)
{
    gs_value of = call->args[0], *items;
    size_t at, size = 0, before;
    char *bytes;

    if (of.type == GS_LIST) {
        items = gs_arena_array(call->arena, of.as.list.count, sizeof *items);
        if (items == NULL)
            return gs_call_memory(call);
        for (size_t i = 0; i < of.as.list.count; i++)
            items[i] = of.as.list.items[of.as.list.count - 1 - i];
        *out = gs_list(items, of.as.list.count);
        return GS_OK;
    }
    if (of.type != GS_STRING)
        return gs_call_wants(call, "a string or a list", of);
    bytes = gs_arena_take(call->arena, of.as.string.size);
    if (bytes == NULL)
        return gs_call_memory(call);
    for (at = before = of.as.string.size; gs_utf8_previous(of.as.string, &at) >= 0;
         before = at) {
        memcpy(bytes + size, of.as.string.bytes + at, before - at);
        size += before - at;
    }
    *out = gs_string((gs_text){bytes, size});
    return GS_OK;
}

const gs_function gs_functions_string[] = {{"toString", 1, 1, 0, call_to_string, NULL},
                                           {"toInteger", 1, 1, 0, call_to_integer, NULL},
                                           {"toFloat", 1, 1, 0, call_to_float, NULL},
                                           {"toBoolean", 1, 1, 0, call_to_boolean, NULL},
                                           {"toUpper", 1, 1, 0, call_upper, NULL},
                                           {"toLower", 1, 1, 0, call_lower, NULL},
                                           {"trim", 1, 1, 0, call_trim, NULL},
                                           {"lTrim", 1, 1, 0, call_ltrim, NULL},
                                           {"rTrim", 1, 1, 0, call_rtrim, NULL},
                                           {"split", 2, 2, 0, call_split, NULL},
                                           {"replace", 3, 3, 0, call_replace, NULL},
                                           {"substring", 2, 3, 0, call_substring, NULL},
                                           {"left", 2, 2, 0, call_left, NULL},
                                           {"right", 2, 2, 0, call_right, NULL},
                                           {"reverse", 1, 1, 0, call_reverse, NULL},
                                           {0}};
