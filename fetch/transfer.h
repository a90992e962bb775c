/* One request: GET an address, with limits, without following where it leads.
 *
 * Ownership  gs_transfer_close ends a handle (NULL is nothing to close). A reply's body is
 *            the caller's buffer, its fields are the arena's.
 * Errors     GS_INPUT for what this address does wrong (its host does not answer, breaks
 *            off, is too slow or too large); GS_LIMIT where it leads to a local address
 *            and may not; GS_INTERRUPTED; GS_MEMORY.
 * Threads    one at a time.
 */
#ifndef GS_FETCH_TRANSFER_H
#define GS_FETCH_TRANSFER_H

#include "fetch/url.h"
#include "graph/base/buffer.h"

typedef struct gs_transfer gs_transfer;

typedef struct gs_transfer_limits {
    const char *agent;            /* as User-Agent */
    uint32_t time_ms;             /* for a whole request */
    size_t size;                  /* bytes of a body, expanded */
    const volatile int *interrupt; /* ends it when not 0; may be NULL */
} gs_transfer_limits;

typedef struct gs_request {
    const gs_url *url;
    gs_text etag, modified; /* of what we have, for a conditional request; may be missing */
    bool public_only;       /* no local address, whatever the name resolves to */
    size_t enough;          /* what is beyond is left there; 0: the limit is an error */
} gs_request;

typedef struct gs_reply {
    long status;
    gs_text etag, modified, location, type, retry_after; /* missing where it has none */
    bool was_local; /* it came from a local address */
} gs_reply;

/* `limits` is copied; its strings are borrowed. */
GS_CHECKED gs_code gs_transfer_open(gs_transfer **out, const gs_transfer_limits *limits,
                                    gs_error *err);
void gs_transfer_close(gs_transfer *transfer);
/* `body` is cleared first. */
GS_CHECKED gs_code gs_transfer_get(gs_reply *reply, gs_buffer *body,
                                   gs_transfer *transfer, const gs_request *request,
                                   gs_arena *arena, gs_error *err);

#endif
