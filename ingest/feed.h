/* A feed as the public header gives it, checked; and what goes back through that header.
 *
 * Ownership  a feed's texts are the arena's that was handed in; its reporting is
 *            borrowed.
 * Errors     GS_USAGE for what is no date or no UTF-8.
 */
#ifndef GS_INGEST_FEED_H
#define GS_INGEST_FEED_H

#include "include/gainsay/gainsay.h"
#include "ingest/document.h"
#include "ingest/external.h"

/* What is told as it is found: code GS_OK is worth a word, others were set aside. */
typedef void gs_tell(void *context, const char *file, const gs_error *error);

typedef struct gs_feed {
    gs_text job;     /* missing: a run without a name */
    gs_text command; /* what the same job, settings and inputs have again, or missing */
    const char *format;
    gs_defaults defaults;
    gs_external external; /* its command is NULL where none is wanted */
    bool no_text, dry_run, existing, attributions, texts, explain;
    uint32_t wait_ms;
    uint64_t batch_records; /* of a batch at most; 0: GS_BATCH_RECORDS */
    gs_tell *tell;          /* never NULL */
    void *context;
    const volatile int *interrupt;
} gs_feed;

/* `feed` must live as long as *out: it is who reports. */
GS_CHECKED gs_code gs_feed_read(gs_feed *out, const gainsay_feed *feed, gs_arena *arena,
                                gs_error *err);

/* An outcome for the caller of the library. */
gainsay_code gs_feed_give(gainsay_error *out, const gs_error *err, gs_code rc);

#endif
