#include "cli/answer.h"
#include "cli/command.h"
#include "cli/output/writers.h"

static int run(const gs_options *options, char **argv)
{
    return gs_answer_named(options, argv, GS_OPTION_COUNT, &gs_writer_table);
}

const gs_command gs_command_contradictions = {
    .name = "contradictions",
    .arguments = "[ACTOR]",
    .summary = "where one side says now this, now that",
    .description =
        "Prints pairs of statements of one side, the earlier first, that do not agree: "
        "a\n"
        "claim that it denied and confirmed, its own statement that it denied or took\n"
        "back.\n"
        "\n"
        "  gainsay contradictions Borduria\n",
    .least = 0,
    .most = 1,
    .takes =
        GS_OPTIONS_ASKING | GS_TAKES(AS_OF) | GS_TAKES(STATED_ONLY) | GS_TAKES(LIMIT),
    .run = run,
};
