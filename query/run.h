/* A query from its text to its rows, in one snapshot.
 *
 *     gs_run_parse -> gs_run_prepare -> { gs_run_next } -> gs_run_close
 *
 * A prepared run can be bound to other parameters and started over, which costs nothing
 * of parsing and planning.
 *
 * The frame has a slot for each variable of the query. Whoever produces a variable writes
 * its slot; a row is the frame's state. A value in a slot lives until the operator that
 * wrote it is asked for its next row: who keeps it longer copies it.
 *
 * Ownership  the run owns tree, plan, frame and what operators keep; it is closed before
 *            its snapshot. A row that gs_run_next gives lives until the next call;
 *            columns and warnings live until the run is closed.
 * Errors     GS_QUERY from parse and prepare (strict: also for unknown names);
 *            GS_RUNTIME, GS_LIMIT, GS_INTERRUPTED, and what the store gives, from next.
 * Threads    one at a time.
 */
#ifndef GS_QUERY_RUN_H
#define GS_QUERY_RUN_H

#include "graph/snapshot.h"
#include "graph/timeline.h"
#include "query/tree.h"

typedef struct gs_settings {
    gs_value parameters; /* a map, or null; copied */
    bool strict;         /* an unknown label, type or property is an error */
    bool stated_only;    /* leave out inferred links */
    bool unmerged;       /* members of a SAME_AS class are nodes of their own */
    uint64_t max_rows, timeout_ms, max_memory; /* 0 is none */
    bool uncut;                    /* the last SKIP and LIMIT are left to the caller */
    const volatile int *interrupt; /* may be NULL */
    int64_t now; /* seconds since 1970; 0 is the clock's, read once at gs_run_parse */
} gs_settings;

typedef struct gs_column {
    const char *name; /* ends in NUL */
    uint32_t slot;
} gs_column;

typedef struct gs_warning {
    gs_error error;
    struct gs_warning *next;
} gs_warning;

typedef struct gs_memo {
    bool known;
    gs_value value;
} gs_memo;

typedef struct gs_regexes gs_regexes;
typedef struct gs_classes gs_classes;
typedef struct gs_ranking gs_ranking;

enum { GS_NODES_CACHED = 64 };

typedef struct gs_run {
    gs_text text;
    gs_budget budget; /* of all the run's arenas, those of its operators too */
    gs_arena arena;   /* as long as the run: tree, plan, columns */
    gs_arena keep;    /* as long as one execution: what is remembered of the store */
    gs_arena row;     /* as long as a row given out */
    gs_settings settings;
    gs_tree tree;
    const gs_snapshot *snapshot;

    gs_text *parameter_names; /* in the order of their indexes */
    gs_value *parameters;
    bool *parameter_used;
    size_t parameter_count;

    gs_value *frame;
    uint32_t slots;
    gs_memo *memos; /* values of calls that cannot change while the run lasts */
    uint32_t memo_count;

    struct gs_operator **producers; /* by slot: who alone writes it; NULL: not known */
    size_t producer_count;
    struct gs_operator *root, *made; /* all operators, the last made first */
    uint32_t operators;
    gs_column *columns;
    size_t column_count;
    gs_value *cells; /* of the row given out */

    const gs_expr *skip, *limit; /* uncut: the last ones; NULL where there is none */
    gs_warning *warnings, **last_warning;
    size_t warning_count;

    gs_classes *classes;            /* NULL where nothing is merged */
    gs_ranking *ranking;            /* search.c's; NULL until words are to be ranked by */
    gs_regexes *regexes;            /* regex.c's; NULL until one is needed */
    gs_node nodes[GS_NODES_CACHED]; /* last read, by number; number 0 is empty */
    gs_hop told[GS_NODES_CACHED];   /* what lists told of their neighbours, likewise */
    uint64_t rows, deadline_ms;     /* deadline 0: none */
    uint64_t ticks;                 /* steps since the last look at the limits */
    enum gs_truth_mode { GS_STRICTLY, GS_POSSIBLY, GS_CERTAINLY } overlapping;
    bool started, timed; /* timed: steps note how long they take */
    bool looks_back;     /* AS REPORTED BY: what was published later is not seen */
    int64_t reported_by;
    int64_t explained; /* next line of EXPLAIN, -1 where rows are asked */
} gs_run;

GS_CHECKED gs_code gs_run_parse(gs_run **out, gs_text text, const gs_settings *settings,
                                gs_error *err);
/* What AS OF says: an integer or a string, null where the query has none. */
GS_CHECKED gs_code gs_run_as_of(gs_value *out, gs_run *run, gs_error *err);
GS_CHECKED gs_code gs_run_prepare(gs_run *run, const gs_snapshot *snapshot,
                                  gs_error *err);
/* Both, for a query of our own. */
GS_CHECKED gs_code gs_run_open(gs_run **out, const gs_snapshot *snapshot,
                               const char *text, const gs_settings *settings,
                               gs_error *err);
/* Other values for the same parameters; the run starts over. The value of AS OF must be
 * the one there was (GS_USAGE); that of AS REPORTED BY a date (GS_QUERY): of both the run
 * is as it was. */
GS_CHECKED gs_code gs_run_bind(gs_run *run, gs_value parameters, gs_error *err);
/* GS_OK with a row of `column_count` cells, nodes and edges shown; or GS_END. */
GS_CHECKED gs_code gs_run_next(gs_run *run, const gs_value **row, gs_error *err);
void gs_run_close(gs_run *run); /* NULL is nothing to close */

/* For those who work within a run. */

/* The two halves of gs_run_next, for rows of a plan: the frame holds the next one, or
 * GS_END; its cells. And the error of a run that was refused memory, which is the
 * limit's where it has one. */
GS_CHECKED gs_code gs_run_advance(gs_run *run, gs_error *err);
GS_CHECKED gs_code gs_run_show(gs_run *run, const gs_value **row, gs_error *err);
gs_code gs_run_tell_limit(const gs_run *run, gs_code rc, gs_error *err);

/* Called once for each step of work that a hostile query could repeat without end. */
GS_CHECKED gs_code gs_run_tick(gs_run *run, gs_error *err);
/* Called once for a stretch of bytes that is read or written at one go. */
GS_CHECKED gs_code gs_run_bytes(gs_run *run, size_t bytes, gs_error *err);
/* Looks at the limits at once: behind one step that may have taken long. */
GS_CHECKED gs_code gs_run_look(gs_run *run, gs_error *err);
/* A node's record, from the cache or the store. */
GS_CHECKED gs_code gs_run_node(const gs_node **out, gs_run *run, uint64_t number,
                               gs_error *err);
/* What a list tells of a hop's neighbour is known from now on without its record. */
void gs_run_tell(gs_run *run, const gs_hop *hop);
/* Its `kind` or `date` as far as a list has told it; false where the record must be
 * asked. The date is the arena's. */
GS_CHECKED gs_code gs_run_told(bool *told, gs_value *out, gs_run *run, uint64_t node,
                               uint32_t key, gs_arena *arena, gs_error *err);
/* A relationship's record; its ends and date are those that a query sees. */
GS_CHECKED gs_code gs_run_edge(gs_edge *out, gs_run *run, uint64_t number, gs_error *err);
/* Notes a warning once a place and text. */
__attribute__((format(printf, 4, 5))) GS_CHECKED gs_code
gs_run_warn(gs_run *run, gs_place place, gs_error *err, const char *format, ...);
/* A new slot in the frame; before the run starts. */
uint32_t gs_run_slot(gs_run *run);

/* A copy of a value in which every node and edge shows its labels and properties. */
GS_CHECKED gs_code gs_show(gs_value *out, gs_run *run, gs_value value, gs_arena *arena,
                           gs_error *err);

#endif
