#include "cli/command.h"
#include "cli/fail.h"
#include "cli/report.h"
#include "cli/signals.h"
#include <inttypes.h>
#include <stdio.h>

static gainsay_code erase(gainsay_erased *made, const gs_options *options,
                          gs_buffer *directory, gainsay_error *err)
{
    gainsay_erasing erasing = {.what = options->words[1],
                               .dry_run = gs_options_has(options, GS_OPTION_DRY_RUN),
                               .interrupt = gs_signals_caught()};
    uint64_t wait = 0;
    gainsay_code rc = gs_options_milliseconds(&wait, options, GS_OPTION_WAIT, err);

    erasing.wait_ms = wait > UINT32_MAX ? UINT32_MAX : (uint32_t)wait;
    if (rc == GAINSAY_OK && !erasing.dry_run && !gs_options_has(options, GS_OPTION_YES))
        return gs_cli_fail(
            err, GAINSAY_USAGE,
            "erase: it cannot be undone; look with --dry-run, and say --yes");
    if (rc == GAINSAY_OK)
        rc = gs_options_store(directory, options, err);
    return rc == GAINSAY_OK ? gainsay_erase(directory->bytes, &erasing, made, err) : rc;
}

static int run(const gs_options *options, char **argv)
{
    gs_buffer directory = {0};
    gainsay_erased made = {0};
    gainsay_error err;
    gainsay_code rc = erase(&made, options, &directory, &err);

    (void)argv;
    gs_buffer_free(&directory);
    if (rc == GAINSAY_OK && !gs_options_has(options, GS_OPTION_QUIET)) {
        printf("%" PRIu64 " statement%s, %" PRIu64 " document%s, %" PRIu64
               " record%s in all",
               made.statements, made.statements == 1 ? "" : "s", made.documents,
               made.documents == 1 ? "" : "s", made.records,
               made.records == 1 ? "" : "s");
        if (made.texts > 0)
            printf("; with the text of %" PRIu64 " document%s that holds the words",
                   made.texts, made.texts == 1 ? "" : "s");
        puts(gs_options_has(options, GS_OPTION_DRY_RUN) ? "; nothing is erased yet" : "");
    }
    return gs_report_end(options, rc, &err);
}

const gs_command gs_command_erase = {
    .name = "erase",
    .arguments = "ID|URL|FILE",
    .summary = "a statement or a document for good, with its history",
    .description =
        "Erases a statement, or a document with all that is reported nowhere else: the\n"
        "record, its versions, its words, its links, and what was set aside and holds\n"
        "them. The text of a document in which an erased statement's words stand goes\n"
        "with it. The store is written anew without them and put in its place in one\n"
        "step; commits keep their hashes, `check` verifies them. Erase copies of the\n"
        "statement by their own ids; names of actors stay, and so do earlier backups.\n"
        "\n"
        "  gainsay erase --dry-run https://example.org/1\n"
        "  gainsay erase --yes https://example.org/1\n",
    .least = 1,
    .most = 1,
    .takes = GS_OPTIONS_COMMON | GS_TAKES(STORE) | GS_TAKES(WAIT) | GS_TAKES(YES) |
             GS_TAKES(DRY_RUN),
    .run = run,
};
