/* An operator: one step of a plan, which gives rows when it is pulled.
 *
 * Every operator but `once` has an input; it pulls that, adds its own slots to the frame
 * or drops the row. What is made per row lives in the operator's own arena and dies with
 * its next row.
 *
 * Ownership  operators are the run's; close frees what they hold beside its arena.
 */
#ifndef GS_QUERY_OPERATOR_H
#define GS_QUERY_OPERATOR_H

#include "query/expression.h"
#include "query/run.h"

typedef struct gs_operator gs_operator;

typedef struct gs_operator_class {
    const char *name;
    size_t size;
    /* Starts over, from the frame as it is: inputs are opened too. */
    gs_code (*open)(gs_operator *self, gs_error *err);
    /* GS_OK with a row in the frame, or GS_END; not called again after that. */
    gs_code (*next)(gs_operator *self, gs_error *err);
    void (*close)(gs_operator *self);                             /* may be NULL */
    void (*explain)(const gs_operator *self, gs_buffer *details); /* may be NULL */
} gs_operator_class;

struct gs_operator {
    const gs_operator_class *class;
    gs_run *run;
    gs_operator *input, *inner; /* `inner` is started over for each row of `input` */
    gs_operator *made_before;
    double estimate;  /* rows it is expected to give */
    uint64_t rows;    /* that it has given */
    uint64_t looked;  /* nodes or relationships looked at in the store for them */
    uint64_t took_ns; /* with all below it, where the run is timed */
    gs_arena arena;   /* what it made for its present row */
};

/* A zeroed operator of a class, closed with the run; NULL for want of memory. */
void *gs_operator_make(gs_run *run, const gs_operator_class *class, gs_operator *input);

/* Notes that a slot is written by nobody else: as long as `op` gives no further row, it
 * keeps its value. False for want of memory. */
bool gs_operator_writes(gs_operator *op, uint32_t slot);
/* Who writes a slot; NULL where that is not known. */
const gs_operator *gs_operator_of_slot(const gs_run *run, uint32_t slot);

GS_CHECKED gs_code gs_open(gs_operator *op, gs_error *err);
GS_CHECKED gs_code gs_next(gs_operator *op, gs_error *err);

/* For explain: a variable's name cannot be had from its slot; the expression's text can.
 */
void gs_explain_place(const gs_operator *op, gs_buffer *details, gs_place place);

#endif
