#include "query/regex.h"

#include "query/refuse.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    KEPT = 8, /* patterns, the one used last first */
    STEPS_MAX = 1000000,
    DEPTH_MAX = 100000,
    PATTERN_MAX = 10000, /* bytes */
};

/* The whole text must match, as openCypher has it; words and digits are those of all
 * scripts. */
static const uint32_t whole_text =
    PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_ANCHORED | PCRE2_ENDANCHORED;

typedef struct kept_regex {
    char *pattern;
    size_t size;
    pcre2_code *code;
} kept_regex;

struct gs_regexes {
    pcre2_general_context *memory;
    pcre2_compile_context *compiling;
    pcre2_match_context *matching;
    pcre2_match_data *data;
    kept_regex kept[KEPT];
};

/* In front of each piece stands its size, so that the budget gets it back. */
static void *take(size_t size, void *budget)
{
    max_align_t *piece;

    if (size > SIZE_MAX - sizeof *piece)
        return NULL;
    size += sizeof *piece;
    if (!gs_budget_take(budget, size))
        return NULL;
    piece = malloc(size);
    if (piece == NULL) {
        gs_budget_give(budget, size);
        return NULL;
    }
    memcpy(piece, &size, sizeof size);
    return piece + 1;
}

static void give_back(void *piece, void *budget)
{
    max_align_t *start = piece;
    size_t size;

    if (piece == NULL)
        return;
    memcpy(&size, --start, sizeof size);
    gs_budget_give(budget, size);
    free(start);
}

/* What all patterns of a run share, made by the first. */
static gs_code prepare(gs_run *run, gs_error *err)
{
    gs_regexes *r = run->regexes;

    if (r != NULL)
        return GS_OK;
    r = run->regexes = gs_arena_take(&run->arena, sizeof *r);
    if (r == NULL)
        return gs_fail_memory(err);
    r->memory = pcre2_general_context_create(take, give_back, &run->budget);
    r->compiling = pcre2_compile_context_create(r->memory);
    r->matching = pcre2_match_context_create(r->memory);
    r->data = pcre2_match_data_create(1, r->memory);
    if (r->memory == NULL || r->compiling == NULL || r->matching == NULL ||
        r->data == NULL)
        return gs_fail_memory(err);
    pcre2_set_newline(r->compiling, PCRE2_NEWLINE_ANY);
    pcre2_set_match_limit(r->matching, STEPS_MAX);
    pcre2_set_depth_limit(r->matching, DEPTH_MAX);
    return GS_OK;
}

static void drop(kept_regex *k, gs_budget *budget)
{
    pcre2_code_free(k->code);
    give_back(k->pattern, budget);
    *k = (kept_regex){0};
}

void gs_regex_close(gs_run *run)
{
    gs_regexes *r = run->regexes;

    if (r == NULL)
        return;
    for (size_t i = 0; i < KEPT; i++)
        drop(&r->kept[i], &run->budget);
    pcre2_match_data_free(r->data);
    pcre2_match_context_free(r->matching);
    pcre2_compile_context_free(r->compiling);
    pcre2_general_context_free(r->memory);
    run->regexes = NULL;
}

static gs_code refuse(gs_run *run, gs_text pattern, int status, size_t at, gs_place place,
                      gs_error *err)
{
    char why[128];

    if (status == PCRE2_ERROR_NOMEMORY || status == PCRE2_ERROR_HEAP_FAILED)
        return gs_fail_memory(err);
    if (pcre2_get_error_message(status, (PCRE2_UCHAR *)why, sizeof why) < 0)
        why[0] = '\0';
    return gs_refuse_row(err, run->text, place, "TypeError", "InvalidArgumentValue",
                         "`%.*s` is no regular expression: %s, at its byte %zu",
                         GS_SHOW(pattern), why, at + 1);
}

static gs_code compile(kept_regex *out, gs_run *run, gs_text pattern, gs_place place,
                       gs_error *err)
{
    gs_regexes *r = run->regexes;
    int status;
    size_t at = 0;

    if (pattern.size > PATTERN_MAX)
        return gs_refuse_row(err, run->text, place, "TypeError", "InvalidArgumentValue",
                             "a regular expression of more than %d bytes", PATTERN_MAX);
    out->code = pcre2_compile((PCRE2_SPTR)pattern.bytes, pattern.size, whole_text,
                              &status, &at, r->compiling);
    if (out->code == NULL)
        return refuse(run, pattern, status, at, place, err);
    /* to machine code: 1.0 us a sentence instead of 2.1; where the system allows none, or
     * the pattern has what it lacks, it is interpreted */
    (void)pcre2_jit_compile(out->code, PCRE2_JIT_COMPLETE);
    out->pattern = take(pattern.size, &run->budget);
    if (out->pattern == NULL)
        return gs_fail_memory(err);
    memcpy(out->pattern, pattern.bytes, pattern.size);
    out->size = pattern.size;
    return GS_OK;
}

static bool is_kept(const kept_regex *k, gs_text pattern)
{
    return k->code != NULL && gs_text_equal((gs_text){k->pattern, k->size}, pattern);
}

/* The pattern compiled, in front of the others. */
static gs_code find(const pcre2_code **out, gs_run *run, gs_text pattern, gs_place place,
                    gs_error *err)
{
    kept_regex *kept = run->regexes->kept, found = {0};
    size_t at = 0;
    gs_code rc = GS_OK;

    while (at < KEPT - 1 && !is_kept(&kept[at], pattern))
        at++;
    if (is_kept(&kept[at], pattern)) {
        found = kept[at];
    } else {
        rc = compile(&found, run, pattern, place, err);
        if (rc != GS_OK) {
            drop(&found, &run->budget);
            return rc;
        }
        drop(&kept[at], &run->budget);
    }
    memmove(kept + 1, kept, at * sizeof *kept);
    kept[0] = found;
    *out = found.code;
    return rc;
}

/* Machine code has a stack of 32 kB; the interpreter's is on the heap, and counted. */
static int match(const gs_regexes *r, const pcre2_code *code, gs_text text)
{
    PCRE2_SPTR bytes = (PCRE2_SPTR)text.bytes;
    int status = pcre2_match(code, bytes, text.size, 0, 0, r->data, r->matching);

    if (status == PCRE2_ERROR_JIT_STACKLIMIT)
        status =
            pcre2_match(code, bytes, text.size, 0, PCRE2_NO_JIT, r->data, r->matching);
    return status;
}

gs_code gs_regex_match(bool *out, gs_run *run, gs_text text, gs_text pattern,
                       gs_place place, gs_error *err)
{
    const pcre2_code *code;
    int status;
    gs_code rc;

    GS_TRY(prepare(run, err));
    GS_TRY(find(&code, run, pattern, place, err));
    status = match(run->regexes, code, text);
    if (status == PCRE2_ERROR_MATCHLIMIT || status == PCRE2_ERROR_DEPTHLIMIT ||
        status == PCRE2_ERROR_HEAPLIMIT)
        return gs_fail(err, GS_LIMIT,
                       "the regular expression `%.*s` takes more than %d steps on one "
                       "text, after %" PRIu64 " rows; make it simpler",
                       GS_SHOW(pattern), STEPS_MAX, run->rows);
    if (status < 0 && status != PCRE2_ERROR_NOMATCH)
        return refuse(run, pattern, status, 0, place, err);
    *out = status >= 0;
    rc = gs_run_look(run, err);
out:
    return rc;
}
