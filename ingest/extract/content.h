/* What somebody says, by the frame of its cue: the clause, quotation or noun after it,
 * the content before it, the quotation that runs on.
 *
 * Errors  GS_MEMORY alone.
 */
#ifndef GS_EXTRACT_CONTENT_H
#define GS_EXTRACT_CONTENT_H

#include "ingest/extract/reading.h"

/* Marks the commas before sources that stand behind their content ("X, Manila said"), so
 * that what comes before ends there; sets `trailing`. Sources must have been found. */
void gs_content_mark_trailing(gs_reading *r, gs_act *act);

/* Sets pieces, object, target, predicate and the times passed; an act without anything
 * said is no speech. All acts of the sentence must have been marked. */
void gs_content_find(gs_reading *r, gs_act *act);

/* Adds a piece, trimmed, unless it is empty or there is no room. */
void gs_act_add_piece(const gs_reading *r, gs_act *act, gs_range piece);

/* Sentences that are nothing but a quotation go to the act before them. */
void gs_content_run_on(gs_reading *r);

#endif
