/* UTF-16 and UTF-32, in either byte order, to UTF-8: told by the byte order mark, or by
 * the zero bytes about the first characters of markup and JSON.
 *
 * Errors     none: what is no character becomes U+FFFD.
 * Threads    plain values.
 */
#ifndef GS_INGEST_WIDE_H
#define GS_INGEST_WIDE_H

#include "graph/base/text.h"
#include <stdbool.h>

enum { GS_WIDE_HEAD = 4 }; /* bytes that tell */

typedef struct gs_wide {
    unsigned unit; /* bytes of a unit: 2 or 4; 0: it is none of these */
    bool big;      /* the high byte comes first */
    bool started;
    uint32_t high; /* a surrogate that waits for its other half */
} gs_wide;

gs_wide gs_wide_find(gs_text head);
/* Writes UTF-8, at most two bytes for each one taken and four more, and gives the number
 * of bytes written; *taken are whole units, unless it is the last piece. */
size_t gs_wide_run(gs_wide *wide, char *to, gs_text from, size_t *taken, bool last);

#endif
