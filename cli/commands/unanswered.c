#include "cli/answer.h"
#include "cli/command.h"
#include "cli/output/writers.h"

static int run(const gs_options *options, char **argv)
{
    return gs_answer_named(options, argv, GS_OPTION_WITHIN, &gs_writer_table);
}

const gs_command gs_command_unanswered = {
    .name = "unanswered",
    .arguments = "[ACTOR]",
    .summary = "accusations that nobody has answered",
    .description =
        "Prints the accusations (of all, or of one actor and those who speak for it) "
        "that\n"
        "the accused, or who speaks for it, has not denied, countered, confirmed or\n"
        "declined to comment on. Their state is `unanswered`, or `early` while less "
        "time\n"
        "has passed than is given: 30 days, unless --within says other.\n"
        "\n"
        "  gainsay unanswered --within 2w Borduria\n",
    .least = 0,
    .most = 1,
    .takes = GS_OPTIONS_ASKING | GS_TAKES(AS_OF) | GS_TAKES(STATED_ONLY) |
             GS_TAKES(LIMIT) | GS_TAKES(WITHIN),
    .run = run,
};
