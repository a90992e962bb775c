/* Documents are parsed by a program of its own, which this one becomes: a kill of
 * `gainsay` is a kill of it, and whoever only asks links no parser. */
#include "cli/command.h"
#include "cli/fail.h"
#include "cli/report.h"
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#define FEEDER "../libexec/gainsay/gainsay-ingest" /* from the folder of this program */

static gainsay_code find_feeder(char path[PATH_MAX], gainsay_error *err)
{
    ssize_t size = readlink("/proc/self/exe", path, PATH_MAX - sizeof FEEDER);
    char *slash;

    if (size <= 0)
        return gs_cli_fail(err, GAINSAY_FAILED,
                           "cannot tell where this program lies (/proc/self/exe): %s",
                           strerror(errno));
    path[size] = '\0';
    slash = strrchr(path, '/');
    if (slash == NULL)
        return gs_cli_fail(err, GAINSAY_FAILED, "%s: no path of a program", path);
    memcpy(slash + 1, FEEDER, sizeof FEEDER);
    return GAINSAY_OK;
}

int gs_command_feed(const gs_options *options, char **argv)
{
    char path[PATH_MAX];
    gainsay_error err;
    gainsay_code rc = find_feeder(path, &err);

    if (rc == GAINSAY_OK) {
        execv(path, argv);
        rc = gs_cli_fail(&err, GAINSAY_FAILED, "%s: cannot be started: %s; install it",
                         path, strerror(errno));
    }
    gs_report_error(options, NULL, &err);
    return gs_exit_status(rc);
}
