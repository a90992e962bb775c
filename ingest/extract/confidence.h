/* How sure the stages are of an act: each uncertain step lowers it. */
#ifndef GS_EXTRACT_CONFIDENCE_H
#define GS_EXTRACT_CONFIDENCE_H

#include "ingest/extract/reading.h"

/* Hedges and quotation of what is said; confidence and rule of the act. */
void gs_confidence_read(gs_reading *r, gs_act *act);
bool gs_confidence_hedged(const gs_reading *r, const gs_act *act);
bool gs_confidence_quoted(const gs_reading *r, const gs_act *act);

#endif
