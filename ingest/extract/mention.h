/* A mention: the parts of a noun phrase that may stand for an actor, without asking who
 * that is.
 *
 * Ownership  plain values that point to the directory's listings.
 * Units      tokens of the page.
 */
#ifndef GS_EXTRACT_MENTION_H
#define GS_EXTRACT_MENTION_H

#include "ingest/extract/directory.h"

static const uint32_t GS_NO_TOKEN = UINT32_MAX;

typedef struct gs_mention {
    gs_range tokens;         /* all of it, apposition and acronym included */
    gs_range words;          /* the noun phrase, without article, owner, complement */
    gs_range name;           /* "John Kirby", "Philippine Coast Guard"; empty: none */
    gs_range role;           /* "White House national security spokesman"; empty: none */
    gs_range owner;          /* whose it is: before 's, or behind "of", "for"; or empty */
    gs_range holder;         /* "North Korea" of "North Korea's director at the ministry":
                                the owner before 's, where `owner` stands behind */
    gs_range acronym;        /* in parentheses behind it; empty: none */
    gs_range text;           /* what to call it by where it has no name */
    const gs_listing *noun;  /* the role's noun; NULL: none */
    const gs_listing *known; /* what the name is in the directory; NULL: unknown */
    const gs_listing *modifier; /* the last state, seat or body before the noun */
    gs_range modifier_tokens;
    const gs_listing *arm; /* "defence ministry" of "defence ministry spokesman" */
    gs_range arm_tokens;
    const gs_listing *demonym; /* "Danish" */
    gs_range modifier_name;    /* an unknown name before the noun: "PCG spokesman" */
    const gs_listing *emblem;  /* "university" of "the Hochschule X" */
    uint32_t reach;            /* the end of its complements, actors or not */
    char gender;               /* 'm', 'f' or '-' */
    bool titled;               /* an honorific or a title stands before the name */
    bool definite, indefinite;
    bool plural;
    uint32_t possessive; /* the token of "its", "her"; GS_NO_TOKEN: none */
    uint32_t aged;       /* "27-year-old", a noun of no class; GS_NO_TOKEN: none */
} gs_mention;

/* What mentions are read with. */
typedef struct gs_reader_of_mentions {
    const gs_directory *directory;
    const gs_lexicon *lexicon;
    const gs_page *page;
} gs_mention_reader;

/* The mention that begins at `first` and ends before `limit`; false when no noun phrase
 * begins there. */
bool gs_mention_read(gs_mention *out, const gs_mention_reader *reader, uint32_t first,
                     uint32_t limit);

/* The small word at a token, of references.tsv; NULL when it is none. */
const gs_listing *gs_mention_reference(const gs_mention_reader *reader, uint32_t token);

static inline bool gs_range_none(gs_range range)
{
    return range.first >= range.end;
}

#endif
