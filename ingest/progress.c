#include "ingest/progress.h"
#include "ingest/record/entries.h"

enum { RUN_SHIFT = 32 }; /* the entries of one run stand together, by input */

static uint64_t number_of(uint64_t run, uint64_t input)
{
    return run << RUN_SHIFT | input;
}

static uint64_t count_of(gs_value entry, gs_text key)
{
    gs_value value = gs_map_get(entry, key);

    return value.type == GS_INTEGER ? (uint64_t)value.as.integer : 0;
}

gs_code gs_progress_open(gs_progress *out, const gs_snapshot *snapshot, uint64_t run,
                         gs_error *err)
{
    gs_progress p = {.run = run};
    uint64_t number = number_of(run, 0);
    gs_value entry, path;
    gs_code rc;

    while ((rc = gs_ledger_read(&number, &entry, snapshot, GS_LEDGER_INPUTS, number + 1,
                                &p.arena, err)) == GS_OK &&
           number >> RUN_SHIFT == run) {
        path = gs_map_get(entry, GS_TEXT("path"));
        if (path.type == GS_STRING && gs_id_table_find(&p.paths, path.as.string) == 0)
            GS_TRY(gs_id_table_add(&p.paths, path.as.string, ++p.count, err));
        else
            p.count++; /* a path that was named twice: its first entry counts */
        gs_arena_reset(&p.arena);
    }
    if (rc == GS_OK || rc == GS_END) {
        *out = p;
        return GS_OK;
    }
out:
    gs_progress_free(&p);
    return rc;
}

void gs_progress_free(gs_progress *progress)
{
    gs_id_table_free(&progress->paths);
    gs_arena_free(&progress->arena);
}

gs_code gs_progress_find(uint64_t *input, gs_place *out, bool *through,
                         gs_progress *progress, const gs_snapshot *snapshot,
                         const char *path, gs_error *err)
{
    uint64_t found = gs_id_table_find(&progress->paths, gs_text_of(path)), number;
    uint64_t wanted = number_of(progress->run, found);
    gs_value entry, done;
    gs_code rc;

    if (found == 0)
        return GS_END;
    gs_arena_reset(&progress->arena);
    rc = gs_ledger_read(&number, &entry, snapshot, GS_LEDGER_INPUTS, wanted,
                        &progress->arena, err);
    if (rc != GS_OK || number != wanted)
        return rc == GS_OK ? GS_END : rc;
    done = gs_map_get(entry, GS_TEXT("done"));
    *through = done.type == GS_BOOLEAN && done.as.boolean;
    *input = found;
    *out =
        (gs_place){count_of(entry, GS_TEXT("records")), count_of(entry, GS_TEXT("hash"))};
    return GS_OK;
}

gs_code gs_progress_write(uint64_t *input, gs_progress *progress, gs_batch *batch,
                          const char *path, const gs_file *file, bool done, gs_error *err)
{
    gs_entries to = {.arena = &progress->arena};
    uint64_t number, next = *input == 0 ? progress->count + 1 : *input;
    gs_code rc;

    gs_arena_reset(&progress->arena);
    gs_entries_put(&to, GS_TEXT("path"), gs_string(gs_text_of(path)));
    gs_entries_put(&to, GS_TEXT("records"), gs_integer((int64_t)file->place.records));
    gs_entries_put(&to, GS_TEXT("hash"), gs_integer((int64_t)file->place.hash));
    gs_entries_put(&to, GS_TEXT("done"), gs_boolean(done));
    if (done) {
        gs_entries_put(&to, GS_TEXT("size"), gs_integer((int64_t)file->size));
        gs_entries_put(&to, GS_TEXT("sha256"), gs_string(gs_text_of(file->sha256)));
    }
    if (to.failed)
        return gs_fail_memory(err);
    GS_TRY(gs_ledger_write(&number, batch, GS_LEDGER_INPUTS,
                           number_of(progress->run, next), gs_entries_map(&to), err));
    if (*input == 0)
        progress->count = *input = next;
out:
    return rc;
}
