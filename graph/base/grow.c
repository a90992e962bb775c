#include "graph/base/grow.h"
#include <stdlib.h>

enum { ROOM_FIRST = 16 };

void *gs_grow(void *items, size_t count, size_t *room, size_t size)
{
    size_t more = *room == 0 ? ROOM_FIRST : 2 * *room, bytes;
    void *grown;

    if (count < *room)
        return items;
    grown = __builtin_mul_overflow(more, size, &bytes) ? NULL : realloc(items, bytes);
    if (grown != NULL)
        *room = more;
    return grown;
}

gs_code gs_numbers_add(gs_numbers *to, uint64_t number, gs_error *err)
{
    uint64_t *items = gs_grow(to->items, to->count, &to->room, sizeof *items);

    if (items == NULL)
        return gs_fail_memory(err);
    to->items = items;
    to->items[to->count++] = number;
    return GS_OK;
}
