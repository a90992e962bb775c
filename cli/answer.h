/* From a question to rows on the output: what all commands that ask have in common. */
#ifndef GS_CLI_ANSWER_H
#define GS_CLI_ANSWER_H

#include "cli/output/output.h"
#include "cli/report.h"

typedef struct gs_asking {
    const char *question;         /* as gainsay_ask knows it; NULL: `query` is the text */
    const char *const *arguments; /* of the question */
    size_t count;
    gs_origin query; /* its text, and what errors call it */
    const char *parameters;
    const gs_writer *readable; /* the form for people */
    const gs_writer *forced;   /* the only form there is, or NULL */
} gs_asking;

/* Opens the store, asks, prints; reports errors and warnings; gives the exit status. */
int gs_answer(const gs_options *options, const gs_asking *asking);

/* For a command that is named after its question, whose arguments are the command's and
 * whose rows are statements. */
int gs_answer_statements(const gs_options *options, char **argv);

/* For a command that is named after its question, with its arguments. The option, if it is
 * given (GS_OPTION_COUNT: there is none), is a parameter of the question. */
int gs_answer_named(const gs_options *options, char **argv, gs_option parameter,
                    const gs_writer *readable);

#endif
