/* What a run has come to: its entry in the ledger.
 *
 * Ownership  `{0}` is a valid new one; gs_tally_free ends it.
 * Errors     as gs_ledger_write.
 */
#ifndef GS_INGEST_TALLY_H
#define GS_INGEST_TALLY_H

#include "graph/batch.h"
#include "include/gainsay/gainsay.h"
#include "ingest/stream.h"

typedef struct gs_tally {
    uint64_t number; /* 0: none given out yet */
    gs_text job;
    int64_t start, end; /* seconds UTC */
    bool done;
    gainsay_summary counts;
    gs_value *files; /* maps of path, size, sha256 */
    size_t file_count, file_room;
    gs_arena arena; /* of the files */
} gs_tally;

/* Seconds UTC as EDTF, in the arena; missing for want of memory. */
gs_text gs_tally_time(gs_arena *arena, int64_t seconds);

GS_CHECKED gs_code gs_tally_add_file(gs_tally *tally, const char *path,
                                     const gs_file *file, gs_error *err);
/* Writes it, and numbers it the first time. */
GS_CHECKED gs_code gs_tally_write(gs_tally *tally, gs_batch *batch, gs_arena *arena,
                                  gs_error *err);
void gs_tally_free(gs_tally *tally);

#endif
