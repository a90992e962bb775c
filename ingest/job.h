/* A job's run: files in, records taken in batches, what was bad set aside, all of it
 * counted in the run's entry of the ledger. The entry is written when the run begins, so
 * that its number is known, and with each batch, together with how far the run is in its
 * input (progress.h). A run that was cut off stays `running` there; the same command goes
 * on with it.
 *
 * Ownership  gs_job_open's result ends with gs_job_close or gs_job_abort. The feed's
 *            texts are borrowed until then.
 * Units      `now` is the wall clock, seconds UTC.
 * Errors     gs_job_file: GS_FORMAT costs that file alone, the run goes on; after
 *            anything else it can only be aborted.
 * Threads    one at a time.
 */
#ifndef GS_INGEST_JOB_H
#define GS_INGEST_JOB_H

#include "include/gainsay/gainsay.h"
#include "ingest/feed.h"
#include "ingest/intake.h"
#include "ingest/stream.h"

enum {
    GS_BATCH_DIRTY = 160 << 20, /* bytes of pages, then a batch is committed */
    GS_BATCH_RECORDS = 3 << 17, /* or so many records */
    GS_JOB_UNKNOWN_MAX = 64,    /* names of unknown fields remembered, to say each once */
};

typedef struct gs_job gs_job;

/* A dry run makes no store: where there is none, every good record counts as new. */
GS_CHECKED gs_code gs_job_open(gs_job **out, const char *directory, const gs_feed *feed,
                               int64_t now, gs_error *err);
GS_CHECKED gs_code gs_job_file(gs_job *job, const char *path, gs_error *err);
/* A record as JSON; one that is bad is set aside. */
GS_CHECKED gs_code gs_job_record(gs_job *job, gs_text json, gs_error *err);
uint64_t gs_job_run(const gs_job *job); /* 0: a dry run */
/* What was set aside before, once more: of what is taken now the entry goes. */
GS_CHECKED gs_code gs_job_retry(gs_job *job, gs_error *err);
GS_CHECKED gs_code gs_job_close(gs_job *job, gainsay_summary *out, int64_t now,
                                gs_error *err);
void gs_job_abort(gs_job *job); /* NULL is nothing to abort */

#endif
