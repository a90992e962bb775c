/* Sorting within a run: by merging, stable, and under the run's limits.
 *
 * Errors     what gs_run_tick gives, and want of memory; the items are then in no order
 *            and some may be lost.
 */
#ifndef GS_QUERY_SORTED_H
#define GS_QUERY_SORTED_H

#include "query/run.h"

typedef int (*gs_comparison)(const void *a, const void *b, void *context);

/* `items` are `count` of `size` bytes; as much again is taken from the arena. */
GS_CHECKED gs_code gs_run_sort(gs_run *run, void *items, size_t count, size_t size,
                               gs_comparison compare, void *context, gs_arena *arena,
                               gs_error *err);

#endif
