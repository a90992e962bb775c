#include "graph/base/buffer.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool gs_buffer_reserve(gs_buffer *buffer, size_t size)
{
    size_t room = buffer->room == 0 ? 64 : buffer->room;
    char *bytes;

    if (buffer->failed)
        return false;
    if (buffer->room - buffer->size >= size)
        return true;
    while (room - buffer->size < size && room <= SIZE_MAX / 2)
        room *= 2;
    bytes = room - buffer->size < size ? NULL : realloc(buffer->bytes, room);
    if (bytes == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->bytes = bytes;
    buffer->room = room;
    return true;
}

void gs_buffer_append(gs_buffer *buffer, const void *bytes, size_t size)
{
    if (size == 0 || !gs_buffer_reserve(buffer, size))
        return;
    memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
}

void gs_buffer_format(gs_buffer *buffer, const char *format, ...)
{
    va_list args, again;
    int size;

    va_start(args, format);
    va_copy(again, args);
    size = vsnprintf(NULL, 0, format, args);
    if (size < 0) {
        buffer->failed = true;
    } else if (gs_buffer_reserve(buffer,
                                 (size_t)size + 1)) { /* vsnprintf ends it with NUL */
        vsnprintf(buffer->bytes + buffer->size, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
    va_end(args);
}

void gs_buffer_clear(gs_buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
}

void gs_buffer_free(gs_buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (gs_buffer){0};
}
