/* The directory's tables as the stages of this folder read them: what a run of tokens
 * stands for by itself, before any document is looked at.
 *
 * Ownership  listings are the directory's.
 * Errors     none but where GS_CHECKED.
 */
#ifndef GS_EXTRACT_DIRECTORY_H
#define GS_EXTRACT_DIRECTORY_H

#include "ingest/extract/actors.h"

typedef enum gs_listing_type {
    GS_LISTING_STATE = 1 << 0,        /* its name, an alias, its capital */
    GS_LISTING_DEMONYM = 1 << 1,      /* "Danish", "a Dane": points to a state */
    GS_LISTING_SEAT = 1 << 2,         /* "White House": speaks for a state */
    GS_LISTING_ORGANISATION = 1 << 3, /* "NATO" */
    GS_LISTING_OUTLET = 1 << 4,       /* "Reuters" */
    GS_LISTING_TITLE = 1 << 5,        /* "Judge", before a name */
    GS_LISTING_ROLE = 1 << 6,         /* "spokesman", "ministry", "company" */
    GS_LISTING_CONTEXT = 1 << 7,      /* "the North": a state if the document says so */
    GS_LISTING_REFERENCE = 1 << 8,    /* "the", "he", "its", "of" */
    GS_LISTING_BLAME = 1 << 9,        /* "steal", "illegal": kept by base forms */
    GS_LISTING_EMBLEM = 1 << 10,      /* "Ltd", "Gazette": `noun` is what bears it */
} gs_listing_type;

enum {
    GS_LISTING_NAMES =
        GS_LISTING_STATE | GS_LISTING_SEAT | GS_LISTING_ORGANISATION | GS_LISTING_OUTLET,
};

/* What a noun that stands for a speaker says about whom it speaks for; roles.tsv has the
 * classes in words. */
typedef enum gs_role_class {
    GS_ROLE_NONE,
    GS_ROLE_VOICE,
    GS_ROLE_OFFICE,
    GS_ROLE_POST,
    GS_ROLE_CIVIC,
    GS_ROLE_PERSON,
    GS_ROLE_EITHER,
    GS_ROLE_PEOPLE,
    GS_ROLE_ARM,
    GS_ROLE_CRAFT,
    GS_ROLE_COMPANY,
    GS_ROLE_FIRM,
    GS_ROLE_SOCIETY,
    GS_ROLE_BODY,
    GS_ROLE_OUTLET,
    GS_ROLE_PAPER,
    GS_ROLE_WORK,
    GS_ROLE_HONORIFIC, /* of titles.tsv: no part of the role */
    GS_ROLE_TITLE,
    GS_ROLE_DEFINITE, /* of references.tsv, from here on */
    GS_ROLE_INDEFINITE,
    GS_ROLE_PRONOUN,
    GS_ROLE_SELF,
    GS_ROLE_POSSESSIVE,
    GS_ROLE_OWN,
    GS_ROLE_RELATIVE,
    GS_ROLE_PARTICLE, /* within a name: "de" */
    GS_ROLE_JOINT,    /* within the name of a body: "of" */
    GS_ROLE_OWNER,    /* a role and whom it belongs to: "for" */
    GS_ROLE_TOWARD,   /* the same for voices alone: an aide "to" */
    GS_ROLE_AUTHOR,   /* a writing and who wrote it: "by" */
    GS_ROLE_LEAD,     /* a body and who heads it: "led" by */
    GS_ROLE_WRITTEN,  /* a writing and its author: "signed" by */
    GS_ROLE_FOREIGN,  /* begins a name: "El Diario" */
    GS_ROLE_ALIAS,    /* before another name: "as" */
    GS_ROLE_BOTH,     /* "and" */
    GS_BLAME_DEED,    /* of blame.tsv, from here on */
    GS_BLAME_FORCE,
    GS_BLAME_TRAFFIC,
    GS_BLAME_GOODS,
    GS_BLAME_UTTER,
    GS_BLAME_FALSEHOOD,
    GS_BLAME_TAINTED,
    GS_BLAME_PLOT,
    GS_BLAME_STATE,
    GS_BLAME_PLAN,
    GS_BLAME_ORIGIN,
    GS_BLAME_DUTY,
    GS_BLAME_KNOWING,
    GS_BLAME_MADE,
    GS_BLAME_INNOCENT,
} gs_role_class;

typedef struct gs_listing {
    gs_listing_type type;
    gs_role_class role;
    char gender;  /* 'm', 'f', 't' (a thing) or '-' */
    bool plural;  /* a computed plural of a role or demonym */
    gs_text key;  /* folded, without dots and leading article */
    gs_text name; /* as the table has it */
    gs_text code; /* of the state or, by `;`, of the states that it may mean */
    const gs_state *state;
    const struct gs_listing *noun; /* of an emblem: the role */
    const struct gs_listing *next; /* another one of the same key */
} gs_listing;

/* The form under which names are kept and found: gs_fold_name, without dots and commas,
 * hyphens as blanks. */
gs_text gs_directory_key(gs_text name, gs_arena *arena);

/* What a key stands for, of the types wanted (a mask); NULL when nothing. */
const gs_listing *gs_directory_find(const gs_directory *directory, gs_text key,
                                    unsigned types);

/* The longest run of tokens from `first` on, before `end`, that is in the directory;
 * *tokens is its length. Words of blame are compared by base form, all others as they
 * are. */
const gs_listing *gs_directory_match(const gs_directory *directory, const gs_page *page,
                                     uint32_t first, uint32_t end, unsigned types,
                                     uint32_t *tokens);

/* The role of a noun by its ending ("~ologist") where it has no row of its own; NULL when
 * none. `base` is its singular. */
const gs_listing *gs_directory_ending(const gs_directory *directory, gs_text base);

/* Whether a listing of blame, or another one of the same words, is of a class. */
bool gs_listing_blames(const gs_listing *listing, gs_role_class class);

/* The state of an ISO 3166-1 alpha-3 code; NULL when none. */
const gs_state *gs_state_of_code(const gs_directory *directory, gs_text code);

#endif
