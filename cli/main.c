/* gainsay: finds the command in its table and runs it. */
#include "cli/command.h"
#include "cli/fail.h"
#include "cli/program.h"
#include "cli/report.h"
#include "cli/signals.h"
#include "graph/base/suggest.h"
#include <string.h>

const gs_command *const gs_commands[] = {
    &gs_command_chain,
    &gs_command_timeline,
    &gs_command_unanswered,
    &gs_command_contradictions,
    &gs_command_denials,
    &gs_command_show,
    &gs_command_why,
    &gs_command_actor,
    &gs_command_search,
    &gs_command_new,
    &gs_command_query,
    &gs_command_shell,
    &gs_command_ingest,
    &gs_command_extract,
    &gs_command_fetch,
    &gs_command_decide,
    &gs_command_rejects,
    &gs_command_export,
    &gs_command_backup,
    &gs_command_compact,
    &gs_command_erase,
    &gs_command_dump,
    &gs_command_load,
    &gs_command_status,
    &gs_command_check,
    &gs_command_jobs,
    &gs_command_schema,
    &gs_command_doctor,
    &gs_command_help,
    &gs_command_version,
    NULL,
};

const gs_command *gs_command_find(const char *name, gainsay_error *err)
{
    gs_suggestion nearest = {.asked = gs_text_of(name)};

    for (size_t i = 0; gs_commands[i] != NULL; i++) {
        if (strcmp(gs_commands[i]->name, name) == 0)
            return gs_commands[i];
        gs_suggest(&nearest, gs_text_of(gs_commands[i]->name));
    }
    if (nearest.best.bytes != NULL)
        gs_cli_fail(err, GAINSAY_USAGE, "%s: no such command; did you mean `%.*s`?", name,
                    GS_SHOW(nearest.best));
    else
        gs_cli_fail(err, GAINSAY_USAGE, "%s: no such command; see `gainsay help`", name);
    return NULL;
}

static gainsay_code check_arguments(const gs_command *command, const gs_options *options,
                                    gainsay_error *err)
{
    size_t count = options->word_count - 1;

    if (count < command->least && !gs_options_has(options, GS_OPTION_FILES_FROM))
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "%s: nothing is named; write gainsay %s %s", command->name,
                           command->name, command->arguments);
    if (count > command->most)
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "%s: `%s` is one word too many; put what belongs together in "
                           "quotation marks",
                           command->name, options->words[command->most + 1]);
    return gs_options_only(options, command->takes, command->name, err);
}

static int run(const gs_options *options, char **argv)
{
    const gs_command *command = NULL;
    gainsay_error err;

    if (gs_options_has(options, GS_OPTION_VERSION))
        return gs_command_version.run(options, argv);
    if (options->word_count > 0) {
        command = gs_command_find(options->words[0], &err);
        if (command == NULL)
            return gs_report_refusal(options, &err);
    }
    if (gs_options_has(options, GS_OPTION_HELP))
        return gs_help_print(command);
    if (command == NULL) {
        gs_cli_fail(&err, GAINSAY_USAGE, "no command is given; see `gainsay help`");
        return gs_report_refusal(options, &err);
    }
    if (check_arguments(command, options, &err) != GAINSAY_OK)
        return gs_report_refusal(options, &err);
    return command->run(options, argv);
}

int main(int argc, char **argv)
{
    return gs_program(argc, argv, run);
}
