/* A command: what it is called, what it takes, what it does. One a file in commands/, all
 * in main.c's table. */
#ifndef GS_CLI_COMMAND_H
#define GS_CLI_COMMAND_H

#include "cli/options.h"

typedef struct gs_command {
    const char *name, *arguments, *summary;
    const char *description; /* paragraphs and examples, each line ended */
    size_t least, most;      /* how many arguments */
    gs_option_set takes;
    const char *formats; /* what -f takes, where that is not the usual; else NULL */
    /* The arguments are options->words from 1 on. Reports its errors itself and gives the
     * exit status. */
    int (*run)(const gs_options *options, char **argv);
} gs_command;

extern const gs_command gs_command_chain;
extern const gs_command gs_command_timeline;
extern const gs_command gs_command_unanswered;
extern const gs_command gs_command_contradictions;
extern const gs_command gs_command_denials;
extern const gs_command gs_command_actor;
extern const gs_command gs_command_new;
extern const gs_command gs_command_schema;
extern const gs_command gs_command_doctor;
extern const gs_command gs_command_show;
extern const gs_command gs_command_why;
extern const gs_command gs_command_search;
extern const gs_command gs_command_query;
extern const gs_command gs_command_shell;
extern const gs_command gs_command_ingest;
extern const gs_command gs_command_extract;
extern const gs_command gs_command_fetch;
extern const gs_command gs_command_export;
extern const gs_command gs_command_load;
extern const gs_command gs_command_backup;
extern const gs_command gs_command_compact;
extern const gs_command gs_command_erase;
extern const gs_command gs_command_dump;
extern const gs_command gs_command_check;
extern const gs_command gs_command_jobs;
extern const gs_command gs_command_decide;
extern const gs_command gs_command_rejects;
extern const gs_command gs_command_status;
extern const gs_command gs_command_help;
extern const gs_command gs_command_version;

/* All of them in the order of help, ended by NULL. */
extern const gs_command *const gs_commands[];

/* The command of that name, or NULL with the error that offers the nearest. */
const gs_command *gs_command_find(const char *name, gainsay_error *err);

/* Becomes the program that ingests, with the same words; gives a status only if it
 * cannot. */
int gs_command_feed(const gs_options *options, char **argv);
/* Likewise the one that edits lines: the shell. */
int gs_command_edit(const gs_options *options, char **argv);
/* Likewise the one that speaks to the network: fetch. */
int gs_command_visit(const gs_options *options, char **argv);

/* On standard output: a command's page, or for NULL one screen of all. Gives a status. */
int gs_help_print(const gs_command *command);

#endif
