/* Acts within acts: who only carries what another said, who is cited, whose content an
 * answer shares with what it answers.
 */
#ifndef GS_EXTRACT_NESTING_H
#define GS_EXTRACT_NESTING_H

#include "ingest/extract/reading.h"

/* "A said that B denied": B's act, via A. "according to A" beside a cue: via A. "the
 * paper, citing sources": the sources' act, via the paper. Sources and pieces must be
 * set; linear in the number of acts. */
void gs_nesting_read(gs_reading *r);

/* Links an answer to the claim within its object ("dismissed a claim by X that Y"), which
 * gets the answer's words where it has none. */
void gs_nesting_objects(gs_reading *r);

#endif
