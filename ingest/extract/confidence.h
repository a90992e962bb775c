/* How sure the stages are of an act: each uncertain step lowers it. */
#ifndef GS_EXTRACT_CONFIDENCE_H
#define GS_EXTRACT_CONFIDENCE_H

#include "ingest/extract/attribution_parts.h"

/* Hedges and quotation of what is said; confidence and rule of the act. */
void gs_confidence_read(gs_reading *r, gs_act *act);
bool gs_confidence_hedged(const gs_reading *r, const gs_act *act);
bool gs_confidence_quoted(const gs_reading *r, const gs_act *act);

/* How likely an attribution is right, 0 to 1: by its manner, the shape of what is said and
 * who says it, as counted on the training part of a corpus (docs/extraction.md). */
double gs_confidence_attribution(const gs_reading *r, const gs_act *act,
                                 const gs_attribution_parts *parts);

#endif
