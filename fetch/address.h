/* Which addresses are a private matter of this machine and its network.
 *
 * Threads  a pure function.
 */
#ifndef GS_FETCH_ADDRESS_H
#define GS_FETCH_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* Anything but a public unicast address of IPv4 or IPv6: loopback, private, link-local,
 * shared, documentation, benchmarking, multicast, reserved and unspecified ones (RFC 6890,
 * 6598, 4193, 4291), and IPv6 addresses that carry such an IPv4 address in them (mapped,
 * compatible, 6to4, NAT64: RFC 4291, 3056, 6052). */
bool gs_address_is_local(const struct sockaddr *address);

#endif
