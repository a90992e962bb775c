#include "query/refuse.h"

#include <stdarg.h>
#include <stdio.h>

/* Code points, a byte that is no UTF-8 counting as one. */
static uint32_t points_in(gs_text text)
{
    uint32_t count = 0;
    size_t at = 0;

    while (at < text.size) {
        if (gs_utf8_next(text, &at) < 0)
            at++;
        count++;
    }
    return count;
}

void gs_error_place(gs_error *err, gs_text query, gs_place place)
{
    size_t start = place.start < query.size ? place.start : query.size;
    size_t line_start = 0, end;

    err->line = 1;
    for (size_t i = 0; i < start; i++)
        if (query.bytes[i] == '\n') {
            err->line++;
            line_start = i + 1;
        }
    end = start + (place.size < query.size - start ? place.size : query.size - start);
    for (size_t i = start; i < end; i++)
        if (query.bytes[i] == '\n') /* a caret cannot go round a corner */
            end = i;
    err->column = points_in(gs_text_slice(query, line_start, start)) + 1;
    err->length = points_in(gs_text_slice(query, start, end));
}

static void fill(gs_error *err, gs_code code, gs_text query, gs_place place,
                 const char *type, const char *detail, const char *format, va_list list)
{
    char text[sizeof err->text];

    vsnprintf(text, sizeof text, format, list);
    gs_fail(err, code, "%s", text);
    gs_error_place(err, query, place);
    err->type = type;
    err->phase = code == GS_QUERY ? "compile time" : "runtime";
    err->detail = detail;
}

gs_code gs_refuse(gs_error *err, gs_text query, gs_place place, const char *type,
                  const char *detail, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    fill(err, GS_QUERY, query, place, type, detail, format, list);
    va_end(list);
    return GS_QUERY;
}

gs_code gs_refuse_row(gs_error *err, gs_text query, gs_place place, const char *type,
                      const char *detail, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    fill(err, GS_RUNTIME, query, place, type, detail, format, list);
    va_end(list);
    return GS_RUNTIME;
}
