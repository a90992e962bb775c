/* Lines from a terminal, edited, with history and completion; or from standard input.
 *
 * Ownership  a line is the caller's to free. One reader a process: the library that edits
 *            has but one state.
 */
#ifndef GS_CLI_SHELL_LINE_H
#define GS_CLI_SHELL_LINE_H

#include "include/gainsay/gainsay.h"
#include <stdbool.h>

/* `store` is asked for completions and outlives the reader; `asked` is the text of the
 * lines before the one being edited, or "". */
void gs_lines_open(gainsay_store *store, bool terminal);
/* NULL at the end of the input, or behind an interrupt, which is left to be looked at. */
char *gs_lines_read(const char *prompt, const char *asked);
/* Keeps an entry in the history. */
void gs_lines_remember(const char *entry);
/* Writes the history back. */
void gs_lines_close(void);

#endif
