#include "cli/shell/line.h"

#include "cli/signals.h"
#include "graph/base/buffer.h"

#include <editline/readline.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REMEMBERED = 1000 };

/* readline's interface has no context to hand over. */
static struct {
    gainsay_store *store;
    bool terminal;
    const char *asked;
    char *history; /* the file's path; NULL: none */
    char **words;  /* completions of the present word, each from malloc */
    size_t count, room, next;
} lines;

static void add_word(void *context, const char *word, size_t size)
{
    const gs_text *kept = context; /* what stands of the word before readline's own */
    char **words = lines.words;

    if (size < kept->size)
        return;
    for (size_t i = 0; i < lines.count; i++)
        if (strlen(words[i]) == size - kept->size &&
            memcmp(words[i], word + kept->size, size - kept->size) == 0)
            return;
    if (lines.count == lines.room) {
        size_t room = lines.room > 0 ? lines.room * 2 : 64;

        words = realloc(words, room * sizeof *words);
        if (words == NULL)
            return;
        lines.words = words;
        lines.room = room;
    }
    words[lines.count] = strndup(word + kept->size, size - kept->size);
    lines.count += words[lines.count] != NULL;
}

static char *next_word(const char *text, int state)
{
    (void)text;
    if (state == 0)
        lines.next = 0;
    return lines.next < lines.count ? strdup(lines.words[lines.next++]) : NULL;
}

/* Names may hold blanks, at which readline has cut them: what stands before the cut is
 * kept, and the rest offered. */
static char **complete(const char *text, int start, int end)
{
    gs_buffer before = {0};
    gs_text kept = {0};
    gainsay_error ignored;
    size_t begun = 0;

    rl_attempted_completion_over = 1;
    for (size_t i = 0; i < lines.count; i++)
        free(lines.words[i]);
    lines.count = 0;
    gs_buffer_text(&before, gs_text_of(lines.asked));
    gs_buffer_bytes(&before, rl_line_buffer, (size_t)end);
    /* twice: only the first time tells where the word begins */
    for (int i = 0; i < 2; i++) {
        size_t own = (size_t)(end - start);

        kept.size = begun > own ? begun - own : 0;
        for (size_t k = 0; k < lines.count; k++)
            free(lines.words[k]);
        lines.count = 0;
        if (gainsay_complete(&begun, lines.store, before.bytes, before.size, add_word,
                             &kept, &ignored) != GAINSAY_OK)
            break;
    }
    gs_buffer_free(&before);
    return lines.count > 0 ? rl_completion_matches(text, next_word) : NULL;
}

/* One byte; -1 at the end and behind an interrupt. */
static int read_byte(void)
{
    unsigned char byte;
    ssize_t size;

    do
        size = read(STDIN_FILENO, &byte, 1);
    while (size < 0 && errno == EINTR && *gs_signals_caught() == 0);
    return size == 1 ? byte : -1;
}

/* One code point: libedit takes what this gives as a wide character. */
static int read_point(FILE *stream)
{
    int first = read_byte(), more = 0;

    (void)stream;
    if (first < 0xC0)
        return first;
    more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    first &= 0x3F >> more;
    for (; more > 0; more--) {
        int byte = read_byte();

        if (byte < 0)
            return byte;
        first = first << 6 | (byte & 0x3F);
    }
    return first;
}

/* $XDG_STATE_HOME/gainsay/history, made for its owner alone; NULL where that fails. */
static char *history_path(void)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    gs_buffer path = {0};

    if (state != NULL && state[0] == '/')
        gs_buffer_format(&path, "%s/gainsay", state);
    else if (home != NULL && home[0] == '/')
        gs_buffer_format(&path, "%s/.local/state/gainsay", home);
    for (size_t i = 1; i < path.size; i++)
        if (path.bytes[i] == '/') {
            path.bytes[i] = '\0';
            (void)mkdir(path.bytes, 0700);
            path.bytes[i] = '/';
        }
    if (path.size > 0) {
        gs_buffer_char(&path, '\0');
        (void)mkdir(path.bytes, 0700);
        path.size--;
        gs_buffer_text(&path, GS_TEXT("/history"));
        gs_buffer_char(&path, '\0');
    }
    return path.failed ? NULL : path.bytes;
}

void gs_lines_open(gainsay_store *store, bool terminal)
{
    lines.store = store;
    lines.terminal = terminal;
    if (!terminal)
        return;
    rl_readline_name = "gainsay";
    rl_catch_signals = 0;
    rl_getc_function = read_point;
    rl_attempted_completion_function = complete;
    rl_basic_word_break_characters = " \t\n\"'`$><=;|&{}()[]:.,+-*/%^";
    rl_completion_append_character = '\0';
    using_history();
    stifle_history(REMEMBERED);
    lines.history = history_path();
    if (lines.history != NULL)
        read_history(lines.history);
}

char *gs_lines_read(const char *prompt, const char *asked)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t size;

    lines.asked = asked;
    if (lines.terminal)
        return readline(prompt);
    size = getline(&line, &room, stdin);
    if (size < 0) {
        free(line);
        return NULL;
    }
    if (size > 0 && line[size - 1] == '\n')
        line[size - 1] = '\0';
    return line;
}

void gs_lines_remember(const char *entry)
{
    if (lines.terminal && entry[0] != '\0')
        add_history(entry);
}

void gs_lines_close(void)
{
    for (size_t i = 0; i < lines.count; i++)
        free(lines.words[i]);
    free(lines.words);
    if (lines.history != NULL && write_history(lines.history) == 0)
        (void)chmod(lines.history, 0600);
    free(lines.history);
}
