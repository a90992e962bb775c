/* Who is who in a document: names, titles, roles, acronyms, states and what stands for
 * them, pronouns.
 *
 * Ownership  tables are read-only once opened; everything of a document is the arena's.
 * Errors     GS_MEMORY alone, once the tables are open.
 */
#ifndef GS_EXTRACT_ACTORS_H
#define GS_EXTRACT_ACTORS_H

#include "ingest/extract/act.h"
#include "ingest/extract/page.h"
#include "ingest/record/record.h"

/* A state: its CLDR English name, every other form an alias. */
typedef struct gs_state {
    gs_text name; /* "North Korea" */
    gs_text code; /* ISO 3166-1 alpha-3 */
    const gs_text
        *aliases; /* "DPRK", "Pyongyang", "Democratic People's Republic of Korea" */
    size_t alias_count;
} gs_state;

typedef struct gs_directory
    gs_directory; /* states, demonyms, metonyms, offices, titles */

GS_CHECKED gs_code gs_directory_open(gs_directory **out, gs_text language, gs_error *err);
void gs_directory_close(gs_directory *directory);

/* The state that a name means by itself ("the DPRK", "Kyiv"), not by demonym; NULL when
 * none, or when it means several. Any case and diacritics. */
const gs_state *gs_state_find(const gs_directory *directory, gs_text name);

/* The actors of one document, in the order in which they are introduced. */
typedef struct gs_cast gs_cast;

GS_CHECKED gs_code gs_cast_read(gs_cast **out, const gs_directory *directory,
                                const gs_lexicon *lexicon, const gs_page *page,
                                gs_text publisher, gs_arena *arena, gs_error *err);

/* Whom a mention means at its place in the text: name (fullest mention of the document,
 * a state's CLDR name), kind, role, whom it speaks for, nearest first. Pronouns, "the
 * ministry", bare surnames go back to whom they mean; a writing ("the statement", "the
 * suit") to its author where the text tells him; `earlier` are the acts before it,
 * resolved, for "he said". Several joined are one `group`, named as written, its chain
 * empty. An empty range or one that cannot be resolved gives kind `unnamed` or `unknown`
 * with the words as written. */
GS_CHECKED gs_code gs_cast_party(gs_party *out, gs_cast *cast, gs_range mention,
                                 const gs_acts *earlier, gs_arena *arena, gs_error *err);

/* The last of the party's chain, itself if it has none: on whose side it is. */
gs_text gs_party_side(const gs_party *party);
/* Whether two parties are on one side: same name, or the same end of their chains. */
bool gs_party_same_side(const gs_party *a, const gs_party *b);

/* Whom the content of an act blames for something: only actors who could answer. By the
 * construction of the cue ("accused X of") or of the content ("X rammed Y", "the US has
 * been spreading an unfounded rumour"), never the speaker's own side. */
GS_CHECKED gs_code gs_accused_find(gs_parties *out, gs_cast *cast, const gs_act *act,
                                   const gs_acts *earlier, gs_arena *arena,
                                   gs_error *err);

#endif
