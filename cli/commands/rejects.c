#include "cli/answer.h"
#include "cli/command.h"
#include "cli/fail.h"
#include "cli/output/writers.h"
#include "cli/report.h"
#include <string.h>

static int run(const gs_options *options, char **argv)
{
    const char *what = options->word_count > 1 ? options->words[1] : "show";
    gainsay_error err;
    gainsay_code rc;

    if (strcmp(what, "show") == 0)
        return gs_answer(
            options, &(gs_asking){.question = "rejects", .readable = &gs_writer_table});
    if (strcmp(what, "retry") == 0)
        return gs_command_feed(options, argv);
    rc = gs_cli_fail(&err, GAINSAY_USAGE, "rejects %s: no such word; it is show or retry",
                     what);
    return gs_report_end(options, rc, &err);
}

const gs_command gs_command_rejects = {
    .name = "rejects",
    .arguments = "[show|retry]",
    .summary = "the records that were set aside; try them again",
    .description =
        "Prints what ingest set aside: where it stood, why, and the record itself.\n"
        "`retry` takes each again as a run of its own: what is taken now, because\n"
        "something else came or this version knows more, is set aside no longer.\n"
        "\n"
        "  gainsay rejects -f jsonl\n"
        "  gainsay rejects retry\n",
    .most = 1,
    .takes = GS_OPTIONS_ASKING | GS_TAKES(DRY_RUN) | GS_TAKES(WAIT),
    .run = run,
};
