#include "cli/answer.h"
#include "cli/command.h"
#include "cli/output/writers.h"

static int run(const gs_options *options, char **argv)
{
    return gs_answer_named(options, argv, GS_OPTION_COUNT, &gs_writer_table);
}

const gs_command gs_command_denials = {
    .name = "denials",
    .arguments = "[ACTOR]",
    .summary = "who denies whom, how often, and what came of it",
    .description =
        "Prints for each side that denies, and whose claims it denies: how many "
        "denials,\n"
        "the first and the last, the median of days from claim to denial, and how many\n"
        "were of a claim confirmed by somebody, were taken back, were of a claim that "
        "was\n"
        "assessed.\n"
        "\n"
        "  gainsay denials -f csv\n",
    .least = 0,
    .most = 1,
    .takes =
        GS_OPTIONS_ASKING | GS_TAKES(AS_OF) | GS_TAKES(STATED_ONLY) | GS_TAKES(LIMIT),
    .run = run,
};
