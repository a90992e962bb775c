/* The cast from inside: what the stages that say who is who share.
 *
 * Ownership  everything is the document's arena's; listings are the directory's.
 * Units      entities and sightings are numbered from 0; a field that may have none keeps
 *            1 + the number.
 */
#ifndef GS_EXTRACT_CAST_H
#define GS_EXTRACT_CAST_H

#include "ingest/extract/mention.h"

/* Somebody or something of the document that can speak or be blamed. */
typedef struct gs_entity {
    gs_text name;    /* the fullest so far, or the words that describe it */
    gs_text kind;    /* of gs_party */
    gs_text role;    /* a person's, as written; missing: none */
    gs_text acronym; /* folded; missing: none */
    gs_text *words;  /* of the name, folded; none for one that has no name */
    uint32_t word_count;
    const gs_listing *noun; /* what it was called: "company"; NULL: never */
    gs_range modifiers;     /* the words before that noun */
    const gs_state *state;  /* it is this state; NULL: no state */
    uint32_t owner;         /* 1 + whom it speaks for */
    uint32_t possessive;    /* the token of "its" whose antecedent is its owner */
    uint32_t place;         /* the first token of its first mention */
    uint32_t seen;          /* how often so far */
    char gender;
    bool by_emblem;           /* `noun` is but told by a word of its name */
    bool plural, named, asks; /* asks: the text around must tell the owner */
} gs_entity;

typedef struct gs_sighting {
    gs_range tokens;
    uint32_t entity;
    bool subject; /* the first of its sentence, outside quotations */
} gs_sighting;

struct gs_cast {
    gs_mention_reader reader;
    gs_arena *arena;
    gs_entity *entities;
    size_t entity_count, entity_room;
    gs_sighting *sightings;
    size_t sighting_count, sighting_room;
    struct gs_names *names; /* names.c: the entities of each word of a name */
    uint32_t *known;        /* the entities that the directory has */
    size_t known_count, known_room;
    bool sorted;        /* the sightings are by first token, the wider one first */
    int depth;          /* of owners within owners */
    uint32_t *speakers; /* by token: 1 + the entity that an act's source there meant */
    uint32_t dateline;  /* 1 + the state whose capital the text was sent from */
    bool failed;        /* memory ran out */
};

/* The entity that a mention means, entered if it is new; SIZE_MAX where it is no actor.
 */
size_t gs_cast_enter(gs_cast *cast, const gs_mention *mention);

/* The entity of a state, entered if it is new. */
size_t gs_cast_state(gs_cast *cast, const gs_state *state);

/* names.c: gives an entity a name, or a fuller one. */
void gs_cast_name(gs_cast *cast, size_t entity, gs_range name);
/* Another word by which it goes from now on: an acronym. */
void gs_cast_rename(gs_cast *cast, size_t entity, gs_text word);
/* The latest entity that a name may mean: of the same words, or of a part of them;
 * SIZE_MAX: none. */
size_t gs_cast_find_name(const gs_cast *cast, gs_range name, char gender);

/* coreference.c: the entity that a noun with "the" means; SIZE_MAX: none. */
size_t gs_cast_find_noun(const gs_cast *cast, const gs_mention *mention);

/* Whom a pronoun means at a token: by the speakers of `earlier` (may be NULL) and the
 * subjects before it. `kind` is its listing. */
size_t gs_cast_find_antecedent(const gs_cast *cast, uint32_t token,
                               const gs_listing *kind, const gs_acts *earlier);

/* Whoever is named right before a token; SIZE_MAX: nobody. */
size_t gs_cast_just_before(const gs_cast *cast, uint32_t token);

/* The speaker of an act, as an entity; SIZE_MAX: none. */
size_t gs_cast_speaker(const gs_cast *cast, const gs_act *act);

/* The owner of an entity, looked for where the text did not say it; the end of the chain.
 */
uint32_t gs_cast_owner(gs_cast *cast, size_t entity, uint32_t token,
                       const gs_acts *earlier);
size_t gs_cast_side(gs_cast *cast, size_t entity, uint32_t token, const gs_acts *earlier);

/* The last sighting that begins before `token`; SIZE_MAX: none. */
size_t gs_cast_before(const gs_cast *cast, uint32_t token);

/* The entity that a range means, without asking the acts; SIZE_MAX: none. */
size_t gs_cast_meant(gs_cast *cast, gs_range range);

bool gs_entity_is_person(const gs_entity *entity);

#endif
