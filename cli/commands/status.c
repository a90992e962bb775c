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
        "Prints how much the store holds, the number and hash of its last commit, which\n"
        "can be written down as evidence, its bytes (by table, and free ones, which\n"
        "`gainsay compact` gives back), and who reads it now: a reader that stays holds\n"
        "pages, the more the farther `behind` it is in commits.\n",
    .takes = GS_OPTIONS_ASKING,
    .run = run,
};
