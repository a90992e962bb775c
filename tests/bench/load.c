#include "tests/bench/load.h"

#include "tests/bench/bench.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLE_NS = 4000000 }; /* between two looks at the child's memory */

static void program(char path[PATH_MAX])
{
    ssize_t size = readlink("/proc/self/exe", path, PATH_MAX - sizeof "gainsay");
    char *slash;

    if (size <= 0)
        gs_bench_fail("/proc/self/exe", "cannot be read");
    path[size] = '\0';
    slash = strrchr(path, '/');
    if (slash != NULL)
        memcpy(slash + 1, "gainsay", sizeof "gainsay");
}

static void remove_store(const char *directory)
{
    static const char *const files[] = {"data.mdb", "lock.mdb", "HEAD"};
    char path[PATH_MAX];

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", directory, files[i]);
        unlink(path);
    }
    rmdir(directory);
}

static pid_t start(const char *statements, const char *directory)
{
    char path[PATH_MAX];
    pid_t child;
    int null;

    program(path);
    child = fork();
    if (child < 0)
        gs_bench_fail(path, "cannot fork");
    if (child > 0)
        return child;
    null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (null >= 0)
        dup2(null, STDOUT_FILENO);
    execl(path, "gainsay", "-q", "-d", directory, "ingest", statements, (char *)NULL);
    _exit(127);
}

/* KiB of anonymous memory at this moment; 0 for a process that has ended. */
static double anonymous_of(pid_t child)
{
    char path[64], line[256];
    double size = 0;
    FILE *status;

    snprintf(path, sizeof path, "/proc/%d/status", (int)child);
    status = fopen(path, "re");
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, "RssAnon:", 8) == 0)
            size = strtod(line + 8, NULL);
    if (status != NULL)
        fclose(status);
    return size;
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

gs_bench_loaded gs_bench_load(const char *statements, const char *directory)
{
    gs_bench_loaded loaded = {0};
    char path[PATH_MAX];
    struct stat data;
    double before;
    pid_t child;
    int status;

    remove_store(directory);
    before = seconds();
    child = start(statements, directory);
    while (waitpid(child, &status, WNOHANG) == 0) {
        double size = anonymous_of(child);

        if (size > loaded.anonymous)
            loaded.anonymous = size;
        nanosleep(&(struct timespec){.tv_nsec = SAMPLE_NS}, NULL);
    }
    loaded.seconds = seconds() - before;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        gs_bench_fail(statements, "gainsay ingest failed");
    snprintf(path, sizeof path, "%s/data.mdb", directory);
    if (stat(path, &data) != 0)
        gs_bench_fail(path, "is not there");
    loaded.disk = (double)data.st_size;
    return loaded;
}
