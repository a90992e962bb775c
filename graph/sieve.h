/* A set of numbers that may say yes too often, never no: one bit for all numbers with the
 * same low bits. Numbers of records are dense, so that they hash themselves.
 *
 * Ownership  the bits are the caller's.
 * Threads    pure.
 */
#ifndef GS_GRAPH_SIEVE_H
#define GS_GRAPH_SIEVE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct gs_sieve {
    uint64_t *bits;
    uint64_t mask; /* as many bits less one: a power of two, of 64 at least */
} gs_sieve;

static inline void gs_sieve_put(const gs_sieve *sieve, uint64_t number)
{
    number &= sieve->mask;
    sieve->bits[number / 64] |= UINT64_C(1) << number % 64;
}

static inline bool gs_sieve_may_have(const gs_sieve *sieve, uint64_t number)
{
    number &= sieve->mask;
    return (sieve->bits[number / 64] >> number % 64 & 1) != 0;
}

#endif
