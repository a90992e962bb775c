#include "cli/answer.h"
#include "cli/command.h"

const gs_command gs_command_search = {
    .name = "search",
    .arguments = "WORDS",
    .summary = "statements that hold all the words",
    .description =
        "Prints the statements that hold all the words, in any case and without\n"
        "diacritics, the best first.\n"
        "\n"
        "  gainsay search --limit 5 gauge readings\n",
    .least = 1,
    .most = SIZE_MAX,
    .takes = GS_OPTIONS_ASKING | GS_TAKES(VERBOSE) | GS_TAKES(AS_OF) | GS_TAKES(LIMIT),
    .run = gs_answer_statements,
};
