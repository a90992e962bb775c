/* Finds the cues of a page: one act each, with its verb group, not yet its source and
 * content.
 *
 * Errors  GS_MEMORY alone.
 */
#ifndef GS_EXTRACT_CUES_H
#define GS_EXTRACT_CUES_H

#include "ingest/extract/reading.h"

/* Fills r->acts, in the order of the text; sentences that are no body have none, and what
 * stands in quotation marks is not looked at. Marks the cues' tokens. */
GS_CHECKED gs_code gs_cues_find(gs_reading *r, gs_error *err);

/* Where the text of a sentence begins: behind its dateline. */
uint32_t gs_sentence_start(const gs_reading *r, uint32_t sentence);

#endif
