/* What kind of statement an act is, and whether it is one at all: by cue, construction,
 * negation, tense and what is predicated; then by what its neighbours allege.
 */
#ifndef GS_EXTRACT_KINDS_H
#define GS_EXTRACT_KINDS_H

#include "ingest/extract/reading.h"

/* From the act's own clause. Takes `speech` from what never happened: denied, expected,
 * asked, supposed. */
void gs_kinds_read(gs_reading *r, gs_act *act);

/* From what others in the document allege: a bare "we never" of the accused is a denial;
 * an accusation back is a counterclaim; "I lied" takes back. Parties, accused and dates
 * must be set. */
void gs_kinds_settle(gs_reading *r);

/* Names the rule and the kind for the record. */
void gs_kinds_name(gs_reading *r);

#endif
