/* Documents are parsed, and lines edited, by programs of their own, which this one
 * becomes: a kill of `gainsay` is a kill of them, and whoever only asks links neither. */
#include "cli/command.h"
#include "cli/fail.h"
#include "cli/report.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "../libexec/gainsay/" /* from the folder of this program */

static gainsay_code find_program(char path[PATH_MAX], const char *name,
                                 gainsay_error *err)
{
    size_t room = sizeof FOLDER + strlen(name);
    ssize_t size = readlink("/proc/self/exe", path, PATH_MAX - room);
    char *slash;

    if (size <= 0)
        return gs_cli_fail(err, GAINSAY_FAILED,
                           "cannot tell where this program lies (/proc/self/exe): %s",
                           strerror(errno));
    path[size] = '\0';
    slash = strrchr(path, '/');
    if (slash == NULL)
        return gs_cli_fail(err, GAINSAY_FAILED, "%s: no path of a program", path);
    strcpy(slash + 1, FOLDER);
    strcat(slash + 1, name);
    return GAINSAY_OK;
}

/* A load changes tens of thousands of pages in memory of its own, of which each costs a
 * fault: in large pages, where the system has them, a few hundred. What the user has set
 * himself stays. */
static void ask_for_large_pages(void)
{
    setenv("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1", 0);
}

static int become(const gs_options *options, char **argv, const char *name)
{
    char path[PATH_MAX];
    gainsay_error err;
    gainsay_code rc = find_program(path, name, &err);

    if (rc == GAINSAY_OK) {
        execv(path, argv);
        rc = gs_cli_fail(&err, GAINSAY_FAILED, "%s: cannot be started: %s; install it",
                         path, strerror(errno));
    }
    gs_report_error(options, NULL, &err);
    return gs_exit_status(rc);
}

int gs_command_feed(const gs_options *options, char **argv)
{
    ask_for_large_pages();
    return become(options, argv, "gainsay-ingest");
}

int gs_command_edit(const gs_options *options, char **argv)
{
    return become(options, argv, "gainsay-shell");
}

int gs_command_visit(const gs_options *options, char **argv)
{
    return become(options, argv, "gainsay-fetch");
}
