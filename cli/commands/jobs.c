#include "cli/answer.h"
#include "cli/command.h"
#include "cli/output/writers.h"

static int run(const gs_options *options, char **argv)
{
    (void)argv;
    return gs_answer(options,
                     &(gs_asking){.question = "jobs", .readable = &gs_writer_table});
}

const gs_command gs_command_jobs = {
    .name = "jobs",
    .arguments = "",
    .summary = "the runs of ingest, and what each brought",
    .description =
        "Prints each run of `gainsay ingest`, oldest first: its number, the job it\n"
        "belongs to, when it began and ended, and its counts. One that was killed has "
        "no\n"
        "end and stays `running`, until the same command goes on with it.\n"
        "\n"
        "  gainsay jobs -f csv\n",
    .takes = GS_OPTIONS_ASKING,
    .run = run,
};
