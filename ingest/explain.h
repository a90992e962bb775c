/* A statement with how it was read from its text, for people. */
#ifndef GS_INGEST_EXPLAIN_H
#define GS_INGEST_EXPLAIN_H

#include "graph/base/buffer.h"
#include "ingest/record/record.h"

/* Appends a few lines, safe for a terminal: what it is, its paragraph with »content«,
 * [cue] and {source}, the steps of its rule, its date and what that was read from, whom it
 * accuses, what it answers. GS_MEMORY alone. */
GS_CHECKED gs_code gs_explain(gs_buffer *out, const gs_statement *statement,
                              gs_arena *arena, gs_error *err);

#endif
