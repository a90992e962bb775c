/* Options of the command line, from one table: before or after the command, long ones
 * shortened where that is unambiguous, `--` ends them.
 *
 * Ownership  everything borrows from argv or the environment; gs_options_free frees the
 *            lists.
 * Errors     GAINSAY_USAGE; the options read so far are valid nevertheless, so that the
 *            error can be printed as they ask.
 */
#ifndef GS_CLI_OPTIONS_H
#define GS_CLI_OPTIONS_H

#include "graph/base/buffer.h"
#include "include/gainsay/gainsay.h"

typedef enum gs_option {
    GS_OPTION_STORE,
    GS_OPTION_OUTPUT_FORMAT,
    GS_OPTION_OUTPUT,
    GS_OPTION_AS_OF,
    GS_OPTION_GONE,
    GS_OPTION_STATED_ONLY,
    GS_OPTION_UNMERGED,
    GS_OPTION_LIMIT,
    GS_OPTION_WITHIN,
    GS_OPTION_SINCE,
    GS_OPTION_PARAMS,
    GS_OPTION_PARAM,
    GS_OPTION_STRICT,
    GS_OPTION_MAX_ROWS,
    GS_OPTION_MAX_MEMORY,
    GS_OPTION_TIMEOUT,
    GS_OPTION_FAIL_EMPTY,
    GS_OPTION_JOB,
    GS_OPTION_FORMAT,
    GS_OPTION_FILES_FROM,
    GS_OPTION_EXTRACTOR,
    GS_OPTION_EXTRACTOR_TIMEOUT,
    GS_OPTION_PUBLISHED,
    GS_OPTION_PUBLISHER,
    GS_OPTION_URL,
    GS_OPTION_TITLE,
    GS_OPTION_LANGUAGE,
    GS_OPTION_NO_TEXT,
    GS_OPTION_DRY_RUN,
    GS_OPTION_WAIT,
    GS_OPTION_YES,
    GS_OPTION_REASON,
    GS_OPTION_BY,
    GS_OPTION_CANONICAL,
    GS_OPTION_ATTRIBUTIONS,
    GS_OPTION_TEXTS,
    GS_OPTION_EXPLAIN,
    GS_OPTION_INTO,
    GS_OPTION_URLS_FROM,
    GS_OPTION_PAGES,
    GS_OPTION_DELAY,
    GS_OPTION_MAX_SIZE,
    GS_OPTION_CONTACT,
    GS_OPTION_COLOR,
    GS_OPTION_ERROR_FORMAT,
    GS_OPTION_QUIET,
    GS_OPTION_VERBOSE,
    GS_OPTION_HELP,
    GS_OPTION_VERSION,
    GS_OPTION_COUNT
} gs_option;

typedef uint64_t gs_option_set;
#define GS_TAKES(name) (UINT64_C(1) << GS_OPTION_##name)

/* What every command takes. */
#define GS_OPTIONS_COMMON                                                                \
    (GS_TAKES(COLOR) | GS_TAKES(ERROR_FORMAT) | GS_TAKES(QUIET) | GS_TAKES(HELP) |       \
     GS_TAKES(VERSION))
/* What every command takes that prints rows from a store. */
#define GS_OPTIONS_ASKING                                                                \
    (GS_OPTIONS_COMMON | GS_TAKES(STORE) | GS_TAKES(OUTPUT_FORMAT) | GS_TAKES(OUTPUT) |  \
     GS_TAKES(FAIL_EMPTY) | GS_TAKES(MAX_ROWS) | GS_TAKES(MAX_MEMORY) |                  \
     GS_TAKES(TIMEOUT))
/* What shapes documents on their way in. */
#define GS_OPTIONS_READING                                                               \
    (GS_OPTIONS_COMMON | GS_TAKES(FORMAT) | GS_TAKES(FILES_FROM) | GS_TAKES(EXTRACTOR) | \
     GS_TAKES(EXTRACTOR_TIMEOUT) | GS_TAKES(PUBLISHED) | GS_TAKES(PUBLISHER) |           \
     GS_TAKES(URL) | GS_TAKES(TITLE) | GS_TAKES(LANGUAGE))
#define GS_OPTIONS_EXTRACT                                                               \
    (GS_OPTIONS_READING | GS_TAKES(OUTPUT) | GS_TAKES(ATTRIBUTIONS) | GS_TAKES(TEXTS) |  \
     GS_TAKES(EXPLAIN))
#define GS_OPTIONS_INGEST                                                                \
    (GS_OPTIONS_READING | GS_TAKES(STORE) | GS_TAKES(OUTPUT_FORMAT) | GS_TAKES(JOB) |    \
     GS_TAKES(NO_TEXT) | GS_TAKES(DRY_RUN) | GS_TAKES(WAIT))

#define GS_OPTIONS_FETCH                                                                 \
    (GS_OPTIONS_COMMON | GS_TAKES(INTO) | GS_TAKES(URLS_FROM) | GS_TAKES(PAGES) |        \
     GS_TAKES(DELAY) | GS_TAKES(TIMEOUT) | GS_TAKES(MAX_SIZE) | GS_TAKES(CONTACT) |      \
     GS_TAKES(OUTPUT_FORMAT))
/* What writes what somebody wants in the store. */
#define GS_OPTIONS_DECIDE                                                                \
    (GS_OPTIONS_COMMON | GS_TAKES(STORE) | GS_TAKES(OUTPUT_FORMAT) | GS_TAKES(DRY_RUN) | \
     GS_TAKES(WAIT) | GS_TAKES(REASON) | GS_TAKES(BY))
#define GS_OPTIONS_UNDO                                                                  \
    (GS_OPTIONS_ASKING | GS_TAKES(YES) | GS_TAKES(DRY_RUN) | GS_TAKES(WAIT))

typedef struct gs_options {
    const char
        *values[GS_OPTION_COUNT]; /* as given last; "" for a switch; NULL: not given */
    const char **params;          /* every --param, in order */
    size_t param_count;
    const char **words; /* what is no option: the command and its arguments */
    size_t word_count;
} gs_options;

GAINSAY_CHECKED gainsay_code gs_options_parse(gs_options *out, int argc, char **argv,
                                              gainsay_error *err);
void gs_options_free(gs_options *options);

static inline bool gs_options_has(const gs_options *options, gs_option option)
{
    return options->values[option] != NULL;
}

/* GAINSAY_USAGE when an option is given that is not in `taken`. */
GAINSAY_CHECKED gainsay_code gs_options_only(const gs_options *options,
                                             gs_option_set taken, const char *command,
                                             gainsay_error *err);

/* Values of options; 0 where the option is not given. A size may end in K, M or G, a time
 * in ms, s, m or h and is in seconds without. */
GAINSAY_CHECKED gainsay_code gs_options_number(uint64_t *out, const gs_options *options,
                                               gs_option option, gainsay_error *err);
GAINSAY_CHECKED gainsay_code gs_options_milliseconds(uint64_t *out,
                                                     const gs_options *options,
                                                     gs_option option,
                                                     gainsay_error *err);

/* A duration as the query language takes it, "P30D"; nothing where the option is not
 * given. A number ends in d, w, m (months) or y, or it is one already. */
GAINSAY_CHECKED gainsay_code gs_options_duration(gs_buffer *out,
                                                 const gs_options *options,
                                                 gs_option option, gainsay_error *err);

/* -d, else $GAINSAY_STORE, else gainsay/store in the XDG data folder; appended to `path`
 * with its NUL. */
GAINSAY_CHECKED gainsay_code gs_options_store(gs_buffer *path, const gs_options *options,
                                              gainsay_error *err);

/* For help: a line for each option in `set`; `formats` is what -f takes, NULL the usual.
 */
void gs_options_describe(gs_buffer *out, gs_option_set set, const char *formats);

#endif
