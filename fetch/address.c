#include "fetch/address.h"
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct block4 {
    uint32_t first;
    int bits;
} block4;

typedef struct block6 {
    unsigned char first[16];
    int bits;
    int inner; /* where an IPv4 address stands in it; 0: nowhere, all of it is local */
} block6;

static const block4 local4[] = {
    {0x00000000, 8},  /* this network */
    {0x0a000000, 8},  /* private */
    {0x64400000, 10}, /* shared by carriers */
    {0x7f000000, 8},  /* loopback */
    {0xa9fe0000, 16}, /* link-local */
    {0xac100000, 12}, /* private */
    {0xc0000000, 24}, /* protocol assignments */
    {0xc0000200, 24}, /* documentation */
    {0xc0a80000, 16}, /* private */
    {0xc6120000, 15}, /* benchmarking */
    {0xc6336400, 24}, /* documentation */
    {0xcb007100, 24}, /* documentation */
    {0xe0000000, 3},  /* multicast, reserved, broadcast */
};

static const block6 inner6[] = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, 12}, /* mapped */
    {{0}, 96, 12},                                        /* compatible, ::, ::1 */
    {{0x00, 0x64, 0xff, 0x9b}, 96, 12},                   /* NAT64 */
    {{0x20, 0x02}, 16, 2},                                /* 6to4 */
};

/* Inside of what is given out for unicast. */
static const block6 local6[] = {
    {{0x20, 0x01, 0x0d, 0xb8}, 32, 0}, /* documentation */
    {{0x20, 0x01, 0x00}, 23, 0},       /* protocol assignments, Teredo */
};

static bool is_local4(uint32_t address)
{
    for (size_t i = 0; i < sizeof local4 / sizeof *local4; i++)
        if ((address ^ local4[i].first) >> (32 - local4[i].bits) == 0)
            return true;
    return false;
}

static bool starts(const unsigned char *address, const block6 *block)
{
    int whole = block->bits / 8, rest = block->bits % 8;

    return memcmp(address, block->first, (size_t)whole) == 0 &&
           (rest == 0 || (address[whole] ^ block->first[whole]) >> (8 - rest) == 0);
}

static uint32_t load(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
           bytes[3];
}

static bool is_local6(const unsigned char *address)
{
    for (size_t i = 0; i < sizeof inner6 / sizeof *inner6; i++)
        if (starts(address, &inner6[i]))
            return is_local4(load(address + inner6[i].inner));
    for (size_t i = 0; i < sizeof local6 / sizeof *local6; i++)
        if (starts(address, &local6[i]))
            return true;
    return address[0] >> 5 != 1; /* 2000::/3 alone is given out for unicast */
}

bool gs_address_is_local(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return is_local4(ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr));
    if (address->sa_family == AF_INET6)
        return is_local6(((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr);
    return true;
}
