/* Blocks of ascending numbers, packed: the lists of the word index. docs/format.md has
 * the bytes.
 *
 * Ownership  a block borrows its bytes.
 * Errors     what is not whole is never read past its end: gs_block_open and
 *            gs_block_group say so.
 * Threads    pure.
 */
#ifndef GS_GRAPH_WORDS_BLOCK_H
#define GS_GRAPH_WORDS_BLOCK_H

#include "graph/base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    GS_BLOCK_GROUP = 32,           /* numbers that are unpacked together */
    GS_BLOCK_NUMBERS = UINT16_MAX, /* of a block at most */
};

typedef struct gs_block {
    const unsigned char *bytes;
    size_t size;
    uint64_t first, last;
    size_t count, groups;
} gs_block;

/* `first` is the first number, which stands in the key. False where it is damaged. */
bool gs_block_open(gs_block *out, uint64_t first, gs_text bytes);
/* The numbers of a group, from 0; gives how many, 0 where it is damaged. */
size_t gs_block_group(uint64_t out[GS_BLOCK_GROUP], const gs_block *block, size_t group);
/* The last group from `from` on that begins with a number <= `number`; `from` itself where
 * none does. Near ones are found fast. */
size_t gs_block_find(const gs_block *block, uint64_t number, size_t from);

/* Writes as many of the numbers, of which there is one, as fit in `room` bytes; gives how
 * many. */
size_t gs_block_write(unsigned char *to, size_t room, size_t *size,
                      const uint64_t *numbers, size_t count);

#endif
