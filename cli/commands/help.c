#include "cli/command.h"
#include "cli/report.h"
#include <stdio.h>

static void append_all(gs_buffer *out)
{
    gs_buffer_text(out, GS_TEXT("usage: gainsay [OPTION...] COMMAND [ARGUMENT...]\n\n"
                                "Who claimed what, who denied it, when, and by which "
                                "source.\n\n"));
    for (size_t i = 0; gs_commands[i] != NULL; i++)
        gs_buffer_format(out, "  %-14s %-17s %s\n", gs_commands[i]->name,
                         gs_commands[i]->arguments, gs_commands[i]->summary);
    gs_buffer_text(out, GS_TEXT("\nOptions stand before or after the command; "
                                "`gainsay help COMMAND` lists a command's own.\n\n"));
    gs_options_describe(out, GS_OPTIONS_ASKING, NULL);
    gs_buffer_text(
        out, GS_TEXT("\nExit status: 0 done, 1 failed, 2 wrong usage, 3 done but part "
                     "was set aside,\n4 nothing found (--fail-empty), 5 a limit was "
                     "hit, 6 the store is damaged,\n10 no store there, 11 the store is "
                     "locked, 12 not a format we know,\n130 interrupted, 143 "
                     "terminated.\n"));
}

static void append_page(gs_buffer *out, const gs_command *command)
{
    gs_buffer_format(out, "usage: gainsay %s%s%s [OPTION...]\n\n%s\n", command->name,
                     command->arguments[0] != '\0' ? " " : "", command->arguments,
                     command->description);
    gs_options_describe(out, command->takes, command->formats);
}

int gs_help_print(const gs_command *command)
{
    gs_buffer out = {0};
    bool sent;

    if (command != NULL)
        append_page(&out, command);
    else
        append_all(&out);
    sent = !out.failed && fwrite(out.bytes, 1, out.size, stdout) == out.size &&
           fflush(stdout) == 0;
    gs_buffer_free(&out);
    return sent ? GS_STATUS_DONE : GS_STATUS_FAILED;
}

static int run(const gs_options *options, char **argv)
{
    const gs_command *command = NULL;
    gainsay_error err;

    (void)argv;
    if (options->word_count > 1) {
        command = gs_command_find(options->words[1], &err);
        if (command == NULL) {
            gs_report_error(options, NULL, &err);
            return gs_exit_status(err.code);
        }
    }
    return gs_help_print(command);
}

const gs_command gs_command_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .summary = "what there is, or a command's page",
    .description = "Prints all commands, or what one of them takes.\n",
    .most = 1,
    .takes = GS_OPTIONS_COMMON,
    .run = run,
};
