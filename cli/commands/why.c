#include "cli/answer.h"
#include "cli/command.h"
#include "cli/output/writers.h"

static int run(const gs_options *options, char **argv)
{
    return gs_answer_named(options, argv, GS_OPTION_COUNT, &gs_writer_sheet);
}

const gs_command gs_command_why = {
    .name = "why",
    .arguments = "ID",
    .summary = "why a statement is there, and why its links are",
    .description =
        "Prints what is kept of how a statement came to be, a row for each reason:\n"
        "\n"
        "  statement  itself, with the extractor (by), its rule and its confidence\n"
        "  rule       each step of that rule in words\n"
        "  document   what reports it; the text around it, with its spans between » and "
        "«\n"
        "  run        which run of which job brought it, or found it known\n"
        "  link       what it answers, what answers it, what tells the same; by a "
        "record\n"
        "             (or the reading of its text), by the linker with its reasons, or "
        "by\n"
        "             a decision\n"
        "  decision   what was decided about it, also where it is withdrawn since\n"
        "\n"
        "  gainsay why lock\n",
    .least = 1,
    .most = 1,
    .takes = GS_OPTIONS_ASKING | GS_TAKES(AS_OF) | GS_TAKES(LIMIT),
    .run = run,
};
