/* The words of one attribution as corpora of attribution mark them: the cue with its
 * auxiliaries and adverbs, the content with its "that" or "to", what a passive says of
 * its subject, what a noun is about.
 *
 * Threads  pure functions.
 */
#ifndef GS_EXTRACT_ATTRIBUTION_PARTS_H
#define GS_EXTRACT_ATTRIBUTION_PARTS_H

#include "ingest/extract/reading.h"

enum { GS_ATTRIBUTION_PIECES_MAX = GS_PIECES_MAX + 2 };

typedef struct gs_attribution_parts {
    gs_range cue;
    gs_range source; /* empty when nobody is named */
    gs_range pieces[GS_ATTRIBUTION_PIECES_MAX];
    uint32_t count; /* of pieces; 0: nothing is said */
} gs_attribution_parts;

/* Cue, source and pieces of the act must have been found. */
void gs_attribution_read(gs_attribution_parts *out, const gs_reading *r,
                         const gs_act *act);

#endif
