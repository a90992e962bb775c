#include "cli/command.h"

const gs_command gs_command_fetch = {
    .name = "fetch",
    .arguments = "URL...",
    .summary = "bring feeds and pages into a folder, for ingest",
    .description =
        "Fetches each URL (a feed, a page, a file of records) into the folder of "
        "--into,\n"
        "and --pages what the items of a feed name, each at most once a day. What has "
        "not\n"
        "changed is not fetched again (conditional requests); a changed one becomes a "
        "file\n"
        "of its own. It keeps to robots.txt, rests between two requests to one host, "
        "and\n"
        "bounds the time and the size of each answer. A redirection to another host, "
        "and\n"
        "what a feed names, never leads to a local address. Files appear whole or not "
        "at\n"
        "all; delete them when they are ingested, fetch remembers what it had.\n"
        "\n"
        "  gainsay fetch --into spool --pages https://example.org/feed.xml\n"
        "  gainsay fetch --into spool --urls-from feeds.txt && gainsay ingest spool\n",
    .least = 0,
    .most = SIZE_MAX,
    .takes = GS_OPTIONS_FETCH,
    .formats = "json: a line for each URL, and the counts",
    .run = gs_command_visit,
};
