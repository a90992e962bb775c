/* The dates that publishers write, in whatever shape: ISO 8601 with and without its marks,
 * RFC 822, seconds since 1970, "20 November 2019 8:02 PM EST", "20.11.2019", ...
 *
 * A time of day counts only with a zone; without one the day stands alone, and so it does
 * at midnight UTC sharp, which is how programs write a day. Where day and month cannot be
 * told apart, the year stands alone. Years before 1900 are nobody's.
 */
#ifndef GS_INGEST_STAMP_H
#define GS_INGEST_STAMP_H

#include "graph/base/error.h"
#include "graph/base/text.h"

/* As EDTF, in the arena; missing where it is no date. GS_MEMORY alone. */
GS_CHECKED gs_code gs_stamp_read(gs_text *out, gs_text text, gs_arena *arena,
                                 gs_error *err);

#endif
