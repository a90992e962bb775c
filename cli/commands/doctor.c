/* What keeps gainsay from working here: the store and its file system. */
#include "cli/command.h"
#include "cli/fail.h"
#include "cli/report.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { LEAST_FREE = 256 }; /* MB: a batch and its pages find room */

typedef struct findings {
    const char *store;
    int status; /* of the first that is wrong */
} findings;

__attribute__((format(printf, 4, 5))) static void
tell(findings *f, int status, const char *what, const char *format, ...)
{
    va_list rest;

    printf("%-5s %s: ", status == GS_STATUS_DONE ? "ok" : "WRONG", what);
    va_start(rest, format);
    vprintf(format, rest);
    va_end(rest);
    putchar('\n');
    if (f->status == GS_STATUS_DONE)
        f->status = status;
}

static void look_at_folder(findings *f)
{
    struct stat status;

    if (stat(f->store, &status) != 0)
        tell(f, errno == ENOENT ? GS_STATUS_NO_STORE : GS_STATUS_FAILED, "folder",
             "%s: %s", f->store, strerror(errno));
    else if (status.st_uid != geteuid())
        tell(f, GS_STATUS_FAILED, "folder",
             "%s belongs to another user; use one of yours", f->store);
    else
        tell(f, GS_STATUS_DONE, "folder", "%s, mode %03o", f->store,
             (unsigned)status.st_mode & 0777);
}

static void look_at_room(findings *f)
{
    struct statvfs room;
    uint64_t free_mb;

    if (statvfs(f->store, &room) != 0)
        return; /* no folder, which is told */
    free_mb = (uint64_t)room.f_bavail * room.f_frsize / 1000000;
    if (room.f_flag & ST_RDONLY)
        tell(f, GS_STATUS_DONE, "room", "the medium is read-only: questions alone");
    else
        tell(f, free_mb < LEAST_FREE ? GS_STATUS_FAILED : GS_STATUS_DONE, "room",
             "%" PRIu64 " MB free%s", free_mb,
             free_mb < LEAST_FREE ? "; make room before the next ingest" : "");
}

/* Opens it and asks for its last commit. */
static void look_at_store(findings *f)
{
    gainsay_store *store = NULL;
    gainsay_rows *rows = NULL;
    gainsay_error err;
    gainsay_code rc = gainsay_open(&store, f->store, &err);

    if (rc == GAINSAY_OK)
        rc = gainsay_ask(&rows, store, "status", NULL, 0, NULL, &err);
    if (rc == GAINSAY_OK)
        rc = gainsay_next(rows, &err);
    if (rc == GAINSAY_OK)
        tell(f, GS_STATUS_DONE, "store", "opens; `gainsay check` reads it whole");
    else
        tell(f, gs_exit_status(rc), "store", "%s", err.text);
    gainsay_rows_close(rows);
    gainsay_close(store);
}

static int run(const gs_options *options, char **argv)
{
    gs_buffer path = {0};
    gainsay_error err;
    findings f = {NULL, GS_STATUS_DONE};
    gainsay_code rc = gs_options_store(&path, options, &err);

    (void)argv;
    if (rc != GAINSAY_OK) {
        gs_report_error(options, NULL, &err);
        return gs_exit_status(rc);
    }
    f.store = path.bytes;
    look_at_folder(&f);
    look_at_room(&f);
    look_at_store(&f);
    gs_buffer_free(&path);
    return fflush(stdout) == 0 ? f.status : GS_STATUS_FAILED;
}

const gs_command gs_command_doctor = {
    .name = "doctor",
    .arguments = "",
    .summary = "what keeps it from working here",
    .description =
        "Looks at the store's folder, the room left on its file system, and whether it\n"
        "opens; a line each. The status is that of the first that is wrong.\n",
    .takes = GS_OPTIONS_COMMON | GS_TAKES(STORE),
    .run = run,
};
