#include "cli/answer.h"
#include "cli/command.h"
#include "cli/fail.h"
#include "cli/output/writers.h"
#include "cli/source.h"
#include <string.h>
#include <unistd.h>

/* The query's text and what errors call it. */
static gainsay_code read_query(gs_origin *out, gs_buffer *text, const gs_options *options,
                               gainsay_error *err)
{
    const char *word = options->word_count > 1 ? options->words[1] : NULL;
    gainsay_code rc;

    if (word == NULL && isatty(STDIN_FILENO))
        return gs_cli_fail(
            err, GAINSAY_USAGE,
            "query: no text is given; write it in quotation marks, or `-` or "
            "@FILE to read it");
    if (word != NULL && word[0] != '@' && strcmp(word, "-") != 0) {
        *out = (gs_origin){"query", gs_text_of(word)};
        return GAINSAY_OK;
    }
    rc = gs_source_read(text, word != NULL && word[0] == '@' ? word + 1 : "-", err);
    if (rc == GAINSAY_OK)
        *out = (gs_origin){word != NULL && word[0] == '@' ? word + 1 : "query",
                           text->bytes != NULL ? gs_buffer_view(text) : GS_TEXT("")};
    return rc;
}

static int run(const gs_options *options, char **argv)
{
    gs_buffer text = {0}, file = {0}, parameters = {0};
    gs_origin at_fault = {0};
    gs_asking asking = {.readable = &gs_writer_table};
    gainsay_error err;
    gainsay_code rc = read_query(&asking.query, &text, options, &err);
    int status;

    (void)argv;
    if (rc == GAINSAY_OK)
        rc = gs_source_parameters(&parameters, &file, &at_fault, options, &err);
    if (rc == GAINSAY_OK) {
        asking.parameters = parameters.bytes;
        status = gs_answer(options, &asking);
    } else {
        gs_report_error(options, at_fault.name != NULL ? &at_fault : NULL, &err);
        status = gs_exit_status(rc);
    }
    gs_buffer_free(&text);
    gs_buffer_free(&file);
    gs_buffer_free(&parameters);
    return status;
}

const gs_command gs_command_query = {
    .name = "query",
    .arguments = "[TEXT|-|@FILE]",
    .summary = "ask in the query language",
    .description =
        "Answers a query in the language of openCypher, as far as it reads. The text\n"
        "is one argument, or comes from standard input (-) or from a file (@FILE).\n"
        "Values are handed over as parameters, never written into the text.\n"
        "\n"
        "  gainsay query 'MATCH (d:Denial)-[:DENIES]->(c:Claim) RETURN d.date, c.text'\n"
        "  gainsay query --param who=Spain \\\n"
        "    'MATCH (a:Actor)-[:MADE]->(s) WHERE a = actor($who) RETURN s.date, s.text'\n"
        "\n"
        "With --since COMMIT the rows that the query has now and had not as of that\n"
        "commit, with --gone besides those that it has no more: a standing question.\n"
        "\n"
        "An unknown label, type or property is a warning, with --strict an error.\n",
    .most = 1,
    .takes = GS_OPTIONS_ASKING | GS_TAKES(AS_OF) | GS_TAKES(SINCE) | GS_TAKES(GONE) |
             GS_TAKES(STATED_ONLY) | GS_TAKES(UNMERGED) | GS_TAKES(STRICT) |
             GS_TAKES(PARAMS) | GS_TAKES(PARAM),
    .run = run,
};
