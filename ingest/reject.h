/* Records set aside: kept in the store with bytes, place and reason, each once however
 * often the same input comes.
 *
 * Ownership  gs_rejects_open's result is closed with gs_rejects_close.
 * Errors     as gs_ledger_write.
 */
#ifndef GS_INGEST_REJECT_H
#define GS_INGEST_REJECT_H

#include "graph/batch.h"

enum { GS_REJECT_MAX = 16 << 20 }; /* bytes kept of one record */

typedef struct gs_reject {
    gs_text file, reason, at, bytes; /* file missing: standard input */
    uint64_t run, line;
} gs_reject;

typedef struct gs_rejects gs_rejects;

GS_CHECKED gs_code gs_rejects_open(gs_rejects **out, gs_error *err);
void gs_rejects_close(gs_rejects *rejects); /* NULL is nothing to close */

GS_CHECKED gs_code gs_rejects_keep(gs_rejects *rejects, gs_batch *batch,
                                   const gs_reject *reject, gs_error *err);

#endif
