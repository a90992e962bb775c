/* The acts of a text as attributions: spans of cue, source and content.
 *
 * Ownership  the arena's.
 * Errors     GS_MEMORY alone.
 */
#ifndef GS_EXTRACT_ATTRIBUTIONS_H
#define GS_EXTRACT_ATTRIBUTIONS_H

#include "ingest/extract/reading.h"
#include "ingest/stage.h"

/* In the order of their cues. Cues, sources and pieces must have been found; needs no
 * cast. */
GS_CHECKED gs_code gs_attributions_write(gs_attributions *out, const gs_reading *r,
                                         gs_error *err);

#endif
