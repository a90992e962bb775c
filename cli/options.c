#include "cli/options.h"
#include "cli/fail.h"
#include "graph/base/suggest.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct option_row {
    const char *name;
    char letter;          /* 0: it has none */
    const char *argument; /* what help calls it; NULL for a switch */
    const char *help;
} option_row;

static const option_row rows[GS_OPTION_COUNT] = {
    [GS_OPTION_STORE] = {"store", 'd', "DIR", "the store (else $GAINSAY_STORE)"},
    [GS_OPTION_OUTPUT_FORMAT] = {"output-format", 'f', "FORMAT",
                                 "table, json, jsonl, csv, tsv, literal, html, svg"},
    [GS_OPTION_OUTPUT] = {"output", 'o', "FILE",
                          "write there; its extension is a FORMAT"},
    [GS_OPTION_AS_OF] = {"as-of", 0, "COMMIT|DATE", "as the store stood then"},
    [GS_OPTION_GONE] = {"gone", 0, NULL, "with --since: the rows it has no more"},
    [GS_OPTION_STATED_ONLY] = {"stated-only", 0, NULL, "leave out inferred links"},
    [GS_OPTION_UNMERGED] = {"unmerged", 0, NULL, "keep what is merged apart"},
    [GS_OPTION_LIMIT] = {"limit", 0, "N", "at most N rows"},
    [GS_OPTION_WITHIN] = {"within", 0, "TIME", "how long: 30d, 2w, 6m, 1y"},
    [GS_OPTION_SINCE] = {"since", 0, "COMMIT|DATE", "what came in after it"},
    [GS_OPTION_PARAMS] = {"params", 0, "FILE", "parameters: a JSON object"},
    [GS_OPTION_PARAM] = {"param", 0, "NAME=VALUE", "one parameter: JSON, else a string"},
    [GS_OPTION_STRICT] = {"strict", 0, NULL, "unknown labels and types are errors"},
    [GS_OPTION_MAX_ROWS] = {"max-rows", 0, "N", "stop with status 5 past N rows"},
    [GS_OPTION_MAX_MEMORY] = {"max-memory", 0, "SIZE", "stop past it: 64M, 2G"},
    [GS_OPTION_TIMEOUT] = {"timeout", 0, "TIME", "stop after it: 500ms, 30s, 5m"},
    [GS_OPTION_FAIL_EMPTY] = {"fail-empty", 0, NULL, "status 4 when nothing is found"},
    [GS_OPTION_JOB] = {"job", 0, "NAME", "the job that this run belongs to"},
    [GS_OPTION_FORMAT] = {"format", 0, "FORMAT", "of the input, when it must be said"},
    [GS_OPTION_FILES_FROM] = {"files-from", 0, "FILE",
                              "read the files that it lists, too"},
    [GS_OPTION_EXTRACTOR] = {"extractor", 0, "COMMAND", "it finds statements, too"},
    [GS_OPTION_EXTRACTOR_TIMEOUT] = {"extractor-timeout", 0, "TIME",
                                     "that it may take for a document"},
    [GS_OPTION_PUBLISHED] = {"published", 0, "DATE", "where a document lacks it"},
    [GS_OPTION_PUBLISHER] = {"publisher", 0, "NAME", "where a document lacks it"},
    [GS_OPTION_URL] = {"url", 0, "URL", "where a document lacks it"},
    [GS_OPTION_TITLE] = {"title", 0, "TITLE", "where a document lacks it"},
    [GS_OPTION_LANGUAGE] = {"language", 0, "CODE", "where a document lacks it"},
    [GS_OPTION_NO_TEXT] = {"no-text", 0, NULL, "do not keep the documents' text"},
    [GS_OPTION_DRY_RUN] = {"dry-run", 0, NULL, "read and judge, write nothing"},
    [GS_OPTION_WAIT] = {"wait", 0, "TIME", "how long to wait for another writer"},
    [GS_OPTION_CANONICAL] = {"canonical", 0, NULL,
                             "what is visible, sorted and without numbers"},
    [GS_OPTION_YES] = {"yes", 0, NULL, "do it without a question"},
    [GS_OPTION_REASON] = {"reason", 0, "TEXT", "why"},
    [GS_OPTION_BY] = {"by", 0, "NAME", "who decides"},
    [GS_OPTION_ATTRIBUTIONS] = {"attributions", 0, NULL,
                                "spans of cue, source and content, no statements"},
    [GS_OPTION_TEXTS] = {"texts", 0, NULL, "also the documents, with their text"},
    [GS_OPTION_EXPLAIN] = {"explain", 0, NULL, "for people: how each was read"},
    [GS_OPTION_INTO] = {"into", 0, "DIR", "the folder to put files into"},
    [GS_OPTION_URLS_FROM] = {"urls-from", 0, "FILE", "fetch what it lists, too"},
    [GS_OPTION_PAGES] = {"pages", 0, NULL, "also the pages that a feed names"},
    [GS_OPTION_DELAY] = {"delay", 0, "TIME", "rest between two requests to a host"},
    [GS_OPTION_MAX_SIZE] = {"max-size", 0, "SIZE", "of one answer: 512K, 16M"},
    [GS_OPTION_CONTACT] = {"contact", 0, "WHERE", "told to hosts: who fetches"},
    [GS_OPTION_COLOR] = {"color", 0, "WHEN", "auto, always or never"},
    [GS_OPTION_ERROR_FORMAT] = {"error-format", 0, "FORMAT", "text or json"},
    [GS_OPTION_QUIET] = {"quiet", 'q', NULL, "no warnings, no summary"},
    [GS_OPTION_VERBOSE] = {"verbose", 'v', NULL, "more detail"},
    [GS_OPTION_HELP] = {"help", 'h', NULL, "this help"},
    [GS_OPTION_VERSION] = {"version", 0, NULL, "the version"},
};

enum {
    WORD = 1,         /* what getopt_long gives for a word that is no option */
    FIRST_LONG = 256, /* its number for rows[0] */
    LETTERS_ROOM = 2 + 2 * GS_OPTION_COUNT + 1
};

static void list_for_getopt(struct option *longs, char *letters)
{
    *letters++ = '-'; /* words in their order, also where POSIXLY_CORRECT is set */
    *letters++ = ':';
    for (int i = 0; i < GS_OPTION_COUNT; i++) {
        longs[i] =
            (struct option){rows[i].name, rows[i].argument != NULL, NULL, FIRST_LONG + i};
        if (rows[i].letter == 0)
            continue;
        *letters++ = rows[i].letter;
        if (rows[i].argument != NULL)
            *letters++ = ':';
    }
    longs[GS_OPTION_COUNT] = (struct option){0};
    *letters = '\0';
}

static int row_of(int found)
{
    if (found >= FIRST_LONG)
        return found - FIRST_LONG;
    for (int i = 0; i < GS_OPTION_COUNT; i++)
        if (rows[i].letter != 0 && rows[i].letter == found)
            return i;
    return -1;
}

static gainsay_code refuse_unknown(gs_text typed, gainsay_error *err)
{
    gs_suggestion nearest = {.asked = typed};
    size_t prefixed = 0;

    for (int i = 0; i < GS_OPTION_COUNT; i++) {
        prefixed += gs_text_starts(gs_text_of(rows[i].name), typed);
        gs_suggest(&nearest, gs_text_of(rows[i].name));
    }
    if (prefixed > 1)
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "--%.*s: several options begin so; write more of it",
                           GS_SHOW(typed));
    if (nearest.best.bytes != NULL)
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "--%.*s: no such option; did you mean --%.*s?", GS_SHOW(typed),
                           GS_SHOW(nearest.best));
    return gs_cli_fail(err, GAINSAY_USAGE, "--%.*s: no such option; see `gainsay help`",
                       GS_SHOW(typed));
}

/* getopt_long says '?' or ':' and leaves what it met in optopt. */
static gainsay_code refuse_option(int found, char **argv, gainsay_error *err)
{
    int row = row_of(optopt);
    gs_text typed;

    if (found == ':' && row >= 0)
        return gs_cli_fail(err, GAINSAY_USAGE, "--%s: it needs a value; write --%s %s",
                           rows[row].name, rows[row].name, rows[row].argument);
    if (row >= 0)
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "--%s: it takes no value; write --%s alone", rows[row].name,
                           rows[row].name);
    if (optopt != 0)
        return gs_cli_fail(err, GAINSAY_USAGE, "-%c: no such option; see `gainsay help`",
                           optopt);
    typed = gs_text_of(argv[optind - 1] + 2);
    for (size_t i = 0; i < typed.size; i++)
        if (typed.bytes[i] == '=')
            typed.size = i;
    return refuse_unknown(typed, err);
}

static gainsay_code take(gs_options *options, int found, gainsay_error *err)
{
    int row = row_of(found);

    if (found == WORD) {
        options->words[options->word_count++] = optarg;
        return GAINSAY_OK;
    }
    if (rows[row].argument != NULL && optarg[0] == '\0')
        return gs_cli_fail(err, GAINSAY_USAGE, "--%s: its value is empty; give a %s",
                           rows[row].name, rows[row].argument);
    options->values[row] = rows[row].argument != NULL ? optarg : "";
    if (row == GS_OPTION_PARAM)
        options->params[options->param_count++] = optarg;
    return GAINSAY_OK;
}

static gainsay_code check_choice(const gs_options *options, gs_option option,
                                 const char *const *choices, gainsay_error *err)
{
    const char *value = options->values[option];

    if (value == NULL)
        return GAINSAY_OK;
    for (size_t i = 0; choices[i] != NULL; i++)
        if (strcmp(choices[i], value) == 0)
            return GAINSAY_OK;
    return gs_cli_fail(err, GAINSAY_USAGE, "--%s: `%s` is none of its values; it is %s",
                       rows[option].name, value, rows[option].help);
}

static gainsay_code check_choices(gs_options *options, gainsay_error *err)
{
    static const char *const colors[] = {"auto", "always", "never", NULL};
    static const char *const forms[] = {"text", "json", NULL};
    gainsay_code rc = check_choice(options, GS_OPTION_COLOR, colors, err);

    if (rc != GAINSAY_OK)
        return rc;
    return check_choice(options, GS_OPTION_ERROR_FORMAT, forms, err);
}

gainsay_code gs_options_parse(gs_options *out, int argc, char **argv, gainsay_error *err)
{
    struct option longs[GS_OPTION_COUNT + 1];
    char letters[LETTERS_ROOM];
    gainsay_code rc = GAINSAY_OK;
    size_t room = (size_t)argc + 1;
    int found;

    *out = (gs_options){.words = calloc(room, sizeof *out->words),
                        .params = calloc(room, sizeof *out->params)};
    if (out->words == NULL || out->params == NULL)
        return gs_cli_memory(err);
    list_for_getopt(longs, letters);
    opterr = 0;
    optind = 0; /* GNU's way to begin anew */
    while ((found = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        gainsay_error other, *told = rc == GAINSAY_OK ? err : &other;
        gainsay_code got = found == '?' || found == ':' ? refuse_option(found, argv, told)
                                                        : take(out, found, told);
        if (rc == GAINSAY_OK) /* the first error counts, the rest is read all the same */
            rc = got;
    }
    for (int i = optind; i < argc; i++) /* behind `--` */
        out->words[out->word_count++] = argv[i];
    return rc != GAINSAY_OK ? rc : check_choices(out, err);
}

void gs_options_free(gs_options *options)
{
    free(options->words);
    free(options->params);
    *options = (gs_options){0};
}

gainsay_code gs_options_only(const gs_options *options, gs_option_set taken,
                             const char *command, gainsay_error *err)
{
    for (int i = 0; i < GS_OPTION_COUNT; i++)
        if (options->values[i] != NULL && !(taken & UINT64_C(1) << i))
            return gs_cli_fail(err, GAINSAY_USAGE,
                               "--%s: %s does not take it; see `gainsay help %s`",
                               rows[i].name, command, command);
    return GAINSAY_OK;
}

typedef struct unit {
    const char *name;
    uint64_t factor;
} unit;

/* Digits and one of the units, of which the first is no letter at all. */
static gainsay_code read_amount(uint64_t *out, const gs_options *options,
                                gs_option option, const unit *units, gainsay_error *err)
{
    const char *value = options->values[option];
    const char *at = value;
    uint64_t number = 0;

    if (value == NULL) {
        *out = 0;
        return GAINSAY_OK;
    }
    for (; *at >= '0' && *at <= '9'; at++)
        if (__builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, (uint64_t)(*at - '0'), &number))
            return gs_cli_fail(err, GAINSAY_USAGE, "--%s: %s is too large; give less",
                               rows[option].name, value);
    for (; at > value && units->name != NULL; units++)
        if (strcmp(units->name, at) == 0 &&
            !__builtin_mul_overflow(number, units->factor, out) && *out > 0)
            return GAINSAY_OK;
    return gs_cli_fail(err, GAINSAY_USAGE, "--%s: `%s` is no %s above 0 (%s)",
                       rows[option].name, value, rows[option].argument,
                       rows[option].help);
}

gainsay_code gs_options_number(uint64_t *out, const gs_options *options, gs_option option,
                               gainsay_error *err)
{
    static const unit plain[] = {{"", 1}, {0}};
    static const unit sizes[] = {
        {"", 1}, {"K", 1 << 10}, {"M", 1 << 20}, {"G", 1 << 30}, {0}};

    bool is_size = strcmp(rows[option].argument, "SIZE") == 0;

    return read_amount(out, options, option, is_size ? sizes : plain, err);
}

gainsay_code gs_options_milliseconds(uint64_t *out, const gs_options *options,
                                     gs_option option, gainsay_error *err)
{
    static const unit times[] = {{"", 1000},   {"ms", 1},      {"s", 1000},
                                 {"m", 60000}, {"h", 3600000}, {0}};

    return read_amount(out, options, option, times, err);
}

gainsay_code gs_options_duration(gs_buffer *out, const gs_options *options,
                                 gs_option option, gainsay_error *err)
{
    const char *value = options->values[option];
    size_t digits;

    if (value == NULL)
        return GAINSAY_OK;
    digits = strspn(value, "0123456789");
    if (value[0] == 'P')
        gs_buffer_format(out, "%s", value);
    else if (digits > 0 && digits < 7 && strchr("dwmy", value[digits]) != NULL &&
             value[digits] != '\0' && value[digits + 1] == '\0')
        gs_buffer_format(out, "P%.*s%c", (int)digits, value, value[digits] - 'a' + 'A');
    else
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "--%s `%s`: is no length of time; write 30d, 2w, 6m or 1y",
                           rows[option].name, value);
    return out->failed ? gs_cli_memory(err) : GAINSAY_OK;
}

gainsay_code gs_options_store(gs_buffer *path, const gs_options *options,
                              gainsay_error *err)
{
    const char *given = options->values[GS_OPTION_STORE];
    const char *store = getenv("GAINSAY_STORE"), *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");

    if (given == NULL && store != NULL && store[0] != '\0')
        given = store;
    if (given != NULL)
        gs_buffer_format(path, "%s", given);
    else if (data != NULL && data[0] == '/') /* a relative one is none, says XDG */
        gs_buffer_format(path, "%s/gainsay/store", data);
    else if (home != NULL && home[0] != '\0')
        gs_buffer_format(path, "%s/.local/share/gainsay/store", home);
    else
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "no store is named, and $HOME is not set; give -d DIR");
    gs_buffer_char(path, '\0');
    return path->failed ? gs_cli_memory(err) : GAINSAY_OK;
}

void gs_options_describe(gs_buffer *out, gs_option_set set, const char *formats)
{
    for (int i = 0; i < GS_OPTION_COUNT; i++) {
        char left[64];
        const option_row *row = &rows[i];

        if (!(set & UINT64_C(1) << i))
            continue;
        snprintf(left, sizeof left, "%s%c%s --%s%s%s", row->letter ? "-" : "",
                 row->letter ? row->letter : ' ', row->letter ? "," : "  ", row->name,
                 row->argument ? " " : "", row->argument ? row->argument : "");
        gs_buffer_format(out, "  %-29s %s\n", left,
                         i == GS_OPTION_OUTPUT_FORMAT && formats != NULL ? formats
                                                                         : row->help);
    }
}
