/* The questions that stand ready: named, with fixed columns, asked by words.
 *
 * A question opens (finds what to answer), then gives row after row. Where the query
 * language can say it, it is said in that.
 *
 * Ownership  `arena` lives as long as the asking, `row` as long as a row; a question's
 *            state lies in `arena`, and its close frees what does not.
 */
#ifndef GS_QUERY_QUESTION_H
#define GS_QUERY_QUESTION_H

#include "query/run.h"

typedef struct gs_asked {
    const gs_snapshot *snapshot;
    gs_settings settings;
    const gs_text *arguments;
    size_t count;
    gs_arena arena, row;
    const char *const *columns; /* at first the question's own; open may choose others */
    size_t column_count;
    gs_value *cells; /* one for each column */
    const struct gs_question *question;
    void *state;
} gs_asked;

typedef struct gs_question {
    const char *name;
    const char *usage; /* its arguments, as in "ID|WORDS" */
    size_t least, most;
    const char *const *columns;
    size_t column_count;
    gs_code (*open)(gs_asked *asked, gs_error *err);
    /* GS_OK with the cells filled in, or GS_END. */
    gs_code (*next)(gs_asked *asked, gs_error *err);
    void (*close)(gs_asked *asked); /* may be NULL */
} gs_question;

extern const gs_question gs_question_chain, gs_question_show, gs_question_search,
    gs_question_export, gs_question_status, gs_question_jobs, gs_question_rejects,
    gs_question_unanswered, gs_question_contradictions, gs_question_denials,
    gs_question_timeline, gs_question_new, gs_question_actor, gs_question_schema,
    gs_question_run, gs_question_why;

/* NULL where there is none of that name. */
const gs_question *gs_question_find(gs_text name);

/* The arguments as one text, blanks between them. */
GS_CHECKED gs_code gs_asked_words(gs_text *out, gs_asked *asked, gs_error *err);

/* Other columns than the question's own, for what was found to be asked. */
GS_CHECKED gs_code gs_asked_columns(gs_asked *asked, const char *const *columns,
                                    size_t count, gs_error *err);

/* A query that an answer is made of: not strict, all its rows; unmerged or not. */
GS_CHECKED gs_code gs_asked_run(gs_run **out, const gs_asked *asked, const char *query,
                                gs_value parameters, bool unmerged, gs_error *err);

/* {key: number}, the parameters of most of the queries that questions are made of. */
gs_value gs_parameter(gs_entry *room, const char *key, gs_value value);

#endif
