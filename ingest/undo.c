/* Taking a run back, and bringing it again: what follows from that is decided anew. */
#include "graph/undo.h"
#include "graph/base/hash.h"
#include "ingest/feed.h"
#include "ingest/intake.h"
#include "ingest/settle.h"
#include <time.h>

typedef struct settling {
    gs_language *language;
    gs_intake *intake;
    gs_linker *linker;
} settling;

/* All rulings, and all answers of the linker's that lost or found their place. */
static gs_code settle(void *context, struct gs_batch *batch, gs_error *err)
{
    settling *s = context;
    int64_t linked = 0;
    gs_code rc;

    GS_TRY(gs_linker_begin(s->linker, batch, err));
    GS_TRY(gs_intake_begin(s->intake, batch, err));
    GS_TRY(gs_settle_everything(s->intake, err));
    GS_TRY(gs_linker_touch_turned(s->linker, batch, err));
    rc = gs_linker_settle(s->linker, batch, s->intake->ruled, &linked, err);
out:
    return rc;
}

static gs_code undo(gs_undone *out, const char *directory, const gainsay_undoing *undoing,
                    gs_error *err)
{
    gs_store_options how = {.write = true, .wait_ms = undoing->wait_ms};
    settling s = {0};
    gs_undo options = {.run = undoing->run,
                       .redo = undoing->redo,
                       .dry = undoing->dry_run,
                       .now = time(NULL),
                       .settle = settle,
                       .context = &s};
    gs_store *store = NULL;
    gs_code rc;

    GS_TRY(gs_store_open(&store, directory, &how, err));
    GS_TRY(gs_language_open(&s.language, GS_TEXT("en"), err));
    GS_TRY(gs_intake_open(&s.intake, err));
    GS_TRY(gs_linker_open(&s.linker, s.language, err));
    s.intake->linker = s.linker;
    rc = gs_run_undo(out, store, &options, err);
out:
    gs_intake_close(s.intake);
    gs_linker_close(s.linker);
    gs_language_close(s.language);
    gs_store_close(store);
    return rc;
}

gainsay_code gainsay_undo(const char *directory, const gainsay_undoing *undoing,
                          gainsay_undone *undone, gainsay_error *error)
{
    gs_undone done = {0};
    gs_error err = {0};
    gs_code rc = undo(&done, directory, undoing, &err);

    if (rc != GS_OK || undone == NULL)
        return gs_feed_give(error, &err, rc);
    *undone = (gainsay_undone){
        .changed = done.changed,
        .statements = (uint64_t)(undoing->redo ? done.statements : -done.statements),
        .commit = done.commit.number};
    if (undone->commit > 0)
        gs_hex(undone->commit_hash, done.commit.hash, sizeof done.commit.hash);
    return GAINSAY_OK;
}
