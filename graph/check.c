#include "graph/check.h"

#include "graph/check_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { POLL_MS = 5 };

gs_code gs_check_tell(gs_check_state *state, const gs_error *found, gs_code rc)
{
    if (rc != GS_DAMAGED)
        return rc;
    if (state->checked.found++ < GS_CHECK_FOUND_MAX && state->options->report != NULL)
        state->options->report(state->options->context, found);
    return GS_OK;
}

gs_code gs_check_pause(const gs_check_state *state, gs_error *err)
{
    const volatile int *interrupt = state->options->interrupt;

    if (interrupt != NULL && *interrupt != 0)
        return gs_fail(err, GS_INTERRUPTED, "interrupted; the check is not through");
    return GS_OK;
}

/* While pages are read as bytes nobody may write to them. */
static gs_code keep_writers_out(int directory, const char *path, uint32_t wait_ms,
                                gs_error *err)
{
    const struct timespec pause = {0, POLL_MS * 1000000L};

    for (uint32_t waited = 0; flock(directory, LOCK_SH | LOCK_NB) != 0;
         waited += POLL_MS) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return gs_fail(err, GS_STORAGE, "%s: cannot be locked: %s", path,
                           strerror(errno));
        if (waited >= wait_ms)
            return gs_fail(err, GS_LOCKED,
                           "%s: a writer is at work (waited %" PRIu32
                           " ms); check it later, or wait longer with --wait",
                           path, wait_ms);
        nanosleep(&pause, NULL);
    }
    return GS_OK;
}

static gs_code check_file(gs_page_counts *out, int directory, const char *path,
                          gs_error *err)
{
    struct stat seen;
    void *bytes;
    gs_code rc;
    int file = openat(directory, "data.mdb", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

    if (file < 0 || fstat(file, &seen) != 0) {
        rc = gs_fail(err, GS_STORAGE, "%s: data.mdb: %s", path, strerror(errno));
        if (file >= 0)
            close(file);
        return rc;
    }
    if (seen.st_size == 0) { /* opening it says what that means */
        close(file);
        return GS_OK;
    }
    bytes = mmap(NULL, (size_t)seen.st_size, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (bytes == MAP_FAILED)
        return gs_fail(err, GS_STORAGE, "%s: data.mdb: %s", path, strerror(errno));
    rc = gs_pages_check(out, bytes, (size_t)seen.st_size, err);
    munmap(bytes, (size_t)seen.st_size);
    return rc;
}

static gs_code check_pages(gs_page_counts *out, const char *path,
                           const gs_check_options *options, gs_error *err)
{
    gs_code rc;
    bool made;
    int directory = -1;

    rc = gs_store_directory_open(&directory, &made, path, false, err);
    if (rc != GS_OK)
        return rc;
    rc = keep_writers_out(directory, path, options->wait_ms, err);
    if (rc == GS_OK)
        rc = check_file(out, directory, path, err);
    close(directory);
    return rc;
}

static gs_code check_content(gs_check_state *state, const char *path, gs_error *err)
{
    gs_code rc;
    gs_store *store = NULL;
    gs_snapshot *snapshot = NULL;

    GS_TRY(gs_store_open(&store, path, &(gs_store_options){0}, err));
    GS_TRY(gs_snapshot_open(&snapshot, store, GS_NOW, err));
    state->snapshot = snapshot;
    state->checked.commits = gs_snapshot_commit(snapshot);
    state->checked.records = gs_snapshot_last(snapshot);
    GS_TRY(gs_check_records(state, err));
    GS_TRY(gs_check_commits(state, err));
out:
    gs_snapshot_close(snapshot);
    gs_store_close(store);
    return rc;
}

gs_code gs_check(gs_checked *out, const char *directory, const gs_check_options *options,
                 gs_error *err)
{
    gs_check_state state = {.options = options};
    gs_code rc = check_pages(&state.checked.pages, directory, options, err);

    if (rc == GS_OK)
        rc = check_content(&state, directory, err);
    if (rc == GS_DAMAGED)
        rc = gs_check_tell(&state, err, rc);
    free(state.births);
    free(state.hides);
    free(state.counts);
    gs_arena_free(&state.arena);
    free(state.keys.items);
    free(state.words.items);
    if (rc != GS_OK)
        return rc;
    *out = state.checked;
    if (state.checked.found == 0)
        return GS_OK;
    return gs_fail(err, GS_DAMAGED,
                   "%s: %" PRIu64 " %s found; restore the store from a backup, or ingest "
                   "its sources into a new one",
                   directory, state.checked.found,
                   state.checked.found == 1 ? "damage was" : "damages were");
}
