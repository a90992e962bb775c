/* A lock of the open file (F_OFD_SETLK) on a byte far behind the end of data.mdb, one for
 * each run. LMDB locks nothing in that file, so that to close it drops no lock of LMDB's. */
#include "graph/claim.h"

#include "graph/txn_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int64_t behind_all = (int64_t)1 << 61;

struct gs_claim {
    int file;
};

gs_code gs_claim_run(gs_claim **out, gs_store *store, uint64_t run, gs_error *err)
{
    struct flock byte = {.l_type = F_WRLCK,
                         .l_whence = SEEK_SET,
                         .l_start = behind_all + (int64_t)run,
                         .l_len = 1};
    gs_claim *claim = calloc(1, sizeof *claim);
    gs_code rc = GS_OK;

    if (claim == NULL)
        return gs_fail_memory(err);
    claim->file = openat(store->environment->directory, "data.mdb",
                         O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (claim->file < 0)
        rc = gs_fail(err, GS_STORAGE, "%s: data.mdb: %s", store->environment->path,
                     strerror(errno));
    else if (fcntl(claim->file, F_OFD_SETLK, &byte) != 0)
        rc =
            errno == EAGAIN || errno == EACCES
                ? gs_fail(err, GS_LOCKED,
                          "run %" PRIu64 ": a process is at work on it; wait for it", run)
                : gs_fail(err, GS_STORAGE, "run %" PRIu64 ": cannot be locked: %s", run,
                          strerror(errno));
    if (rc == GS_OK)
        *out = claim;
    else
        gs_claim_end(claim);
    return rc;
}

void gs_claim_end(gs_claim *claim)
{
    if (claim == NULL)
        return;
    if (claim->file >= 0)
        close(claim->file);
    free(claim);
}
