#include "cli/command.h"
#include "cli/report.h"
#include <inttypes.h>
#include <stdio.h>

static int run(const gs_options *options, char **argv)
{
    gs_buffer directory = {0};
    gainsay_compacted made;
    gainsay_error err;
    uint64_t wait = 0;
    gainsay_code rc = gs_options_milliseconds(&wait, options, GS_OPTION_WAIT, &err);

    (void)argv;
    if (rc == GAINSAY_OK)
        rc = gs_options_store(&directory, options, &err);
    if (rc == GAINSAY_OK)
        rc =
            gainsay_compact(directory.bytes,
                            wait > UINT32_MAX ? UINT32_MAX : (uint32_t)wait, &made, &err);
    gs_buffer_free(&directory);
    if (rc == GAINSAY_OK && !gs_options_has(options, GS_OPTION_QUIET))
        printf("%" PRIu64 " bytes, before %" PRIu64 "\n", made.after, made.before);
    return gs_report_end(options, rc, &err);
}

const gs_command gs_command_compact = {
    .name = "compact",
    .arguments = "",
    .summary = "give free pages back to the file system",
    .description =
        "Writes the store anew without its free pages, and puts it in the old one's\n"
        "place in one step. It needs room for both meanwhile, and waits for a writer "
        "with\n"
        "--wait. Whoever reads goes on with what he has open; a job that is at work "
        "ends\n"
        "at its next batch, and the same command goes on with it.\n"
        "\n"
        "  gainsay compact --wait 1m\n",
    .takes = GS_OPTIONS_COMMON | GS_TAKES(STORE) | GS_TAKES(WAIT),
    .run = run,
};
