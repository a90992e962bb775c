/* What single words and runs of words of a page look like: names, small words, days.
 *
 * Units    tokens; `limit` and `end` are behind the last.
 * Threads  pure functions.
 */
#ifndef GS_EXTRACT_WORDS_H
#define GS_EXTRACT_WORDS_H

#include "ingest/extract/mention.h"

static inline const gs_token *gs_word_token(const gs_mention_reader *r, uint32_t token)
{
    return &r->page->tokens[token];
}

static inline bool gs_word_is(const gs_mention_reader *r, uint32_t token, uint32_t limit,
                              gs_token_type type)
{
    return token < limit && r->page->tokens[token].type == type;
}

/* Whether a small word may be read as this class of references.tsv; it may have several.
 */
bool gs_word_may_be(const gs_mention_reader *r, uint32_t token, gs_role_class class);
/* Whether its capital may be but the sentence's. */
bool gs_word_starts(const gs_mention_reader *r, uint32_t token);
/* A day of the week or a month. */
bool gs_word_is_time(const gs_mention_reader *r, uint32_t token);
/* Part of a name by its looks. */
bool gs_word_is_name(const gs_mention_reader *r, uint32_t token);
/* A noun or adjective of the language, whether or not it stands in a name. */
bool gs_word_is_common(const gs_mention_reader *r, uint32_t token);

/* The end of the run of nominal words from `first` on. */
uint32_t gs_words_end(const gs_mention_reader *r, uint32_t first, uint32_t limit);
/* Lower case, or with a capital that the sentence's start gave. */
bool gs_words_common(const gs_mention_reader *r, uint32_t first, uint32_t end);
/* All of it one name, by its looks or by the directory. */
bool gs_words_name(const gs_mention_reader *r, uint32_t first, uint32_t end);
bool gs_words_listed(const gs_mention_reader *r, uint32_t first, uint32_t end);
/* Where a name that begins at `first` ends. */
uint32_t gs_words_name_end(const gs_mention_reader *r, uint32_t first, uint32_t end);
/* What a word of a name tells of its bearer, as a role; NULL: nothing. */
const gs_listing *gs_words_emblem(const gs_mention_reader *r, gs_range name);
/* 1 where a name follows on what its bearer is ("Republican Ann Lee"), else 0. */
uint32_t gs_words_epithets(const gs_mention_reader *r, uint32_t first, uint32_t end);

/* noun_phrase.c: a mention up to its complement: determiner, owners before 's, words. */
bool gs_mention_simple(gs_mention *m, const gs_mention_reader *r, uint32_t first,
                       uint32_t limit);
/* The role of a mention is this noun, which stands at [first, end). */
void gs_mention_take_noun(gs_mention *m, const gs_listing *noun, uint32_t first,
                          uint32_t end);
/* It has a name or a noun that stands for a speaker. */
bool gs_mention_is_actor(const gs_mention *m);

#endif
