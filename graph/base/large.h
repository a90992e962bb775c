/* Arrays of megabytes, which are filled from one end to the other.
 *
 * Linux gives memory page by page when it is first touched, and on a virtual machine that
 * costs a microsecond and more for 4 KiB: of a load it was a quarter of the time. Such an
 * array asks for pages of 2 MiB (MADV_HUGEPAGE), which cost little more each.
 *
 * Ownership  the caller's, who frees it with free().
 * Errors     NULL is want of memory, also when the product overflows.
 */
#ifndef GS_BASE_LARGE_H
#define GS_BASE_LARGE_H

#include <stddef.h>

/* `count` zeroed items of `size` bytes. */
void *gs_large_array(size_t count, size_t size);

/* Room for one more item behind `count`: `items` itself while there is, else four times
 * as many, `first` to begin with, and what was there is copied and freed. So who writes
 * little takes little. On NULL the array is as it was. */
void *gs_large_grow(void *items, size_t count, size_t *room, size_t first, size_t size);

#endif
