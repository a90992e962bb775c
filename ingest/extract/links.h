/* What a statement answers within its document, where the text's construction does not
 * name it: by who accuses whom, shared words, and nearness.
 */
#ifndef GS_EXTRACT_LINKS_H
#define GS_EXTRACT_LINKS_H

#include "ingest/extract/likeness.h"

/* Sets `answers` and its confidence for answers that have none yet; compares each with a
 * bounded number of statements around it. */
void gs_links_find(gs_reading *r, const gs_stems *stems);

#endif
