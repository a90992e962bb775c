/* Numbers and times in as few bytes as they need, in the order of bytes.h: 48 bits number
 * any record, 40 bits hold every second of the years 0000 to 9999 and both open ends. */
#ifndef GS_GRAPH_COMPACT_H
#define GS_GRAPH_COMPACT_H

#include "graph/base/bytes.h"
#include "graph/base/text.h"
#include <stdbool.h>
#include <stdint.h>

enum { GS_NUMBER_SIZE = 6, GS_TIME_SIZE = 5, GS_VARINT_MAX = 10 };

#define GS_NUMBER_MAX ((UINT64_C(1) << 48) - 1)

static inline void gs_store_number(unsigned char *to, uint64_t n)
{
    gs_store_u16(to, (uint16_t)(n >> 32));
    gs_store_u32(to + 2, (uint32_t)n);
}

static inline uint64_t gs_load_number(const unsigned char *from)
{
    return (uint64_t)gs_load_u16(from) << 32 | gs_load_u32(from + 2);
}

/* A time as a number of 40 bits, in the same order. What lies beyond those years comes
 * next to the open ends. */
static inline uint64_t gs_time_code(int64_t time)
{
    const int64_t zero = INT64_C(1) << 39;
    uint64_t n;

    if (time == INT64_MIN)
        n = 0;
    else if (time <= -zero)
        n = 1;
    else if (time == INT64_MAX)
        n = (uint64_t)zero * 2 - 1;
    else if (time >= zero - 1)
        n = (uint64_t)zero * 2 - 2;
    else
        n = (uint64_t)(time + zero);
    return n;
}

static inline int64_t gs_time_of(uint64_t code)
{
    const int64_t zero = INT64_C(1) << 39;
    int64_t n = (int64_t)(code & ((UINT64_C(1) << 40) - 1));

    if (n == 0)
        return INT64_MIN;
    if (n == zero * 2 - 1)
        return INT64_MAX;
    return n - zero;
}

static inline void gs_store_time(unsigned char *to, int64_t time)
{
    uint64_t n = gs_time_code(time);

    to[0] = (unsigned char)(n >> 32);
    gs_store_u32(to + 1, (uint32_t)n);
}

static inline int64_t gs_load_time(const unsigned char *from)
{
    return gs_time_of((uint64_t)from[0] << 32 | gs_load_u32(from + 1));
}

/* 7 bits a byte, the lowest first; the eighth says that more follow. Gives the size. */
static inline size_t gs_varint_store(unsigned char to[GS_VARINT_MAX], uint64_t n)
{
    size_t size = 0;

    for (; n >= 0x80; n >>= 7)
        to[size++] = (unsigned char)(n | 0x80);
    to[size++] = (unsigned char)n;
    return size;
}

/* False where it does not end within the bytes, or has more than 64 bits. */
static inline bool gs_varint_load(uint64_t *out, gs_text from, size_t *at)
{
    uint64_t n = 0;

    for (unsigned shift = 0; shift < 64 && *at < from.size; shift += 7) {
        unsigned char byte = (unsigned char)from.bytes[(*at)++];

        n |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *out = n;
            return true;
        }
    }
    return false;
}

/* Small numbers of either sign are small without it. */
static inline uint64_t gs_zigzag(int64_t n)
{
    return (uint64_t)n << 1 ^ (uint64_t)(n >> 63);
}

static inline int64_t gs_unzigzag(uint64_t n)
{
    return (int64_t)(n >> 1 ^ (0 - (n & 1)));
}

#endif
