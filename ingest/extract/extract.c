#include "ingest/extract/attributions.h"
#include "ingest/extract/confidence.h"
#include "ingest/extract/content.h"
#include "ingest/extract/cues.h"
#include "ingest/extract/kinds.h"
#include "ingest/extract/likeness.h"
#include "ingest/extract/links.h"
#include "ingest/extract/nesting.h"
#include "ingest/extract/occasion.h"
#include "ingest/extract/reading.h"
#include "ingest/extract/repeats.h"
#include "ingest/extract/source.h"
#include "ingest/extract/statements.h"
#include "ingest/stage.h"
#include <stdlib.h>

gs_code gs_language_open(gs_language **out, gs_text code, gs_error *err)
{
    gs_code rc;
    gs_language *language = calloc(1, sizeof *language);

    if (language == NULL)
        return gs_fail_memory(err);
    GS_TRY(gs_lexicon_open(&language->lexicon, code, err));
    GS_TRY(gs_vocabulary_open(&language->vocabulary, code, err));
    GS_TRY(gs_directory_open(&language->directory, code, err));
    *out = language;
    language = NULL;
out:
    gs_language_close(language);
    return rc;
}

void gs_language_close(gs_language *language)
{
    if (language == NULL)
        return;
    if (language->directory != NULL)
        gs_directory_close(language->directory);
    gs_vocabulary_close(language->vocabulary);
    if (language->lexicon != NULL)
        gs_lexicon_close(language->lexicon);
    free(language);
}

static void mark_times(gs_reading *r)
{
    for (uint32_t t = 0; t < r->times.count; t++) {
        r->marks[r->times.items[t].tokens.first].time = t + 1;
        r->marks[r->times.items[t].tokens.end].till = t + 1;
    }
}

static gs_code read_page(gs_reading *r, gs_page *page, const gs_source *document,
                         gs_error *err)
{
    gs_code rc;
    const gs_language *language = r->language;

    GS_TRY(gs_page_read(page, language->lexicon, document->text, document->title,
                        document->published, r->arena, err));
    r->page = page;
    GS_TRY(gs_times_find(&r->times, language->lexicon, page, r->arena, err));
    GS_TRY(gs_vocabulary_mark(&r->marks, language->vocabulary, page, r->arena, err));
    mark_times(r);
out:
    return rc;
}

/* The acts of the text as its words stand: cue, source, content. */
static gs_code find_acts(gs_reading *r, gs_error *err)
{
    if (gs_cues_find(r, err) != GS_OK)
        return err->code;
    for (size_t a = 0; a < r->acts.count; a++) {
        if (r->acts.items[a].entry->part == GS_CUE_VERB)
            gs_source_find(r, &r->acts.items[a]);
        gs_content_mark_trailing(r, &r->acts.items[a]);
    }
    for (size_t a = 0; a < r->acts.count; a++) {
        gs_content_find(r, &r->acts.items[a]);
        gs_kinds_read(r, &r->acts.items[a]);
    }
    return GS_OK;
}

/* Who speaks and who is blamed. */
static gs_code read_parties(gs_reading *r, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t a = 0; a < r->acts.count; a++) {
        gs_act *act = &r->acts.items[a];
        gs_acts earlier = {r->acts.items, a, a};

        if (act->speech || !gs_range_empty(act->source))
            GS_TRY(gs_cast_party(&act->party, r->cast, act->source, &earlier, r->arena,
                                 err));
        if (act->speech && !gs_range_empty(act->via)) {
            gs_party carrier;

            GS_TRY(gs_cast_party(&carrier, r->cast, act->via, &earlier, r->arena, err));
            act->carriers.items =
                gs_arena_grow(r->arena, act->carriers.items, act->carriers.count,
                              &act->carriers.room, sizeof carrier);
            if (act->carriers.items == NULL)
                return gs_fail_memory(err);
            act->carriers.items[act->carriers.count++] = carrier;
        }
    }
    for (size_t a = 0; a < r->acts.count; a++) {
        gs_act *act = &r->acts.items[a];
        gs_acts earlier = {r->acts.items, a, a};

        if (act->speech) {
            act->kind = gs_act_kind_name(act->act);
            GS_TRY(gs_accused_find(&act->accused, r->cast, act, &earlier, r->arena, err));
        }
    }
out:
    return rc;
}

/* What the acts of a document are to one another. */
static gs_code relate(gs_reading *r, gs_error *err)
{
    gs_code rc;
    gs_stems *stems;

    GS_TRY(gs_likeness_read(&stems, r, err));
    gs_occasion_read(r);
    gs_occasion_spread(r);
    gs_kinds_settle(r);
    gs_repeats_fold(r, stems);
    gs_occasion_settle(r);
    gs_links_find(r, stems);
    gs_occasion_order(r);
    gs_kinds_name(r);
    for (size_t a = 0; a < r->acts.count; a++)
        if (r->acts.items[a].speech) {
            r->acts.items[a].hedged = gs_confidence_hedged(r, &r->acts.items[a]);
            r->acts.items[a].quote = gs_confidence_quoted(r, &r->acts.items[a]);
            gs_confidence_read(r, &r->acts.items[a]);
        }
out:
    return rc;
}

gs_code gs_extract(gs_statements *out, const gs_language *language,
                   const gs_source *document, gs_arena *arena, gs_error *err)
{
    gs_code rc;
    gs_reading r = {.language = language, .arena = arena};
    gs_page page;

    GS_TRY(read_page(&r, &page, document, err));
    GS_TRY(gs_cast_read(&r.cast, language->directory, language->lexicon, &page,
                        document->publisher, arena, err));
    GS_TRY(find_acts(&r, err));
    gs_nesting_read(&r);
    gs_nesting_objects(&r);
    gs_content_run_on(&r);
    GS_TRY(read_parties(&r, err));
    GS_TRY(relate(&r, err));
    GS_TRY(gs_statements_write(out, &r, document, err));
out:
    return rc;
}

gs_code gs_attributions_find(gs_attributions *out, const gs_language *language,
                             const gs_source *document, gs_arena *arena, gs_error *err)
{
    gs_code rc;
    gs_reading r = {.language = language, .arena = arena, .headlines = true};
    gs_source dated = *document;
    gs_page page;

    /* "on Monday" is a time in a text without a date too; which day is not asked here */
    if (dated.published.size == 0)
        dated.published = GS_TEXT("2000-01-01");
    GS_TRY(read_page(&r, &page, &dated, err));
    GS_TRY(find_acts(&r, err));
    gs_content_run_on(&r);
    GS_TRY(gs_attributions_write(out, &r, err));
out:
    return rc;
}
