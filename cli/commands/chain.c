#include "cli/answer.h"
#include "cli/command.h"

const gs_command gs_command_chain = {
    .name = "chain",
    .arguments = "ID|WORDS",
    .summary = "the whole exchange: claims, and what answers them",
    .description =
        "Prints the exchange that a statement belongs to, found by its id or by words\n"
        "that all stand in it: everything that answers it or that it answers, both\n"
        "ways, as trees in time. An act told several times is one line.\n"
        "\n"
        "On a terminal, `~` marks a link that was inferred, with its confidence. In a\n"
        "pipe, a JSON object a statement: id, depth, kind, date, after_days, speaker,\n"
        "on_behalf_of, accused, via, text, hedged, answers, inferred, confidence,\n"
        "document, reported, copies.\n"
        "\n"
        "With -o FILE.html it is a page: time downwards, a lane for each side.\n"
        "\n"
        "  gainsay chain dam gates\n"
        "  gainsay chain -o dam.html dam gates\n"
        "  gainsay chain --stated-only -f csv dam gates > dam.csv\n",
    .least = 1,
    .most = SIZE_MAX,
    .takes = GS_OPTIONS_ASKING | GS_TAKES(VERBOSE) | GS_TAKES(AS_OF) |
             GS_TAKES(STATED_ONLY) | GS_TAKES(LIMIT),
    .run = gs_answer_statements,
};
