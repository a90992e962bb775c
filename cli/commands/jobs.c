#include "cli/answer.h"
#include "cli/command.h"
#include "cli/fail.h"
#include "cli/output/writers.h"
#include "cli/report.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int run(const gs_options *options, char **argv)
{
    const char *what = options->word_count > 1 ? options->words[1] : NULL;
    bool redo = what != NULL && strcmp(what, "redo") == 0;
    gainsay_error err;
    gainsay_code rc;

    if (what == NULL)
        return gs_answer(options,
                         &(gs_asking){.question = "jobs", .readable = &gs_writer_table});
    if (!redo && strcmp(what, "undo") != 0 && strcmp(what, "show") != 0)
        rc = gs_cli_fail(&err, GAINSAY_USAGE,
                         "jobs %s: no such word; it is show, undo or redo", what);
    else if (options->word_count < 3)
        rc = gs_cli_fail(&err, GAINSAY_USAGE,
                         "jobs %s: which run? Write gainsay jobs %s RUN", what, what);
    else if (strcmp(what, "show") == 0)
        return gs_answer(options, &(gs_asking){.question = "run",
                                               .arguments = options->words + 2,
                                               .count = 1,
                                               .readable = &gs_writer_sheet});
    else
        return gs_command_feed(options, argv);
    return gs_report_end(options, rc, &err);
}

const gs_command gs_command_jobs = {
    .name = "jobs",
    .arguments = "[show|undo|redo RUN]",
    .summary = "the runs of ingest, what each brought; take one back",
    .description =
        "Prints each run of `gainsay ingest`, oldest first: its number, the job it\n"
        "belongs to, when it began and ended, and its counts. One that was killed has "
        "no\n"
        "end and stays `running`, until the same command goes on with it.\n"
        "\n"
        "`show RUN` prints one with its inputs. `undo RUN` takes it back: what it "
        "brought\n"
        "and no other run brought or found known is hidden, now; a question as of "
        "before\n"
        "still sees it. Whatever other runs brought stays. `redo RUN` brings it again.\n"
        "`undo` asks, or wants --yes; --dry-run only counts.\n"
        "\n"
        "  gainsay jobs -f csv\n"
        "  gainsay jobs undo 12 --yes\n",
    .most = 2,
    .takes = GS_OPTIONS_UNDO,
    .run = run,
};
