#include "ingest/extract/cues.h"
#include "ingest/extract/clause.h"

uint32_t gs_sentence_start(const gs_reading *r, uint32_t sentence)
{
    const gs_sentence *s = &r->page->sentences[sentence];
    gs_range dateline = r->page->paragraphs[s->paragraph].dateline;

    return dateline.end > s->tokens.first && dateline.end <= s->tokens.end
               ? dateline.end
               : s->tokens.first;
}

static bool can_be_verb(gs_tag tag)
{
    return tag >= GS_TAG_AUXILIARY && tag != GS_TAG_TO;
}

/* "the pledged delegates": before its noun, and no verb group's main verb. */
static bool describes(const gs_reading *r, uint32_t i)
{
    const gs_phrase *phrase = gs_page_phrase_at(r->page, i);

    return phrase != NULL && phrase->head > i && phrase->tokens.first < i &&
           gs_page_verb_at(r->page, i) == NULL;
}

/* Whether the word at a token can be the part of speech that its cue wants. */
static bool right_part(const gs_reading *r, uint32_t i, const gs_cue *cue)
{
    gs_tag tag = gs_tag_at(r, i);

    if (cue->part == GS_CUE_NOUN)
        return tag == GS_TAG_NOUN;
    if (cue->part == GS_CUE_VERB && describes(r, i))
        return false;
    if (cue->part == GS_CUE_VERB)
        return can_be_verb(tag) || tag == GS_TAG_CONJUNCTION ||
               (r->marks[i].flags & GS_MARK_NOT) != 0;
    return true;
}

static gs_code push(gs_reading *r, uint32_t sentence, gs_range cue, const gs_cue *entry,
                    gs_error *err)
{
    const gs_verb *verb = gs_page_verb_at(r->page, cue.first);
    gs_act *act;

    r->acts.items = gs_arena_grow(r->arena, r->acts.items, r->acts.count, &r->acts.room,
                                  sizeof *r->acts.items);
    if (r->acts.items == NULL)
        return gs_fail_memory(err);
    act = &r->acts.items[r->acts.count++];
    *act = (gs_act){.cue = cue,
                    .entry = entry,
                    .sentence = sentence,
                    .act = entry->kind,
                    .speech = entry->kind != GS_ACT_NONE,
                    .confidence = 1};
    act->verb = cue;
    if (verb != NULL && entry->part == GS_CUE_VERB)
        act->verb.first = verb->tokens.first < cue.first ? verb->tokens.first : cue.first;
    for (uint32_t i = act->verb.first; i <= cue.first; i++)
        r->marks[i].act = (uint32_t)r->acts.count;
    return GS_OK;
}

static gs_code find_in(gs_reading *r, uint32_t sentence, gs_error *err)
{
    gs_range tokens = r->page->sentences[sentence].tokens;
    uint32_t i = gs_sentence_start(r, sentence);

    while (i < tokens.end) {
        const gs_cue *cue = NULL;
        uint32_t after = i + 1;

        if (gs_token_at(r, i)->quote == 0)
            cue = gs_vocabulary_cue(r->language->vocabulary, r->page, r->marks, i,
                                    tokens.end, &after);
        if (cue != NULL && right_part(r, i, cue)) {
            if (push(r, sentence, (gs_range){i, after}, cue, err) != GS_OK)
                return err->code;
            i = after;
        } else {
            i++;
        }
    }
    return GS_OK;
}

gs_code gs_cues_find(gs_reading *r, gs_error *err)
{
    for (uint32_t s = 0; s < r->page->sentence_count; s++) {
        uint32_t paragraph = r->page->sentences[s].paragraph;

        if (r->page->paragraphs[paragraph].type != GS_PARAGRAPH_BODY &&
            !(r->headlines &&
              r->page->paragraphs[paragraph].type == GS_PARAGRAPH_HEADLINE))
            continue;
        if (find_in(r, s, err) != GS_OK)
            return err->code;
    }
    return GS_OK;
}
