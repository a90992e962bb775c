#include "graph/base/marked.h"

#include "graph/base/buffer.h"
#include <stdlib.h>

enum { AROUND = 200 };

static int by_start(const void *a, const void *b)
{
    const gs_marking *x = a, *y = b;

    return (x->start > y->start) - (x->start < y->start);
}

/* In order, none over another; gives how many are left. */
static size_t join(gs_marking *spans, size_t count)
{
    size_t kept = 0;

    if (count > 1)
        qsort(spans, count, sizeof *spans, by_start);
    for (size_t i = 0; i < count; i++) {
        gs_marking next = spans[i], *last = kept > 0 ? &spans[kept - 1] : NULL;

        if (last != NULL && next.start <= last->end && next.open == last->open) {
            last->end = next.end > last->end ? next.end : last->end;
            continue;
        }
        if (last != NULL && next.start < last->end)
            next.start = last->end;
        if (next.start < next.end)
            spans[kept++] = next;
    }
    return kept;
}

/* From code points to bytes; a span that begins behind the text's end is left out. */
static size_t find_bytes(gs_marking *spans, size_t count, gs_text text)
{
    size_t at = 0, point = 0, i = 0;

    for (; i < count; i++) {
        gs_marking *span = &spans[i];

        while (point < span->start && gs_utf8_next(text, &at) >= 0)
            point++;
        if (at == text.size)
            break;
        span->start = at;
        while (point < span->end && gs_utf8_next(text, &at) >= 0)
            point++;
        span->end = at;
    }
    return i;
}

static size_t begin_context(gs_text text, size_t at)
{
    for (size_t points = 0; points < AROUND; points++) {
        size_t before = at;

        if (gs_utf8_previous(text, &before) < 0 || text.bytes[before] == '\n')
            break;
        at = before;
    }
    return at;
}

static size_t end_context(gs_text text, size_t at)
{
    for (size_t points = 0; points < AROUND && at < text.size; points++)
        if (text.bytes[at] == '\n' || gs_utf8_next(text, &at) < 0)
            break;
    return at;
}

static gs_code write_marked(gs_text *out, gs_text text, const gs_marking *spans,
                            size_t count, gs_arena *arena, gs_error *err)
{
    size_t at = begin_context(text, spans[0].start);
    size_t end = end_context(text, spans[count - 1].end);
    gs_buffer line = {0};
    gs_code rc = GS_OK;

    if (at > 0 && text.bytes[at - 1] != '\n')
        gs_buffer_text(&line, GS_TEXT("…"));
    for (size_t i = 0; i < count; i++) {
        const gs_marking *span = &spans[i];

        gs_buffer_text(&line, gs_text_slice(text, at, span->start));
        gs_buffer_text(&line, gs_text_of(span->open));
        gs_buffer_text(&line, gs_text_slice(text, span->start, span->end));
        gs_buffer_text(&line, gs_text_of(span->close));
        at = span->end;
    }
    gs_buffer_text(&line, gs_text_slice(text, at, end));
    if (end < text.size && text.bytes[end] != '\n')
        gs_buffer_text(&line, GS_TEXT("…"));
    *out = gs_text_copy(arena, gs_buffer_view(&line));
    if (line.failed || out->bytes == NULL)
        rc = gs_fail_memory(err);
    gs_buffer_free(&line);
    return rc;
}

gs_code gs_mark(gs_text *out, gs_text text, gs_marking *spans, size_t count,
                gs_arena *arena, gs_error *err)
{
    *out = (gs_text){NULL, 0};
    count = find_bytes(spans, join(spans, count), text);
    return count > 0 ? write_marked(out, text, spans, count, arena, err) : GS_OK;
}
