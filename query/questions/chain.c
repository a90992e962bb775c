#include "query/questions/exchange.h"

static const char *const columns[] = {GS_ACT_COLUMN_NAMES};

typedef struct telling {
    gs_exchange exchange;
    size_t at;
} telling;

/* The statement of that id, else all that hold the words. */
static gs_code find_seeds(gs_numbers *out, gs_asked *asked, gs_error *err)
{
    gs_entry entry;
    gs_text words;
    gs_value parameters;
    bool replaced;
    gs_code rc;

    GS_TRY(gs_asked_words(&words, asked, err));
    parameters = gs_parameter(&entry, "words", gs_string(words));
    GS_TRY(gs_numbers_of_id(out, &replaced, asked, words, err));
    if (out->count == 0)
        rc = gs_numbers_ask(out, asked,
                            "MATCH (s:Statement) WHERE has_words(s, $words) RETURN id(s)",
                            parameters, err);
out:
    return rc;
}

static gs_code open_telling(gs_asked *asked, bool chain, gs_error *err)
{
    telling *t = gs_arena_take(&asked->arena, sizeof *t);
    gs_numbers seeds = {0};
    gs_code rc;

    if (t == NULL)
        return gs_fail_memory(err);
    asked->state = t;
    GS_TRY(find_seeds(&seeds, asked, err));
    GS_TRY(gs_exchange_gather(&t->exchange, asked, &seeds, chain, true, err));
    rc = chain ? gs_exchange_plant(&t->exchange, asked, err)
               : gs_exchange_line_up(&t->exchange, asked, err);
out:
    return rc;
}

static gs_code chain_open(gs_asked *asked, gs_error *err)
{
    return open_telling(asked, true, err);
}

static gs_code search_open(gs_asked *asked, gs_error *err)
{
    return open_telling(asked, false, err);
}

static gs_code chain_next(gs_asked *asked, gs_error *err)
{
    telling *t = asked->state;

    if (t->at == t->exchange.told)
        return GS_END;
    return gs_act_cells(asked->cells, &t->exchange, t->exchange.order[t->at++],
                        &asked->row, err);
}

const gs_question gs_question_chain = {
    "chain",        "an ID or WORDS", 1,          SIZE_MAX, columns,
    GS_ACT_COLUMNS, chain_open,       chain_next, NULL,
};

const gs_question gs_question_search = {
    "search",       "WORDS",     1,          SIZE_MAX, columns,
    GS_ACT_COLUMNS, search_open, chain_next, NULL,
};
