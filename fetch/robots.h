/* What a host lets programs fetch: robots.txt (RFC 9309).
 *
 * Ownership  rules borrow from the text that they were read from; the array is the
 *            arena's.
 * Threads    pure functions.
 */
#ifndef GS_FETCH_ROBOTS_H
#define GS_FETCH_ROBOTS_H

#include "graph/base/error.h"
#include "graph/base/text.h"

typedef struct gs_robots_rule {
    gs_text pattern; /* of a path; `*` is any bytes, a `$` at its end is the end */
    bool allow;
} gs_robots_rule;

typedef struct gs_robots {
    gs_robots_rule *rules;
    size_t count;
    uint32_t delay_ms; /* Crawl-delay, which is no standard but kept: 0 where there is none */
} gs_robots;

enum { GS_ROBOTS_MAX = 500 << 10 }; /* bytes that are read: RFC 9309, 2.5 */

/* The rules of all groups for `agent`, else of those for `*`. */
GS_CHECKED gs_code gs_robots_read(gs_robots *out, gs_text text, gs_text agent,
                                  gs_arena *arena, gs_error *err);

/* Whether a path (with its query) may be fetched: the longest pattern that fits decides,
 * of two as long the one that allows. */
bool gs_robots_allow(const gs_robots *robots, gs_text path);

#endif
