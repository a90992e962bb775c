/* A set of numbers as ranges: few of them where the numbers lie close.
 *
 * Ownership  `{0}` is the empty set; gs_ranges_free ends one.
 * Units      both ends of a range belong to it. Ranges ascend, and a number that is in
 *            none lies between two.
 * Errors     GS_MEMORY alone.
 * Threads    plain values.
 */
#ifndef GS_GRAPH_RANGES_H
#define GS_GRAPH_RANGES_H

#include "graph/base/error.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct gs_stretch {
    uint64_t first, last;
} gs_stretch;

typedef struct gs_ranges {
    gs_stretch *items;
    size_t count, room;
} gs_ranges;

bool gs_ranges_has(const gs_ranges *set, uint64_t number);
/* Numbers that are not below any of the set. */
GS_CHECKED gs_code gs_ranges_append(gs_ranges *set, uint64_t first, uint64_t last,
                                    gs_error *err);
GS_CHECKED gs_code gs_ranges_remove(gs_ranges *set, uint64_t number, gs_error *err);
/* Into empty sets: what is in either, what is in the first alone, a copy. */
GS_CHECKED gs_code gs_ranges_join(gs_ranges *out, const gs_ranges *a, const gs_ranges *b,
                                  gs_error *err);
GS_CHECKED gs_code gs_ranges_minus(gs_ranges *out, const gs_ranges *a, const gs_ranges *b,
                                   gs_error *err);
GS_CHECKED gs_code gs_ranges_copy(gs_ranges *out, const gs_ranges *from, gs_error *err);
void gs_ranges_free(gs_ranges *set);

#endif
