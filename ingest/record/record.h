/* The record: the one coin that the stages of ingest pass on. The same whether it was
 * written by somebody's script, read from prose, or exported from a store.
 *
 * Ownership  texts and arrays borrow from the input or from the arena of the document at
 *            hand.
 * Units      spans count Unicode code points of the document's text, [start, end). Dates
 *            are canonical EDTF text; a missing text is {NULL, 0}.
 * Threads    plain values.
 */
#ifndef GS_INGEST_RECORD_H
#define GS_INGEST_RECORD_H

#include "graph/base/arena.h"
#include "graph/base/error.h"
#include "graph/base/text.h"
#include "graph/base/value.h"
#include <stdbool.h>
#include <stddef.h>

/* An actor as a statement names it. */
typedef struct gs_party {
    gs_text name; /* as written, the fullest mention without its title; missing: nobody
                     named */
    gs_text
        kind; /* state, organisation, office, person, outlet, group, unnamed, unknown */
    gs_text role;              /* a person's title or office as written */
    const gs_text *speaks_for; /* a chain, nearest first; each speaks for the next */
    size_t speaks_for_count;
} gs_party;

typedef struct gs_parties {
    gs_party *items;
    size_t count, room;
} gs_parties;

typedef struct gs_texts {
    gs_text *items;
    size_t count, room;
} gs_texts;

/* To another statement: by id, or by what is said of it. */
typedef struct gs_link {
    gs_text id, text, speaker, date;
    bool inferred;     /* by us, not stated by any input */
    double confidence; /* 0 to 1; NaN when none is given */
} gs_link;

typedef struct gs_links {
    gs_link *items;
    size_t count, room;
} gs_links;

typedef struct gs_span {
    size_t start, end;
} gs_span;

typedef struct gs_spans {
    gs_span *items;
    size_t count, room;
} gs_spans;

/* A document, or a statement's reference to one. */
typedef struct gs_source {
    gs_text url, file, title, byline, publisher, published, sha256, language;
    gs_text text;      /* what spans count in; missing in a reference */
    gs_text extractor; /* what has read the text: its statements are records themselves */
    gs_text at, by;
    gs_value extra; /* a map of unknown fields, or null */
} gs_source;

/* Where in its document's text a statement was found, beside its spans; what was not
 * there is empty. */
typedef struct gs_trace {
    gs_span cue, source;
    gs_span time; /* the expression that its date is of */
} gs_trace;

typedef enum gs_tri { GS_UNSAID, GS_NO, GS_YES } gs_tri;

typedef struct gs_statement {
    gs_text id; /* the producer's, or derived (identity.h) */
    gs_text kind;
    gs_party speaker;
    gs_text text;
    gs_spans spans;
    gs_text date, event_date;
    gs_parties accused, via;
    gs_links answers, same_as;
    gs_texts topics;
    gs_text proposition, verdict, replaces, extractor, at, by;
    gs_text event;  /* the code of a table of events that it was made from: "CAMEO 016" */
    gs_text target; /* the other actor of such an event, where it is not the accused */
    gs_text rule;   /* which rule of each stage made it, for `why` */
    gs_tri quote, hedged;
    double confidence;         /* NaN when none is given */
    const gs_source *document; /* NULL when none is named */
    const gs_trace *trace;     /* NULL where no text of ours told it */
    gs_value extra;            /* a map of unknown fields, or null */
    int64_t digest;            /* gs_statement_digest, where it was made ahead; or 0 */
} gs_statement;

typedef struct gs_statements {
    gs_statement *items;
    size_t count, room;
} gs_statements;

typedef struct gs_office {
    gs_text name, from, to;
    gs_text identity; /* as an actor's */
} gs_office;

typedef struct gs_actor {
    gs_party party; /* its speaks_for is not used: see below */
    gs_texts aliases;
    gs_value ids;          /* a map, or null */
    gs_office *speaks_for; /* beside each other */
    size_t speaks_for_count;
    gs_text identity; /* as an export wrote it: of an office, or of one without a name */
    gs_text at, by;
    gs_value extra;
} gs_actor;

/* What somebody says of two actors, statements or propositions, or corrects in one. */
typedef struct gs_decision {
    gs_text about;   /* same_actor, same_statement, same_proposition, answers, correct */
    gs_text a, b;    /* names, ids, texts; `b` is missing in a correction */
    gs_text decided; /* yes, no, unsure, unset; may be missing in a correction */
    gs_value set;    /* of a correction: fields of a statement; else null */
    gs_text reason, at, by;
    gs_value extra;
} gs_decision;

/* A statement or a document that no longer counts, or counts again. */
typedef struct gs_withdrawal {
    gs_text statement, document; /* one of the two */
    bool restore;
    gs_text reason, at, by;
    gs_value extra;
} gs_withdrawal;

typedef enum gs_record_type {
    GS_RECORD_STATEMENT,
    GS_RECORD_DOCUMENT,
    GS_RECORD_ACTOR,
    GS_RECORD_DECISION,
    GS_RECORD_WITHDRAWAL,
} gs_record_type;

typedef struct gs_record {
    gs_record_type type;
    union {
        gs_statement statement;
        gs_source document;
        gs_actor actor;
        gs_decision decision;
        gs_withdrawal withdrawal;
    } as;
} gs_record;

/* Missing everything; confidence NaN. */
gs_statement gs_statement_empty(void);

/* From a JSON or MessagePack map, as schemas/ describes it. GS_INPUT names the field at
 * fault and what belongs there. Unknown fields of a record or of its document go to
 * `extra`, in byte order of their names; inside a speaker, a link or a span they are
 * refused, since nothing could keep them. A text of white space alone is the same as a
 * missing one. An id that is missing stays missing: see gs_statement_identity. */
GS_CHECKED gs_code gs_record_read(gs_record *out, gs_value map, gs_arena *arena,
                                  gs_error *err);

/* As a map, fields in the order of schemas/, what is missing left out. */
GS_CHECKED gs_code gs_statement_write(gs_value *out, const gs_statement *statement,
                                      gs_arena *arena, gs_error *err);

GS_CHECKED gs_code gs_source_write(gs_value *out, const gs_source *document,
                                   gs_arena *arena, gs_error *err);

/* What makes a document the same one: its URL without fragment, else the SHA-256 of its
 * text in hexadecimal, else (a bare reference) its file, else its title. Missing when it
 * has none of these. */
GS_CHECKED gs_code gs_source_identity(gs_text *out, const gs_source *source,
                                      gs_arena *arena, gs_error *err);

/* Whether a word is one of a statement's kinds, or one of an actor's. */
bool gs_is_statement_kind(gs_text word);
bool gs_is_actor_kind(gs_text word);

/* The derived id (schemas/identity.md has the recipe and test vectors): 32 hexadecimal
 * digits, of what the record says, whatever its own `id` is. */
GS_CHECKED gs_code gs_statement_identity(gs_text *out, const gs_statement *statement,
                                         gs_arena *arena, gs_error *err);

/* A quick digest of the same fields, to compare two records of one id. */
GS_CHECKED gs_code gs_statement_digest(int64_t *out, const gs_statement *statement,
                                       gs_arena *arena, gs_error *err);

#endif
