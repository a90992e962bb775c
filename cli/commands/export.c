#include "cli/answer.h"
#include "cli/command.h"
#include "cli/fail.h"
#include "cli/output/writers.h"
#include <string.h>

static int run(const gs_options *options, char **argv)
{
    const char *what = options->words[1];
    const char *form = options->values[GS_OPTION_OUTPUT_FORMAT];
    gainsay_error err = {0};

    (void)argv;
    if (strcmp(what, "statements") != 0 && strcmp(what, "records") != 0)
        gs_cli_fail(&err, GAINSAY_USAGE,
                    "export %s: no such export; it is `statements` or `records`", what);
    else if (form != NULL && strcmp(form, "jsonl") != 0)
        gs_cli_fail(&err, GAINSAY_USAGE,
                    "-f %s: records are JSON Lines; leave it out, or ask with `query`",
                    form);
    if (err.code != GAINSAY_OK) {
        gs_report_error(options, NULL, &err);
        return gs_exit_status(err.code);
    }
    return gs_answer(options, &(gs_asking){.question = "export",
                                           .arguments = options->words + 1,
                                           .count = 1,
                                           .readable = &gs_writer_records,
                                           .forced = &gs_writer_records});
}

const gs_command gs_command_export = {
    .name = "export",
    .arguments = "WHAT",
    .summary = "statements or records, as JSON Lines",
    .description =
        "Prints what the store holds as records, one JSON object a line. `statements`\n"
        "are the statement records alone, `records` documents and actors too.\n"
        "Ingested into the same store they change nothing; into an empty one, they\n"
        "make an equal store.\n"
        "\n"
        "  gainsay export records > all.jsonl\n",
    .least = 1,
    .most = 1,
    .takes = GS_OPTIONS_ASKING | GS_TAKES(AS_OF),
    .formats = "jsonl, and nothing else",
    .run = run,
};
