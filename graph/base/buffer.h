/* Bytes that grow: what is written before its length is known.
 *
 * Ownership  `{0}` is a valid empty buffer; gs_buffer_free ends it. Its bytes move when
 *            it grows.
 * Errors     a buffer that could not grow remembers it (`failed`) and ignores what
 *            follows, so that a writer checks once, at its end.
 */
#ifndef GS_BASE_BUFFER_H
#define GS_BASE_BUFFER_H

#include "graph/base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct gs_buffer {
    char *bytes;
    size_t size, room;
    bool failed;
} gs_buffer;

/* Room for `size` more bytes; false, and the buffer has failed, where there is none. */
bool gs_buffer_reserve(gs_buffer *buffer, size_t size);
__attribute__((format(printf, 2, 3))) void gs_buffer_format(gs_buffer *buffer,
                                                            const char *format, ...);
void gs_buffer_clear(gs_buffer *buffer); /* size 0; room is kept */
void gs_buffer_free(gs_buffer *buffer);

void gs_buffer_append(gs_buffer *buffer, const void *bytes, size_t size);

/* Most of what is written is a few bytes: that costs no call. */
static inline void gs_buffer_bytes(gs_buffer *buffer, const void *bytes, size_t size)
{
    if (size == 0 || size > 64 || size > buffer->room - buffer->size || buffer->failed) {
        gs_buffer_append(buffer, bytes, size);
    } else {
        memcpy(buffer->bytes + buffer->size, bytes, size);
        buffer->size += size;
    }
}

static inline void gs_buffer_text(gs_buffer *buffer, gs_text text)
{
    gs_buffer_bytes(buffer, text.bytes, text.size);
}

static inline void gs_buffer_char(gs_buffer *buffer, char c)
{
    if (buffer->size < buffer->room && !buffer->failed)
        buffer->bytes[buffer->size++] = c;
    else
        gs_buffer_bytes(buffer, &c, 1);
}

static inline gs_text gs_buffer_view(const gs_buffer *buffer)
{
    return (gs_text){buffer->bytes, buffer->size};
}

#endif
