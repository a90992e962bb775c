/* One document while it is read: what every stage of extraction is handed.
 *
 * Ownership  everything is the arena's, but for the language.
 */
#ifndef GS_EXTRACT_READING_H
#define GS_EXTRACT_READING_H

#include "ingest/extract/act.h"
#include "ingest/extract/actors.h"
#include "ingest/extract/dates.h"
#include "ingest/extract/vocabulary.h"

struct gs_language {
    gs_lexicon *lexicon;
    gs_vocabulary *vocabulary;
    gs_directory *directory;
};

typedef struct gs_reading {
    const struct gs_language *language;
    const gs_page *page;
    gs_times times;
    gs_mark *marks; /* of the tokens */
    gs_cast *cast;
    gs_acts acts; /* in the order of their cues */
    gs_arena *arena;
    bool headlines; /* their cues count too */
} gs_reading;

static inline const gs_token *gs_token_at(const gs_reading *r, uint32_t i)
{
    return &r->page->tokens[i];
}

static inline gs_tag gs_tag_at(const gs_reading *r, uint32_t i)
{
    return (gs_tag)r->page->tokens[i].tag;
}

static inline gs_token_type gs_type_at(const gs_reading *r, uint32_t i)
{
    return (gs_token_type)r->page->tokens[i].type;
}

static inline bool gs_tag_is_verb(gs_tag tag)
{
    return tag == GS_TAG_AUXILIARY || tag == GS_TAG_MODAL || tag >= GS_TAG_VERB_BASE;
}

static inline gs_word_set gs_words_at(const gs_reading *r, uint32_t i)
{
    return gs_vocabulary_classes(r->language->vocabulary, &r->marks[i]);
}

static inline bool gs_range_empty(gs_range range)
{
    return range.end <= range.first;
}

static inline bool gs_range_has(gs_range range, uint32_t token)
{
    return token >= range.first && token < range.end;
}

#endif
