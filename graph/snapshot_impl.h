/* What graph/ reads of a snapshot besides snapshot.h. */
#ifndef GS_GRAPH_SNAPSHOT_IMPL_H
#define GS_GRAPH_SNAPSHOT_IMPL_H

#include "graph/txn_impl.h"

enum { GS_SALT_SIZE = 16 };

/* A commit with what only the store itself needs of it. */
typedef struct gs_commit_row {
    gs_commit commit;
    uint64_t names; /* the last interned name */
    unsigned char salt[GS_SALT_SIZE];
} gs_commit_row;

/* GS_END where there is none of this number. */
GS_CHECKED gs_code gs_commit_row_read(gs_commit_row *out, const gs_snapshot *snapshot,
                                      uint64_t number, gs_error *err);
GS_CHECKED gs_code gs_commit_row_write(const gs_snapshot *snapshot,
                                       const gs_commit_row *row, gs_error *err);
/* Fills in the hash: over the commit before (all 0: none), this one's figures, the names
 * that it knows first, and the digests of its records. */
GS_CHECKED gs_code gs_commit_row_hash(gs_commit_row *row, const gs_snapshot *snapshot,
                                      const gs_commit_row *before, gs_text digests,
                                      gs_error *err);
/* A record's digest: its kind, its number and its bytes, behind the commit's salt. */
GS_CHECKED gs_code gs_record_digest(unsigned char out[GS_SHA256_SIZE], gs_hasher *hasher,
                                    const unsigned char salt[GS_SALT_SIZE], char kind,
                                    uint64_t number, gs_text bytes, gs_error *err);

/* gs_node_read, with the record's flags. */
GS_CHECKED gs_code gs_node_read_flags(gs_node *out, uint8_t *flags,
                                      const gs_snapshot *snapshot, uint64_t number,
                                      gs_error *err);

/* Records whether they are visible or not, as they were born; `marks` (record.h) may be NULL. GS_END
 * where there is none. */
GS_CHECKED gs_code gs_node_record(gs_node *out, uint8_t *marks,
                                  const gs_snapshot *snapshot, uint64_t number,
                                  gs_error *err);
GS_CHECKED gs_code gs_edge_record(gs_edge *out, uint8_t *marks,
                                  const gs_snapshot *snapshot, uint64_t number,
                                  gs_error *err);

#endif
