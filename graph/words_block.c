#include "graph/words_block.h"

#include "graph/base/bytes.h"

#include <string.h>

enum {
    AT_SPAN = 2,
    HEAD = 6,
    SKIP =
        6, /* for each group but the first: offset of its first number 4, its place 2 */
    SKIP_PLACE = 4,
    WIDTH_MAX = 32,
};

bool gs_block_open(gs_block *out, uint64_t first, gs_text bytes)
{
    gs_block block = {.bytes = (const unsigned char *)bytes.bytes,
                      .size = bytes.size,
                      .first = first,
                      .last = first,
                      .count = 1,
                      .groups = 1};

    if (bytes.size > 0) {
        if (bytes.size < HEAD)
            return false;
        block.count = gs_load_u16(block.bytes);
        block.last = first + gs_load_u32(block.bytes + AT_SPAN);
        block.groups = (block.count + GS_BLOCK_GROUP - 1) / GS_BLOCK_GROUP;
        if (block.count < 2 || bytes.size < HEAD + (block.groups - 1) * SKIP)
            return false;
    }
    *out = block;
    return true;
}

static const unsigned char *skip_of(const gs_block *block, size_t group)
{
    return block->bytes + HEAD + (group - 1) * SKIP;
}

static uint64_t first_of(const gs_block *block, size_t group)
{
    return group == 0 ? block->first : block->first + gs_load_u32(skip_of(block, group));
}

static size_t place_of(const gs_block *block, size_t group)
{
    return group == 0 ? HEAD + (block->groups - 1) * SKIP
                      : gs_load_u16(skip_of(block, group) + SKIP_PLACE);
}

static size_t bytes_of(size_t numbers, unsigned width)
{
    return ((numbers - 1) * width + 7) / 8;
}

/* `width` bits from a place on; none stands behind `end`. */
static uint64_t bits_at(const unsigned char *bytes, const unsigned char *end, size_t bit,
                        unsigned width)
{
    unsigned char rest[8] = {0};

    bytes += bit / 8;
    if (end - bytes < 8) {
        memcpy(rest, bytes, (size_t)(end - bytes));
        bytes = rest;
    }
    return gs_load_u64(bytes) << bit % 8 >> (64 - width);
}

/* The numbers behind the first of a group, whose gaps begin at `from`. Most loads may
 * reach past the group, as long as they stay within the block. */
static void unpack_gaps(uint64_t *out, size_t count, const unsigned char *from,
                        const unsigned char *end, unsigned width)
{
    uint64_t number = out[0];
    size_t bit = 0, i = 1, last = (count - 1) * width / 8;

    if ((size_t)(end - from) >= last + 8)
        for (; i < count; i++, bit += width) {
            number += 1 + (gs_load_u64(from + bit / 8) << bit % 8 >> (64 - width));
            out[i] = number;
        }
    for (; i < count; i++, bit += width) {
        number += 1 + bits_at(from, end, bit, width);
        out[i] = number;
    }
}

size_t gs_block_group(uint64_t out[GS_BLOCK_GROUP], const gs_block *block, size_t group)
{
    size_t count = block->count - group * GS_BLOCK_GROUP, place;
    const unsigned char *from;
    unsigned width;

    out[0] = first_of(block, group);
    if (block->count == 1)
        return 1;
    if (count > GS_BLOCK_GROUP)
        count = GS_BLOCK_GROUP;
    place = place_of(block, group);
    if (place >= block->size)
        return 0;
    width = block->bytes[place];
    from = block->bytes + place + 1;
    if (width > WIDTH_MAX || place + 1 + bytes_of(count, width) > block->size)
        return 0;
    if (width > 0)
        unpack_gaps(out, count, from, block->bytes + block->size, width);
    else
        for (size_t i = 1; i < count; i++)
            out[i] = out[0] + i;
    return out[count - 1] <= block->last ? count : 0;
}

size_t gs_block_find(const gs_block *block, uint64_t number, size_t from)
{
    size_t low = from, high = block->groups, step = 1;

    while (low + step < high && first_of(block, low + step) <= number) {
        low += step;
        step *= 2;
    }
    high = low + step < high ? low + step : high;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (first_of(block, middle) <= number)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Bits that the largest gap of a group needs, less one. */
static unsigned width_of(const uint64_t *numbers, size_t count)
{
    uint64_t all = 0;
    unsigned width = 0;

    for (size_t i = 1; i < count; i++)
        all |= numbers[i] - numbers[i - 1] - 1;
    while (all >> width != 0)
        width++;
    return width;
}

static size_t group_size(size_t at, size_t count)
{
    return count - at < GS_BLOCK_GROUP ? count - at : GS_BLOCK_GROUP;
}

/* How many numbers fit; *size is what they take. */
static size_t fitting(const uint64_t *numbers, size_t count, size_t room, size_t *size)
{
    size_t used = HEAD, at = 0, many;

    if (count > GS_BLOCK_NUMBERS)
        count = GS_BLOCK_NUMBERS / GS_BLOCK_GROUP * GS_BLOCK_GROUP;
    while (at < count && numbers[count - 1] - numbers[0] > UINT32_MAX)
        count--;
    for (; at < count; at += many) {
        size_t more;

        many = group_size(at, count);
        more = 1 + bytes_of(many, width_of(numbers + at, many)) + (at > 0 ? SKIP : 0);
        if (used + more > room)
            break;
        used += more;
    }
    *size = used;
    return at;
}

static void write_group(unsigned char *to, const uint64_t *numbers, size_t count,
                        unsigned width)
{
    size_t bit = 0;

    *to++ = (unsigned char)width;
    memset(to, 0, bytes_of(count, width));
    for (size_t i = 1; i < count; i++) {
        uint64_t gap = numbers[i] - numbers[i - 1] - 1;

        for (unsigned left = width; left > 0;) { /* from the highest bit on */
            unsigned room = 8 - bit % 8, taken = left < room ? left : room;

            to[bit / 8] |= (unsigned char)((gap >> (left - taken) & ((1U << taken) - 1))
                                           << (room - taken));
            left -= taken;
            bit += taken;
        }
    }
}

size_t gs_block_write(unsigned char *to, size_t room, size_t *size,
                      const uint64_t *numbers, size_t count)
{
    size_t groups, place, written = fitting(numbers, count, room, size);

    if (written <= 1) {
        *size = 0;
        return 1;
    }
    groups = (written + GS_BLOCK_GROUP - 1) / GS_BLOCK_GROUP;
    place = HEAD + (groups - 1) * SKIP;
    gs_store_u16(to, (uint16_t)written);
    gs_store_u32(to + AT_SPAN, (uint32_t)(numbers[written - 1] - numbers[0]));
    for (size_t group = 0; group < groups; group++) {
        const uint64_t *from = numbers + group * GS_BLOCK_GROUP;
        size_t many = group_size(group * GS_BLOCK_GROUP, written);
        unsigned width = width_of(from, many);

        if (group > 0) {
            unsigned char *skip = to + HEAD + (group - 1) * SKIP;

            gs_store_u32(skip, (uint32_t)(*from - numbers[0]));
            gs_store_u16(skip + SKIP_PLACE, (uint16_t)place);
        }
        write_group(to + place, from, many, width);
        place += 1 + bytes_of(many, width);
    }
    return written;
}
