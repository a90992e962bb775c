#include "cli/command.h"
#include "cli/fail.h"
#include "cli/report.h"
#include "cli/signals.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool write_line(void *context, const char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, context) == size;
}

static gainsay_code dump(const gs_options *options, FILE *output, gainsay_error *err)
{
    gainsay_dumping dumping = {.canonical = gs_options_has(options, GS_OPTION_CANONICAL),
                               .write = write_line,
                               .context = output,
                               .interrupt = gs_signals_caught()};
    gs_buffer directory = {0};
    gainsay_code rc = gs_options_store(&directory, options, err);

    if (rc == GAINSAY_OK)
        rc = gainsay_dump(directory.bytes, &dumping, err);
    gs_buffer_free(&directory);
    return rc;
}

static int run(const gs_options *options, char **argv)
{
    const char *path = options->values[GS_OPTION_OUTPUT];
    FILE *output = path != NULL ? fopen(path, "we") : stdout;
    gainsay_error err;
    gainsay_code rc;

    (void)argv;
    if (output == NULL)
        rc = gs_cli_fail(&err, GAINSAY_STORAGE, "%s: cannot be written: %s", path,
                         strerror(errno));
    else
        rc = dump(options, output, &err);
    if (rc == GAINSAY_OK && fflush(output) != 0)
        rc = gs_cli_fail(&err, GAINSAY_STORAGE, "the dump cannot be written: %s",
                         strerror(errno));
    if (output != NULL && output != stdout)
        fclose(output);
    if (rc != GAINSAY_OK)
        gs_report_error(options, NULL, &err);
    return gs_exit_status(rc);
}

const gs_command gs_command_dump = {
    .name = "dump",
    .arguments = "",
    .summary = "the whole store as text, history included",
    .description =
        "Prints the store as JSON Lines, each commit with its records as they were\n"
        "written; what has ended, what is hidden, runs and what was set aside too. A\n"
        "stranger can read it (schemas/dump.schema.json), and `gainsay load FILE` makes\n"
        "an equal store of it, commit by commit, and proves it by their hashes.\n"
        "\n"
        "--canonical prints what is visible now, without numbers and sorted: two stores\n"
        "that hold the same print the same, however they came to it.\n"
        "\n"
        "  gainsay -d old dump | gainsay -d new load -\n",
    .takes = GS_OPTIONS_COMMON | GS_TAKES(STORE) | GS_TAKES(OUTPUT) | GS_TAKES(CANONICAL),
    .run = run,
};
