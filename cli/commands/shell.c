#include "cli/command.h"

const gs_command gs_command_shell = {
    .name = "shell",
    .arguments = "",
    .summary = "ask in the query language, one query after the other",
    .description =
        "Reads queries from the terminal (or from standard input) and answers each. A\n"
        "query ends with `;` or an empty line. Tab completes keywords, functions,\n"
        "labels, types, properties and, within quotes, names of actors; arrows go\n"
        "through what was asked before; Ctrl-C ends a query or a line, Ctrl-D the\n"
        "shell. `:help` tells of its own commands.\n"
        "\n"
        "  gainsay -d store shell\n",
    .takes = GS_OPTIONS_ASKING | GS_TAKES(AS_OF) | GS_TAKES(STATED_ONLY) |
             GS_TAKES(UNMERGED) | GS_TAKES(STRICT),
    .run = gs_command_edit,
};
