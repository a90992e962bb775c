#include "cli/command.h"
#include "cli/report.h"
#include <stdio.h>

static int run(const gs_options *options, char **argv)
{
    (void)options, (void)argv;
    printf("gainsay %s\n", gainsay_version());
    return fflush(stdout) == 0 ? GS_STATUS_DONE : GS_STATUS_FAILED;
}

const gs_command gs_command_version = {
    .name = "version",
    .arguments = "",
    .summary = "the version",
    .description = "Prints the program's name and version.\n",
    .takes = GS_OPTIONS_COMMON | GS_TAKES(STORE),
    .run = run,
};
