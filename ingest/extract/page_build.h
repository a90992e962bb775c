/* A page while it is made: what its stages hand on. Each stage reads what those before
 * it left and adds its own.
 *
 * Errors  false is want of memory.
 */
#ifndef GS_EXTRACT_PAGE_BUILD_H
#define GS_EXTRACT_PAGE_BUILD_H

#include "ingest/extract/lexicon.h"

/* The bytes of a paragraph, without the white space around it. */
typedef struct gs_block {
    size_t start, end;
} gs_block;

typedef struct gs_blocks {
    gs_block *items;
    size_t count, room;
} gs_blocks;

typedef struct gs_page_build {
    gs_page *page;
    const gs_lexicon *lexicon;
    gs_arena *arena;
    uint32_t *classes; /* of each token: its word's, or by its ending */
    size_t token_room, sentence_room, quotation_room, phrase_room, verb_room;
} gs_page_build;

/* paragraphs.c: the blocks of the text; later, what each paragraph is. */
bool gs_blocks_find(gs_blocks *out, gs_text text, gs_arena *arena);
void gs_paragraphs_classify(gs_page_build *build);

/* tokens.c */
bool gs_tokens_read(gs_page_build *build, const gs_blocks *blocks);

/* quotations.c: decides which marks open and close, and what stands in which. */
bool gs_quotations_find(gs_page_build *build);

/* sentences.c */
bool gs_sentences_find(gs_page_build *build);

/* tagger.c: tags and base forms. */
bool gs_tags_choose(gs_page_build *build);

/* verbs.c and phrases.c */
bool gs_verbs_find(gs_page_build *build);
bool gs_phrases_find(gs_page_build *build);

static inline gs_text gs_build_text(const gs_page_build *build, uint32_t token)
{
    const gs_token *t = &build->page->tokens[token];

    return (gs_text){build->page->text.bytes + t->start, t->end - t->start};
}

static inline uint32_t gs_build_classes(const gs_page_build *build, uint32_t token)
{
    const gs_word *word = build->page->tokens[token].word;

    return word == NULL ? 0 : word->classes;
}

#endif
