#include "query/sorted.h"

#include <string.h>

typedef struct sorting {
    gs_run *run;
    size_t size;
    gs_comparison compare;
    void *context;
    gs_error *err;
} sorting;

/* Two neighbouring ordered stretches, [left, middle) and [middle, end), into one. */
static gs_code merge(const sorting *s, char *to, const char *left, const char *middle,
                     const char *end)
{
    const char *right = middle;
    gs_code rc = GS_OK;

    while (left < middle && right < end) {
        const char **less = &left;
        GS_TRY(gs_run_tick(s->run, s->err));
        if (s->compare(left, right, s->context) > 0)
            less = &right;
        memcpy(to, *less, s->size);
        *less += s->size;
        to += s->size;
    }
    memcpy(to, left, (size_t)(middle - left));
    memcpy(to + (middle - left), right, (size_t)(end - right));
out:
    return rc;
}

/* Merges all pairs of stretches of `width` bytes. */
static gs_code pass(const sorting *s, char *to, const char *from, size_t whole,
                    size_t width)
{
    gs_code rc = GS_OK;

    for (size_t at = 0; at < whole; at += 2 * width) {
        size_t middle = whole - at < width ? whole : at + width;
        size_t end = whole - middle < width ? whole : middle + width;
        GS_TRY(merge(s, to + at, from + at, from + middle, from + end));
        if (end == whole)
            break;
    }
out:
    return rc;
}

gs_code gs_run_sort(gs_run *run, void *items, size_t count, size_t size,
                    gs_comparison compare, void *context, gs_arena *arena, gs_error *err)
{
    const sorting s = {run, size, compare, context, err};
    size_t whole = count * size;
    char *from = items, *to;
    gs_code rc = GS_OK;

    if (count < 2)
        return GS_OK;
    to = gs_arena_array(arena, count, size);
    if (to == NULL)
        return gs_fail_memory(err);
    for (size_t width = size; width < whole; width *= 2) {
        char *swap = from;
        GS_TRY(pass(&s, to, from, whole, width));
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, whole);
out:
    return rc;
}
