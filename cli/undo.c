/* `gainsay jobs undo` and `redo`: of the program that ingests, since links are decided anew. */
#include "cli/undo.h"
#include "cli/fail.h"
#include "cli/report.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static gainsay_code read_run(uint64_t *out, const char *word, gainsay_error *err)
{
    char *rest;

    errno = 0;
    *out = strtoull(word, &rest, 10);
    if (word[0] < '0' || word[0] > '9' || *rest != '\0' || errno != 0)
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "run `%s`: it is no number; see `gainsay jobs`", word);
    return GAINSAY_OK;
}

/* Nothing is taken back by a slip of the finger. */
static gainsay_code ask_whether(const gs_options *options, uint64_t run,
                                gainsay_error *err)
{
    char answer[8] = "";

    if (gs_options_has(options, GS_OPTION_YES) ||
        gs_options_has(options, GS_OPTION_DRY_RUN))
        return GAINSAY_OK;
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "jobs undo: it hides what run %" PRIu64
                           " brought; say that you mean it with --yes, or count it "
                           "first with --dry-run",
                           run);
    fprintf(stderr, "Hide what run %" PRIu64 " brought, and no other run did? [y/N] ",
            run);
    if (fgets(answer, sizeof answer, stdin) == NULL ||
        (answer[0] != 'y' && answer[0] != 'Y'))
        return gs_cli_fail(err, GAINSAY_FAILED, "jobs undo: nothing was changed");
    return GAINSAY_OK;
}

static void print(const gs_options *options, const gainsay_undoing *undoing,
                  const gainsay_undone *undone)
{
    const char *state = undoing->redo ? "stands" : "is undone";

    if (gs_options_has(options, GS_OPTION_OUTPUT_FORMAT)) {
        printf("{\"run\": %" PRIu64 ", \"changed\": %s", undoing->run,
               undone->changed ? "true" : "false");
        printf(", \"statements\": %" PRIu64 ", \"commit\": %" PRIu64, undone->statements,
               undone->commit);
        printf(", \"commit_hash\": \"%s\"}\n", undone->commit_hash);
        return;
    }
    if (gs_options_has(options, GS_OPTION_QUIET))
        return;
    if (!undone->changed) {
        printf("run %" PRIu64 " %s already\n", undoing->run, state);
        return;
    }
    printf("%srun %" PRIu64 " %s: %" PRIu64 " %s %s",
           undoing->dry_run ? "dry run, nothing is written: " : "", undoing->run, state,
           undone->statements, undone->statements == 1 ? "statement" : "statements",
           undoing->redo ? "shown again" : "hidden");
    if (undone->commit > 0)
        printf(" (commit %" PRIu64 ")", undone->commit);
    putchar('\n');
}

gainsay_code gs_undo_run(const gs_options *options, bool redo, gainsay_error *err)
{
    gs_buffer directory = {0};
    gainsay_undoing undoing = {.redo = redo,
                               .dry_run = gs_options_has(options, GS_OPTION_DRY_RUN)};
    gainsay_undone undone;
    uint64_t wait = 0;
    gainsay_code rc = read_run(&undoing.run, options->words[2], err);

    if (rc == GAINSAY_OK)
        rc = gs_options_milliseconds(&wait, options, GS_OPTION_WAIT, err);
    undoing.wait_ms = wait > UINT32_MAX ? UINT32_MAX : (uint32_t)wait;
    if (rc == GAINSAY_OK)
        rc = gs_options_store(&directory, options, err);
    if (rc == GAINSAY_OK && !redo)
        rc = ask_whether(options, undoing.run, err);
    if (rc == GAINSAY_OK)
        rc = gainsay_undo(directory.bytes, &undoing, &undone, err);
    if (rc == GAINSAY_OK)
        print(options, &undoing, &undone);
    gs_buffer_free(&directory);
    return rc;
}
