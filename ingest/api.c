/* The feeding half of gainsay.h. */
#include "ingest/job.h"
#include <stdlib.h>
#include <time.h>

struct gainsay_job {
    gs_job *job;
    gainsay_feed feed; /* the caller's own may go when the job is open */
    gs_arena arena;    /* of the feed's texts */
};

static void free_job(gainsay_job *job)
{
    gs_arena_free(&job->arena);
    free(job);
}

gainsay_code gainsay_job_open(gainsay_job **out, const char *directory,
                              const gainsay_feed *feed, gainsay_error *error)
{
    gainsay_job *job = calloc(1, sizeof *job);
    gs_error err = {0};
    gs_feed inner;
    gs_code rc;

    if (job == NULL)
        return gs_feed_give(error, &err, gs_fail_memory(&err));
    job->feed = *feed;
    rc = gs_feed_read(&inner, &job->feed, &job->arena, &err);
    if (rc == GS_OK)
        rc = gs_job_open(&job->job, directory, &inner, time(NULL), &err);
    if (rc == GS_OK)
        *out = job;
    else
        free_job(job);
    return gs_feed_give(error, &err, rc);
}

gainsay_code gainsay_job_file(gainsay_job *job, const char *path, gainsay_error *error)
{
    gs_error err = {0};

    return gs_feed_give(error, &err, gs_job_file(job->job, path, &err));
}

gainsay_code gainsay_job_record(gainsay_job *job, const char *json, size_t size,
                                gainsay_error *error)
{
    gs_error err = {0};

    return gs_feed_give(error, &err,
                        gs_job_record(job->job, (gs_text){json, size}, &err));
}

gainsay_code gainsay_job_retry(gainsay_job *job, gainsay_error *error)
{
    gs_error err = {0};

    return gs_feed_give(error, &err, gs_job_retry(job->job, &err));
}

uint64_t gainsay_job_run(const gainsay_job *job)
{
    return gs_job_run(job->job);
}

gainsay_code gainsay_job_close(gainsay_job *job, gainsay_summary *summary,
                               gainsay_error *error)
{
    gs_error err = {0};
    gs_code rc = gs_job_close(job->job, summary, time(NULL), &err);

    free_job(job);
    return gs_feed_give(error, &err, rc);
}

void gainsay_job_abort(gainsay_job *job)
{
    if (job == NULL)
        return;
    gs_job_abort(job->job);
    free_job(job);
}
