/* What a store takes on disk, by table, and who reads it.
 *
 * Ownership  what is given is the arena's.
 * Errors, threads  as in snapshot.h.
 */
#ifndef GS_GRAPH_SURVEY_H
#define GS_GRAPH_SURVEY_H

#include "graph/snapshot.h"

typedef struct gs_survey {
    uint64_t bytes, free; /* of the file; of it pages that hold nothing */
    gs_value tables;      /* a map, name to bytes, the largest first */
    gs_value readers;     /* a list of maps: process, program, behind (transactions that
                           * have been committed since its snapshot) */
} gs_survey;

GS_CHECKED gs_code gs_survey_make(gs_survey *out, const gs_snapshot *snapshot,
                                  gs_arena *arena, gs_error *err);

#endif
