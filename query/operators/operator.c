#include "query/operators/operator.h"

#include <time.h>

void *gs_operator_make(gs_run *run, const gs_operator_class *class, gs_operator *input)
{
    gs_operator *op = gs_arena_take(&run->arena, class->size);

    if (op == NULL)
        return NULL;
    op->class = class;
    op->run = run;
    op->input = input;
    op->arena.budget = &run->budget;
    op->estimate = input != NULL ? input->estimate : 1;
    op->made_before = run->made;
    run->made = op;
    run->operators++;
    return op;
}

bool gs_operator_writes(gs_operator *op, uint32_t slot)
{
    gs_run *run = op->run;

    while (run->producer_count <= slot) {
        size_t room = run->producer_count;

        run->producers = gs_arena_grow(&run->arena, run->producers, room, &room,
                                       sizeof(gs_operator *));
        if (run->producers == NULL)
            return false;
        for (size_t i = run->producer_count; i < room; i++)
            run->producers[i] = NULL;
        run->producer_count = room;
    }
    run->producers[slot] = op;
    return true;
}

const gs_operator *gs_operator_of_slot(const gs_run *run, uint32_t slot)
{
    return slot < run->producer_count ? run->producers[slot] : NULL;
}

gs_code gs_open(gs_operator *op, gs_error *err)
{
    gs_arena_reset(&op->arena);
    return op->class->open(op, err);
}

static uint64_t nanoseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static gs_code next_timed(gs_operator *op, gs_error *err)
{
    uint64_t before = nanoseconds();
    gs_code rc = op->class->next(op, err);

    op->took_ns += nanoseconds() - before;
    return rc;
}

gs_code gs_next(gs_operator *op, gs_error *err)
{
    gs_code rc = op->run->timed ? next_timed(op, err) : op->class->next(op, err);

    if (rc == GS_OK)
        op->rows++;
    return rc;
}

void gs_explain_place(const gs_operator *op, gs_buffer *details, gs_place place)
{
    gs_buffer_text(details,
                   gs_text_slice(op->run->text, place.start, place.start + place.size));
}
