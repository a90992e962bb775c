#include "cli/command.h"
#include "cli/report.h"
#include "cli/signals.h"
#include <inttypes.h>
#include <stdio.h>

static void on_found(void *context, const char *file, const gainsay_error *found)
{
    (void)file;
    gs_report_error(context, NULL, found);
}

static gainsay_code check(gainsay_checked *out, const gs_options *options,
                          gainsay_error *err)
{
    gs_buffer directory = {0};
    uint64_t wait = 0;
    gainsay_checking checking = {.report = on_found,
                                 .context = (void *)(uintptr_t)options,
                                 .interrupt = gs_signals_caught()};
    gainsay_code rc = gs_options_milliseconds(&wait, options, GS_OPTION_WAIT, err);

    checking.wait_ms = wait > UINT32_MAX ? UINT32_MAX : (uint32_t)wait;
    if (rc == GAINSAY_OK)
        rc = gs_options_store(&directory, options, err);
    if (rc == GAINSAY_OK)
        rc = gainsay_check(directory.bytes, &checking, out, err);
    gs_buffer_free(&directory);
    return rc;
}

static int run(const gs_options *options, char **argv)
{
    gainsay_checked checked;
    gainsay_error err;
    gainsay_code rc = check(&checked, options, &err);

    (void)argv;
    if (rc == GAINSAY_OK && !gs_options_has(options, GS_OPTION_QUIET)) {
        printf("whole: %" PRIu64 " commits, %" PRIu64 " records, %" PRIu64 " pages",
               checked.commits, checked.records, checked.pages);
        printf(" (%" PRIu64 " free)\n", checked.free_pages);
    }
    return gs_report_end(options, rc, &err);
}

const gs_command gs_command_check = {
    .name = "check",
    .arguments = "",
    .summary = "whether the store is whole",
    .description =
        "Reads the whole store: first the pages of its file, then every record by its\n"
        "checksum, the hash of every commit over its records and the commit before, and\n"
        "that lists, indexes and counts have what the records say. Says which table and\n"
        "record is damaged and what is lost; the status is 6 then. Readers go on; a\n"
        "writer at work is waited for with --wait.\n"
        "\n"
        "  gainsay check --wait 1m || echo damaged\n",
    .takes = GS_OPTIONS_COMMON | GS_TAKES(STORE) | GS_TAKES(WAIT),
    .run = run,
};
