/* One act told twice in a document: quoted, then reported; by the spokesman, then by the
 * ministry.
 */
#ifndef GS_EXTRACT_REPEATS_H
#define GS_EXTRACT_REPEATS_H

#include "ingest/extract/likeness.h"

/* Sets `same` to the first telling, and lends a telling without a date the date of one
 * that has it. Compares each act with a bounded number before it. */
void gs_repeats_fold(gs_reading *r, const gs_stems *stems);

#endif
