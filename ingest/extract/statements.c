#include "ingest/extract/statements.h"
#include "ingest/stage.h"
#include <stdlib.h>

static const gs_text extractor = GS_TEXT_INIT("prose " GAINSAY_VERSION);

gs_text gs_extractor_name(void)
{
    return extractor;
}

/* The order of the text: by what is said, then by the cue. */
static int by_place(const void *a, const void *b)
{
    const gs_act *x = *(const gs_act *const *)a, *y = *(const gs_act *const *)b;
    uint32_t p = x->pieces[0].first, q = y->pieces[0].first;

    if (p != q)
        return p < q ? -1 : 1;
    return x->cue.first < y->cue.first ? -1 : x->cue.first > y->cue.first;
}

static gs_span span_of(const gs_reading *r, gs_range piece)
{
    return (gs_span){r->page->tokens[piece.first].point_start,
                     r->page->tokens[piece.end - 1].point_end};
}

static gs_code add_trace(gs_statement *s, const gs_reading *r, const gs_act *act,
                         gs_error *err)
{
    gs_trace *trace = gs_arena_take(r->arena, sizeof *trace);

    if (trace == NULL)
        return gs_fail_memory(err);
    if (!gs_range_empty(act->cue))
        trace->cue = span_of(r, act->cue);
    if (!gs_range_empty(act->source))
        trace->source = span_of(r, act->source);
    if (act->time != 0)
        trace->time = span_of(r, r->times.items[act->time - 1].tokens);
    s->trace = trace;
    return GS_OK;
}

/* No confidence is known better than by the hundredth. */
static double two_digits(double confidence)
{
    return (double)(int)(confidence * 100 + 0.5) / 100;
}

static gs_code add_pieces(gs_statement *s, const gs_reading *r, const gs_act *act,
                          gs_error *err)
{
    gs_text texts[GS_PIECES_MAX];

    s->spans.items = gs_arena_array(r->arena, act->piece_count, sizeof *s->spans.items);
    if (s->spans.items == NULL)
        return gs_fail_memory(err);
    for (uint32_t p = 0; p < act->piece_count; p++) {
        s->spans.items[s->spans.count++] = span_of(r, act->pieces[p]);
        texts[p] = gs_page_text(r->page, act->pieces[p]);
    }
    s->spans.room = s->spans.count;
    s->text = gs_text_join(r->arena, texts, act->piece_count, GS_TEXT(" … "));
    return s->text.bytes == NULL ? gs_fail_memory(err) : GS_OK;
}

static gs_code make(gs_statement *s, const gs_reading *r, const gs_act *act,
                    const gs_source *document, gs_error *err)
{
    gs_code rc;

    *s = gs_statement_empty();
    s->kind = act->kind;
    s->speaker = act->party;
    GS_TRY(add_pieces(s, r, act, err));
    GS_TRY(add_trace(s, r, act, err));
    if (act->dated) {
        s->date = gs_text_copy(r->arena, gs_edtf_text(&act->date));
        if (s->date.bytes == NULL)
            return gs_fail_memory(err);
    }
    s->accused = act->accused;
    s->via = act->carriers;
    s->verdict = act->verdict;
    s->quote = act->quote ? GS_YES : GS_NO;
    s->hedged = act->hedged ? GS_YES : GS_NO;
    s->confidence = two_digits(act->confidence);
    s->rule = act->rule;
    s->extractor = extractor;
    s->document = document;
    GS_TRY(gs_statement_identity(&s->id, s, r->arena, err));
out:
    return rc;
}

/* None to the statement itself, which a text may tell twice. */
static gs_code add_link(gs_links *links, const gs_reading *r, gs_text own, gs_text id,
                        bool inferred, double confidence, gs_error *err)
{
    if (gs_text_equal(own, id))
        return GS_OK;
    links->items = gs_arena_grow(r->arena, links->items, links->count, &links->room,
                                 sizeof *links->items);
    if (links->items == NULL)
        return gs_fail_memory(err);
    links->items[links->count++] =
        (gs_link){.id = id, .inferred = inferred, .confidence = two_digits(confidence)};
    return GS_OK;
}

static int by_id(const void *a, const void *b)
{
    const gs_statement *x = *(const gs_statement *const *)a,
                       *y = *(const gs_statement *const *)b;
    int order = gs_text_compare(x->id, y->id);

    return order != 0 ? order : (x > y) - (x < y);
}

/* The same words of the same speaker and day are one statement, however often a text
 * repeats them: the first stands. */
static gs_code drop_repeated(gs_statements *all, const gs_reading *r, gs_error *err)
{
    const gs_statement **sorted =
        gs_arena_array(r->arena, all->count + 1, sizeof *sorted);
    bool *dropped = gs_arena_array(r->arena, all->count + 1, sizeof *dropped);
    size_t kept = 0;

    if (sorted == NULL || dropped == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < all->count; i++) {
        sorted[i] = &all->items[i];
        dropped[i] = false;
    }
    qsort(sorted, all->count, sizeof *sorted, by_id);
    for (size_t i = 1; i < all->count; i++)
        if (gs_text_equal(sorted[i - 1]->id, sorted[i]->id))
            dropped[sorted[i] - all->items] = true;
    for (size_t i = 0; i < all->count; i++)
        if (!dropped[i])
            all->items[kept++] = all->items[i];
    all->count = kept;
    return GS_OK;
}

static gs_code add_links(gs_statements *out, const gs_reading *r, const gs_act **order,
                         const uint32_t *place, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; i < out->count; i++) {
        const gs_act *act = order[i];

        if (act->answers != 0 && r->acts.items[act->answers - 1].speech)
            GS_TRY(add_link(&out->items[i].answers, r, out->items[i].id,
                            out->items[place[act->answers - 1]].id, !act->stated,
                            act->answer_confidence, err));
        if (act->same != 0 && r->acts.items[act->same - 1].speech)
            GS_TRY(add_link(&out->items[i].same_as, r, out->items[i].id,
                            out->items[place[act->same - 1]].id, true, 0.8, err));
    }
out:
    return rc;
}

gs_code gs_statements_write(gs_statements *out, const gs_reading *r,
                            const gs_source *document, gs_error *err)
{
    gs_code rc = GS_OK;
    gs_statements made = {0};
    const gs_act **order = gs_arena_array(r->arena, r->acts.count + 1, sizeof *order);
    uint32_t *place = gs_arena_array(r->arena, r->acts.count + 1, sizeof *place);

    made.items = gs_arena_array(r->arena, r->acts.count + 1, sizeof *made.items);
    made.room = r->acts.count + 1;
    if (order == NULL || place == NULL || made.items == NULL)
        return gs_fail_memory(err);
    for (size_t a = 0; a < r->acts.count; a++)
        if (r->acts.items[a].speech && r->acts.items[a].piece_count > 0)
            order[made.count++] = &r->acts.items[a];
    qsort(order, made.count, sizeof *order, by_place);
    for (size_t i = 0; i < made.count; i++) {
        place[order[i] - r->acts.items] = (uint32_t)i;
        GS_TRY(make(&made.items[i], r, order[i], document, err));
    }
    GS_TRY(add_links(&made, r, order, place, err));
    GS_TRY(drop_repeated(&made, r, err));
    *out = made;
out:
    return rc;
}
