#include "cli/command.h"

const gs_command gs_command_extract = {
    .name = "extract",
    .arguments = "[PATH...]",
    .summary = "the statements of articles, without a store",
    .description =
        "Reads what `ingest` reads and prints its statement records, one JSON object\n"
        "a line, with their ids; touches no store. Without a PATH, standard input.\n"
        "\n"
        "  gainsay extract --published 2025-08-21 article.txt\n"
        "\n"
        "With --texts each document comes first, as a record with its text: ingested\n"
        "elsewhere, these lines give the store that the articles would have given.\n"
        "\n"
        "  gainsay extract --texts articles | ssh keeper gainsay ingest -\n"
        "\n"
        "With --attributions: instead, for each word that says that somebody said, "
        "thinks\n"
        "or plans something, that cue, who it is and what, as spans of the document's "
        "text\n"
        "in code points: cue_span, speaker_span (or null), content_spans; and "
        "confidence.\n"
        "\n"
        "  gainsay extract --attributions article.txt\n"
        "\n"
        "With --explain: instead, for people, how each statement was read: its "
        "paragraph\n"
        "with »content«, [cue] and {source}, the steps of its rule, where its date is\n"
        "from, what it answers.\n"
        "\n"
        "  gainsay extract --explain article.txt\n",
    .most = SIZE_MAX,
    .takes = GS_OPTIONS_EXTRACT,
    .run = gs_command_feed,
};
