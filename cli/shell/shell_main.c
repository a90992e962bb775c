/* gainsay-shell: `gainsay shell` becomes this program. It alone links what edits lines. */
#include "cli/fail.h"
#include "cli/program.h"
#include "cli/report.h"
#include "cli/shell/line.h"
#include "cli/shell/session.h"
#include "cli/signals.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whether an entry is whole: a command is one line, a query ends with `;`. */
static bool is_whole(gs_text entry)
{
    entry = gs_text_trim(entry);
    if (gs_text_starts(entry, GS_TEXT(":")))
        return !gs_text_starts(entry, GS_TEXT(":explain")) &&
                       !gs_text_starts(entry, GS_TEXT(":profile"))
                   ? true
                   : gs_text_ends(entry, GS_TEXT(";"));
    return gs_text_ends(entry, GS_TEXT(";"));
}

/* On one line, as history shows it. */
static void remember(gs_buffer *entry)
{
    gs_buffer line = {0};

    for (size_t i = 0; i < entry->size; i++)
        gs_buffer_char(&line, entry->bytes[i] == '\n' ? ' ' : entry->bytes[i]);
    gs_buffer_char(&line, '\0');
    if (!line.failed)
        gs_lines_remember(line.bytes);
    gs_buffer_free(&line);
}

static void take(gs_session *session, gs_buffer *entry)
{
    if (gs_text_trim(gs_buffer_view(entry)).size > 0) {
        remember(entry);
        gs_session_take(session, gs_buffer_view(entry));
    }
    gs_buffer_clear(entry);
}

/* An interrupt at the prompt forgets what was being written; any other end of input is
 * one. */
static bool goes_on(gs_session *session, gs_buffer *entry)
{
    int signal = *gs_signals_caught();

    if (!session->terminal || signal != SIGINT)
        return false;
    gs_signals_again();
    gs_buffer_clear(entry);
    putchar('\n');
    return true;
}

static void converse(gs_session *session)
{
    gs_buffer entry = {0};

    while (!session->ended) {
        char *line;

        gs_buffer_char(&entry, '\0'); /* a C string for those who complete it */
        entry.size--;
        line = gs_lines_read(entry.size == 0 ? "gainsay> " : "      -> ", entry.bytes);
        if (line == NULL && goes_on(session, &entry))
            continue;
        if (line == NULL)
            break;
        gs_buffer_text(&entry, gs_text_of(line));
        if (is_whole(gs_buffer_view(&entry)) || line[0] == '\0')
            take(session, &entry);
        else
            gs_buffer_char(&entry, '\n');
        free(line);
    }
    if (*gs_signals_caught() == 0)
        take(session, &entry); /* what stands before the end, without `;` */
    gs_buffer_free(&entry);
    if (session->terminal)
        putchar('\n');
}

static int run(const gs_options *options, char **argv)
{
    gs_buffer directory = {0};
    gainsay_store *store = NULL;
    gs_session session;
    gainsay_error err;
    gainsay_code rc = gs_options_store(&directory, options, &err);

    (void)argv;
    if (rc == GAINSAY_OK)
        rc = gainsay_open(&store, directory.bytes, &err);
    gs_buffer_free(&directory);
    if (rc != GAINSAY_OK)
        return gs_report_refusal(options, &err);
    gs_session_open(&session, options, isatty(STDIN_FILENO) && isatty(STDOUT_FILENO));
    gs_lines_open(store, session.terminal);
    converse(&session);
    gs_lines_close();
    gs_session_close(&session);
    gainsay_close(store);
    if (*gs_signals_caught() != 0)
        return GS_STATUS_SIGNALLED + *gs_signals_caught();
    return session.terminal ? GS_STATUS_DONE : session.status;
}

int main(int argc, char **argv)
{
    return gs_program(argc, argv, run);
}
