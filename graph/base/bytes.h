/* Numbers as bytes whose order, byte by byte, is the numbers' order (big-endian; signed
 * ones with the sign bit turned), so that LMDB's own comparison sorts them. */
#ifndef GS_BASE_BYTES_H
#define GS_BASE_BYTES_H

#include <stdint.h>

static inline void gs_store_u16(unsigned char *to, uint16_t n)
{
    to[0] = (unsigned char)(n >> 8);
    to[1] = (unsigned char)n;
}

static inline uint16_t gs_load_u16(const unsigned char *from)
{
    return (uint16_t)(from[0] << 8 | from[1]);
}

static inline void gs_store_u32(unsigned char *to, uint32_t n)
{
    gs_store_u16(to, (uint16_t)(n >> 16));
    gs_store_u16(to + 2, (uint16_t)n);
}

static inline uint32_t gs_load_u32(const unsigned char *from)
{
    return (uint32_t)gs_load_u16(from) << 16 | gs_load_u16(from + 2);
}

static inline void gs_store_u64(unsigned char *to, uint64_t n)
{
    gs_store_u32(to, (uint32_t)(n >> 32));
    gs_store_u32(to + 4, (uint32_t)n);
}

static inline uint64_t gs_load_u64(const unsigned char *from)
{
    return (uint64_t)gs_load_u32(from) << 32 | gs_load_u32(from + 4);
}

static inline void gs_store_i64(unsigned char *to, int64_t n)
{
    gs_store_u64(to, (uint64_t)n ^ UINT64_C(1) << 63);
}

static inline int64_t gs_load_i64(const unsigned char *from)
{
    return (int64_t)(gs_load_u64(from) ^ UINT64_C(1) << 63);
}

#endif
