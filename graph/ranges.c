#include "graph/ranges.h"

#include "graph/base/grow.h"

#include <stdlib.h>
#include <string.h>

/* The first range that ends at or behind the number; `count` when there is none. */
static size_t find(const gs_ranges *set, uint64_t number)
{
    size_t low = 0, high = set->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (set->items[middle].last < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool gs_ranges_has(const gs_ranges *set, uint64_t number)
{
    size_t at = find(set, number);

    return at < set->count && set->items[at].first <= number;
}

static gs_code insert(gs_ranges *set, size_t at, gs_stretch range, gs_error *err)
{
    gs_stretch *items = gs_grow(set->items, set->count, &set->room, sizeof *items);

    if (items == NULL)
        return gs_fail_memory(err);
    set->items = items;
    memmove(set->items + at + 1, set->items + at, (set->count - at) * sizeof range);
    set->items[at] = range;
    set->count++;
    return GS_OK;
}

gs_code gs_ranges_append(gs_ranges *set, uint64_t first, uint64_t last, gs_error *err)
{
    gs_stretch *before = set->count == 0 ? NULL : &set->items[set->count - 1];

    if (before == NULL || first > before->last + 1)
        return insert(set, set->count, (gs_stretch){first, last}, err);
    if (last > before->last)
        before->last = last;
    return GS_OK;
}

gs_code gs_ranges_remove(gs_ranges *set, uint64_t number, gs_error *err)
{
    size_t at = find(set, number);
    gs_stretch *range = &set->items[at], behind;

    if (at == set->count || range->first > number)
        return GS_OK;
    behind = (gs_stretch){number + 1, range->last};
    if (range->first == number && range->last == number) {
        set->count--;
        memmove(range, range + 1, (set->count - at) * sizeof *range);
    } else if (range->first == number) {
        range->first++;
    } else if (range->last == number) {
        range->last--;
    } else {
        range->last = number - 1;
        return insert(set, at + 1, behind, err);
    }
    return GS_OK;
}

gs_code gs_ranges_join(gs_ranges *out, const gs_ranges *a, const gs_ranges *b,
                       gs_error *err)
{
    gs_code rc = GS_OK;
    size_t i = 0, j = 0;

    while (rc == GS_OK && (i < a->count || j < b->count)) {
        bool from_a =
            j == b->count || (i < a->count && a->items[i].first <= b->items[j].first);
        gs_stretch next = from_a ? a->items[i++] : b->items[j++];

        rc = gs_ranges_append(out, next.first, next.last, err);
    }
    return rc;
}

gs_code gs_ranges_minus(gs_ranges *out, const gs_ranges *a, const gs_ranges *b,
                        gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < a->count; i++) {
        uint64_t first = a->items[i].first, last = a->items[i].last;
        size_t j = find(b, first);

        for (; rc == GS_OK && j < b->count && b->items[j].first <= last; j++) {
            if (b->items[j].first > first)
                rc = gs_ranges_append(out, first, b->items[j].first - 1, err);
            first = b->items[j].last + 1;
        }
        if (rc == GS_OK && first <= last)
            rc = gs_ranges_append(out, first, last, err);
    }
    return rc;
}

gs_code gs_ranges_copy(gs_ranges *out, const gs_ranges *from, gs_error *err)
{
    return gs_ranges_join(out, from, &(gs_ranges){0}, err);
}

void gs_ranges_free(gs_ranges *set)
{
    free(set->items);
    *set = (gs_ranges){0};
}
