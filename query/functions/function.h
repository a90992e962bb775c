/* Functions of the query language: one table a family, found by name in any case.
 *
 * Errors  a function gives GS_RUNTIME by gs_call_refuse, with the call's place.
 */
#ifndef GS_QUERY_FUNCTION_H
#define GS_QUERY_FUNCTION_H

#include "query/expression.h"

typedef struct gs_call {
    gs_run *run;
    const gs_expr *expr;
    const gs_value *args;
    size_t count;
    gs_arena *arena;
    gs_error *err;
    gs_arena *keep;  /* of an aggregate: what lives as long as its group */
    uint64_t weight; /* of an aggregate: how many rows this one stands for */
} gs_call;

/* How one group of rows is taken together. A state is zeroed memory of `size` bytes; what
 * it keeps lies in the call's `keep`. */
typedef struct gs_aggregate {
    size_t size;
    gs_code (*step)(void *state, const gs_call *call); /* null arguments never come */
    gs_code (*finish)(gs_value *out, void *state, const gs_call *call);
} gs_aggregate;

enum {
    GS_F_NULLS = 1, /* is called with null arguments too; else null gives null */
    GS_F_STEADY =
        2, /* depends on the store and is dear: same arguments, remembered value */
    GS_F_DATES = 4, /* possibly, certainly: decides overlaps, wants a comparison */
};

typedef struct gs_function {
    const char *name; /* as it is written in messages */
    uint8_t least, most;
    uint8_t flags;
    gs_code (*call)(gs_value *out, const gs_call *call);
    const gs_aggregate *aggregate; /* NULL for plain functions */
} gs_function;

/* NULL where there is none of that name. */
const gs_function *gs_function_find(gs_text name);
/* The function of that number, NULL past the last: for suggestions. */
const gs_function *gs_function_at(size_t index);

/* Ended by an entry without name. */
extern const gs_function gs_functions_graph[], gs_functions_list[], gs_functions_math[],
    gs_functions_string[], gs_functions_date[], gs_functions_field[],
    gs_functions_speech[], gs_functions_search[], gs_functions_aggregate[];

/* A function was given what it does not take: TypeError, InvalidArgumentType. */
__attribute__((format(printf, 2, 3))) gs_code gs_call_refuse(const gs_call *call,
                                                             const char *format, ...);
/* "NAME() takes WHAT, not TYPE": InvalidArgumentValue, as the kit has it for rows. */
gs_code gs_call_wants(const gs_call *call, const char *what, gs_value not_this);
/* The arena is empty. */
gs_code gs_call_memory(const gs_call *call);

#endif
