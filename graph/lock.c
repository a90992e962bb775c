/* The right to write. LMDB's own lock waits for ever and names nobody, so a writer first
 * takes flock on the store's directory, with a limit. */
#include "graph/txn_impl.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

enum { POLL_MS = 5 };

/* The process that /proc/locks says has flock on this inode; 0 when it says nothing. */
static long holder_of(ino_t inode)
{
    char line[256];
    long process = 0;
    FILE *locks = fopen("/proc/locks", "re");

    if (locks == NULL)
        return 0;
    while (process == 0 && fgets(line, sizeof line, locks) != NULL) {
        long pid;
        uintmax_t seen;

        if (sscanf(line, "%*d: FLOCK %*s WRITE %ld %*x:%*x:%" SCNuMAX, &pid, &seen) ==
                2 &&
            seen == (uintmax_t)inode && pid > 0)
            process = pid;
    }
    fclose(locks);
    return process;
}

static void name_of(char *out, size_t size, long process)
{
    char path[64];
    FILE *file;

    snprintf(out, size, "?");
    snprintf(path, sizeof path, "/proc/%ld/comm", process);
    file = fopen(path, "re");
    if (file == NULL)
        return;
    if (fgets(out, (int)size, file) != NULL)
        out[strcspn(out, "\n")] = '\0';
    fclose(file);
    for (char *c = out; *c != '\0'; c++)
        if (*c < ' ' || *c > '~')
            *c = '?';
}

static gs_code fail_locked(const gs_environment *environment, uint32_t wait_ms,
                           gs_error *err)
{
    char name[32];
    long process = holder_of(environment->inode);

    if (process == 0)
        return gs_fail(err, GS_LOCKED,
                       "%s: another writer has it (waited %" PRIu32
                       " ms); try again later",
                       environment->path, wait_ms);
    name_of(name, sizeof name, process);
    return gs_fail(err, GS_LOCKED,
                   "%s: process %ld (%s) is writing to it (waited %" PRIu32
                   " ms); wait for it or end it",
                   environment->path, process, name, wait_ms);
}

/* Threads of this process share one flock, so `writing` comes before it. */
static bool try_lock(gs_environment *environment, int *number)
{
    bool mine = false;

    pthread_mutex_lock(&environment->mutex);
    if (!environment->writing) {
        int status;

        do
            status = flock(environment->directory, LOCK_EX | LOCK_NB);
        while (status != 0 && errno == EINTR);
        mine = status == 0;
        *number = mine || errno == EWOULDBLOCK ? 0 : errno;
        environment->writing = mine;
    }
    pthread_mutex_unlock(&environment->mutex);
    return mine;
}

gs_code gs_lock_take(gs_environment *environment, uint32_t wait_ms, gs_error *err)
{
    const struct timespec pause = {0, POLL_MS * 1000000L};
    uint32_t waited = 0;
    int number = 0;

    while (!try_lock(environment, &number)) {
        if (number != 0)
            return gs_fail(err, GS_STORAGE, "%s: cannot be locked: %s", environment->path,
                           strerror(number));
        if (waited >= wait_ms)
            return fail_locked(environment, wait_ms, err);
        nanosleep(&pause, NULL);
        waited += POLL_MS;
    }
    return GS_OK;
}

void gs_lock_release(gs_environment *environment)
{
    pthread_mutex_lock(&environment->mutex);
    environment->writing = false;
    if (environment->process == getpid()) /* behind a fork the lock is the parent's */
        flock(environment->directory, LOCK_UN);
    pthread_mutex_unlock(&environment->mutex);
}
