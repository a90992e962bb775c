/* How much two contents say the same: shared stems, names of states as the states they
 * mean.
 *
 * Ownership  the arena's.
 * Errors     GS_MEMORY alone.
 */
#ifndef GS_EXTRACT_LIKENESS_H
#define GS_EXTRACT_LIKENESS_H

#include "ingest/extract/reading.h"

typedef struct gs_stems {
    uint32_t *items; /* sorted, each once */
    uint32_t count;
} gs_stems;

/* The words of each act's content; as many as there are acts. */
GS_CHECKED gs_code gs_likeness_read(gs_stems **out, gs_reading *r, gs_error *err);

/* The words of any range. */
GS_CHECKED gs_code gs_likeness_range(gs_stems *out, gs_reading *r, const gs_range *pieces,
                                     uint32_t count, gs_error *err);

uint32_t gs_likeness_shared(const gs_stems *a, const gs_stems *b);

/* Shared words as a part of the shorter one's; 0 when either has none. */
double gs_likeness(const gs_stems *a, const gs_stems *b);

#endif
