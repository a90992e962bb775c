/* gs_content_run_on: quotations that stand as sentences of their own behind an act. */
#include "ingest/extract/clause.h"
#include "ingest/extract/content.h"
#include "ingest/extract/cues.h"

/* Whether a sentence is a quotation and nothing else, which no act has for its content.
 */
static bool bare_quotation(const gs_reading *r, uint32_t sentence, uint32_t *quote)
{
    gs_range tokens = r->page->sentences[sentence].tokens;
    uint32_t i = gs_sentence_start(r, sentence);

    if (i >= tokens.end || gs_type_at(r, i) != GS_TOKEN_OPEN ||
        gs_token_at(r, i)->quote == 0)
        return false;
    *quote = gs_token_at(r, i)->quote - 1;
    i = gs_clause_after_quote(r, i, tokens.end);
    while (i < tokens.end && gs_type_at(r, i) == GS_TOKEN_STOP)
        i++;
    return i >= tokens.end;
}

static void own_quotations(const gs_reading *r, uint32_t *owners)
{
    for (size_t a = 0; a < r->acts.count; a++) {
        const gs_act *act = &r->acts.items[a];

        for (uint32_t p = 0; p < act->piece_count; p++) {
            uint32_t first = act->pieces[p].first;
            uint32_t quote = gs_token_at(r, first)->quote;

            if (quote != 0)
                owners[quote - 1] = (uint32_t)a + 1;
        }
    }
}

/* The act of a sentence that a quotation behind it goes on with: the last that quotes,
 * else the last. *a moves behind the sentence's acts. */
static gs_act *speaking(gs_reading *r, uint32_t sentence, size_t *a)
{
    gs_act *last = NULL;

    for (; *a < r->acts.count && r->acts.items[*a].sentence <= sentence; ++*a) {
        gs_act *act = &r->acts.items[*a];

        if (act->sentence == sentence && act->speech && act->entry->part != GS_CUE_NOUN &&
            (last == NULL || act->open || !last->open))
            last = act;
    }
    return last;
}

static bool has_act(const gs_reading *r, uint32_t sentence, size_t a)
{
    while (a < r->acts.count && r->acts.items[a].sentence < sentence)
        a++;
    return a < r->acts.count && r->acts.items[a].sentence == sentence;
}

void gs_content_run_on(gs_reading *r)
{
    uint32_t *owners =
        gs_arena_array(r->arena, (size_t)r->page->quotation_count + 1, sizeof *owners);
    size_t a = 0;
    gs_act *last = NULL;

    if (owners == NULL)
        return; /* what runs on is lost; nothing said is wrong */
    own_quotations(r, owners);
    for (uint32_t s = 0; s < r->page->sentence_count; s++) {
        uint32_t quote = 0;

        if (r->page->paragraphs[r->page->sentences[s].paragraph].type !=
            GS_PARAGRAPH_BODY)
            continue;
        if (has_act(r, s, a)) {
            last = speaking(r, s, &a);
        } else if (last != NULL && bare_quotation(r, s, &quote) && owners[quote] == 0) {
            gs_act_add_piece(r, last, r->page->quotations[quote].inside);
            owners[quote] = 1;
        } else if (gs_token_at(r, r->page->sentences[s].tokens.first)->quote == 0) {
            last = NULL;
        }
    }
}
