#include "cli/answer.h"
#include "cli/command.h"
#include "cli/output/writers.h"

static int run(const gs_options *options, char **argv)
{
    (void)argv;
    return gs_answer(options,
                     &(gs_asking){.question = "status", .readable = &gs_writer_sheet});
}

const gs_command gs_command_status = {
    .name = "status",
    .arguments = "",
    .summary = "what the store holds, and its last commit",
    .description =
        "Prints how much the store holds, its format, and the number and hash of its\n"
        "last commit, which can be written down as evidence.\n",
    .takes = GS_OPTIONS_ASKING,
    .run = run,
};
