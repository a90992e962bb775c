/* Arrays that grow as they are filled.
 *
 * Ownership  the caller's; given back by free().
 * Threads    one at a time.
 */
#ifndef GS_BASE_GROW_H
#define GS_BASE_GROW_H

#include "graph/base/error.h"
#include <stddef.h>
#include <stdint.h>

/* `items`, of `size` bytes each, with room for one more than `count`: as they were, or
 * moved. NULL when memory is short; the old ones stand then, and `room` too. */
GS_CHECKED void *gs_grow(void *items, size_t count, size_t *room, size_t size);

/* Numbers in the order in which they came. Empty when zeroed. */
typedef struct gs_numbers {
    uint64_t *items;
    size_t count, room;
} gs_numbers;

GS_CHECKED gs_code gs_numbers_add(gs_numbers *to, uint64_t number, gs_error *err);

#endif
