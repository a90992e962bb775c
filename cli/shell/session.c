#include "cli/shell/session.h"

#include "cli/answer.h"
#include "cli/fail.h"
#include "cli/output/writers.h"
#include "cli/signals.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

void gs_session_open(gs_session *session, const gs_options *options, bool terminal)
{
    *session =
        (gs_session){.options = *options, .terminal = terminal, .timing = terminal};
}

void gs_session_close(gs_session *session)
{
    gs_arena_free(&session->arena);
}

static bool is_name_byte(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= 0x80 || byte == '_' || (byte >= '0' && byte <= '9') ||
           (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Whether a query names a parameter: one that is given and not named is an error. */
static bool names(gs_text query, gs_text parameter)
{
    for (size_t at = 0; (at = gs_text_find(query, GS_TEXT("$"), at)) != SIZE_MAX; at++) {
        gs_text rest = gs_text_slice(query, at + 1, query.size);

        if (gs_text_starts(rest, parameter) &&
            (rest.size == parameter.size || !is_name_byte(rest.bytes[parameter.size])))
            return true;
    }
    return false;
}

static void write_parameters(gs_buffer *out, const gs_session *session, gs_text query)
{
    bool any = false;

    gs_buffer_char(out, '{');
    for (size_t i = 0; i < session->count; i++) {
        const gs_entry *entry = &session->parameters[i];

        if (!names(query, entry->key))
            continue;
        gs_buffer_text(out, any ? GS_TEXT(", ") : GS_TEXT(""));
        gs_json_string(out, entry->key);
        gs_buffer_char(out, ':');
        gs_json_write(out, entry->value);
        any = true;
    }
    gs_buffer_bytes(out, "}", 2); /* and the end of a C string */
}

static double milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* An interrupt ends the query, and the shell goes on. */
static void answer(gs_session *session, gs_text query)
{
    gs_buffer parameters = {0};
    double before = milliseconds();

    write_parameters(&parameters, session, query);
    session->status =
        gs_answer(&session->options, &(gs_asking){.query = {"query", query},
                                                  .parameters = parameters.bytes,
                                                  .readable = &gs_writer_table});
    fflush(stdout);
    if (session->timing)
        fprintf(stderr, "(%.1f ms)\n", milliseconds() - before);
    if (*gs_signals_caught() != 0)
        gs_signals_again();
    gs_buffer_free(&parameters);
}

static void refuse(gs_session *session, const char *format, gs_text what)
{
    gainsay_error err;

    gs_cli_fail(&err, GAINSAY_USAGE, format, GS_SHOW(what));
    gs_report_error(&session->options, NULL, &err);
    session->status = GS_STATUS_USAGE;
}

/* JSON, else a string as it stands. */
static bool set_parameter(gs_session *session, gs_text name, gs_text said)
{
    gs_error ignored;
    gs_value value;
    size_t at = 0;

    if (gs_json_parse(&value, &session->arena, said, &ignored) != GS_OK)
        value = gs_string(gs_text_copy(&session->arena, said));
    while (at < session->count && !gs_text_equal(session->parameters[at].key, name))
        at++;
    session->parameters =
        gs_arena_grow(&session->arena, session->parameters, session->count,
                      &session->room, sizeof *session->parameters);
    if (session->parameters == NULL)
        return false;
    session->parameters[at] = (gs_entry){gs_text_copy(&session->arena, name), value};
    session->count += at == session->count;
    return true;
}

static void list_parameters(const gs_session *session)
{
    gs_buffer line = {0};

    for (size_t i = 0; i < session->count; i++) {
        gs_buffer_format(&line, ":param %.*s ", GS_SHOW(session->parameters[i].key));
        gs_json_write(&line, session->parameters[i].value);
        gs_buffer_char(&line, '\n');
    }
    if (!line.failed && line.size > 0)
        fwrite(line.bytes, 1, line.size, stdout);
    fflush(stdout);
    gs_buffer_free(&line);
}

/* The first word of a text, which keeps the rest. */
static gs_text take_word(gs_text *text)
{
    size_t size = 0;
    gs_text word;

    *text = gs_text_trim(*text);
    while (size < text->size && text->bytes[size] != ' ' && text->bytes[size] != '=')
        size++;
    word = gs_text_slice(*text, 0, size);
    *text = gs_text_trim(gs_text_slice(*text, size, text->size));
    if (gs_text_starts(*text, GS_TEXT("=")))
        *text = gs_text_trim(gs_text_slice(*text, 1, text->size));
    return word;
}

static void do_help(gs_session *session, gs_text rest)
{
    (void)rest;
    fputs("A query ends with `;` or an empty line.\n"
          ":param NAME VALUE  a parameter, $NAME in queries: JSON, else a string\n"
          ":param             those that there are\n"
          ":format FORMAT     table, json, jsonl, csv, tsv or literal\n"
          ":explain QUERY     how it would be answered\n"
          ":profile QUERY     how it was answered, and what that took\n"
          ":timing            whether the time of each answer is told\n"
          ":help, :quit\n",
          stdout);
    fflush(stdout);
    session->status = GS_STATUS_DONE;
}

static void do_param(gs_session *session, gs_text rest)
{
    gs_text name = take_word(&rest);

    session->status = GS_STATUS_DONE;
    if (name.size == 0)
        list_parameters(session);
    else if (rest.size == 0)
        refuse(session, ":param %.*s: no value; write :param NAME VALUE", name);
    else if (!set_parameter(session, name, rest))
        refuse(session, ":param %.*s: out of memory", name);
}

static void do_format(gs_session *session, gs_text rest)
{
    static const char *const formats[] = {"table", "json",    "jsonl", "csv",
                                          "tsv",   "literal", NULL};

    session->status = GS_STATUS_DONE;
    for (size_t i = 0; formats[i] != NULL; i++)
        if (gs_text_equal(gs_text_of(formats[i]), rest)) {
            session->options.values[GS_OPTION_OUTPUT_FORMAT] = formats[i];
            return;
        }
    refuse(session, ":format %.*s: table, json, jsonl, csv, tsv or literal", rest);
}

static void answer_behind(gs_session *session, const char *word, gs_text query)
{
    gs_text whole = gs_text_format(&session->arena, "%s %.*s", word, GS_SHOW(query));

    if (whole.bytes != NULL)
        answer(session, whole);
}

static void do_explain(gs_session *session, gs_text rest)
{
    answer_behind(session, "EXPLAIN", rest);
}

static void do_profile(gs_session *session, gs_text rest)
{
    answer_behind(session, "PROFILE", rest);
}

static void do_timing(gs_session *session, gs_text rest)
{
    (void)rest;
    session->timing = !session->timing;
    session->status = GS_STATUS_DONE;
}

static void do_quit(gs_session *session, gs_text rest)
{
    (void)rest;
    session->ended = true;
}

static const struct {
    const char *name;
    void (*run)(gs_session *session, gs_text rest);
} commands[] = {{":help", do_help},       {":param", do_param},
                {":format", do_format},   {":explain", do_explain},
                {":profile", do_profile}, {":timing", do_timing},
                {":quit", do_quit},       {":exit", do_quit}};

static void obey(gs_session *session, gs_text entry)
{
    gs_text rest = entry, word = take_word(&rest);

    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (gs_text_equal(gs_text_of(commands[i].name), word)) {
            commands[i].run(session, rest);
            return;
        }
    refuse(session, "%.*s: no such command; see :help", word);
}

void gs_session_take(gs_session *session, gs_text entry)
{
    entry = gs_text_trim(entry);
    if (entry.size == 0)
        return;
    if (entry.bytes[0] == ':')
        obey(session, entry);
    else
        answer(session, entry);
}
