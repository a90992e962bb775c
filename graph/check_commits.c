/* The hash of each commit, made anew from its records. */
#include "graph/check_impl.h"
#include "graph/names.h"
#include "graph/record.h"
#include "graph/records.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct chain {
    gs_check_state *state;
    gs_digester digester;
    gs_arena arena; /* of one commit */
} chain;

/* What was erased is not there, and all else is. */
static gs_code add_number(chain *c, const gs_commit_row *row, const gs_ranges *gone,
                          uint64_t number, gs_error *err)
{
    bool erased = gs_ranges_has(gone, number);
    gs_code rc = gs_digester_add(&c->digester, number, err);

    if (rc == GS_OK && erased)
        return gs_fail(err, GS_DAMAGED,
                       "commit %" PRIu64 ": its record %" PRIu64
                       " was erased, and is there again",
                       row->commit.number, number);
    if (rc == GS_END && !erased)
        return gs_fail(err, GS_DAMAGED,
                       "commit %" PRIu64 ": its record %" PRIu64 " is gone",
                       row->commit.number, number);
    c->state->erased += erased;
    return rc == GS_END ? GS_OK : rc;
}

static gs_code check_figures(const gs_commit_row *row, const gs_commit_row *before,
                             gs_error *err)
{
    if (row->commit.last < before->commit.last || row->names < before->names ||
        (before->commit.number > 0 && row->commit.time < before->commit.time))
        return gs_fail(err, GS_DAMAGED,
                       "commit %" PRIu64 ": it does not follow the one before",
                       row->commit.number);
    return GS_OK;
}

/* Where records were erased their salt is gone too, and the digest was kept. */
static gs_code check_hash(chain *c, const gs_commit_row *row, const gs_erased *erased,
                          const gs_commit_row *before, gs_error *err)
{
    gs_commit_row made = *row;
    unsigned char digest[GS_SHA256_SIZE];
    gs_code rc = gs_record_digest_end(digest, &c->digester.digest, err);

    if (rc == GS_OK && erased->digest.bytes != NULL)
        memcpy(digest, erased->digest.bytes, sizeof digest);
    if (rc == GS_OK)
        rc = gs_commit_row_hash(&made, c->state->snapshot, before, digest, err);
    if (rc == GS_OK &&
        memcmp(made.commit.hash, row->commit.hash, sizeof made.commit.hash) != 0)
        rc = gs_fail(err, GS_DAMAGED,
                     "commit %" PRIu64 ": its hash is not that of its records %" PRIu64
                     " to %" PRIu64 ", of which one was changed, lost or forged",
                     row->commit.number, before->commit.last + 1, row->commit.last);
    return rc;
}

static gs_code check_commit(chain *c, const gs_commit_row *row,
                            const gs_commit_row *before, gs_error *err)
{
    gs_erased erased = {0};
    gs_code rc = check_figures(row, before, err);

    gs_arena_reset(&c->arena);
    if (rc == GS_OK)
        rc = gs_erased_read(&erased, c->state->snapshot, row->commit.number, &c->arena,
                            err);
    if (rc == GS_OK || rc == GS_END)
        rc = gs_record_digest_begin(&c->digester.digest, row->salt, err);
    for (uint64_t n = before->commit.last + 1; rc == GS_OK && n <= row->commit.last;
         n++) {
        if (n % 4096 == 0)
            GS_TRY(gs_check_pause(c->state, err));
        rc = add_number(c, row, &erased.gone, n, err);
    }
    if (rc == GS_OK)
        rc = check_hash(c, row, &erased, before, err);
out:
    gs_ranges_free(&erased.gone);
    return rc;
}

static gs_code check_all(chain *c, gs_error *err)
{
    gs_commit_row before = {.names = GS_NAME_FIRST_FREE - 1}, row;
    gs_code rc = GS_OK;

    for (uint64_t n = 1; n <= c->state->checked.commits; n++) {
        rc = gs_commit_row_read(&row, c->state->snapshot, n, err);
        if (rc == GS_END)
            rc = gs_fail(err, GS_DAMAGED, "commit %" PRIu64 " is gone", n);
        GS_TRY(rc);
        rc = check_commit(c, &row, &before, err);
        GS_TRY(gs_check_tell(c->state, err, rc));
        before = row;
    }
    if (c->state->nodes + c->state->edges + c->state->birth_count + c->state->erased !=
        before.commit.last)
        rc = gs_fail(err, GS_DAMAGED,
                     "the tables hold other records than the %" PRIu64
                     " that the commits gave a number",
                     before.commit.last);
out:
    return rc;
}

gs_code gs_check_commits(gs_check_state *state, gs_error *err)
{
    chain c = {.state = state,
               .digester = {.snapshot = state->snapshot,
                            .births = state->births,
                            .birth_count = state->birth_count,
                            .hides = state->hides,
                            .hide_count = state->hide_count}};
    gs_code rc;

    gs_births_sort(state->births, state->birth_count);
    rc = check_all(&c, err);
    gs_digester_end(&c.digester);
    gs_arena_free(&c.arena);
    return rc;
}
