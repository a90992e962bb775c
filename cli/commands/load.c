#include "cli/command.h"
#include "cli/fail.h"
#include "cli/report.h"
#include "cli/signals.h"
#include "cli/summary.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *name_of(const gs_options *options)
{
    return strcmp(options->words[1], "-") == 0 ? "standard input" : options->words[1];
}

static gainsay_code read_loading(gainsay_loading *out, const gs_options *options,
                                 gainsay_error *err)
{
    const char *format = options->values[GS_OPTION_FORMAT];
    uint64_t wait = 0;
    gainsay_code rc = gs_options_milliseconds(&wait, options, GS_OPTION_WAIT, err);

    if (rc != GAINSAY_OK)
        return rc;
    if (format != NULL && strcmp(format, "graph") != 0)
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "load: a dump needs no --format, and a general graph --format "
                           "graph; articles and records are for `gainsay ingest`");
    *out = (gainsay_loading){.format = format,
                             .wait_ms = wait > UINT32_MAX ? UINT32_MAX : (uint32_t)wait,
                             .interrupt = gs_signals_caught()};
    return gs_summary_check(options, err);
}

static gainsay_code load(gainsay_loaded *out, const gs_options *options,
                         gainsay_error *err)
{
    gs_buffer directory = {0};
    gainsay_loading loading;
    gainsay_code rc = read_loading(&loading, options, err);

    if (rc == GAINSAY_OK)
        rc = gs_options_store(&directory, options, err);
    if (rc == GAINSAY_OK)
        rc = gainsay_load(directory.bytes, options->words[1], &loading, out, err);
    gs_buffer_free(&directory);
    return rc;
}

static void print(const gs_options *options, const gainsay_loaded *loaded)
{
    if (gs_options_has(options, GS_OPTION_OUTPUT_FORMAT)) {
        printf("{\"nodes\": %" PRIu64 ", \"relationships\": %" PRIu64, loaded->nodes,
               loaded->edges);
        printf(", \"commit\": %" PRIu64 ", \"commit_hash\": \"%s\"}\n", loaded->commit,
               loaded->commit_hash);
    } else if (!gs_options_has(options, GS_OPTION_QUIET)) {
        printf("%" PRIu64 " %s, %" PRIu64 " %s", loaded->nodes,
               loaded->nodes == 1 ? "node" : "nodes", loaded->edges,
               loaded->edges == 1 ? "relationship" : "relationships");
        if (loaded->commit > 0)
            printf(" (commit %" PRIu64 ")", loaded->commit);
        putchar('\n');
    }
}

static int finish(const gs_options *options, const gainsay_loaded *loaded)
{
    gainsay_error err;

    if (loaded->nodes == 0) {
        gs_cli_fail(&err, GAINSAY_OK, "%s: there is nothing in it; no node is added",
                    name_of(options));
        gs_report_warning(options, NULL, &err);
    }
    print(options, loaded);
    if (fflush(stdout) == 0)
        return GS_STATUS_DONE;
    gs_cli_fail(&err, GAINSAY_STORAGE, "standard output: cannot be written: %s",
                strerror(errno));
    gs_report_error(options, NULL, &err);
    return gs_exit_status(err.code);
}

static int run(const gs_options *options, char **argv)
{
    gs_origin origin = {name_of(options), {NULL, 0}};
    gainsay_loaded loaded;
    gainsay_error err;
    gainsay_code rc = load(&loaded, options, &err);

    (void)argv;
    if (rc == GAINSAY_OK)
        return finish(options, &loaded);
    gs_report_error(options, err.line > 0 ? &origin : NULL, &err);
    /* a bad line is not set aside here: it ends the load */
    return rc == GAINSAY_INPUT ? GS_STATUS_FAILED : gs_exit_status(rc);
}

const gs_command gs_command_load = {
    .name = "load",
    .arguments = "FILE|-",
    .summary = "bring a dump, or a general graph, into the store",
    .description =
        "Makes of a dump (`gainsay dump`) the store that it was made of, commit by\n"
        "commit, and proves it by their hashes. The store must be empty.\n"
        "\n"
        "  gainsay -d new load store.dump\n"
        "\n"
        "With --format graph: reads a property graph of any labels, types and\n"
        "properties, to be asked in the query language: JSON Lines, a node or a\n"
        "relationship each, nodes first. Makes the store where there is none. A line "
        "that\n"
        "cannot be read ends it, with its number.\n"
        "\n"
        "  {\"type\": \"node\", \"id\": \"0\", \"labels\": [\"City\"],\n"
        "   \"properties\": {\"name\": \"Quay\", \"since\": {\"@date\": \"1911-05\"}}}\n"
        "  {\"type\": \"relationship\", \"id\": \"0\", \"label\": \"ROAD\",\n"
        "   \"start\": {\"id\": \"0\"}, \"end\": {\"id\": \"1\"},\n"
        "   \"properties\": {\"km\": 127.5}}\n"
        "\n"
        "(each on one line). A number with a point or an exponent is a float.\n"
        "\n"
        "  gainsay -d roads load --format graph roads.jsonl\n",
    .least = 1,
    .most = 1,
    .takes = GS_OPTIONS_COMMON | GS_TAKES(STORE) | GS_TAKES(FORMAT) |
             GS_TAKES(OUTPUT_FORMAT) | GS_TAKES(WAIT),
    .formats = "json: the counts for machines",
    .run = run,
};
