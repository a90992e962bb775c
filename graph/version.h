/* Later versions of a node: rows (node, number) -> what changed, and the ends of records.
 *
 * Errors     GS_END where there is none.
 */
#ifndef GS_GRAPH_VERSION_H
#define GS_GRAPH_VERSION_H

#include "graph/base/buffer.h"
#include "graph/snapshot.h"

/* The map of a record's or a version's packed properties. */
gs_text gs_version_map(gs_text packed);

/* The last version of a node with a number <= `last`. */
GS_CHECKED gs_code gs_version_find(gs_text *out, const gs_snapshot *snapshot,
                                   uint64_t node, uint64_t last, gs_error *err);
/* What was there before a version: an earlier one or the record's own properties. GS_END
 * for what is no version. */
GS_CHECKED gs_code gs_version_previous(gs_text *out, const gs_snapshot *snapshot,
                                       gs_text packed, gs_error *err);
/* The number of the version that has this property of a node's packed ones; 0 where it is
 * the record's own, or there is none. */
GS_CHECKED gs_code gs_version_of(uint64_t *out, const gs_snapshot *snapshot,
                                 gs_text packed, uint32_t key, gs_error *err);
/* Writes a version's bytes into an empty buffer, and them into the store. */
GS_CHECKED gs_code gs_version_write(gs_buffer *out, const gs_snapshot *snapshot,
                                    uint64_t node, uint64_t number, gs_text map,
                                    gs_error *err);

/* The first node with a number >= *node that has a version. */
GS_CHECKED gs_code gs_version_next(uint64_t *node, const gs_snapshot *snapshot,
                                   gs_error *err);

/* Whether an end of this record covers the snapshot. */
GS_CHECKED gs_code gs_end_covers(bool *out, const gs_snapshot *snapshot, uint64_t number,
                                 gs_error *err);
/* What happened to a record with a number of its own: it ended, or it is there again. */
#define GS_ENDED UINT64_MAX
#define GS_REVIVED ((uint64_t)0)
GS_CHECKED gs_code gs_end_write(const gs_snapshot *snapshot, uint64_t number, uint64_t at,
                                uint64_t what, gs_error *err);
/* The first record with a number >= *number that has ever ended. */
GS_CHECKED gs_code gs_end_next(uint64_t *number, const gs_snapshot *snapshot,
                               gs_error *err);

#endif
