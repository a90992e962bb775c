#include "graph/base/arena.h"
#include <stdalign.h>
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

static size_t whole_size(size_t room)
{
    return sizeof(struct gs_arena_block) + room;
}

static bool budget_has(const gs_budget *budget, size_t size)
{
    return budget == NULL || budget->limit == 0 ||
           (budget->used <= budget->limit && size <= budget->limit - budget->used);
}

bool gs_budget_take(gs_budget *budget, size_t size)
{
    bool has = budget_has(budget, size);

    if (budget != NULL && has)
        budget->used += size;
    if (budget != NULL)
        budget->met = budget->met || !has;
    return has;
}

void gs_budget_give(gs_budget *budget, size_t size)
{
    if (budget != NULL)
        budget->used -= size;
}

/* Zeroed ones are calloc's: the system has large ones zeroed when they are first touched,
 * and not all at once. */
static struct gs_arena_block *block_new(gs_arena *arena, size_t room, bool zeroed)
{
    struct gs_arena_block *block;

    if (room > SIZE_MAX - sizeof *block ||
        !gs_budget_take(arena->budget, whole_size(room)))
        return NULL;
    block = zeroed ? calloc(1, whole_size(room)) : malloc(whole_size(room));
    if (block == NULL) {
        gs_budget_give(arena->budget, whole_size(room));
        return NULL;
    }
    block->next = NULL;
    block->room = room;
    block->used = 0;
    return block;
}

static void free_blocks(gs_arena *arena, struct gs_arena_block *block)
{
    while (block != NULL) {
        struct gs_arena_block *next = block->next;

        gs_budget_give(arena->budget, whole_size(block->room));
        free(block);
        block = next;
    }
}

/* A block for one large piece goes behind the head, whose rest is not wasted. */
static struct gs_arena_block *add_single(gs_arena *arena, size_t size)
{
    struct gs_arena_block *block = block_new(arena, size, true);

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

/* Twice the last one's room; where a budget has not that much left, as much as is needed.
 */
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
    if (!budget_has(arena->budget, whole_size(room)))
        room = size;
    block = block_new(arena, room, false);
    if (block == NULL)
        return NULL;
    block->next = arena->head;
    arena->head = block;
    return block;
}

static bool stands_alone(size_t size)
{
    return EXACT || size > LARGEST_BLOCK / 4;
}

static struct gs_arena_block *block_for(gs_arena *arena, size_t size)
{
    struct gs_arena_block *head = arena->head;

    if (stands_alone(size))
        return add_single(arena, size);
    if (head != NULL && head->room - head->used >= size)
        return head;
    return add_shared(arena, size);
}

static bool is_allowed(const gs_arena *arena, size_t size)
{
    if (size > SIZE_MAX - arena->used)
        return false;
    return arena->limit == 0 || arena->used + size <= arena->limit;
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
    return stands_alone(whole) ? piece : memset(piece, 0, whole);
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

void gs_arena_reset(gs_arena *arena)
{
    struct gs_arena_block *head = arena->head;

    arena->used = 0;
    if (head == NULL)
        return;
    free_blocks(arena, head->next);
    head->next = NULL;
    head->used = 0;
    if (EXACT || head->room > LARGEST_BLOCK) {
        free_blocks(arena, head);
        arena->head = NULL;
    }
}

void gs_arena_free(gs_arena *arena)
{
    free_blocks(arena, arena->head);
    arena->head = NULL;
    arena->used = 0;
}
