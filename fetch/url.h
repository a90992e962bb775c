/* Addresses of the web (RFC 3986), as libcurl reads them.
 *
 * Ownership  all texts are the arena's.
 * Errors     GS_INPUT for what is no address of http or https, or carries a password.
 */
#ifndef GS_FETCH_URL_H
#define GS_FETCH_URL_H

#include "graph/base/error.h"
#include "graph/base/text.h"

typedef struct gs_url {
    gs_text text;   /* whole, without a fragment; ends in NUL */
    gs_text origin; /* scheme, host and port: https://example.org:443 */
    gs_text host;   /* in small letters */
    gs_text path;   /* with the query */
    bool secure;    /* https */
} gs_url;

/* `base` (may be NULL) is what a relative one counts from. */
GS_CHECKED gs_code gs_url_read(gs_url *out, gs_text text, const gs_url *base,
                               gs_arena *arena, gs_error *err);

/* That a way from https leads to http. */
gs_code gs_url_refuse_downgrade(const gs_url *to, gs_error *err);

/* What can be shown of an address that was refused: without a user and a password. */
gs_text gs_url_without_secrets(gs_text text, gs_arena *arena);

#endif
