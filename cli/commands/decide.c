#include "cli/command.h"

const gs_command gs_command_decide = {
    .name = "decide",
    .arguments = "WHAT A [B] [VERDICT]",
    .summary = "say what is so: one actor, an answer, a correction",
    .description =
        "Writes a decision into the store, as of now; it holds whatever is ingested\n"
        "later. VERDICT is yes, no, unsure or unset; the last one stands, and unset "
        "takes\n"
        "those before it back.\n"
        "\n"
        "  gainsay decide same_actor NW 'Northern Works'\n"
        "  gainsay decide answers d7 c3 no --reason 'speaks of another lock'\n"
        "  gainsay decide same_statement c3 c9 yes --by 'M. Lund'\n"
        "  gainsay decide correct c3 kind=denial date=2021-05-03\n"
        "  gainsay decide correct c3 unset\n"
        "  gainsay decide withdraw c3 --reason misquoted\n"
        "  gainsay decide restore c3\n"
        "\n"
        "same_actor takes names, same_proposition texts, all else ids of statements;\n"
        "withdraw and restore a document's URL, too, then what it reports goes with it.\n"
        "A correction sets kind, speaker, accused, via, date, event_date, text,\n"
        "proposition, topics, verdict, quote or hedged; a value is JSON, else a "
        "string.\n",
    .least = 2,
    .most = 32,
    .takes = GS_OPTIONS_DECIDE,
    .formats = "json: the summary for machines",
    .run = gs_command_feed,
};
