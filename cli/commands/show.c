#include "cli/answer.h"
#include "cli/command.h"

const gs_command gs_command_show = {
    .name = "show",
    .arguments = "ID|NAME|FILE|URL",
    .summary = "one statement, actor or document, whole",
    .description =
        "Prints a statement by its id, what an actor said by any of its names, or all\n"
        "statements of a document, by its file or URL, in the order of its text, also\n"
        "those that answer nothing. Columns are those of `chain`, and spans (places\n"
        "in the document's text, in Unicode code points) and same_as.\n"
        "\n"
        "  gainsay show article.txt\n"
        "  gainsay show 'Ministry of Defence'\n",
    .least = 1,
    .most = SIZE_MAX,
    .takes = GS_OPTIONS_ASKING | GS_TAKES(VERBOSE) | GS_TAKES(AS_OF) |
             GS_TAKES(STATED_ONLY) | GS_TAKES(LIMIT),
    .run = gs_answer_statements,
};
