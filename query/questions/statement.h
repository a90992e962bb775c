/* One statement as the questions show it: what it says, who made it, whom it accuses,
 * where it is reported. Asked of the store by a few prepared queries, statement by
 * statement.
 *
 * Ownership  what is read lies in the arena handed in; the reader is closed before its
 *            snapshot.
 */
#ifndef GS_QUERY_STATEMENT_H
#define GS_QUERY_STATEMENT_H

#include "query/questions/question.h"

typedef struct gs_names {
    gs_value *items; /* strings, each once */
    size_t count, room;
} gs_names;

typedef struct gs_statement {
    uint64_t number;
    gs_value id, kind, text, date, hedged, quote, spans;
    gs_value speaker, on_behalf_of; /* the latter null where it is the speaker himself */
    gs_names accused, via;
    gs_value document, reported; /* of the earliest document that reports it */
    size_t tellings;             /* documents that report it, at least 1 */
} gs_statement;

/* A relationship between two statements. */
typedef struct gs_link {
    uint64_t edge, start, end;
    bool same; /* SAME_AS; else the start answers the end */
    bool inferred;
    gs_value confidence;
} gs_link;

typedef struct gs_links {
    gs_link *items;
    size_t count, room;
} gs_links;

enum { GS_STATEMENT_QUERIES = 5 };

typedef struct gs_statement_reader {
    gs_run *runs[GS_STATEMENT_QUERIES];
} gs_statement_reader;

/* A reader that failed to open is closed as well. */
GS_CHECKED gs_code gs_statement_reader_open(gs_statement_reader *out,
                                            const gs_asked *asked, gs_error *err);
void gs_statement_reader_close(gs_statement_reader *reader);

GS_CHECKED gs_code gs_statement_read(gs_statement *out, gs_statement_reader *reader,
                                     uint64_t number, gs_arena *arena, gs_error *err);
/* Appends what joins a statement to others, both ways. */
GS_CHECKED gs_code gs_statement_links(gs_links *out, gs_statement_reader *reader,
                                      uint64_t number, gs_arena *arena, gs_error *err);

/* Adds a string that is not there yet. */
GS_CHECKED gs_code gs_names_add(gs_names *names, gs_value name, gs_arena *arena,
                                gs_error *err);

/* The numbers that a query of one column gives: of statements each by itself, or of what
 * is merged as one. */
typedef struct gs_numbers {
    uint64_t *items;
    size_t count, room;
} gs_numbers;
GS_CHECKED gs_code gs_numbers_ask(gs_numbers *out, gs_asked *asked, const char *query,
                                  gs_value parameters, gs_error *err);
GS_CHECKED gs_code gs_numbers_ask_merged(gs_numbers *out, gs_asked *asked,
                                         const char *query, gs_value parameters,
                                         gs_error *err);
/* The statement of this id; of one that was replaced, what stands in its place. */
GS_CHECKED gs_code gs_numbers_of_id(gs_numbers *out, bool *replaced, gs_asked *asked,
                                    gs_text id, gs_error *err);

#endif
