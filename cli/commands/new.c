#include "cli/answer.h"
#include "cli/command.h"
#include "cli/output/writers.h"

static int run(const gs_options *options, char **argv)
{
    return gs_answer_named(options, argv, GS_OPTION_SINCE, &gs_writer_exchange);
}

const gs_command gs_command_new = {
    .name = "new",
    .arguments = "",
    .summary = "what came in",
    .description = "Prints the statements that came in since a commit or a day; without "
                   "--since those\n"
                   "of the last run. Columns are those of `chain`.\n"
                   "\n"
                   "  gainsay new --since 2024-05-01\n",
    .least = 0,
    .most = 0,
    .takes = GS_OPTIONS_ASKING | GS_TAKES(VERBOSE) | GS_TAKES(AS_OF) | GS_TAKES(LIMIT) |
             GS_TAKES(SINCE),
    .run = run,
};
