#include "cli/answer.h"
#include "cli/command.h"
#include "cli/output/writers.h"

static int run(const gs_options *options, char **argv)
{
    return gs_answer_named(options, argv, GS_OPTION_COUNT, &gs_writer_table);
}

const gs_command gs_command_schema = {
    .name = "schema",
    .arguments = "",
    .summary = "labels, types and properties in the store",
    .description = "Prints the labels and the types of relationships that the store has, "
                   "with their\n"
                   "counts, and the names of properties.\n",
    .least = 0,
    .most = 0,
    .takes = GS_OPTIONS_ASKING,
    .run = run,
};
