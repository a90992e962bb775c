/* How far a run has come in each of its inputs: entries of the ledger, written in the
 * transaction of the records themselves, so that a run that was killed goes on exactly
 * behind the last record that is in the store.
 *
 * A place in a file is a count of records and a hash over their bytes: another file under
 * the same path is noticed, and read from its start.
 *
 * Ownership  `{0}` is none; gs_progress_free ends it. A find's place is a plain value.
 * Errors     as gs_ledger_read and gs_ledger_write.
 */
#ifndef GS_INGEST_PROGRESS_H
#define GS_INGEST_PROGRESS_H

#include "graph/batch.h"
#include "graph/id_table.h"
#include "ingest/stream.h"

typedef struct gs_progress {
    uint64_t run;
    uint64_t count;    /* inputs that have an entry */
    gs_id_table paths; /* of a run that goes on: path -> input, from 1 */
    gs_arena arena;    /* of one call */
} gs_progress;

/* What an earlier process of this run has written of its inputs. */
GS_CHECKED gs_code gs_progress_open(gs_progress *out, const gs_snapshot *snapshot,
                                    uint64_t run, gs_error *err);
void gs_progress_free(gs_progress *progress);

/* Where to go on in a file, and whether that was its end; GS_END for one that has not been
 * begun. */
GS_CHECKED gs_code gs_progress_find(uint64_t *input, gs_place *out, bool *through,
                                    gs_progress *progress, const gs_snapshot *snapshot,
                                    const char *path, gs_error *err);

/* Writes how far it is in a file, and that it is through where `done`; *input 0 is given
 * its number. */
GS_CHECKED gs_code gs_progress_write(uint64_t *input, gs_progress *progress,
                                     gs_batch *batch, const char *path,
                                     const gs_file *file, bool done, gs_error *err);

#endif
