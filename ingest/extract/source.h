/* Who speaks, by the structure of the clause: the subject before a cue, with what hangs
 * on it; the noun after an inverted cue; the agent of a passive; the subject of an
 * earlier verb for the second of two.
 *
 * Threads  pure functions but for the act handed in.
 */
#ifndef GS_EXTRACT_SOURCE_H
#define GS_EXTRACT_SOURCE_H

#include "ingest/extract/reading.h"

/* Sets the source, the time beside it and `before` of a verb's act. Acts of the same
 * sentence that stand before it must have theirs. */
void gs_source_find(gs_reading *r, gs_act *act);

/* The subject that ends before token `end`, back to `start` at most; empty when there is
 * none. *time (1 + its number) is a time passed on the way. */
gs_range gs_source_subject(const gs_reading *r, uint32_t end, uint32_t start,
                           uint32_t *time);

/* Whether a noun phrase can end with a token. */
bool gs_source_ends_noun(const gs_reading *r, uint32_t i);

/* The first token of the noun phrase that ends before `end`, what it hangs on included.
 */
uint32_t gs_source_phrase_start(const gs_reading *r, uint32_t end, uint32_t start);

/* The end of a source that begins at a token, its apposition included: "said Ann Lee, a
 * lawyer for the farmers". */
uint32_t gs_source_after(const gs_reading *r, uint32_t first, uint32_t end);

#endif
