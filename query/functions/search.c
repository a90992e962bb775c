/* Search by words: whether a statement has them, and how well it answers them. */
#include "graph/index.h"
#include "query/classes.h"
#include "query/functions/function.h"

#include <math.h>

/* The text of a statement; the missing text where it has none, or is none. */
static gs_code text_of(gs_text *out, const gs_call *call)
{
    const gs_node *node;
    gs_value text;
    gs_code rc;

    *out = (gs_text){0};
    if (call->args[0].type != GS_NODE)
        return gs_call_wants(call, "a statement", call->args[0]);
    GS_TRY(gs_run_node(&node, call->run, call->args[0].as.element.number, call->err));
    if (!gs_node_has_label(node, GS_STATEMENT))
        return GS_OK;
    GS_TRY(gs_element_property(&text, call->run, call->args[0], GS_P_TEXT, call->arena,
                               call->err));
    if (text.type == GS_STRING)
        *out = text.as.string;
out:
    return rc;
}

static gs_code words_of(gs_text *out, const gs_call *call)
{
    if (call->args[1].type != GS_STRING)
        return gs_call_wants(call, "words in a string", call->args[1]);
    *out = call->args[1].as.string;
    return GS_OK;
}

/* What is no statement holds no words. */
static gs_code call_has_words(gs_value *out, const gs_call *call)
{
    gs_text text, words;
    bool found = false;
    gs_code rc;

    GS_TRY(text_of(&text, call));
    GS_TRY(words_of(&words, call));
    if (text.bytes != NULL)
        GS_TRY(gs_words_in(&found, text, words, call->arena, call->err));
    *out = gs_boolean(found);
out:
    return rc;
}

/* Okapi BM25 (Robertson and Zaragoza, 2009), with the constants that are usual. */
static const double saturation = 1.2, by_length = 0.75;

typedef struct weighed {
    gs_text word; /* folded */
    double rarity;
    uint64_t here; /* how often it stands in the text at hand */
} weighed;

/* What ranking by some words knows of the whole store; kept while the run lasts. */
struct gs_ranking {
    gs_text asked;
    weighed *words;
    size_t count, room;
    double average; /* words a text */
};

enum { SAMPLED = 256 }; /* texts that tell how long texts are */

static gs_code count_words(uint64_t *out, gs_text text, gs_arena *arena, gs_error *err)
{
    gs_word_cursor cursor;
    gs_text word;
    gs_code rc;

    GS_TRY(gs_words_start(&cursor, text, arena, err));
    while (gs_words_next(&word, &cursor))
        ++*out;
out:
    return rc;
}

/* From the first statements of the store. */
static gs_code measure(double *out, const gs_call *call)
{
    gs_arena arena = {.budget = &call->run->budget};
    gs_nodes *nodes = NULL;
    uint64_t number, words = 0, texts = 0;
    gs_code rc;

    GS_TRY(gs_nodes_open(&nodes, call->run->snapshot, GS_STATEMENT, call->err));
    while (texts < SAMPLED && (rc = gs_nodes_next(&number, nodes, call->err)) == GS_OK) {
        gs_value text;

        gs_arena_reset(&arena);
        GS_TRY(gs_element_property(&text, call->run, gs_node_value(number), GS_P_TEXT,
                                   &arena, call->err));
        texts++;
        if (text.type == GS_STRING)
            GS_TRY(count_words(&words, text.as.string, &arena, call->err));
    }
    if (rc == GS_END)
        rc = GS_OK;
    *out = words > 0 ? (double)words / (double)texts : 1;
out:
    gs_nodes_close(nodes);
    gs_arena_free(&arena);
    return rc;
}

/* ln(1 + (N - n + 1/2) / (n + 1/2)), n of N statements having the word. */
static gs_code rarity(double *out, const gs_call *call, gs_text word)
{
    double all = (double)gs_count_nodes(call->run->snapshot, GS_STATEMENT), having;
    gs_arena arena = {.budget = &call->run->budget};
    uint64_t *found;
    size_t count;
    gs_code rc;

    GS_TRY(gs_words_find(&found, &count, call->run->snapshot, word, &arena, call->err));
    having = (double)count < all ? (double)count : all;
    *out = log(1 + (all - having + 0.5) / (having + 0.5));
out:
    gs_arena_free(&arena);
    return rc;
}

static gs_code weigh(gs_ranking *r, const gs_call *call, gs_text words)
{
    gs_arena *keep = &call->run->keep;
    gs_word_cursor cursor;
    gs_text word;
    gs_code rc;

    r->asked = gs_text_copy(keep, words);
    if (r->asked.bytes == NULL)
        return gs_call_memory(call);
    GS_TRY(measure(&r->average, call));
    GS_TRY(gs_words_start(&cursor, r->asked, keep, call->err));
    while (gs_words_next(&word, &cursor)) {
        r->words = gs_arena_grow(keep, r->words, r->count, &r->room, sizeof *r->words);
        if (r->words == NULL)
            return gs_call_memory(call);
        r->words[r->count] = (weighed){.word = word};
        GS_TRY(rarity(&r->words[r->count].rarity, call, word));
        r->count++;
    }
out:
    return rc;
}

static gs_code ranking_of(gs_ranking **out, const gs_call *call, gs_text words)
{
    gs_run *run = call->run;
    gs_ranking *made;
    gs_code rc;

    if (run->ranking == NULL || !gs_text_equal(run->ranking->asked, words)) {
        made = gs_arena_take(&run->keep, sizeof *made);
        if (made == NULL)
            return gs_call_memory(call);
        GS_TRY(weigh(made, call, words));
        run->ranking = made;
    }
    *out = run->ranking;
    return GS_OK;
out:
    return rc;
}

/* How often each word stands in a text, and how many there are in all. */
static gs_code look_through(uint64_t *length, gs_ranking *r, gs_text text,
                            gs_arena *arena, gs_error *err)
{
    gs_word_cursor cursor;
    gs_text word;
    gs_code rc;

    *length = 0;
    for (size_t i = 0; i < r->count; i++)
        r->words[i].here = 0;
    GS_TRY(gs_words_start(&cursor, text, arena, err));
    for (; gs_words_next(&word, &cursor); ++*length)
        for (size_t i = 0; i < r->count; i++)
            r->words[i].here += gs_text_equal(word, r->words[i].word);
out:
    return rc;
}

/* score(s), score(s, words): of a statement without any of the words 0. */
static gs_code call_score(gs_value *out, const gs_call *call)
{
    gs_text text, words;
    gs_ranking *r = NULL;
    uint64_t length;
    double sum = 0;
    gs_code rc;

    GS_TRY(text_of(&text, call));
    GS_TRY(words_of(&words, call));
    GS_TRY(ranking_of(&r, call, words));
    GS_TRY(look_through(&length, r, text.bytes != NULL ? text : GS_TEXT(""), call->arena,
                        call->err));
    for (size_t i = 0; i < r->count; i++) {
        double here = (double)r->words[i].here;
        double against =
            saturation * (1 - by_length + by_length * (double)length / r->average);

        sum += r->words[i].rarity * here * (saturation + 1) / (here + against);
    }
    *out = gs_real(sum);
out:
    return rc;
}

const gs_function gs_functions_search[] = {{"has_words", 2, 2, 0, call_has_words, NULL},
                                           {"score", 1, 2, 0, call_score, NULL},
                                           {0}};
