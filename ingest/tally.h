/* What a run has come to: its entry in the ledger.
 *
 * Ownership  `{0}` is a valid new one; gs_tally_free ends it.
 * Errors     as gs_ledger_write.
 */
#ifndef GS_INGEST_TALLY_H
#define GS_INGEST_TALLY_H

#include "graph/batch.h"
#include "include/gainsay/gainsay.h"

typedef struct gs_tally {
    uint64_t number; /* 0: none given out yet */
    gs_text job;
    gs_text command; /* what the same command has again; missing: it is not continued */
    int64_t start, end; /* seconds UTC */
    bool done;
    gainsay_summary counts;
    gs_arena arena; /* of what a reader of the tally needs longer than a record */
} gs_tally;

/* Seconds UTC as EDTF, in the arena; missing for want of memory. */
gs_text gs_tally_time(gs_arena *arena, int64_t seconds);

/* The last run of this command that was cut off: its number, start and counts. GS_END
 * when there is none. */
GS_CHECKED gs_code gs_tally_resume(gs_tally *tally, const gs_snapshot *snapshot,
                                   gs_error *err);
/* Writes it, and numbers it the first time. */
GS_CHECKED gs_code gs_tally_write(gs_tally *tally, gs_batch *batch, gs_arena *arena,
                                  gs_error *err);
void gs_tally_free(gs_tally *tally);

#endif
