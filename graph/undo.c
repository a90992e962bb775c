#include "graph/undo.h"

#include "graph/base/grow.h"
#include "graph/batch_impl.h"
#include "graph/claim.h"
#include "graph/hiding.h"

#include <inttypes.h>
#include <stdlib.h>

static bool is_undone(gs_value run)
{
    gs_value state = gs_map_get(run, GS_TEXT("state"));

    return state.type == GS_STRING && gs_text_equal(state.as.string, GS_TEXT("undone"));
}

/* Those that are taken back, with this change. */
static gs_code list_undone(gs_numbers *out, const gs_snapshot *snapshot,
                           const gs_undo *undo, gs_error *err)
{
    gs_arena arena = {0};
    uint64_t number = 0;
    gs_value run;
    gs_code rc;

    while ((rc = gs_ledger_read(&number, &run, snapshot, GS_LEDGER_RUNS, number + 1,
                                &arena, err)) == GS_OK) {
        if (number == undo->run ? !undo->redo : is_undone(run))
            GS_TRY(gs_numbers_add(out, number, err));
        gs_arena_reset(&arena);
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    gs_arena_free(&arena);
    return rc;
}

static gs_code read_run(gs_value *out, const gs_snapshot *snapshot, uint64_t run,
                        gs_arena *arena, gs_error *err)
{
    uint64_t found;
    gs_value entry;
    gs_code rc = run == 0 ? GS_END
                          : gs_ledger_read(&found, &entry, snapshot, GS_LEDGER_RUNS, run,
                                           arena, err);

    if (rc == GS_END || (rc == GS_OK && found != run))
        return gs_fail(err, GS_USAGE,
                       "run %" PRIu64 ": there is none; see `gainsay jobs`", run);
    return rc == GS_OK ? gs_value_copy(out, arena, entry, err) : rc;
}

/* The run's entry with another state; the one it had is kept for when it comes back. */
static gs_code write_state(gs_batch *batch, const gs_undo *undo, gs_value run,
                           gs_arena *arena, gs_error *err)
{
    size_t count = run.as.map.count, used = 0;
    gs_entry *entries = gs_arena_array(arena, count + 1, sizeof *entries);
    gs_value was = gs_map_get(run, GS_TEXT("was"));
    gs_value state = gs_map_get(run, GS_TEXT("state"));
    uint64_t number;

    if (entries == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        gs_entry entry = run.as.map.entries[i];

        if (gs_text_equal(entry.key, GS_TEXT("was")))
            continue;
        if (gs_text_equal(entry.key, GS_TEXT("state")))
            entry.value = undo->redo ? was : gs_string(GS_TEXT("undone"));
        entries[used++] = entry;
    }
    if (!undo->redo)
        entries[used++] = (gs_entry){GS_TEXT("was"), state};
    return gs_ledger_write(&number, batch, GS_LEDGER_RUNS, undo->run,
                           gs_map(entries, used), err);
}

static gs_code change(gs_undone *out, gs_batch *batch, const gs_undo *undo, gs_value run,
                      gs_arena *arena, gs_error *err)
{
    gs_numbers undone = {0};
    gs_ranges hidden = {0};
    gs_owned *owned = NULL;
    size_t owned_count = 0;
    gs_code rc;

    GS_TRY(list_undone(&undone, &batch->snapshot, undo, err));
    GS_TRY(gs_hiding(&hidden, &owned, &owned_count, &batch->snapshot, &undone, err));
    GS_TRY(gs_batch_hide(batch, &hidden, owned, owned_count, err));
    GS_TRY(write_state(batch, undo, run, arena, err));
    if (undo->settle != NULL)
        GS_TRY(undo->settle(undo->context, batch, err));
    out->changed = true;
    out->statements =
        batch->count_room > GS_STATEMENT ? batch->counts[GS_STATEMENT].labels : 0;
out:
    free(undone.items);
    free(owned);
    gs_ranges_free(&hidden);
    return rc;
}

gs_code gs_run_undo(gs_undone *out, gs_store *store, const gs_undo *undo, gs_error *err)
{
    gs_undone undone = {0};
    gs_claim *claim = NULL;
    gs_batch *batch = NULL;
    gs_arena arena = {0};
    gs_value run;
    gs_code rc;

    GS_TRY(gs_claim_run(&claim, store, undo->run, err));
    GS_TRY(gs_batch_begin(&batch, store, 0, undo->now, err));
    GS_TRY(read_run(&run, &batch->snapshot, undo->run, &arena, err));
    if (is_undone(run) == undo->redo)
        GS_TRY(change(&undone, batch, undo, run, &arena, err));
    if (!undo->dry && undone.changed) {
        gs_batch *ending = batch;

        batch = NULL;
        GS_TRY(gs_batch_commit(&undone.commit, ending, err));
    }
    *out = undone;
out:
    gs_batch_abort(batch);
    gs_claim_end(claim);
    gs_arena_free(&arena);
    return rc;
}
