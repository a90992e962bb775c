#include "graph/survey.h"

#include "graph/txn_impl.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { READERS_MAX = 64, FREE_TABLE = 0 /* LMDB's own, of free pages */ };

static int by_bytes(const void *a, const void *b)
{
    int64_t x = ((const gs_entry *)a)->value.as.integer;
    int64_t y = ((const gs_entry *)b)->value.as.integer;

    return (x < y) - (x > y);
}

static gs_code measure_tables(gs_value *out, const gs_snapshot *snapshot, gs_arena *arena,
                              gs_error *err)
{
    gs_entry *entries = gs_arena_array(arena, GS_TABLES, sizeof *entries);
    MDB_stat stat;

    if (entries == NULL)
        return gs_fail_memory(err);
    for (int i = 0; i < GS_TABLES; i++) {
        int status = mdb_stat(snapshot->txn, gs_txn_table(snapshot, (gs_table)i), &stat);

        if (status != 0)
            return gs_lmdb_fail(err, status, "measure the store");
        entries[i] =
            (gs_entry){gs_text_of(gs_lmdb_tables[i].name),
                       gs_integer((int64_t)(stat.ms_psize *
                                            (stat.ms_branch_pages + stat.ms_leaf_pages +
                                             stat.ms_overflow_pages)))};
    }
    qsort(entries, GS_TABLES, sizeof *entries, by_bytes);
    *out = gs_map(entries, GS_TABLES);
    return GS_OK;
}

/* Each row is a list of page numbers behind their count. */
static gs_code count_free(uint64_t *out, const gs_snapshot *snapshot, gs_error *err)
{
    MDB_cursor *cursor = NULL;
    MDB_val key, value;
    size_t pages;
    gs_code rc = GS_OK;
    int status = mdb_cursor_open(snapshot->txn, FREE_TABLE, &cursor);

    if (status != 0)
        return gs_lmdb_fail(err, status, "measure the store");
    *out = 0;
    while ((rc = gs_txn_move(cursor, &key, &value, MDB_NEXT, err)) == GS_OK) {
        if (value.mv_size < sizeof pages)
            break;
        memcpy(&pages, value.mv_data, sizeof pages);
        *out += pages;
    }
    mdb_cursor_close(cursor);
    return rc == GS_END ? GS_OK : rc;
}

typedef struct reading {
    gs_value *items;
    size_t count;
    uint64_t last; /* transaction */
    gs_arena *arena;
    bool failed;
} reading;

static gs_text program_of(gs_arena *arena, long process)
{
    char path[64], name[64] = "";
    FILE *file;

    snprintf(path, sizeof path, "/proc/%ld/comm", process);
    file = fopen(path, "re");
    if (file != NULL) {
        if (fgets(name, sizeof name, file) != NULL)
            name[strcspn(name, "\n")] = '\0';
        fclose(file);
    }
    return gs_text_copy(arena, gs_text_of(name));
}

static void add_reader(reading *r, long process, uint64_t txn)
{
    gs_entry *entries = gs_arena_array(r->arena, 3, sizeof *entries);
    gs_text program = program_of(r->arena, process);

    r->failed = r->failed || entries == NULL || program.bytes == NULL;
    if (r->failed || r->count == READERS_MAX)
        return;
    entries[0] = (gs_entry){GS_TEXT("process"), gs_integer(process)};
    entries[1] = (gs_entry){GS_TEXT("program"), gs_string(program)};
    entries[2] = (gs_entry){GS_TEXT("behind"),
                            gs_integer(r->last > txn ? (int64_t)(r->last - txn) : 0)};
    r->items[r->count++] = gs_map(entries, 3);
}

/* LMDB tells of its readers in text alone: "       pid   thread   txnid", a line each;
 * "-" for one that has no snapshot. */
static int on_text(const char *text, void *context)
{
    for (const char *line = text; line != NULL && *line != '\0';) {
        const char *next = strchr(line, '\n');
        uint64_t txn;
        long process;

        if (sscanf(line, "%ld %*x %" SCNu64, &process, &txn) == 2 && process != getpid())
            add_reader(context, process, txn);
        line = next == NULL ? NULL : next + 1;
    }
    return 0;
}

static gs_code list_readers(gs_value *out, const gs_snapshot *snapshot, gs_arena *arena,
                            gs_error *err)
{
    reading r = {.items = gs_arena_array(arena, READERS_MAX, sizeof *r.items),
                 .last = mdb_txn_id(snapshot->txn),
                 .arena = arena};

    if (r.items == NULL)
        return gs_fail_memory(err);
    if (!snapshot->store->environment->read_only)
        mdb_reader_list(snapshot->store->environment->env, on_text, &r);
    if (r.failed)
        return gs_fail_memory(err);
    *out = gs_list(r.items, r.count);
    return GS_OK;
}

gs_code gs_survey_make(gs_survey *out, const gs_snapshot *snapshot, gs_arena *arena,
                       gs_error *err)
{
    gs_survey survey = {0};
    MDB_envinfo info;
    MDB_stat stat;
    uint64_t free_pages = 0;
    gs_code rc;
    int status = mdb_env_info(snapshot->store->environment->env, &info);

    if (status == 0)
        status = mdb_env_stat(snapshot->store->environment->env, &stat);
    if (status != 0)
        return gs_lmdb_fail(err, status, "measure the store");
    GS_TRY(measure_tables(&survey.tables, snapshot, arena, err));
    GS_TRY(count_free(&free_pages, snapshot, err));
    GS_TRY(list_readers(&survey.readers, snapshot, arena, err));
    survey.bytes = (uint64_t)(info.me_last_pgno + 1) * stat.ms_psize;
    survey.free = free_pages * stat.ms_psize;
    *out = survey;
out:
    return rc;
}
