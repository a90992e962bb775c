/* gainsay-fetch: `gainsay fetch` becomes this program. It alone links what speaks to the
 * network. */
#include "cli/fail.h"
#include "cli/paths.h"
#include "cli/program.h"
#include "cli/report.h"
#include "cli/signals.h"
#include "fetch/fetch.h"
#include "graph/base/value.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
    DELAY_MS = 1000,
    TIME_MS = 60 * 1000,
    SIZE_MAX_BYTES = 16 << 20,
};

static const char *const outcomes[GS_FETCHED_COUNT] = {
    [GS_FETCHED_NEW] = "new",       [GS_FETCHED_UNCHANGED] = "unchanged",
    [GS_FETCHED_LATER] = "later",   [GS_FETCHED_FORBIDDEN] = "forbidden",
    [GS_FETCHED_FAILED] = "failed",
};

static bool is_json(const gs_options *options)
{
    const char *format = options->values[GS_OPTION_OUTPUT_FORMAT];

    return format != NULL && strcmp(format, "json") == 0;
}

static void print_json(const gs_fetched *one)
{
    gs_entry entries[] = {
        {GS_TEXT("url"), gs_string(one->url)},
        {GS_TEXT("outcome"), gs_string(gs_text_of(outcomes[one->outcome]))},
        {GS_TEXT("file"), gs_string(one->file)},
        {GS_TEXT("why"),
         gs_string(one->why != NULL ? gs_text_of(one->why->text) : (gs_text){0})},
    };
    gs_buffer line = {0};

    gs_json_write(&line, gs_map(entries, sizeof entries / sizeof *entries));
    gs_buffer_char(&line, '\n');
    if (!line.failed)
        fwrite(line.bytes, 1, line.size, stdout);
    gs_buffer_free(&line);
}

/* What went wrong on standard error, file names of what is new on standard output. */
static void on_fetched(void *context, const gs_fetched *one)
{
    const gs_options *options = context;
    gainsay_error why;

    if (is_json(options))
        print_json(one);
    else if (one->outcome == GS_FETCHED_NEW && !gs_options_has(options, GS_OPTION_QUIET))
        printf("%.*s\n", GS_SHOW(one->file));
    if (one->why == NULL)
        return;
    gs_cli_fail(&why, GAINSAY_INPUT, "%.*s: %s", GS_SHOW(gs_text_slice(one->url, 0, 300)),
                one->why->text);
    gs_report_warning(options, NULL, &why);
}

static int status_of(const gs_fetch_counts *counts)
{
    size_t good = counts->of[GS_FETCHED_NEW] + counts->of[GS_FETCHED_UNCHANGED];
    size_t bad = counts->of[GS_FETCHED_FORBIDDEN] + counts->of[GS_FETCHED_FAILED];

    if (bad == 0)
        return GS_STATUS_DONE;
    return good == 0 ? GS_STATUS_FAILED : GS_STATUS_PART;
}

static void print_counts(const gs_options *options, const gs_fetch_counts *counts)
{
    bool json = is_json(options);

    if (!json && gs_options_has(options, GS_OPTION_QUIET))
        return;
    for (int i = 0; i < GS_FETCHED_COUNT; i++)
        if (json)
            printf("%s\"%s\": %zu", i == 0 ? "{" : ", ", outcomes[i], counts->of[i]);
        else
            printf("%s%s %zu", i == 0 ? "" : ", ", outcomes[i], counts->of[i]);
    puts(json ? "}" : "");
}

static gainsay_code read_amounts(gs_fetch_options *fetch, const gs_options *options,
                                 gainsay_error *err)
{
    uint64_t delay = DELAY_MS, time = TIME_MS, size = SIZE_MAX_BYTES;
    gainsay_code rc = GAINSAY_OK;

    if (gs_options_has(options, GS_OPTION_DELAY))
        rc = gs_options_milliseconds(&delay, options, GS_OPTION_DELAY, err);
    if (rc == GAINSAY_OK && gs_options_has(options, GS_OPTION_TIMEOUT))
        rc = gs_options_milliseconds(&time, options, GS_OPTION_TIMEOUT, err);
    if (rc == GAINSAY_OK && gs_options_has(options, GS_OPTION_MAX_SIZE))
        rc = gs_options_number(&size, options, GS_OPTION_MAX_SIZE, err);
    if (rc == GAINSAY_OK && (size == 0 || time == 0))
        rc = gs_cli_fail(err, GAINSAY_USAGE, "--max-size, --timeout: more than nothing");
    fetch->delay_ms = delay > INT32_MAX ? INT32_MAX : (uint32_t)delay;
    fetch->time_ms = time > INT32_MAX ? INT32_MAX : (uint32_t)time;
    fetch->max_size = size;
    return rc;
}

/* Lines of a list that begin with # are remarks. */
static void drop_remarks(gs_paths *urls)
{
    size_t kept = 0;

    for (size_t i = 0; i < urls->count; i++)
        if (urls->items[i][0] != '#')
            urls->items[kept++] = urls->items[i];
    urls->count = kept;
}

static gainsay_code check(const gs_options *options, const gs_paths *urls,
                          gainsay_error *err)
{
    const char *format = options->values[GS_OPTION_OUTPUT_FORMAT];

    if (format != NULL && strcmp(format, "json") != 0)
        return gs_cli_fail(err, GAINSAY_USAGE, "-f %s: fetch prints text or json",
                           format);
    if (!gs_options_has(options, GS_OPTION_INTO))
        return gs_cli_fail(err, GAINSAY_USAGE, "fetch: where to? Write --into DIR");
    if (urls->count == 0)
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "fetch: what? Name a URL, or a list of them with --urls-from");
    return GAINSAY_OK;
}

static int run(const gs_options *options, char **argv)
{
    gs_fetch_options fetch = {.into = options->values[GS_OPTION_INTO],
                              .pages = gs_options_has(options, GS_OPTION_PAGES),
                              .contact = options->values[GS_OPTION_CONTACT],
                              .interrupt = gs_signals_caught(),
                              .report = on_fetched,
                              .context = (void *)(uintptr_t)options};
    gs_fetch_counts counts = {{0}};
    gs_paths urls;
    gs_error failed;
    gainsay_error err;
    gainsay_code rc;

    (void)argv;
    rc = gs_options_only(options, GS_OPTIONS_FETCH, "fetch", &err);
    if (rc != GAINSAY_OK)
        return gs_report_refusal(options, &err);
    rc = gs_paths_list(&urls, options, GS_OPTION_URLS_FROM, &err);
    drop_remarks(&urls);
    fetch.urls = urls.items;
    fetch.count = urls.count;
    if (rc == GAINSAY_OK)
        rc = check(options, &urls, &err);
    if (rc == GAINSAY_OK)
        rc = read_amounts(&fetch, options, &err);
    if (rc == GAINSAY_OK && gs_fetch(&counts, &fetch, &failed) != GS_OK)
        rc = gs_cli_fail(&err, (gainsay_code)failed.code, "%s", failed.text);
    gs_paths_free(&urls);
    if (rc == GAINSAY_OK)
        print_counts(options, &counts);
    if (rc == GAINSAY_OK && fflush(stdout) == 0)
        return status_of(&counts);
    return gs_report_end(options, rc, &err);
}

int main(int argc, char **argv)
{
    return gs_program(argc, argv, run);
}
