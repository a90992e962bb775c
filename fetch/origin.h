/* How a host wants to be treated: what its robots.txt lets us fetch, how long it wants to
 * rest between two requests, until when it wants to be left alone.
 *
 * Ownership  origins are the table's, which gs_origins_free ends; they move never.
 * Errors     as those of transfer.h and spool.h. A robots.txt that cannot be had is no
 *            error: its host is closed to us (RFC 9309, 2.3.1.4).
 * Threads    one at a time.
 */
#ifndef GS_FETCH_ORIGIN_H
#define GS_FETCH_ORIGIN_H

#include "fetch/robots.h"
#include "fetch/spool.h"
#include "fetch/transfer.h"

#define GS_FETCH_AGENT "gainsay" /* its name in a robots.txt */

typedef struct gs_origin {
    struct gs_origin *next;
    gs_text name;       /* as gs_url's origin */
    bool is_known;      /* its robots.txt is */
    bool is_closed;     /* it could not be had */
    bool is_public;     /* it was at a public address: it may not turn local now */
    char why[200];      /* it could not */
    gs_robots robots;
    int64_t ready_ms;   /* of the monotonic clock: not before */
    int64_t until;      /* seconds since 1970: it asked to be left alone; 0: it did not */
} gs_origin;

typedef struct gs_origins {
    gs_arena arena;
    gs_origin *first;
    gs_spool *spool;
    gs_transfer *transfer;
    uint32_t delay_ms; /* the least between two requests */
    const volatile int *interrupt;
} gs_origins;

void gs_origins_free(gs_origins *origins);

GS_CHECKED gs_code gs_origin_find(gs_origin **out, gs_origins *origins, const gs_url *url,
                                  gs_error *err);

/* Fetches its robots.txt where none is at hand that is younger than a day. `named` is the
 * one origin that may be at a local address. */
GS_CHECKED gs_code gs_origin_know(gs_origin *origin, gs_origins *origins,
                                  const gs_url *url, gs_text named, gs_error *err);

/* Waits for its turn, asks, and sets the next one. */
GS_CHECKED gs_code gs_origin_get(gs_reply *reply, gs_buffer *body, gs_origin *origin,
                                 gs_origins *origins, const gs_request *request,
                                 gs_arena *arena, gs_error *err);

/* It answered 429 or 503: nothing more is asked of it until `retry_after` (missing: a
 * quarter of an hour; at most a day), in later runs either. */
GS_CHECKED gs_code gs_origin_leave(gs_origin *origin, gs_origins *origins,
                                   gs_text retry_after, gs_error *err);

int64_t gs_now_ms(void); /* of the monotonic clock */

/* Whether a status is a redirection that names where to. */
bool gs_reply_leads_on(const gs_reply *reply);

#endif
