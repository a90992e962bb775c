/* Nodes as the records that jobs exchange: what `export` prints and ingest reads again.
 *
 * Ownership  records lie in the arena handed in; texts may point into the snapshot.
 */
#ifndef GS_QUERY_RECORD_H
#define GS_QUERY_RECORD_H

#include "graph/snapshot.h"

GS_CHECKED gs_code gs_statement_record(gs_value *out, const gs_snapshot *snapshot,
                                       uint64_t number, gs_arena *arena, gs_error *err);
GS_CHECKED gs_code gs_document_record(gs_value *out, const gs_snapshot *snapshot,
                                      uint64_t number, gs_arena *arena, gs_error *err);
GS_CHECKED gs_code gs_actor_record(gs_value *out, const gs_snapshot *snapshot,
                                   uint64_t number, gs_arena *arena, gs_error *err);

/* The document whose record a statement's record names: of several the first that
 * reported it; 0 where there is none. */
GS_CHECKED gs_code gs_statement_document(uint64_t *out, const gs_snapshot *snapshot,
                                         uint64_t number, gs_error *err);

#endif
