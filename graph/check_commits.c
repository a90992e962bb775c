/* The hash of each commit, made anew from its records. */
#include "graph/base/bytes.h"
#include "graph/check_impl.h"
#include "graph/names.h"
#include "graph/record.h"
#include "graph/records.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_SIZE = 16 };

typedef struct chain {
    gs_check_state *state;
    gs_record_digest digest;
    gs_arena arena; /* of one record */
    size_t birth;   /* the next one */
} chain;

static int compare(const void *a, const void *b)
{
    const gs_birth *x = a, *y = b;

    return x->number < y->number ? -1 : x->number > y->number;
}

static gs_text unsealed(MDB_val value)
{
    size_t size = value.mv_size < GS_CHECKSUM_SIZE ? 0 : value.mv_size - GS_CHECKSUM_SIZE;

    return (gs_text){value.mv_data, size};
}

static gs_code add_record(chain *c, uint64_t number, gs_error *err)
{
    gs_text record;
    gs_code rc = gs_record_find(&record, c->state->snapshot, number, err);

    gs_arena_reset(&c->arena);
    if (rc == GS_OK)
        rc = gs_short_record(&record, c->state->snapshot, record, &c->arena, err);
    if (rc == GS_OK)
        rc = gs_record_digest_add(&c->digest, gs_record_is_edge(record) ? 'e' : 'n',
                                  record, err);
    return rc;
}

static gs_code add_hide(chain *c, const gs_birth *birth, gs_error *err)
{
    const gs_check_state *s = c->state;
    gs_buffer ranges = {0};
    gs_code rc = gs_hides_bytes(&ranges, s->hides, s->hide_count, birth->number,
                                birth->kind == 'r', err);

    if (rc == GS_OK)
        rc = gs_record_digest_add(&c->digest, birth->kind, gs_buffer_view(&ranges), err);
    gs_buffer_free(&ranges);
    return rc;
}

static gs_code add_birth(chain *c, const gs_birth *birth, gs_error *err)
{
    unsigned char key[KEY_SIZE];
    gs_table table = birth->kind == 'v' ? GS_TABLE_VERSIONS : GS_TABLE_TEXTS;
    MDB_val value;
    gs_code rc;

    gs_store_u64(key, birth->owner);
    gs_store_u64(key + 8, birth->number);
    if (birth->kind == 'h' || birth->kind == 'r')
        return add_hide(c, birth, err);
    if (birth->kind == 'x' || birth->kind == 'y')
        return gs_record_digest_add(&c->digest, birth->kind,
                                    (gs_text){(const char *)key, 8}, err);
    rc = gs_txn_get(&value, c->state->snapshot, table, gs_val(key, sizeof key), err);
    if (rc == GS_OK)
        rc = gs_record_digest_add(&c->digest, birth->kind, unsealed(value), err);
    return rc;
}

static gs_code add_number(chain *c, const gs_commit_row *row, uint64_t number,
                          gs_error *err)
{
    const gs_check_state *s = c->state;
    gs_code rc = add_record(c, number, err);

    while (c->birth < s->birth_count && s->births[c->birth].number < number)
        c->birth++;
    if (rc == GS_END && c->birth < s->birth_count && s->births[c->birth].number == number)
        rc = add_birth(c, &s->births[c->birth], err);
    if (rc == GS_END)
        rc =
            gs_fail(err, GS_DAMAGED, "commit %" PRIu64 ": its record %" PRIu64 " is gone",
                    row->commit.number, number);
    return rc;
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

static gs_code check_commit(chain *c, const gs_commit_row *row,
                            const gs_commit_row *before, gs_error *err)
{
    gs_commit_row made = *row;
    unsigned char digest[GS_SHA256_SIZE];
    gs_code rc;

    GS_TRY(check_figures(row, before, err));
    GS_TRY(gs_record_digest_begin(&c->digest, row->salt, err));
    for (uint64_t n = before->commit.last + 1; rc == GS_OK && n <= row->commit.last;
         n++) {
        if (n % 4096 == 0)
            GS_TRY(gs_check_pause(c->state, err));
        rc = add_number(c, row, n, err);
    }
    GS_TRY(rc);
    GS_TRY(gs_record_digest_end(digest, &c->digest, err));
    GS_TRY(gs_commit_row_hash(&made, c->state->snapshot, before, digest, err));
    if (memcmp(made.commit.hash, row->commit.hash, sizeof made.commit.hash) != 0)
        rc = gs_fail(err, GS_DAMAGED,
                     "commit %" PRIu64 ": its hash is not that of its records %" PRIu64
                     " to %" PRIu64 ", of which one was changed, lost or forged",
                     row->commit.number, before->commit.last + 1, row->commit.last);
out:
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
    if (c->state->nodes + c->state->edges + c->state->birth_count != before.commit.last)
        rc = gs_fail(err, GS_DAMAGED,
                     "the tables hold other records than the %" PRIu64
                     " that the commits gave a number",
                     before.commit.last);
out:
    return rc;
}

gs_code gs_check_commits(gs_check_state *state, gs_error *err)
{
    chain c = {.state = state};
    gs_code rc;

    if (state->birth_count > 0)
        qsort(state->births, state->birth_count, sizeof *state->births, compare);
    rc = check_all(&c, err);
    gs_record_digest_close(&c.digest);
    gs_arena_free(&c.arena);
    return rc;
}
