#include "graph/base/large.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { HUGE_PAGE = 2 << 20 };

void *gs_large_array(size_t count, size_t size)
{
    char *items = calloc(count, size);
    uintptr_t start, end;

    if (items == NULL)
        return NULL;
    start = ((uintptr_t)items + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    end = ((uintptr_t)items + count * size) / HUGE_PAGE * HUGE_PAGE;
    if (end > start) /* a wish: where the system does not grant it, it is as it was */
        (void)madvise((void *)start, end - start, MADV_HUGEPAGE);
    return items;
}

void *gs_large_grow(void *items, size_t count, size_t *room, size_t first, size_t size)
{
    size_t more = *room == 0 ? first : 4 * *room;
    void *grown;

    if (count < *room)
        return items;
    grown = gs_large_array(more, size);
    if (grown == NULL)
        return NULL;
    if (count > 0)
        memcpy(grown, items, count * size);
    free(items);
    *room = more;
    return grown;
}
