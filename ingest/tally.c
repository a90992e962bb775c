#include "ingest/tally.h"
#include "graph/base/edtf.h"
#include "ingest/record/entries.h"
#include <string.h>

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

typedef struct named_count {
    gs_text name;
    uint64_t *count;
} named_count;

enum { COUNTS = 10 };

static void list_counts(named_count out[COUNTS], gainsay_summary *counts)
{
    const named_count all[COUNTS] = {
        {GS_TEXT("new"), &counts->added},
        {GS_TEXT("known"), &counts->known},
        {GS_TEXT("revised"), &counts->revised},
        {GS_TEXT("skipped"), &counts->skipped},
        {GS_TEXT("rejected"), &counts->rejected},
        {GS_TEXT("conflicts"), &counts->conflicts},
        {GS_TEXT("linked"), &counts->linked},
        {GS_TEXT("open"), &counts->open},
        {GS_TEXT("documents"), &counts->documents},
        {GS_TEXT("file_count"), &counts->files},
    };

    memcpy(out, all, sizeof all);
}

static bool is_text(gs_value value, gs_text text)
{
    return value.type == GS_STRING && gs_text_equal(value.as.string, text);
}

static gs_code take_over(gs_tally *tally, uint64_t number, gs_value entry, gs_error *err)
{
    named_count counts[COUNTS];
    gs_value start = gs_map_get(entry, GS_TEXT("start")), value;
    gs_edtf date;
    gs_code rc = GS_OK;

    if (start.type == GS_STRING)
        rc = gs_edtf_parse(&date, start.as.string, err);
    if (rc != GS_OK)
        return rc;
    if (start.type == GS_STRING)
        tally->start = date.earliest;
    tally->number = number;
    list_counts(counts, &tally->counts);
    for (size_t i = 0; i < COUNTS; i++) {
        value = gs_map_get(entry, counts[i].name);
        *counts[i].count = value.type == GS_INTEGER ? (uint64_t)value.as.integer : 0;
    }
    return GS_OK;
}

gs_code gs_tally_resume(gs_tally *tally, const gs_snapshot *snapshot, gs_error *err)
{
    uint64_t number = 0;
    gs_value entry;
    bool found = false;
    gs_code rc;

    if (tally->command.bytes == NULL)
        return GS_END;
    while ((rc = gs_ledger_read(&number, &entry, snapshot, GS_LEDGER_RUNS, number + 1,
                                &tally->arena, err)) == GS_OK) {
        if (is_text(gs_map_get(entry, GS_TEXT("command")), tally->command)) {
            found = is_text(gs_map_get(entry, GS_TEXT("state")), GS_TEXT("running"));
            if (found)
                GS_TRY(take_over(tally, number, entry, err));
        }
        gs_arena_reset(&tally->arena);
    }
    if (rc == GS_END && found)
        rc = GS_OK;
out:
    if (!found) {
        tally->number = 0;
        tally->counts = (gainsay_summary){0};
    }
    return rc;
}

gs_code gs_tally_write(gs_tally *tally, gs_batch *batch, gs_arena *arena, gs_error *err)
{
    gs_entries to = {.arena = arena};
    named_count counts[COUNTS];

    gs_entries_put(&to, GS_TEXT("job"), gs_string(tally->job));
    gs_entries_put(&to, GS_TEXT("start"), gs_string(gs_tally_time(arena, tally->start)));
    if (tally->done)
        gs_entries_put(&to, GS_TEXT("end"), gs_string(gs_tally_time(arena, tally->end)));
    gs_entries_put(&to, GS_TEXT("state"),
                   gs_string(tally->done ? GS_TEXT("done") : GS_TEXT("running")));
    gs_entries_put(&to, GS_TEXT("command"), gs_string(tally->command));
    list_counts(counts, &tally->counts);
    for (size_t i = 0; i < COUNTS; i++)
        gs_entries_put(&to, counts[i].name, gs_integer((int64_t)*counts[i].count));
    if (to.failed)
        return gs_fail_memory(err);
    return gs_ledger_write(&tally->number, batch, GS_LEDGER_RUNS, tally->number,
                           gs_entries_map(&to), err);
}

void gs_tally_free(gs_tally *tally)
{
    gs_arena_free(&tally->arena);
}
