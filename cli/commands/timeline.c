#include "cli/answer.h"
#include "cli/command.h"

const gs_command gs_command_timeline = {
    .name = "timeline",
    .arguments = "ACTOR [ACTOR]",
    .summary = "all about one actor, or between two, by date",
    .description =
        "Prints by date what an actor, and those who speak for it, said and were "
        "accused\n"
        "of; of two actors what each said of the other, or answered it. In after_days\n"
        "stand the days since the row before: silences show. Columns are those of\n"
        "`chain`.\n"
        "\n"
        "  gainsay timeline Borduria\n"
        "  gainsay timeline Borduria Arland\n",
    .least = 1,
    .most = 2,
    .takes = GS_OPTIONS_ASKING | GS_TAKES(VERBOSE) | GS_TAKES(AS_OF) | GS_TAKES(LIMIT),
    .run = gs_answer_statements,
};
