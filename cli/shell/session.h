/* What a shell does with an entry: answers a query, or obeys `:help`, `:param`, `:format`,
 * `:explain` and their kin.
 *
 * Ownership  a session borrows its options; gs_session_close ends it.
 */
#ifndef GS_CLI_SHELL_SESSION_H
#define GS_CLI_SHELL_SESSION_H

#include "cli/options.h"
#include "graph/base/arena.h"
#include "graph/base/value.h"

typedef struct gs_session {
    gs_options options; /* of all queries; changed by :format */
    gs_arena arena;     /* what commands keep */
    gs_entry *parameters;
    size_t count, room;
    bool terminal, timing, ended;
    int status; /* of the last entry */
} gs_session;

void gs_session_open(gs_session *session, const gs_options *options, bool terminal);
/* An entry without the mark that ended it. */
void gs_session_take(gs_session *session, gs_text entry);
void gs_session_close(gs_session *session);

#endif
