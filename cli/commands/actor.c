#include "cli/answer.h"
#include "cli/command.h"
#include "cli/output/writers.h"

static int run(const gs_options *options, char **argv)
{
    return gs_answer_named(options, argv, GS_OPTION_COUNT, &gs_writer_sheet);
}

const gs_command gs_command_actor = {
    .name = "actor",
    .arguments = "NAME",
    .summary = "names, whom it speaks for, counts",
    .description = "Prints an actor, found by any of its names: aliases, codes, whom it "
                   "speaks for,\n"
                   "how many statements it made and how many accuse it.\n"
                   "\n"
                   "  gainsay actor Borduria\n",
    .least = 1,
    .most = 1,
    .takes = GS_OPTIONS_ASKING | GS_TAKES(AS_OF),
    .run = run,
};
