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
 * that it knows first, and the digest of its records. */
GS_CHECKED gs_code gs_commit_row_hash(gs_commit_row *row, const gs_snapshot *snapshot,
                                      const gs_commit_row *before,
                                      const unsigned char digest[GS_SHA256_SIZE],
                                      gs_error *err);

/* The digest of a commit's records: its salt, then kind, size and bytes of each, in the
 * order of their numbers, of which none is left out. `{0}` begins one; it is closed,
 * whether it was ended or not. */
typedef struct gs_record_digest {
    gs_hasher *hasher;
    gs_buffer bytes; /* that have not been hashed: many pieces at once cost less */
} gs_record_digest;
GS_CHECKED gs_code gs_record_digest_begin(gs_record_digest *digest,
                                          const unsigned char salt[GS_SALT_SIZE],
                                          gs_error *err);
GS_CHECKED gs_code gs_record_digest_add(gs_record_digest *digest, char kind,
                                        gs_text bytes, gs_error *err);
GS_CHECKED gs_code gs_record_digest_end(unsigned char out[GS_SHA256_SIZE],
                                        gs_record_digest *digest, gs_error *err);
void gs_record_digest_close(gs_record_digest *digest);

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
