#include "cli/command.h"
#include "cli/report.h"
#include <inttypes.h>
#include <stdio.h>

static int run(const gs_options *options, char **argv)
{
    gs_buffer directory = {0};
    gainsay_backed_up made;
    gainsay_error err;
    gainsay_code rc = gs_options_store(&directory, options, &err);

    (void)argv;
    if (rc == GAINSAY_OK)
        rc = gainsay_backup(directory.bytes, options->words[1], &made, &err);
    gs_buffer_free(&directory);
    if (rc == GAINSAY_OK && !gs_options_has(options, GS_OPTION_QUIET))
        printf("%s: checked and whole, commit %" PRIu64 " %s\n", options->words[1],
               made.commit, made.commit_hash);
    return gs_report_end(options, rc, &err);
}

const gs_command gs_command_backup = {
    .name = "backup",
    .arguments = "DIR",
    .summary = "a copy of the store, made while others write",
    .description =
        "Copies the store as it stands into DIR, which is made, puts it on disk, checks\n"
        "the copy as `gainsay check` does, and prints the number and the hash of its "
        "last\n"
        "commit, to be written down elsewhere. Readers and writers go on meanwhile. The\n"
        "copy is a store: to restore it, name it with -d or put it in the old one's "
        "place.\n"
        "\n"
        "  gainsay backup /mnt/other/$(date +%F)\n",
    .least = 1,
    .most = 1,
    .takes = GS_OPTIONS_COMMON | GS_TAKES(STORE),
    .run = run,
};
