#include "graph/base/arena.h"
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef GS_ARENA_EXACT
enum { EXACT = true };
#else
enum { EXACT = false };
#endif

enum {
    ALIGNMENT = alignof(max_align_t),
    FIRST_BLOCK = 16 << 10,
    LARGEST_BLOCK = 1 << 20, /* of those that serve many pieces */
};

struct gs_arena_block {
    struct gs_arena_block *next;
    size_t room, used;
    max_align_t bytes[];
};

static struct gs_arena_block *block_new(size_t room)
{
    struct gs_arena_block *block;

    if (room > SIZE_MAX - sizeof *block)
        return NULL;
    block = malloc(sizeof *block + room);
    if (block == NULL)
        return NULL;
    block->next = NULL;
    block->room = room;
    block->used = 0;
    return block;
}

/* A block for one large piece goes behind the head, whose rest is not wasted. */
static struct gs_arena_block *add_single(gs_arena *arena, size_t size)
{
    struct gs_arena_block *block = block_new(size);

    if (block == NULL)
        return NULL;
    if (arena->head == NULL) {
        arena->head = block;
    } else {
        block->next = arena->head->next;
        arena->head->next = block;
    }
    return block;
}

static struct gs_arena_block *add_shared(gs_arena *arena, size_t size)
{
    size_t room = arena->head == NULL ? FIRST_BLOCK : arena->head->room;
    struct gs_arena_block *block;

    if (arena->head != NULL && room < LARGEST_BLOCK)
        room *= 2;
    if (room > LARGEST_BLOCK)
        room = LARGEST_BLOCK;
    while (room < size)
        room *= 2;
    block = block_new(room);
    if (block == NULL)
        return NULL;
    block->next = arena->head;
    arena->head = block;
    return block;
}

static struct gs_arena_block *block_for(gs_arena *arena, size_t size)
{
    struct gs_arena_block *head = arena->head;

    if (EXACT || size > LARGEST_BLOCK / 4)
        return add_single(arena, size);
    if (head != NULL && head->room - head->used >= size)
        return head;
    return add_shared(arena, size);
}

static bool is_allowed(const gs_arena *arena, size_t size)
{
    const gs_budget *budget = arena->budget;

    if (size > SIZE_MAX - arena->used)
        return false;
    if (arena->limit != 0 && arena->used + size > arena->limit)
        return false;
    return budget == NULL || budget->limit == 0 ||
           (budget->used <= budget->limit && size <= budget->limit - budget->used);
}

/* All that was handed out is the budget's again. */
static void give_back(gs_arena *arena)
{
    if (arena->budget != NULL)
        arena->budget->used -= arena->used;
    arena->used = 0;
}

void *gs_arena_take(gs_arena *arena, size_t size)
{
    size_t whole = size == 0 ? 1 : size;
    struct gs_arena_block *block;
    void *piece;

    if (whole > PTRDIFF_MAX - ALIGNMENT) /* more than any object may have */
        return NULL;
    if (!EXACT)
        whole = (whole + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (!is_allowed(arena, whole))
        return NULL;
    block = block_for(arena, whole);
    if (block == NULL)
        return NULL;
    piece = (char *)block->bytes + block->used;
    block->used += whole;
    arena->used += whole;
    if (arena->budget != NULL)
        arena->budget->used += whole;
    return memset(piece, 0, whole);
}

void *gs_arena_array(gs_arena *arena, size_t count, size_t size)
{
    size_t whole;

    if (__builtin_mul_overflow(count, size, &whole))
        return NULL;
    return gs_arena_take(arena, whole);
}

void *gs_arena_grow(gs_arena *arena, void *items, size_t count, size_t *room, size_t size)
{
    size_t more;
    void *copy;

    if (count < *room)
        return items;
    if (__builtin_mul_overflow(*room, (size_t)2, &more))
        return NULL;
    if (more < 8)
        more = 8;
    copy = gs_arena_array(arena, more, size);
    if (copy == NULL)
        return NULL;
    if (count > 0)
        memcpy(copy, items, count * size);
    *room = more;
    return copy;
}

static void free_all(struct gs_arena_block *block)
{
    while (block != NULL) {
        struct gs_arena_block *next = block->next;

        free(block);
        block = next;
    }
}

void gs_arena_reset(gs_arena *arena)
{
    struct gs_arena_block *head = arena->head;

    give_back(arena);
    if (head == NULL)
        return;
    free_all(head->next);
    head->next = NULL;
    head->used = 0;
    if (EXACT || head->room > LARGEST_BLOCK) {
        free(head);
        arena->head = NULL;
    }
}

void gs_arena_free(gs_arena *arena)
{
    free_all(arena->head);
    arena->head = NULL;
    give_back(arena);
}
