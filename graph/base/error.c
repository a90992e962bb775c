#include "graph/base/error.h"
#include "graph/base/text.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Messages quote input, which may hold line breaks, half characters and worse. */
static void clean(char *text)
{
    size_t size = strlen(text), at = 0;

    while (at < size) {
        size_t from = at;
        int32_t point = gs_utf8_next((gs_text){text, size}, &at);

        if (point < 0)
            text[at++] = '?';
        else if (point < 0x20 || (point >= 0x7f && point < 0xa0) ||
                 gs_point_is_space(point))
            memset(text + from, ' ', at - from);
    }
}

/* A message that filled its room may end within a character. */
static void cut(char *text)
{
    size_t size = strlen(text), start = size;

    while (start > 0 && size - start < 3 &&
           ((unsigned char)text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start > 0 && ((unsigned char)text[start - 1] & 0xc0) == 0xc0)
        start--;
    if (start < size && !gs_utf8_valid((gs_text){text + start, size - start}, NULL))
        text[start] = '\0';
}

__attribute__((format(printf, 6, 0))) static void fill(gs_error *err, gs_code code,
                                                       uint32_t line, uint32_t column,
                                                       uint32_t length,
                                                       const char *format, va_list args)
{
    char text[sizeof err->text]; /* the arguments may quote err->text itself */
    int wanted = vsnprintf(text, sizeof text, format, args);

    if (wanted < 0)
        text[0] = '\0';
    if (wanted >= (int)sizeof text)
        cut(text);
    clean(text);
    *err = (gs_error){.code = code, .line = line, .column = column, .length = length};
    memcpy(err->text, text, strlen(text) + 1);
}

gs_code gs_fail(gs_error *err, gs_code code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fill(err, code, 0, 0, 0, format, args);
    va_end(args);
    return code;
}

gs_code gs_fail_at(gs_error *err, gs_code code, uint32_t line, uint32_t column,
                   uint32_t length, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fill(err, code, line, column, length, format, args);
    va_end(args);
    return code;
}

gs_code gs_fail_memory(gs_error *err)
{
    return gs_fail(err, GS_MEMORY,
                   "out of memory: none is left, or the limit set is reached; "
                   "ask for less, or raise the limit");
}
