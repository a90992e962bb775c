/* The digest of a commit's records, of which its hash is made; and what is left of it when
 * some of the records were erased.
 *
 * Ownership  a digester is ended with gs_digester_end; what it borrows is the caller's.
 * Errors     as in snapshot.h.
 */
#ifndef GS_GRAPH_DIGESTS_H
#define GS_GRAPH_DIGESTS_H

#include "graph/base/buffer.h"
#include "graph/base/hash.h"
#include "graph/hidden.h"
#include "graph/ranges.h"
#include "graph/snapshot_impl.h"

/* A number that is neither a node's nor an edge's. */
typedef struct gs_birth {
    uint64_t number, owner;
    char kind; /* v, t, x, y, h, r: as in the hash of a commit */
} gs_birth;

typedef struct gs_digester {
    const gs_snapshot *snapshot;
    const gs_birth *births; /* by number */
    size_t birth_count, at;
    const gs_hide *hides;
    size_t hide_count;
    gs_record_digest digest; /* of the commit at hand */
    gs_arena arena;          /* of one record */
} gs_digester;

void gs_births_sort(gs_birth *births, size_t count);

/* Adds a record of the commit, whose digest was begun; GS_END where nothing has that
 * number. Numbers ascend. */
GS_CHECKED gs_code gs_digester_add(gs_digester *d, uint64_t number, gs_error *err);
void gs_digester_end(gs_digester *d);

/* Of a commit some of whose records are erased: the digest of all that it had, since the
 * salt is gone with them; and which are erased. */
typedef struct gs_erased {
    gs_text digest;
    gs_ranges gone; /* the caller frees them */
} gs_erased;

/* GS_END where nothing of the commit is erased. */
GS_CHECKED gs_code gs_erased_read(gs_erased *out, const gs_snapshot *snapshot,
                                  uint64_t commit, gs_arena *arena, gs_error *err);
/* As an entry of the ledger, in the arena. */
GS_CHECKED gs_code gs_erased_entry(gs_value *out, const gs_erased *erased,
                                   const gs_edtf *at, gs_arena *arena, gs_error *err);

/* A digest in hexadecimal, and back, in the arena; the missing text where it is none. */
gs_text gs_digests_unhex(gs_text hex, gs_arena *arena);
gs_text gs_digests_hex(gs_text bytes, gs_arena *arena);

#endif
