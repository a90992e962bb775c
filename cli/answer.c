#include "cli/answer.h"
#include "cli/fail.h"
#include "cli/output/writers.h"
#include "cli/signals.h"
#include <stdlib.h>
#include <string.h>

/* What is open while a question is answered. */
typedef struct answer {
    gs_buffer directory;
    gainsay_store *store;
    gainsay_rows *rows;
    gs_output output;
    size_t warned; /* warnings printed so far */
} answer;

static gainsay_code read_settings(gainsay_options *out, const gs_options *options,
                                  const gs_asking *asking, gainsay_error *err)
{
    gainsay_options settings = {
        .parameters = asking->parameters,
        .as_of = options->values[GS_OPTION_AS_OF],
        .since = options->values[GS_OPTION_SINCE],
        .gone = gs_options_has(options, GS_OPTION_GONE),
        .strict = gs_options_has(options, GS_OPTION_STRICT),
        .stated_only = gs_options_has(options, GS_OPTION_STATED_ONLY),
        .unmerged = gs_options_has(options, GS_OPTION_UNMERGED),
        .interrupt = gs_signals_caught(),
    };
    gainsay_code rc = gs_options_number(&settings.limit, options, GS_OPTION_LIMIT, err);

    if (rc == GAINSAY_OK)
        rc = gs_options_number(&settings.max_rows, options, GS_OPTION_MAX_ROWS, err);
    if (rc == GAINSAY_OK)
        rc = gs_options_number(&settings.max_memory, options, GS_OPTION_MAX_MEMORY, err);
    if (rc == GAINSAY_OK)
        rc = gs_options_milliseconds(&settings.timeout_ms, options, GS_OPTION_TIMEOUT,
                                     err);
    if (rc == GAINSAY_OK)
        *out = settings;
    return rc;
}

static gainsay_code ask(answer *a, const gs_options *options, const gs_asking *asking,
                        gainsay_error *err)
{
    gainsay_options settings;
    gainsay_code rc = read_settings(&settings, options, asking, err);

    if (rc == GAINSAY_OK)
        rc = gs_output_choose(&a->output, options, asking->readable, err);
    if (rc == GAINSAY_OK)
        rc = gs_options_store(&a->directory, options, err);
    if (rc == GAINSAY_OK)
        rc = gainsay_open(&a->store, a->directory.bytes, err);
    if (rc != GAINSAY_OK)
        return rc;
    if (asking->forced != NULL)
        a->output.writer = asking->forced;
    if (asking->question == NULL)
        return gainsay_query(&a->rows, a->store, asking->query.text.bytes,
                             asking->query.text.size, &settings, err);
    return gainsay_ask(&a->rows, a->store, asking->question, asking->arguments,
                       asking->count, &settings, err);
}

static const gs_origin *origin_of(const gs_asking *asking)
{
    return asking->question == NULL ? &asking->query : NULL;
}

static void tell_warnings(answer *a, const gs_options *options, const gs_asking *asking)
{
    for (; a->warned < gainsay_warnings(a->rows); a->warned++)
        gs_report_warning(options, origin_of(asking),
                          gainsay_warning(a->rows, a->warned));
}

/* What was printed before a row failed is ended as it should be. */
static gainsay_code print(answer *a, gainsay_error *err)
{
    gainsay_error ignored;
    gainsay_code rc = gs_output_begin(&a->output, a->rows, err), ended;

    if (rc != GAINSAY_OK)
        return rc;
    while (rc == GAINSAY_OK && (rc = gainsay_next(a->rows, err)) == GAINSAY_OK)
        rc = gs_output_row(&a->output, a->rows, err);
    if (rc == GAINSAY_END)
        return gs_output_end(&a->output, a->rows, err);
    ended = gs_output_end(&a->output, a->rows, &ignored);
    (void)ended; /* the first error is told */
    return rc;
}

/* An error in the text of a query has its place there; all others speak for themselves.
 */
static void tell_error(const gs_options *options, const gs_asking *asking,
                       const gainsay_error *err)
{
    bool placed =
        err->code == GAINSAY_QUERY || err->code == GAINSAY_RUNTIME || err->line > 0;

    gs_report_error(options, placed ? origin_of(asking) : NULL, err);
}

static void tell_empty(const answer *a, const gs_options *options)
{
    if (a->output.terminal && !gs_options_has(options, GS_OPTION_QUIET))
        fputs("gainsay: nothing found\n", stderr);
}

int gs_answer(const gs_options *options, const gs_asking *asking)
{
    answer a = {0};
    gainsay_error err;
    gainsay_code rc = ask(&a, options, asking, &err);
    int status;

    if (rc == GAINSAY_OK) {
        tell_warnings(&a, options, asking);
        rc = print(&a, &err);
        tell_warnings(&a, options, asking);
    }
    status = gs_exit_status(rc);
    if (rc != GAINSAY_OK)
        tell_error(options, asking, &err);
    else if (a.output.rows == 0)
        tell_empty(&a, options);
    if (rc == GAINSAY_OK && a.output.rows == 0 &&
        gs_options_has(options, GS_OPTION_FAIL_EMPTY))
        status = GS_STATUS_EMPTY;
    gs_output_close(&a.output);
    gainsay_rows_close(a.rows);
    gainsay_close(a.store);
    gs_buffer_free(&a.directory);
    return status;
}

int gs_answer_statements(const gs_options *options, char **argv)
{
    (void)argv;
    return gs_answer(options, &(gs_asking){.question = options->words[0],
                                           .arguments = options->words + 1,
                                           .count = options->word_count - 1,
                                           .readable = &gs_writer_exchange});
}

/* {"within": "P30D"}, {"since": 12}, {"since": "2024-05-01"}; nothing where it is not given.
 */
static gainsay_code put_parameter(gs_buffer *out, const gs_options *options,
                                  gs_option option, gainsay_error *err)
{
    const char *value = option == GS_OPTION_COUNT ? NULL : options->values[option];
    gs_buffer text = {0};
    gainsay_code rc = GAINSAY_OK;

    if (value == NULL)
        return GAINSAY_OK;
    if (option == GS_OPTION_WITHIN)
        rc = gs_options_duration(&text, options, option, err);
    else
        gs_buffer_format(&text, "%s", value);
    gs_buffer_format(out, "{\"%s\": ", option == GS_OPTION_WITHIN ? "within" : "since");
    if (value[0] != '\0' && value[strspn(value, "0123456789")] == '\0')
        gs_buffer_format(out, "%llu", strtoull(value, NULL, 10));
    else
        gs_json_string(out, gs_buffer_view(&text));
    gs_buffer_text(out, GS_TEXT("}"));
    gs_buffer_char(out, '\0');
    if (rc == GAINSAY_OK && (out->failed || text.failed))
        rc = gs_cli_memory(err);
    gs_buffer_free(&text);
    return rc;
}

int gs_answer_named(const gs_options *options, char **argv, gs_option parameter,
                    const gs_writer *readable)
{
    gs_buffer parameters = {0};
    gainsay_error err;
    gainsay_code rc = put_parameter(&parameters, options, parameter, &err);
    int status = gs_exit_status(rc);

    (void)argv;
    if (rc != GAINSAY_OK)
        gs_report_error(options, NULL, &err);
    else
        status = gs_answer(
            options,
            &(gs_asking){.question = options->words[0],
                         .arguments = options->words + 1,
                         .count = options->word_count - 1,
                         .parameters = parameters.size > 0 ? parameters.bytes : NULL,
                         .readable = readable});
    gs_buffer_free(&parameters);
    return status;
}
