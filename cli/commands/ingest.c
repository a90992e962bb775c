#include "cli/command.h"

const gs_command gs_command_ingest = {
    .name = "ingest",
    .arguments = "PATH...",
    .summary = "bring articles and records into the store",
    .description =
        "Reads articles (text) and records (JSON Lines), finds who claims and denies\n"
        "what, and commits it; makes the store where there is none. A PATH is a file,\n"
        "a folder (with all that is below it), or - for standard input. What cannot\n"
        "be read is reported and set aside; the rest goes in, and the status is 3.\n"
        "A PATH that is not there stops it before anything is written (status 1).\n"
        "The same input again changes nothing. A run that was cut off (killed,\n"
        "interrupted, out of disk) is continued by the same command: it keeps its\n"
        "number and its counts.\n"
        "\n"
        "  gainsay ingest --published 2025-08-21 article.txt\n"
        "  gainsay ingest --job nightly records.jsonl\n",
    .least = 1,
    .most = SIZE_MAX,
    .takes = GS_OPTIONS_INGEST,
    .formats = "json: the summary for machines",
    .run = gs_command_feed,
};
