#include "query/questions/marked.h"

#include "graph/base/buffer.h"
#include <stdlib.h>

enum { AROUND = 200 };

typedef struct place {
    size_t start, end;
} place;

typedef struct places {
    place *items;
    size_t count;
} places;

static int by_start(const void *a, const void *b)
{
    const place *x = a, *y = b;

    return (x->start > y->start) - (x->start < y->start);
}

/* In order, those that meet as one. */
static void join(places *spans)
{
    size_t kept = 0;

    if (spans->count > 1)
        qsort(spans->items, spans->count, sizeof *spans->items, by_start);
    for (size_t i = 0; i < spans->count; i++)
        if (kept == 0 || spans->items[i].start > spans->items[kept - 1].end)
            spans->items[kept++] = spans->items[i];
        else if (spans->items[i].end > spans->items[kept - 1].end)
            spans->items[kept - 1].end = spans->items[i].end;
    spans->count = kept;
}

/* Those that hold anything, in code points. */
static gs_code read_spans(places *out, gs_value spans, gs_arena *arena, gs_error *err)
{
    size_t count = spans.type == GS_LIST ? spans.as.list.count : 0;

    out->items = gs_arena_array(arena, count, sizeof *out->items);
    if (out->items == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        gs_value pair = spans.as.list.items[i];
        const gs_value *ends = pair.as.list.items;

        if (pair.type == GS_LIST && pair.as.list.count == 2 &&
            ends[0].type == GS_INTEGER && ends[1].type == GS_INTEGER &&
            ends[0].as.integer >= 0 && ends[1].as.integer > ends[0].as.integer)
            out->items[out->count++] =
                (place){(size_t)ends[0].as.integer, (size_t)ends[1].as.integer};
    }
    join(out);
    return GS_OK;
}

/* From code points to bytes; a span that begins behind the text's end is left out. */
static void find_bytes(places *spans, gs_text text)
{
    size_t at = 0, point = 0, i = 0;

    for (; i < spans->count; i++) {
        place *span = &spans->items[i];

        while (point < span->start && gs_utf8_next(text, &at) >= 0)
            point++;
        if (at == text.size)
            break;
        span->start = at;
        while (point < span->end && gs_utf8_next(text, &at) >= 0)
            point++;
        span->end = at;
    }
    spans->count = i;
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

static gs_code write_marked(gs_text *out, gs_text text, const places *spans,
                            gs_arena *arena, gs_error *err)
{
    size_t at = begin_context(text, spans->items[0].start);
    size_t end = end_context(text, spans->items[spans->count - 1].end);
    gs_buffer line = {0};
    gs_code rc = GS_OK;

    if (at > 0 && text.bytes[at - 1] != '\n')
        gs_buffer_text(&line, GS_TEXT("…"));
    for (size_t i = 0; i < spans->count; i++) {
        const place *span = &spans->items[i];

        gs_buffer_text(&line, gs_text_slice(text, at, span->start));
        gs_buffer_text(&line, GS_TEXT("»"));
        gs_buffer_text(&line, gs_text_slice(text, span->start, span->end));
        gs_buffer_text(&line, GS_TEXT("«"));
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

gs_code gs_mark(gs_text *out, gs_text text, gs_value spans, gs_arena *arena,
                gs_error *err)
{
    places found = {0};
    gs_code rc;

    *out = (gs_text){NULL, 0};
    GS_TRY(read_spans(&found, spans, arena, err));
    find_bytes(&found, text);
    if (found.count > 0)
        rc = write_marked(out, text, &found, arena, err);
out:
    return rc;
}
