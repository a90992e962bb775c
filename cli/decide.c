#include "cli/decide.h"
#include "cli/fail.h"
#include "graph/base/value.h"
#include <string.h>
#include <time.h>

static bool is_word(const char *word, const char *const *words)
{
    while (*words != NULL && strcmp(*words, word) != 0)
        words++;
    return *words != NULL;
}

static const char *const verdicts[] = {"yes", "no", "unsure", "unset", NULL};
static const char *const pairs[] = {"same_actor", "same_statement", "same_proposition",
                                    "answers", NULL};

static void put(gs_buffer *to, const char *key, const char *value)
{
    if (value == NULL)
        return;
    gs_buffer_format(to, ", \"%s\": ", key);
    gs_json_string(to, gs_text_of(value));
}

static gainsay_code put_pair(gs_buffer *to, const gs_options *options, gainsay_error *err)
{
    const char *const *words = options->words + 1;
    size_t count = options->word_count - 1;
    const char *decided = count > 3 ? words[3] : "yes";

    if (count < 3)
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "decide %s: it is about two; write gainsay decide %s A B",
                           words[0], words[0]);
    if (count > 4 || !is_word(decided, verdicts))
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "decide %s: `%s` is none of yes, no, unsure, unset; put what "
                           "belongs together in quotation marks",
                           words[0], words[count > 4 ? 4 : 3]);
    gs_buffer_format(to, "{\"type\": \"decision\", \"about\": \"%s\"", words[0]);
    put(to, "a", words[1]);
    put(to, "b", words[2]);
    put(to, "decided", decided);
    return GAINSAY_OK;
}

/* NAME=VALUE; a value that is JSON as it is, else a string. What begins as a list, an object
 * or a string of JSON and does not end as one is a slip of the pen. */
static gainsay_code put_field(gs_buffer *to, const char *word, bool first,
                              gainsay_error *err)
{
    const char *sign = strchr(word, '=');
    gs_arena arena = {0};
    gs_error ignored;
    gs_value value;
    gainsay_code rc = GAINSAY_OK;

    if (sign == NULL || sign == word)
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "decide correct: `%s` sets nothing; write FIELD=VALUE", word);
    if (!first)
        gs_buffer_text(to, GS_TEXT(", "));
    gs_json_string(to, (gs_text){word, (size_t)(sign - word)});
    gs_buffer_text(to, GS_TEXT(": "));
    if (strchr("[{\"tf", sign[1]) != NULL && sign[1] != '\0' &&
        gs_json_parse(&value, &arena, gs_text_of(sign + 1), &ignored) == GS_OK)
        gs_buffer_text(to, gs_text_of(sign + 1));
    else if (sign[1] != '\0' && strchr("[{\"", sign[1]) != NULL)
        rc = gs_cli_fail(
            err, GAINSAY_USAGE,
            "decide correct: `%s` begins like JSON and is none; write the "
            "whole of it, or a text that begins so as \"...\" with \\\" inside",
            word);
    else
        gs_json_string(to, gs_text_of(sign + 1));
    gs_arena_free(&arena);
    return rc;
}

static gainsay_code put_correction(gs_buffer *to, const gs_options *options,
                                   gainsay_error *err)
{
    const char *const *words = options->words + 1;
    size_t count = options->word_count - 1;
    gainsay_code rc = GAINSAY_OK;

    if (count < 3)
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "decide correct: what is to be set? Write FIELD=VALUE, or "
                           "unset");
    gs_buffer_text(to, GS_TEXT("{\"type\": \"decision\", \"about\": \"correct\""));
    put(to, "a", words[1]);
    if (count == 3 && is_word(words[2], verdicts)) {
        put(to, "decided", words[2]);
        return GAINSAY_OK;
    }
    gs_buffer_text(to, GS_TEXT(", \"set\": {"));
    for (size_t i = 2; rc == GAINSAY_OK && i < count; i++)
        rc = put_field(to, words[i], i == 2, err);
    gs_buffer_char(to, '}');
    return rc;
}

static gainsay_code put_withdrawal(gs_buffer *to, const gs_options *options,
                                   gainsay_error *err)
{
    const char *what = options->words[1], *name = options->words[2];

    if (options->word_count != 3)
        return gs_cli_fail(err, GAINSAY_USAGE, "decide %s: `%s` is one word too many",
                           what, options->words[3]);
    gs_buffer_text(to, GS_TEXT("{\"type\": \"withdrawal\""));
    put(to, strstr(name, "://") != NULL ? "document" : "statement", name);
    if (strcmp(what, "restore") == 0)
        gs_buffer_text(to, GS_TEXT(", \"restore\": true"));
    return GAINSAY_OK;
}

static gainsay_code check_words(const gs_options *options, gainsay_error *err)
{
    const char *const given[] = {options->values[GS_OPTION_BY],
                                 options->values[GS_OPTION_REASON]};
    bool valid = true;

    for (size_t i = 0; valid && i < options->word_count; i++)
        valid = gs_utf8_valid(gs_text_of(options->words[i]), NULL);
    for (size_t i = 0; valid && i < sizeof given / sizeof *given; i++)
        valid = given[i] == NULL || gs_utf8_valid(gs_text_of(given[i]), NULL);
    return valid ? GAINSAY_OK
                 : gs_cli_fail(err, GAINSAY_USAGE,
                               "decide: an argument is no UTF-8; write it in UTF-8");
}

gainsay_code gs_decide_record(gs_buffer *out, const gs_options *options, int64_t now,
                              gainsay_error *err)
{
    const char *what = options->words[1];
    time_t seconds = (time_t)now;
    char at[32] = "";
    struct tm day;
    gainsay_code rc = check_words(options, err);

    if (rc != GAINSAY_OK)
        return rc;
    if (is_word(what, pairs))
        rc = put_pair(out, options, err);
    else if (strcmp(what, "correct") == 0)
        rc = put_correction(out, options, err);
    else if (strcmp(what, "withdraw") == 0 || strcmp(what, "restore") == 0)
        rc = put_withdrawal(out, options, err);
    else
        rc = gs_cli_fail(err, GAINSAY_USAGE,
                         "decide %s: no such word; it is same_actor, same_statement, "
                         "same_proposition, answers, correct, withdraw or restore",
                         what);
    if (gmtime_r(&seconds, &day) != NULL)
        strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", &day);
    put(out, "at", at);
    put(out, "by", options->values[GS_OPTION_BY]);
    put(out, "reason", options->values[GS_OPTION_REASON]);
    gs_buffer_char(out, '}');
    gs_buffer_char(out, '\0');
    if (rc == GAINSAY_OK && out->failed)
        rc = gs_cli_fail(err, GAINSAY_MEMORY, "out of memory");
    return rc;
}
