#include "ingest/tally.h"
#include "ingest/job.h"
#include "ingest/record/entries.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

gs_text gs_tally_time(gs_arena *arena, int64_t seconds)
{
    int64_t number = seconds / DAY - (seconds % DAY < 0);
    int rest = (int)(seconds - number * DAY);
    gs_day day = gs_day_of(number);

    return gs_text_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)day.year,
                          (int)day.month, (int)day.day, rest / HOUR, rest % HOUR / MINUTE,
                          rest % MINUTE);
}

gs_code gs_tally_add_file(gs_tally *tally, const char *path, const gs_file *file,
                          gs_error *err)
{
    gs_entries map = {.arena = &tally->arena};
    gs_text name = gs_text_copy(&tally->arena, gs_text_of(path));
    gs_text sha256 = gs_text_copy(&tally->arena, gs_text_of(file->sha256));

    tally->counts.files++;
    if (tally->file_count == GS_JOB_FILES_MAX)
        return GS_OK;
    gs_entries_put(&map, GS_TEXT("path"), gs_string(name));
    gs_entries_put(&map, GS_TEXT("size"), gs_integer((int64_t)file->size));
    gs_entries_put(&map, GS_TEXT("sha256"), gs_string(sha256));
    tally->files = gs_arena_grow(&tally->arena, tally->files, tally->file_count,
                                 &tally->file_room, sizeof *tally->files);
    if (map.failed || tally->files == NULL || name.bytes == NULL || sha256.bytes == NULL)
        return gs_fail_memory(err);
    tally->files[tally->file_count++] = gs_entries_map(&map);
    return GS_OK;
}

static void put_count(gs_entries *to, gs_text name, uint64_t count)
{
    gs_entries_put(to, name, gs_integer((int64_t)count));
}

static void put_counts(gs_entries *to, const gainsay_summary *counts)
{
    put_count(to, GS_TEXT("new"), counts->added);
    put_count(to, GS_TEXT("known"), counts->known);
    put_count(to, GS_TEXT("revised"), counts->revised);
    put_count(to, GS_TEXT("skipped"), counts->skipped);
    put_count(to, GS_TEXT("rejected"), counts->rejected);
    put_count(to, GS_TEXT("conflicts"), counts->conflicts);
    put_count(to, GS_TEXT("linked"), counts->linked);
    put_count(to, GS_TEXT("open"), counts->open);
}

gs_code gs_tally_write(gs_tally *tally, gs_batch *batch, gs_arena *arena, gs_error *err)
{
    gs_entries to = {.arena = arena};

    gs_entries_put(&to, GS_TEXT("job"), gs_string(tally->job));
    gs_entries_put(&to, GS_TEXT("start"), gs_string(gs_tally_time(arena, tally->start)));
    if (tally->done)
        gs_entries_put(&to, GS_TEXT("end"), gs_string(gs_tally_time(arena, tally->end)));
    gs_entries_put(&to, GS_TEXT("state"),
                   gs_string(tally->done ? GS_TEXT("done") : GS_TEXT("running")));
    put_counts(&to, &tally->counts);
    put_count(&to, GS_TEXT("file_count"), tally->counts.files);
    gs_entries_put(&to, GS_TEXT("files"), gs_list(tally->files, tally->file_count));
    if (to.failed)
        return gs_fail_memory(err);
    return gs_ledger_write(&tally->number, batch, GS_LEDGER_RUNS, tally->number,
                           gs_entries_map(&to), err);
}

void gs_tally_free(gs_tally *tally)
{
    gs_arena_free(&tally->arena);
}
